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
from desirelines.trace.discovery.discover import discover
from desirelines.trace.discovery.machines import tree_automaton
from desirelines.trace.discovery.discovery import Discovery, discovery
from desirelines.trace.discovery.precision import precision
from desirelines.trace.discovery.tree import Tree, blocks
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
    "Discovery",
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
    "Tree",
    "VariantIndex",
    "Variants",
    "align",
    "blocks",
    "build",
    "cut",
    "discover",
    "discovery",
    "flow",
    "flow_journeys",
    "index_variants",
    "late",
    "late_events",
    "map_array",
    "open_trace",
    "part",
    "precision",
    "reach",
    "run",
    "threads",
    "transitions",
    "tree_automaton",
    "variants",
    "warm",
]
