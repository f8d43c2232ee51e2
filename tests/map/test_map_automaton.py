"""Plans as automata: what may follow what, the shortest way, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.errors import BadInput, NotFound
from desirelines.map import compile_journey, shortest_path, successors
from desirelines.model.automaton import Automaton
from desirelines.plan import Journey, Plan, Stage, Step, Touchpoint, journey_of
from desirelines.trace import align

LETTERS = "abcdefghijklm"


def plan_of(*journeys: Journey) -> Plan:
    touchpoints = tuple(Touchpoint(id=letter, name=letter, order=place) for place, letter in enumerate(LETTERS))
    return Plan.model_validate({"brand": {"name": "B"}, "touchpoints": touchpoints, "journeys": journeys})


def steps(text: str) -> tuple[Step, ...]:
    """``a b? c+ d* e|f``: optional, repeating, both, one of."""
    found = []
    for place, word in enumerate(text.split()):
        names = word.rstrip("?+*").split("|")
        one = {"touchpoint": names[0]} if len(names) == 1 else {"one_of": tuple(names)}
        mark = word[len(word.rstrip("?+*")) :]
        found.append(
            Step.model_validate(
                {
                    "id": f"{text.split()[0][0]}{place}",
                    "order": place,
                    "optional": mark in ("?", "*"),
                    "repeats": mark in ("+", "*"),
                }
                | one
            )
        )
    return tuple(found)


def journey(*stages: str, any_order: bool = False, repeats: bool = False, stage_repeats: bool = False) -> Journey:
    drawn = tuple(
        Stage(id=f"s{place}", name=text, order=place, side="buyer", steps=steps(text), any_order=any_order, repeats=stage_repeats)
        for place, text in enumerate(stages)
    )
    return Journey(id="j", name="j", stages=drawn, repeats=repeats)


def costs(automaton: Automaton, *words: str) -> list[int]:
    """The cost of aligning each word."""
    codes = np.array([LETTERS.index(letter) for word in words for letter in word], dtype=np.uint32)
    offsets = np.cumsum([0, *(len(word) for word in words)])
    found: list[int] = align(automaton, offsets, codes).cost.tolist()
    return found


def compiled(drawn: Journey) -> Automaton:
    return compile_journey(plan_of(drawn), drawn)


def test_a_line_costs_what_the_published_table_says() -> None:
    automaton = compiled(journey("a b", "c d"))
    words = ("abcd", "acd", "abmcd", "acmd", "acbd", "abbcd", "dcba")
    assert costs(automaton, *words) == [0, 1, 1, 2, 2, 1, 6]
    assert [position.stage for position in automaton.positions] == ["s0", "s0", "s1", "s1"]
    assert shortest_path(automaton) == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("drawn", "fits", "misses"),
    [
        (journey("a b? c"), ("abc", "ac"), ("abbc", "bc")),
        (journey("a b+ c"), ("abc", "abbbc"), ("ac",)),
        (journey("a b* c"), ("ac", "abc", "abbc"), ("ab",)),
        (journey("a b|c d"), ("abd", "acd"), ("abcd", "ad")),
        (journey("a? b?"), ("", "a", "b", "ab"), ("ba",)),
        (journey("a b c", any_order=True), ("abc", "cab", "bca"), ("ab", "abca")),
        (journey("a b? c*", any_order=True), ("a", "ba", "ccacb", "ab"), ("b", "abb", "")),
        (journey("a b+", any_order=True), ("ab", "ba", "babb", "bbab"), ("a", "aab")),
        (journey("a b", repeats=True), ("ab", "abab"), ("aba",)),
        (journey("a b", "c", stage_repeats=True), ("abc", "ababcc"), ("aabc",)),
        (journey("a? b?", repeats=True), ("", "ab", "ba", "bbaa"), ()),
    ],
)
def test_what_fits_a_plan_costs_nothing(drawn: Journey, fits: tuple[str, ...], misses: tuple[str, ...]) -> None:
    automaton = compiled(drawn)
    assert costs(automaton, *fits) == [0] * len(fits)
    assert all(cost > 0 for cost in costs(automaton, *misses))


def test_stages_and_steps_stand_by_their_order_not_as_written() -> None:
    drawn = Journey(
        id="j",
        name="j",
        stages=(
            Stage(id="late", name="late", order=2, side="customer", steps=steps("c")),
            Stage(id="soon", name="soon", order=1, side="buyer", steps=(*reversed(steps("a b")),)),
        ),
    )
    assert shortest_path(compiled(drawn)) == (0, 1, 2)


def test_a_stage_without_steps_takes_the_micro_journey_it_opens() -> None:
    micro = Journey(id="micro", name="m", stages=(Stage(id="m", name="m", side="buyer", steps=steps("b c")),), repeats=True)
    macro = Journey(
        id="macro",
        name="m",
        stages=(
            Stage(id="one", name="1", order=1, side="buyer", steps=steps("a")),
            Stage(id="two", name="2", order=2, side="buyer", opens="micro"),
            Stage(id="three", name="3", order=3, side="buyer", steps=steps("d"), opens="micro"),
        ),
    )
    automaton = compile_journey(plan_of(macro, micro), macro)
    assert [(one.stage, one.touchpoint) for one in automaton.positions] == [
        ("one", "a"),
        ("two", "b"),
        ("two", "c"),
        ("three", "d"),
    ]
    assert costs(automaton, "abcbcd", "abcd", "ad") == [0, 0, 2]


def test_successors_pass_optional_steps_and_loops() -> None:
    pairs = successors(compiled(journey("a b? c", "d", repeats=True)))
    assert pairs == {(0, 1), (0, 2), (1, 2), (2, 3), (3, 0)}


def test_what_cannot_be_walked_is_refused() -> None:
    eleven = Journey(
        id="j", name="j", stages=(Stage(id="s", name="s", side="buyer", any_order=True, steps=steps("a b c d e f g h i j k")),)
    )
    with pytest.raises(BadInput, match="11 steps in any order"):
        compiled(eleven)
    around = Journey(id="j", name="j", stages=(Stage(id="s", name="s", side="buyer", opens="j"),))
    with pytest.raises(BadInput, match="opens j"):
        compiled(around)
    with pytest.raises(NotFound):
        journey_of(plan_of(around), "elsewhere")


def test_a_journey_without_steps_expects_nothing() -> None:
    automaton = compiled(Journey(id="j", name="j"))
    assert (automaton.state_count, automaton.accepting.tolist(), shortest_path(automaton)) == (1, [True], ())


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    names = iter(draw(st.permutations(LETTERS[:9])))
    stages = []
    for place in range(draw(st.integers(1, 3))):
        words = [next(names) + draw(st.sampled_from(("", "?", "+", "*"))) for _ in range(draw(st.integers(1, 3)))]
        flags = draw(st.booleans()), draw(st.booleans())
        stages.append(
            Stage(
                id=f"s{place}",
                name="s",
                order=place,
                side="buyer",
                steps=steps(" ".join(words)),
                any_order=flags[0],
                repeats=flags[1],
            )
        )
    return Journey(id="j", name="j", stages=tuple(stages), repeats=draw(st.booleans()))


def walked(draw: Any, drawn: Journey) -> str:
    """A way through the plan, made from the plan's words, not from its automaton."""

    def stage(one: Stage) -> str:
        each = [
            (step.touchpoint or "") * draw(st.integers(0 if step.optional else 1, 2 if step.repeats else 1)) for step in one.steps
        ]
        if one.any_order:
            return "".join(draw(st.permutations([*"".join(each)])))
        return "".join(each)

    def stage_rounds(one: Stage) -> str:
        return "".join(stage(one) for _ in range(draw(st.integers(1, 2 if one.repeats else 1))))

    return "".join("".join(map(stage_rounds, drawn.stages)) for _ in range(draw(st.integers(1, 2 if drawn.repeats else 1))))


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_a_planned_journey_fits_itself(data: st.DataObject) -> None:
    drawn = data.draw(journeys())
    automaton = compiled(drawn)
    word = walked(data.draw, drawn)
    codes = np.array([LETTERS.index(letter) for letter in word], dtype=np.uint32)
    found = align(automaton, np.array([0, len(word)]), codes)
    assert found.fitness.tolist() == [1.0]
    assert found.shortest == len(shortest_path(automaton))
    assert costs(automaton, "".join(LETTERS[symbol] for symbol in shortest_path(automaton))) == [0]
