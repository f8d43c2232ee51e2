"""Discovery: what a tree allows, that it explains what it was made of, and published results."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import parts, read_log, sequences

from desirelines.trace import align, blocks, discover, discovery, index_variants, precision, tree_automaton
from desirelines.trace.discovery import machines
from desirelines.trace.discovery.reference import explains
from desirelines.trace.discovery.tree import Tree, loop, optional, several, step

WORDS = st.lists(st.text("abcde", max_size=7), min_size=1, max_size=8)
NOISE = st.sampled_from([0.0, 0.05, 0.2, 0.5, 1.0])


@st.composite
def trees(draw: st.DrawFn, letters: tuple[int, ...] = (0, 1, 2, 3)) -> Tree:
    """Each letter is a step once."""
    if len(letters) == 1:
        found = step(letters[0])
    else:
        cut = draw(st.integers(1, len(letters) - 1))
        sides = [draw(trees(letters[:cut])), draw(trees(letters[cut:]))]
        kind = draw(st.sampled_from(["sequence", "choice", "parallel", "loop"]))
        found = loop(*sides) if kind == "loop" else several(kind, sides)  # type: ignore[arg-type]
    shape = draw(st.sampled_from(["as it is", "as it is", "optional", "loop"]))
    return {"as it is": found, "optional": optional(found), "loop": loop(found)}[shape]


def costs(tree: Tree, words: Sequence[str]) -> list[int]:
    machine, exact = tree_automaton(tree)
    assert exact
    return [int(cost) for cost in align(machine, *sequences(words)).cost]


@settings(deadline=None, max_examples=50)
@given(trees(), st.lists(st.text("abcd", max_size=4), min_size=1, max_size=12))
def test_the_automaton_allows_what_the_tree_does(tree: Tree, words: list[str]) -> None:
    wanted = [explains(tree, tuple(ord(letter) - 97 for letter in word)) for word in words]
    assert [cost == 0 for cost in costs(tree, words)] == wanted
    assert tree.can_be_empty == explains(tree, ())


@settings(deadline=None, max_examples=50)
@given(WORDS)
def test_without_noise_every_journey_fits(words: list[str]) -> None:
    tree = discover(*sequences(words), np.ones(len(words), np.int64))
    if tree is None:
        assert not any(words)
        return
    assert sorted(tree.codes) == sorted({ord(letter) - 97 for word in words for letter in word})
    assert costs(tree, words) == [0] * len(words)
    assert all(explains(tree, tuple(ord(letter) - 97 for letter in word)) for word in words if len(word) < 5)


@settings(deadline=None, max_examples=50)
@given(WORDS, NOISE, st.lists(st.integers(1, 50), min_size=8, max_size=8))
def test_every_step_is_in_one_block_and_deeper_cuts_only_divide(words: list[str], noise: float, weight: list[int]) -> None:
    tree = discover(*sequences(words), np.array(weight[: len(words)]), noise)
    if tree is None:
        return
    assert len(set(tree.codes)) == len(tree.codes)
    assert blocks(tree, 0) == [tree]
    assert [block.core.kind for block in blocks(tree, tree.levels)] == ["step"] * len(tree.codes)
    for level in range(tree.levels):
        above, below = blocks(tree, level), blocks(tree, level + 1)
        assert [code for block in below for code in block.codes] == list(tree.codes)
        homes = [{code: number for number, block in enumerate(cut) for code in block.codes} for cut in (above, below)]
        for block in below:
            assert len({homes[0][code] for code in block.codes}) == 1
        assert len(below) > len(above)


@settings(deadline=None, max_examples=60)
@given(WORDS, st.integers(2, 4))
def test_the_weights_and_the_order_of_journeys_do_not_matter_without_noise(words: list[str], times: int) -> None:
    once = discover(*sequences(words), np.ones(len(words), np.int64))
    assert discover(*sequences(words[::-1] * times), np.full(len(words) * times, 3)) == once


def test_what_each_cut_finds() -> None:
    def found(*words: str) -> Tree | None:
        return discover(*sequences(words), np.ones(len(words), np.int64))

    a, b, c, d = (step(code) for code in range(4))
    assert found("abc") == several("sequence", [a, b, c])
    assert found("a", "b") == several("choice", [a, b])
    assert found("abc", "acb") == several("sequence", [a, several("parallel", [b, c])])
    assert found("ab", "acab") == several("sequence", [loop(a, c), b])
    assert found("abd", "ad") == several("sequence", [a, optional(b), d])
    assert found("a", "aaa") == loop(a)
    assert found("", "a") == optional(a)
    assert found("", "") is None
    assert found("abab") == loop(several("sequence", [a, b]))
    assert found("abcd", "dcba", "abdc", "bdca") is not None


def test_noise_passes_over_what_is_rare() -> None:
    words, weight = ["abc", "acb"], np.array([99, 1])
    assert discover(*sequences(words), weight) == several("sequence", [step(0), several("parallel", [step(1), step(2)])])
    kept = discover(*sequences(["ab", "abb", "a"]), np.array([100, 1, 1]), 0.2)
    assert kept == several("sequence", [step(0), step(1)])


def test_blocks_too_many_to_hold_side_by_side_become_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    tree = several("parallel", [step(code) for code in range(4)])
    monkeypatch.setattr(machines, "STATES", 8)
    machine, exact = tree_automaton(tree)
    assert (exact, machine.state_count) == (False, 5)
    assert align(machine, *sequences(["abcd", "dacb"])).cost.tolist() == [0, 0]


def test_precision_by_hand() -> None:
    """After a the plan allows b and c; only b came: one of the three next steps that were allowed is spare."""
    machine, _ = tree_automaton(several("sequence", [step(0), several("choice", [step(1), step(2)])]))
    assert precision(machine, *sequences(["ab"]), np.array([5])) == pytest.approx(2 / 3)
    assert precision(machine, *sequences(["ab", "ac"]), np.array([5, 1])) == 1.0
    assert precision(machine, *sequences([""]), np.array([5])) is None


def weights(name: str) -> tuple[tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.uint32]],
    np.ndarray[tuple[int], np.dtype[np.int64]]], list[str]]:  # fmt: skip
    groups, names = read_log(name)
    index = index_variants(parts(groups))
    return (index.offsets, index.codes, np.bincount(index.variant[0], minlength=len(index.offsets) - 1)), names


def test_the_running_example_is_as_published() -> None:
    """Fitness 1.0 and precision 0.753086 of the tree in W. van der Aalst's book."""
    log, names = weights("running-example.csv")
    tree = discover(*log)
    assert tree is not None
    a = {name: step(code) for code, name in enumerate(names)}
    examined = several("choice", [a["examine casually"], a["examine thoroughly"]])
    decided = several("sequence", [several("parallel", [a["check ticket"], examined]), a["decide"]])
    assert tree == several(
        "sequence",
        [
            a["register request"],
            loop(decided, a["reinitiate request"]),
            several("choice", [a["pay compensation"], a["reject request"]]),
        ],
    )
    machine, exact = tree_automaton(tree)
    assert exact
    assert align(machine, *log[:2]).fitness.tolist() == [1.0] * 6
    assert precision(machine, *log) == pytest.approx(0.753086, abs=5e-7)


