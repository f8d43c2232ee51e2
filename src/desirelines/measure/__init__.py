"""The numbers, each with its count, interval and caveats: the sheet, its promises, what to know first."""

from __future__ import annotations

from desirelines.measure.asking import MARKED, marked
from desirelines.measure.asking.address import Address, Asked, read_address, read_ask, write_address
from desirelines.measure.asking.calendar import Unit
from desirelines.measure.asking.drafts import Block, DiscoverAsk, Discovered, Telling, TreeNode, discover, with_discovered
from desirelines.measure.asking.following import Follows, FollowsAsk, LaterPair, follows
from desirelines.measure.asking.funnel_nouns import Funnel, FunnelAsk, FunnelGroup, FunnelNext, FunnelStep
from desirelines.measure.asking.funnels import funnel
from desirelines.measure.asking.groups import Group, Groups, GroupsAsk, Silhouette, groups
from desirelines.measure.asking.growing import Growth, GrowthAsk, GrowthRow, StickyRow, growth
from desirelines.measure.asking.paths import Paths
from desirelines.measure.asking.patterns import (
    Example,
    Pattern,
    PatternAsk,
    PatternHelp,
    PatternHelpAsk,
    Place,
    pattern,
    pattern_help,
)
from desirelines.measure.asking.places import by_stage
from desirelines.measure.asking.returning import Cohort, Retention, RetentionAsk, RetentionCell, retention
from desirelines.measure.asking.steps import TransitionsAsk, VariantsAsk, transitions, variants
from desirelines.measure.asking.stuck import Stuck, StuckAsk, StuckPlace, stuck
from desirelines.measure.asking.times import CycleRow, Lasting, TimeAsk, TimeRow, Times, times
from desirelines.measure.asking.walk import Level, Walk
from desirelines.measure.asking.ways import Flow, FlowAsk, FlowNode, flow, spell_way
from desirelines.measure.base.accounts import Accounts
from desirelines.measure.base.value import value
from desirelines.measure.base.value_nouns import (
    Value,
    ValueAhead,
    ValueAsk,
    ValueCell,
    ValueChance,
    ValueCheck,
    ValueCohort,
    ValueGroup,
    ValueMatrix,
    ValueModel,
    ValuePoint,
    ValueTenth,
)
from desirelines.measure.credit.credit import credit
from desirelines.measure.credit.marks import ACCOUNTED, accounted
from desirelines.measure.credit.nouns import Credit, CreditAsk, CreditRow, CreditShare
from desirelines.measure.gathering.days import day_numbers
from desirelines.measure.gathering.facts import Facts, gather
from desirelines.measure.gathering.judge import Judgements
from desirelines.measure.gathering.pairs import BROKEN, KEPT
from desirelines.measure.gathering.roles import Occasions
from desirelines.measure.intervals import SMALL, Interval, mean, median_ranks, newcombe, wilson
from desirelines.measure.mapping.compose import sheet
from desirelines.measure.mapping.evidence import GRADES, insight_grade
from desirelines.measure.mapping.evidence import best as best_grade
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.mapping.handoffs import Handoff, Handoffs, handoffs
from desirelines.measure.metrics.answers import metric, metrics, of_metric
from desirelines.measure.metrics.base_months import BaseMonth, BaseMonths, base_months
from desirelines.measure.metrics.entry import Metric
from desirelines.measure.metrics.ledger import Ledger, LedgerRow, ledger
from desirelines.measure.metrics.nouns import (
    Beside,
    By,
    MetricAsk,
    MetricChange,
    MetricGroup,
    MetricPage,
    MetricRow,
    Metrics,
    TrendPoint,
)
from desirelines.measure.metrics.register import METRIC_IDS, METRICS, metric_of
from desirelines.measure.metrics.rolled import BrandScore, ScorePart, Scores, scores
from desirelines.measure.metrics.sample import Sample, estimate, whose
from desirelines.measure.metrics.units import units_of
from desirelines.measure.sheet import (
    Cockpit,
    Customer,
    Customers,
    Deviations,
    EventCount,
    Evidence,
    Finding,
    Following,
    Grade,
    Headline,
    MomentCell,
    PromiseFigures,
    Seam,
    Sheet,
    StageFigures,
    Story,
    StoryEvent,
    Tally,
    TouchpointFigures,
    Transition,
    Transitions,
    Variant,
    Variants,
    Way,
)
from desirelines.measure.telling.behind import customers, customers_behind
from desirelines.measure.telling.care import care, troubled
from desirelines.measure.telling.care_nouns import Care, CareAsk, CareOwner, CareReason, CareSign, InTrouble
from desirelines.measure.telling.cockpit import cockpit
from desirelines.measure.telling.findings import ranked
from desirelines.measure.telling.said import Said
from desirelines.measure.telling.stories import story
from desirelines.measure.telling.verbatims import Verbatim, verbatims
from desirelines.measure.telling.words import amount, between, lasting, money, percent, several

