"""The table behind every answer about drivers: one row an answer (or a customer), one column a driver, the outcome last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.drivers.before import Codes, Float, Int, Meetings, Told, meetings, told
from desirelines.explain.drivers.bootstrap import DRAWS, SEED, drawn_times, units_of
from desirelines.explain.drivers.crossed import Missing
from desirelines.explain.drivers.known import CALM, Driver, asked_drivers, beside, known_drivers
from desirelines.explain.drivers.nouns import DriversAsk
from desirelines.explain.drivers.outcomes import REPEAT, Rows, chosen, rows_of
from desirelines.explain.estimating.regression import least_squares, with_ones
from desirelines.explain.ground import Ground
from desirelines.measure import SMALL
from desirelines.plan import duration_us

LEAST_THERE = 0.1
"""A driver that fewer rows have is left out when nobody asked for it."""
MOST_TAKEN, ALIKE = 12, 0.6
"""Drivers taken when nobody chooses, and how closely one that is met may go with another."""
MOST_CELLS = 60_000_000
"""Draws times rows; above it fewer samples are drawn."""
LISTWISE = 0.8
"""From this share of whole rows on, the others are left out; below it, pairs are used."""


@dataclass(frozen=True)
class Design:
    """`value` [n, p] from 0 (worst) to 1 (best), nan where it is not known; `met` [n, p]: meetings in the window.

    A promise that was not made, or a wait that did not come, is not known; beside the outcome it counts as nothing gone wrong,
    and a score that was not asked for at another time as the mean of those who gave one.
    """

    rows: Rows
    drivers: tuple[Driver, ...]
    value: Float
    met: Float
    missing: Missing
    held: Float | None
    """[n, k] what was known of the customers before, where all of them are known and it is asked for"""
    left_out: tuple[str, ...]

    @property
    def y(self) -> Float:
        return self.rows.y

    @property
    def customer(self) -> Codes:
        return self.rows.window.customer

    @cached_property
    def whole(self) -> int:
        """Rows that have every driver."""
        return int(np.isfinite(self.lived).all(axis=1).sum())

    @cached_property
    def units(self) -> Int:
        return units_of(self.customer)

    @cached_property
    def times(self) -> NDArray[np.uint8]:
        """Samples of customers, the same for every figure of one answer."""
        n = len(self.y)
        return drawn_times(self.units, max(50, min(DRAWS, MOST_CELLS // max(n, 1))), SEED)

    @cached_property
    def columns(self) -> Float:
        """[n, p + 1] drivers and outcome as they are crossed: less what the customers' past already says."""
        every = np.column_stack([self.lived, self.y])
        return every if self.held is None else _without(every, self.held)

    @cached_property
    def lived(self) -> Float:
        """[n, p]: the values; of known customers, nothing gone wrong without a promise, the mean without a score elsewhere."""
        found = self.value.copy()
        for place, one in enumerate(self.drivers):
            none = np.isnan(found[:, place]) & (self.customer >= 0)
            if one.kind in ("promise", "wait"):
                found[none, place] = 1.0
            elif one.kind == "score" and not one.scale and not none.all():
                found[none, place] = np.nanmean(found[:, place])
        return found

    @cached_property
    def people(self) -> int:
        return len(np.unique(self.customer[self.customer >= 0]))


def design(ground: Ground, ask: DriversAsk, met: bool = True) -> Design | None:
    """None where there is nothing to explain. `met`: touchpoints met are drivers too when nobody chooses."""
    outcome = chosen(ground, ask.outcome)
    if not outcome:
        return None
    question = None if outcome == REPEAT else next(one for one in ground.plan.questions if one.id == outcome)
    candidates = asked_drivers(ground, question, ask.drivers) if ask.drivers.strip() else known_drivers(ground, question)
    rows = rows_of(ground, ask, outcome, beside(candidates))
    walked = meetings(ground.facts)
    value = np.column_stack([np.empty((len(rows.y), 0)), *(_column(ground, rows, walked, one) for one in candidates)])
    kept, left_out = _kept(candidates, value, bool(ask.drivers.strip()), met)
    value = value[:, kept]
    drivers = tuple(candidates[place] for place in kept)
    known = bool(len(rows.y)) and bool((rows.window.customer >= 0).all())
    held = _past(ground, rows, walked) if ask.like and known else None
    found = Design(rows, drivers, value, _met(ground, rows, walked, drivers), ask.missing or "listwise", held, left_out)
    return found if ask.missing or found.whole >= LISTWISE * len(value) else replace(found, missing="pairwise")


