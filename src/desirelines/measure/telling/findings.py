"""What to know, each with its owner: ranked, and never with a figure that was not measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, get_args
from urllib.parse import quote

from desirelines.identify import Identities
from desirelines.map import CUSTOMERS_LIMIT, KINDS
from desirelines.measure.gathering.pairs import BROKEN
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.sheet import EventCount, Finding, FindingKind, PromiseFigures, Sheet, TouchpointFigures
from desirelines.measure.telling.said import Said
from desirelines.model.result import Result

EACH = 5
"""Findings of one kind, at most."""
OFTEN = 0.1
"""Share of journeys from which on a deviation at a touchpoint is a finding."""
TONES = ("bad", "doubt", "plain", "good")
RANK: tuple[FindingKind, ...] = get_args(FindingKind)
SAID = {
    "missing": "does not come in",
    "unplanned": "comes where the plan has no place for it in",
    "out of order": "comes out of order in",
    "repeated": "is repeated in",
}


def findings(
    frame: Frame, sheet: Sheet, identities: Identities | None = None, quiet: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Finding, ...]:
    """Broken promises, desire lines, silence, unowned and unmeasured places …: worst tone first, then by people concerned.

    `quiet`: ways that were judged; they take no place from those that were not.
    """
    names = {one.id: one for one in sheet.touchpoints}
    found = [
        *_promises(frame, sheet, names),
        *_desire_lines(frame, sheet, names, quiet),
        *_touchpoints(frame, sheet.touchpoints),
        *_deviations(frame, sheet),
        *_events(frame, sheet.unclaimed, "unclaimed"),
        *_events(frame, sheet.contested, "contested"),
        *_moments(frame, sheet),
        *_held(frame, identities),
    ]
    return ranked(found)


def ranked(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst tone first, then by kind, by what it comes to in money where that is known, and by people concerned."""

    def place(one: Finding) -> tuple[int, int, float, int, str]:
        money = abs(one.money.value) if one.money and one.money.value is not None and _sure(one.money) else 0.0
        return TONES.index(one.tone), RANK.index(one.kind), -money, -one.size, one.id

    return tuple(sorted(found, key=place))


def _sure(money: Result[float]) -> bool:
    """Its interval lies on one side of nothing."""
    return money.low is not None and money.high is not None and not money.low <= 0 <= money.high


def _promises(frame: Frame, sheet: Sheet, names: dict[str, TouchpointFigures]) -> Iterator[Finding]:
    for one in sheet.promises:
        if one.state not in ("broken", "in doubt"):
            continue
        touchpoint, say = names.get(one.touchpoint), Said(frame)
        state = "is broken" if one.state == "broken" else "is in doubt"
        words = f"“{one.name}” {state}: {say.share(one.kept)} kept, {say.intended(one.target)} promised"
        detail = (
            f"{say.count(one.broken_count, 'time')} broken of {say.rests(one.kept, 'judged', 'judged')}{say.within(one.kept)}"
        )
        behind = f"promise={one.id}:broken"
        yield Finding(
            f"promise:{one.id}", words, detail, "promise", one.owner or (touchpoint.owner if touchpoint else None),
            broken_people(frame, one), "bad" if one.state == "broken" else "doubt", f"customers?behind={quote(behind)}",
            say.told, picture=f"map?promise={quote(one.id)}",
        )  # fmt: skip


def broken_people(frame: Frame, promise: PromiseFigures) -> int:
    """Customers to whom it was broken in the frame."""
    judgements = frame.facts.judgements
    places = judgements.between(promise.id, *frame.bounds, frame.members)
    who = judgements.customer[places][judgements.state[places] == BROKEN]
    return len(set(who[who >= 0].tolist()))


