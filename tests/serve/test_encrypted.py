"""A desk that others reach: by TLS of its own, or behind a server that was named."""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import shutil
import ssl
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sayso.cli.users import WORDS
from sayso.ledger.accounts import ROLES, Accounts, Role
from sayso.ledger.store import Ledger
from served import served

PASSWORD = "a lamp for nine miners"


@pytest.fixture
def path(story: Path, tmp_path: Path) -> Path:
    path = Path(shutil.copy(story, tmp_path / "sayso.db"))
    with Ledger.open(path) as ledger:
        Accounts(ledger).add("Cem", PASSWORD, Role.CODER)
    return path


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "desk.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .sign(key, hashes.SHA256())
    )
    files = tmp_path / "desk.pem", tmp_path / "desk.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return files


def ask(
    address: str, path: str, trusted: Path | None = None, form: dict | None = None, **headers: str
) -> http.client.HTTPResponse:
    parts = urlsplit(address)
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=trusted)
        context.verify_flags &= ~ssl.VERIFY_X509_STRICT
        connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=context)
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port)
    sent = {"accept": "text/html"} | {k.replace("_", "-"): v for k, v in headers.items()}
    body = None
    if form is not None:
        body, sent["content-type"] = urlencode(form), "application/x-www-form-urlencoded"
    connection.request("GET" if form is None else "POST", path, body, sent)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


ENTRY = {"name": "Cem", "password": PASSWORD}


def test_it_encrypts(path: Path, settings, certificate) -> None:
    pem, key = certificate
    options = ("--host", "0.0.0.0", "--certificate", str(pem), "--key", str(key))
    with served(path, settings.gazetteer, *options) as address:
        assert address.startswith("https://") and "token" not in address
        address = address.replace("0.0.0.0", "127.0.0.1")
        assert ask(address, "/incidents", pem).status == 303
        entered = ask(address, "/login", pem, ENTRY, origin=address.rstrip("/"))
        said = entered.getheader("set-cookie")
        assert entered.status == 303 and "Secure" in said and said.startswith("__Host-sayso=")
        session = said.partition(";")[0]
        assert ask(address, "/incidents", pem, cookie=session).status == 200
        from_open = address.rstrip("/").replace("https", "http")
        assert ask(address, "/logout", pem, {}, cookie=session, origin=from_open).status == 403


def test_only_a_server_that_was_named_is_taken_at_its_word(path: Path, settings) -> None:
    forwarded = {
        "x_forwarded_proto": "https",
        "x_forwarded_for": "192.0.2.7",
        "host": "desk.example",
    }
    with served(path, settings.gazetteer, "--proxy", "127.0.0.1") as address:
        entered = ask(address, "/login", form=ENTRY, **forwarded)
        assert entered.status == 303 and "Secure" in entered.getheader("set-cookie")
        open_way = forwarded | {"x_forwarded_proto": "http"}
        assert ask(address, "/login", form=ENTRY, **open_way).status == 403
    with served(path, settings.gazetteer, "--proxy", "192.0.2.1") as address:
        entered = ask(address, "/login", form=ENTRY, **forwarded)
        assert "Secure" not in entered.getheader("set-cookie")
    with served(path, settings.gazetteer) as address:
        assert ask(address, "/login", **forwarded).status == 421
        entered = ask(address, "/login", form=ENTRY, **forwarded | {"host": "localhost"})
        assert "Secure" not in entered.getheader("set-cookie")


def test_the_commands_for_people(tmp_path: Path) -> None:
    ledger = tmp_path / "sayso.db"

    def user(*words: str, given: str = "", fails: bool = False) -> subprocess.CompletedProcess:
        done = subprocess.run(
            [sys.executable, "-m", "sayso", "user", *words, "--ledger", str(ledger)],
            input=given,
            capture_output=True,
            text=True,
        )
        assert (done.returncode != 0) == fails, done.stderr
        assert PASSWORD not in done.stdout + done.stderr
        return done

    user("add", "Aigul", "--role", "admin", given=f"{PASSWORD}\n")
    user("add", "Cem", given=PASSWORD)
    assert "12 to 1000" in user("add", "Bo", given="short", fails=True).stderr
    assert "no password" in user("add", "Bo", fails=True).stderr
    user("role", "Cem", "editor")
    user("password", "Cem", given=PASSWORD * 2)
    secret = user("token", "Cem", "--label", "nightly").stdout.strip()
    listed = user("list", "--format", "plain").stdout
    assert "Cem" in listed and "editor" in listed and "argon2" not in listed
    with Ledger.open(ledger) as opened:
        accounts = Accounts(opened)
        assert accounts.of_token(secret).name == "Cem"
        assert accounts.proved("Cem", PASSWORD * 2)
        [token] = accounts.tokens("Cem")
    assert "nightly" in user("token", "Cem", "--list", "--format", "jsonl").stdout
    user("token", "Cem", "--revoke", token.id)
    assert "somebody must stay" in user("remove", "Aigul", fails=True).stderr
    user("remove", "Cem")
    assert "asks nobody" in user("remove", "Aigul").stderr


def test_its_roles_are_those_of_the_ledger() -> None:
    assert tuple(ROLES) == WORDS
