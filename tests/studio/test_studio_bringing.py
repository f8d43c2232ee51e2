"""Old maps brought in: the shapes people have, what becomes of them, and that nothing in the plan is overwritten."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from walls import DAY, TRAP, large, small

from desirelines.errors import BadInput, DesirelinesError, NotFound, TooLarge
from desirelines.plan import Brand, Plan, check, errors_in, read_plan, write_plan
from desirelines.studio import BringChoices, MapPreview, Take, bring_map, csv_cells, csv_wide, gather_wall, map_cjml, map_workbook
from desirelines.studio.bringing.feelings import desired_of
from desirelines.studio.bringing.words import field_of, lane_of, medium_of, side_of

WALL = """\
Our journey map;;;
Phase;Awareness;Consideration;Loyalty
Touchpoints;Website, Store;E-mail;App
Pain points;"Too slow
Too dear";;No reward
What the law asks;a;;c
Emotions;happy;3/5;-1
"""
LIST = """\
Stage,Touchpoint,Channel,Owner,Pain point
Awareness,web site,Web,Web shop,slow
,Fair,In person,Agency,
Use,Hotline,Phone,,wait
"""
EMPTY = Plan(brand=Brand(name="Empty"))


def bring(text: str | bytes, plan: Plan = EMPTY, name: str = "old.csv", **choices: Any) -> tuple[Plan, MapPreview]:
    return bring_map(plan, text if isinstance(text, bytes) else text.encode(), name, BringChoices(**choices))


def drawn(plan: Plan) -> list[tuple[str, str, list[str]]]:
    """The newest journey: its stages with side and touchpoints by name."""
    names = {one.id: one.name for one in plan.touchpoints}
    return [
        (stage.name, stage.side, [names[step.touchpoint or ""] for step in stage.steps]) for stage in plan.journeys[-1].stages
    ]


def book(fill: Callable[[Any], None], title: str = "Map") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = title
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_wall_map_becomes_stages_touchpoints_cards_and_feelings() -> None:
    plan, shown = bring(WALL)
    assert drawn(plan) == [
        ("Awareness", "buyer", ["Website", "Store"]),
        ("Consideration", "buyer", ["E-mail"]),
        ("Loyalty", "customer", ["App"]),
    ]
    assert (shown.read.name, shown.read.shape, shown.read.head, shown.read.label) == ("Our journey map", "wall", 2, "A")
    assert [(row.row, row.lane) for row in shown.read.rows] == [(3, "touchpoints"), (4, "pains"), (5, "own"), (6, "emotion")]
    cards = [(card.lane, card.words) for card in plan.cards]
    assert cards == [
        ("pains", "Too slow"),
        ("pains", "Too dear"),
        ("pains", "No reward"),
        ("what-the-law-asks", "a"),
        ("what-the-law-asks", "c"),
    ]
    assert [lane.name for lane in plan.journeys[-1].lanes] == ["What the law asks"]
    assert [stage.desired for stage in plan.journeys[-1].stages] == [0.6, 0.0, -1.0]
    assert [one.medium for one in plan.touchpoints] == ["screen", "place", "mail", "screen"]
    assert errors_in(check(plan)) == ()
    assert [(one.place, one.becomes) for one in shown.becomes if one.words == "Too dear"] == [("B4", "a new card")]


def test_what_was_guessed_wrong_can_be_said() -> None:
    plan, shown = bring(WALL, lanes={"5": "skip", "4": "opportunities"}, sides={"Consideration": "customer"})
    assert {card.lane for card in plan.cards} == {"opportunities"}
    assert [stage.side for stage in plan.journeys[-1].stages] == ["buyer", "customer", "customer"]
    assert bring(WALL, head=2)[1].read.head == 2
    plan, shown = bring(LIST, columns={"E": "lane:opportunities", "D": "skip"})
    assert {card.lane for card in plan.cards} == {"opportunities"}
    assert plan.teams == ()
    assert [(one.column, one.field) for one in shown.read.columns][-2:] == [("D", "skip"), ("E", "lane:opportunities")]


def test_a_list_becomes_a_map_and_what_the_plan_has_is_used() -> None:
    plan, shown = bring(LIST, small())
    assert drawn(plan) == [("Awareness", "buyer", ["Web site", "Fair"]), ("Use", "customer", ["Hotline"])]
    assert [one.id for one in plan.touchpoints] == ["site", "call", "fair", "hotline"]
    assert plan.touchpoints[:2] == small().touchpoints
    assert {one.id: (one.medium, one.owner) for one in plan.touchpoints[2:]} == {
        "fair": ("person", "agency"),
        "hotline": ("phone", None),
    }
    assert [one.name for one in plan.teams] == ["Web shop", "Agency"]
    assert [(card.words, card.touchpoint) for card in plan.cards[-2:]] == [("slow", "site"), ("wait", "hotline")]
    known = [one.words for one in shown.becomes if one.known]
    assert known == ["web site"]
    assert shown.counts["touchpoints found"] == 1


def test_nothing_of_the_plan_changes_but_that_it_grows() -> None:
    plan, _ = bring(WALL, large())
    for name in type(plan).model_fields:
        old, new = getattr(large(), name), getattr(plan, name)
        assert new[: len(old)] == old if isinstance(old, tuple) else new == old
    assert Plan.model_validate(plan.model_dump()) == plan


def test_the_same_file_twice_is_two_maps_with_their_own_ids() -> None:
    once, _ = bring(WALL)
    twice, shown = bring(WALL, once)
    assert len(twice.journeys) == 2
    assert errors_in(check(twice)) == ()
    assert len(twice.touchpoints) == len(once.touchpoints)
    assert shown.journey == "our-journey-map-2"


@pytest.mark.parametrize("form", ["xlsx", "csv", "wide", "xml"])
def test_what_we_wrote_comes_back(form: str) -> None:
    before = small()
    wall = gather_wall(before, "j", Take(), DAY)
    made: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: map_workbook(before, wall),
        "csv": lambda: csv_cells(wall).encode(),
        "wide": lambda: csv_wide(wall).encode(),
        "xml": lambda: map_cjml(before, "j", Take()).encode(),
    }
    for plan in (before, EMPTY):
        after, _ = bring(made[form](), plan, f"map.{form}")
        assert [(name, points) for name, _, points in drawn(after)] == [("Buy", ["Web site"]), ("Use", ["Phone call"])]
        if form == "xml":
            continue
        assert [side for _, side, _ in drawn(after)] == ["buyer", "customer"]
        new = [card for card in after.cards if card not in plan.cards]
        own = "law" if form == "csv" else "what-the-law-asks"
        assert {(card.lane, card.state) for card in new} == {("insights", "kept"), (own, "new"), ("pains", "kept")}
        assert [lane.name for lane in after.journeys[-1].lanes] == ["What the law asks"]
        assert {(card.words or "I waited all day", card.state) for card in new} >= {("Too slow", "kept")}
        assert [one.words for one in after.moments[len(plan.moments) :]] == ["I want to know the day"]
        assert [(one.need, one.wants) for one in after.moments[len(plan.moments) :]] == [
            ("To take it off", "nobody waits in vain")
        ]
        assert [one.name for one in after.experiences[len(plan.experiences) :]] == ["The day comes first"]
        stages = after.journeys[-1].stages
        assert [(stage.think, stage.do) for stage in stages] == [("Does it fit?", "Look around"), ("", "")]
        assert [stage.desired for stage in stages] == [0.5, -0.2]
        assert [step.state for stage in stages for step in stage.steps] == ["kept", "new"]
        assert read_plan(write_plan(after)).journeys[-1].id == after.journeys[-1].id


def test_merged_cells_hidden_sheets_formulas_and_empty_rows() -> None:
    def fill(made: Any) -> None:
        page = made.active
        page["A1"], page["B1"], page["D1"] = "Stage", "Buy it", "Use it"
        page.merge_cells("B1:C1")
        page["A4"], page["B4"], page["C4"], page["D4"] = "Touchpoints", "Site", "Shop", "=1+1"
        page["A5"], page["B5"] = "Pains", "slow"
        page.merge_cells("A5:A6")
        page["C6"] = "dear"
        hidden = made.create_sheet("Secret")
        hidden["A1"] = "Touchpoints"
        hidden.sheet_state = "hidden"

    plan, shown = bring(book(fill), name="map.xlsx")
    assert drawn(plan) == [("Buy it", "buyer", ["Site", "Shop"]), ("Use it", "customer", [])]
    assert sorted(card.words for card in plan.cards) == ["dear", "slow"]
    assert shown.read.sheets == ("Map",)
    assert any("Secret" in note for note in shown.notes)
    assert any("D4" in note and "formula" in note for note in shown.notes)


def test_cjml_from_elsewhere() -> None:
    text = """<?xml version="1.0"?><CJML version="2.0"><actualJourney><journeyID>AJ1</journeyID><actors><endUser actorID="Carl">
      <actorName>Carl</actorName></endUser><serviceProvider actorID="B"><companyName>Books</companyName></serviceProvider>
      </actors>
      <touchpoints><actualCommunicationPoint><touchpointID>T1</touchpointID><initiator><refersTo actorIDref="B"/>
      <initiatorLabel>Send receipt</initiatorLabel></initiator><receiver><refersTo actorIDref="Carl"/>
      <receiverLabel>Get receipt</receiverLabel>
      </receiver><channel><channelName>Email</channelName></channel></actualCommunicationPoint><actualAction><touchpointID>A1</touchpointID>
      <initiator><refersTo actorIDref="Carl"/><initiatorLabel>Reads a book</initiatorLabel></initiator>
      </actualAction></touchpoints>
      </actualJourney></CJML>"""
    plan, shown = bring(text, name="carl.xml")
    (touchpoint,) = plan.touchpoints
    assert (touchpoint.name, touchpoint.medium, touchpoint.begun_by) == ("Send receipt", "mail", "brand")
    assert [one.name for one in plan.teams] == ["Books"]
    assert plan.journeys[0].stages[0].do == "Reads a book"
    assert (shown.read.name, shown.read.shape) == ("AJ1", "cjml")


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 80_000_000)
    return out.getvalue()


LOL = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><CJML><plannedJourney>&a;</plannedJourney></CJML>'


@pytest.mark.parametrize(
    ("data", "kind", "words"),
    [
        (b"", BadInput, "empty"),
        (b"x" * 10_000_001, TooLarge, "10 MB"),
        (b"PK\x03\x04broken", BadInput, "workbook"),
        (b"\xd0\xcf\x11\xe0old", BadInput, "locked"),
        (bomb(), TooLarge, "unpacks"),
        (LOL, BadInput, "entities"),
        (b"<CJML><plannedJourney>", BadInput, "well-formed"),
        (b"<html></html>", BadInput, "no journey"),
        (b"\x89PNG\0\0\0", BadInput, "no text"),
        (b"Touchpoints\n", BadInput, "B1"),
    ],
)
def test_what_is_no_map_is_refused_with_its_place(data: bytes, kind: type[DesirelinesError], words: str) -> None:
    with pytest.raises(kind) as refused:
        bring(data, name="file.bin")
    assert words in f"{refused.value.message} {refused.value.hint}"


def test_a_sheet_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="Other"):
        bring(book(lambda made: made.active.append(["Stage", "Buy"])), name="m.xlsx", sheet="Other")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_of_any_encoding(encoding: str) -> None:
    plan, _ = bring("Phase;Erwägen;Nutzen\nKontaktpunkte;Straße;Büro\nSchmerzpunkte;zu groß;\n".encode(encoding))
    assert drawn(plan) == [("Erwägen", "buyer", ["Straße"]), ("Nutzen", "customer", ["Büro"])]
    assert [card.words for card in plan.cards] == ["zu groß"]


def test_a_trap_in_an_old_map_stays_a_text() -> None:
    trap = TRAP.replace("\0", "").replace('"', "'")
    plan, _ = bring(f'Phase,Buy\nPains,"{trap}"\nTouchpoints,"{trap}"\n')
    assert any("=cmd" in card.words for card in plan.cards)
    assert plan.touchpoints[0].id.isascii()


@pytest.mark.parametrize(
    ("means", "said"),
    [
        (
            lane_of,
            {
                "Pain Points": "pains",
                "Customer thoughts": "think",
                "Kontaktpunkte": "touchpoints",
                "KPIs": "figures",
                "Weather": "",
            },
        ),
        (lane_of, {"Backstage processes": "backstage", "Front-stage": "frontstage", "Jobs to be done": "moments"}),
        (
            field_of,
            {
                "Phase": "stage",
                "Channel": "medium",
                "Touch point": "touchpoint",
                "Opportunities": "lane:opportunities",
                "Rain": "",
            },
        ),
        (
            medium_of,
            {"E-Mail": "mail", "Hotline": "phone", "Instagram post": "message", "Flagship store": "place", "nothing": None},
        ),
        (
            side_of,
            {"Post-purchase": "customer", "Purchase": "buyer", "Awareness": "buyer", "Onboarding": "customer", "Chapter 3": None},
        ),
        (desired_of, {"+0.5": 0.5, "4/5": 0.5, "5": 1.0, "1": -1.0, "😡": -1.0, "sunny": None, "-5": -1.0}),
    ],
)
def test_words_people_use(means: Callable[[str], object], said: dict[str, object]) -> None:
    assert {one: means(one) for one in said} == said


def test_the_map_of_the_example_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "example.csv"
    path.write_text(WALL, encoding="utf-8")
    plan, shown = bring_map(EMPTY, path.read_bytes(), str(path))
    assert len(plan.journeys) == 1
    assert shown.stages[0][0].place == "B2"
