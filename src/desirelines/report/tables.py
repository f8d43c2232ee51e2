"""The report's parts as tables: four figures, stages, promises, findings, the customer base."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Spacer, Table

from desirelines.measure import Finding, percent, several
from desirelines.report.content import MOST_MONTHS, Report
from desirelines.report.drawings import BROKEN, DOUBT, GROUND, INK, KEPT, LINE, SOFT, STATES, Months, ShareBar, Stretches
from desirelines.report.letters import BOLD, PLAIN, markup
from desirelines.report.said import interval, rests, value

MOST_FINDINGS = 12
LONGEST = 300
"""Letters of a cell: a row that is longer than a page cannot be drawn."""
WHAT = "what, not why"
"""Beside a finding that says nothing about why."""
TONES = {"bad": BROKEN, "doubt": DOUBT, "good": KEPT, "plain": LINE}
LEAST = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 8), ("VALIGN", (0, 0), (-1, -1), "TOP")]


def cell(text: str, size: float = 8.5, font: str = PLAIN, colour: Any = INK) -> Paragraph:
    """A cell's text, broken anywhere where a word is longer than the column."""
    form = ParagraphStyle("cell", fontName=font, fontSize=size, leading=size * 1.3, textColor=colour, splitLongWords=1)
    return Paragraph(markup(text if len(text) <= LONGEST else f"{text[:LONGEST]} …"), form)


def table(head: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> Table:
    """Rows under a head that is repeated on each page."""
    lines = [[cell(one, 7.5, PLAIN, SOFT) for one in head], *rows]
    ruled = [
        *LEAST,
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
    ]
    return Table(lines, colWidths=list(widths), repeatRows=1, style=ruled, hAlign="LEFT")


def figures(report: Report, width: float) -> Table:
    """The cockpit's figures side by side."""
    cells = []
    for one in report.cockpit.figures:
        inside: list[Any] = [cell(one.name, 8.5, PLAIN, SOFT), Spacer(1, 2), cell(value(one.result), 17, BOLD)]
        if one.result is not None:
            inside.append(cell(rests(one.result), 7.5, PLAIN, SOFT))
        inside += [Spacer(1, 2), Stretches(one.series), cell(one.words, 7.5, PLAIN, SOFT)]
        cells.append(inside)
    count = max(1, len(cells))
    ruled = [("BACKGROUND", (0, 0), (-1, -1), GROUND), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 8)]
    return Table(
        [cells or [[cell("")]]],
        colWidths=[width / count] * count,
        hAlign="LEFT",
        style=[*ruled, ("TOPPADDING", (0, 0), (-1, -1), 7), ("BOTTOMPADDING", (0, 0), (-1, -1), 8)],
    )


def stages(report: Report, width: float) -> Table:
    """Reach, time, leaving and feeling of each stage."""
    rows = []
    for one in report.sheet.stages:
        reach, felt = one.reach, one.felt
        desired = "" if one.desired is None else f" (desired {one.desired:+.1f})"
        rows.append([
            [cell(one.name, 9, BOLD), cell("before the sale" if one.side == "buyer" else "after the sale", 7, PLAIN, SOFT)],
            ShareBar(reach.value, reach.low, reach.high),
            [cell(value(reach)), cell(rests(reach), 7, PLAIN, SOFT)],
            [cell(value(one.time)), cell(rests(one.time), 7, PLAIN, SOFT)],
            [cell(value(one.left)), cell(rests(one.left), 7, PLAIN, SOFT)],
            [cell(f"{value(felt)}{desired}" if felt else "not asked"), cell(rests(felt), 7, PLAIN, SOFT)],
        ])  # fmt: skip
    shares = (0.2, 0.19, 0.16, 0.16, 0.15, 0.14)
    return table(
        ["stage", "reach", "", "time (half are faster)", "left here", "felt, -1 to 1"], rows, [width * one for one in shares]
    )


def promises(report: Report, width: float) -> Table:
    """Each promise against its target."""
    rows = []
    for one in report.sheet.promises:
        kept = one.kept
        judged = f"{one.broken_count:,} broken of {kept.n:,}{f', {one.open_count:,} open' if one.open_count else ''}"
        rows.append([
            [cell(one.name, 9, BOLD), cell(_owner(report, one.owner), 7, PLAIN, SOFT)],
            ShareBar(kept.value, kept.low, kept.high, one.target, STATES.get(one.state, LINE)),
            [cell(value(kept)), cell(interval(kept), 7, PLAIN, SOFT)],
            cell(percent(one.target)),
            [cell(one.state), cell(judged, 7, PLAIN, SOFT)],
        ])  # fmt: skip
    return table(["promise", "kept", "", "promised", ""], rows, [width * one for one in (0.32, 0.19, 0.16, 0.11, 0.22)])


def findings(report: Report, width: float) -> list[Any]:
    """What to know, with owner and how sure the why is."""
    shown = report.findings.rows[:MOST_FINDINGS]
    rows = [_finding(report, one) for one in shown]
    found: list[Any] = [
        table(["", "owner", "how sure why", "customers"], rows, [width * one for one in (0.56, 0.16, 0.16, 0.12)])
    ]
    hidden = len(report.findings.rows) - len(shown)
    if hidden:
        found.append(
            cell(f"{several(hidden, 'smaller finding stands', 'smaller findings stand')} in the cockpit only.", 8, PLAIN, SOFT)
        )
    return found


def _finding(report: Report, one: Finding) -> list[Any]:
    money = "" if one.money is None or one.money.value is None else f"{one.money.value:,.0f} {one.money.unit}"
    detail = ". ".join(part for part in (one.detail, money) if part)
    ruled = [
        *LEAST,
        ("BACKGROUND", (0, 0), (0, 0), TONES[one.tone]),
        ("LEFTPADDING", (1, 0), (1, 0), 6),
        ("RIGHTPADDING", (0, 0), (0, 0), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ]
    mark = Table([["", [cell(one.words, 9), cell(detail, 7.5, PLAIN, SOFT)]]], colWidths=[3, None], style=ruled)
    return [mark, cell(_owner(report, one.owner)), cell(one.rung or WHAT), cell(f"{one.size:,}" if one.size else "")]


def base(report: Report, width: float) -> list[Any]:
    """Who is new, came back or stayed away, by month."""
    rows = report.base.rows[-MOST_MONTHS:]
    legend = "grey: active the month before · blue: for the first time · amber: back after a pause · red, below: not back"
    lines = []
    for row in reversed(rows[-6:]):
        counts = (row.active, row.new, row.retained, row.resurrected, row.churned)
        month = f"{row.start_on:%Y-%m}{'' if row.complete else ', not over yet'}"
        ratio = "" if row.quick_ratio is None else f"{row.quick_ratio:.2f}"
        lines.append([cell(month), *(cell(f"{n:,}") for n in counts), cell(ratio)])
    head = ["month", "active", "new", "retained", "back", "not back", "quick ratio"]
    return [Months(rows, width), cell(legend, 7.5, PLAIN, SOFT), Spacer(1, 4), table(head, lines, [width / 7] * 7)]


def _owner(report: Report, owner: str | None) -> str:
    return report.owners.get(owner, owner) if owner else "nobody's"
