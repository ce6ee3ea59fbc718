"""The settings, read once at the start of a command and never changed after.

A setting given in several places has one winner: a flag, then the environment (`SAYSO_LEDGER`),
then `sayso.toml`, then the default. This module only reads them: it opens no ledger and makes no
folder. It is imported by every command, so it stays light: a named tuple instead of a dataclass or
a msgspec struct, because importing either of those costs more than all the rest of this module.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    NewType,
    get_args,
    get_origin,
    get_type_hints,
)

from sayso.errors import SettingsError

FILE = Path("sayso.toml")
"""The file of settings that is looked for in the working directory."""

TABLES = ("alerts",)
"""Tables of the file that others read, whole."""
LEAST_NAMES = 3
"""Statuses that there must be: one to begin with, and two that freeze."""

UNSET = "none"
"""How the status of an incident is asked for to which nobody gave one."""

DESK = "desk"
"""The table in it of what is set for the desk."""

OF_DESK = ("statuses", "second_reading")
"""What may stand in that table."""

PREFIX = "SAYSO_"
"""What the name of an environment variable of ours begins with."""


def cache_folder(environment: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Where this platform wants data that can always be made again, in a folder of our own.

    On Linux and the BSDs that is the XDG base directory specification's `XDG_CACHE_HOME`, which
    says that a relative path there is to be ignored.
    """
    home = Path(
        environment.get("HOME") or environment.get("USERPROFILE") or os.path.expanduser("~")
    )
    if platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local") / "sayso"
    if platform == "darwin":
        return home / "Library" / "Caches" / "sayso"
    named = Path(environment.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else home / ".cache") / "sayso"


Address = NewType("Address", str)
"""The path of a file, or the address of a database, which has `://` in it."""


class Settings(NamedTuple):
    """Everything that can be set. A field's annotation holds the one description of it."""

    ledger: Annotated[
        Address,
        "The ledger that documents, claims and judgements are kept in: a file, or a PostgreSQL "
        "database as `postgresql://USER@HOST/NAME`.",
    ] = Address("sayso.db")
    engine: Annotated[
        str,
        "The language engine that parses sentences: `default`, a spaCy pipeline of yours as "
        "`spacy:NAME`, or trees made elsewhere as `conllu:FILE`.",
    ] = "default"
    parse: Annotated[
        Literal["all", "claims", "unrest"],
        "What the default engine parses. `claims` skips paragraphs that no word lets hold a claim: "
        "the sayings, places and times there are not read. `unrest`, for streams of all the news, "
        "skips besides the articles that are not about unrest, conflict or disaster.",
    ] = "all"
    gazetteer: Annotated[
        Path,
        "The file of the places that you add (`sayso gazetteer add`); those that Sayso ships need "
        "none. A file of anything else is left as it is, and named.",
    ] = cache_folder(os.environ) / "places.db"
    actors: Annotated[
        Path,
        "The file of the actors that you add to those that Sayso knows, asked before them; the "
        "default need not exist.",
    ] = Path("actors.toml")
    best: Annotated[
        Literal["latest", "agreed", "lowest", "highest", "median"],
        "Which of the standing figures of a toll is called the best one.",
    ] = "latest"
    by: Annotated[
        str, "Your name, as it is noted with your judgements; empty is the name you log in with."
    ] = ""
    format: Annotated[
        Literal["auto", "table", "plain", "jsonl", "csv"],
        "How results are written. `auto` is a table on a terminal and JSONL when piped.",
    ] = "auto"
    statuses: Annotated[
        tuple[str, ...],
        "The statuses of an incident, in order: it begins with the first, and with the last two it "
        "stands as it was signed off. In the file a list, under `[desk]`; elsewhere with commas "
        "between.",
    ] = ("new", "in review", "second read", "signed off", "published")
    second_reading: Annotated[
        Literal["open", "blind"],
        "Whether a coder at a desk with accounts is shown what others decided of a claim before "
        "they have judged it themselves. In the file it stands under `[desk]`.",
    ] = "open"

    @property
    def blind(self) -> bool:
        """Whether the second reading is blind."""
        return self.second_reading == "blind"

    def status(self, said: str | None) -> str | None:
        """How a status is asked of incidents: the one that all begin with is that nobody set one,
        `none`."""
        first = self.statuses[0].casefold()
        return UNSET if said and said.casefold() == first else said or None