def _kept(candidates: tuple[Driver, ...], value: Float, asked: bool, met: bool) -> tuple[list[int], tuple[str, ...]]:
    """Places of the drivers that are taken, and why others are not."""
    n = len(value)
    there = np.isfinite(value).sum(axis=0)
    varies = np.array([len(np.unique(column[np.isfinite(column)])) > 1 for column in value.T], np.bool_)
    if asked:
        return list(range(len(candidates))), ()
    good = varies & (there >= max(SMALL, LEAST_THERE * n))
    kept = [place for place, one in enumerate(candidates) if good[place] and one.kind != "meeting"]
    taken = {candidates[place].touchpoint for place in kept}
    free = [
        place for place, one in enumerate(candidates)
        if met and good[place] and one.kind == "meeting" and one.touchpoint not in taken
    ]  # fmt: skip
    for place in sorted(free, key=lambda place: abs(float(np.nanmean(value[:, place])) - 0.5)):
        if len(kept) < MOST_TAKEN and not _told_already(value, place, kept):
            kept.append(place)
    few = [one.name for place, one in enumerate(candidates) if one.kind != "meeting" and place not in kept]
    said = f"left out, for too few have a value or all have the same: {', '.join(few[:12])}{' …' if len(few) > 12 else ''}"
    return kept, (said,) if few and n else ()


def _told_already(value: Float, place: int, kept: list[int]) -> bool:
    """Whether a driver goes so closely with one already taken that they would only blur each other."""
    for other in kept:
        both = np.isfinite(value[:, place]) & np.isfinite(value[:, other])
        a, b = value[both, place], value[both, other]
        if len(a) > 1 and a.std() > 0 and b.std() > 0 and abs(float(np.corrcoef(a, b)[0, 1])) > ALIKE:
            return True
    return False


def _column(ground: Ground, rows: Rows, walked: Meetings, driver: Driver) -> Float:
    """float[n]: the driver from 0 to 1."""
    window, facts = rows.window, ground.facts
    if driver.scale:
        return (rows.beside[driver.id] - driver.scale.low) / (driver.scale.high - driver.scale.low)
    name = driver.id.partition(":")[2]
    if driver.kind == "score":
        return window.latest(_answered(ground, name))
    if driver.kind == "promise":
        mine = facts.judgements.of(name)
        state = facts.judgements.state[mine]
        due = state <= 1
        kept = (state == 1).astype(np.float64)
        return window.latest(told(facts.judgements.customer[mine][due], facts.judgements.at[mine][due], kept[due]))
    if driver.kind == "wait":
        return window.latest(walked.quick(_place(ground, driver.touchpoint), duration_us(driver.longest)))
    if driver.id == CALM:
        contacts = facts.occasions["contact"]
        called = window.count(told(contacts.customer, contacts.at)) > 0
        return np.where(window.customer >= 0, 1.0 - called, np.nan)
    return np.where(window.customer >= 0, window.count(walked.of(_place(ground, driver.touchpoint))) > 0, np.nan)


def _answered(ground: Ground, question: str) -> Told:
    answers = ground.facts.answers
    place = next(index for index, one in enumerate(answers.questions) if one.id == question)
    mine = slice(int(answers.offsets[place]), int(answers.offsets[place + 1]))
    scale = answers.questions[place]
    return told(answers.customer[mine], answers.at[mine], (answers.value[mine] - scale.low) / (scale.high - scale.low))


def _place(ground: Ground, touchpoint: str) -> int:
    names = ground.facts.bound.touchpoints
    return names.index(touchpoint) if touchpoint in names else -1


def _met(ground: Ground, rows: Rows, walked: Meetings, drivers: tuple[Driver, ...]) -> Float:
    """[n, p]: meetings with each driver's touchpoint in the window; an answer about it counts where no event does."""
    found = np.zeros((len(rows.y), len(drivers)))
    for place, driver in enumerate(drivers):
        if driver.touchpoint and not driver.scale:
            found[:, place] = rows.window.count(walked.of(_place(ground, driver.touchpoint)))
    return found


def _past(ground: Ground, rows: Rows, walked: Meetings) -> Float | None:
    """[n, k]: how long each customer had been there before, how often, and with how many orders; None where none was."""
    window = rows.window
    every = Told(walked.customer, walked.at, np.ones(len(walked.at)))
    before = window.earlier(every)
    place = np.searchsorted(walked.customer, window.customer)
    first = np.append(walked.at, 0)[np.minimum(place, len(walked.at))]
    days = np.where(before > 0, np.maximum(window.after - first, 0) / 86.4e9, 0.0)
    parts = [np.log1p(days), np.log1p(before)]
    if "order" in ground.facts.occasions:
        orders = ground.facts.occasions["order"]
        parts.append(np.log1p(window.earlier(told(orders.customer, orders.at))))
    varies = [part for part in parts if len(part) and part.max() > part.min()]
    return np.column_stack(varies) if varies else None


def _without(columns: Float, held: Float) -> Float:
    """Each column less what `held` says of it, around its own mean."""
    found = columns.copy()
    inner = with_ones(held)
    for place in range(columns.shape[1]):
        fitted = least_squares(columns[:, place], inner)
        if fitted is None:
            continue
        column = columns[fitted.used, place]
        found[fitted.used, place] = column - fitted.fitted + column.mean()
    return found
