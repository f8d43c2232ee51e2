"""A server where people sign in: accounts with a role each, and browsers that keep cookies as browsers do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import httpx
from shop import PLAN, empty

from desirelines.home import Home
from desirelines.server import create_app
from desirelines.server.people.accounts import Account, add_account
from desirelines.server.people.members import put_member
from desirelines.server.people.passwords import hash_password
from desirelines.server.people.person import ROLES
from desirelines.server.people.sessions import open_session

ADDRESS = "http://maps.example.org:8765"
PASSWORD = "violet anchors drift home"
HASHED = hash_password(PASSWORD)
W = "/api/w/kiosk"


class Browser:
    """Keeps cookies by name and path, sends them where they belong, and says where its pages come from."""

    def __init__(self, app: Any, address: str = ADDRESS, origin: str | None = ADDRESS, client: str = "192.0.2.7") -> None:
        self.app, self.address, self.origin, self.client = app, address, origin, client
        self.jar: dict[tuple[str, str], str] = {}
        self.said: list[str] = []
        """Every Set-Cookie as it came."""

    def cookies(self, path: str) -> str:
        here = {name: value for (name, where), value in self.jar.items() if path.startswith(where)}
        return "; ".join(f"{name}={value}" for name, value in here.items())

    def ask(self, method: str, path: str, json: Any = None, headers: dict[str, str] | None = None) -> httpx.Response:
        sent = {"origin": self.origin} if self.origin is not None else {}
        if cookie := self.cookies(path.partition("?")[0]):
            sent["cookie"] = cookie
        answer = asyncio.run(self._ask(method, path, json, {**sent, **(headers or {})}))
        for line in answer.headers.get_list("set-cookie"):
            self.said.append(line)
            for name, one in SimpleCookie(line).items():
                if one["max-age"] == "0":
                    self.jar.pop((name, one["path"]), None)
                else:
                    self.jar[(name, one["path"])] = one.value
        return answer

    async def _ask(self, method: str, path: str, json: Any, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app, client=(self.client, 5000))
        async with httpx.AsyncClient(transport=transport, base_url=self.address) as client:
            return await client.request(method, path, json=json, headers=headers)

    def get(self, path: str) -> httpx.Response:
        return self.ask("GET", path)

    def post(self, path: str, json: Any = None) -> httpx.Response:
        return self.ask("POST", path, json)

    def sign_in(self, name: str, password: str = PASSWORD) -> httpx.Response:
        return self.post("/api/people/sign-in", {"name": name, "password": password})

    def socket(self, path: str, headers: dict[str, str] | None = None) -> tuple[bool, int]:
        """Whether a socket was accepted, and the code it was closed with (0: it stayed open until we left)."""
        return asyncio.run(self._socket(path, headers or {}))

    def socket_until(self, path: str, deed: Callable[[], object]) -> int:
        """Open a socket, and once it greeted do something elsewhere; the code it is closed with then (0: it is not)."""
        return asyncio.run(self._socket(path, {}, deed))[1]

    async def _socket(self, path: str, headers: dict[str, str], deed: Callable[[], object] | None = None) -> tuple[bool, int]:
        bare, _, query = path.partition("?")
        sent = {"host": httpx.URL(self.address).netloc.decode(), **({"origin": self.origin} if self.origin else {}), **headers}
        if cookie := self.cookies(bare):
            sent["cookie"] = cookie
        scope = {
            "type": "websocket", "path": bare, "raw_path": bare.encode(), "query_string": query.encode(), "root_path": "",
            "scheme": "ws", "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
            "client": (self.client, 5000), "server": ("maps.example.org", 8765), "subprotocols": [], "state": {},
        }  # fmt: skip
        said: list[dict[str, Any]] = []
        heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        heard.put_nowait({"type": "websocket.connect"})

        async def send(message: Any) -> None:
            said.append(message)
            if message["type"] == "websocket.send" and deed is None:
                heard.put_nowait({"type": "websocket.disconnect", "code": 1000})
            greeted.set()

        greeted, elsewhere = asyncio.Event(), None
        served = asyncio.create_task(self.app(scope, heard.get, send))
        if deed is not None:
            await greeted.wait()
            elsewhere = asyncio.create_task(asyncio.to_thread(deed))
        await asyncio.wait([served], timeout=10)
        heard.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await served
        if elsewhere is not None:
            await elsewhere
        accepted = any(one["type"] == "websocket.accept" for one in said)
        return accepted, next((one.get("code", 1000) for one in said if one["type"] == "websocket.close"), 0)


class Team:
    """A home with the workspaces `kiosk` (planned, in force) and `other`, and an account for each role in `kiosk`."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        home, self.kiosk = empty(folder)
        self.kiosk.import_plan(PLAN, "plan.yaml")
        self.kiosk.publish_draft(0, "first")
        given = replace(home.settings, sign_in=True, host_names="maps.example.org", **settings)
        self.home = Home(home.folder, given)
        self.other = self.home.create("other", "Another brand")
        self.app = create_app(self.home, given)
        self.accounts: dict[str, Account] = {role: self.add(role, role) for role in ROLES}
        self.accounts["admin"] = add_account(self.home.database(), "Admin", HASHED, owner=True)
        self.accounts["outsider"] = add_account(self.home.database(), "Outsider", HASHED)

    def add(self, name: str, role: Any, workspace: str = "kiosk") -> Account:
        account = add_account(self.home.database(), f"The {name}", HASHED)
        put_member(self.home, workspace, account, role, "tests")
        return account

    def browser(self, who: str = "", **given: Any) -> Browser:
        """A browser, signed in as one of the accounts; without the hash that signing in takes."""
        return self.as_account(self.accounts[who], **given) if who else Browser(self.app, **given)

    def as_account(self, account: Account, **given: Any) -> Browser:
        """A browser with a session of this account."""
        browser = Browser(self.app, **given)
        browser.jar[("desirelines", "/")] = open_session(self.home.database(), account.id, "tests")
        return browser

    def guest(self, may: str = "view", journey: str = "buy", figures: bool = False) -> Browser:
        """A browser that came in through a guests' link."""
        made = self.browser("owner").post(
            f"{W}/people/guests", {"label": "Agency", "journey": journey, "may": may, "figures": figures}
        )
        assert made.status_code == 200, made.text
        browser = Browser(self.app)
        came = browser.post(f"{W}/studio/guest", {"token": made.json()["token"], "name": "Gil"})
        assert came.status_code == 200, came.text
        return browser


def code(answer: httpx.Response) -> str:
    """The code of an error; empty for what went well."""
    found = answer.json()
    return str(found["error"]["code"]) if isinstance(found, dict) and "error" in found else ""
