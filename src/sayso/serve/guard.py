"""Who may ask what: the guard before every page.

Without a token the desk answers to names of this machine only, so that no page of another site can
reach it under a name of its own (DNS rebinding). Bound to a network, it asks for a token.
What changes something must come from a page of the desk itself, as `Origin` and `Sec-Fetch-Site`
say (Fetch Metadata, W3C); programs that are no browser send neither. No page may load, send or be
framed by anything from elsewhere.
"""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send

from sayso.serve.desk import refused

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


class Guard:
    """Refuses what may not be asked, and sends `HEADERS` with every answer."""

    def __init__(self, app: Starlette, *, token: str | None, read_only: bool) -> None:
        self.app = app
        self.token = token
        self.read_only = read_only

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
        request = Request(scope)
        answer = self.refusal(request)
        if answer is not None:
            await answer(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def refusal(self, request: Request) -> Response | None:
        """Why a request is not answered; None where it is."""
        name = _host(request.headers.get("host", ""))
        if self.token is None and name not in OWN_NAMES:
            return refused(request, f"this desk is not called {name!r}", 421)
        if self.token is not None and (answer := self._admission(request, self.token)):
            return answer
        if request.method in ("GET", "HEAD"):
            return None
        if self.read_only:
            return refused(request, "this desk is for reading only", 403)
        if not _from_here(request):
            return refused(
                request, "what changes something must come from a page of this desk", 403
            )
        return None

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
            answer.set_cookie(COOKIE, token, httponly=True, samesite="strict")
            return answer
        return refused(
            request, "this desk asks for its token: open the address that it printed", 401
        )


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


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
    return parts.scheme in ("http", "https") and parts.netloc == request.headers.get("host")
