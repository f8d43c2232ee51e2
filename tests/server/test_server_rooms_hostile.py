"""Sockets by hand: what no page sends harms nobody, and nobody sees or changes more than they may."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from pycrdt import Doc, Map, Text
from shop import PLAN, empty
from team import Team
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from wire import Pen, sent, served

from desirelines.server.rooms import notify
from desirelines.server.rooms.frames import FRAME_BYTES, From, To
from desirelines.studio.live import LARGEST_BYTES
from desirelines.workspace import Workspace

Place = tuple[int, Any, Workspace]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home, workspace = empty(tmp_path_factory.mktemp("hostile"))
    workspace.import_plan(PLAN, "plan.yaml")
    with served(home) as (port, app):
        yield port, app, workspace


def update(payload: bytes, number: int = 1) -> bytes:
    return sent(From.UPDATE, "plan", number.to_bytes(4, "big") + payload)


def nested(depth: int) -> bytes:
    """An update whose one value is a list in a list in a list …"""
    root = b"\x05teams"
    return b"".join((b"\x01\x01\x63\x00", b"\x28\x01", root, b"\x01a", b"\x01", b"\x75\x01" * depth, b"\x7e\x00"))


def items(*structs: bytes) -> bytes:
    """An update of writer 99: one item after the other."""
    return update(b"".join((bytes((1, len(structs), 99, 0)), *structs, b"\x00")))


VALUE = b"\x28\x01\x05teams\x01z\x01\x7e"
"""`teams.z` is nothing."""
INSIDE_IT = b"\x28\x00\x63\x00\x01k\x01\x7e"
"""The first item's `k` is nothing; a value has no `k`."""

GARBAGE: dict[str, str | bytes] = {
    "a text": "hello",
    "nothing": b"",
    "one byte": b"\x00",
    "an unknown kind": b"\x09\x00",
    "a name longer than the frame": b"\x00\xffplan",
    "a name that is no text": b"\x00\x02\xff\xfe",
    "an update without a number": sent(From.UPDATE, "plan", b"\x00"),
    "an update that is none": update(b"hello world"),
    "an empty update": update(b""),
    "an update that says more than it holds": update(b"\xff\xff\xff\xff\x0f"),
    "an update with something behind it": update(b"\x00\x00\x00"),
    "values nested ever deeper": update(nested(400_000)),
    "something inside a value": items(VALUE, INSIDE_IT),
    "something inside itself": items(b"\x27\x00\x63\x00\x01k\x02"),
    "something after itself": items(b"\x88\x63\x00\x01\x7e"),
    "a map inside a map inside a map": items(b"\x27\x01\x05teams\x01z\x01", b"\x27\x00\x63\x00\x01k\x01"),
    "a page of markup": items(b"\x27\x01\x05teams\x01z\x06"),
    "values nested once": update(nested(1)),
    "a state that is none": sent(From.OPEN, "plan", b"\xff\xff\xff"),
    "a presence that is no JSON": sent(From.PRESENCE, "", b"{"),
    "a presence that is a list": sent(From.PRESENCE, "", b"[]"),
    "a presence nested deeply": sent(From.PRESENCE, "", b"[" * 1900),
    "a presence that is long": sent(From.PRESENCE, "", b'{"doc": "' + b"x" * 3000 + b'"}'),
}


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_closes_its_socket_and_the_room_lives(place: Place, name: str) -> None:
    port, _, workspace = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("plan")
        mallory = await Pen(port, "kiosk").come("plan")
        before = workspace.draft()["revision"]
        frame = GARBAGE[name]
        assert mallory._socket is not None
        await mallory._socket.send(frame)
        assert await mallory.until_closed() == 1003
        assert workspace.draft()["revision"] == before
        ana.set("plan", "teams", "web", "lead", name)
        await ana.settle()
        assert workspace.plan("draft").teams[0].lead == name
        assert ana.close_code is None
        await ana.go()

    asyncio.run(story())


@pytest.mark.parametrize(
    "name",
    ["", "nosuch", "map:", "map:UP", "map:../../etc/passwd", "../workspace.db", "plan\x00", "map:a b", "plan\n", "x" * 255],
)
@pytest.mark.parametrize("kind", [From.OPEN, From.UPDATE])
def test_names_that_are_no_documents(place: Place, name: str, kind: From) -> None:
    port, _, _ = place

    async def story() -> None:
        mallory = await Pen(port, "kiosk").come("plan")
        await mallory.send(sent(kind, name, b"\x00" * 6))
        assert await mallory.until_closed() == 4404

    asyncio.run(story())


@pytest.mark.parametrize(("many", "code"), [(FRAME_BYTES + 1, 4413), (1_900_000, 4413)])
def test_a_frame_that_is_too_large(place: Place, many: int, code: int) -> None:
    port, _, _ = place

    async def story() -> None:
        mallory = await Pen(port, "kiosk").come("plan")
        await mallory.send(b"\x01" * many)
        assert await mallory.until_closed() == code

    asyncio.run(story())


