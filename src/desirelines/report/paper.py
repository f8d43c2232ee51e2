"""The report as a PDF: A4, vectors, fonts inside, the same bytes for the same data."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from desirelines.report.content import Report
from desirelines.report.drawings import INK, SOFT
from desirelines.report.letters import BOLD, PLAIN, fonts, markup
from desirelines.report.said import days
from desirelines.report.tables import base, figures, findings, promises, stages

EDGE = 48
INSET = 6
"""What a page's frame leaves free by itself."""
WIDTH = A4[0] - 2 * EDGE - 2 * INSET


def style(size: float, font: str = PLAIN, colour: Any = INK, **more: Any) -> ParagraphStyle:
    """A paragraph's form."""
    return ParagraphStyle(f"{font}{size}", fontName=font, fontSize=size, leading=size * 1.32, textColor=colour, **more)


def render(report: Report) -> bytes:
    """The bytes of the PDF. Whatever names and texts hold is shown as text."""
    fonts()
    sheet, out = report.sheet, BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=EDGE, rightMargin=EDGE, topMargin=EDGE, bottomMargin=EDGE + 10, invariant=1,
        title=f"{sheet.brand}: {sheet.journey_name}", author=sheet.brand, creator="Desirelines", lang="en",
    )  # fmt: skip
    document.build(_story(report), onFirstPage=_foot(report), onLaterPages=_foot(report))
    return out.getvalue()


def _story(report: Report) -> list[Any]:
    sheet, cockpit = report.sheet, report.cockpit
    head = f"{sheet.brand} · {sheet.journey_name} · {days(sheet.period)}"
    head += f" · {sheet.segment}" if sheet.segment else ""
    story: list[Any] = [Paragraph(markup(head), style(9, PLAIN, SOFT)), Spacer(1, 8)]
    story += [
        Paragraph(markup(cockpit.headline), style(20, BOLD)),
        Spacer(1, 6),
        Paragraph(markup(cockpit.subline), style(10, PLAIN, SOFT)),
    ]
    if sheet.simulated:
        story.append(Paragraph("Everything here is simulated: a brand that does not exist.", style(10, BOLD, SOFT)))
    story += [Spacer(1, 14), figures(report, WIDTH)]
    story += _part(
        "The journey, stage by stage", "Drawn or written, an interval holds the true value 19 times in 20.", stages(report, WIDTH)
    )
    if sheet.promises:
        story += _part("What we promised", "The line across a bar is what was promised.", promises(report, WIDTH))
    if report.findings.rows:
        story += _part(
            "What to know", "The worst first, then by money, then by how many customers are concerned.", *findings(report, WIDTH)
        )
    if report.base.rows:
        story += _part("The customer base", _base_words(report), *base(report, WIDTH))
    if sheet.caveats:
        story += _part("To mind", "", *(Paragraph(markup(f"· {one}"), style(8.5, PLAIN, SOFT)) for one in sheet.caveats))
    return story


def _part(title: str, words: str, *inside: Any) -> list[Any]:
    head = [Spacer(1, 16), Paragraph(markup(title), style(13, BOLD))]
    head += [Paragraph(markup(words), style(8.5, PLAIN, SOFT))] if words else []
    head.append(Spacer(1, 5))
    return [KeepTogether([*head, inside[0]]), *inside[1:]]


def _base_words(report: Report) -> str:
    last = next((row for row in reversed(report.base.rows) if row.complete), report.base.rows[-1])
    ratio = "" if last.quick_ratio is None else f": {last.quick_ratio:.2f} came for each who stayed away"
    return f"{last.active:,} people were active in {last.start_on:%Y-%m}{ratio} ({report.base.active_words})."


def _foot(report: Report) -> Any:
    sheet = report.sheet
    words = f"data {sheet.data_version} · plan {sheet.plan_version or 'draft'} · n and intervals at 95 %"

    def draw(canvas: Any, document: Any) -> None:
        line = Paragraph(markup(words), style(7.5, PLAIN, SOFT))
        line.wrapOn(canvas, WIDTH, 20)
        line.drawOn(canvas, EDGE + INSET, EDGE - 22)
        page = Paragraph(f"{document.page}", style(7.5, PLAIN, SOFT, alignment=TA_RIGHT))
        page.wrapOn(canvas, WIDTH, 20)
        page.drawOn(canvas, EDGE + INSET, EDGE - 22)

    return draw
