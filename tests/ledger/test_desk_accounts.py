"""Accounts beside the log: who they are, what opens them, and that nothing of them leaves."""

from __future__ import annotations

import statistics
import time
from datetime import timedelta

import pytest
from making import add, make_claim, make_document
from sqlalchemy import create_engine, inspect

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger import accounts as module
from sayso.ledger import bundle, proof
from sayso.ledger.accounts import Accounts, Role
from sayso.ledger.store import Ledger

PASSWORD = "nine miners and a lamp"


@pytest.fixture
def ledger(address: str):
    with Ledger.open(address, create=True) as opened:
        yield opened


@pytest.fixture
def accounts(ledger: Ledger) -> Accounts:
    return Accounts(ledger)


def test_an_account_opens_by_its_password_alone(accounts) -> None:
    assert not accounts.any()
    accounts.add("Aigul Marat", PASSWORD, Role.CODER)
    assert accounts.any() and accounts.all()[0][:2] == ("Aigul Marat", Role.CODER)
    assert accounts.log_in("Aigul Marat", PASSWORD + ".") is None
    assert accounts.log_in("Aigul", PASSWORD) is None
    secret = accounts.log_in("  aigul  MARAT ", PASSWORD)
    assert secret and accounts.of_session(secret).name == "Aigul Marat"
    assert accounts.of_session(secret + "x") is None and accounts.of_token(secret) is None
    accounts.log_out(secret)
    assert accounts.of_session(secret) is None


def test_a_password_is_one_whatever_keyboard_it_was_typed_on(accounts) -> None:
    accounts.add("Zoé", "caf\u00e9 caf\u00e9 caf\u00e9", Role.READER)
    assert accounts.log_in("Zoe\u0301", "cafe\u0301 cafe\u0301 cafe\u0301")


@pytest.mark.parametrize("name", ["", "  ", "a\nb".replace("\n", "\x07"), "\u202eevil", "x" * 101])
def test_a_name_can_be_seen(accounts, name: str) -> None:
    with pytest.raises(SettingsError, match="a name has"):
        accounts.add(name, PASSWORD, Role.READER)


def test_two_accounts_have_two_names_and_long_passwords(accounts) -> None:
    accounts.add("Aigul", PASSWORD, Role.ADMIN)
    with pytest.raises(SettingsError, match="already"):
        accounts.add("AIGUL", PASSWORD, Role.READER)
    for password in ("short", "x" * 1001):
        with pytest.raises(SettingsError, match="12 to 1000"):
            accounts.add("Bo", password, Role.READER)
    assert accounts.log_in("Aigul", "x" * 100_000) is None


def test_sessions_end_when_the_password_or_the_role_changes(accounts) -> None:
    accounts.add("Aigul", PASSWORD, Role.CODER)
    for change in (
        lambda: accounts.change_password("Aigul", PASSWORD[::-1]),
        lambda: accounts.change_role("Aigul", Role.READER),
        lambda: accounts.remove("Aigul"),
    ):
        secret = accounts.log_in("Aigul", PASSWORD) or accounts.log_in("Aigul", PASSWORD[::-1])
        assert accounts.of_session(secret)
        change()
        assert accounts.of_session(secret) is None
    assert not accounts.any()


def test_a_session_is_over_after_a_day_of_work(accounts, monkeypatch) -> None:
    accounts.add("Aigul", PASSWORD, Role.CODER)
    monkeypatch.setattr(module, "LASTS", timedelta(seconds=-2))
    assert accounts.of_session(accounts.log_in("Aigul", PASSWORD)) is None


def test_a_token_is_shown_once_and_can_be_revoked(accounts) -> None:
    accounts.add("Aigul", PASSWORD, Role.CODER)
    accounts.add("Bo", PASSWORD, Role.READER)
    token, secret = accounts.give_token("Aigul", "nightly")
    assert accounts.of_token(secret)[:2] == ("Aigul", Role.CODER)
    assert accounts.tokens("Aigul") == [token] and accounts.tokens("Bo") == []
    with pytest.raises(NotFoundError):
        accounts.revoke("Bo", token.id)
    accounts.change_role("Aigul", Role.READER)
    assert accounts.of_token(secret).role is Role.READER
    accounts.revoke("Aigul", token.id)
    assert accounts.of_token(secret) is None
    _, other = accounts.give_token("Bo")
    accounts.remove("Bo")
    assert accounts.of_token(other) is None


