"""From the plan, and the measured sheet where there is one, to a map's columns and rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desirelines.errors import NotFound
from desirelines.measure import Sheet
from desirelines.model.hint import nearest
from desirelines.plan import Journey, Plan, Stage, find, journey_of
from desirelines.studio.taking.ground import Ground
from desirelines.studio.taking.lanes import CELLS
from desirelines.studio.taking.wall import (
    WALL_LANES,
    Feeling,
    Take,
    Wall,
    WallCell,
    WallColumn,
    WallFigure,
    WallLine,
    WallNote,
    WallRow,
)

STRAY = 9_000.0
"""Where a lane stands that cards name and nobody drew."""
MOST_LINES = 40
"""Ways of each kind that a wall holds: desire lines, and planned ones beside them."""


def gather_wall(
    plan: Plan, journey: str, take: Take, on: date, version: str = "the draft", sheet: Sheet | None = None,
    notes: Sequence[WallNote] = (), why_not: str = "",
) -> Wall:  # fmt: skip
    """One map. `on`: the day it was written; `why_not`: why nothing is measured. Raises NotFound for an unknown id or lane."""
    found = journey_of(plan, journey)
    if take.persona is not None:
        find(plan.personas, take.persona, "persona")
    ground = Ground(plan, found, take, sheet if take.figures else None)
    personas = (take.persona,) if take.persona else found.personas
    return Wall(
        brand=plan.brand.name,
        simulated=plan.brand.simulated,
        journey=found.id,
        name=found.name,
        words=found.words,
        personas=tuple(ground.names.get(f"persona:{one}", one) for one in personas),
        version=version,
        on=on,
        data=_data(ground.sheet, why_not, take),
        columns=tuple(_column(ground, stage) for stage in ground.stages),
        rows=_rows(ground),
        lines=_lines(ground),
        notes=tuple(notes),
        seam=_seam(ground.sheet),
        caveats=ground.sheet.caveats if ground.sheet else (),
    )


def lanes_of(journey: Journey, take: Take, held: Sequence[str]) -> list[tuple[str, str]]:
    """The rows' ids and names in order. `held`: lanes that cards stand in. Raises NotFound for a lane asked for that is none."""
    own = {lane.id: lane for lane in journey.lanes}
    names = {
        **WALL_LANES,
        **{one: one for one in held if one not in WALL_LANES},
        **{lane.id: lane.name for lane in journey.lanes if lane.name},
    }
    places = {name: 100.0 * (place + 1) for place, name in enumerate(WALL_LANES)}
    places.update({lane.id: lane.order for lane in journey.lanes})
    if take.lanes:
        for one in take.lanes:
            if one not in names and one not in own:
                raise NotFound(f"this map has no lane `{one[:64]}`", hint=nearest(one, names))
        return [(one, names.get(one, one)) for one in dict.fromkeys(take.lanes)]
    shown = [name for name in names if not (name in own and own[name].hidden)]
    return [(name, names[name]) for name in sorted(shown, key=lambda name: places.get(name, STRAY))]


def _rows(ground: Ground) -> tuple[WallRow, ...]:
    cards: dict[str, dict[str, list[WallCell]]] = {}
    for card in ground.cards:
        cards.setdefault(card.lane, {}).setdefault(card.stage, []).append(ground.card_cell(card))
    rows = []
    for lane, name in lanes_of(ground.journey, ground.take, list(cards)):
        cells: dict[str, tuple[WallCell, ...]] = {}
        for stage in ground.stages:
            made = CELLS[lane](ground, stage) if lane in CELLS else ()
            inside = (*made, *cards.get(lane, {}).get(stage.id, ()))
            if inside:
                cells[stage.id] = inside
        if cells or lane in ground.take.lanes or _own(ground.journey, lane):
            rows.append(WallRow(lane, name, cells))
    return tuple(rows)


def _own(journey: Journey, lane: str) -> bool:
    """Whether a map drew this row itself; those are shown even when they are empty."""
    return lane not in WALL_LANES and any(one.id == lane for one in journey.lanes)


def _column(ground: Ground, stage: Stage) -> WallColumn:
    measured = ground.measured_stages.get(stage.id)
    notes = [stage.phase or "", f"story: {stage.arc}" if stage.arc else ""]
    if stage.opens:
        notes.append(f"opens into {ground.names.get(f'journey:{stage.opens}', stage.opens)}")
    notes += ["in any order" if stage.any_order else "", "may come again" if stage.repeats else ""]
    felt = WallFigure.of("felt", measured.felt) if measured and measured.felt else None
    several = (("reach", measured.reach), ("time", measured.time), ("left here", measured.left)) if measured else ()
    figures = tuple(WallFigure.of(name, one) for name, one in several)
    return WallColumn(
        stage.id, stage.name, stage.side, stage.words, tuple(one for one in notes if one), ground.grade("stage", stage.id),
        figures, Feeling(stage.desired, stage.wanted, stage.wanted_n, felt),
    )  # fmt: skip


def _lines(ground: Ground) -> tuple[WallLine, ...]:
    """The widest first: desire lines, then planned ways."""
    sheet = ground.sheet
    if sheet is None:
        return ()
    names = {one.id: one.name for one in sheet.touchpoints}
    home = {one.id: one.stages[0] for one in sheet.touchpoints if one.stages}
    found = []
    for way in sorted(sheet.ways, key=lambda one: (not one.desire, -one.people, one.origin, one.target)):
        if way.origin in home and way.target in home and (way.desire or way.planned):
            found.append(WallLine(
                way.origin, way.target, names[way.origin], names[way.target], home[way.origin], home[way.target], way.people,
                way.journeys, way.rate, way.median_seconds, way.planned, way.desire,
            ))  # fmt: skip
    desire, planned = [one for one in found if one.desire], [one for one in found if not one.desire]
    return tuple(desire[:MOST_LINES] + planned[:MOST_LINES])


def _seam(sheet: Sheet | None) -> tuple[WallFigure, ...]:
    if sheet is None or sheet.seam is None:
        return ()
    return (WallFigure.of("cross the seam", sheet.seam.crossed), WallFigure.of("gap", sheet.seam.gap))


def _data(sheet: Sheet | None, why_not: str, take: Take) -> str:
    if sheet is None:
        return why_not or ("without figures" if not take.figures else "not measured yet")
    first = sheet.period.first_on.isoformat() if sheet.period.first_on else (sheet.first_at or "")[:10]
    last = sheet.period.last_on.isoformat() if sheet.period.last_on else (sheet.last_at or "")[:10]
    days = f"{first} to {last}, " if first and last else ""
    whose = f", {sheet.segment}" if sheet.segment else ""
    return f"measured {days}{sheet.journeys:,} journeys of {sheet.people:,} people{whose}, data {sheet.data_version}"
