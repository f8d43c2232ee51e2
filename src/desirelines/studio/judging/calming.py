"""Judged lines stop shouting: on the sheet, in the cockpit, among what there is to know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from desirelines.explain import Findings
from desirelines.measure import Cockpit, Finding, Sheet, ranked
from desirelines.studio.judging.standing import Standing

Pair = tuple[str, str]


def quiet_ways(standings: Iterable[Standing]) -> frozenset[Pair]:
    """The lines that were judged and ask for nothing now."""
    return frozenset(_pair(one) for one in standings if one.quiet)


def calm_sheet(sheet: Sheet, standings: Iterable[Standing]) -> Sheet:
    """Its ways with the verdicts they were given."""
    found = {_pair(one): one for one in standings}
    if not found:
        return sheet
    ways = []
    for way in sheet.ways:
        one = found.get((way.origin, way.target))
        ways.append(replace(way, verdict=one.judged.now.verdict or "", quiet=one.quiet) if one else way)
    return replace(sheet, ways=tuple(ways))


def calm_cockpit(cockpit: Cockpit, standings: Iterable[Standing]) -> Cockpit:
    """Its findings, those judged told calmly."""
    return replace(cockpit, findings=_told(cockpit.findings, {_pair(one): one for one in standings}))


def calm_findings(findings: Findings, standings: Iterable[Standing]) -> Findings:
    """What to know, those judged told calmly and ranked anew."""
    return replace(findings, rows=_told(findings.rows, {_pair(one): one for one in standings}))


def _told(rows: tuple[Finding, ...], found: Mapping[Pair, Standing]) -> tuple[Finding, ...]:
    return ranked(_tell(row, found) for row in rows) if found else rows


def _tell(row: Finding, found: Mapping[Pair, Standing]) -> Finding:
    origin, _, target = row.id.removeprefix("way:").partition(">")
    one = found.get((origin, target)) if row.kind == "desire line" else None
    if one is None:
        return row
    said = one.judged.now
    return replace(
        row, detail=f"{one.words}. {row.detail}", owner=said.owner or row.owner, tone="plain" if one.quiet else "doubt",
        verdict=said.verdict or "",
    )  # fmt: skip


def _pair(one: Standing) -> Pair:
    return one.judged.origin, one.judged.target