def test_an_update_that_builds_on_what_is_not_here_is_refused(place: Place) -> None:
    port, _, workspace = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("plan")
        doc: Doc[Any] = Doc()
        updates: list[bytes] = []
        doc.observe(lambda event: updates.append(event.update))
        teams = doc.get("teams", type=Map)
        teams["x"] = Map({"name": "X"})
        teams["x"]["lead"] = "Xavier"
        await ana.send(update(updates[1], 7))
        await ana.until(lambda: any(kind == To.REFUSED for kind, _, _ in ana.got))
        assert ana.told(To.REFUSED)[0]["error"]["code"] == "not_following"
        await ana.send(update(updates[0], 8))
        await ana.until(lambda: 8 in ana.stored)
        assert "Xavier" not in str(workspace.plan("draft").teams), "a refused update is never applied, not even later"
        assert ana.close_code is None
        await ana.go()

    asyncio.run(story())


def test_strange_shapes_are_set_aside_and_the_rest_is_read(place: Place) -> None:
    port, _, workspace = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("plan")
        before = workspace.plan("draft")
        teams = ana.document("plan").get("teams", type=Map)
        teams["nan"] = Map({"name": "Nan", "order": float("nan")})
        teams["No Id"] = Map({"name": "X"})
        teams["plain"] = "no element"
        teams["nameless"] = Map({"order": 3})
        teams["text"] = Map({"name": "Text", "lead": Text("a text where a word belongs")})
        ana.document("plan").get("nowhere", type=Map)["x"] = 1
        with ana.document("plan").transaction():
            for number in range(10_000):
                teams[f"junk {number}"] = number
        await ana.settle()
        after = workspace.plan("draft")
        assert [team.id for team in after.teams if team.id not in {one.id for one in before.teams}] == ["nan", "text"]
        assert after.touchpoints == before.touchpoints
        with ana.document("plan").transaction():
            for key in list(teams.keys()):
                if key not in {one.id for one in before.teams}:
                    del teams[key]
        await ana.settle()
        assert workspace.plan("draft") == before
        await ana.go()

    asyncio.run(story())


def test_who_reads_too_slowly_is_dropped_and_the_others_go_on(place: Place) -> None:
    port, app, _ = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("plan")
        address = f"ws://127.0.0.1:{port}/api/w/kiosk/studio/socket"
        async with connect(address, compression=None, max_size=None, max_queue=1) as slow:
            await slow.recv()
            await slow.send(sent(From.OPEN, "plan", b"\x00"))
            room = app.state.rooms.find("kiosk")
            there = len(room.seats)
            for number in range(26):
                ana.set("plan", "teams", "web", "lead", str(10 + number) * 400_000)
                await ana.settle()
            async with asyncio.timeout(10):
                while len(room.seats) == there:
                    await asyncio.sleep(0.1)
        ana.set("plan", "teams", "web", "lead", "")
        await ana.settle()
        assert ana.close_code is None
        await ana.go()

    asyncio.run(story())


def test_a_document_does_not_grow_without_end(place: Place) -> None:
    port, _, workspace = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("map:buy")
        ana.add("map:buy", "lanes", "long", name="Long", words="")
        piece = "x" * 900_000
        for _ in range(LARGEST_BYTES // len(piece) + 1):
            ana.element("map:buy", "lanes", "long")["words"].insert(0, piece)
            await ana.flush()
            await ana.until(lambda: not ana.waiting or bool(ana.told(To.REFUSED)))
        assert ana.told(To.REFUSED)[0]["error"]["code"] == "too_large"
        await ana.go()
        again = await Pen(port, "kiosk").come("map:buy")
        again.drop("map:buy", "lanes", "long")
        await again.settle()
        assert workspace.plan("draft").journeys[0].lanes == ()
        await again.go()

    asyncio.run(story())


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "websocket"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_a_page_from_elsewhere_opens_no_socket(place: Place, headers: dict[str, str]) -> None:
    port, _, _ = place

    async def story() -> None:
        with pytest.raises(InvalidStatus):
            await Pen(port, "kiosk", headers=headers).come()
        own = await Pen(port, "kiosk", headers={"Origin": f"http://127.0.0.1:{port}"}).come("plan")
        assert own.close_code is None
        await own.go()

    asyncio.run(story())


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Team, int, Any]]:
    team = Team(tmp_path_factory.mktemp("team"))
    with served(team.home) as (port, app):
        yield team, port, app


def pen(team: tuple[Team, int, Any], who: str, may: str = "view") -> Pen:
    """A pen of somebody of the team, or of a guest of the map `buy`."""
    browser = team[0].guest(may) if who == "guest" else team[0].browser(who)
    cookie = browser.cookies("/api/w/kiosk/studio/socket")
    return named(team, "?guest=1" if who == "guest" else "", {"Cookie": cookie})


