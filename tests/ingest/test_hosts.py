"""What is on the public internet, and what only looks so."""

from __future__ import annotations

import socket
import threading

import pytest

from sayso.errors import InputError
from sayso.ingest.fetching import Fetcher
from sayso.ingest.hosts import public, resolved

CLOSED = """
0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.254 127.0.0.1 127.255.255.255 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.9 192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1
198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.255 240.0.0.1
255.255.255.255
:: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::7f00:1
64:ff9b::808:808 64:ff9b:1::a00:1 100::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1
2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 3ffe::1 3fff::1 5f00::1 fc00::1
fd00::1 fe80::1 fe80::1%eth0 fec0::1 feff::1 ff02::1 2606:4700::1111%eth0
""".split()

OPEN = """
1.1.1.1 8.8.8.8 93.184.215.14 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.0.1.1
192.0.3.1 192.167.255.255 198.17.255.255 198.20.0.1 223.255.255.255
2001:200::1 2001:4860:4860::8888 2003::1 2606:4700::1111 2a00:1450:4001::1
""".split()


def named(monkeypatch: pytest.MonkeyPatch, *numbers: str) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, 80)) for number in numbers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: found)


@pytest.mark.parametrize("number", CLOSED)
def test_only_the_public_internet_is_reached(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not public(number)
    named(monkeypatch, "93.184.215.14", number)
    with pytest.raises(InputError, match=r"left alone: a\.example is not on the public internet"):
        Fetcher().fetch("http://a.example/")


@pytest.mark.parametrize("number", OPEN)
def test_what_is_public_is_reached(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    named(monkeypatch, number, "93.184.215.14")
    assert public(number) and resolved("a.example", 80, 60) == number


@pytest.mark.parametrize(
    "host",
    ["2130706433", "134744072", "0x08080808", "0x8.8.8.8", "010.8.8.8", "8.8.2056", "8.526344",
     "008.8.8.8", "8.8.8.8.", "a.example.0x8", "0x", "256.1.1.1"],
)  # fmt: skip
def test_a_number_in_disguise_is_not_public(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever this system takes it for: another takes it for another machine."""
    named(monkeypatch, "8.8.8.8")
    with pytest.raises(InputError, match="is not on the public internet"):
        resolved(host, 80, 60)
    assert resolved(host, 80, 60, private=True) == "8.8.8.8"


@pytest.mark.parametrize("host", ["8.8.8.8", "x8.example", "1.example", "8.8.8.8.example"])
def test_four_numbers_and_names_with_digits_are_what_they_are(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(monkeypatch, "8.8.8.8")
    assert resolved(host, 80, 60) == "8.8.8.8"


def test_a_name_that_nobody_answers_for_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **more: never.wait() and [])
    try:
        with pytest.raises(InputError, match=r"nobody says in time where 'a\.example' is"):
            resolved("a.example", 80, 0.05)
    finally:
        never.set()


def test_what_is_no_name_is_no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    for host in ("a" * 300, "nowhere.invalid"):
        with pytest.raises(InputError, match="there is no host"):
            resolved(host, 80, 60)
    named(monkeypatch)
    with pytest.raises(InputError, match="there is no host"):
        resolved("a.example", 80, 60)
