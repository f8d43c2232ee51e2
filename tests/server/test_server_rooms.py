"""Drawing together over real sockets: who sees what, what is stored, and what is told of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shop import PLAN, empty
from wire import Pen, sent, served

from desirelines.home import Home
from desirelines.plan import Plan
from desirelines.server.rooms import notify
from desirelines.server.rooms.frames import From, To
from desirelines.store import list_touched
from desirelines.workspace import Workspace

Place = tuple[int, Any, Workspace]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    home, workspace = empty(tmp_path)
    workspace.import_plan(PLAN, "plan.yaml")
    with served(home) as (port, app):
        yield port, app, workspace


def plan_of(workspace: Workspace) -> Plan:
    return workspace.plan("draft")


def test_a_change_is_stored_and_seen_by_the_others(place: Place) -> None:
    port, _, workspace = place

    async def story() -> None:
        ana, ben = await Pen(port, "kiosk").come(), await Pen(port, "kiosk").come()
        assert ana.hello["documents"] == ["plan", "map:buy"]
        assert (ana.hello["may"], ana.hello["role"], ana.hello["person"]) == ("edit", "owner", "Ada")
        ana.set("plan", "teams", "web", "name", "The web team")
        ana.element("plan", "touchpoints", "site")["words"].insert(0, "Where one looks. ")
        await ana.settle()
        await ben.until(lambda: ben.element("plan", "teams", "web")["name"] == "The web team")
        assert plan_of(workspace).teams[0].name == "The web team"
        assert plan_of(workspace).touchpoints[0].words == "Where one looks."
        ben.drop("map:buy", "stages", "look")
        ben.add("map:buy", "stages", "see", name="See", side="buyer", order=5, words="")
        await ben.settle()
        await ana.until(lambda: "see" in ana.document("map:buy").get("stages", type=type(ana.element("plan", "teams", "web"))))
        assert [stage.id for stage in plan_of(workspace).journeys[0].stages] == ["see", "pay", "get"]
        last = list_touched(workspace.database)[-1]
        assert (last.author, last.document) == ("Ada", "map:buy")
        assert {name for row in list_touched(workspace.database)[-4:] for name in row.touched} == {
            "team:web.name", "touchpoint:site.words", "-stage:look", "+stage:see",
        }  # fmt: skip
        await ana.go()
        await ben.go()

    asyncio.run(story())


def test_a_newcomer_sees_everybody_at_once_and_who_goes(place: Place) -> None:
    port, _, _ = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("plan")
        shown = b'{"doc": "plan", "card": "team:web", "field": "name", "at": [3, 4.5], "name": "Mallory", "junk": {"a": 1}}'
        await ana.send(sent(From.PRESENCE, "", shown))
        await asyncio.sleep(0.2)
        ben = await Pen(port, "kiosk").come("plan")
        await ben.until(lambda: any(one.get("card") for one in ben.told(To.PRESENCE)))
        seen = next(one for one in ben.told(To.PRESENCE) if one["session"] == ana.hello["session"])
        assert seen == {
            "session": ana.hello["session"], "name": "Ada", "colour": ana.hello["colour"], "account": "",
            "doc": "plan", "card": "team:web", "field": "name", "at": [3, 4.5],
        }  # fmt: skip
        assert ana.hello["colour"] != ben.hello["colour"]
        await ana.until(lambda: any(one["session"] == ben.hello["session"] for one in ana.told(To.PRESENCE)))
        ana.break_off()
        await ben.until(lambda: {"session": ana.hello["session"], "gone": True} in ben.told(To.PRESENCE))
        await ben.go()

    asyncio.run(story())


def test_presence_is_told_at_most_ten_times_a_second_and_the_last_counts(place: Place) -> None:
    port, _, _ = place

    async def story() -> None:
        ana, ben = await Pen(port, "kiosk").come("plan"), await Pen(port, "kiosk").come("plan")
        for number in range(200):
            await ana.send(sent(From.PRESENCE, "", b'{"doc": "plan", "at": [%d, 0]}' % number))
        await ben.until(lambda: any(one.get("at") == [199, 0] for one in ben.told(To.PRESENCE)))
        assert len([one for one in ben.told(To.PRESENCE) if "at" in one]) <= 12
        await ana.go()
        await ben.go()

    asyncio.run(story())


def test_an_edit_through_the_api_or_a_terminal_appears(place: Place, tmp_path: Path) -> None:
    port, _, workspace = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come()
        elsewhere = Home(workspace.settings.home, workspace.settings).open("kiosk")
        text = elsewhere.export_plan("draft").replace("name: Till", "name: The till")
        await asyncio.to_thread(elsewhere.import_plan, text, "plan.yaml")
        await ana.until(lambda: ana.element("plan", "touchpoints", "till")["name"] == "The till", 2.0)
        ana.set("plan", "touchpoints", "site", "name", "Shop window")
        await ana.settle()
        names = [one.name for one in elsewhere.plan("draft").touchpoints]
        assert names == ["Shop window", "The till", "Parcel", "Rating"]
        await ana.go()

    asyncio.run(story())


def test_a_notice_reaches_who_is_there(place: Place) -> None:
    port, app, _ = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("plan")
        await asyncio.to_thread(notify, app, "kiosk", {"about": "comments", "id": "c1"})
        await ana.until(lambda: ana.told(To.NOTICE) == [{"about": "comments", "id": "c1"}])
        await ana.go()
        notify(app, "kiosk", {"about": "comments"})
        notify(app, "nowhere", {"about": "comments"})

    asyncio.run(story())


def test_what_was_drawn_without_a_network_merges(place: Place) -> None:
    port, _, workspace = place

    async def story() -> None:
        ana, ben = await Pen(port, "kiosk").come(), await Pen(port, "kiosk").come()
        ana.break_off()
        await ana.until_closed()
        ana.add("plan", "teams", "shops", name="Shops", order=20)
        ana.element("plan", "touchpoints", "site")["words"].insert(0, "one ")
        ben.element("plan", "touchpoints", "site")["words"].insert(0, "two ")
        ben.drop("plan", "questions", "happy")
        await ben.settle()
        await ana.come()
        await ana.settle()
        await ben.until(lambda: "shops" in ben.document("plan").get("teams", type=type(ben.element("plan", "teams", "web"))))
        plan = plan_of(workspace)
        assert sorted(plan.touchpoints[0].words.split()) == ["one", "two"]
        assert ([team.id for team in plan.teams], plan.questions) == (["web", "shops"], ())
        await ana.go()
        await ben.go()

    asyncio.run(story())


def test_a_room_is_forgotten_when_the_last_has_gone(place: Place) -> None:
    port, app, _ = place

    async def story() -> None:
        ana = await Pen(port, "kiosk").come("plan")
        assert app.state.rooms.find("kiosk") is not None
        await ana.go()
        for _ in range(100):
            if app.state.rooms.find("kiosk") is None:
                break
            await asyncio.sleep(0.05)
        assert app.state.rooms.find("kiosk") is None
        for _ in range(5):  # a page that is loaded again is gone and back in a moment
            again = await Pen(port, "kiosk").come("plan")
            assert again.close_code is None
            await again.go()

    asyncio.run(story())


def test_a_workspace_that_is_not_there_is_told_in_the_browsers_way(place: Place) -> None:
    port, _, _ = place

    async def story() -> None:
        assert await (await Pen(port, "nowhere").come()).until_closed() == 4404
        assert await (await Pen(port, "NO%20NAME").come()).until_closed() == 4404

    asyncio.run(story())
