"""Why: what drives satisfaction, which glitch began when and what it moved elsewhere, what differs, what an experiment showed."""

from __future__ import annotations

from desirelines.explain.comparing.answering import compare
from desirelines.explain.comparing.nouns import CompareAsk, Comparison, Contrast, SideTold
from desirelines.explain.drivers.answering import drivers
from desirelines.explain.drivers.chain import chain
from desirelines.explain.drivers.moments import moments
from desirelines.explain.drivers.nouns import (
    Chain,
    ChainAsk,
    ChainLink,
    DriverRow,
    Drivers,
    DriversAsk,
    MomentRow,
    Moments,
    MomentsAsk,
    Named,
)
from desirelines.explain.estimating.looking import benjamini_hochberg
from desirelines.explain.experiments.answering import experiment
from desirelines.explain.experiments.lifting import Lift, LiftAsk, TrialLift, lift, lifts
from desirelines.explain.experiments.nouns import Arm, Experiment, ExperimentAsk, Gate, Goal, GoalArm, Look, Trial
from desirelines.explain.experiments.trials import trials
from desirelines.explain.glitches.answering import glitches
from desirelines.explain.glitches.nouns import Glitches, GlitchesAsk, GlitchRow, WatchedSeries
from desirelines.explain.ground import Ground
from desirelines.explain.marks import MARKED, marked
from desirelines.explain.ripples.answering import ripples
from desirelines.explain.ripples.nouns import Fault, NaturalComparison, RippleEdge, Ripples, RipplesAsk, RippleStep
from desirelines.explain.rungs import RUNGS, Rung
from desirelines.explain.telling.findings import Findings, findings

__all__ = [
    "MARKED",
    "RUNGS",
    "Arm",
    "Chain",
    "ChainAsk",
    "ChainLink",
    "CompareAsk",
    "Comparison",
    "Contrast",
    "DriverRow",
    "Drivers",
    "DriversAsk",
    "Experiment",
    "ExperimentAsk",
    "Fault",
    "Findings",
    "Gate",
    "GlitchRow",
    "Glitches",
    "GlitchesAsk",
    "Goal",
    "GoalArm",
    "Ground",
    "Lift",
    "LiftAsk",
    "Look",
    "MomentRow",
    "Moments",
    "MomentsAsk",
    "Named",
    "NaturalComparison",
    "RippleEdge",
    "RippleStep",
    "Ripples",
    "RipplesAsk",
    "Rung",
    "SideTold",
    "Trial",
    "TrialLift",
    "WatchedSeries",
    "benjamini_hochberg",
    "chain",
    "compare",
    "drivers",
    "experiment",
    "findings",
    "glitches",
    "lift",
    "lifts",
    "marked",
    "moments",
    "ripples",
    "trials",
]
