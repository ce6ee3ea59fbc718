"""Who may work at a desk that is shared: accounts with their roles, sessions and tokens.

They stand in the ledger's database beside the log, in tables of their own: no line of the log, no
bundle and no export has any of them. What the log has is the name under which a person decided.

A password is kept as its Argon2id hash, with the parameters of RFC 9106 for little memory (64 MiB,
three passes, four lanes) that argon2-cffi brings. Sessions and tokens are 256 random bits, which
nobody can try out: they are kept as their SHA-256, so that who reads the database has none.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import cache
from secrets import token_hex, token_urlsafe
from typing import NamedTuple
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, Select, Update, delete, func, insert, select, update

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger import schema
from sayso.ledger.store import Ledger

SHORTEST = 12
"""Characters that a password must have; what is shorter is tried out in a day."""

LONGEST = 1000
"""Characters that a password may have; a name, a tenth."""

LASTS = timedelta(hours=12)
"""How long a session lasts: a day's work."""

TOKEN = "sayso_"
"""How a token begins, so that one that was published by mistake is known for what it is."""

_HASHER = PasswordHasher()


class Role(IntEnum):
    """What a person may do; each may do what those before may.

    A reader sees; a coder judges, adds documents and records; an editor merges, splits, signs off
    and says who is one source; an admin has the accounts and redacts. `ANYONE` is who has not said
    who they are.
    """

    ANYONE = 0
    READER = 1
    CODER = 2
    EDITOR = 3
    ADMIN = 4

    @property
    def word(self) -> str:
        """The role as it is written."""
        return self.name.lower()


ROLES = {role.word: role for role in Role if role is not Role.ANYONE}
"""The roles that an account can have, by the words for them."""


class Account(NamedTuple):
    """A person, as what they decide is signed, and what they may do. `made` is when."""

    name: str
    role: Role
    made: str


class Token(NamedTuple):
    """What a program of a person's shows, without its secret: `id` is to revoke it by."""

    id: str
    label: str
    made: str


class Accounts:
    """The accounts of a ledger. What is named and not there raises `NotFoundError`; what cannot be,
    as a password that is too short, `SettingsError`."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def any(self) -> bool:
        """Whether there is one."""
        with self._ledger.reading_at_once() as connection:
            return connection.execute(select(schema.accounts.c.key).limit(1)).first() is not None

    def all(self) -> list[Account]:
        """All of them, by name."""
        query = select(schema.accounts).order_by(schema.accounts.c.key)
        with self._ledger.reading_at_once() as connection:
            return [_account(row) for row in connection.execute(query)]

    def add(self, name: str, password: str, role: Role) -> Account:
        """Make an account. No two names differ by capitals or accents' encoding alone."""
        name, key, hashed = _name(name), _key(name), _hashed(password)
        made = Account(name, role, _now())
        with self._ledger.writing_at_once() as connection:
            if _row(connection, key) is not None:
                raise SettingsError(f"there is an account {name!r} already")
            connection.execute(
                insert(schema.accounts).values(
                    key=key, name=name, role=role.word, password=hashed, made=made.made
                )
            )
        return made

    def change_role(self, name: str, role: Role) -> None:
        """Give an account another role; whoever is logged in by it has to log in again. Of those
        who may change accounts one must stay."""
        with self._ledger.writing_at_once() as connection:
            key = _there(connection, name).key
            if role is not Role.ADMIN:
                _not_last(connection, key)
            connection.execute(_of(key).values(role=role.word))
            _end_sessions(connection, key)

    def change_password(self, name: str, password: str) -> None:
        """Give an account another password; whoever is logged in by it has to log in again."""
        hashed = _hashed(password)
        with self._ledger.writing_at_once() as connection:
            key = _there(connection, name).key
            connection.execute(_of(key).values(password=hashed))
            _end_sessions(connection, key)

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens. What was decided under its name stays.
        The last that may change accounts is removed last of all."""
        with self._ledger.writing_at_once() as connection:
            key = _there(connection, name).key
            others = select(func.count()).where(schema.accounts.c.key != key)
            if connection.execute(others).scalar_one():
                _not_last(connection, key)
            _end_sessions(connection, key)
            connection.execute(delete(schema.tokens).where(schema.tokens.c.account == key))
            connection.execute(delete(schema.accounts).where(schema.accounts.c.key == key))

    def proved(self, name: str, password: str) -> bool:
        """Whether that is the password of that account. It takes the same time whether there is
        such an account or not."""
        with self._ledger.reading_at_once() as connection:
            row = _row(connection, _key(name))
        return _fits(row, password)

    def log_in(self, name: str, password: str) -> str | None:
        """A new session of the account of that name, as the secret that a browser keeps; None where
        there is none of that name and password, in the same time whichever was wrong."""
        key = _key(name)
        with self._ledger.reading_at_once() as connection:
            row = _row(connection, key)
        if not _fits(row, password) or row is None:
            return None
        secret, now = token_urlsafe(32), datetime.now(UTC)
        table = schema.sessions
        with self._ledger.writing_at_once() as connection:
            still = _row(connection, key)
            if still is None or still.password != row.password:
                return None  # it was changed meanwhile
            if _HASHER.check_needs_rehash(row.password):
                connection.execute(_of(key).values(password=_HASHER.hash(_normal(password))))
            connection.execute(delete(table).where(table.c.until < _written(now)))
            connection.execute(
                insert(table).values(
                    sha256=_sha256(secret), account=key, until=_written(now + LASTS)
                )
            )
        return secret

    def log_out(self, secret: str) -> None:
        """End the session of that secret."""
        table = schema.sessions
        with self._ledger.writing_at_once() as connection:
            connection.execute(delete(table).where(table.c.sha256 == _sha256(secret)))

    def of_session(self, secret: str) -> Account | None:
        """Whose session that is, None where it is none or is over."""
        table = schema.sessions
        query = (
            select(schema.accounts)
            .join(table, table.c.account == schema.accounts.c.key)
            .where(table.c.sha256 == _sha256(secret), table.c.until >= _now())
        )
        return self._first(query)

    def of_token(self, secret: str) -> Account | None:
        """Whose token that is, None where it is none."""
        table = schema.tokens
        query = (
            select(schema.accounts)
            .join(table, table.c.account == schema.accounts.c.key)
            .where(table.c.sha256 == _sha256(secret))
        )
        return self._first(query)

    def tokens(self, name: str) -> list[Token]:
        """The tokens of an account, in the order in which they were made."""
        table = schema.tokens
        with self._ledger.reading_at_once() as connection:
            key = _there(connection, name).key
            query = select(table.c.id, table.c.label, table.c.made).where(table.c.account == key)
            rows = connection.execute(query.order_by(table.c.made, table.c.id))
            return [Token(*row) for row in rows]

    def give_token(self, name: str, label: str = "") -> tuple[Token, str]:
        """A new token for a program of that person's, and its secret, which is not kept."""
        secret, made = TOKEN + token_urlsafe(32), Token(token_hex(4), label.strip()[:100], _now())
        with self._ledger.writing_at_once() as connection:
            key = _there(connection, name).key
            connection.execute(
                insert(schema.tokens).values(sha256=_sha256(secret), account=key, **made._asdict())
            )
        return made, secret

    def revoke(self, name: str, id: str) -> None:
        """Have the token of that id open nothing any more."""
        table = schema.tokens
        with self._ledger.writing_at_once() as connection:
            key = _there(connection, name).key
            gone = connection.execute(delete(table).where(table.c.account == key, table.c.id == id))
            if not gone.rowcount:
                raise NotFoundError(f"{name} has no token {id!r}")

    def _first(self, query: Select[tuple[str, ...]]) -> Account | None:
        with self._ledger.reading_at_once() as connection:
            row = connection.execute(query).first()
        return None if row is None else _account(row)