def test_somebody_stays_who_may_change_accounts(accounts) -> None:
    accounts.add("Aigul", PASSWORD, Role.ADMIN)
    accounts.add("Bo", PASSWORD, Role.READER)
    for change in (
        lambda: accounts.remove("Aigul"),
        lambda: accounts.change_role("Aigul", Role.EDITOR),
    ):
        with pytest.raises(SettingsError, match="somebody must stay"):
            change()
    accounts.change_role("Bo", Role.ADMIN)
    accounts.remove("Aigul")
    with pytest.raises(NotFoundError, match="no account 'Aigul'"):
        accounts.change_role("Aigul", Role.READER)


def test_who_there_is_cannot_be_told_by_the_clock(accounts) -> None:
    accounts.add("Aigul", PASSWORD, Role.CODER)

    def took(name: str) -> float:
        began = time.perf_counter()
        assert accounts.log_in(name, "not it, not at all") is None
        return time.perf_counter() - began

    took("Aigul")
    each = [(took("Aigul"), took("nobody")) for _ in range(7)]
    there, nobody = (min(times) for times in zip(*each, strict=True))
    assert abs(there - nobody) < 0.5 * statistics.mean((there, nobody))


def test_nothing_of_them_is_in_the_log_or_leaves(tmp_path) -> None:
    path = tmp_path / "floods.db"
    with Ledger.open(path, create=True) as ledger:
        add(ledger, make_document("a"), make_claim("b"))
        accounts, before = Accounts(ledger), ledger.head()
        accounts.add("Aigul", PASSWORD, Role.CODER)
        session, (_, token) = accounts.log_in("Aigul", PASSWORD), accounts.give_token("Aigul", "x")
        assert ledger.head() == before and proof.verify(ledger).faults == ()
        bundle.write(ledger, tmp_path / "out.zip", texts=True)
        with ledger.transaction() as writer:
            writer.rebuild()
        assert accounts.of_session(session) and accounts.of_token(token)
    packed = (tmp_path / "out.zip").read_bytes()
    kept = path.read_bytes()
    assert b"argon2" in kept and b"argon2" not in packed
    for secret in (PASSWORD, session, token):
        assert secret.encode() not in kept
    with Ledger.open(tmp_path / "in.db", create=True) as other:
        bundle.read(tmp_path / "out.zip", other)
        assert other.document("a") and not Accounts(other).any()


def test_a_ledger_of_the_tables_before_gets_them(tmp_path, address) -> None:
    """Both databases: with the tables of version 2, all that it has is there afterwards."""
    with Ledger.open(address, create=True) as ledger:
        add(ledger, make_document("a"), make_claim("b"))
    url = address.replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url if "://" in url else f"sqlite:///{url}")
    beside = ("accounts", "sessions", "tokens", "saved", "imprints")
    fresh = {name: shape(inspect(engine), name) for name in beside}
    with engine.begin() as connection:
        for table in fresh:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
    with Ledger.open(address) as ledger:
        assert "version 2 of its tables to 5" in ledger.upgraded
        assert ledger.claim("b")[1].id == "a" and proof.verify(ledger).faults == ()
        Accounts(ledger).add("Aigul", PASSWORD, Role.CODER)
    assert {name: shape(inspect(engine), name) for name in fresh} == fresh
    engine.dispose()


def shape(found, table: str) -> list:
    columns = [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)]
    indexes = [(i["name"], tuple(i["column_names"])) for i in found.get_indexes(table)]
    return [sorted(columns), sorted(indexes), found.get_pk_constraint(table)["constrained_columns"]]
