"""Whether the incidents that a ledger keeps, with whatever they are found by, are those that were
worked out of its log again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import Connection, inspect, select

from sayso.ledger import schema, views
from sayso.ledger.log import PAGE
from sayso.ledger.proving.faults import Fault, derived, differs, otherwise, shown
from sayso.records import Gathering, Incident, Toll
from sayso.wire import decode, encode

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger
    from sayso.ledger.views import Verdict

Made = Sequence[tuple[Incident, Gathering]]

JUDGED = "that it was judged"


def faults(
    ledger: Ledger, state: Mapping[str, str], made: Made, verdicts: Mapping[str, Verdict]
) -> list[Fault] | None:
    """Where what is kept is not what was `made`, and not judged so; None where what is kept was put
    there otherwise than this `state` says, as somebody added to the ledger meanwhile."""
    with ledger.reading_at_once() as connection:
        if views.state(connection) != state:
            return None
        members = [row for pair in made for row in views.member_rows(*pair)]
        return [
            *_incidents(connection, made),
            *_members(connection, members),
            *_marks(connection, made),
            *_voices(connection),
            *_verdicts(connection, verdicts),
            *_names(connection, views.names_of(members)),
        ]


def _rows(connection: Connection, query: Any) -> Iterator[dict[str, Any]]:
    for row in connection.execute(query.execution_options(yield_per=PAGE)).mappings():
        yield dict(row)


def _incidents(connection: Connection, made: Made) -> Iterator[Fault]:
    left = {pair[0].id: (position, pair) for position, pair in enumerate(made)}
    for kept in _rows(connection, select(schema.incidents)):
        name = f"incident {kept['id']}"
        position, pair = left.pop(kept["id"], (0, None))
        if pair is None:
            yield derived(f"{name}: it is kept, and the log tells of none of that name")
            continue
        row = {"position": position, **views.incident_row(*pair)}
        yield from otherwise(name, kept, row, but=("record", "gathering"))
        if kept["record"] != row["record"]:
            yield from _incident(name, kept["record"], pair[0])
        if kept["gathering"] != row["gathering"]:
            yield derived(f"{name}: what it is kept to be gathered from is not what the log gives")
    for id in left:
        yield derived(f"incident {id}: the log tells of it, and it is not kept")


def _incident(name: str, record: Any, made: Incident) -> Iterator[Fault]:
    """What a kept incident says otherwise than the one that was made."""
    try:
        kept = decode(record, Incident)
    except (msgspec.MsgspecError, TypeError):
        yield derived(f"{name}: what is kept of it is no incident")
        return
    told = list(_tolls(name, kept.tolls, made.tolls))
    for field in Incident.__struct_fields__:
        there, right = getattr(kept, field), getattr(made, field)
        if there == right or field == "tolls":
            continue
        if field == "dossier":
            told += _fields(name, there, right)
        elif isinstance(there, str | int | None) and isinstance(right, str | int | None):
            told.append(differs(name, f"the {field}", there, right))
        else:
            told.append(_unlike(name, field, there, right))
    yield from told or [derived(f"{name}: what is kept of it is written otherwise")]


def _fields(name: str, kept: Any, made: Any) -> Iterator[Fault]:
    for field in (made or kept).__struct_fields__:
        there, right = getattr(kept, field, None), getattr(made, field, None)
        if there != right:
            yield _unlike(name, field, there, right)


def _unlike(name: str, field: str, kept: Any, made: Any) -> Fault:
    """The fault where a part of an incident is another: the first place at which it is."""
    if isinstance(kept, tuple) and isinstance(made, tuple):
        pairs = zip(kept, made, strict=False)
        place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(kept), len(made)))
        there, right = (one[place] if place < len(one) else None for one in (kept, made))
        return differs(name, f"row {place + 1} of the {field}", _written(there), _written(right))
    return differs(name, f"the {field}", _written(kept), _written(made))


def _written(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return msgspec.json.encode(value).decode()


def _tolls(name: str, kept: Sequence[Toll], made: Sequence[Toll]) -> Iterator[Fault]:
    there, right = ({_of(toll): toll for toll in tolls} for tolls in (kept, made))
    for key in sorted(there.keys() | right.keys()):
        one, other = there.get(key), right.get(key)
        if one == other:
            continue
        figures = [_figure(key, toll) for toll in (one, other)]
        if figures[0] != figures[1]:
            yield differs(name, "the toll", *figures)
        elif one is not None and other is not None:
            fields = [f for f in Toll.__struct_fields__ if getattr(one, f) != getattr(other, f)]
            for field in fields:
                told = getattr(one, field), getattr(other, field)
                yield _unlike(f"{name}, toll of {key}", field, *told)
    if there.keys() == right.keys() and [*there] != [*right]:
        yield derived(f"{name}: its tolls are kept in another order than the log gives")


def _of(toll: Toll) -> str:
    """What a toll counts, in words that no other toll of the incident has."""
    who = "" if toll.who == "unspecified" else toll.who
    unit = "" if toll.unit == "people" else toll.unit
    return " ".join(filter(None, (toll.kind, who, unit, toll.manner)))


def _figure(key: str, toll: Toll | None) -> str | None:
    if toll is None:
        return None
    bounds = (toll.low, toll.best, toll.high)
    each = ("?" if value is None else str(value) for value in bounds)
    return f"{key} {toll.best if len(set(bounds)) == 1 else ' - '.join(each)}"


def _members(connection: Connection, made: Sequence[Mapping[str, str]]) -> Iterator[Fault]:
    left = {(row["claim"], row["document"]): row["incident"] for row in made}
    table = schema.members
    for row in _rows(connection, select(table)):
        right = left.pop((row["claim"], row["document"]), None)
        if right != row["incident"]:
            name = f"claim {row['claim']} of {row['document']}"
            yield differs(name, "the incident", row["incident"], right)
    for (claim, document), incident in left.items():
        yield differs(f"claim {claim} of {document}", "the incident", None, incident)


def _voices(connection: Connection) -> Iterator[Fault]:
    kept = {tuple(row) for row in connection.execute(select(schema.voices))}
    right = {tuple(row) for row in connection.execute(views.voices())}
    for incident, name in sorted(kept - right):
        yield derived(f"incident {incident}: it is counted to {shown(name)}, who says none of it")
    for incident, name in sorted(right - kept):
        yield derived(f"incident {incident}: it is not counted to {shown(name)}, who tells of it")


def _marks(connection: Connection, made: Made) -> Iterator[Fault]:
    kept = {tuple(row) for row in connection.execute(select(schema.marks))}
    right = {
        (row["incident"], row["field"], row["value"])
        for incident, _ in made
        for row in views.mark_rows(incident)
    }
    for incident, field, value in sorted(kept - right, key=str):
        yield derived(
            f"incident {incident}: it is looked up under the {field} {shown(value)}, "
            "and the log gives it none such"
        )
    for incident, field, value in sorted(right - kept, key=str):
        yield derived(
            f"incident {incident}: the log gives it the {field} {shown(value)}, "
            "and it is not looked up under that"
        )


def _verdicts(connection: Connection, made: Mapping[str, Verdict]) -> Iterator[Fault]:
    left = dict(made)
    for row in _rows(connection, select(schema.verdicts)):
        name = f"claim {row['claim']}"
        right = left.pop(row["claim"], None)
        if right is None:
            yield differs(name, "the verdict", row["verdict"] or JUDGED, None)
        else:
            yield from otherwise(name, row, right._asdict())
    for claim, verdict in left.items():
        yield differs(f"claim {claim}", "the verdict", None, verdict.verdict or JUDGED)


def _names(connection: Connection, made: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    """Whether names lead where they should. What incidents were called before cannot be worked out
    again: of those names it is looked whether there ever was what they lead to."""
    table, log = schema.names, schema.log
    if not inspect(connection).has_table(table.name):
        return  # as Sayso up to 0.10 left it
    left = dict(made)
    for row in connection.execute(select(table)).all():
        right = left.pop(row.id, None)
        if right is None:
            of = log.c.kind == "reading", log.c.subject == row.document
            told = encode({"id": row.claim})[1:-1]
            records = connection.execute(select(log.c.record).where(*of)).scalars()
            if not any(told in record for record in records):
                yield derived(f"the name {row.id} is kept for a claim that never was")
        elif right != (row.document, row.claim):
            yield differs(f"the name {row.id}", "the claim", row.claim, right[1])
    for id in left:
        yield derived(f"the name {id}: it is not kept")
