"""What incidents were called before: the ids under which they, or what was merged into them, once
stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import inspect, select

from sayso.ledger import schema
from sayso.ledger.store import Ledger


def earlier(ledger: Ledger, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The ids that lead to these incidents and are no incident's own any more, by the ids that they
    have now; of what was never called otherwise, nothing."""
    names, members, incidents = schema.names, schema.members, schema.incidents
    query = (
        select(members.c.incident, names.c.id)
        .join(names, names.c.claim == members.c.claim)
        .where(members.c.incident.in_(list(ids)), names.c.id.not_in(select(incidents.c.id)))
        .distinct()
        .order_by(members.c.incident, names.c.id)
    )
    found: dict[str, list[str]] = defaultdict(list)
    with ledger.reading_at_once() as connection:
        if not inspect(connection).has_table(names.name):
            return {}  # as Sayso up to 0.10 left it
        for now, before in connection.execute(query):
            found[now].append(before)
    return {now: tuple(before) for now, before in found.items()}
