"""Views of the incidents' list, saved under a name and forgotten."""

from __future__ import annotations

from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import SettingsError
from sayso.ledger import saved
from sayso.serve.asking import fault
from sayso.serve.desk import decider, desk


async def views(request: Request) -> Response:
    """Save the filters of the list under a name, or forget what is saved under one."""
    ledger = desk(request).ledger
    form = await request.form(max_files=0, max_fields=20)
    do, name = str(form.get("do") or ""), str(form.get("name") or "")
    query = _asked(str(form.get("query") or ""))
    if do == "save":
        if wrong := fault("/incidents", QueryParams(query)):
            raise SettingsError(wrong)
        by = decider(request, None)
        await run_in_threadpool(saved.save, ledger, name, query, by)
    elif do == "forget":
        await run_in_threadpool(saved.forget, ledger, name)
    else:
        raise SettingsError(f"{do!r} cannot be done with a view; it is saved or forgotten")
    return RedirectResponse(f"/incidents{'?' if query else ''}{query}", 303)


def _asked(query: str) -> str:
    """What an address asks for, without the page; nothing but what an address can have."""
    return urlencode([(k, v) for k, v in QueryParams(query).multi_items() if k != "page" and v])
