"""Who may knock: the Host and Origin checks of the mode without sign-in, and the headers every answer carries."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desirelines.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "[::1]"})

HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
        b"connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def served(settings: Settings) -> frozenset[str]:
    """The names this server answers to: loopback's, and with sign-in those of the settings."""
    if not settings.sign_in:
        return LOOPBACK
    named = {name.strip().lower().strip("[]") for name in settings.host_names.split(",")}
    return LOOPBACK | named - {""} | {settings.host.lower()} - {"0.0.0.0", "::"}


def host_name(value: str) -> str:
    """The name in a Host header, without its port; empty if it is malformed."""
    try:
        parts = urlsplit(f"//{value}")
        return (parts.hostname or "") if not (parts.username or parts.path) else ""
    except ValueError:
        return ""


class Guard:
    """Refuses a request whose Host is not ours or whose Origin is somebody else's page.

    A page elsewhere can make a browser send requests to a loopback server (DNS rebinding, cross-site forms); it
    cannot forge these two headers.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] = LOOPBACK, https: bool = False, strict: bool = False) -> None:
        self.app = app
        self.hosts = hosts
        self.scheme = "https" if https else "http"
        self.strict = strict
        """With sign-in: what could change something must name where it comes from, as every browser does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = scope["headers"]
        socket = scope["type"] == "websocket"
        visits = not socket and scope["method"] in ("GET", "HEAD") and not scope["path"].startswith("/api/")
        reason = self._reason(headers, visits, self.strict and (socket or scope["method"] not in ("GET", "HEAD")))
        if reason and socket:
            await send({"type": "websocket.close", "code": 1008})
        elif reason:
            await _refuse(send, reason)
        elif socket:
            await self.app(scope, receive, send)
        else:
            await self.app(scope, receive, _with_headers(send, scope["path"]))

    def _reason(self, headers: list[tuple[bytes, bytes]], visits: bool, named: bool) -> str:
        """Why not; empty: welcome. A link from elsewhere may lead to a page (`visits`), to nothing else.

        `named`: it must say where it comes from.
        """
        hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
        if len(hosts) != 1 or host_name(hosts[0]) not in self.hosts:
            return "this address is not served here"
        origins = [value.decode("latin-1") for name, value in headers if name == b"origin"]
        if any(origin != f"{self.scheme}://{hosts[0]}" for origin in origins) or (named and not origins):
            return "a page from elsewhere may not ask here"
        sites = [value for name, value in headers if name == b"sec-fetch-site"]
        modes = [value for name, value in headers if name == b"sec-fetch-mode"]
        if any(site in (b"cross-site", b"same-site") for site in sites) and not (visits and b"navigate" in modes):
            return "a page from elsewhere may not ask here"
        return ""


async def _refuse(send: Send, reason: str) -> None:
    body = json.dumps({"error": {"code": "not_allowed", "message": reason, "hint": "", "faults": []}}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        *HEADERS,
    ]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _with_headers(send: Send, path: str) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *HEADERS]
            if path.startswith("/api/") and all(name != b"cache-control" for name, _ in message["headers"]):
                message["headers"].append((b"cache-control", b"no-store"))
        await send(message)

    return wrapped
