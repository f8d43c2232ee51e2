"""The journeys as they happened: sorted columns and the kernels over them. Knows event codes, never touchpoints."""

from __future__ import annotations

from desirelines.trace.bucket import NOTHING_SKIPPED, Bucket, JourneyBucket, KnownCounts, Part, Trace, part
from desirelines.trace.build import build, open_trace
from desirelines.trace.compiled import map_array
from desirelines.trace.journeys import cut
from desirelines.trace.run import Kernel, run, threads
from desirelines.trace.transitions import Transitions, transitions
from desirelines.trace.variants import VariantIndex, Variants, index_variants, variants

__all__ = [
    "NOTHING_SKIPPED",
    "Bucket",
    "JourneyBucket",
    "Kernel",
    "KnownCounts",
    "Part",
    "Trace",
    "Transitions",
    "VariantIndex",
    "Variants",
    "build",
    "cut",
    "index_variants",
    "map_array",
    "open_trace",
    "part",
    "run",
    "threads",
    "transitions",
    "variants",
]
