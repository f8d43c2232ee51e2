"""Suggestions that an editor decides on, and answers to the three questions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from door import Door, error
from talkers import JOURNEY, Talker, kiosk, talker

from desirelines.errors import BadInput, Conflict
from desirelines.home import Home
from desirelines.plan import Moment, Plan, check, read_plan
from desirelines.studio.talking.changing import applied, save
from desirelines.studio.talking.nouns import NewElement, NewWords, Removal

PLAN = """\
brand: {name: Kiosk}
teams: [{id: web, name: Web}]
touchpoints: [{id: site, name: Web site}, {id: till, name: Till}, {id: bag, name: Bag}]
moments: [{id: m, words: I want in, stage: look, touchpoints: [site, bag]}]
promises: [{id: p, name: Fast, touchpoint: till, target: 0.9, within: {start: A, to: B, time: 1d}}]
journeys:
  - id: buy
    name: Buy
    stages:
      - {id: look, name: Look, side: buyer, steps: [{id: s1, touchpoint: site}, {id: s2, one_of: [bag, till]}]}
"""


@pytest.fixture
def plan() -> Plan:
    return read_plan(PLAN, "plan.yaml")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return kiosk(tmp_path)


@pytest.fixture
def ann(home: Home) -> Talker:
    return talker(Door(home), "Ann")


@pytest.fixture
def ben(home: Home) -> Talker:
    return talker(Door(home), "Ben")


def test_a_removal_takes_what_merely_names_it_and_refuses_what_rests_on_it(plan: Plan) -> None:
    less = applied(plan, Removal(element="touchpoint:bag"), "")
    assert [one.id for one in less.touchpoints] == ["site", "till"]
    assert less.moments[0].touchpoints == ("site",)
    assert less.journeys[0].stages[0].steps[1].one_of == ("till",)
    assert [one.id for one in applied(plan, Removal(element="touchpoint:site"), "").journeys[0].stages[0].steps] == ["s2"]
    assert not [one for one in check(less) if one.severity == "error"]
    with pytest.raises(Conflict) as told:
        applied(plan, Removal(element="touchpoint:till"), "")
    assert told.value.code == "still_needed"
    assert applied(less, Removal(element="touchpoint:bag"), "") is less


def test_what_is_added_is_added_once_and_words_are_checked(plan: Plan) -> None:
    for what in ("card", "moment", "touchpoint"):
        change = NewElement(what=what, stage="look", lane="pains", words="Too slow\nat noon")
        once = applied(plan, change, "new")
        assert applied(once, change, "new") == once != plan
        assert not [one for one in check(once) if one.severity == "error"]
    touchpoints = applied(plan, NewElement(what="touchpoint", stage="look", words="Kiosk"), "k")
    assert (touchpoints.journeys[0].stages[0].steps[-1].touchpoint, touchpoints.touchpoints[-1].name) == ("k", "Kiosk")
    moment = applied(plan, NewElement(what="moment", stage="look", words="In\nnow"), "k").moments[-1]
    assert isinstance(moment, Moment)
    assert (moment.words, moment.need) == ("In", "now")
    with pytest.raises(BadInput):
        applied(plan, NewWords(element="touchpoint:bag", field="name", words=""), "")
    with pytest.raises(BadInput):
        applied(plan, NewWords(element="touchpoint:bag", field="rule", words="x"), "")


def wish(who: Talker, change: dict[str, Any], reason: str = "") -> Any:
    return who.ask("POST", "/suggestions", {"journey": JOURNEY, "change": change, "reason": reason})


def test_an_accepted_suggestion_is_in_the_draft_under_both_names(home: Home, ann: Talker, ben: Talker) -> None:
    words = {"kind": "words", "element": "touchpoint:till", "field": "name", "words": "Counter"}
    made = wish(ben, words, "nobody says till")
    assert (made["before"], made["now"], made["stale"], made["on"], made["state"]) == ("Till", "Till", False, "Till", "open")
    [waiting] = ann.ask("GET", "/for-me")["suggestions"]
    assert waiting["id"] == made["id"]
    decided = ann.ask("POST", f"/suggestions/{made['id']}/decision", {"accept": True, "now": "Till", "word": "right"})
    assert (decided["state"], decided["decided_by"], decided["word"]) == ("accepted", "Ann", "right")
    draft = home.open("kiosk").draft()
    assert (draft["plan"].touchpoints[1].name, draft["author"]) == ("Counter", "Ann, suggested by Ben")
    again = ann.tried("POST", f"/suggestions/{made['id']}/decision", {"accept": False})
    assert (again.status_code, error(again)["code"]) == (409, "decided")


def test_a_stale_suggestion_says_so_and_is_accepted_only_with_open_eyes(home: Home, ann: Talker, ben: Talker) -> None:
    made = wish(ben, {"kind": "words", "element": "touchpoint:till", "field": "name", "words": "Counter"})
    save(
        home.open("kiosk").database,
        "Cem",
        lambda plan: applied(plan, NewWords(element="touchpoint:till", field="name", words="Desk"), ""),
    )
    [stale] = ann.ask("GET", "/suggestions", journey=JOURNEY)
    assert (stale["stale"], stale["before"], stale["now"]) == (True, "Till", "Desk")
    refused = ann.tried("POST", f"/suggestions/{made['id']}/decision", {"accept": True, "now": "Till"})
    assert (refused.status_code, error(refused)["code"]) == (409, "stale")
    ann.ask("POST", f"/suggestions/{made['id']}/decision", {"accept": True, "now": "Desk"})
    assert home.open("kiosk").plan("draft").touchpoints[1].name == "Counter"


def test_suggestions_are_declined_withdrawn_and_refused(home: Home, ann: Talker, ben: Talker) -> None:
    made = wish(ben, {"kind": "remove", "element": "touchpoint:site"})
    assert ann.tried("DELETE", f"/suggestions/{made['id']}").status_code == 403
    declined = ann.ask("POST", f"/suggestions/{made['id']}/decision", {"accept": False, "word": "we need it"})
    assert (declined["state"], declined["word"]) == ("declined", "we need it")
    other = wish(ben, {"kind": "add", "what": "touchpoint", "stage": "pay", "words": "Bell"})
    assert ben.ask("DELETE", f"/suggestions/{other['id']}")["state"] == "withdrawn"
    assert [one.id for one in home.open("kiosk").plan("draft").touchpoints] == ["site", "till", "parcel", "rating"]
    for change, status in (
        ({"kind": "words", "element": "touchpoint:till", "field": "name", "words": "Till"}, 409),
        ({"kind": "words", "element": "touchpoint:no", "field": "name", "words": "x"}, 404),
        ({"kind": "words", "element": "touchpoint:till", "field": "kind", "words": "x"}, 422),
        ({"kind": "remove", "element": "stage:pay"}, 422),
        ({"kind": "remove", "element": "touchpoint:parcel"}, 409),
        ({"kind": "add", "what": "card", "stage": "no", "words": "x"}, 404),
    ):
        assert ben.tried("POST", "/suggestions", {"journey": JOURNEY, "change": change}).status_code == status, change


def test_two_who_accept_at_once_add_one_card(home: Home, ann: Talker, ben: Talker) -> None:
    made = wish(ben, {"kind": "add", "what": "card", "stage": "pay", "lane": "pains", "words": "=1+1 <b>"})
    with ThreadPoolExecutor(4) as pool:
        tries = [
            pool.submit(one.tried, "POST", f"/suggestions/{made['id']}/decision", {"accept": True, "now": ""})
            for one in (ann, ben) * 3
        ]
    codes = sorted(one.result().status_code for one in tries)
    assert codes == [200, 409, 409, 409, 409, 409]
    assert [(one.words, one.lane) for one in home.open("kiosk").plan("draft").cards] == [("=1+1 <b>", "pains")]


def test_answers_are_compared_by_team_and_become_an_opportunity(home: Home, ann: Talker, ben: Talker) -> None:
    def answer(who: Talker, ask: str, text: str, team: str = "") -> None:
        who.ask("POST", "/answers", {"journey": JOURNEY, "touchpoint": "till", "ask": ask, "text": text, "team": team})

    before = ann.ask("GET", "/answers", journey=JOURNEY)
    assert (before["unanswered"], before["of"], [one["touchpoint"] for one in before["touchpoints"]]) == (
        12, 12, ["site", "till", "parcel", "rating"],
    )  # fmt: skip
    answer(ann, "ease", "Take cards", "web")
    answer(ann, "say", "Smile", "web")
    answer(ben, "ease", "Two tills")
    found = ben.ask("GET", "/answers", journey=JOURNEY, touchpoint="till")
    [till] = found["touchpoints"]
    assert (till["unanswered"], till["answered_by_me"], till["stages"]) == (["offer"], ["ease"], ["Pay"])
    assert found["teams"] == [
        {"team": "web", "name": "Web", "people": 1, "offer": 0, "say": 1, "ease": 1},
        {"team": "", "name": "", "people": 1, "offer": 0, "say": 0, "ease": 1},
    ]
    cards = next(one for one in till["answers"] if one["text"] == "Take cards")
    for who in (ben, ben, ann):
        who.ask("PUT", f"/answers/{cards['id']}/vote", {"agree": True})
    ann.ask("PUT", f"/answers/{cards['id']}/vote", {"agree": False})
    [first, *_] = ben.ask("GET", "/answers", journey=JOURNEY, touchpoint="till")["touchpoints"][0]["answers"]
    assert (first["text"], first["votes"], first["my_vote"]) == ("Take cards", 1, True)
    for _ in range(2):
        assert ann.ask("POST", f"/answers/{cards['id']}/card", {"journey": JOURNEY}) == {"element": f"card:q-{cards['id']}"}
    [card] = home.open("kiosk").plan("draft").cards
    assert (card.words, card.lane, card.stage, card.touchpoint) == ("Take cards", "opportunities", "pay", "till")
    assert ben.tried("PUT", f"/answers/{cards['id']}", {"text": "x"}).status_code == 403
    assert ben.tried("DELETE", f"/answers/{cards['id']}").status_code == 403
    ann.ask("DELETE", f"/answers/{cards['id']}")
    bad = {"journey": JOURNEY, "touchpoint": "till", "ask": "ease", "text": "x", "team": "no"}
    assert ann.tried("POST", "/answers", bad).status_code == 404
