"""The report: the same bytes for the same data, any letters, text that is never markup, figures that tie with the pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from door import Door
from shop import full

from desirelines import report
from desirelines.home import Home
from desirelines.measure import percent
from desirelines.report import Report
from desirelines.view import Question
from desirelines.workspace import Workspace


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, Workspace]:
    return full(tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def gathered(kiosk: tuple[Home, Workspace]) -> Report:
    return report.gather(kiosk[1].view(), Question())


def read(pdf: bytes) -> str:
    """All text of all pages, each run of blanks as one."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[place] for place in range(len(document))]
        texts = [page.get_textpage().get_text_range() for page in pages]
    finally:
        document.close()
    return " ".join(" ".join(texts).split())


def test_it_says_what_the_pages_say(gathered: Report) -> None:
    text = read(report.render(gathered))
    cockpit, sheet = gathered.cockpit, gathered.sheet
    assert sheet.brand in text
    assert " ".join(cockpit.headline.split()) in text
    for figure in cockpit.figures:
        assert figure.name in text
    for stage in sheet.stages:
        assert stage.name in text
        assert stage.reach.value is None or percent(stage.reach.value) in text
    for promise in sheet.promises:
        assert promise.name in text
    assert gathered.findings.rows[0].words in text


def test_the_same_data_give_the_same_bytes(gathered: Report) -> None:
    assert report.render(gathered) == report.render(gathered)


def test_its_fonts_are_inside(gathered: Report) -> None:
    found = report.render(gathered)
    assert b"FontFile2" in found
    assert b"FiraSans" in found


@pytest.mark.parametrize(
    "name",
    [
        "<b>Bold</b> & <para>",
        "</font><font name='none'>",
        "Ærøskøbing Żółć Ñandú",
        "Ελλάδα Ελβετία",
        "Москва Київ",
        "東京 스위스 한국",
        "ﷺ قهوة חנות",
        "🙂 \U0001f1e8\U0001f1ed",
        "\x00\x07\u202e\ufeff",
        "𒀀𒁀",
        "one" * 300,
        "",
    ],
)
def test_any_name_is_only_text(gathered: Report, name: str) -> None:
    sheet = gathered.sheet
    stages = tuple(replace(one, name=name) for one in sheet.stages)
    promises = tuple(replace(one, name=name) for one in sheet.promises)
    finding = replace(gathered.findings.rows[0], words=name, detail=name, owner=name)
    cockpit = replace(gathered.cockpit, headline=name, findings=(finding,) * 40)
    text = read(
        report.render(replace(gathered, sheet=replace(sheet, brand=name, stages=stages, promises=promises), cockpit=cockpit))
    )
    if name.isascii() and name.isprintable() and len(name) < 99:
        assert name in text


def test_a_plan_without_any_data_has_a_report(tmp_path: Path) -> None:
    workspace = full(tmp_path)[1]
    empty = report.gather(workspace.view(), Question(segment="did:Called; did:Bought"))
    text = read(report.render(empty))
    assert "unknown" in text
    assert "No journey began" in text


def test_over_http_it_is_a_download(kiosk: tuple[Home, Workspace]) -> None:
    door = Door(kiosk[0])
    found = door.get("/api/w/kiosk/measure/report")
    assert found.headers["content-type"] == "application/pdf"
    assert found.headers["content-disposition"] == 'attachment; filename="buy.pdf"'
    assert found.content.startswith(b"%PDF-")
    assert door.get("/api/w/kiosk/measure/report", journey="nosuch").status_code == 404