__all__ = [
    "ACCOUNTED",
    "BROKEN",
    "GRADES",
    "KEPT",
    "MARKED",
    "METRICS",
    "METRIC_IDS",
    "SMALL",
    "Accounts",
    "Address",
    "Asked",
    "BaseMonth",
    "BaseMonths",
    "Beside",
    "Block",
    "BrandScore",
    "By",
    "Care",
    "CareAsk",
    "CareOwner",
    "CareReason",
    "CareSign",
    "Cockpit",
    "Cohort",
    "Credit",
    "CreditAsk",
    "CreditRow",
    "CreditShare",
    "Customer",
    "Customers",
    "CycleRow",
    "Deviations",
    "DiscoverAsk",
    "Discovered",
    "EventCount",
    "Evidence",
    "Example",
    "Facts",
    "Finding",
    "Flow",
    "FlowAsk",
    "FlowNode",
    "Following",
    "Follows",
    "FollowsAsk",
    "Frame",
    "Funnel",
    "FunnelAsk",
    "FunnelGroup",
    "FunnelNext",
    "FunnelStep",
    "Grade",
    "Group",
    "Groups",
    "GroupsAsk",
    "Growth",
    "GrowthAsk",
    "GrowthRow",
    "Handoff",
    "Handoffs",
    "Headline",
    "InTrouble",
    "Interval",
    "Judgements",
    "Lasting",
    "LaterPair",
    "Ledger",
    "LedgerRow",
    "Level",
    "Metric",
    "MetricAsk",
    "MetricChange",
    "MetricGroup",
    "MetricPage",
    "MetricRow",
    "Metrics",
    "MomentCell",
    "Occasions",
    "Paths",
    "Pattern",
    "PatternAsk",
    "PatternHelp",
    "PatternHelpAsk",
    "Place",
    "PromiseFigures",
    "Retention",
    "RetentionAsk",
    "RetentionCell",
    "Said",
    "Sample",
    "ScorePart",
    "Scores",
    "Seam",
    "Sheet",
    "Silhouette",
    "StageFigures",
    "StickyRow",
    "Story",
    "StoryEvent",
    "Stuck",
    "StuckAsk",
    "StuckPlace",
    "Tally",
    "Telling",
    "TimeAsk",
    "TimeRow",
    "Times",
    "TouchpointFigures",
    "Transition",
    "Transitions",
    "TransitionsAsk",
    "TreeNode",
    "TrendPoint",
    "Unit",
    "Value",
    "ValueAhead",
    "ValueAsk",
    "ValueCell",
    "ValueChance",
    "ValueCheck",
    "ValueCohort",
    "ValueGroup",
    "ValueMatrix",
    "ValueModel",
    "ValuePoint",
    "ValueTenth",
    "Variant",
    "Variants",
    "VariantsAsk",
    "Verbatim",
    "Walk",
    "Way",
    "accounted",
    "amount",
    "base_months",
    "best_grade",
    "between",
    "by_stage",
    "care",
    "cockpit",
    "credit",
    "customers",
    "customers_behind",
    "day_numbers",
    "discover",
    "estimate",
    "flow",
    "follows",
    "funnel",
    "gather",
    "groups",
    "growth",
    "handoffs",
    "insight_grade",
    "lasting",
    "ledger",
    "marked",
    "mean",
    "median_ranks",
    "metric",
    "metric_of",
    "metrics",
    "money",
    "newcombe",
    "of_metric",
    "pattern",
    "pattern_help",
    "percent",
    "ranked",
    "read_address",
    "read_ask",
    "retention",
    "scores",
    "several",
    "sheet",
    "spell_way",
    "story",
    "stuck",
    "times",
    "transitions",
    "troubled",
    "units_of",
    "value",
    "variants",
    "verbatims",
    "whose",
    "wilson",
    "with_discovered",
    "write_address",
]
