"""Comments, mentions, suggestions and the three questions, asked as browsers ask."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from door import Door, error
from talkers import JOURNEY, Talker, kiosk, talker

from desirelines import store
from desirelines.home import Home
from desirelines.studio import talking

HOSTILE = "<script>window.__xss=1</script> =HYPERLINK(1) javascript:alert(1)"


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


def test_a_thread_has_replies_and_is_resolved_and_opened_by_a_reply(ann: Talker, ben: Talker) -> None:
    thread = ann.says("Is the till slow?", "touchpoint:till")
    assert (thread["on"], thread["gone"], [one["by"] for one in thread["comments"]]) == ("Till", False, ["Ann"])
    thread = ben.says("Yes.\nAt noon.", thread=thread["id"])
    assert [one["text"] for one in thread["comments"]] == ["Is the till slow?", "Yes.\nAt noon."]
    assert [one["mine"] for one in thread["comments"]] == [False, True]
    closed = ben.ask("PUT", f"/comments/{thread['id']}/resolved", {"resolved": True})
    assert (closed["resolved_by"], bool(closed["resolved_at"])) == ("Ben", True)
    assert ann.ask("GET", "/comments", journey=JOURNEY)["threads"] == []
    assert ann.ask("GET", "/comments", journey=JOURNEY, which="resolved")["resolved"] == 1
    again = ann.says("Still so.", thread=thread["id"])
    assert again["resolved_at"] is None
    assert ann.ask("GET", "/comments", journey=JOURNEY, element="touchpoint:till")["open"] == 1
    assert ann.ask("GET", "/comments", journey=JOURNEY, element="")["open"] == 0
    refused = ann.tried("PUT", f"/comments/{again['comments'][1]['id']}/resolved", {"resolved": True})
    assert refused.status_code == 409


def test_only_ones_own_words_are_changed_and_a_deleted_comment_keeps_its_place(ann: Talker, ben: Talker) -> None:
    thread = ann.says("Frist", "touchpoint:till")
    ben.says("Second", thread=thread["id"])
    for method, body in (("PUT", {"text": "mine now"}), ("DELETE", None)):
        refused = ben.tried(method, f"/comments/{thread['id']}", body)
        assert (refused.status_code, error(refused)["code"]) == (403, "not_yours")
    changed = ann.ask("PUT", f"/comments/{thread['id']}", {"text": "First"})
    assert (changed["comments"][0]["text"], bool(changed["comments"][0]["edited_at"])) == ("First", True)
    ann.ask("DELETE", f"/comments/{thread['id']}")
    left = ben.ask("GET", f"/comments/{thread['id']}")
    assert [(one["deleted"], one["text"]) for one in left["comments"]] == [(True, ""), (False, "Second")]
    assert ann.tried("PUT", f"/comments/{thread['id']}", {"text": "back"}).status_code == 409
    ben.ask("DELETE", f"/comments/{left['comments'][1]['id']}")
    assert ben.ask("GET", "/comments", journey=JOURNEY, which="all")["threads"] == []


def test_who_is_mentioned_is_told_until_they_answer(ann: Talker, ben: Talker, door: Door) -> None:
    talker(door, "Ann-Marie")
    thread = ann.says("@ben and @Ann-Marie, look; not me@benefit.org", "stage:pay")
    assert thread["comments"][0]["mentions"] == ["Ann-Marie", "Ben"]
    found = ben.ask("GET", "/for-me")
    assert [one["id"] for one in found["mentions"]] == [thread["id"]]
    assert ben.ask("GET", "/comments/counts", journey=JOURNEY)["mine"] == 1
    assert ann.ask("GET", "/for-me")["mentions"] == []
    ben.says("I looked", thread=thread["id"])
    found = ben.ask("GET", "/for-me")
    assert (found["mentions"], [one["id"] for one in found["threads"]]) == ([], [thread["id"]])
    assert [one["name"] for one in ann.ask("GET", "/people")] == ["Ann", "Ann-Marie", "Ben"]
    ann.ask("PUT", f"/comments/{thread['id']}/resolved", {"resolved": True})
    assert ben.ask("GET", "/for-me")["threads"] == []


def test_what_is_said_about_a_removed_element_stays(home: Home, ann: Talker) -> None:
    ann.says("Why twice?", "touchpoint:rating")
    workspace = home.open("kiosk")
    draft = workspace.draft()
    journey = draft["plan"].journeys[0]
    stages = tuple(one.model_copy(update={"steps": one.steps[:1]}) for one in journey.stages)
    kept = tuple(one for one in draft["plan"].touchpoints if one.id != "rating")
    plan = draft["plan"].model_copy(
        update={"touchpoints": kept, "questions": (), "journeys": (journey.model_copy(update={"stages": stages}),)}
    )
    workspace.save_draft(plan, draft["base"], draft["revision"])
    [left] = ann.ask("GET", "/comments", journey=JOURNEY, element="gone")["threads"]
    assert (left["on"], left["gone"]) == ("Rating", True)
    counts = ann.ask("GET", "/comments/counts", journey=JOURNEY)
    assert (counts["open"], counts["gone"]) == (1, 1)
    assert ann.tried("POST", "/comments", {"journey": JOURNEY, "element": "touchpoint:rating", "text": "?"}).status_code == 404
    [row] = talking.comment_rows(workspace.database, workspace.plan("draft"), JOURNEY)
    assert (row["on"], row["by"], row["text"]) == ("Rating (gone)", "Ann", "Why twice?")


def test_markup_scripts_and_formulas_are_text_as_they_were_written(ann: Talker) -> None:
    thread = ann.says(HOSTILE + "\x00\x1b[31m\u202e")
    assert thread["comments"][0]["text"] == HOSTILE + "[31m"
    for bad in ("", " \n\t", "x" * 5001):
        assert ann.tried("POST", "/comments", {"journey": JOURNEY, "text": bad}).status_code == 422
    for path in ("/comments/zz", "/comments/" + "0" * 16):
        assert ann.tried("GET", path).status_code in (404, 422)
    assert ann.tried("POST", "/comments", {"journey": "no", "text": "x"}).status_code == 404
    assert ann.tried("PUT", "/me", {"name": " \n "}).status_code == 422


def test_counts_tell_comments_and_suggestions_apart(ann: Talker, ben: Talker) -> None:
    thread = ann.says("one", "touchpoint:till")
    ann.says("two", thread=thread["id"])
    ann.says("three", "touchpoint:till")
    ann.says("map")
    ben.ask("POST", "/suggestions", {"journey": JOURNEY, "change": {"kind": "add", "what": "card", "stage": "pay", "words": "x"}})
    found = ann.ask("GET", "/comments/counts", journey=JOURNEY)
    assert found["elements"] == [
        {"element": "", "open": 1, "comments": 1, "suggestions": 0},
        {"element": "stage:pay", "open": 0, "comments": 0, "suggestions": 1},
        {"element": "touchpoint:till", "open": 2, "comments": 3, "suggestions": 0},
    ]


def test_a_session_is_never_told_and_another_browser_is_somebody_else(ann: Talker, door: Door) -> None:
    told = [ann.ask("GET", path).__repr__() for path in ("/me", "/people", "/for-me")]
    assert ann.session not in "".join(told)
    thread = ann.says("mine")
    stranger = Talker(door, ann.ask("GET", "/me")["id"])
    assert stranger.tried("DELETE", f"/comments/{thread['id']}").status_code == 403
    assert stranger.ask("GET", "/me")["named"] is False


def test_five_thousand_comments_stay_quick(home: Home, ann: Talker) -> None:
    database = home.open("kiosk").database
    plain = {
        "account": "x",
        "text": "Some words @Ann " * 4,
        "mentions": [],
        "named": [],
        "element": "touchpoint:till",
        "on": "Till",
    }
    with store.turn(database) as turn:
        for n in range(5000):
            head = f"{n - n % 10:016x}"
            thread = "" if n % 10 == 0 else head
            turn.put("comment", f"{n:016x}", {**plain, "thread": thread}, "Ben", "map:buy")
    ann.ask("GET", "/comments", journey=JOURNEY)
    for path in ("/comments", "/comments/counts", "/for-me"):
        began = time.process_time()
        found = ann.ask("GET", path, journey=JOURNEY)
        assert time.process_time() - began < 1.0
        if path == "/comments":
            assert (found["open"], found["pages"], len(found["threads"]), len(found["threads"][0]["comments"])) == (
                500,
                10,
                50,
                10,
            )
