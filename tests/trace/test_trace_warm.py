"""Kernels are compiled ahead, and once."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import numpy as np
from trace_makers import linear, parts, sequences

from desirelines.trace import (
    EDGE,
    EVERY,
    Figures,
    Focus,
    Held,
    Hours,
    Step,
    Steps,
    Units,
    active_within,
    align,
    chains,
    code_after,
    cut,
    cycles,
    dwell,
    ends,
    flow,
    flow_journeys,
    follows,
    funnel,
    grouping,
    growth,
    in_cell,
    index_variants,
    late,
    late_events,
    matches,
    moved,
    offset_columns,
    part,
    pattern,
    reach,
    retention,
    run,
    sessions,
    standing,
    stays,
    transitions,
    variant_counts,
    variants,
    visits,
    warm,
)


def kernels() -> dict[str, Any]:
    return {
        f"{name}.{attribute}": value
        for name, module in list(sys.modules.items())
        if name.startswith("desirelines.trace.")
        for attribute, value in vars(module).items()
        if hasattr(value, "signatures") and value.py_func.__module__ == name
    }


def literal(signature: tuple[Any, ...]) -> bool:
    """Made for a constant inside another kernel: there only where that one was compiled and not read from the disk."""
    return any("Literal" in str(one) for one in signature)


def test_warm_compiles_all_that_is_used_later() -> None:
    shares: list[float] = []
    warm(lambda stage, share: shares.append(share))
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    before = {name: list(kernel.signatures) for name, kernel in kernels().items()}
    over = parts([(1, [(0, 0), (5, 1)]), (2, [(3, 70_000)])], [True, False], 2)
    over += [part(one.bucket, one.journeys, one.codes.astype(np.uint16)) for one in over]
    for skip in (-1, 65534):
        run(transitions, over, skip)
        run(transitions, over, skip, Figures())
        run(transitions, over, skip, Figures((0.1, 0.5)), 0)
        run(reach, over, skip)
    flow(over, Focus(0, False, 2, True), 3, 1, (0,), 65534)
    flow_journeys(over, Focus(EDGE), (), 1, -1, 1)
    follows(over, 5, 1, 0, skip=65534)
    grouping(*sequences(["ab", "b"]), np.ones(2, np.int64), 1, 1)
    for text in ("a ~> b", "a .* b within 2d", "a -[<1s]-> b"):
        run(matches, over, pattern(text, {"a": 0, "b": 1}), 65534, True, 3)
    funnel_of = (Step((0,), barred=(7,)), Step((1,), True), Step((70_000,)))
    run(funnel, [Held(one, np.zeros(len(one.codes), np.int32)) for one in over], Steps(funnel_of, skip=65534), "entries")
    run(funnel, over, Steps((Step((0,)), Step((1,))), within_us=9), "people")
    run(chains, over, Steps((Step((0,)), Step((1,))), "any", spans=2), "entries")
    code_after(over[0], np.zeros(1, np.int64), 65534)
    units, column = Units(np.array([0, 3, 9], np.int64)), offset_columns([(0, 0), (1, 1)], 2)
    states = np.array([0, 1, -1], np.int32)
    for several in (over, [replace(one, keep=np.ones(len(one.keep), np.bool_)) for one in over]):
        for kinds in (EVERY, np.array([3, 1, 0], np.uint8)):
            run(retention, several, units, column, kinds, -1, 9)
            run(in_cell, several, units, (0, 1), (0, 1), kinds)
        run(retention, several, units, column)
        run(growth, several, units)
        run(active_within, several, units, 7)
        run(standing, several, units, 1)
        run(stays, several, states, 2, False, True)
        run(dwell, several, states, 2)
        run(cycles, several, np.array([True, False]), 3)
        run(ends, several, states, False)
        run(visits, several, states, 1, False)
    hours = Hours(np.array([0, 7], np.int64), np.array([2, 9], np.int64))
    run(stays, [hours.part(moved(one, np.array([[0, 255], [0, 255]], np.uint8))) for one in over], states, 2)
    index = index_variants(over)
    variants(over, index, 3)
    run(variant_counts, over, 65534, 2)
    sessions(np.array([3, -1, 3]), np.arange(3), 1)
    plan = linear([0, 1], 1)
    aligned = align(plan, index.offsets, index.codes)
    align(plan, *sequences(["ab"]))
    align(linear(list(range(300))), *sequences(["ab"]))
    late(over, index.variant, aligned, plan, -1)
    late_events(over[0], index.variant[0], aligned, plan, -1)
    codes = np.zeros(len(over[0].codes), np.uint8)
    cut(over[0].bucket, np.array([True]), np.array([True]), 5, codes)
    assert {name: list(kernel.signatures) for name, kernel in kernels().items()} == before
    assert {name: found for name, found in before.items() if len([one for one in found if not literal(one)]) > 1} == {}
    assert any(found for found in before.values())
