"""Asking incidents for what people keep of them: status, owner and tags."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import ColumnElement, func, select

from sayso.ledger import schema

MARKS = ("status", "owner", "tag")
"""The filters by what people keep of an incident."""


class Asked(Protocol):
    """What is asked for; None asks for nothing, the status "none" that nobody set one."""

    @property
    def status(self) -> str | None: ...
    @property
    def owner(self) -> str | None: ...
    @property
    def tag(self) -> str | None: ...


def marked(incident: ColumnElement[str], filters: Asked) -> list[ColumnElement[bool]]:
    """What is asked of what people keep of the incident of that id, whatever the case."""
    marks = schema.marks
    asked: list[ColumnElement[bool]] = []
    for name in MARKS:
        if value := getattr(filters, name):
            held = select(marks.c.incident).where(marks.c.field == name)
            if (name, value) == ("status", "none"):
                asked.append(incident.not_in(held))
            else:
                asked.append(incident.in_(held.where(func.lower(marks.c.value) == value.lower())))
    return asked