def _desire_lines(
    frame: Frame, sheet: Sheet, names: dict[str, TouchpointFigures], quiet: frozenset[tuple[str, str]]
) -> Iterator[Finding]:
    lines = sorted((way for way in sheet.ways if way.desire), key=lambda way: -way.people)
    judged = [way for way in lines if (way.origin, way.target) in quiet]
    for way in [*[way for way in lines if way not in judged][:EACH], *judged[:EACH]]:
        origin, target, say = names[way.origin], names[way.target], Said(frame)
        words = f"{say.count(way.people, 'customer')} go from {origin.name} to {target.name}, which the plan does not draw"
        share = frame.share(way.journeys, frame.journeys)
        detail = f"{say.count(way.count, 'time')} in {say.count(way.journeys, 'journey')} ({say.share(share)} of all)"
        if way.median_seconds is not None:
            median = frame.result(way.median_seconds, "seconds", way.count, "transitions", method="median")
            detail += f", half of them within {say.lasting(median)}"
        behind = quote(f"way={way.origin}>{way.target}")
        yield Finding(
            f"way:{way.origin}>{way.target}", words, detail, "desire line", origin.owner or target.owner, way.people, "doubt",
            f"customers?behind={behind}", say.told, picture=f"map?way={quote(f'{way.origin}>{way.target}')}",
        )  # fmt: skip


def _touchpoints(frame: Frame, touchpoints: Sequence[TouchpointFigures]) -> Iterator[Finding]:
    for one in [row for row in touchpoints if row.evidence.state == "silent"][:EACH]:
        last = date.fromisoformat(one.evidence.last_at[:10]) if one.evidence.last_at else None
        yield Finding(
            f"silent:{one.id}", f"{one.name} has fallen silent", f"its last event came on {last}", "silent", one.owner,
            one.people, "bad", f"map?touchpoint={quote(one.id)}", since_on=last, picture=f"map?touchpoint={quote(one.id)}",
        )  # fmt: skip
    unowned = sorted((row for row in touchpoints if not row.owner and row.people), key=lambda row: -row.people)
    for one in unowned[:EACH]:
        say = Said(frame)
        detail = f"{say.count(one.people, 'customer')} came by"
        yield Finding(
            f"unowned:{one.id}", f"{one.name} belongs to nobody", detail, "unowned", None, one.people, "doubt",
            f"map?touchpoint={quote(one.id)}", say.told, picture=f"map?touchpoint={quote(one.id)}",
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
        say = Said(frame)
        words = f"{one.name} {SAID[kind]} {say.share(frame.share(journeys, frame.journeys))} of journeys"
        detail = f"{say.count(journeys, 'journey')} of {say.count(people, 'customer')}"
        yield Finding(
            f"deviation:{kind}:{one.id}", words, detail, "deviation", one.owner, people, "doubt",
            f"customers?behind={quote(f'deviation={kind}:{one.id}')}", say.told, picture="journeys",
        )  # fmt: skip


def _events(frame: Frame, rows: Sequence[EventCount], kind: Literal["unclaimed", "contested"]) -> Iterator[Finding]:
    for one in rows[:EACH]:
        if kind == "contested":
            words = f"{one.event} is claimed by {' and '.join(one.touchpoints)}, so it is given to neither"
        else:
            words = f"No touchpoint claims {one.event}"
        say = Said(frame)
        detail = f"{say.count(one.events, 'event')} of {say.count(one.people, 'customer')}"
        yield Finding(
            f"{kind}:{one.event}", words, detail, kind, None, one.people, "doubt" if kind == "contested" else "plain",
            f"map?event={quote(one.event)}", say.told, picture=f"map?event={quote(one.event)}",
        )  # fmt: skip


def _moments(frame: Frame, sheet: Sheet) -> Iterator[Finding]:
    guessed = [one for one in sheet.moments if one.grade == "guessed"]
    if guessed:
        say = Said(frame)
        resting = say.count(len(guessed), "moment rests", "moments rest")
        words = f"{resting} on guesses only, of {say.count(len(sheet.moments), 'moment')}"
        yield Finding(
            "unmeasured:moments", words, "; ".join(f"“{one.words}”" for one in guessed[:3]), "unmeasured", None, 0, "plain",
            "map?lane=moments", say.told, picture="map?lane=moments",
        )  # fmt: skip


def _held(frame: Frame, identities: Identities | None) -> Iterator[Finding]:
    held = [one for one in identities.held if one.reason == "over-joining"] if identities else []
    if held:
        linked, say = sum(one.linked for one in held), Said(frame)
        words = f"{say.count(len(held), 'identifier')} would join too many people: not applied"
        detail = f"together linked with {say.count(linked, 'other value')}"
        yield Finding("held", words, detail, "held", None, linked, "plain", "data?show=held", say.told, picture="data?show=held")
