"""What to know, each with its owner: ranked, and never with a figure that was not measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from desirelines.identify import Identities
from desirelines.map import CUSTOMERS_LIMIT, KINDS
from desirelines.measure.gathering.pairs import BROKEN
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.sheet import EventCount, Finding, PromiseFigures, Sheet, TouchpointFigures
from desirelines.measure.telling.words import between, lasting, percent, several

EACH = 5
"""Findings of one kind, at most."""
OFTEN = 0.1
"""Share of journeys from which on a deviation at a touchpoint is a finding."""
TONES = ("bad", "doubt", "plain", "good")
SAID = {
    "missing": "does not come in",
    "unplanned": "comes where the plan has no place for it in",
    "out of order": "comes out of order in",
    "repeated": "is repeated in",
}


def findings(frame: Frame, sheet: Sheet, identities: Identities | None = None) -> tuple[Finding, ...]:
    """Broken promises, desire lines, silence, unowned and unmeasured places …: worst tone first, then by people concerned."""
    names = {one.id: one for one in sheet.touchpoints}
    found = [
        *_promises(frame, sheet, names),
        *_desire_lines(sheet, names),
        *_touchpoints(sheet.touchpoints),
        *_deviations(frame, sheet),
        *_events(sheet.unclaimed, "unclaimed"),
        *_events(sheet.contested, "contested"),
        *_moments(sheet),
        *_held(identities),
    ]
    return tuple(sorted(found, key=lambda one: (TONES.index(one.tone), -one.size, one.id)))


def _promises(frame: Frame, sheet: Sheet, names: dict[str, TouchpointFigures]) -> Iterator[Finding]:
    for one in sheet.promises:
        if one.state not in ("broken", "in doubt"):
            continue
        touchpoint = names.get(one.touchpoint)
        said = "is broken" if one.state == "broken" else "is in doubt"
        yield Finding(
            f"promise:{one.id}", f"“{one.name}” {said}: {percent(one.kept.value or 0.0)} kept, {percent(one.target)} promised",
            f"{several(one.broken_count, 'time')} broken of {several(one.kept.n, 'judged', 'judged')}"
            f"{between(one.kept.low, one.kept.high)}",
            "promise", one.owner or (touchpoint.owner if touchpoint else None), broken_people(frame, one),
            "bad" if one.state == "broken" else "doubt", f"customers?behind={quote(f'promise={one.id}:broken')}",
        )  # fmt: skip


def broken_people(frame: Frame, promise: PromiseFigures) -> int:
    """Customers to whom it was broken in the frame."""
    judgements = frame.facts.judgements
    places = judgements.between(promise.id, *frame.bounds, frame.members)
    who = judgements.customer[places][judgements.state[places] == BROKEN]
    return len(set(who[who >= 0].tolist()))


def _desire_lines(sheet: Sheet, names: dict[str, TouchpointFigures]) -> Iterator[Finding]:
    lines = sorted((way for way in sheet.ways if way.desire), key=lambda way: -way.people)
    for way in lines[:EACH]:
        origin, target = names[way.origin], names[way.target]
        pause = "" if way.median_seconds is None else f", half of them within {lasting(way.median_seconds)}"
        yield Finding(
            f"way:{way.origin}>{way.target}",
            f"{several(way.people, 'customer')} go from {origin.name} to {target.name}, which the plan does not draw",
            f"{several(way.count, 'time')} in {several(way.journeys, 'journey')} ({percent(way.rate)} of all){pause}",
            "desire line", origin.owner or target.owner, way.people, "doubt",
            f"customers?behind={quote(f'way={way.origin}>{way.target}')}",
        )  # fmt: skip


def _touchpoints(touchpoints: Sequence[TouchpointFigures]) -> Iterator[Finding]:
    for one in [row for row in touchpoints if row.evidence.state == "silent"][:EACH]:
        yield Finding(
            f"silent:{one.id}", f"{one.name} has fallen silent", f"its last event came on {(one.evidence.last_at or '')[:10]}",
            "silent", one.owner, one.people, "bad", f"map?touchpoint={quote(one.id)}",
        )  # fmt: skip
    unowned = sorted((row for row in touchpoints if not row.owner and row.people), key=lambda row: -row.people)
    for one in unowned[:EACH]:
        yield Finding(
            f"unowned:{one.id}", f"{one.name} belongs to nobody", f"{several(one.people, 'customer')} came by",
            "unowned", None, one.people, "doubt", f"map?touchpoint={quote(one.id)}",
        )  # fmt: skip


def _deviations(frame: Frame, sheet: Sheet) -> Iterator[Finding]:
    features, counts = frame.matched.features, frame.counts
    rows = []
    for code, one in enumerate(sheet.touchpoints):
        for kind in KINDS:
            which = features.deviation(kind, code)
            journeys, people = int(counts.journeys[which]), int(counts.people[which])
            unknown = kind == "missing" and one.evidence.state == "unmeasured"  # what nothing measures is not missing
            if journeys >= OFTEN * frame.journeys and people >= CUSTOMERS_LIMIT and not unknown:
                rows.append((people, journeys, kind, one))
    for people, journeys, kind, one in sorted(rows, key=lambda row: -row[0])[:EACH]:
        yield Finding(
            f"deviation:{kind}:{one.id}", f"{one.name} {SAID[kind]} {percent(journeys / frame.journeys)} of journeys",
            f"{several(journeys, 'journey')} of {several(people, 'customer')}", "deviation", one.owner, people, "doubt",
            f"customers?behind={quote(f'deviation={kind}:{one.id}')}",
        )  # fmt: skip


def _events(rows: Sequence[EventCount], kind: str) -> Iterator[Finding]:
    for one in rows[:EACH]:
        if kind == "contested":
            words = f"{one.event} is claimed by {' and '.join(one.touchpoints)}, so it is given to neither"
        else:
            words = f"No touchpoint claims {one.event}"
        yield Finding(
            f"{kind}:{one.event}", words, f"{several(one.events, 'event')} of {several(one.people, 'customer')}",
            "contested" if kind == "contested" else "unclaimed", None, one.people, "doubt" if kind == "contested" else "plain",
            f"map?event={quote(one.event)}",
        )  # fmt: skip


def _moments(sheet: Sheet) -> Iterator[Finding]:
    guessed = [one for one in sheet.moments if one.grade == "guessed"]
    if guessed:
        yield Finding(
            "unmeasured:moments", f"{len(guessed)} of {several(len(sheet.moments), 'moment')} rest on guesses only",
            "; ".join(f"“{one.words}”" for one in guessed[:3]), "unmeasured", None, 0, "plain", "map?lane=moments",
        )  # fmt: skip


def _held(identities: Identities | None) -> Iterator[Finding]:
    held = [one for one in identities.held if one.reason == "over-joining"] if identities else []
    if held:
        linked = sum(one.linked for one in held)
        words = f"{several(len(held), 'identifier')} would join too many people: not applied"
        detail = f"together linked with {several(linked, 'other value')}"
        yield Finding("held", words, detail, "held", None, linked, "plain", "data?show=held")
