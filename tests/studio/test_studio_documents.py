"""Documents say a plan and a plan is read from documents: the same one, but for what was edited; whatever else they hold."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pycrdt import Array, Doc, Map, Text

import desirelines
from desirelines.errors import DesirelinesError
from desirelines.plan import Insight, Plan, Team, canonical, normal, plan_hash, read_plan, workshop, write_plan
from desirelines.store import Database
from desirelines.studio.live import Live, Sent
from desirelines.studio.read import Reading, read_part, read_plan_of
from desirelines.studio.scan import Garbage, clocks, scan
from desirelines.studio.write import Edit, edit_text, write

Documents = dict[str, Doc[Any]]
WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), max_size=30)
SHIPPED = Path(desirelines.__file__).parent / "simulate"
DEMO_PLANS: dict[str, Plan] = {
    path.parent.name: read_plan(path.read_bytes(), str(path)) for path in sorted(SHIPPED.rglob("plan.yaml"))
}


def read(documents: Documents) -> Reading:
    return read_plan_of({name: read_part(name, doc) for name, doc in documents.items()})


def say(documents: Documents, plan: Plan) -> list[Edit]:
    return write(documents, {name: read_part(name, doc) for name, doc in documents.items()}, plan)


def copies(documents: Documents) -> Documents:
    found: Documents = {}
    for name, doc in documents.items():
        found[name] = Doc()
        found[name].apply_update(doc.get_update())
    return found


@pytest.mark.parametrize("plan", [*DEMO_PLANS.values(), workshop("Lumen")], ids=[*DEMO_PLANS, "workshop"])
def test_a_plan_comes_out_as_it_went_in(plan: Plan) -> None:
    documents: Documents = {}
    say(documents, plan)
    found = read(documents)
    assert (found.plan, found.aside) == (normal(plan), ())
    assert plan_hash(found.plan) == plan_hash(plan)
    assert write_plan(found.plan) == write_plan(plan)
    assert say(documents, plan) == [], "what is said already is not said again"


Change = Callable[[Plan, st.DataObject], Plan]


def _some(plan: Plan, data: st.DataObject) -> Plan:
    """One edit of a random kind somewhere in the plan."""
    lists = [name for name in Plan.model_fields if isinstance(getattr(plan, name), tuple) and getattr(plan, name)]
    name = data.draw(st.sampled_from(lists))
    rows = list(getattr(plan, name))
    place = data.draw(st.integers(0, len(rows) - 1))
    what = data.draw(st.sampled_from(["words", "order", "drop", "double", "list", "swap"]))
    if name in ("roles", "metrics", "journeys") and what == "double":
        what = "order"
    fields = type(rows[place]).model_fields
    if what == "drop":
        del rows[place]
    elif what == "double":
        rows.append(rows[place].model_copy(update={"id": f"copy-{data.draw(st.integers(0, 9**6))}", "order": 999}))
    elif what == "swap":
        other = data.draw(st.integers(0, len(rows) - 1))
        one, two = rows[place], rows[other]
        rows[place], rows[other] = one.model_copy(update={"order": two.order}), two.model_copy(update={"order": one.order})
    elif what == "list" and "touchpoints" in fields:
        ids = data.draw(st.lists(st.sampled_from([one.id for one in plan.touchpoints]), unique=True, max_size=4))
        rows[place] = rows[place].model_copy(update={"touchpoints": tuple(ids)})
    elif what == "order":
        rows[place] = rows[place].model_copy(update={"order": data.draw(st.integers(-1000, 1000))})
    else:
        text = next((field for field in ("backstage", "need", "gives", "needs", "words", "name") if field in fields), None)
        if text is not None:
            rows[place] = rows[place].model_copy(update={text: data.draw(WORDS).strip() or "words"})
    return plan.model_copy(update={name: tuple(rows)})


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_any_edits_come_out_and_nothing_else_is_touched(data: st.DataObject) -> None:
    plan = normal(DEMO_PLANS["world"])
    documents: Documents = {}
    say(documents, plan)
    others = copies(documents)
    for _ in range(data.draw(st.integers(1, 4))):
        plan = normal(_some(plan, data))
        edits = say(documents, plan)
        assert read(documents).plan == plan
        for edit in edits:
            others[edit.document].apply_update(edit.data)
        assert read(others).plan == plan, "the updates alone say the same elsewhere"
        assert all(bool(edit.touched) for edit in edits)


def test_an_edit_touches_what_it_names() -> None:
    plan = normal(DEMO_PLANS["world"])
    documents: Documents = {}
    say(documents, plan)
    first = plan.touchpoints[0]
    changed = first.model_copy(update={"backstage": f"{first.backstage} more", "systems": (*first.systems, "new")})
    edits = say(documents, plan.model_copy(update={"touchpoints": (changed, *plan.touchpoints[1:])}))
    assert [(one.document, one.touched) for one in edits] == [
        ("plan", [f"touchpoint:{first.id}.backstage", f"touchpoint:{first.id}.systems"])
    ]
    assert len(edits[0].data) < 100, "a few letters are a few bytes"


def test_a_moment_goes_with_its_stage_to_another_map() -> None:
    plan = read_plan(
        "brand: A\njourneys:\n  - {id: a, name: A, stages: [{id: s, name: S, side: buyer}]}\n"
        "  - {id: b, name: B, stages: [{id: t, name: T, side: buyer}]}\n"
        "moments: [{id: m, words: I wait, stage: s}, {id: lost, words: W, stage: none}]\n"
        "experiences: [{id: e, name: E, moment: m}, {id: f, name: F, moment: lost}]\n"
    )
    documents: Documents = {}
    say(documents, plan)
    assert set(documents["map:a"].get("moments", type=Map)) == set("m")
    assert set(documents["plan"].get("moments", type=Map)) == {"lost"}
    assert set(documents["map:a"].get("experiences", type=Map)) == {"e"}
    moved = plan.model_copy(update={"moments": (plan.moments[0].model_copy(update={"stage": "t"}), plan.moments[1])})
    edits = say(documents, moved)
    assert read(documents).plan == normal(moved)
    assert set(documents["map:b"].get("experiences", type=Map)) == {"e"}
    assert not any(name[0] in "+-" for edit in edits for name in edit.touched), "it moved: nothing was added or taken away"


def test_two_people_write_in_one_text_and_both_are_kept() -> None:
    ours: Documents = {}
    plan = workshop("Lumen").model_copy(update={"insights": (Insight(id="i", words="It takes long 😀 at the till."),)})
    say(ours, plan)
    theirs = copies(ours)
    insight = plan.insights[0]
    here = say(
        ours, plan.model_copy(update={"insights": (insight.model_copy(update={"words": "It takes too long 😀 at the till."}),)})
    )
    there = say(
        theirs, plan.model_copy(update={"insights": (insight.model_copy(update={"words": "It takes long 😀 at every till."}),)})
    )
    for edit in there:
        ours[edit.document].apply_update(edit.data)
    for edit in here:
        theirs[edit.document].apply_update(edit.data)
    assert read(ours).plan.insights[0].words == "It takes too long 😀 at every till."
    assert canonical(read(ours).plan) == canonical(read(theirs).plan)


@given(before=WORDS, after=WORDS)
def test_a_text_is_edited_between_what_stays(before: str, after: str) -> None:
    doc: Doc[Any] = Doc()
    doc["t"] = text = Text(before)
    assert edit_text(text, after) is (before != after)
    assert str(text) == after


HOSTILE: dict[str, Callable[[Map[Any]], object]] = {
    "a number that is none": lambda one: one.update({"order": math.nan}),
    "a number without end": lambda one: one.update({"order": math.inf}),
    "a number that is not whole": lambda one: one.update({"order": 1.5}),
    "yes for a number": lambda one: one.update({"order": True}),
    "a text where a word belongs": lambda one: one.update({"lead": Text("x")}),
    "a list where a word belongs": lambda one: one.update({"lead": Array(["x"])}),
    "a map where yes or no belongs": lambda one: one.update({"partner": Map({"x": 1})}),
    "bytes": lambda one: one.update({"lead": b"\x00\xff"}),
    "values in values": lambda one: one.update({"lead": {"a": [1, {"b": None}]}}),
    "a field nobody knows": lambda one: one.update({"__class__": "x", "constructor": 1, "": 2}),
    "ten thousand of them": lambda one: one.update({f"junk{number}": number for number in range(10_000)}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_field_is_set_aside_alone(name: str) -> None:
    documents: Documents = {}
    plan = workshop("Lumen").model_copy(update={"teams": (Team(id="t", name="Team", order=5, lead="Ana", partner=True),)})
    say(documents, plan)
    HOSTILE[name](documents["plan"].get("teams", type=Map)["t"])
    found = read(documents)
    assert found.plan.teams[0].name == "Team"
    assert found.plan.model_copy(update={"teams": ()}) == normal(plan).model_copy(update={"teams": ()})
    assert {(row.document, row.list, row.id) for row in found.aside if row.field} == {("plan", "teams", "t")}
    assert len(found.aside) <= 201
    say(documents, plan)
    assert read(documents).plan == normal(plan), "and can be mended by an edit"


def test_what_is_no_element_is_set_aside_whole() -> None:
    documents: Documents = {}
    plan = workshop("Lumen")
    say(documents, plan)
    teams = documents["plan"].get("teams", type=Map)
    for key, value in {
        "UP": Map({"name": "X"}), "../x": Map({"name": "X"}), "x" * 65: Map({"name": "X"}), "": Map({"name": "X"}),
        "é": Map({}), "word": "x", "list": Array([]), "nothing": None, "nameless": Map({}), "blank": Map({"name": "  "}),
        "long": Map({"name": "x" * 201}),
    }.items():  # fmt: skip
        teams[key] = value
    documents["plan"]["elsewhere"] = Map({"x": 1})
    documents["plan"]["__proto__"] = Text("x")
    documents["plan"].get("boxes", type=Map)["b"] = Map({"words": "B", "tower": "none"})
    found = read(documents)
    assert found.plan == normal(plan)
    why = {row.id or row.list: row.why for row in found.aside}
    assert why["UP"] == "this is no id"
    assert why["word"] == "this is no element"
    assert why["nameless"] == "this is missing"
    assert why["blank"] == "it cannot be this, and is needed"
    assert why["elsewhere"] == "no list of this document"
    assert why["b"] == "what it lies in, `none`, is not there"


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ('[{"event":"Visited"}]', 1), ('[{"event":"Visited","where":{"a":{"at_least":1}}}]', 1), ("[]", 0), ("no json", 0),
        ("[" * 9000, 0), ('[{"event":""}]', 0), ('[{"event":"x","where":{"a":NaN}}]', 0), ('{"event":"Visited"}', 0),
        ('[{"event":"x","y":1}]', 0), ("x" * 300_000, 0),
    ],
)  # fmt: skip
def test_rules_are_read_or_set_aside(raw: str, left: int) -> None:
    documents: Documents = {}
    say(documents, workshop("Lumen"))
    documents["plan"].get("touchpoints", type=Map)["t"] = Map({"name": "T", "rule": raw})
    found = read(documents)
    assert [len(one.rule) for one in found.plan.touchpoints if one.id == "t"] == [left]
    assert bool(found.aside) is (left == 0 and raw != "[]")


def test_long_texts_are_cut_and_lists_say_a_word_once() -> None:
    documents: Documents = {}
    say(documents, workshop("Lumen"))
    touchpoints = documents["plan"].get("touchpoints", type=Map)
    touchpoints["t"] = Map(
        {
            "name": "T", "words": Text("x" * 12_000), "systems": Array(["a", "a", 3, "b"]),
            "purposes": Array(["sell", "none"]), "backstage": "one\r\ntwo\x00",
        }
    )  # fmt: skip
    found = read(documents)
    one = next(one for one in found.plan.touchpoints if one.id == "t")
    assert (len(one.words), one.systems, one.purposes, one.backstage) == (10_000, ("a", "b"), ("sell",), "one\ntwo")
    assert {row.field for row in found.aside} == {"words", "systems", "purposes"}


def test_one_id_in_two_documents_counts_once() -> None:
    documents: Documents = {}
    plan = read_plan(
        "brand: A\njourneys: [{id: a, name: A, stages: [{id: s, name: S, side: buyer}]}]\n"
        "moments: [{id: m, words: Home, stage: s}]"
    )
    say(documents, plan)
    documents["plan"].get("moments", type=Map)["m"] = Map({"words": "Elsewhere", "stage": "s"})
    found = read(documents)
    assert [one.words for one in found.plan.moments] == ["Home"]
    assert [(row.document, row.id, row.why) for row in found.aside] == [
        ("plan", "m", "another document has an element of this id")
    ]
    say(documents, plan.model_copy(update={"moments": ()}))
    assert read(documents).plan.moments == (), "what is taken away is gone from both"


def test_a_document_without_a_brand_is_read_all_the_same() -> None:
    doc: Doc[Any] = Doc()
    doc.get("teams", type=Map)["t"] = Map({"name": "T"})
    found = read({"plan": doc})
    assert (found.plan.brand.name, [one.id for one in found.plan.teams]) == ("nameless", ["t"])


def test_a_map_whose_journey_is_gone_and_comes_back_is_what_was_asked_for() -> None:
    documents: Documents = {}
    plan = normal(DEMO_PLANS["world"])
    say(documents, plan)
    del documents["plan"].get("journeys", type=Map)[plan.journeys[0].id]
    assert plan.journeys[0].id not in [one.id for one in read(documents).plan.journeys]
    bare = plan.model_copy(update={"journeys": (plan.journeys[0].model_copy(update={"stages": plan.journeys[0].stages[:1]}),)})
    say(documents, bare)
    assert read(documents).plan == normal(bare)


def genuine() -> list[bytes]:
    """Updates as people's work makes them."""
    documents: Documents = {}
    found = [edit.data for edit in say(documents, DEMO_PLANS["world"])]
    doc = documents["plan"]
    doc.observe(lambda event: found.append(event.update))
    teams = doc.get("teams", type=Map)
    teams["a"] = Map({"name": "A", "lead": "é😀", "order": -7, "partner": True})
    teams["a"]["order"] = 2.5
    del teams["a"]
    teams["a"] = Map({"name": "B"})
    return [*found, doc.get_update()]


