"""Logging in and out, and what people do with their own accounts."""

from __future__ import annotations

from functools import partial
from ipaddress import ip_address
from math import ceil
from typing import Any
from urllib.parse import urlencode

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import NotFoundError, SettingsError
from sayso.ledger.accounts import LASTS, SHORTEST, Account, Accounts
from sayso.serve.attempts import Attempts
from sayso.serve.desk import desk, items, ours, wants_json
from sayso.serve.people import person

AT_ONCE = 2
"""Passwords that are looked at at once: each takes 64 MiB for as long as it takes."""

LARGEST = 10_000
"""Bytes of a form here."""


class Entrance:
    """The way in to a desk: its accounts, and the tries that are looked at."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.attempts = Attempts()
        self.limiter = CapacityLimiter(AT_ONCE)


def entrance(request: Request) -> Entrance:
    """The way in to the desk that a request is made at. Raises `NotFoundError` where it has no
    accounts."""
    if not person(request).known_by_name:
        raise NotFoundError(
            "this desk has no accounts and asks nobody who they are; "
            "`sayso user add NAME --role admin` makes the first"
        )
    found: Entrance = request.app.state.entrance
    return found


def login(request: Request) -> Response:
    """The page to log in on."""
    way = entrance(request)
    return _login(request, "", some=way.accounts.any())


def _login(request: Request, error: str, status: int = 200, **content: Any) -> Response:
    following = ours(request.query_params.get("next", "")) or "/incidents"
    content = {"name": "", "following": following, "some": True} | content
    return desk(request).page(
        request, "login.html", status, title="Log in", error=error, plain=_plain(request), **content
    )


async def log_in(request: Request) -> Response:
    """Let in who has the name and the password of an account."""
    way = entrance(request)
    if _plain(request):
        raise HTTPException(403, "no password is taken over a way that is not encrypted")
    form = await _form(request)
    name, password = _said(form, "name"), str(form.get("password") or "")
    following = ours(_said(form, "next")) or "/incidents"
    kept = {"name": name, "following": following}
    if refused := await _tried(request, way, name, partial(way.accounts.log_in, name, password)):
        return refused if isinstance(refused, Response) else _entered(request, refused, following)
    words = "there is no account of that name and password"
    return await run_in_threadpool(_login, request, words, 401, **kept)


async def _tried(
    request: Request, way: Entrance, name: str, what: partial[str | None]
) -> Response | str | None:
    """What comes of a try; an answer of ours where it is not looked at."""
    host = request.client.host if request.client else ""
    if wait := way.attempts.begin(name, host):
        seconds = ceil(wait)
        words = f"that was tried too often: try again in {seconds} s"
        answer = await run_in_threadpool(_login, request, words, 429, name=name)
        answer.headers["Retry-After"] = str(seconds)
        return answer
    found = await to_thread.run_sync(what, limiter=way.limiter)
    if found is not None:
        way.attempts.succeeded(name, host)
    return found


def _entered(request: Request, secret: str, following: str) -> Response:
    answer = RedirectResponse(following, 303)
    answer.set_cookie(
        cookie(request),
        secret,
        max_age=int(LASTS.total_seconds()),
        httponly=True,
        secure=_encrypted(request),
        # Not "strict": a link in a letter leads to what it names, and no address that a link can
        # lead to changes anything.
        samesite="lax",
    )
    return answer


def cookie(request: Request) -> str:
    """The cookie of a session. Of the name that browsers take from this host alone, and encrypted
    alone, no other host can set one (RFC 6265bis, 4.1.3.2)."""
    return "__Host-sayso" if _encrypted(request) else "sayso_session"


def log_out(request: Request) -> Response:
    """End the session."""
    entrance(request).accounts.log_out(request.cookies.get(cookie(request), ""))
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(cookie(request), secure=_encrypted(request), httponly=True, samesite="lax")
    return answer


def account(request: Request) -> Response:
    """A person's own account: who they are here, their password, their tokens."""
    entrance(request)
    if wants_json(request):
        who = _self(request)
        return items([{"name": who.name, "role": who.role.word}])
    return _account(request)


def _account(request: Request, status: int = 200, **content: Any) -> Response:
    way, who = entrance(request), _self(request)
    content = {"given": None, "secret": "", "error": ""} | content
    return desk(request).page(
        request,
        "account.html",
        status,
        title="Account",
        account=who,
        tokens=way.accounts.tokens(who.name),
        shortest=SHORTEST,
        **content,
    )


async def password(request: Request) -> Response:
    """Another password of one's own, by whoever has the one before."""
    way, who = entrance(request), _self(request)
    form = await _form(request)
    before, after = str(form.get("before") or ""), str(form.get("after") or "")

    def change() -> str | None:
        if not way.accounts.proved(who.name, before):
            return None
        if after != str(form.get("again") or ""):
            raise SettingsError("the new password was not the same twice")
        way.accounts.change_password(who.name, after)
        return way.accounts.log_in(who.name, after)

    try:
        done = await _tried(request, way, who.name, partial(change))
    except SettingsError as error:
        return await run_in_threadpool(_account, request, 400, error=str(error))
    if isinstance(done, Response):
        return done
    if done is None:
        words = "that is not the present password"
        return await run_in_threadpool(_account, request, 403, error=words)
    return _entered(request, done, "/account")


async def tokens(request: Request) -> Response:
    """A new token for a program of one's own, shown this once."""
    way, who = entrance(request), _self(request)
    label = _said(await _form(request), "label")
    given, secret = await run_in_threadpool(way.accounts.give_token, who.name, label)
    return await run_in_threadpool(_account, request, given=given, secret=secret)


async def revoke(request: Request) -> Response:
    """Have a token of one's own open nothing any more."""
    way, who = entrance(request), _self(request)
    await run_in_threadpool(way.accounts.revoke, who.name, _said(await _form(request), "id"))
    return RedirectResponse("/account", 303)


def _self(request: Request) -> Account:
    found = person(request).account
    if found is None:
        raise HTTPException(401, "that is for who has logged in")
    return found


async def _form(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=20)


def _said(form: FormData, name: str) -> str:
    return str(form.get(name) or "").strip()


def _encrypted(request: Request) -> bool:
    return request.url.scheme == "https"


def _plain(request: Request) -> bool:
    """Whether what is sent could be read on the way: neither encrypted nor on this machine."""
    host = request.client.host if request.client else ""
    try:
        return not _encrypted(request) and not ip_address(host).is_loopback
    except ValueError:
        return not _encrypted(request)


def way_in(request: Request) -> str:
    """The address to log in at, and to come back from."""
    path = request.url.path
    here = f"{path}?{request.url.query}" if request.url.query else path
    return f"/login?{urlencode({'next': here})}"
