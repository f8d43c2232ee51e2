"""The list of maps: how large each is, how well it is known, when it last changed, and what shouts on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from desirelines import store
from desirelines.measure import Sheet, several
from desirelines.plan import Journey, Plan, in_order
from desirelines.studio.beginning.coverage import journey_touchpoints, known_of

State = Literal["published", "changed", "new"]


@dataclass(frozen=True)
class Shout:
    words: str
    link: str
    tone: Literal["bad", "doubt"]


@dataclass(frozen=True)
class MapRow:
    """One planned journey as the studio lists it. `known`, `touchpoints`: so many of them are measured."""

    id: str
    name: str
    words: str
    subject: str
    personas: tuple[str, ...]
    stages: tuple[str, ...]
    seam: int
    """So many of its stages stand on the buyer's side."""
    touchpoints: int
    known: int
    moments: int
    cards: int
    people: int | None
    """Who walked it, all days; None: not published, so not measured."""
    state: State
    changed_at: str | None
    changed_by: str
    shouts: tuple[Shout, ...]


def maps(
    draft: Plan,
    published: Plan | None,
    sheet_of: Callable[[str], Sheet | None],
    changed: Mapping[str, tuple[str, str]],
    beside: Sheet | None = None,
) -> tuple[MapRow, ...]:
    """Every journey of the draft in order. `sheet_of`: its measured map of all days; `changed`: journey → (instant, author).

    `beside`: any measured map, which says of a journey that is not published how well its touchpoints are known.
    """
    before = {one.id: one for one in published.journeys} if published else {}
    return tuple(
        _row(one, draft, before.get(one.id), sheet_of(one.id), changed.get(one.id), beside) for one in in_order(draft.journeys)
    )


def last_changes(database: store.Database) -> dict[str, tuple[str, str]]:
    """Journey id → when somebody last drew on its map, and who."""
    found: dict[str, tuple[str, str]] = {}
    for one in store.list_touched(database):
        if one.document.startswith("map:"):
            at = datetime.fromtimestamp(one.at_us / 1e6, tz=UTC).isoformat(timespec="seconds")
            found[one.document.removeprefix("map:")] = (at, one.author)
    return found


def _row(
    journey: Journey,
    draft: Plan,
    before: Journey | None,
    sheet: Sheet | None,
    changed: tuple[str, str] | None,
    beside: Sheet | None,
) -> MapRow:
    stages = in_order(journey.stages)
    ids = {stage.id for stage in stages}
    touchpoints = journey_touchpoints(draft, journey)
    measured = sheet or beside
    figures = {one.id: one for one in measured.touchpoints} if measured else {}
    names = {one.id: one.name for one in draft.personas}
    state: State = "new" if before is None else "published" if before == journey else "changed"
    return MapRow(
        journey.id, journey.name, journey.words, journey.subject, tuple(names[one] for one in journey.personas if one in names),
        tuple(stage.name for stage in stages), sum(stage.side == "buyer" for stage in stages), len(touchpoints),
        sum(known_of(one, figures.get(one.id)) == "measured" for one in touchpoints),
        sum(one.stage in ids for one in draft.moments), sum(one.stage in ids for one in draft.cards),
        sheet.people if sheet and before else None, state, changed[0] if changed else None, changed[1] if changed else "",
        tuple(_shouts(journey, sheet, {one.id for one in touchpoints})) if sheet and before else (),
    )  # fmt: skip


def _shouts(journey: Journey, sheet: Sheet, here: set[str]) -> list[Shout]:
    page = f"map?journey={journey.id}"
    broken = [one for one in sheet.promises if one.state == "broken" and one.touchpoint in here]
    silent = [one for one in sheet.touchpoints if one.evidence.state == "silent" and one.id in here]
    lines = [one for one in sheet.ways if one.desire and not one.quiet]
    found = []
    if broken:
        words = f"“{broken[0].name}” is broken" if len(broken) == 1 else f"{several(len(broken), 'promise')} broken"
        found.append(Shout(words, f"{page}&selected=promise:{broken[0].id}", "bad"))
    if silent:
        words = f"{silent[0].name} fell silent" if len(silent) == 1 else f"{several(len(silent), 'touchpoint')} fell silent"
        found.append(Shout(words, f"{page}&selected=touchpoint:{silent[0].id}", "bad"))
    if lines:
        found.append(Shout(f"{several(len(lines), 'desire line')} to judge", f"verdicts?journey={journey.id}", "doubt"))
    return found
