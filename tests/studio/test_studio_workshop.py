"""A workshop of several browsers: what is silent stays silent, what is secret stays secret, and votes are exact."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from door import Door, error
from talkers import JOURNEY, Talker, kiosk, talker

from desirelines import store
from desirelines.errors import Conflict
from desirelines.home import Home
from desirelines.server.people import RIGHTS
from desirelines.studio import talking
from desirelines.studio.talking.votes import vote

AGENDA: dict[str, Any] = {
    "title": "Why twice?",
    "rounds": [{"kind": kind, "minutes": 5, "words": ""} for kind in ("write", "reveal", "group", "vote", "discuss")],
    "anonymous": False,
    "votes_each": 3,
    "several": True,
}
WRITE, REVEAL, GROUP, VOTE, DISCUSS = range(5)
SECRET = "nobody may read this yet"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kiosk(tmp_path)


@pytest.fixture
def door(home: Home) -> Door:
    return Door(home)


@pytest.fixture
def ann(door: Door) -> Talker:
    return talker(door, "Ann")


@pytest.fixture
def ben(door: Door) -> Talker:
    return talker(door, "Ben")


def opened(leader: Talker, **agenda: Any) -> str:
    found = leader.ask("POST", "/workshops", {"journey": JOURNEY, "agenda": {**AGENDA, **agenda}})
    assert found["i_lead"]
    return str(found["id"])


def note(who: Talker, workshop: str, words: str, stage: str = "") -> str:
    before = {one["id"] for one in who.ask("GET", f"/workshops/{workshop}")["notes"]}
    found = who.ask("POST", f"/workshops/{workshop}/notes", {"words": words, "stage": stage})
    [new] = [one["id"] for one in found["notes"] if one["id"] not in before]
    return str(new)


def to(leader: Talker, workshop: str, at: int) -> Any:
    return leader.ask("POST", f"/workshops/{workshop}/round", {"at": at})


def give(who: Talker, workshop: str, target: str, votes: int) -> Any:
    return who.tried("PUT", f"/workshops/{workshop}/votes/{target}", {"votes": votes})


def test_silent_notes_are_read_by_nobody_else_through_any_route(door: Door, ann: Talker, ben: Talker) -> None:
    workshop = opened(ann)
    secret = note(ben, workshop, SECRET, "pay")
    prefix = "/api/w/{w}/studio"
    reads = sorted({row.path.removeprefix(prefix) for row in RIGHTS if row.path.startswith(prefix)})
    assert len(reads) > 15
    for path in reads:
        filled = path.replace("{workshop}", workshop).replace("{note}", secret).replace("{comment}", secret)
        for place in ("{group}", "{suggestion}", "{answer}"):
            filled = filled.replace(place, secret)
        filled = filled.replace("{target}", f"note:{secret}")
        if "{" not in filled and "socket" not in filled:
            assert SECRET not in ann.tried("GET", filled, journey=JOURNEY).text, path
    seen = ann.ask("GET", f"/workshops/{workshop}")
    assert (seen["notes"], seen["note_count"], seen["writer_count"], seen["silent"]) == ([], 1, 1, True)
    assert [one["words"] for one in ben.ask("GET", f"/workshops/{workshop}")["notes"]] == [SECRET]
    for method, path, body in (
        ("PUT", f"notes/{secret}", {"words": "x"}),
        ("DELETE", f"notes/{secret}", None),
        ("PUT", f"notes/{secret}/group", {"group": ""}),
        ("POST", "groups", {"name": "x", "notes": [secret]}),
        ("PUT", f"votes/note:{secret}", {"votes": 1}),
        ("POST", "cards", {"chosen": [{"target": f"note:{secret}"}]}),
    ):
        refused = ann.tried(method, f"/workshops/{workshop}/{path}", body)
        assert refused.status_code in (404, 409), path
        assert SECRET not in refused.text
    assert ann.ask("GET", f"/workshops/{workshop}/report", journey=JOURNEY)["ranked"] == []
    to(ann, workshop, REVEAL)
    [shown] = ann.ask("GET", f"/workshops/{workshop}")["notes"]
    assert (shown["words"], shown["by"], shown["mine"], shown["stage"]) == (SECRET, "Ben", False, "pay")


def test_a_second_silence_hides_only_what_is_written_in_it(ann: Talker, ben: Talker) -> None:
    workshop = opened(ann)
    note(ben, workshop, "first")
    to(ann, workshop, REVEAL)
    note(ben, workshop, "aloud")
    to(ann, workshop, WRITE)
    note(ben, workshop, "second")
    assert [one["words"] for one in ann.ask("GET", f"/workshops/{workshop}")["notes"]] == ["first", "aloud"]
    ann.ask("POST", f"/workshops/{workshop}/end")
    assert len(ann.ask("GET", f"/workshops/{workshop}")["notes"]) == 3
    refused = ben.tried("POST", f"/workshops/{workshop}/notes", {"words": "late"})
    assert error(refused)["code"] == "workshop_ended"


def test_anonymous_notes_never_name_their_writers(home: Home, ann: Talker, ben: Talker) -> None:
    workshop = opened(ann, anonymous=True)
    note(ben, workshop, "the boss is wrong")
    to(ann, workshop, REVEAL)
    seen = ann.ask("GET", f"/workshops/{workshop}")
    assert [one["by"] for one in seen["notes"]] == [""]
    ann.ask("POST", f"/workshops/{workshop}/end")
    report = ann.ask("GET", f"/workshops/{workshop}/report")
    assert "Ben" not in json.dumps(report["ranked"])
    me = ben.ask("GET", "/me")["id"]
    rows = store.list_rows(home.open("kiosk").database, "note", f"workshop:{workshop}")
    assert [row.author for row in rows] == [""]
    assert me not in json.dumps([dict(row.document) for row in rows])


def test_votes_are_secret_until_closed_and_exact(ann: Talker, ben: Talker) -> None:
    workshop = opened(ann)
    slow, dear = note(ann, workshop, "slow"), note(ben, workshop, "dear")
    lone = note(ben, workshop, "lone", "get")
    to(ann, workshop, GROUP)
    found = ben.ask("POST", f"/workshops/{workshop}/groups", {"name": "At the till", "notes": [slow, dear]})
    group = f"group:{found['groups'][0]['id']}"
    assert give(ann, workshop, group, 1).status_code == 409
    to(ann, workshop, VOTE)
    assert give(ann, workshop, group, 2).status_code == 200
    assert give(ann, workshop, f"note:{lone}", 1).status_code == 200
    assert error(give(ann, workshop, f"note:{lone}", 2))["code"] == "votes_spent"
    assert give(ann, workshop, f"note:{slow}", 1).status_code == 404
    assert give(ben, workshop, group, 3).status_code == 200
    assert give(ben, workshop, group, 1).status_code == 200
    seen = ann.ask("GET", f"/workshops/{workshop}")
    assert (seen["my_votes"], seen["votes_left"], seen["voter_count"]) == ({group: 2, f"note:{lone}": 1}, 0, 2)
    assert {one["votes"] for one in [*seen["notes"], *seen["groups"]]} == {None}
    report = ann.ask("GET", f"/workshops/{workshop}/report")
    assert (report["ranked"], report["votes_cast"]) == (None, None)
    assert ann.tried("POST", f"/workshops/{workshop}/cards", {"chosen": [{"target": group}]}).status_code == 409
    assert ben.tried("PUT", f"/workshops/{workshop}/notes/{lone}/group", {"group": ""}).status_code == 409
    to(ann, workshop, DISCUSS)
    assert error(give(ben, workshop, group, 2))["code"] == "not_voting"
    ranked = ann.ask("GET", f"/workshops/{workshop}/report")["ranked"]
    assert [(one["name"], one["votes"], one["notes"]) for one in ranked] == [
        ("At the till", 3, ["slow (Ann)", "dear (Ben)"]),
        ("lone", 1, []),
    ]
    moved = ben.tried("PUT", f"/workshops/{workshop}/notes/{lone}/group", {"group": group.split(":")[1]})
    assert error(moved)["code"] == "has_votes"
    ben.ask("DELETE", f"/workshops/{workshop}/notes/{lone}")
    to(ann, workshop, VOTE)
    assert ann.ask("GET", f"/workshops/{workshop}")["votes_left"] == 1


def test_racing_votes_never_exceed_what_one_has(home: Home, ann: Talker) -> None:
    workshop = opened(ann, several=False, votes_each=2)
    notes = [note(ann, workshop, f"note {n}") for n in range(8)]
    to(ann, workshop, VOTE)
    database, speaker = home.open("kiosk").database, talking.Speaker(ann.ask("GET", "/me")["id"], "Ann", True)

    def tried(one: str) -> bool:
        try:
            vote(database, speaker, workshop, f"note:{one}", 1)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(tried, notes * 3))
    given = ann.ask("GET", f"/workshops/{workshop}")["my_votes"]
    assert sum(given.values()) == 2 == len(given)
    assert set(given) <= {f"note:{one}" for one, yes in zip(notes * 3, taken, strict=True) if yes}
    to(ann, workshop, DISCUSS)
    assert ann.ask("GET", f"/workshops/{workshop}/report")["votes_cast"] == 2


def test_a_vote_is_in_the_count_or_refused_when_it_races_with_the_close(home: Home, ann: Talker, door: Door) -> None:
    workshop = opened(ann, votes_each=1)
    target = f"note:{note(ann, workshop, 'x')}"
    to(ann, workshop, VOTE)
    database = home.open("kiosk").database

    def tried(n: int) -> int:
        try:
            vote(database, talking.Speaker(f"p{n}", f"P{n}"), workshop, target, 1)
        except Conflict:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        tries = [pool.submit(tried, n) for n in range(40)]
        time.sleep(0.05)
        leader = talking.Speaker(ann.ask("GET", "/me")["id"], "Ann", True)
        talking.workshops.go_to(database, leader, workshop, DISCUSS)
        counted = talking.seeing.report(database, leader, workshop).votes_cast
        taken = sum(one.result() for one in tries)
    assert counted == taken == talking.seeing.report(database, leader, workshop).votes_cast


def test_the_clock_is_the_servers_and_outlives_it(home: Home, ann: Talker, ben: Talker, tmp_path: Path) -> None:
    workshop = opened(ann)
    clock = ben.ask("GET", f"/workshops/{workshop}")["clock"]
    assert (clock["left_seconds"], clock["running"]) == (300, False)
    ann.ask("POST", f"/workshops/{workshop}/clock", {"act": "go"})
    ann.ask("POST", f"/workshops/{workshop}/clock", {"act": "more"})
    clock = ben.ask("GET", f"/workshops/{workshop}")["clock"]
    assert clock["running"] is True
    assert 350 < clock["left_seconds"] <= 360
    reborn = Talker(Door(Home(home.folder, home.settings)), ben.session)
    later = reborn.ask("GET", f"/workshops/{workshop}")
    assert clock["left_seconds"] - 30 < later["clock"]["left_seconds"] <= clock["left_seconds"]
    assert later["people"] == ["Ann"]
    held = ann.ask("POST", f"/workshops/{workshop}/clock", {"act": "pause"})["clock"]["left_seconds"]
    assert ben.ask("GET", f"/workshops/{workshop}")["clock"]["left_seconds"] == held
    assert ann.ask("POST", f"/workshops/{workshop}/clock", {"act": "more"})["clock"]["left_seconds"] == pytest.approx(held + 60)


def test_one_leads_others_take_part_and_may_take_over(ann: Talker, ben: Talker) -> None:
    workshop = opened(ann)
    assert error(ben.tried("POST", "/workshops", {"journey": JOURNEY, "agenda": AGENDA}))["code"] == "workshop_open"
    for path, body in (("round", {"at": 1}), ("clock", {"act": "go"}), ("end", None)):
        refused = ben.tried("POST", f"/workshops/{workshop}/{path}", body)
        assert (refused.status_code, error(refused)["code"]) == (403, "not_leading")
    assert ann.tried("POST", f"/workshops/{workshop}/round", {"at": 9}).status_code == 422
    joined = ben.ask("POST", f"/workshops/{workshop}/seat")
    assert (joined["people"], joined["i_am_in"], joined["i_lead"]) == (["Ann", "Ben"], True, False)
    assert ben.ask("POST", f"/workshops/{workshop}/seat")["people"] == ["Ann", "Ben"]
    assert ben.ask("POST", f"/workshops/{workshop}/lead")["led_by"] == "Ben"
    ben.ask("POST", f"/workshops/{workshop}/end")
    [row] = ann.ask("GET", "/workshops", journey=JOURNEY)
    assert (row["people"], row["notes"], bool(row["ended_at"])) == (2, 0, True)


def test_who_drops_out_comes_back_to_their_notes_and_votes(door: Door, ann: Talker, ben: Talker) -> None:
    workshop = opened(ann)
    mine = note(ben, workshop, "mine")
    back = Talker(door, ben.session)
    assert back.ask("GET", f"/workshops/{workshop}")["notes"][0]["mine"] is True
    back.ask("PUT", f"/workshops/{workshop}/notes/{mine}", {"words": "still mine", "stage": "get"})
    to(ann, workshop, VOTE)
    give(back, workshop, f"note:{mine}", 1)
    again = Talker(door, ben.session).ask("GET", f"/workshops/{workshop}")
    assert (again["my_votes"], again["notes"][0]["words"]) == ({f"note:{mine}": 1}, "still mine")


def test_results_are_put_on_the_map_once_with_their_votes(home: Home, ann: Talker, ben: Talker) -> None:
    workshop = opened(ann)
    one, two = note(ann, workshop, "=cmd()|slow", "pay"), note(ben, workshop, "<b>dear</b>", "pay")
    lone = note(ben, workshop, "I want it now", "get")
    to(ann, workshop, GROUP)
    group = ann.ask("POST", f"/workshops/{workshop}/groups", {"name": "Till", "notes": [one, two]})["groups"][0]["id"]
    to(ann, workshop, VOTE)
    give(ann, workshop, f"group:{group}", 2)
    to(ann, workshop, DISCUSS)
    chosen = {"chosen": [{"target": f"group:{group}", "what": "pains"}, {"target": f"note:{lone}", "what": "moment"}]}
    for _ in range(2):
        placed = ann.ask("POST", f"/workshops/{workshop}/cards", chosen)
        assert placed == {"elements": [f"card:w-{group}", f"moment:w-{lone}"]}
    plan = home.open("kiosk").plan("draft")
    [card] = plan.cards
    assert (card.stage, card.lane) == ("pay", "pains")
    assert card.words == "Till\n2 votes in “Why twice?”\n– =cmd()|slow\n– <b>dear</b>"
    assert [(moment.words, moment.stage) for moment in plan.moments] == [("I want it now", "get")]
    ranked = ann.ask("GET", f"/workshops/{workshop}/report")["ranked"]
    assert {row["name"]: row["card"] for row in ranked} == {"Till": f"card:w-{group}", "I want it now": f"moment:w-{lone}"}


def test_groups_are_named_and_parted(ann: Talker, ben: Talker) -> None:
    workshop = opened(ann)
    mine = note(ann, workshop, "a")
    assert ann.tried("POST", f"/workshops/{workshop}/groups", {"name": "early"}).status_code == 409
    to(ann, workshop, GROUP)
    group = ben.ask("POST", f"/workshops/{workshop}/groups", {"name": "G"})["groups"][0]["id"]
    seen = ben.ask("PUT", f"/workshops/{workshop}/notes/{mine}/group", {"group": group})
    assert seen["notes"][0]["group"] == group
    assert ben.ask("PUT", f"/workshops/{workshop}/groups/{group}", {"name": "Better"})["groups"][0]["name"] == "Better"
    gone = ben.ask("DELETE", f"/workshops/{workshop}/groups/{group}")
    assert (gone["groups"], gone["notes"][0]["group"]) == ([], "")
    assert ben.tried("PUT", f"/workshops/{workshop}/notes/{mine}/group", {"group": group}).status_code == 404
    other = opened_elsewhere(ann, workshop)
    assert ben.tried("PUT", f"/workshops/{other}/notes/{mine}/group", {"group": ""}).status_code == 404


def opened_elsewhere(leader: Talker, before: str) -> str:
    leader.ask("POST", f"/workshops/{before}/end")
    workshop = opened(leader)
    to(leader, workshop, GROUP)
    return workshop
