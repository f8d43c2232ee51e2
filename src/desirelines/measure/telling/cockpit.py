"""One page for who leads: a sentence, four figures, what to know."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from desirelines.identify import Identities
from desirelines.map import CUSTOMERS_LIMIT, RATE_LIMIT
from desirelines.measure.gathering.pairs import BROKEN, KEPT
from desirelines.measure.intervals import LEVEL, recommend
from desirelines.measure.mapping.compose import sheet
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.sheet import Cockpit, Headline, PromiseFigures, Sheet
from desirelines.measure.telling.base import customer_base, stretches
from desirelines.measure.telling.findings import findings
from desirelines.measure.telling.words import between, percent, several
from desirelines.model.result import Result

PROMOTER, DETRACTOR = 0.9, 0.6
"""Shares of the scale: 9 and 10 of 0 to 10 recommend, 0 to 6 do not."""
Stretches = Sequence[tuple[int, int]]
Tone = Literal["good", "bad", "doubt", "plain", "unknown"]


def cockpit(
    frame: Frame,
    identities: Identities | None = None,
    desire_rate: float = RATE_LIMIT,
    desire_customers: int = CUSTOMERS_LIMIT,
) -> Cockpit:
    """What the frame's journey, period and segment come to. `identities` tell what is held."""
    whole, parts = sheet(frame, desire_rate, desire_customers), stretches(frame)
    figures = (
        recommendation(frame, parts), worst_promise(frame, whole, parts), base(frame, parts), following(frame, whole, parts)
    )  # fmt: skip
    headline, subline = _headline(frame, whole)
    return Cockpit(
        headline, subline, figures, findings(frame, whole, identities), frame.period, frame.plan_version,
        frame.matched.data_version,
    )  # fmt: skip


def _headline(frame: Frame, whole: Sheet) -> tuple[str, str]:
    known = "" if whole.known.value is None else f"; {percent(whole.known.value)} of all events belong to known people"
    subline = (
        f"{several(whole.journeys, 'journey')} of {several(whole.people, 'customer')}, {several(whole.events, 'event')}{known}."
    )
    worst = _worst(whole)
    if worst and worst.kept.value is not None and worst.state == "broken":
        kept = f"{percent(worst.kept.value)} of {worst.kept.n:,} cases"
        return f"“{worst.name}” was kept in {kept}; {percent(worst.target)} was promised.", subline
    if whole.following.fitting.value is not None:
        lead = "Every promise that could be judged holds, and " if worst and worst.state == "kept" else ""
        words = f"{lead}{percent(whole.following.fitting.value)} of {several(whole.journeys, 'journey')} went exactly as planned."
        return words[0].upper() + words[1:], subline
    if whole.journeys:
        return f"{several(whole.journeys, 'journey')} happened; the plan draws none yet.", subline
    planned = f"{several(len(whole.touchpoints), 'touchpoint')} in {several(len(whole.stages), 'stage')}"
    return f"{planned}, and nothing measured yet in this period.", subline


def recommendation(frame: Frame, parts: Stretches) -> Headline:
    """Net recommendation of all recommend questions together, or honestly that it cannot be said."""
    answers = frame.facts.answers
    asked = [index for index, question in enumerate(answers.questions) if question.kind == "recommend"]
    if not asked:
        return Headline(
            "Would recommend", None, "Not asked yet: the plan has no question that asks for it.", "unknown", "plan/touchpoints"
        )

    def counts(low: int, high: int) -> tuple[int, int, int]:
        scores = np.concatenate([answers.scores(index, low, high, frame.members) for index in asked])
        shares = (scores + 1) / 2  # rounded, for nine tenths are no exact number
        return int((shares >= PROMOTER - 1e-9).sum()), int((shares <= DETRACTOR + 1e-9).sum()), len(scores)

    promoters, detractors, n = counts(*frame.bounds)
    found = recommend(promoters, detractors, n)
    if found is None:
        nothing = frame.result(None, "points", 0, "answers", method="adjusted wald")
        return Headline("Would recommend", nothing, "Asked, but not answered in this period.", "unknown", "map")
    value, (low, high) = found
    result = frame.result(value, "points", n, "answers", low=low, high=high, level=LEVEL, method="adjusted wald")
    words = f"{value:+.0f} ({low:+.0f} to {high:+.0f}) of {several(n, 'answer')}: {promoters:,} would, {detractors:,} would not."
    series = [recommend(*counts(*part)) for part in parts]
    tone: Tone = "good" if low > 0 else "bad" if high < 0 else "doubt"
    return Headline("Would recommend", result, words, tone, "map", tuple(one[0] if one else None for one in series))


