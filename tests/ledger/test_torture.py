"""A share of what `make torture` does."""

from __future__ import annotations

import pytest

import torture


@pytest.fixture(scope="module")
def deeds(tmp_path_factory):
    return torture.Deeds(tmp_path_factory.mktemp("torture"))


def test_programs_that_are_killed_lose_nothing(deeds):
    assert len(list(torture.kills(deeds, None, 12, 5))) == 12


def test_programs_that_are_killed_lose_nothing_of_a_database(deeds, postgresql_server):
    assert len(list(torture.kills(deeds, postgresql_server, 5, 5))) == 5


def test_what_somebody_was_told_is_kept_survives_a_power_cut(deeds):
    assert len(list(torture.cuts(deeds, 10, 5))) == 10


def test_a_full_disk_loses_nothing(deeds):
    assert len(list(torture.full(deeds, 4, 5))) == 4


def test_a_power_cut_that_lost_something_would_be_seen(deeds, monkeypatch):
    # Without its folder synced, a journal may come back and take back what was kept.
    from sayso.ledger import sqlite

    real = sqlite._prepare

    def careless(connection, record):
        real(connection, record)
        connection.execute("PRAGMA synchronous = OFF")

    monkeypatch.setattr(sqlite, "_prepare", careless)
    with pytest.raises(Exception, match=r"lost|not whole|damaged"):
        list(torture.cuts(deeds, 20, 5))
