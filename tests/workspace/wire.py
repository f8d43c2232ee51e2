"""The studio's socket as a browser speaks it, frame by frame, and a server in a thread for it to speak to."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from pycrdt import Array, Doc, Map, Text
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from desirelines.home import Home
from desirelines.server import create_app
from desirelines.server.rooms.frames import From, To

NOTHING = b"\x00\x00"


@contextmanager
def served(home: Home) -> Iterator[tuple[int, Any]]:
    """The app over a home on a free port, in this process: port and app."""
    app = create_app(home, home.settings)
    server = uvicorn.Server(
        uvicorn.Config(app, "127.0.0.1", 0, log_level="error", ws="websockets-sansio", ws_per_message_deflate=False)
    )
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            thread.join(0.01)
        yield listening.getsockname()[1], app
    finally:
        server.should_exit = True
        thread.join(10)
        listening.close()


def sent(kind: int, name: str = "", payload: bytes = b"") -> bytes:
    words = name.encode()
    return bytes((kind, len(words))) + words + payload


class Pen:
    """One editor with documents of their own, as the pages keep them; whatever is not stored is sent again."""

    def __init__(
        self, port: int, workspace: str, query: str = "", headers: dict[str, str] | None = None, host: str = "127.0.0.1"
    ) -> None:
        self.address = f"ws://{host}:{port}/api/w/{workspace}/studio/socket{query}"
        self.port = port
        self.headers = headers or {}
        self.documents: dict[str, Doc[Any]] = {}
        self.got: list[tuple[int, str, bytes]] = []
        self.hello: dict[str, Any] = {}
        self.waiting: dict[int, tuple[str, bytes]] = {}
        self.stored: set[int] = set()
        self.kept: list[tuple[str, bytes]] = []
        self.synced: set[str] = set()
        self.close_code: int | None = None
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._number = 0
        self._applying = False

    async def come(self, *documents: str) -> Pen:
        """Connect, and open documents (none: all there are). Raises nothing when refused: look at `close_code`."""
        self.close_code = None
        self.hello = {}
        plug = socket.create_connection(("127.0.0.1", self.port))
        self._socket = await connect(
            self.address, additional_headers=self.headers, compression=None, max_size=None, open_timeout=60, sock=plug
        )
        self._reader = asyncio.create_task(self._read(self._socket))
        await self.until(lambda: bool(self.hello) or self.close_code is not None)
        if self.hello:
            for name in documents or self.hello["documents"]:
                await self.open(name)
        return self

    async def open(self, name: str) -> None:
        doc = self.document(name)
        await self.send(sent(From.OPEN, name, doc.get_state()))
        await self.until(lambda: name in self.synced or self.close_code is not None)

    def document(self, name: str) -> Doc[Any]:
        if name not in self.documents:
            doc: Doc[Any] = Doc()
            self.documents[name] = doc
            doc.observe(lambda event: self._changed(name, event.update))
        return self.documents[name]

    def _changed(self, name: str, update: bytes) -> None:
        if not self._applying and update != NOTHING:
            self._number += 1
            self.waiting[self._number] = (name, update)

    async def send(self, data: bytes) -> None:
        if self._socket is not None:
            with suppress(ConnectionClosed):
                await self._socket.send(data)

    async def flush(self) -> None:
        """Send what was written since."""
        for number in [one for one in self.waiting if one not in self.stored]:
            name, update = self.waiting[number]
            if name in self.synced and number not in self._told:
                self._told.add(number)
                await self.send(sent(From.UPDATE, name, number.to_bytes(4, "big") + update))

    async def _read(self, connection: ClientConnection) -> None:
        self._told: set[int] = set()
        self.synced = set()
        try:
            async for data in connection:
                assert isinstance(data, bytes)
                end = 2 + data[1]
                self._take(data[0], data[2:end].decode(), data[end:])
        except ConnectionClosed:
            pass
        self.close_code = connection.close_code or 1006
        self._news.set()

    def _take(self, kind: int, name: str, payload: bytes) -> None:
        self.got.append((kind, name, payload))
        if kind == To.HELLO:
            self.hello = json.loads(payload)
        elif kind == To.STATE:
            length = int.from_bytes(payload[:4], "big")
            self._apply(name, payload[4 + length :])
            lacking = self.document(name).get_update(payload[4 : 4 + length])
            self.waiting = {number: one for number, one in self.waiting.items() if one[0] != name}
            if lacking != NOTHING:
                self._number += 1
                self.waiting[self._number] = (name, lacking)
            self.synced.add(name)
        elif kind == To.UPDATE:
            self._apply(name, payload)
        elif kind == To.STORED:
            number = int.from_bytes(payload[:4], "big")
            self.stored.add(number)
            if number in self.waiting:
                self.kept.append(self.waiting.pop(number))
        self._news.set()

    def _apply(self, name: str, update: bytes) -> None:
        self._applying = True
        try:
            self.document(name).apply_update(update)
        finally:
            self._applying = False

    async def until(self, done: Any, seconds: float = 60.0) -> None:
        """Until something is so."""
        async with asyncio.timeout(seconds):
            while not done():
                self._news.clear()
                await self._news.wait()

    async def settle(self) -> None:
        """Send all and wait until all is stored."""
        await self.flush()
        await self.until(lambda: not self.waiting or self.close_code is not None)

    async def until_closed(self) -> int:
        await self.until(lambda: self.close_code is not None)
        assert self.close_code is not None
        return self.close_code

    def told(self, kind: int) -> list[dict[str, Any]]:
        """What was said in JSON in frames of a kind."""
        return [json.loads(payload[4:] if kind == To.REFUSED else payload) for one, _, payload in self.got if one == kind]

    async def go(self) -> None:
        """Hang up."""
        if self._socket is not None:
            await self._socket.close()
        if self._reader is not None:
            await self._reader

    def break_off(self) -> None:
        """Be gone without a word."""
        if self._socket is not None:
            self._socket.transport.abort()

    # what people do

    def element(self, document: str, list_: str, id_: str) -> Map[Any]:
        found: Map[Any] = self.document(document).get(list_, type=Map)[id_]
        return found

    def set(self, document: str, list_: str, id_: str, field: str, value: Any) -> None:
        self.element(document, list_, id_)[field] = value

    def add(self, document: str, list_: str, id_: str, **fields: Any) -> None:
        content = {name: Text(one) if name in ("words", "need") and list_ != "messages" else one for name, one in fields.items()}
        content = {name: Array(one) if isinstance(one, list) else one for name, one in content.items()}
        self.document(document).get(list_, type=Map)[id_] = Map(content)

    def drop(self, document: str, list_: str, id_: str) -> None:
        del self.document(document).get(list_, type=Map)[id_]