def _worst(whole: Sheet) -> PromiseFigures | None:
    """The judged promise that lies furthest under (or least above) its target."""
    judged = [one for one in whole.promises if one.kept.value is not None]
    return min(judged, key=lambda one: ((one.kept.value or 0.0) - one.target, one.id), default=None)


def worst_promise(frame: Frame, whole: Sheet, parts: Stretches) -> Headline:
    """The promise that is kept least, held against its target."""
    worst = _worst(whole)
    if worst is None or worst.kept.value is None:
        words = "No promise could be judged in this period." if whole.promises else "No promise is made measurable yet."
        return Headline("Promise kept least", None, words, "unknown", "plan/promises")
    words = (
        f"“{worst.name}”: {percent(worst.kept.value)}{between(worst.kept.low, worst.kept.high)} of {worst.kept.n:,} kept, "
        f"{percent(worst.target)} promised."
    )
    judgements, series = frame.facts.judgements, []
    for low, high in parts:
        states = judgements.state[judgements.between(worst.id, low, high, frame.members)]
        kept, broken = int((states == KEPT).sum()), int((states == BROKEN).sum())
        series.append(kept / (kept + broken) if kept + broken else None)
    tone: Tone = "good" if worst.state == "kept" else "bad" if worst.state == "broken" else "doubt"
    return Headline("Promise kept least", worst.kept, words, tone, f"map?promise={worst.id}", tuple(series))


def base(frame: Frame, parts: Stretches) -> Headline:
    """Known customers active in the period, and those who came for the first time."""
    found = customer_base(frame, parts)
    if not found.active:
        return Headline("Customers active", None, "Nobody known was active in this period.", "unknown", "customers")
    result: Result[float] = frame.result(float(found.active), "customers", found.active, "customers")
    words = f"{several(found.active, 'customer')} active, {found.new:,} of them for the first time."
    return Headline("Customers active", result, words, "plain", "customers", tuple(float(count) for count in found.series))


def following(frame: Frame, whole: Sheet, parts: Stretches) -> Headline:
    """How closely journeys follow the plan: log fitness."""
    result = whole.following.log_fitness
    if result.value is None:
        words = "The plan draws no steps yet." if not frame.matched.automaton.positions else "No journey began in this period."
        return Headline("Following the plan", None, words, "unknown", "plan/journeys")
    marks = whole.following.deviations
    words = (
        f"{percent(result.value)} as planned; {several(marks.missing, 'step')} missing, {marks.unplanned:,} unplanned, "
        f"{marks.out_of_order:,} out of order, {marks.repeated:,} repeated, {marks.late:,} late."
    )
    return Headline("Following the plan", result, words, "plain", "journeys", _fitness_series(frame, parts))


def _fitness_series(frame: Frame, parts: Stretches) -> tuple[float | None, ...]:
    variants, journeys = frame.matched.variants, frame.matched.journeys
    kept = np.flatnonzero(frame.keep)
    of_stretch = np.searchsorted(np.array([low for low, _ in parts], dtype=np.int64), journeys.began_at[kept], side="right") - 1
    kept, of_stretch = kept[of_stretch >= 0], of_stretch[of_stretch >= 0]
    variant = frame.matched.variant[kept]
    whole = np.bincount(of_stretch, variants.whole[variant], len(parts))
    cost = np.bincount(of_stretch, variants.paid[variant], len(parts))
    return tuple(1 - paid / size if size else None for paid, size in zip(cost.tolist(), whole.tolist(), strict=True))
