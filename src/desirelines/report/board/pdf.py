"""A drawn map as PDF: vectors, text that can be selected, fonts inside, the same bytes for the same map."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from desirelines.report.board.inks import INK, PAPER
from desirelines.report.board.marks import Box, Disc, Drawing, Mark, Photo, Stroke, Words
from desirelines.report.board.measuring import clean
from desirelines.report.board.svg import Seen
from desirelines.report.letters import BOLD, PLAIN, fonts, markup, runs

OVERLEAF = 9.0
"""Points of the texts that did not fit their cards."""
EDGE = 48.0


def pdf(drawing: Drawing, pictures: Mapping[str, Seen] | None = None) -> bytes:
    """All pages, and behind them what was too long for a card, in full."""
    fonts()
    out = BytesIO()
    first = drawing.pages[0]
    canvas = Canvas(out, pagesize=(first.wide, first.tall), invariant=1, pageCompression=1, lang="en")
    canvas.setTitle(clean(f"{drawing.brand}: {drawing.title}"))
    canvas.setAuthor(clean(drawing.brand))
    canvas.setCreator("Desirelines")
    for page in drawing.pages:
        canvas.setPageSize((page.wide, page.tall))
        for mark in page.marks:
            _mark(canvas, mark, page.tall, pictures or {})
        canvas.showPage()
    _overleaf(canvas, drawing)
    canvas.save()
    return out.getvalue()


def _mark(canvas: Any, mark: Mark, tall: float, pictures: Mapping[str, Seen]) -> None:
    if isinstance(mark, Words):
        _words(canvas, mark, tall)
    elif isinstance(mark, Box):
        _box(canvas, mark, tall)
    elif isinstance(mark, Stroke):
        _stroke(canvas, mark, tall)
    elif isinstance(mark, Disc):
        _disc(canvas, mark, tall)
    elif mark.digest in pictures:
        _photo(canvas, mark, tall, pictures[mark.digest])


def _words(canvas: Any, mark: Words, tall: float) -> None:
    written = canvas.beginText(mark.x, tall - mark.y)
    written.setFillColor(HexColor(mark.ink))
    for font, letters in runs(clean(mark.text)):
        written.setFont(font or (BOLD if mark.bold else PLAIN), mark.size)
        written.textOut(letters)
    canvas.drawText(written)


def _box(canvas: Any, mark: Box, tall: float) -> None:
    if mark.fill:
        canvas.setFillColor(HexColor(mark.fill))
    if mark.edge:
        canvas.setStrokeColor(HexColor(mark.edge))
        canvas.setLineWidth(mark.thick)
        canvas.setDash(*((5 * mark.thick, 3 * mark.thick) if mark.dashed else ()))
    y, fill, stroke = tall - mark.y - mark.tall, int(bool(mark.fill)), int(bool(mark.edge))
    if mark.round:
        canvas.roundRect(mark.x, y, mark.wide, mark.tall, min(mark.round, mark.tall / 2), fill=fill, stroke=stroke)
    else:
        canvas.rect(mark.x, y, mark.wide, mark.tall, fill=fill, stroke=stroke)
    canvas.setDash()


def _stroke(canvas: Any, mark: Stroke, tall: float) -> None:
    canvas.setStrokeColor(HexColor(mark.ink))
    canvas.setLineWidth(mark.thick)
    canvas.setDash(*((4 * mark.thick, 3 * mark.thick) if mark.dashed else ()))
    canvas.setStrokeAlpha(mark.dense)
    path = canvas.beginPath()
    (x, y), *others = mark.points
    path.moveTo(x, tall - y)
    if mark.curved:
        (a, b), (c, d), (e, f) = others
        path.curveTo(a, tall - b, c, tall - d, e, tall - f)
    else:
        for x, y in others:
            path.lineTo(x, tall - y)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setStrokeAlpha(1)
    canvas.setDash()


def _disc(canvas: Any, mark: Disc, tall: float) -> None:
    ring, y = 0.22 * mark.r, tall - mark.y
    canvas.setStrokeColor(HexColor(mark.ink))
    canvas.setLineWidth(ring)
    canvas.setDash(*((mark.r * 0.5, mark.r * 0.35) if mark.open else ()))
    canvas.setFillColor(HexColor(mark.ink if mark.share >= 1 else PAPER))
    canvas.circle(mark.x, y, mark.r - ring / 2, stroke=1, fill=1)
    canvas.setDash()
    if 0 < mark.share < 1:
        canvas.setFillColor(HexColor(mark.ink))
        r = mark.r
        canvas.wedge(mark.x - r, y - r, mark.x + r, y + r, 90, -360 * mark.share, stroke=0, fill=1)


def _photo(canvas: Any, mark: Photo, tall: float, seen: Seen) -> None:
    image = ImageReader(BytesIO(seen.data))
    canvas.drawImage(image, mark.x, tall - mark.y - mark.tall, mark.wide, mark.tall, mask="auto")


def _overleaf(canvas: Any, drawing: Drawing) -> None:
    """Texts in full, each under its number, on pages as large as the map's."""
    if not drawing.overleaf:
        return
    page = drawing.pages[-1]
    canvas.setPageSize((page.wide, page.tall))
    style = ParagraphStyle(
        "overleaf", fontName=PLAIN, fontSize=OVERLEAF, leading=OVERLEAF * 1.3, textColor=HexColor(INK), splitLongWords=1
    )
    wide, y = min(page.wide - 2 * EDGE, 560.0), page.tall - EDGE
    for number, text in enumerate(drawing.overleaf, 1):
        rest = [Paragraph(f"[{number}] {markup(clean(text))}".replace("\n", "<br/>"), style)]
        while rest:
            one = rest.pop(0)
            _, needs = one.wrapOn(canvas, wide, 10_000_000)
            if needs <= y - EDGE:
                one.drawOn(canvas, EDGE, y - needs)
                y -= needs + OVERLEAF
                continue
            parts = one.split(wide, y - EDGE)
            if parts:
                _, first = parts[0].wrapOn(canvas, wide, y)
                parts[0].drawOn(canvas, EDGE, y - first)
                rest = parts[1:]
            else:
                rest = [one]
            canvas.showPage()
            y = page.tall - EDGE
    canvas.showPage()
