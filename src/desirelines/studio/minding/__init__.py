"""People's minds: who the personas are, what backs them, and what in the plan supports what they do and hold true."""

from desirelines.studio.minding.behaving import Moved
from desirelines.studio.minding.outcomes import OutcomeRow, outcome_rows
from desirelines.studio.minding.personas import Backing, Overlap, PersonaRow, Personas, Share, personas
from desirelines.studio.minding.towers import MentalModel, Support, TowerRow, mental_model

__all__ = [
    "Backing",
    "MentalModel",
    "Moved",
    "OutcomeRow",
    "Overlap",
    "PersonaRow",
    "Personas",
    "Share",
    "Support",
    "TowerRow",
    "mental_model",
    "outcome_rows",
    "personas",
]