def test_the_receipt_log_is_as_published() -> None:
    """Without noise every journey fits; with noise 0.2, 49.72 % do."""
    log, names = weights("receipt.csv")
    for noise, fitting in ((0.0, 1.0), (0.2, 0.4972)):
        tree = discover(*log, noise)
        assert tree is not None
        assert len(tree.codes) == len(names) if noise == 0 else len(tree.codes) <= len(names)
        machine, exact = tree_automaton(tree)
        assert exact
        cost = align(machine, *log[:2]).cost
        assert log[2][cost == 0].sum() / log[2].sum() == pytest.approx(fitting, abs=5e-5)


def test_only_the_commonest_names_are_looked_at_and_the_rest_is_said() -> None:
    words, weight = ["abc", "abx", "ab", "", "xx", "d"], np.array([5, 1, 4, 7, 2, 0])
    found = discovery(*sequences(words), weight, ord("x") - 97, 2, 0.0)
    assert found is not None
    assert found.tree == several("sequence", [step(0), step(1)])
    assert (found.journeys, found.used, found.fitting) == (10, 10, 10)
    assert (found.rare.tolist(), found.passed_over.tolist()) == ([2], [])
    assert (found.average_fitness, found.precision, found.exact) == (1.0, 1.0, True)
    assert discovery(*sequences(["", "x"]), np.ones(2, np.int64), ord("x") - 97, 5, 0.0) is None
    noisy = discovery(*sequences(["ab", "abb", "cb"]), np.array([100, 1, 1]), 26, 5, 0.2)
    assert noisy is not None
    assert (noisy.used, noisy.fitting, noisy.passed_over.tolist()) == (102, 101, [])
