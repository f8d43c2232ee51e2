"""How it was for customers: what they said, what they reached, what they will remember."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from desirelines.measure.metrics.ground import ANSWERS, MOMENTS, Ground, Missing, between, keys
from desirelines.measure.metrics.sample import Float, Int, Sample, sample
from desirelines.plan import Question, in_order

TOP_BOX = 0.75
"""From here on the scale an answer counts as satisfied: 4 and 5 of 1 to 5."""


def no_question(kind: str) -> Missing:
    return Missing(f"no question of the kind `{kind}` is asked yet: add one to a touchpoint", ANSWERS)


def nps(ground: Ground) -> Sample | Missing:
    """Answers from 0 to 10; questions on other scales are not net recommendation."""
    found = ground.answers("recommend")
    if found is None:
        return no_question("recommend")
    fits = np.array([(one.low, one.high) == (0, 10) for one in _questions(ground, "recommend")])
    if not fits.any():
        return Missing("recommendation is asked on another scale than 0 to 10", ANSWERS)
    return found if fits.all() else found.take(fits[found.part])


def satisfaction(ground: Ground) -> Sample | Missing:
    """1 where the answer lies in the top quarter of its scale."""
    found = ground.answers("satisfaction")
    if found is None:
        return no_question("satisfaction")
    return replace(found, value=(_share_of_scale(ground, found, "satisfaction") >= TOP_BOX - 1e-9).astype(np.float64))


def satisfaction_mean(ground: Ground) -> Sample | Missing:
    """Answers on 1 to 5."""
    found = ground.answers("satisfaction")
    return no_question("satisfaction") if found is None else replace(
        found, value=1 + 4 * _share_of_scale(ground, found, "satisfaction")
    )  # fmt: skip


def feeling(ground: Ground) -> Sample | Missing:
    """Answers from -1 to 1 to questions of satisfaction and recommendation: the emotional curve, by stage."""
    found = ground.answers("satisfaction", "recommend")
    if found is None:
        return no_question("satisfaction")
    return replace(found, value=2 * _share_of_scale(ground, found, "satisfaction", "recommend") - 1)


def consistency(ground: Ground) -> Sample | Missing:
    """1 where an answer feels at least as good as its stage is meant to feel; each stage's row shows where it breaks."""
    felt = feeling(ground)
    if isinstance(felt, Missing) or felt.touchpoint is None:
        return felt
    stages = ground.matched.stages
    if not any(stage.desired is not None for stage in stages):
        return Missing("no stage says how it is meant to feel: give it a desired emotion", "plan/journeys")
    wanted = np.full(len(ground.matched.touchpoints) + 1, np.nan)
    for index, stage in reversed(list(enumerate(stages))):
        if stage.desired is not None:
            wanted[np.flatnonzero(ground.matched.in_stage[:, index])] = stage.desired
    limit = wanted[felt.touchpoint]
    mine = np.flatnonzero(np.isfinite(limit))
    if not len(mine):
        return Missing("no stage with a desired emotion holds a touchpoint that customers are asked about", ANSWERS)
    return replace(felt.take(mine), value=(felt.value[mine] >= limit[mine]).astype(np.float64))


def peak_end(ground: Ground) -> Sample | Missing:
    """One row a journey with answers: (strongest + last) / 2, from -1 to 1."""
    felt = feeling(ground)
    if isinstance(felt, Missing):
        return felt
    journeys, customer = ground.matched.journeys, ground.journey_customer
    place = _journey_of(felt.customer, felt.at, customer, journeys.began_at, journeys.ended_at)
    mine = place >= 0
    journey, value = place[mine], felt.value[mine]
    if not len(journey):
        return sample("journeys with answers", *_nothing())
    by_time = np.argsort(journey, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(journey[by_time])), len(journey) - 1)
    order = np.lexsort((np.arange(len(journey)), np.abs(value), journey))
    which = journey[by_time][ends]
    remembered = (value[order][ends] + value[by_time][ends]) / 2
    single = int((np.diff(ends, prepend=-1) == 1).sum())
    notes = (f"{single} of {len(ends)} journeys have a single answer, which is peak and end at once",) if single else ()
    return sample("journeys with answers", journeys.began_at[which], customer[which], remembered, caveats=notes)


def outcome_attainment(ground: Ground) -> Sample | Missing:
    """One row for each journey and outcome with events: whether it was reached before the journey ended."""
    outcomes = [one for one in in_order(ground.matched.plan.outcomes) if one.reached]
    if not outcomes:
        return Missing("no outcome says which event reaches it: add `reached` to the plan's outcomes", MOMENTS)
    journeys, customer = ground.matched.journeys, ground.journey_customer
    known = np.flatnonzero(customer >= 0)
    low, high = journeys.began_at[known], journeys.ended_at[known] + 1
    reached = [
        between(ground.facts.occasions[f"outcome:{one.id}"], customer[known], low, high) > 0
        if f"outcome:{one.id}" in ground.facts.occasions
        else np.zeros(len(known), np.bool_)
        for one in outcomes
    ]
    return sample(
        "journeys and outcomes", np.tile(low, len(outcomes)), np.tile(customer[known], len(outcomes)),
        np.concatenate(reached).astype(np.float64), part=np.repeat(np.arange(len(outcomes), dtype=np.int32), len(known)),
        parts=tuple((one.id, one.words) for one in outcomes),
    )  # fmt: skip