def load(
    config: Path | None, flags: Mapping[str, str | None], environment: Mapping[str, str]
) -> Settings:
    """The settings in force, from flags, environment and file, in that order of strength.

    `config` is the file to read instead of `sayso.toml`; it must exist, while `sayso.toml` need
    not. A flag that is `None` and a variable that is empty were not given. A relative path in the
    file starts from the file's folder, any other from the working directory.

    Raises `SettingsError` for a key that does not exist, a value that cannot be, or a file that
    cannot be read: the message names the key, where it stands, and what is allowed.
    """
    file = config or FILE
    chosen: dict[str, Any] = {"gazetteer": cache_folder(environment) / "places.db"}
    for key, value in _table(file, needed=config is not None).items():
        if key in TABLES and isinstance(value, dict):
            continue
        chosen[key] = _value(key, value, f"{key!r} in {file}", file.parent)
    for variable in sorted(environment):
        if variable.startswith(PREFIX) and environment[variable]:
            key = variable.removeprefix(PREFIX).lower()
            chosen[key] = _value(key, environment[variable], f"environment variable {variable}")
    for key, value in flags.items():
        if value is not None:
            chosen[key] = _value(key, value, f"flag --{key}")
    return Settings(**chosen)


def table(config: Path | None, name: str) -> tuple[Mapping[str, Any], Path]:
    """One of the `TABLES` of the file of settings, {} where it has none, and the path of that file.
    Raises `SettingsError` as `load` does."""
    file = config or FILE
    found = _table(file, needed=config is not None).get(name, {})
    if not isinstance(found, dict):
        raise SettingsError(f"{name!r} in {file} is {_shown(found)}; it must be a table")
    return found, file


def describe() -> list[tuple[str, str, str]]:
    """Name, default and description of every setting, in order, for people."""
    in_words = {"gazetteer": "`sayso/places.db` in the user's cache folder"}
    rows = []
    for name, (kind, description) in _fields().items():
        if get_origin(kind) is Literal:
            allowed = get_args(kind)
            description += f" One of {', '.join(f'`{value}`' for value in allowed)}."
        value = Settings._field_defaults[name]
        shown = ", ".join(value) if isinstance(value, tuple) else value
        default = in_words.get(name, f"`{shown}`")
        rows.append((name, default, description))
    return rows


def _fields() -> dict[str, tuple[Any, str]]:
    """The type and the description of every field."""
    hints = get_type_hints(Settings, include_extras=True)
    return {name: get_args(hint) for name, hint in hints.items()}


def _table(file: Path, *, needed: bool) -> dict[str, object]:
    import tomllib

    try:
        found = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if needed:
            raise SettingsError(f"no file of settings at {file}") from None
        return {}
    except OSError as error:
        raise SettingsError(f"the settings in {file} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:  # not UTF-8, or not TOML
        raise SettingsError(f"{file} is not a TOML file: {error}") from error
    desk = found.pop(DESK, {})
    if not isinstance(desk, dict) or desk.keys() - {*OF_DESK}:
        raise SettingsError(
            f"[{DESK}] in {file} is a table that may have {' and '.join(OF_DESK)}, and no more"
        )
    return found | desk


def _value(
    key: str, value: object, where: str, folder: Path = Path()
) -> str | Path | tuple[str, ...]:
    """The value of a setting as its field wants it; `where` is how to call it in an error."""
    fields = _fields()
    if key not in fields:
        raise SettingsError(f"{where} is no setting; the settings are {', '.join(fields)}")
    kind = fields[key][0]
    if kind == tuple[str, ...]:
        return _list(value, where)
    allowed = get_args(kind)
    if allowed and value not in allowed:
        raise SettingsError(f"{where} is {_shown(value)}; it must be one of {', '.join(allowed)}")
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        wanted = "the path of a file" if kind in (Path, Address) else "a name"
        raise SettingsError(f"{where} is {_shown(value)}; it must be {wanted}, as text")
    if kind is not Path and (kind is not Address or "://" in value):
        return value
    try:
        path = folder / Path(value).expanduser()
    except RuntimeError as error:  # "~somebody" who is nobody here
        raise SettingsError(f"{where} is {_shown(value)}: {error}") from None
    return path if kind is Path else str(path)


def _list(value: object, where: str) -> tuple[str, ...]:
    """The names of a list, or of a text with commas between."""
    each = value.split(",") if isinstance(value, str) else value
    names = each if isinstance(each, list) else []
    named = [" ".join(n.split()) if isinstance(n, str) else "" for n in names]
    if len(named) < LEAST_NAMES or not all(named) or len({*named}) < len(named):
        raise SettingsError(
            f"{where} is {_shown(value)}; it must be a list of {LEAST_NAMES} or more names, each "
            "another"
        )
    return tuple(named)


def _shown(value: object) -> str:
    """A value as it may stand in a sentence: a file of settings may hold any."""
    try:
        shown = repr(value)
    except (ValueError, RecursionError):  # Python writes no number of more than 4,300 digits
        return "what cannot be shown"
    return shown if len(shown) <= 200 else f"{shown[:200]}…"
