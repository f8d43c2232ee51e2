"""Whatever happens to the disk, the process or the network: what was acknowledged is there, and all see the same."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from pycrdt import Doc, Map
from shop import PLAN, empty
from sqlalchemy import event
from wire import Pen, served

from desirelines.home import Home
from desirelines.plan import canonical
from desirelines.store import Database, list_updates
from desirelines.studio.read import read_part, read_plan_of
from desirelines.studio.scan import clocks, scan
from desirelines.studio.shelf import document_of
from desirelines.workspace import Workspace

EDITORS = 5
OPERATIONS = 2_000
DOCUMENTS = ("plan", "map:buy")
CHILD = Path(__file__).with_name("rooms_child.py")


@pytest.fixture
def kiosk(tmp_path: Path) -> tuple[Home, Workspace]:
    home, workspace = empty(tmp_path)
    workspace.import_plan(PLAN, "plan.yaml")
    return home, workspace


def export(documents: dict[str, Doc[Any]]) -> bytes:
    """The canonical form of what documents say."""
    return canonical(read_plan_of({name: read_part(name, doc) for name, doc in documents.items()}).plan)


def stored(database: Database) -> dict[str, Doc[Any]]:
    """The documents as every single update makes them, without any state kept in between."""
    return {name: document_of([], list_updates(database, name)) for name in DOCUMENTS}


class Editor:
    """Somebody who does anything, anywhere, and loses the network now and then."""

    def __init__(self, port: int, number: int, chance: random.Random) -> None:
        self.pen = Pen(port, "kiosk")
        self.number = number
        self.chance = chance
        self.made = 0

    async def work(self, operations: int) -> None:
        await self.pen.come()
        for done in range(operations):
            self.operate()
            if self.chance.random() < 0.5:
                await self.pen.flush()
            if self.chance.random() < 0.003:
                self.pen.break_off()
                await self.pen.until_closed()
                for _ in range(self.chance.randrange(4)):
                    self.operate()
                await self.come_back()
            elif self.pen.close_code is not None:
                await self.come_back()
            if done % 7 == 0:
                await asyncio.sleep(0)
        while self.pen.waiting:
            await self.pen.settle()
            if self.pen.close_code is not None:
                await self.come_back()

    async def come_back(self) -> None:
        for _ in range(100):
            try:
                await self.pen.come(*DOCUMENTS)
            except OSError:
                await asyncio.sleep(0.1)
                continue
            if self.pen.close_code is None:
                return
            await asyncio.sleep(0.1)
        raise TimeoutError

    def operate(self) -> None:
        """One operation of a random kind on something random."""
        document, list_ = self.chance.choice(
            [("plan", "touchpoints"), ("plan", "teams"), ("map:buy", "stages"), ("map:buy", "steps"), ("map:buy", "moments")]
        )
        root = self.pen.document(document).get(list_, type=Map)
        keys = sorted(key for key, one in root.items() if isinstance(one, Map))
        what = self.chance.random()
        if what < 0.12 or not keys:
            self.made += 1
            self.pen.add(document, list_, f"e{self.number}-{self.made}", **self.fields(list_))
        elif what < 0.18 and len(keys) > 6:
            del root[self.chance.choice(keys)]
        else:
            self.change(root[self.chance.choice(keys)], list_)

    def change(self, element: Map[Any], list_: str) -> None:
        text = element.get("words")
        if text is not None and not isinstance(text, str) and self.chance.random() < 0.5:
            size = len(str(text).encode())
            if size and self.chance.random() < 0.4:
                at = self.chance.randrange(size)
                if str(text).isascii():
                    del text[at : min(size, at + 3)]
                    return
            text.insert(
                0 if not str(text).isascii() else self.chance.randrange(size + 1), self.chance.choice(["a ", "é", "word ", "😀"])
            )
        elif list_ in ("touchpoints", "moments") and "touchpoints" in element and self.chance.random() < 0.3:
            element["touchpoints"].insert(0, self.chance.choice(["site", "till", "parcel"]))
        else:
            element[self.chance.choice(["order", "name"])] = (
                self.chance.randrange(1000) if self.chance.random() < 0.5 else f"n{self.chance.randrange(99)}"
            )

    def fields(self, list_: str) -> dict[str, Any]:
        known: dict[str, dict[str, Any]] = {
            "touchpoints": {"name": "New", "words": ""},
            "teams": {"name": "New"},
            "stages": {"name": "New", "side": "buyer", "words": ""},
            "steps": {"stage": self.chance.choice(["look", "pay", "get"]), "touchpoint": "site"},
            "moments": {"words": "New", "stage": "look", "need": "", "touchpoints": ["site"]},
        }
        return {**known[list_], "order": self.chance.randrange(1000)}


async def storm(port: int, operations: int, seed: int) -> list[Editor]:
    editors = [Editor(port, number, random.Random(seed * 100 + number)) for number in range(EDITORS)]
    await asyncio.gather(*(one.work(operations) for one in editors))
    for one in editors:  # all have sent all: whoever comes back now has everything
        await one.pen.go()
    for one in editors:
        await one.come_back()
        await one.pen.settle()
    return editors


@pytest.mark.slow
def test_five_editors_and_two_thousand_operations_each_end_the_same(kiosk: tuple[Home, Workspace]) -> None:
    home, workspace = kiosk
    everybody: list[Editor] = []
    with served(home) as (port, _):

        async def story() -> list[bytes]:
            editors = await storm(port, OPERATIONS, seed=1)
            everybody.extend(editors)
            found = [export(one.pen.documents) for one in editors]
            acknowledged = {number for one in editors for number in one.pen.stored}
            assert len(acknowledged) > OPERATIONS / 2
            for one in editors:
                await one.pen.go()
            return found

        exports = asyncio.run(story())
    assert exports == [exports[0]] * EDITORS
    assert export(stored(workspace.database)) == exports[0]
    assert canonical(workspace.plan("draft")) == exports[0]
    nothing_is_lost(workspace.database, everybody)


def nothing_is_lost(database: Database, editors: list[Editor]) -> None:
    """Every piece of every acknowledged update is in what the database holds."""
    held = {name: clocks(doc.get_state()) for name, doc in stored(database).items()}
    told = [(name, scan(data).ends) for one in editors for name, data in one.pen.kept]
    assert told
    for name, ends in told:
        assert all(held[name].get(client, 0) >= clock for client, clock in ends.items())


@contextmanager
def full(database: Database) -> Iterator[None]:
    """A disk that takes nothing more: SQLite's own limit of pages."""

    def limit(connection: Any, *_: Any) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with database.reading() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    database.engine.dispose()
    event.listen(database.engine, "connect", limit)
    try:
        yield
    finally:
        event.remove(database.engine, "connect", limit)
        database.engine.dispose()


