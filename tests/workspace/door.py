"""The whole app in process, asked as a browser on this machine asks it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import httpx

from desirelines.home import Home
from desirelines.server import create_app

ADDRESS = "http://127.0.0.1:8765"


class Door:
    """`door.get("/api/status")` and the like; every answer is read whole."""

    def __init__(self, home: Home) -> None:
        self.app = create_app(home, home.settings)

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        return self.ask_all([(method, path, given)])[0]

    def ask_all(self, questions: Iterable[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        """One after the other in one loop, whose threads are kept."""

        async def asked() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
            async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
                return [await client.request(method, path, **given) for method, path, given in questions]

        return asyncio.run(asked())

    def get(self, path: str, **query: Any) -> httpx.Response:
        return self.ask("GET", path, params=query or None)

    def post(self, path: str, body: Any = None) -> httpx.Response:
        return self.ask("POST", path, json=body) if body is not None else self.ask("POST", path)

    def put(self, path: str, body: Any) -> httpx.Response:
        return self.ask("PUT", path, json=body)

    def delete(self, path: str) -> httpx.Response:
        return self.ask("DELETE", path)

    def drop(self, workspace: str, name: str, content: bytes) -> httpx.Response:
        """A file dropped in the browser."""
        return self.ask("POST", f"/api/w/{workspace}/collect/files", files={"file": (name, content)})

    def json(self, path: str, **query: Any) -> Any:
        """The answer to a GET that must succeed."""
        found = self.get(path, **query)
        assert found.status_code == 200, found.text
        return found.json()


def error(response: httpx.Response) -> dict[str, Any]:
    """What an error says; it must have the one shape."""
    body = response.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "hint", "faults"}
    found: dict[str, Any] = body["error"]
    assert found["message"]
    return found
