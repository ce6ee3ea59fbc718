"""What admins do: the accounts of others, and what is to be shown no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import SaysoError, SettingsError
from sayso.ledger.accounts import ROLES, SHORTEST, Accounts, Role
from sayso.records import Redaction
from sayso.serve.desk import decider, desk
from sayso.serve.entering import entrance


def people(request: Request) -> Response:
    """Who has an account, and what can be changed of it."""
    return _people(request)


def _people(request: Request, status: int = 200, error: str = "") -> Response:
    return desk(request).page(
        request,
        "people.html",
        status,
        title="People",
        accounts=entrance(request).accounts.all(),
        roles=list(ROLES),
        shortest=SHORTEST,
        error=error,
    )


async def change(request: Request) -> Response:
    """Make an account or change one."""
    accounts = entrance(request).accounts
    form = await request.form(max_files=0, max_fields=20)
    said = {name: str(form.get(name) or "") for name in ("do", "name", "role", "password")}
    if said["do"] not in CHANGES:
        raise SettingsError(f"{said['do']!r} is no change; there are {', '.join(CHANGES)}")
    try:
        await run_in_threadpool(CHANGES[said["do"]], accounts, said)
    except SaysoError as error:
        return await run_in_threadpool(_people, request, 400, str(error))
    return RedirectResponse("/people", 303)


def _role(said: dict[str, str]) -> Role:
    if said["role"] not in ROLES:
        raise SettingsError(f"{said['role']!r} is no role; there are {', '.join(ROLES)}")
    return ROLES[said["role"]]


CHANGES: dict[str, Callable[[Accounts, dict[str, str]], Any]] = {
    "add": lambda accounts, said: accounts.add(said["name"], said["password"], _role(said)),
    "role": lambda accounts, said: accounts.change_role(said["name"], _role(said)),
    "password": lambda accounts, said: accounts.change_password(said["name"], said["password"]),
    "remove": lambda accounts, said: accounts.remove(said["name"]),
}
"""What can be done with the account of a name."""


async def redactions(request: Request) -> Response:
    """Have a document, and all that was read in it, shown and counted no more."""
    here = desk(request)
    form = await request.form(max_files=0, max_fields=20)
    document, note = str(form.get("document") or ""), str(form.get("note") or "").strip()
    if not note:
        raise SettingsError("why it is to be shown no more must be said: that is shown instead")
    by = decider(request, str(form.get("by") or "") or None)

    def redact() -> None:
        here.ledger.document(document)
        with here.ledger.transaction() as writer:
            writer.redact(Redaction(document=document, by=by, note=note))

    await run_in_threadpool(redact)
    return RedirectResponse("/log", 303)
