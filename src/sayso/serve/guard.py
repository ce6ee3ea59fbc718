"""Who may ask what: the guard before every page.

Without accounts the desk answers to names of this machine only, so that no page of another site can
reach it under a name of its own (DNS rebinding); bound to a network, it asks for a token. With
accounts everybody logs in, or shows a token of their own, and may do what their role may: each
address says what it takes, and one that says nothing is for admins.
What changes something must come from a page of the desk itself, as `Origin` and `Sec-Fetch-Site`
say (Fetch Metadata, W3C); programs that are no browser send neither. No page may load, send or be
framed by anything from elsewhere.
"""

from __future__ import annotations

import hmac
from base64 import b64decode
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import Message, Receive, Scope, Send

from sayso.errors import LedgerError
from sayso.ledger.accounts import Account, Accounts, Role
from sayso.serve import embedding, people
from sayso.serve.asking import fault
from sayso.serve.desk import refused, wants_json
from sayso.serve.entering import cookie, way_in
from sayso.serve.people import Person

COOKIE = "sayso_token"

OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": with that, browsers send a form of our own with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

Door = tuple[Role, BaseRoute]
"""An address, and what it takes."""


class Guard:
    """Refuses what may not be asked, and sends `HEADERS` with every answer.

    `doors` are the addresses of the app. `people_needed` says that accounts are asked for even
    where there is none yet; `public`, that the desk answers to any name, as on a network or behind
    a proxy; `token` is what opens it there as long as it has no accounts; `blind`, that coders are
    not to be told what others decided.
    """

    def __init__(
        self,
        app: Starlette,
        doors: Sequence[Door],
        accounts: Accounts,
        *,
        people_needed: bool,
        public: bool,
        token: str | None,
        read_only: bool,
        blind: bool,
    ) -> None:
        self.app = app
        self.doors = doors
        self.accounts = accounts
        self.people_needed = people_needed
        self.public = public or token is not None
        self.token = token
        self.read_only = read_only
        self.blind = blind

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        scope["app"] = self.app
        answer = await run_in_threadpool(self._answer, Request(scope))
        if answer is not None:
            await answer(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _answer(self, request: Request) -> Response | None:
        try:
            return self.refusal(request)
        except LedgerError as error:
            return refused(request, str(error), 503)

    def refusal(self, request: Request) -> Response | None:
        """Why a request is not answered; None where it is, and who asks is then known."""
        name = _host(request.headers.get("host", ""))
        if not self.public and name not in OWN_NAMES:
            return refused(request, f"this desk is not called {name!r}", 421)
        needs = self.needs(request.scope)
        if self.with_accounts():
            who = self._person(request)
        elif self.token is not None and embedding.is_public(request):
            who = people.STRANGER
        elif self.token is not None and (answer := self._admission(request, self.token)):
            return answer
        else:
            who = Person(None, Role.ADMIN)
        if self.read_only:
            who = who._replace(role=min(who.role, Role.READER))
        request.state.person = who
        hidden = self.blind and who.reads_second and self._tells(request.scope)
        if (hidden or who.role < needs) and embedding.is_public(request):
            return self._faulty(request)
        if who.role < needs:
            return self._turned_away(request, who, needs)
        if hidden:
            return refused(request, people.CLOSED, 403)
        if answer := self._faulty(request):
            return answer
        if request.method not in ("GET", "HEAD") and not _from_here(request):
            return refused(
                request, "what changes something must come from a page of this desk", 403
            )
        return None

    def _faulty(self, request: Request) -> Response | None:
        words = fault(request.url.path, request.query_params)
        return None if words is None else refused(request, words, 400)

    def with_accounts(self) -> bool:
        """Whether people have to say who they are: once there is an account, they do."""
        self.people_needed = self.people_needed or self.accounts.any()
        return self.people_needed

    def needs(self, scope: Scope) -> Role:
        """What a request takes: as its address says, for none that there is, to read; what is there
        and says nothing, all."""
        for role, route in self.doors:
            if route.matches(scope)[0] is Match.FULL:
                return role
        there = any(route.matches(scope)[0] is Match.FULL for route in self.app.routes)
        return Role.ADMIN if there else Role.READER

    def _tells(self, scope: Scope) -> bool:
        """Whether the address tells of all that was decided."""
        found = (route for _, route in self.doors if route.matches(scope)[0] is Match.FULL)
        return getattr(next(found, None), "path", None) in people.TELLING

    def _person(self, request: Request) -> Person:
        """Whoever has logged in, or whose program it is."""
        account: Account | None = None
        if (shown := _shown(request.headers.get("authorization", ""))) is not None:
            account = self.accounts.of_token(shown)
        elif secret := request.cookies.get(cookie(request)):
            account = self.accounts.of_session(secret)
        return Person(account, account.role if account else Role.ANYONE, known_by_name=True)

    def _turned_away(self, request: Request, who: Person, needs: Role) -> Response:
        if self.read_only and who.role is Role.READER:
            return refused(request, "this desk is for reading only", 403)
        if who.account is not None or not who.known_by_name:
            return refused(request, people.refusal(who, needs), 403)
        page = "text/html" in request.headers.get("accept", "") and not wants_json(request)
        if request.method == "GET" and page:
            return RedirectResponse(way_in(request), 303)
        answer = refused(request, "this desk asks who you are: log in, or send a token", 401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    def _admission(self, request: Request, token: str) -> Response | None:
        """Let in who has the token: in the address once, then in a cookie, or as a bearer."""
        if _same(request.cookies.get(COOKIE, ""), token):
            return None
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        if _same(bearer, token):
            return None
        if request.method == "GET" and _same(request.query_params.get("token", ""), token):
            kept = [pair for pair in request.query_params.multi_items() if pair[0] != "token"]
            address = request.url.replace_query_params(**dict(kept))
            path = f"{address.path}?{address.query}" if address.query else address.path
            answer = RedirectResponse(path, 303)
            answer.set_cookie(
                COOKIE,
                token,
                httponly=True,
                samesite="strict",
                secure=request.url.scheme == "https",
            )
            return answer
        return refused(
            request, "this desk asks for its token: open the address that it printed", 401
        )


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


def _shown(header: str) -> str | None:
    """The token that a program sends, as it is or, as readers of feeds can, in place of a password;
    None where it sends none."""
    kind, _, sent = header.partition(" ")
    if kind.lower() == "bearer":
        return sent.strip()
    if kind.lower() != "basic":
        return None
    try:
        return b64decode(sent.strip(), validate=True).decode().partition(":")[2]
    except ValueError:
        return ""


def _host(header: str) -> str:
    """The name in a Host header, without its port."""
    if header.startswith("["):
        return header.partition("]")[0].lower() + "]"
    return header.partition(":")[0].lower()


def _from_here(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    # Behind a server that encrypts and was not named, a page of ours is "https" and we are not.
    schemes = ("https",) if request.url.scheme == "https" else ("http", "https")
    return parts.scheme in schemes and parts.netloc == request.headers.get("host")