def test_what_people_make_is_let_through() -> None:
    for update in genuine():
        found = scan(update)
        assert found.starts or found.needs
    assert clocks(b"\x00") == {}


def test_mangled_updates_are_refused_or_harmless(tmp_path: Any) -> None:
    """Bytes flipped, cut, doubled: the engine never sees what could stop it, and the room's documents can still be read."""
    database = Database.open(tmp_path / "w.db")
    live = Live(database)
    live.begin()
    chance = random.Random(7)
    seeds = genuine()
    taken = 0
    for _ in range(1_500):
        data = bytearray(chance.choice(seeds)[: chance.choice([60, 400, 10**9])])
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(data))
            match chance.randrange(4):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    data[at] ^= 1 << chance.randrange(8)
                case 2:
                    del data[at : at + chance.randrange(1, 5)]
                    data += b"\x00" * (not data)
                case _:
                    data[at:at] = data[at : at + chance.randrange(1, 9)]
        answers, _others = live.take([Sent("plan", "mallory", bytes(data))])
        taken += isinstance(answers[0], int)
        assert isinstance(answers[0], (int, DesirelinesError))
    live.read()
    fresh = Live(database)
    fresh.begin()
    assert canonical(fresh.read().plan) == canonical(live.read().plan)
    assert taken > 0
    database.close()


@given(st.binary(max_size=200))
def test_any_bytes_are_an_update_or_garbage(data: bytes) -> None:
    try:
        scan(data)
    except Garbage:
        return
    doc: Doc[Any] = Doc()
    doc.apply_update(data)