def named(team: tuple[Team, int, Any], query: str, headers: dict[str, str]) -> Pen:
    return Pen(team[1], "kiosk", query, {"Origin": f"http://maps.example.org:{team[1]}", **headers}, "maps.example.org")


@pytest.mark.parametrize(("who", "may"), [("viewer", "view"), ("commenter", "comment")])
def test_who_may_not_edit_is_refused_and_sees_all_the_same(team: tuple[Team, int, Any], who: str, may: str) -> None:
    reader, editor = pen(team, who), pen(team, "editor")

    async def story() -> None:
        await reader.come()
        await editor.come()
        assert (reader.hello["may"], reader.hello["role"], reader.hello["person"]) == (may, who, f"The {who}")
        before = team[0].kiosk.draft()["revision"]
        reader.set("plan", "teams", "web", "lead", "Mallory")
        await reader.flush()
        await reader.until(lambda: bool(reader.told(To.REFUSED)))
        assert reader.told(To.REFUSED)[0]["error"]["code"] == "not_allowed"
        assert team[0].kiosk.draft()["revision"] == before
        editor.set("plan", "teams", "web", "name", f"Seen by the {who}")
        await editor.settle()
        await reader.until(lambda: reader.element("plan", "teams", "web")["name"] == f"Seen by the {who}")
        await reader.go()
        await editor.go()

    asyncio.run(story())


def test_a_guest_opens_one_map_and_is_told_of_nothing_else(team: tuple[Team, int, Any]) -> None:
    editor, guest = pen(team, "editor"), pen(team, "guest", "comment")

    async def story() -> None:
        await editor.come()
        await guest.come()
        assert (guest.hello["documents"], guest.hello["may"], guest.hello["person"]) == (["map:buy"], "comment", "Gil (guest)")
        await editor.send(sent(From.PRESENCE, "", b'{"doc": "plan", "card": "team:web"}'))
        editor.set("plan", "teams", "web", "name", "Secret")
        editor.set("map:buy", "stages", "look", "name", "Look around")
        await editor.settle()
        await guest.until(lambda: guest.element("map:buy", "stages", "look")["name"] == "Look around")
        notify(team[2], "kiosk", {"about": "comments", "id": "c", "map": "other"})
        notify(team[2], "kiosk", {"about": "comments", "id": "d", "map": "buy"})
        await guest.until(lambda: bool(guest.told(To.NOTICE)))
        await asyncio.sleep(0.3)
        assert [one["id"] for one in guest.told(To.NOTICE)] == ["d"]
        assert {one["session"] for one in guest.told(To.PRESENCE)} <= {guest.hello["session"]}
        assert b"Secret" not in b"".join(payload for _, _, payload in guest.got)
        await editor.send(sent(From.PRESENCE, "", b'{"doc": "map:buy", "card": "stage:look"}'))
        await guest.until(lambda: any(one.get("card") == "stage:look" for one in guest.told(To.PRESENCE)))
        await editor.send(sent(From.PRESENCE, "", b'{"doc": "plan"}'))
        await guest.until(lambda: {"session": editor.hello["session"], "gone": True} in guest.told(To.PRESENCE))
        assert all(one.get("account", "") == "" for one in guest.told(To.PRESENCE)), "accounts are not a guest's business"
        assert "plan" not in {one.get("doc") for one in guest.told(To.PRESENCE)}
        await guest.go()
        await editor.go()

    asyncio.run(story())


@pytest.mark.parametrize("kind", [From.OPEN, From.UPDATE])
@pytest.mark.parametrize("document", ["plan", "map:other"])
def test_a_guest_by_hand_gets_no_other_document(team: tuple[Team, int, Any], kind: From, document: str) -> None:
    guest = pen(team, "guest")

    async def story() -> None:
        await guest.come()
        guest.got.clear()
        await guest.send(sent(kind, document, b"\x00\x00\x00\x00\x00\x00" if kind is From.UPDATE else b"\x00"))
        assert await guest.until_closed() == 4403
        assert guest.got == []

    asyncio.run(story())


def test_a_guest_changes_nothing(team: tuple[Team, int, Any]) -> None:
    guest = pen(team, "guest", "comment")

    async def story() -> None:
        await guest.come()
        before = team[0].kiosk.draft()["revision"]
        guest.set("map:buy", "stages", "look", "name", "Mallory was here")
        await guest.flush()
        await guest.until(lambda: bool(guest.told(To.REFUSED)))
        assert team[0].kiosk.draft()["revision"] == before
        await guest.go()

    asyncio.run(story())


def test_nobody_who_is_not_signed_in_comes_in(team: tuple[Team, int, Any]) -> None:
    outsider = pen(team, "outsider")

    async def story() -> None:
        for query in ("", "?guest=1", "?guest=abc"):
            assert await (await named(team, query, {}).come()).until_closed() == 4401
        assert await (await outsider.come()).until_closed() == 4404

    asyncio.run(story())