def _account(row: Row[tuple[str, ...]]) -> Account:
    return Account(row.name, ROLES[row.role], row.made)


def _row(connection: Connection, key: str) -> Row[tuple[str, ...]] | None:
    return connection.execute(select(schema.accounts).where(schema.accounts.c.key == key)).first()


def _there(connection: Connection, name: str) -> Row[tuple[str, ...]]:
    row = _row(connection, _key(name))
    if row is None:
        raise NotFoundError(f"there is no account {name!r}")
    return row


def _of(key: str) -> Update:
    return update(schema.accounts).where(schema.accounts.c.key == key)


def _not_last(connection: Connection, key: str) -> None:
    """Raises `SettingsError` where nobody else could change accounts."""
    table = schema.accounts
    others = select(table.c.key).where(table.c.role == Role.ADMIN.word)
    admins = {row.key for row in connection.execute(others)}
    if admins == {key}:
        raise SettingsError("somebody must stay who may change accounts: make another admin first")


def _end_sessions(connection: Connection, key: str) -> None:
    connection.execute(delete(schema.sessions).where(schema.sessions.c.account == key))


def _name(given: str) -> str:
    """A name as it is signed with: what a line can hold and an eye can tell apart."""
    name = normalize("NFC", " ".join(given.split()))
    if not name or len(name) > LONGEST // 10 or not name.isprintable():
        raise SettingsError(f"a name has 1 to {LONGEST // 10} characters that can be seen")
    return name


def _key(name: str) -> str:
    """What names are told apart by."""
    return normalize("NFKC", " ".join(name.split())).casefold()


def _normal(password: str) -> str:
    """A password whatever keyboard it was typed on (NIST SP 800-63B, 3.1.1.2)."""
    return normalize("NFKC", password)


def _hashed(password: str) -> str:
    if not SHORTEST <= len(password) <= LONGEST:
        raise SettingsError(f"a password has {SHORTEST} to {LONGEST} characters")
    return _HASHER.hash(_normal(password))


@cache
def _nobody() -> str:
    """The hash of a password that nobody has."""
    return _HASHER.hash(token_urlsafe(32))


def _fits(row: Row[tuple[str, ...]] | None, password: str) -> bool:
    nobody = _nobody()
    if len(password) > LONGEST:
        return False
    try:
        fits = _HASHER.verify(nobody if row is None else row.password, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return fits and row is not None


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _now() -> str:
    return _written(datetime.now(UTC))


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
