"""A map as stories for a backlog: As somebody I want something, so that something is better (one each moment and lone step)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desirelines.plan import Moment, Plan
from desirelines.studio.taking.wall import Wall, WallCell, WallColumn

STORY = ("id", "from", "stage", "as", "I want", "so that", "story", "met by", "state", "owner", "accepted when")
_WISH = re.compile(r"^i\s+(?:want|need|would like|'d like|wish)\s+(?:to\s+)?", re.IGNORECASE)
_TO = re.compile(r"^i\s+(?:want|need|would like|'d like|wish)\s+to\s", re.IGNORECASE)
_BEST = ("idea", "pilot", "live")


def stories(plan: Plan, wall: Wall) -> Iterator[tuple[str, ...]]:
    """From every moment on the map, then from every step whose touchpoint no moment speaks of."""
    known = {one.id: one for one in plan.moments}
    meant = {name for one in plan.moments for name in one.touchpoints}
    meant |= {name for one in plan.experiences for name in one.touchpoints}
    promised = {one.touchpoint: one.name for one in plan.promises}
    for place, column in enumerate(wall.columns):
        here = [cell for row in wall.rows for cell in row.cells.get(column.id, ())]
        for cell in here:
            if cell.kind == "moment" and cell.id in known:
                yield _moment(plan, wall, column, known[cell.id], cell, here, promised)
        then = wall.columns[place + 1].name if place + 1 < len(wall.columns) else ""
        for cell in here:
            if cell.kind == "touchpoint" and cell.id not in meant:
                yield _step(wall, column, cell, then, promised)


def _moment(
    plan: Plan, wall: Wall, column: WallColumn, one: Moment, cell: WallCell, here: list[WallCell], promised: dict[str, str]
) -> tuple[str, ...]:  # fmt: skip
    met = [two for two in here if two.kind == "experience" and two.of == one.id and two.state != "retired"]
    outcomes = {two.id: two.words for two in plan.outcomes}
    who, wish = cell.persona or _whose(wall), _wish(one.words)
    why = one.wants or outcomes.get(one.outcome or "", "") or one.need
    state = max((two.state for two in met), key=_BEST.index, default="open")
    owner = next((two.owner for two in met if two.owner), "")
    when = "; ".join(promised[name] for name in one.touchpoints if name in promised)
    by = "; ".join(two.words for two in met)
    return one.id, "moment", column.name, who, wish, why, _story(who, wish, why), by, state, owner, when


def _step(wall: Wall, column: WallColumn, cell: WallCell, then: str, promised: dict[str, str]) -> tuple[str, ...]:
    who, wish = cell.persona or _whose(wall), f"“{cell.words}” to work for me when I am at “{column.name}”"
    why = f"I can go on to “{then}”" if then else ""
    state = {"new": "open", "going": "to go"}.get(cell.state, "live")
    when = promised.get(cell.id, "")
    return cell.of, "step", column.name, who, wish, why, _story(who, wish, why), "", state, cell.owner, when


def _whose(wall: Wall) -> str:
    return wall.personas[0] if len(wall.personas) == 1 else "a customer"


def _wish(words: str) -> str:
    """`I want to sit on it` gives `to sit on it`; what is no wish is quoted."""
    text = " ".join(words.split()).rstrip(".!")
    if _TO.match(text):
        return f"to {_WISH.sub('', text)}"
    return _WISH.sub("", text) if _WISH.match(text) else f"an answer to “{text}”"


def _story(who: str, wish: str, why: str) -> str:
    reason = f", so that {' '.join(why.split()).rstrip('.')}" if why else ""
    return f"As {who}, I want {wish}{reason}."
