"""What people asked to be told of: the table `[alerts]` of the file of settings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from sayso.errors import SettingsError
from sayso.ledger.conditions import Filters
from sayso.records import Category, Kind

Text = Annotated[str, Meta(min_length=1, max_length=200)]
Address = Annotated[str, Meta(pattern="^https?://[^ ]+$")]
Mailbox = Annotated[str, Meta(pattern="^[^@ \\r\\n]+@[^@ \\r\\n]+$")]
Country = Annotated[str, Meta(pattern="^[A-Za-z]{2}$")]

CONDITIONS = ("above", "origins", "differ", "signed_off")
"""Of which a rule has one."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table in which a misspelt key is an error."""


class Rule(_Table, frozen=True):
    """What somebody wants to be told of, by a name of theirs.

    Of the incidents that `place` to `until` leave, and of their tolls of that `kind` and group
    `who` (of any harm and group without): where the figure is `above` so many, by its best or else
    its lower bound; where so many independent `origins` stand behind it; where accounts `differ`;
    where the incident was `signed_off` and what came since would change it. An incident that was
    signed off goes by its figures of then, unless the `latest` are asked for.
    """

    name: Text
    above: Annotated[int, Meta(ge=0)] | None = None
    origins: Annotated[int, Meta(ge=1)] | None = None
    differ: bool = False
    signed_off: bool = False
    latest: bool = False
    kind: Kind | None = None
    who: Category | None = None
    place: Text | None = None
    country: Country | None = None
    type: Text | None = None
    source: Text | None = None
    outlet: Text | None = None
    since: date | None = None
    until: date | None = None

    @property
    def filters(self) -> Filters:
        """Which incidents it is about."""
        return Filters(
            first=self.since.isoformat() if self.since else None,
            last=self.until.isoformat() if self.until else None,
            type=self.type.upper() if self.type else None,
            place=self.place,
            country=self.country.upper() if self.country else None,
            source=self.source,
            outlet=self.outlet,
        )


class Webhook(_Table, frozen=True):
    """Where alerts are posted as JSON. `token_env` names the variable of the environment that holds
    a bearer token."""

    url: Address
    token_env: Text | None = None


class Mail(_Table, frozen=True):
    """By which server, from whom and to whom alerts are mailed. `password_env` names the variable
    of the environment that holds the password of `user`."""

    host: Text
    sender: Mailbox
    to: Annotated[tuple[Mailbox, ...], Meta(min_length=1, max_length=50)]
    port: Annotated[int, Meta(ge=1, le=65535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Text | None = None
    password_env: Text | None = None


class Alerts(_Table, frozen=True):
    """All of it. `private` lets machines be reached that are not on the public internet."""

    rule: tuple[Rule, ...] = ()
    webhook: Webhook | None = None
    mail: Mail | None = None
    private: bool = False

    @property
    def ways(self) -> tuple[str, ...]:
        """How alerts are sent beside being printed."""
        found = {"webhook": self.webhook, "mail": self.mail}
        return tuple(name for name, way in found.items() if way is not None)


def rules(table: Mapping[str, Any], file: Path) -> Alerts:
    """The rules in that table. Raises `SettingsError` where one cannot be, or there is none."""
    try:
        found = msgspec.convert(dict(table), type=Alerts)
    except msgspec.ValidationError as error:
        raise SettingsError(f"[alerts] in {file}: {_plain(error)}") from None
    if not found.rule:
        raise SettingsError(f"there is no [[alerts.rule]] in {file}: nothing to be told of")
    for rule in found.rule:
        asked = [name for name in CONDITIONS if getattr(rule, name) not in (None, False)]
        if len(asked) != 1:
            raise SettingsError(
                f"[alerts] in {file}: rule {rule.name!r} must have one of {', '.join(CONDITIONS)}"
            )
    names = [rule.name for rule in found.rule]
    for name in names:
        if names.count(name) > 1:
            raise SettingsError(f"[alerts] in {file}: there are two rules {name!r}")
    return found


def _plain(error: Exception) -> str:
    """What is wrong and where: "... - at `$.rule[0].kind`" as "rule[0].kind: ..."."""
    words, _, where = str(error).partition(" - at `$")
    return f"{where.strip('.`')}: {words}" if where.strip(".`") else words
