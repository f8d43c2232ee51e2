"""Patterns: how often something happens in journeys, for whom, how long it takes, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.identify import customer_name
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Level
from desirelines.measure.gathering.days import iso
from desirelines.measure.intervals import LEVEL, SMALL, wilson
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.trace import Completion, Part, PatternFault

WITH, WITHOUT = "with", "without"
SHOWN = 20
"""Places of each kind, and completions."""
Text = Annotated[str, Field(max_length=4_000, description="such as Look ~> Buy; see the page on patterns")]


class PatternAsk(BaseModel):
    """Its marks are `with` and `without`: the journeys that have a match, and those that have none."""

    model_config = ConfigDict(frozen=True)

    pattern: Text
    overlap: Annotated[bool, Field(description="a match may begin inside another one")] = False
    examples: Annotated[int, Field(ge=0, le=100, description="so many of the earliest matches are shown")] = 10


class PatternHelpAsk(BaseModel):
    model_config = ConfigDict(frozen=True)

    pattern: Text = ""
    cursor: Annotated[int | None, Field(ge=0, le=4_000, description="where one writes, in characters; default: the end")] = None


@dataclass(frozen=True)
class Place:
    name: str
    count: int
    """Matches."""
    rate: float
    """Of all matches."""


@dataclass(frozen=True)
class Example:
    customer: str
    """Empty: nobody known."""
    at: str
    """When it begins."""
    steps: tuple[str, ...]
    """The first of them, what lies between matched events included."""
    length: int


@dataclass(frozen=True)
class Pattern:
    """Times are from the first to the last event of a match, None without one."""

    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    pattern: str
    count: int
    """Matches."""
    journeys_with: int
    people_with: int
    rate: Result[float]
    """Share of the journeys that have a match."""
    median_seconds: float | None
    p10_seconds: float | None
    p25_seconds: float | None
    p75_seconds: float | None
    p90_seconds: float | None
    begins_with: tuple[Place, ...]
    """The most frequent first events of matches, and so on."""
    ends_with: tuple[Place, ...]
    comes_after: tuple[Place, ...]
    """What happens right before a match."""
    leads_to: tuple[Place, ...]
    """What happens right after it."""
    opens: int
    """Matches with which the journey begins."""
    closes: int
    """Matches with which it ends."""
    examples: tuple[Example, ...]
    """The earliest ones."""
    behind_with: str
    behind_without: str


@dataclass(frozen=True)
class PatternHelp:
    """Completions take the place of what stands from `begin` to the cursor."""

    begin: int
    completions: tuple[Completion, ...]
    fault: PatternFault | None


def pattern(paths: Paths, ask: PatternAsk) -> Pattern:
    """Raises BadInput that names the character where the pattern fails, TooLarge for a pattern that would explode."""
    compiled = tracing.pattern(ask.pattern, _codes(paths))
    found = tracing.run(tracing.matches, paths.parts, compiled, paths.skip, ask.overlap, ask.examples)
    p10, p25, median, p75, p90 = (None if np.isnan(time) else float(time) / 1e6 for time in found.duration_us)
    begins, ends, before, after = (_places(row[:-1], found.count, paths.names) for row in found.places)
    with_, without = (paths.behind("pattern", ask, mark) for mark in (WITH, WITHOUT))
    low, high = wilson(found.journeys, found.journey_count) or (None, None)
    version, data = paths.plan_version, paths.trace.data_version
    caveats = (f"rests on {found.journey_count} journeys only",) if 0 < found.journey_count < SMALL else ()
    share = found.journeys / found.journey_count if found.journey_count else None
    rate = Result(
        share, "share", found.journey_count, "journeys", low, high, LEVEL, "wilson", paths.period, version, data, caveats, with_
    )
    examples = found.examples
    return Pattern(
        paths.level, paths.trace.subject, found.journey_count, paths.people, paths.period, version, data, caveats, ask.pattern,
        found.count, found.journeys, found.people, rate, median, p10, p25, p75, p90, begins, ends, before, after,
        int(found.places[2, -1]), int(found.places[3, -1]),
        tuple(
            _example(paths, int(customer), int(at), codes, int(length))
            for customer, at, codes, length in zip(examples.customer, examples.at, examples.codes, examples.length, strict=True)
        ),
        with_, without,
    )  # fmt: skip


def _codes(paths: Paths) -> dict[str, int]:
    return {name: code for code, name in enumerate(paths.names)}


def _places(counts: NDArray[np.int64], total: int, names: tuple[str, ...]) -> tuple[Place, ...]:
    order = np.argsort(-counts, kind="stable")[:SHOWN]
    return tuple(Place(names[code], int(counts[code]), int(counts[code]) / total) for code in order.tolist() if counts[code])


def _example(paths: Paths, customer: int, at: int, codes: NDArray[np.uint32], length: int) -> Example:
    steps = paths.spelled(codes[:length])
    return Example(customer_name(customer) if customer else "", iso(at), steps, length)


def of_pattern(paths: Paths, ask: PatternAsk, mark: str) -> Mask:
    """bool[j]: the journeys with a match, or those without one."""
    if mark not in (WITH, WITHOUT):
        raise BadInput(f"`{mark[:80]}` is no mark of a pattern", hint=f"{WITH} or {WITHOUT}")
    compiled = tracing.pattern(ask.pattern, _codes(paths))
    found = np.concatenate([np.empty(0, np.bool_), *tracing.having(paths.parts, compiled, paths.skip)])
    return found if mark == WITH else paths.keep & ~found


def pattern_help(paths: Paths, ask: PatternHelpAsk) -> PatternHelp:
    """What may come next in a pattern that is being written, the names that come most often first."""
    counts = _seen(paths)
    order = np.argsort(-counts, kind="stable")
    names = {paths.names[code]: f"{counts[code]:,} times" for code in order.tolist()}
    cursor = len(ask.pattern) if ask.cursor is None else ask.cursor
    found = tracing.help_at(ask.pattern, cursor, names, SHOWN)
    return PatternHelp(found.begin, found.completions, found.fault)


def _seen(paths: Paths) -> NDArray[np.int64]:
    """How often each step comes in the journeys chosen."""

    def over(part: Part) -> NDArray[np.int64]:
        edges = np.zeros(len(part.codes) + 1, np.int64)
        np.add.at(edges, part.journeys.start[part.keep], 1)
        np.add.at(edges, part.journeys.end[part.keep], -1)
        codes = part.codes[np.cumsum(edges[:-1]) > 0]
        return np.bincount(codes[codes < paths.skip], minlength=len(paths.names))[: len(paths.names)]

    total = np.zeros(len(paths.names), np.int64)
    for counts in tracing.each(over, paths.parts):
        total += counts
    return total
