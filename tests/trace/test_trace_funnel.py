"""Funnels against their definition, case by case and on whatever Hypothesis finds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import Group, bucket

from desirelines.errors import BadInput
from desirelines.trace import OVER, Chains, Held, Part, Step, Steps, chains, code_after, cut, funnel, part, run, tally
from desirelines.trace.funnel.reference import Chain, Row, entries_reference, lanes_of, ranked_reference
from desirelines.trace.funnel.steps import Order
from desirelines.trace.funnel.tally import QUANTILES

COUNTS = ("entries", "journeys", "people")


def laid(groups: list[Group], keep: list[bool], buckets: int, gap_us: int | None) -> list[Part]:
    found = []
    for index in range(buckets):
        mine = [number for number, (customer, _) in enumerate(groups) if customer % buckets == index]
        mine.sort(key=lambda number: groups[number][0])
        one = bucket([groups[number] for number in mine])
        journeys = cut(one, gap_us=gap_us)
        found.append(part(one, journeys, one.event, np.array([keep[number] for number in mine], np.bool_)[journeys.group]))
    return found


def dense_world(dice: Random) -> tuple[list[Group], list[bool], int]:
    """Journeys of few codes at few instants, anywhere in time: repeated events, equal times, windows that just end."""
    size = dice.choice([1, 64, 65, 256, 257, 70_000])
    codes = dice.sample(range(size), min(size, dice.randint(2, 5)))
    begin = dice.choice([0, -3 * 10**15, 7 * 10**15])
    groups = []
    for _ in range(dice.randint(1, 8)):
        at = sorted(begin + dice.randint(0, 7) for _ in range(dice.randint(0, 10)))
        groups.append((dice.randint(0, 3), [(one, dice.choice(codes)) for one in at]))
    return groups, [dice.random() < 0.8 for _ in groups], dice.choice([-1, -1, -1, max(*codes, 1)])


def any_question(dice: Random, kind: str, codes: list[int], skip: int) -> Steps:
    """Any question of a kind that has a meaning."""
    count = dice.choice([1, 2, 2, 3, 3, 4])
    if kind in ("plain", "any"):
        free = dice.sample(codes, len(codes))
        steps = [Step((code,)) for code in free[:count]]
        if kind == "any" and len(free) > count > 1 and dice.random() < 0.5:
            steps[0] = replace(steps[0], barred=(free[count],))
    else:
        names = [tuple(dice.sample(codes, min(dice.choice([1, 1, 2]), len(codes)))) for _ in range(2 * count)]
        steps = [
            Step(name, dice.random() < 0.4, dice.choice([(), names[count + place]])) for place, name in enumerate(names[:count])
        ]
        steps[0], steps[-1] = replace(steps[0], optional=False), replace(steps[-1], optional=False, barred=())
    spans = None if kind == "plain" else dice.choice([None, None, 1, 2])
    within = None if spans else dice.choice([None, 0, 1, 2, 3, 4])
    order: Order = "ordered" if kind == "plain" else kind  # type: ignore[assignment]
    return Steps(tuple(steps), order, within, spans, skip)


def expected(one: Part, question: Steps, count: str, values: np.ndarray[Any, Any] | None) -> list[Row]:
    """All rows that count, from the definition."""
    rows = []
    for events in lanes_of(one, question, values):
        lane = [(clock, code) for _, clock, code in events]
        for reached, chain in entries_reference(lane, question):
            places: Chain = tuple(None if event is None else events[event][0] for event in chain)
            rows.append((bisect_right(one.journeys.start.tolist(), places[0] or 0) - 1, reached, places))
    if count == "entries":
        return sorted(rows)
    customer = one.bucket.customer[one.journeys.group]
    who = (lambda row: int(customer[row[0]])) if count == "people" else (lambda row: row[0])
    return ranked_reference([row for row in rows if count != "people" or who(row)], who, one.bucket.at)


def got(one: Part, found: Chains) -> list[Row]:
    rows = zip(found.journey.tolist(), found.reached.tolist(), found.place.tolist(), strict=True)
    return [(journey, reached, tuple(None if event < 0 else event for event in place)) for journey, reached, place in rows]


@pytest.mark.parametrize("kind", ["plain", "ordered", "strict", "any"])
@settings(deadline=None, max_examples=120)
@given(st.integers(0, 2**64))
def test_chains_are_the_definitions(kind: str, seed: int) -> None:
    dice = Random(seed)
    groups, keep, skip = dense_world(dice)
    codes = sorted({code for _, events in groups for _, code in events}) or [0]
    question = any_question(dice, kind, codes, skip)
    gap_us = dice.choice([None, 0, 1])
    count = dice.choice(COUNTS[1:] if kind == "plain" else COUNTS)
    held = kind != "plain" and dice.random() < 0.3
    for buckets in (1, 3):
        over = laid(groups, keep, buckets, gap_us)
        values = [(np.arange(len(one.codes)) % 3 - 1).astype(np.int32) if held else None for one in over]
        given_parts = [one if value is None else Held(one, value) for one, value in zip(over, values, strict=True)]
        found = run(chains, given_parts, question, count)
        for one, value, mine in zip(over, values, found, strict=True):
            assert sorted(got(one, mine)) == sorted(expected(one, question, count, value))


def one_journey(text: str) -> Part:
    """``A0 B5``: events with their times; A is code 0."""
    events = [(int(word[1:]), ord(word[0]) - ord("A")) for word in text.split()]
    return laid([(1, events)], [True], 1, None)[0]


def test_a_strict_chain_that_spans_journeys_is_broken_by_what_begins_the_next_one() -> None:
    over = laid([(1, [(0, 0), (9, 3), (9, 1)])], [True], 1, 5)
    question = Steps((Step((0,)), Step((1,))), "strict", spans=2)
    assert run(chains, over, question, "people")[0].reached.tolist() == [1]
    assert run(chains, over, replace(question, order="ordered"), "people")[0].reached.tolist() == [2]


@pytest.mark.parametrize("events", [60, 40_000])
def test_the_plain_kernel_and_the_other_agree_on_long_journeys(events: int) -> None:
    dice = np.random.default_rng(events)
    lengths = [events, 0, 1, *dice.integers(1, 40, 1_500).tolist(), events]
    at = [np.sort(dice.integers(0, 50 * length + 1, length)).tolist() for length in lengths]
    codes = [dice.integers(0, 12, length).tolist() for length in lengths]
    groups = [(number // 2, list(zip(*both, strict=True))) for number, both in enumerate(zip(at, codes, strict=True))]
    plain = Steps(tuple(Step((code,)) for code in (3, 0, 7, 5)), within_us=1_000, skip=11)
    other = replace(plain, steps=(replace(plain.steps[0], barred=(99,)), *plain.steps[1:]))
    assert (plain.plain, other.plain) == (True, False)
    for count in ("journeys", "people"):
        for gap_us in (None, 200):
            over = laid(groups, [number % 5 > 0 for number in range(len(groups))], 2, gap_us)
            found, again = run(chains, over, plain, count), run(chains, over, other, count)
            for one, its in zip(found, again, strict=True):
                assert len(one.reached)
                assert all(
                    np.array_equal(getattr(one, name), getattr(its, name)) for name in ("journey", "reached", "place", "at")
                )


def test_a_funnel_never_rises_and_its_figures_are_those_of_its_chains() -> None:
    dice = Random(7)
    for _ in range(40):
        groups, keep, skip = dense_world(dice)
        codes = sorted({code for _, events in groups for _, code in events}) or [0]
        question = any_question(dice, dice.choice(["plain", "ordered", "any"]), codes, skip)
        over = laid(groups, keep, 2, None)
        figures, found = run(funnel, over, question, "entries"), run(chains, over, question, "entries")
        rows = [row for one in found for row in zip(one.reached.tolist(), one.place.tolist(), one.at.tolist(), strict=True)]
        required = [int(figures.count[place]) for place, step in enumerate(question.steps) if not step.optional]
        assert required == sorted(required, reverse=True)
        for step in range(len(question.steps)):
            mine = [row for row in rows if row[1][step] >= 0]
            before = [max(row[2][other] for other in range(step) if row[1][other] >= 0) for row in mine if step]
            spent = [row[2][step] - then for row, then in zip(mine, before, strict=False)]
            assert figures.count[step] == len(mine)
            assert figures.dropped[step] == sum(row[0] == step + 1 < len(question.steps) for row in rows)
            assert figures.spent_us[step] == pytest.approx([quantile(spent, share) for share in QUANTILES], nan_ok=True)
            whole = [row[2][step] - row[2][0] for row in mine if step]
            assert figures.since_first_us[step] == pytest.approx(quantile(whole, 0.5), nan_ok=True)
        assert np.array_equal(tally(found).spent_us, figures.spent_us, equal_nan=True)


def quantile(values: list[int], share: float) -> float:
    if not values:
        return float("nan")
    values, place = sorted(values), (len(values) - 1) * share
    low, high = values[int(place)], values[min(int(place) + 1, len(values) - 1)]
    return low + (high - low) * (place - int(place))


def test_some_steps_of_some_chains_can_be_counted_alone() -> None:
    part = one_journey("A0 B2 A10 B15")
    found = run(chains, [part], Steps((Step((0,)), Step((1,))), within_us=5), "entries")
    assert found[0].place.tolist() == [[0, 1], [2, 3]]
    some = tally(found, [np.array([[True, False], [True, True]])])
    assert (some.count.tolist(), some.dropped.tolist(), some.spent_us[1].tolist()) == ([2, 1], [0, 0], [5.0] * 4)


def test_what_comes_next_is_in_the_same_journey_and_not_left_out() -> None:
    over = laid([(1, [(0, 0), (1, 9), (2, 4), (50, 1)]), (2, [(0, 3)])], [True, True], 1, 10)[0]
    assert code_after(over, np.array([0, 1, 2, 3, 4]), 9).tolist() == [4, 4, OVER, OVER, OVER]
    assert code_after(over, np.array([0, 2]), 10).tolist() == [9, OVER]


def test_nothing_at_all_has_figures_too() -> None:
    figures = run(funnel, laid([], [], 2, None), Steps((Step((0,)), Step((1,)))))
    assert (figures.count.tolist(), figures.dropped.tolist()) == ([0, 0], [0, 0])
    assert np.isnan(figures.spent_us).all()


STEP, OTHER = Step((0,)), Step((1,))


@pytest.mark.parametrize(
    ("steps", "more", "words"),
    [
        ((), {}, "1 to 20 steps"),
        ((STEP,) * 21, {}, "1 to 20 steps"),
        ((Step((0,), True), OTHER), {}, "cannot be optional"),
        ((STEP, Step((1,), True)), {}, "cannot be optional"),
        ((STEP, Step((1,), False, (2,))), {}, "after the last step"),
        ((STEP, OTHER), {"within_us": -1}, "negative"),
        ((STEP, OTHER), {"spans": 0}, "at least one journey"),
        ((STEP, OTHER), {"spans": 1, "within_us": 1}, "not both"),
        ((STEP, STEP), {"order": "any"}, "one step only"),
        ((STEP, Step((2,), True), OTHER), {"order": "any"}, "no step can be optional"),
        ((Step((0,), False, (1,)), OTHER), {"order": "any"}, "excluded too"),
    ],
)
def test_what_has_no_meaning_is_refused(steps: tuple[Step, ...], more: dict[str, Any], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        Steps(steps, **more)
