"""How each judged line stands: calm, walked more than when it was judged, overdue, paved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from desirelines.measure import Sheet, Way, newcombe, percent, wilson
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.studio.judging.verdicts import Basis, Judged, Verdict, VerdictSaid

State = Literal["open", "calm", "speaks", "overdue", "paved"]
NAMES: Mapping[Verdict, str] = {"pave": "pave it", "mend": "mend the cause", "watch": "watch", "accept": "accept"}


@dataclass(frozen=True)
class Standing:
    """`then`, `now`: share of journeys that walk it, when it was judged and today; `change` compares those since with then."""

    judged: Judged
    state: State
    then: Result[float] | None
    now: Result[float] | None
    change: Result[float] | None
    words: str

    @property
    def quiet(self) -> bool:
        """Whether it asks for nobody's eyes."""
        return self.state in ("calm", "paved")


@dataclass(frozen=True)
class DesireLine:
    """A way that wants a verdict, or has one. `behind`: the address of its customers."""

    journey: str
    origin: str
    origin_name: str
    target: str
    target_name: str
    count: int
    people: int
    now: Result[float]
    median_seconds: float | None
    planned: bool
    desire: bool
    state: State
    verdict: Verdict | None
    owner: str | None
    due_on: date | None
    note: str
    words: str
    then: Result[float] | None
    change: Result[float] | None
    history: tuple[VerdictSaid, ...]
    revision: int
    behind: str


def standing(found: Iterable[Judged], sheet: Sheet, today: date) -> tuple[Standing, ...]:
    """Each line of the sheet's journey with a verdict that holds. `sheet`: of all days and everybody."""
    ways = {(way.origin, way.target): way for way in sheet.ways}
    return tuple(
        _stands(one, ways.get((one.origin, one.target)), sheet, today)
        for one in found
        if one.holds and one.journey == sheet.journey
    )


def lines(sheet: Sheet, found: Iterable[Judged], today: date) -> tuple[DesireLine, ...]:
    """Desire lines, and every way that was ever judged: those that ask for a verdict first, then by people."""
    here = [one for one in found if one.journey == sheet.journey]
    stand = {(one.judged.origin, one.judged.target): one for one in standing(here, sheet, today)}
    ways = {(way.origin, way.target): way for way in sheet.ways}
    said = {(one.origin, one.target): one for one in here}
    wanted = dict.fromkeys([*(pair for pair, way in ways.items() if way.desire), *said])
    names = {one.id: one.name for one in sheet.touchpoints}
    rows = [_line(pair, ways.get(pair), sheet, stand.get(pair), said.get(pair), names) for pair in wanted]
    loud = ("speaks", "overdue", "open", "calm", "paved")
    return tuple(sorted(rows, key=lambda row: (loud.index(row.state), -row.people, row.origin, row.target)))


def _line(
    pair: tuple[str, str], way: Way | None, sheet: Sheet, stands: Standing | None, judged: Judged | None, names: Mapping[str, str]
) -> DesireLine:
    origin, target = pair
    now = stands.judged.now if stands else None
    return DesireLine(
        sheet.journey, origin, names.get(origin, origin), target, names.get(target, target), way.count if way else 0,
        way.people if way else 0, _share(way.journeys if way else 0, sheet.journeys, sheet),
        way.median_seconds if way else None, bool(way and way.planned), bool(way and way.desire),
        stands.state if stands else "open", now.verdict if now else None, now.owner if now else None,
        now.due_on if now else None, now.note if now else "", stands.words if stands else "", stands.then if stands else None,
        stands.change if stands else None, judged.said if judged else (), judged.revision if judged else 0,
        f"way={origin}>{target}",
    )  # fmt: skip


def _stands(judged: Judged, way: Way | None, sheet: Sheet, today: date) -> Standing:
    said, walked = judged.now, way.journeys if way else 0
    now = _share(walked, sheet.journeys, sheet)
    then = _share(said.basis.walked, said.basis.journeys, sheet) if said.basis else None
    change = _since(said.basis, walked, sheet) if said.basis else None
    state: State = "calm"
    if said.verdict == "pave" and way and way.planned:
        state = "paved"
    elif said.verdict == "watch" and change and change.low is not None and change.low > 0:
        state = "speaks"
    elif said.due_on and said.due_on < today:
        state = "overdue"
    return Standing(judged, state, then, now, change, _words(said, state, then, now))


def _since(basis: Basis, walked: int, sheet: Sheet) -> Result[float] | None:
    """How much more often it is walked in what came since the verdict; of all journeys where the data did not just grow.

    New minus old share, Newcombe's interval: two disjoint lots of journeys, so that growth is no echo of what was there.
    """
    hits, n = walked - basis.walked, sheet.journeys - basis.journeys
    if not (n > 0 and 0 <= hits <= n):
        hits, n = walked, sheet.journeys
    found = newcombe(hits, n, basis.walked, basis.journeys)
    if found is None or sheet.data_version == basis.data_version:
        return None
    value = hits / n - basis.walked / basis.journeys
    return Result(
        value, "share", n, "journeys since", found[0], found[1], method="newcombe", period=Period(),
        plan_version=sheet.plan_version, data_version=sheet.data_version,
    )  # fmt: skip


def _share(hits: int, n: int, sheet: Sheet) -> Result[float]:
    low, high = wilson(hits, n) or (None, None)
    return Result(
        hits / n if n else None, "share", n, "journeys", low, high, method="wilson",
        plan_version=sheet.plan_version, data_version=sheet.data_version,
    )  # fmt: skip


def _words(said: VerdictSaid, state: State, then: Result[float] | None, now: Result[float]) -> str:
    verdict = NAMES[said.verdict] if said.verdict else ""
    was = f" when it was judged, {percent(now.value)} now" if now.value is not None else ""
    share = f"{percent(then.value)} of journeys{was}" if then and then.value is not None else ""
    if state == "speaks":
        return f"It was to be watched, and it grew beyond chance: {share}"
    if state == "paved":
        return f"It is in the plan now: {share}"
    if state == "overdue":
        return f"To do: {verdict}; it was due on {said.due_on}"
    due = f", due on {said.due_on}" if said.due_on else ""
    return f"Judged: {verdict}{due}"
