"""The question `glitches`: what began to go otherwise than usual, where and when, how much, whom it reached and whose it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import exp

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.estimating.estimate import Estimate, Float
from desirelines.explain.estimating.looking import benjamini_hochberg
from desirelines.explain.glitches.baseline import Kind
from desirelines.explain.glitches.confirming import Glitch
from desirelines.explain.glitches.cusum import run_length
from desirelines.explain.glitches.nouns import Glitches, GlitchesAsk, GlitchRow, WatchedSeries
from desirelines.explain.glitches.runs import run_lengths
from desirelines.explain.glitches.series import Found, Shelves, daily, hourly, moment
from desirelines.explain.glitches.watching import Looked, look
from desirelines.explain.ground import Ground, Mask
from desirelines.measure import lasting, percent
from desirelines.model.hint import nearest
from desirelines.model.period import Period
from desirelines.model.result import Result

SURE = 0.05
"""Of the glitches listed at most so many may be chance, over all series together."""
SHARED = 0.3
UNITS = {"volume": "events a {}", "failure": "share", "time": "seconds", "score": "score"}
Watched = list[tuple[Found, Looked]]


def glitches(ground: Ground, ask: GlitchesAsk) -> Glitches:
    """Watched over all of the data, since the usual must be learned; listed are those that lie in the period."""
    names = [one.id for one in ground.plan.touchpoints]
    if ask.touchpoint and ask.touchpoint not in names:
        raise BadInput(f"there is no touchpoint `{ask.touchpoint}`", hint=nearest(ask.touchpoint, names))
    shelves = Shelves(ground)
    watched = [(one, look(one.series)) for one in (hourly if ask.unit == "hour" else daily)(shelves, ask)]
    p = [min((glitch.p for glitch in seen.glitches), default=1.0) for _, seen in watched]
    q = benjamini_hochberg(np.array(p))
    rows, shown = [], []
    for (one, seen), sure in zip(watched, q.tolist(), strict=True):
        mine = [_row(shelves, ask, one, seen, glitch, sure) for glitch in seen.glitches if sure <= SURE]
        mine = [row for row in mine if _within(ground, row)]
        rows += mine
        if mine or ask.touchpoint:
            shown.append(_series(one, seen, ask.unit))
    rows = _seasons(rows, sum(one.kind == "volume" for one, _ in watched))
    rows.sort(key=lambda row: (row.season, row.ended_on is not None, row.worse is not True, -(row.reached.value or 0)))
    units = sum(seen.watched for _, seen in watched)
    rang, by_chance = sum(len(seen.alarms) for _, seen in watched), units / run_length()
    return Glitches(
        tuple(rows), tuple(shown), len(watched), units, rang, by_chance, _headline(rows, len(watched)), ground.period,
        ground.plan_version, ground.facts.trace.data_version, tuple(_caveats(watched, ask, rang, by_chance)),
    )  # fmt: skip


def _within(ground: Ground, row: GlitchRow) -> bool:
    first, last = ground.period.first_on, ground.period.last_on
    return (last is None or row.began_on <= last) and (first is None or row.ended_on is None or row.ended_on > first)


def _seasons(rows: list[GlitchRow], volumes: int) -> list[GlitchRow]:
    """Volumes that most touchpoints share at that time are a season, not a glitch of one."""
    found = []
    for row in rows:
        along = {
            other.touchpoint
            for other in rows
            if row.kind == other.kind == "volume" and row.higher == other.higher and row.touchpoint != other.touchpoint
            and other.began_on <= (row.ended_on or date.max) and row.began_on <= (other.ended_on or date.max)
        }  # fmt: skip
        season = len(along) + 1 >= max(3, SHARED * volumes)
        words = (
            f"{row.words}; so it was at {len(along)} other touchpoints then: a season rather than a glitch"
            if season
            else row.words
        )
        found.append(replace(row, season=season, words=words))
    return found


def _headline(rows: list[GlitchRow], watched: int) -> str:
    if not watched:
        return "Nothing can be watched yet: it takes 28 days of a touchpoint's data"
    now = [row for row in rows if row.ended_on is None]
    if not rows:
        return "Nothing goes otherwise than usual"
    return (now or rows)[0].words


def _caveats(watched: Watched, ask: GlitchesAsk, rang: int, by_chance: float) -> list[str]:
    if not watched:
        return []
    found = [
        f"the live watch rang {rang:,} times over {len(watched):,} series; about {by_chance:,.0f} would be chance. Listed is "
        "what hindsight confirms, at most one in twenty of it by chance over all series together",
        f"the last {ask.unit} of the data is not over and is not judged",
    ]
    if ask.unit == "hour":
        found.append("by the hour only known people's events are counted, of touchpoints where ten come in an hour")
    return found


def _row(shelves: Shelves, ask: GlitchesAsk, one: Found, seen: Looked, glitch: Glitch, q: float) -> GlitchRow:
    ground, starts = shelves.ground, one.starts
    began, ended = (
        ground.day_of(int(starts[glitch.began])),
        None if glitch.ended is None else ground.day_of(int(starts[glitch.ended])),
    )
    until = int(starts[glitch.ended]) if glitch.ended is not None else int(starts[-1]) + 86_400_000_000
    cases = shelves.cases(one.id)
    mine = (cases.at >= starts[glitch.began]) & (cases.at < until) & (cases.customer >= 0)
    people = len(np.unique(cases.customer[mine]))
    mark = f"{one.id}:{began.isoformat()}:{ended.isoformat() if ended else ''}"
    behind = ground.behind("glitches", ask, mark)
    level, usual = (_figure(ground, one.kind, each, ask.unit, behind) for each in (glitch.level, glitch.usual))
    worse = None if one.bad == 0 else one.bad * glitch.side > 0
    return GlitchRow(
        one.id, one.kind, one.touchpoint, one.name, one.owner, _words(one, glitch, began, ended, ask.unit), began,
        moment(int(starts[glitch.began])), ended, None if glitch.seen is None else ground.day_of(int(starts[glitch.seen])),
        glitch.side > 0, worse, level, usual, _change(ground, one.kind, glitch, behind),
        ground.result(float(people), "people", people, "people", behind), q, _lasting(seen.level), one.fault, False,
    )  # fmt: skip


def _figure(ground: Ground, kind: Kind, one: Estimate, unit: str, behind: str) -> Result[float]:
    low, high = one.interval() or (None, None)
    values = [one.value, low, high]
    if kind == "time":  # from logs of seconds: the middle time
        values = [None if value is None else exp(value) for value in values]
    elif kind in ("volume", "failure"):
        values = [None if value is None else max(0.0, value) for value in values]
    of = {"volume": "events", "failure": "judged", "time": "waits", "score": "answers"}[kind]
    return ground.result(
        values[0], UNITS[kind].format(unit), max(one.n, 1), of, behind, low=values[1], high=values[2], method="by days"
    )


def _change(ground: Ground, kind: Kind, glitch: Glitch, behind: str) -> Result[float]:
    """Less the usual: in points of a share or score, else as a ratio."""
    a, b = glitch.level, glitch.usual
    error = None if a.error is None or b.error is None else (a.error**2 + b.error**2) ** 0.5
    gap = Estimate(a.value - b.value, error, a.n, None)
    low, high = gap.interval() or (None, None)
    unit = {"failure": "share", "score": "score"}.get(kind, "ratio")
    values: list[float | None] = [gap.value, low, high]
    if kind == "time":
        values = [None if value is None else exp(value) for value in values]
    elif kind == "volume":
        values = [None if value is None or b.value <= 0 else max(0.0, 1 + value / b.value) for value in values]
    return ground.result(values[0], unit, max(a.n, 1), "cases", behind, low=values[1], high=values[2], method="by days")


def _words(one: Found, glitch: Glitch, began: date, ended: date | None, unit: str) -> str:
    now, usual = (_said(one.kind, each.value, unit) for each in (glitch.level, glitch.usual))
    when = f"since {began.isoformat()}" if ended is None else f"from {began.isoformat()} to {ended.isoformat()}"
    if one.kind == "volume" and glitch.level.value == 0:
        return f"{one.name} fell silent {when}: {usual} are usual"
    return f"{one.name}: {now} {when}, {usual} is usual"


def _said(kind: Kind, value: float, unit: str) -> str:
    if kind == "failure":
        return percent(value)
    if kind == "time":
        return lasting(exp(value))
    return f"{value:.2f}" if kind == "score" else f"{value:,.1f} a {unit}"


def _lasting(level: Float) -> int | None:
    """Online change points over the last half year, on a scale by the series' own noise."""
    values = level[-182:]
    fine = values[np.isfinite(values)]
    spread = float(np.std(np.diff(fine))) / 2**0.5 if len(fine) > 20 else 0.0
    if spread <= 0:
        return None
    return int(run_lengths(values, spread, float(np.median(fine)), 3 * spread)[-1])


