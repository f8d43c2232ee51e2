"""The journeys as they happened: sorted columns and the kernels over them. Knows event codes, never touchpoints."""

from __future__ import annotations

from desirelines.trace.aligning.alignment import MARKS, Alignment, align
from desirelines.trace.aligning.late import Late, late, late_events
from desirelines.trace.bucket import NOTHING_SKIPPED, Bucket, JourneyBucket, KnownCounts, Part, Trace, part
from desirelines.trace.building.build import build, open_trace
from desirelines.trace.compiled import map_array
from desirelines.trace.counting.reach import Reach, reach
from desirelines.trace.counting.transitions import Transitions, transitions
from desirelines.trace.counting.variants import VariantIndex, Variants, index_variants, variants
from desirelines.trace.journeys import cut
from desirelines.trace.run import Kernel, run, threads
from desirelines.trace.warm import warm
from desirelines.trace.ways.flow import EDGE, Flow, Focus, flow, flow_journeys

__all__ = [
    "EDGE",
    "MARKS",
    "NOTHING_SKIPPED",
    "Alignment",
    "Bucket",
    "Flow",
    "Focus",
    "JourneyBucket",
    "Kernel",
    "KnownCounts",
    "Late",
    "Part",
    "Reach",
    "Trace",
    "Transitions",
    "VariantIndex",
    "Variants",
    "align",
    "build",
    "cut",
    "flow",
    "flow_journeys",
    "index_variants",
    "late",
    "late_events",
    "map_array",
    "open_trace",
    "part",
    "reach",
    "run",
    "threads",
    "transitions",
    "variants",
    "warm",
]
