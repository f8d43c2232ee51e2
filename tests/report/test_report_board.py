"""A map drawn: no text on another, all of it on the sheet and in the PDF, legible when it is large, the same bytes each time."""

from __future__ import annotations

import re
from itertools import pairwise

import pypdfium2
import pytest
from defusedxml import ElementTree  # type: ignore[import-untyped]
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from walls import DAY, TRAP, large, plans, small, trapped

from desirelines.plan import Brand, Journey, Plan
from desirelines.report import PAPERS, Order, Paper, draw, pdf, smallest, svg
from desirelines.report.board.marks import Drawing, Page, Stroke, Words
from desirelines.report.board.measuring import clean, width, wrapped
from desirelines.report.letters import shown
from desirelines.studio import Take, Wall, WallFigure, WallLine, gather_wall

HAIR = 0.02
SVG = "{http://www.w3.org/2000/svg}"


def wall(plan: Plan, take: Take | None = None) -> Wall:
    return gather_wall(plan, "j", take or Take(), DAY)


def said(drawing: Drawing) -> list[str]:
    return [mark.text for page in drawing.pages for mark in page.marks if isinstance(mark, Words)]


def overlaps(page: Page) -> list[tuple[str, str]]:
    """Texts whose boxes touch, swept from left to right."""
    boxes = sorted((mark.box, mark.text) for mark in page.marks if isinstance(mark, Words))
    found = []
    for place, ((left, top, right, bottom), text) in enumerate(boxes):
        for (other_left, other_top, _, other_bottom), other in boxes[place + 1 :]:
            if other_left >= right - HAIR:
                break
            if other_top < bottom - HAIR and top < other_bottom - HAIR and other_left < right - HAIR and left < right:
                found.append((text, other))
    return found


def outside(page: Page) -> list[str]:
    found = []
    for mark in page.marks:
        if isinstance(mark, Words):
            left, top, right, bottom = mark.box
            if left < -HAIR or top < -HAIR or right > page.wide + HAIR or bottom > page.tall + HAIR:
                found.append(mark.text)
    return found