def _series(one: Found, seen: Looked, unit: str) -> WatchedSeries:
    scale = np.exp if one.kind == "time" else np.asarray
    level, usual, low, high = (
        tuple(float(value) if np.isfinite(value) else None for value in scale(values))
        for values in (seen.level, seen.usual, seen.low, seen.high)
    )
    starts = tuple(moment(int(at)) for at in one.starts)
    words = UNITS[one.kind].format(unit)
    return WatchedSeries(one.id, one.kind, one.touchpoint, one.name, words, starts, level, usual, low, high, seen.alarms)


def of_glitches(ground: Ground, ask: GlitchesAsk, mark: str) -> Mask:
    """bool[customers]: known people of a series' cases between two days (the second open). Raises BadInput for another mark."""
    series, began, ended = [*mark.rsplit(":", 2), "", ""][:3]
    kind, _, name = series.partition(":")
    found = np.zeros(ground.customers, np.bool_)
    facts = ground.facts
    known = {
        "promise": facts.judgements.promises, "score": tuple(one.id for one in facts.answers.questions),
        "volume": facts.bound.touchpoints, "time": facts.bound.touchpoints,
        "failure": tuple(one.id for one in ground.plan.touchpoints) if "failure" in facts.occasions else (),
    }  # fmt: skip
    try:
        first, last = date.fromisoformat(began), date.fromisoformat(ended) if ended else None
    except ValueError:
        first, kind, last = date.min, "", None
    if name not in known.get(kind, ()):
        raise BadInput(f"`{mark[:80]}` is no figure of these glitches", hint="such as promise:our-day:2026-03-16:2026-04-30")
    low = Period(first).bounds_us(ground.plan.brand.zone)[0]
    high = Period(last).bounds_us(ground.plan.brand.zone)[0] if last else 2**62
    cases = Shelves(ground).cases(series)
    mine = (cases.at >= low) & (cases.at < high) & (cases.customer >= 0)
    found[cases.customer[mine]] = True
    return found