def opportunity(ground: Ground) -> Sample | Missing:
    """Answers at an outcome's touchpoints, each as importance + what satisfaction lacks of it, 0 to 20.

    The mean is importance + max(importance - mean satisfaction, 0): where customers are content enough, nothing is added.
    """
    plan = ground.matched.plan
    rated = [one for one in in_order(plan.outcomes) if one.importance is not None]
    felt = feeling(ground)
    if not rated or isinstance(felt, Missing) or felt.touchpoint is None:
        words = "no outcome has an importance yet" if not rated else "nobody is asked at any outcome's touchpoints"
        return Missing(words, MOMENTS if not rated else ANSWERS)
    codes = {name: code for code, name in enumerate(ground.matched.touchpoints)}
    rows, values, parts = [], [], []
    for index, outcome in enumerate(rated):
        names = {name for moment in plan.moments if moment.outcome == outcome.id for name in moment.touchpoints}
        mine = np.flatnonzero(np.isin(felt.touchpoint, [codes[name] for name in names if name in codes]))
        given = 5 * (felt.value[mine] + 1)
        importance = float(outcome.importance or 0.0)
        lacking = 2 * importance - given if len(mine) and given.mean() < importance else np.full(len(mine), importance)
        rows.append(mine)
        values.append(lacking)
        parts.append(np.full(len(mine), index, np.int32))
    every = np.concatenate(rows)
    if not len(every):
        return Missing("nobody is asked at any outcome's touchpoints, so only the plan says how content customers are", ANSWERS)
    return sample(
        "answers", felt.at[every], felt.customer[every], np.concatenate(values), touchpoint=felt.touchpoint[every],
        part=np.concatenate(parts), parts=tuple((one.id, one.words) for one in rated),
        caveats=("importance as the plan says it; satisfaction from answers at the outcome's touchpoints",),
    )  # fmt: skip


def needs_served(ground: Ground) -> Sample | Missing:
    """One row a journey: of the moments planned in it, the share that it met at any of their touchpoints."""
    here = {stage.id for stage in ground.matched.stages}
    moments = [one for one in ground.matched.plan.moments if one.stage in here and one.touchpoints]
    if not moments:
        return Missing("no moment of this journey names the touchpoints that meet it", MOMENTS)
    names, variants = ground.matched.touchpoints, ground.matched.variants
    meets = np.array([[name in moment.touchpoints for moment in moments] for name in names] or [[False] * len(moments)])
    codes = np.asarray(variants.codes, np.int64)
    row = np.repeat(np.arange(len(variants.cost)), np.diff(variants.offsets))
    claimed = codes < len(names)
    met = np.zeros((len(variants.cost), len(moments)), np.bool_)
    np.logical_or.at(met, row[claimed], meets[codes[claimed]])
    share = met.mean(axis=1) if len(met) else np.empty(0)
    journeys = ground.matched.journeys
    return sample("journeys", journeys.began_at, ground.journey_customer, share[ground.matched.variant])


def _questions(ground: Ground, *kinds: str) -> list[Question]:
    return [one for one in ground.facts.answers.questions if one.kind in kinds]


def _share_of_scale(ground: Ground, found: Sample, *kinds: str) -> Float:
    """0 at the low end of each answer's scale, 1 at its high end."""
    asked = _questions(ground, *kinds)
    low, high = np.array([one.low for one in asked]), np.array([one.high for one in asked])
    share: Float = (found.value - low[found.part]) / (high - low)[found.part]
    return share


def _journey_of(customer: np.ndarray, at: Int, owner: np.ndarray, began: Int, ended: Int) -> Int:
    """The journey each answer fell into: its customer's last that had begun, if it had not ended; -1: none."""
    if not len(at) or not len(began):
        return np.full(len(at), -1, np.int64)
    base = min(int(at.min()), int(began.min()))
    order = np.argsort(keys(owner, began, base), kind="stable")
    there = keys(owner, began, base)[order]
    place = np.searchsorted(there, keys(customer, at, base), side="right") - 1
    found = order[place.clip(0)]
    fits = (place >= 0) & (customer >= 0) & (owner[found] == customer) & (at <= ended[found])
    return np.where(fits, found, -1)


def _nothing() -> tuple[Int, np.ndarray, Float]:
    return np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0)