def read(data: bytes) -> list[str]:
    """Each page's text, all blanks as one."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for place in range(len(document)):
            page = document[place]
            text = page.get_textpage()
            texts.append(" ".join(text.get_text_range().replace("\ufffe", "-").split()))
            text.close()
            page.close()
        return texts
    finally:
        document.close()


def test_a_small_map_has_every_part_in_its_place() -> None:
    drawing = draw(wall(small()), Order("A4"))
    assert len(drawing.pages) == 1
    assert drawing.size > 6.5
    texts = said(drawing)
    for one in (
        "A kiosk's day",
        "Before the sale",
        "After the sale",
        "Buy",
        "Use",
        "Moments",
        "Touchpoints",
        "Web site",
        "Phone call",
        "“I want to know the day”",
        "The day comes first",
        "Emotion",
        "Promises",
        "In two days",
        "Messages",
        "“We keep our day.”",
        "Owners",
        "Pains",
        "Too slow",
        "Insights",
        "“I waited all day”",
        "What the law",
        "Fourteen days",
        "Think",
        "Does it fit?",
        "to come",
        "guessed",
    ):
        assert one in texts, one
    assert any("the draft of 2026-03-01" in text and "for Milo" in text and "not measured yet" in text for text in texts)
    lanes = {
        text: mark.y
        for text in ("Moments", "Touchpoints", "Emotion", "Promises", "Pains", "Think", "What the law")
        for mark in drawing.pages[0].marks
        if isinstance(mark, Words) and mark.text == text
    }
    assert sorted(lanes, key=lambda name: lanes[name]) == list(lanes)


def test_the_drawing_of_a_small_map_is_this_and_nothing_else() -> None:
    """The structure of the SVG: the paper, two tints, the seam, one text for each line; no script, no style, no address."""
    drawing = draw(wall(small(), Take(lanes=("touchpoints",))), Order("A4"))
    root = ElementTree.fromstring(svg(drawing))
    tags = [element.tag.removeprefix(SVG) for element in root.iter()]
    assert set(tags) == {"svg", "title", "rect", "text", "path", "circle"}
    assert root.get("viewBox") == "0 0 841.89 595.28"
    fills = [element.get("fill") for element in root.iter(f"{SVG}rect")]
    assert fills[:3] == ["#ffffff", "#f1f5fb", "#f9f5ec"]
    seam = [
        element for element in root.iter(f"{SVG}path") if element.get("stroke") == "#6d3df5" and element.get("stroke-dasharray")
    ]
    assert len(seam) == 1
    texts = ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]
    assert texts == said(drawing)
    assert texts[:2] == ["A kiosk's day", texts[1]]
    assert texts[2:] == [
        "Why do buyers not return?",
        "Before the sale",
        "After the sale",
        "Buy",
        "Use",
        "Touchpoints",
        "Web site",
        "screen · Web shop",
        "Phone call",
        "phone · to come · optional",
        "before the sale",
        "after the sale",
        "guessed",
        "observed",
        "asked",
        "measured",
        "to come",
    ]
    assert not re.search(r"<script|style=|href|url\(", svg(drawing))


def test_the_same_map_has_the_same_bytes() -> None:
    assert pdf(draw(wall(small()), Order("A3"))) == pdf(draw(wall(small()), Order("A3")))
    assert svg(draw(wall(small()), Order("A3"))) == svg(draw(wall(small()), Order("A3")))


@pytest.mark.parametrize("paper", ["A0", "A4"])
def test_every_text_on_the_map_is_in_the_pdf(paper: Paper) -> None:
    drawing = draw(wall(large()), Order(paper))
    pages = read(pdf(drawing))
    assert len(pages) == len(drawing.pages)
    for page, text in zip(drawing.pages, pages, strict=True):
        lines = {" ".join(mark.text.split()) for mark in page.marks if isinstance(mark, Words)}
        assert [line for line in lines if line not in text] == []
    joined = " ".join(pages)
    for one in large().touchpoints:
        assert str(one.name.rsplit(" ", 1)[-1]) in joined


def test_two_hundred_touchpoints_are_legible_on_one_sheet_of_a0() -> None:
    found = wall(large())
    assert len([row for row in found.rows if row.cells]) >= 10
    drawing = draw(found, Order("A0"))
    assert len(drawing.pages) == 1
    assert min(mark.size for mark in drawing.pages[0].marks if isinstance(mark, Words)) >= 6
    assert drawing.size > 8
    assert (overlaps(drawing.pages[0]), outside(drawing.pages[0]), drawing.overleaf) == ([], [], ())


def test_a_map_that_does_not_fit_goes_on_and_loses_nothing() -> None:
    found = wall(large(400, 24))
    drawing = draw(found, Order("A4"))
    assert len(drawing.pages) > 4
    texts = " ".join(said(drawing))
    assert f"sheet 1 of {len(drawing.pages)}" in texts
    assert f"sheet {len(drawing.pages)} of {len(drawing.pages)}" in texts
    assert all(re.search(rf"\b{number}\b", texts) for number in range(384))
    one = draw(found, Order("A4", grow="one"))
    assert len(one.pages) == 1
    assert one.pages[0].tall > PAPERS["A4"][1]
    assert all((overlaps(page), outside(page)) == ([], []) for page in (*drawing.pages, *one.pages))


def test_a_small_map_is_not_lost_on_large_paper() -> None:
    small_drawing, large_drawing = draw(wall(small()), Order("A4")), draw(wall(small()), Order("A0"))
    assert large_drawing.size > 3.5 * small_drawing.size
    assert smallest(wall(small()), Order()).pages[0].wide == pytest.approx(PAPERS["A4"][0])
    assert smallest(wall(large()), Order()).pages[0].wide > PAPERS["A3"][0]


def test_a_map_without_stages_says_so_little() -> None:
    empty = wall(Plan(brand=Brand(name="None"), journeys=(Journey(id="j", name="Nothing"),)))
    drawing = draw(empty, Order("letter"))
    assert "Nothing" in said(drawing)
    assert read(pdf(drawing))[0].startswith("Nothing")


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), st.sampled_from(sorted(PAPERS)), st.sampled_from(["sheets", "one"]))
@example(trapped(), "A4", "sheets")
@example(trapped("W" * 10_000), "letter", "sheets")
@example(trapped("W i " * 2_500), "A4", "one")
def test_no_text_stands_on_another_and_all_are_on_the_sheet(plan: Plan, paper: Paper, grow: str) -> None:
    drawing = draw(wall(plan), Order(paper, grow="one" if grow == "one" else "sheets"))
    for page in drawing.pages:
        assert overlaps(page) == []
        assert outside(page) == []
        assert all(mark.size >= 6 for mark in page.marks if isinstance(mark, Words))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.floats(8, 200), st.booleans())
def test_lines_are_no_wider_than_their_room(text: str, room: float, bold: bool) -> None:
    lines = wrapped(clean(text), bold, 7.0, room)
    assert all(width(line, bold) * 7.0 <= room or len(line) == 1 for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


def test_what_is_too_long_for_a_card_stands_behind_in_full() -> None:
    plan = trapped("A long tale. " * 700)
    drawing = draw(wall(plan), Order("A3"))
    assert any(text.endswith("… [1]") or "[1]" in text for text in said(drawing))
    pages = read(pdf(drawing))
    assert len(pages) > len(drawing.pages)
    assert " ".join(pages).count("A long tale.") > 700


def test_a_trap_stays_text() -> None:
    drawing = draw(wall(trapped()), Order("A3"))
    text = svg(drawing)
    root = ElementTree.fromstring(text)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "rect", "text", "path", "circle"}
    assert "<script" not in text
    assert "\u202e" not in text
    assert "\x07" not in text
    told = " ".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))
    assert "<script>alert(1)</script>" in told.replace("> <", "><").replace("script> ", "script>") or "<script>" in told
    pages = " ".join(read(pdf(drawing)))
    assert "@SUM" in pages
    assert shown("東") in pages or "東" in pages


def test_ways_and_feelings_are_drawn_over_their_lanes() -> None:
    found = wall(small())
    line = WallLine("site", "call", "Web site", "Phone call", "buy", "use", 40, 41, 0.2, 60.0, False, True)
    back = WallLine("call", "site", "Phone call", "Web site", "use", "buy", 10, 10, 0.05, None, True, False)
    felt = WallFigure("felt", 0.1, -0.1, 0.3, 20, "score")
    columns = tuple(
        type(one)(**{**vars(one), "feeling": type(one.feeling)(one.feeling.desired, one.feeling.wanted, 12, felt)})
        for one in found.columns
    )
    rows = (type(found.rows[0])("ways", "Ways taken", {}), *found.rows)
    drawn = type(found)(**{**vars(found), "lines": (line, back), "columns": columns, "rows": rows})
    drawing = draw(drawn, Order("A3"))
    curves = [mark for mark in drawing.pages[0].marks if isinstance(mark, Stroke) and mark.curved]
    assert [mark.ink for mark in curves] == ["#8b8983", "#6d3df5"]
    assert curves[1].thick > curves[0].thick
    assert curves[1].points[0][0] < curves[1].points[3][0]
    assert "walked, drawn by nobody" in said(drawing)
    assert overlaps(drawing.pages[0]) == []


def test_paper_is_what_it_is_called() -> None:
    for (one, wide), (other, narrow) in pairwise(list(PAPERS.items())[:5]):
        assert wide[0] == pytest.approx(narrow[0] * 2**0.5, rel=0.005), (one, other)
    assert PAPERS["A4"] == pytest.approx((841.89, 595.28), abs=0.01)
    assert TRAP.startswith("=cmd")