def test_a_full_disk_closes_the_room_and_loses_nothing_acknowledged(kiosk: tuple[Home, Workspace]) -> None:
    home, workspace = kiosk
    with served(home) as (port, _):

        async def story() -> None:
            ana, ben = await Pen(port, "kiosk").come(), await Pen(port, "kiosk").come()
            with full(home.open("kiosk").database):
                for number in range(2_000):
                    ana.set("plan", "teams", "web", "lead", str(number) * 500)
                    await ana.settle()
                    if ana.close_code is not None:
                        break
                assert await ana.until_closed() == 1013
                assert await ben.until_closed() == 1013
                refused = str(number) * 500
                assert workspace.plan("draft").teams[0].lead == str(number - 1) * 500
                assert number - 1 >= 0
                assert ben.element("plan", "teams", "web").get("lead") != refused, "what is not stored is told to nobody"
            await ana.come()
            await ana.settle()
            assert workspace.plan("draft").teams[0].lead == refused
            await ben.come()
            assert ben.element("plan", "teams", "web")["lead"] == refused
            await ana.go()
            await ben.go()

        asyncio.run(story())


@contextmanager
def process(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    child = subprocess.Popen([sys.executable, str(CHILD), str(home), str(port)])
    try:
        end = time.monotonic() + 240
        while not any(
            one.laddr.port == port and one.status == "LISTEN" for one in psutil.Process(child.pid).net_connections("tcp")
        ):
            assert child.poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        yield child
    finally:
        child.kill()
        child.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals are a word of POSIX")
def test_a_server_killed_in_the_middle_has_all_it_acknowledged(kiosk: tuple[Home, Workspace]) -> None:
    home, workspace = kiosk
    port = free_port()

    async def story() -> list[bytes]:
        editors = [Editor(port, number, random.Random(number)) for number in range(EDITORS)]
        with process(home.folder, port) as child:
            work = [asyncio.create_task(one.work(300)) for one in editors]
            while sum(len(one.pen.stored) for one in editors) < 300:
                await asyncio.sleep(0.01)
            child.send_signal(signal.SIGKILL)
            child.wait()
            nothing_is_lost(workspace.database, editors)
            with process(home.folder, port):
                await asyncio.gather(*work)
                for one in editors:
                    await one.pen.go()
                    await one.come_back()
                    await one.pen.settle()
                found = [export(one.pen.documents) for one in editors]
                for one in editors:
                    await one.pen.go()
                return found

    exports = asyncio.run(story())
    assert exports == [exports[0]] * EDITORS
    assert canonical(workspace.plan("draft")) == exports[0]


@pytest.mark.slow
def test_a_second_server_process_refuses_until_the_first_is_gone(kiosk: tuple[Home, Workspace]) -> None:
    home, workspace = kiosk
    one, other = free_port(), free_port()

    async def story() -> None:
        with process(home.folder, one) as first, process(home.folder, other):
            ana = await Pen(one, "kiosk").come()
            assert await (await Pen(other, "kiosk").come()).until_closed() == 4409
            ana.set("plan", "teams", "web", "lead", "Ana")
            await ana.settle()
            first.kill()
            first.wait()
            await ana.until_closed()
            ben = await Pen(other, "kiosk").come()
            assert ben.element("plan", "teams", "web")["lead"] == "Ana", "a dead process's lease is not waited for"
            await ben.go()
        assert workspace.plan("draft").teams[0].lead == "Ana"

    asyncio.run(story())
