"""The journeys as they happened: sorted columns and the kernels over them. Knows event codes, never touchpoints."""

from __future__ import annotations

from desirelines.trace.aligning.alignment import MARKS, Alignment, align
from desirelines.trace.aligning.late import Late, late, late_events
from desirelines.trace.bucket import NOTHING_SKIPPED, Bucket, JourneyBucket, KnownCounts, Part, Trace, part
from desirelines.trace.building.build import build, merge_trace, open_trace
from desirelines.trace.compiled import map_array
from desirelines.trace.counting.reach import Reach, reach
from desirelines.trace.counting.scratch import Room
from desirelines.trace.counting.sessions import Sessions, sessions
from desirelines.trace.counting.transitions import Figures, Transitions, transitions
from desirelines.trace.counting.variants import VariantCounts, VariantIndex, Variants, index_variants, variant_counts, variants
from desirelines.trace.discovery.discover import discover
from desirelines.trace.discovery.discovery import Discovery, discovery
from desirelines.trace.discovery.machines import tree_automaton
from desirelines.trace.discovery.precision import precision
from desirelines.trace.discovery.tree import Tree, blocks
from desirelines.trace.funnel.after import OVER, code_after
from desirelines.trace.funnel.chains import Chains, Held, chains
from desirelines.trace.funnel.steps import Step, Steps
from desirelines.trace.funnel.tally import Funnel, funnel, tally
from desirelines.trace.grouping.grouping import Grouping, grouping
from desirelines.trace.journeys import cut
from desirelines.trace.log import write_log
from desirelines.trace.patience import WAITING, Patience
from desirelines.trace.pattern.automaton import Pattern, pattern
from desirelines.trace.pattern.helping import Completion, Help, PatternFault, help_at
from desirelines.trace.pattern.matches import QUANTILES, Matches, having, matches
from desirelines.trace.returning.growth import Growth, active_within, growth
from desirelines.trace.returning.presence import CHURNED, NEW, RESURRECTED, RETAINED, in_cell, standing
from desirelines.trace.returning.retention import BACK, BEGIN, EVER, EVERY, Kinds, Retention, offset_columns, retention
from desirelines.trace.returning.units import Units
from desirelines.trace.run import Kernel, each, run, threads
from desirelines.trace.timing.clock import Hours, Moves, moved
from desirelines.trace.timing.cycles import Cycles, cycles
from desirelines.trace.timing.marks import Ends, ends, visits
from desirelines.trace.timing.spread import DECILES, Spread
from desirelines.trace.timing.stays import Dwell, States, Stays, dwell, stays
from desirelines.trace.warm import warm
from desirelines.trace.ways.flow import EDGE, Flow, Focus, flow, flow_journeys
from desirelines.trace.ways.follows import Follows, follows

__all__ = [
    "BACK",
    "BEGIN",
    "CHURNED",
    "DECILES",
    "EDGE",
    "EVER",
    "EVERY",
    "MARKS",
    "NEW",
    "NOTHING_SKIPPED",
    "OVER",
    "QUANTILES",
    "RESURRECTED",
    "RETAINED",
    "WAITING",
    "Alignment",
    "Bucket",
    "Chains",
    "Completion",
    "Cycles",
    "Discovery",
    "Dwell",
    "Ends",
    "Figures",
    "Flow",
    "Focus",
    "Follows",
    "Funnel",
    "Grouping",
    "Growth",
    "Held",
    "Help",
    "Hours",
    "JourneyBucket",
    "Kernel",
    "Kinds",
    "KnownCounts",
    "Late",
    "Matches",
    "Moves",
    "Part",
    "Patience",
    "Pattern",
    "PatternFault",
    "Reach",
    "Retention",
    "Room",
    "Sessions",
    "Spread",
    "States",
    "Stays",
    "Step",
    "Steps",
    "Trace",
    "Transitions",
    "Tree",
    "Units",
    "VariantCounts",
    "VariantIndex",
    "Variants",
    "active_within",
    "align",
    "blocks",
    "build",
    "chains",
    "code_after",
    "cut",
    "cycles",
    "discover",
    "discovery",
    "dwell",
    "each",
    "ends",
    "flow",
    "flow_journeys",
    "follows",
    "funnel",
    "grouping",
    "growth",
    "having",
    "help_at",
    "in_cell",
    "index_variants",
    "late",
    "late_events",
    "map_array",
    "matches",
    "merge_trace",
    "moved",
    "offset_columns",
    "open_trace",
    "part",
    "pattern",
    "precision",
    "reach",
    "retention",
    "run",
    "sessions",
    "standing",
    "stays",
    "tally",
    "threads",
    "transitions",
    "tree_automaton",
    "variant_counts",
    "variants",
    "visits",
    "warm",
    "write_log",
]
