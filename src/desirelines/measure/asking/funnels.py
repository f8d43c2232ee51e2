"""Funnels: how many get from step to step, after how long, who drops where, and what they do then."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.funnel_nouns import Funnel, FunnelAsk, FunnelGroup, FunnelNext, FunnelStep
from desirelines.measure.asking.funnel_rows import Group, Groups, Int, Rows, groups_of, rows_of
from desirelines.measure.asking.funnel_text import SaidStep, parse_funnel, parse_names
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.intervals import LEVEL, SMALL, wilson
from desirelines.model.result import Result
from desirelines.trace import OVER, Chains

NEXT = 5
"""Names of what comes after dropping."""


def funnel(paths: Paths, ask: FunnelAsk) -> Funnel:
    """Raises BadInput that names the character where the steps fail, or what has no meaning together."""
    rows = rows_of(paths, ask)
    telling = _Telling(paths, ask, _shown(ask), tracing.tally([rows.whole]))
    nexts = _nexts(paths, rows)
    groups = _groups(telling, rows, groups_of(paths, ask, rows)) if ask.by else ()
    return Funnel(
        paths.level, paths.trace.subject, int(paths.keep.sum()), paths.people, paths.period, paths.plan_version,
        paths.trace.data_version, _caveats(paths, ask, rows, int(telling.whole.count[0])), ask.order, ask.count,
        telling.share(int(telling.whole.count[-1]), int(telling.whole.count[0]), f"reached:{len(telling.said)}"),
        tuple(replace(step, next=told) for step, told in zip(telling.steps(telling.whole), nexts, strict=True)), groups,
    )  # fmt: skip


def _shown(ask: FunnelAsk) -> tuple[SaidStep, ...]:
    """The steps with all that is excluded after each. In any order each stands for all names."""
    said, everywhere = parse_funnel(ask.steps), parse_names(ask.exclude)
    shown = [replace(one, excluded=one.excluded + everywhere) for one in said[:-1]] + [said[-1]]
    if ask.order == "any":
        names = tuple(name for one in said for name in one.names)
        excluded = tuple(dict.fromkeys(name for one in shown for name in one.excluded))
        shown = [SaidStep(names, excluded=excluded if place + 1 < len(said) else ()) for place in range(len(said))]
    return tuple(shown)


@dataclass(frozen=True)
class _Telling:
    """Turns figures into nouns. `whole`: those of all groups together."""

    paths: Paths
    ask: FunnelAsk
    said: tuple[SaidStep, ...]
    whole: tracing.Funnel

    def steps(self, figures: tracing.Funnel, group: Group | None = None) -> tuple[FunnelStep, ...]:
        base = self.whole if group and self.ask.attribution == "step" else figures
        return tuple(self._step(figures, base.count, place, f":{group.mark}" if group else "") for place in range(len(self.said)))

    def _step(self, figures: tracing.Funnel, base: Int, place: int, group: str) -> FunnelStep:
        said, count = self.said[place], int(figures.count[place])
        reached = f"reached:{place + 1}{group}"
        before = next((other for other in range(place - 1, -1, -1) if not self.said[other].optional), None)
        of = self._asked if before is None else int(base[before])
        ends = said.optional or place + 1 == len(self.said)
        p25, median, p75, p90 = (_seconds(time) for time in figures.spent_us[place])
        return FunnelStep(
            tuple(name.text for name in said.names), said.optional, tuple(name.text for name in said.excluded), count,
            self.share(count, int(base[0]), reached), self.share(count, of, reached),
            p25, median, p75, p90, _seconds(figures.since_first_us[place]), int(figures.dropped[place]), (),
            self.paths.behind("funnel", self.ask, reached),
            "" if ends else self.paths.behind("funnel", self.ask, f"dropped:{place + 1}{group}"),
        )  # fmt: skip

    @property
    def _asked(self) -> int:
        """Whom the first step is a share of; 0: attempts are a share of nothing."""
        return {"people": self.paths.people, "journeys": int(self.paths.keep.sum()), "entries": 0}[self.ask.count]

    def share(self, count: int, of: int, mark: str) -> Result[float]:
        low, high = wilson(count, of) or (None, None)
        paths = self.paths
        return Result(
            count / of if of else None, "share", of, self.ask.count, low, high, LEVEL, "wilson", paths.period, paths.plan_version,
            paths.trace.data_version, (), paths.behind("funnel", self.ask, mark),
        )  # fmt: skip


def _seconds(time_us: float) -> float | None:
    return None if np.isnan(time_us) else float(time_us) / 1e6


def _groups(telling: _Telling, rows: Rows, groups: Groups) -> tuple[FunnelGroup, ...]:
    found = []
    for number, group in enumerate(groups.names):
        chosen = (groups.of == number) & (rows.whole.place >= 0)
        some = np.flatnonzero(chosen.any(axis=1))
        if not len(some):
            continue
        whole = rows.whole
        mine = Chains(whole.journey[some], whole.reached[some], whole.place[some], whole.at[some])
        figures = tracing.tally([mine], [chosen[some]])
        steps = telling.steps(figures, group)
        rate = replace(steps[-1].rate_of_first, behind=steps[-1].behind_reached)
        found.append(FunnelGroup(group.value, group.kind, int(figures.count[0]), rate, steps))
    return tuple(found)


def _nexts(paths: Paths, rows: Rows) -> list[tuple[FunnelNext, ...]]:
    """What comes right after the last event of those who dropped at each step."""
    steps, names = len(rows.steps.steps), paths.names
    table = np.zeros((steps, len(names) + 1), np.int64)
    for part, one in zip(paths.parts, rows.parts, strict=True):
        dropped = one.reached < steps
        code = tracing.code_after(part, one.place[dropped].max(axis=1, initial=-1), paths.skip)
        np.add.at(table, (one.reached[dropped] - 1, np.where(code == OVER, len(names), code)), 1)
    return [_next(row, names) for row in table]


def _next(row: Int, names: tuple[str, ...]) -> tuple[FunnelNext, ...]:
    total, over = int(row.sum()), int(row[-1])
    best = np.argsort(-row[:-1], kind="stable")[:NEXT]
    told = [FunnelNext(names[code], "step", int(row[code]), int(row[code]) / total) for code in best.tolist() if row[code]]
    rest = total - over - sum(one.count for one in told)
    more = [FunnelNext("", "more", rest, rest / total)] if rest else []
    return (*told, *more, *([FunnelNext("", "end", over, over / total)] if over else []))


def _caveats(paths: Paths, ask: FunnelAsk, rows: Rows, begun: int) -> tuple[str, ...]:
    said = []
    if 0 < begun < SMALL:
        said.append(f"rests on {begun} {ask.count} only")
    within, ended = rows.steps.within_us, paths.journeys.ended_at
    if within is not None and len(ended):
        still = (rows.whole.reached < len(rows.steps.steps)) & (rows.whole.at[:, 0] + within > int(ended.max()))
        if still.any():
            said.append(
                f"{int(still.sum()):,} of the {ask.count} began less than {ask.within} before the data ends and may still go on"
            )
    if ask.count == "entries":
        said.append("a person counts with every attempt, and the intervals take attempts as independent")
    return tuple(said)


def of_funnel(paths: Paths, ask: FunnelAsk, mark: str) -> Mask:
    """bool[j]: the journeys in which the chains begin that `mark` stands for."""
    rows = rows_of(paths, ask)
    kind, _, rest = mark.partition(":")
    number, _, group = rest.partition(":")
    steps = len(rows.steps.steps)
    if kind not in ("reached", "dropped") or not number.isascii() or not number.isdecimal() or not 0 < int(number[:3]) <= steps:
        raise BadInput(f"`{mark[:80]}` is nothing in this funnel", hint=f"reached:1 to reached:{steps}, or dropped:1")
    step = int(number) - 1
    chosen = rows.served(step) if kind == "reached" else rows.dropped(step)
    if group:
        groups = groups_of(paths, ask, rows)
        marks = [one.mark for one in groups.names]
        if group not in marks:
            raise BadInput(f"`{group[:80]}` is no group of this funnel", hint="such as =web, other, none")
        chosen = chosen & (groups.of[:, step] == marks.index(group))
    found = np.zeros(paths.journeys.count, np.bool_)
    found[rows.whole.journey[chosen]] = True
    return found
