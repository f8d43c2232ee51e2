"""Why: what drives satisfaction, which glitch began when and what it moved elsewhere, what differs, what an experiment showed."""

from __future__ import annotations

from desirelines.explain.comparing.answering import compare
from desirelines.explain.comparing.nouns import CompareAsk, Comparison, Contrast, SideTold
from desirelines.explain.experiments.answering import experiment
from desirelines.explain.experiments.nouns import Arm, Experiment, ExperimentAsk, Gate, Goal, GoalArm, Look, Trial
from desirelines.explain.experiments.trials import trials
from desirelines.explain.ground import Ground
from desirelines.explain.marks import MARKED, marked

__all__ = [
    "MARKED",
    "Arm",
    "CompareAsk",
    "Comparison",
    "Contrast",
    "Experiment",
    "ExperimentAsk",
    "Gate",
    "Goal",
    "GoalArm",
    "Ground",
    "Look",
    "SideTold",
    "Trial",
    "compare",
    "experiment",
    "marked",
    "trials",
]
