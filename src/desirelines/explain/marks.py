"""Marks in the answers of why: which customers each stands for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from desirelines.explain.comparing.answering import of_compare
from desirelines.explain.comparing.nouns import CompareAsk
from desirelines.explain.drivers.answering import of_drivers
from desirelines.explain.drivers.moments import of_moments
from desirelines.explain.drivers.nouns import DriversAsk, MomentsAsk
from desirelines.explain.experiments.answering import of_experiment
from desirelines.explain.experiments.nouns import ExperimentAsk
from desirelines.explain.glitches.answering import of_glitches
from desirelines.explain.glitches.nouns import GlitchesAsk
from desirelines.explain.ground import Ground, Mask
from desirelines.explain.ripples.answering import of_ripples
from desirelines.explain.ripples.nouns import RipplesAsk
from desirelines.measure import Address, read_ask

Marked = Callable[[Ground, Any, str], Mask]
MARKED: Mapping[str, tuple[type[BaseModel], Marked]] = {
    "compare": (CompareAsk, of_compare),
    "drivers": (DriversAsk, of_drivers),
    "moments": (MomentsAsk, of_moments),
    "experiment": (ExperimentAsk, of_experiment),
    "glitches": (GlitchesAsk, of_glitches),
    "ripples": (RipplesAsk, of_ripples),
}
"""Kind of question → what may be asked, and (ground, ask, mark) → bool[customers of the facts]."""


def marked(ground: Ground, address: Address) -> Mask:
    """bool[customers]: whom the mark at `address` stands for. `ground` is what the address asks about."""
    model, customers = MARKED[address.kind]
    return customers(ground, read_ask(model, address.ask), address.mark)
