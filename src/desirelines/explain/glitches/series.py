"""From a workspace to series per touchpoint: volume, broken promises and failures, time, score, by the brand's own days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from desirelines.explain.estimating.estimate import Float, Int
from desirelines.explain.glitches.baseline import Kind, Series
from desirelines.explain.glitches.nouns import GlitchesAsk
from desirelines.explain.ground import Ground
from desirelines.measure import BROKEN, KEPT
from desirelines.plan import in_order

HOUR_US, DAY_US = 3_600_000_000, 86_400_000_000
WEEKS, BUSY = 10, 10
LONGEST_US = 30 * DAY_US
"""Longer waits are visits of their own; and in the data's first days no wait can be so long yet."""
FEWEST_DAYS = 28


@dataclass(frozen=True)
class Found:
    """One series and what it is about. `bad`: 1 where more is worse, -1 where less is, 0 neither. `fault`: for ripples."""

    id: str
    kind: Kind
    touchpoint: str
    name: str
    owner: str | None
    bad: int
    fault: str
    starts: Int
    """[n] µs"""
    series: Series


@dataclass(frozen=True)
class Cases:
    """Single cases [m] of a series: when, whose (-1: nobody known), their value."""

    at: Int
    customer: Int
    value: Float


class Shelves:
    """The cases behind every series of one ground."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.touchpoints = in_order(ground.plan.touchpoints)
        facts = ground.facts
        parts = []
        for index, (bucket, codes) in enumerate(zip(facts.trace.buckets, facts.bound.codes, strict=True)):
            start = int(facts.who.group_start[index])
            groups = facts.who.group[start : start + len(bucket.offsets) - 1]
            customer, at = np.repeat(groups, np.diff(bucket.offsets)).astype(np.int64), np.asarray(bucket.at).astype(np.int64)
            waited = np.diff(at, prepend=at[:1])
            waited[np.diff(customer, prepend=-2) != 0] = -1
            parts.append((customer, at, np.asarray(codes).astype(np.int64), waited))
        none = np.empty(0, np.int64)
        self.customer, self.at, self.code, self.waited = (np.concatenate([none, *(one[k] for one in parts)]) for k in range(4))

    def cases(self, series: str) -> Cases:
        """Those of known people of the segment, failures only where the series is of failures."""
        kind, _, name = series.partition(":")
        facts = self.ground.facts
        if kind == "promise":
            mine = facts.judgements.of(name)
            bad = facts.judgements.state[mine] == BROKEN
            found = Cases(
                facts.judgements.due[mine][bad], facts.judgements.customer[mine][bad].astype(np.int64), np.ones(int(bad.sum()))
            )
        elif kind == "failure":
            one = facts.occasions["failure"]
            own = one.touchpoint == self.place(name)
            found = Cases(one.at[own], one.customer[own].astype(np.int64), np.ones(int(own.sum())))
        elif kind == "score":
            index = next(place for place, one in enumerate(facts.answers.questions) if one.id == name)
            mine = slice(int(facts.answers.offsets[index]), int(facts.answers.offsets[index + 1]))
            found = Cases(facts.answers.at[mine], facts.answers.customer[mine].astype(np.int64), facts.answers.value[mine])
        else:
            own = self.code == facts.bound.touchpoints.index(name)
            if kind == "time":
                own &= (self.waited > 0) & (self.waited < LONGEST_US) & (self.at >= self.at.min(initial=2**62) + LONGEST_US)
            found = Cases(self.at[own], self.customer[own], np.log(np.maximum(self.waited[own], 1) / 1e6) if kind == "time" else
                          np.ones(int(own.sum())))  # fmt: skip
        return self._of_segment(found)

    def _of_segment(self, found: Cases) -> Cases:
        if self.ground.members is None or self.ground.members.all():
            return found
        keep = np.append(self.ground.members, False)[found.customer]
        return Cases(found.at[keep], found.customer[keep], found.value[keep])

    def place(self, touchpoint: str) -> int:
        return next(index for index, one in enumerate(self.touchpoints) if one.id == touchpoint)


def daily(shelves: Shelves, ask: GlitchesAsk) -> list[Found]:
    """Every series by the day, from its first case on; the last day is not over and counts for nothing."""
    ground = shelves.ground
    facts, plan = ground.facts, ground.plan
    if facts.daily.today < 0:
        return []
    starts = facts.daily.calendar.starts[: facts.daily.today + 2]
    owners = {one.id: (one.name, one.owner) for one in shelves.touchpoints}
    found: list[Found | None] = []
    for name in facts.bound.touchpoints:
        if name in owners and (not ask.touchpoint or ask.touchpoint == name):
            words, owner = owners[name]
            found.append(_volume(shelves, name, words, owner, starts))
            found.append(_means(shelves, f"time:{name}", "time", name, f"Wait before: {words}", owner, 1, starts))
            if "failure" in facts.occasions:
                found.append(_failures(shelves, name, words, owner, starts))
    for promise in in_order(plan.promises):
        if promise.id in facts.judgements.promises and (not ask.touchpoint or ask.touchpoint == promise.touchpoint):
            found.append(_broken(shelves, promise.id, promise.touchpoint, promise.name, promise.owner, starts))
    for question in facts.answers.questions:
        if not ask.touchpoint or ask.touchpoint == question.touchpoint:
            owner = owners.get(question.touchpoint, ("", None))[1]
            bad = 1 if question.kind == "effort" else -1
            found.append(
                _means(shelves, f"score:{question.id}", "score", question.touchpoint, question.words, owner, bad, starts)
            )
    return [one for one in found if one is not None]


def _volume(shelves: Shelves, name: str, words: str, owner: str | None, starts: Int) -> Found | None:
    """All events, of nobody known too, where everybody is asked about."""
    facts, n = shelves.ground.facts, len(starts) - 1
    if shelves.ground.members is None or shelves.ground.members.all():
        own = (facts.daily.code == facts.bound.touchpoints.index(name)) & (facts.daily.day < n)
        counts = np.bincount(facts.daily.day[own], (facts.daily.known + facts.daily.unknown)[own], minlength=n)
    else:
        counts = np.bincount(_units(shelves.cases(f"volume:{name}").at, starts), minlength=n)
    return _found(f"volume:{name}", "volume", name, words, owner, 0, "", starts, counts.astype(np.float64), np.ones(n), None)


def _broken(shelves: Shelves, promise: str, touchpoint: str, words: str, owner: str | None, starts: Int) -> Found | None:
    judged, n = shelves.ground.facts.judgements, len(starts) - 1
    mine = judged.of(promise)
    state = judged.state[mine]
    every = shelves._of_segment(
        Cases(
            judged.due[mine],
            judged.customer[mine].astype(np.int64),
            np.where(state == BROKEN, 1.0, np.where(state == KEPT, 0.0, np.nan)),
        )
    )
    known = np.isfinite(every.value)
    unit, broken = _units(every.at[known], starts), every.value[known]
    inside = unit >= 0
    size = np.bincount(unit[inside], minlength=n).astype(np.float64)
    value = np.bincount(unit[inside], broken[inside], minlength=n).astype(np.float64)
    fault = f"promise:{promise}"
    return _found(fault, "failure", touchpoint, f"Broken: {words}", owner, 1, fault, starts, value, size, None)


def _failures(shelves: Shelves, name: str, words: str, owner: str | None, starts: Int) -> Found | None:
    n, cases = len(starts) - 1, shelves.cases(f"failure:{name}")
    if not len(cases.at):
        return None
    value, size = (
        np.bincount(_inside(one.at, starts), minlength=n).astype(np.float64) for one in (cases, shelves.cases(f"volume:{name}"))
    )
    each = np.maximum(size, value)
    fault = f"failure:{name}"
    return _found(fault, "failure", name, f"Failed: {words}", owner, 1, fault, starts, value, each, None)


def _means(
    shelves: Shelves, series: str, kind: Kind, touchpoint: str, words: str, owner: str | None, bad: int, starts: Int
) -> Found | None:
    cases, n = shelves.cases(series), len(starts) - 1
    unit = _units(cases.at, starts)
    inside = (unit >= 0) & np.isfinite(cases.value)
    size, value, squares = (
        np.bincount(unit[inside], (cases.value**power)[inside], minlength=n).astype(np.float64) for power in (0, 1, 2)
    )
    return _found(series, kind, touchpoint, words, owner, bad, "", starts, value, size, squares)


def hourly(shelves: Shelves, ask: GlitchesAsk) -> list[Found]:
    """Known people's events by the hour over the last weeks, of touchpoints that are busy enough."""
    facts = shelves.ground.facts
    if not len(shelves.at):
        return []
    last = int(facts.daily.calendar.starts[facts.daily.today + 1])
    hours = WEEKS * 7 * 24
    starts = last - HOUR_US * np.arange(hours, -1, -1)
    season = ((starts[:-1] // HOUR_US) % 168).astype(np.int64)
    found = []
    for one in shelves.touchpoints:
        if one.id not in facts.bound.touchpoints or (ask.touchpoint and ask.touchpoint != one.id):
            continue
        counts = np.bincount(_inside(shelves.cases(f"volume:{one.id}").at, starts), minlength=hours).astype(np.float64)
        if counts.mean() >= BUSY:
            whole = np.arange(hours) < hours - 1
            series = Series("volume", counts, np.ones(hours), season, whole, None, 21 * 24, 14 * 24)
            found.append(Found(f"volume:{one.id}", "volume", one.id, one.name, one.owner, 0, "", starts[:-1], series))
    return found


def _units(at: Int, starts: Int) -> Int:
    """The unit of each instant; -1 outside."""
    unit = np.searchsorted(starts, at, side="right") - 1
    return np.asarray(np.where(unit < len(starts) - 1, unit, -1))


def _inside(at: Int, starts: Int) -> Int:
    unit = _units(at, starts)
    return np.asarray(unit[unit >= 0])


def _found(
    id_: str, kind: Kind, touchpoint: str, words: str, owner: str | None, bad: int, fault: str, starts: Int, value: Float,
    size: Float, squares: Float | None,
) -> Found | None:  # fmt: skip
    """From the first unit with a case on; None where that leaves too few."""
    some = np.flatnonzero(value if kind == "volume" else size)
    if not len(some) or len(value) - int(some[0]) < FEWEST_DAYS:
        return None
    own = slice(int(some[0]), len(value))
    n = len(value) - own.start
    season = (starts[:-1][own] + 12 * HOUR_US) // DAY_US % 7
    whole = np.arange(n) < n - 1
    series = Series(kind, value[own], size[own], season.astype(np.int64), whole, None if squares is None else squares[own])
    return Found(id_, kind, touchpoint, words, owner, bad, fault, starts[:-1][own], series)


def moment(at_us: int) -> datetime:
    return datetime.fromtimestamp(at_us / 1e6, UTC)
