"""Actual journeys held against the planned one, computed once per version of plan and data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map.claiming.bind import Bound, bind
from desirelines.map.matching.automaton import compile_journey, successors
from desirelines.map.matching.cutting import bucket_of, cut_journeys
from desirelines.map.matching.features import Features, build_features
from desirelines.map.matching.lining import deviations, late_steps, lined_up
from desirelines.map.matching.matched import Journeys, Matched, Variants
from desirelines.map.matching.ranked import Ranked
from desirelines.map.matching.timing import journey_times
from desirelines.map.shelf import Arrays, shelf_key, shelved
from desirelines.model.automaton import CONTESTED, UNCLAIMED, Automaton
from desirelines.model.progress import Progress, silent
from desirelines.plan import Journey, Plan, Stage, in_order, journey_of
from desirelines.store import Snapshot
from desirelines.trace import NOTHING_SKIPPED, Part, Trace, align, index_variants, part

TIMES = ("stage", "touchpoint", "way", "seam")


def match(trace: Trace, snapshot: Snapshot, plan: Plan, journey: str, folder: Path, progress: Progress = silent) -> Matched:
    """Cut, claim, align and time every actual journey of `journey`; kept under `folder`, reused while nothing changed.

    `trace` must be of the journey's subject. Raises NotFound for a journey the plan lacks, BadInput for a plan that cannot
    be walked (see `compile_journey`).
    """
    planned = journey_of(plan, journey)
    automaton = compile_journey(plan, planned)
    progress("bind", 0.0)
    bound = bind(trace, snapshot, plan, folder)
    stages = in_order(planned.stages)
    key = shelf_key(bound.key, planned.model_dump(mode="json"), _shape(automaton))
    shelf = shelved(
        folder, f"matched-{planned.id}", key, lambda: _make(trace, snapshot, planned, stages, automaton, bound, progress)
    )
    progress("match", 1.0)
    a, about = shelf.arrays, shelf.about
    journeys = Journeys(*(a[name] for name in _JOURNEYS))
    variants = Variants(shortest=about["shortest"], **{name: a[f"v_{name}"] for name in _VARIANTS})
    features = Features(len(bound.touchpoints), len(stages), **{name: a[f"f_{name}"] for name in _FEATURES})
    stage, touchpoint, way, seam = (Ranked(a[f"{name}_offsets"], a[f"{name}_journey"], a[f"{name}_value"]) for name in TIMES)
    return Matched(
        plan, planned, automaton, stages, trace, bound, journeys, a["variant"], a["duration_us"], variants, features,
        stage, touchpoint, way, seam, a["late_journey"], a["late_touchpoint"],
        stage_table(automaton, stages, len(bound.touchpoints)), frozenset(successors(automaton)), snapshot.data_version, key,
    )  # fmt: skip


_JOURNEYS = ("bucket", "start", "end", "group", "began_at", "ended_at", "customer", "customers")
_VARIANTS = ("codes", "offsets", "cost", "marks", "position", "missing", "missing_offsets", "last", "sides", "key", "mark_counts")
_FEATURES = ("origin", "target", "offsets", "feature", "count")


def stage_table(automaton: Automaton, stages: tuple[Stage, ...], touchpoints: int) -> NDArray[np.bool_]:
    """bool[touchpoints, stages]: which touchpoint the plan uses in which stage, micro journeys included."""
    place = {stage.id: index for index, stage in enumerate(stages)}
    table = np.zeros((touchpoints, len(stages)), dtype=np.bool_)
    for position in automaton.positions:
        table[position.symbol, place[position.stage]] = True
    return table


def side_table(in_stage: NDArray[np.bool_], stages: tuple[Stage, ...]) -> NDArray[np.uint8]:
    """uint8[touchpoints]: 1 used on the buyer's side, 2 on the customer's, 3 on both, 0 on none."""
    sides = np.zeros(len(in_stage), dtype=np.uint8)
    for index, stage in enumerate(stages):
        sides |= (in_stage[:, index] * (1 if stage.side == "buyer" else 2)).astype(np.uint8)
    return sides


def _shape(automaton: Automaton) -> list[Any]:
    positions = [[one.stage, one.touchpoint, one.within_us] for one in automaton.positions]
    return [positions, automaton.origin.tolist(), automaton.target.tolist(), automaton.position.tolist()]


def journey_parts(trace: Trace, bound: Bound, journeys: Journeys) -> list[Part]:
    """The journeys as kernels take them, events as touchpoint codes; a contested event is claimed by none."""
    parts = []
    for index, (bucket, codes) in enumerate(zip(trace.buckets, bound.codes, strict=True)):
        contested = codes == CONTESTED
        plain = np.where(contested, np.uint32(UNCLAIMED), codes) if contested.any() else codes
        parts.append(part(bucket, bucket_of(journeys, index), plain))
    return parts


def _make(
    trace: Trace, snapshot: Snapshot, planned: Journey, stages: tuple[Stage, ...], automaton: Automaton, bound: Bound,
    progress: Progress,
) -> tuple[Arrays, Mapping[str, Any]]:  # fmt: skip
    progress("cut", 0.1)
    journeys = cut_journeys(trace, snapshot, planned)
    skip = CONTESTED if planned.unclaimed == "ignored" else NOTHING_SKIPPED
    parts = journey_parts(trace, bound, journeys)
    progress("variants", 0.2)
    index = index_variants(parts, skip)
    progress("align", 0.4)
    in_stage = stage_table(automaton, stages, len(bound.touchpoints))
    sides = side_table(in_stage, stages)
    aligned = align(automaton, index.offsets, index.codes)
    variants = lined_up(index, aligned, bound.touchpoints, sides)
    progress("features", 0.6)
    deviant = deviations(variants, automaton, len(bound.touchpoints))
    features = build_features(index.codes, index.offsets, deviant, in_stage)
    progress("times", 0.7)
    times = journey_times(parts, journeys, features, in_stage, sides)
    late_journey, late_touchpoint = late_steps(automaton, parts, journeys.bucket, index, aligned, skip)
    arrays: dict[str, NDArray[Any]] = {name: getattr(journeys, name) for name in _JOURNEYS}
    arrays["variant"] = np.concatenate([np.empty(0, np.int32), *index.variant])
    arrays["duration_us"] = np.concatenate([np.empty(0, np.int64), *index.duration_us])
    arrays |= {f"v_{name}": getattr(variants, name) for name in _VARIANTS}
    arrays |= {f"f_{name}": getattr(features, name) for name in _FEATURES}
    for name, ranked in zip(TIMES, times, strict=True):
        arrays |= {f"{name}_{column}": getattr(ranked, column) for column in ("offsets", "journey", "value")}
    return {**arrays, "late_journey": late_journey, "late_touchpoint": late_touchpoint}, {"shortest": variants.shortest}
