"""What was decided about each desire line: pave, mend the cause, watch, accept; and whether it still holds."""

from desirelines.studio.judging.calming import calm_cockpit, calm_findings, calm_sheet, quiet_ways
from desirelines.studio.judging.paving import Paving, pave, paved
from desirelines.studio.judging.standing import DesireLine, Standing, lines, standing
from desirelines.studio.judging.verdicts import (
    Basis,
    Judged,
    Verdict,
    VerdictGiven,
    VerdictSaid,
    judge,
    judged,
    key_of,
    take_back,
)

__all__ = [
    "Basis",
    "DesireLine",
    "Judged",
    "Paving",
    "Standing",
    "Verdict",
    "VerdictGiven",
    "VerdictSaid",
    "calm_cockpit",
    "calm_findings",
    "calm_sheet",
    "judge",
    "judged",
    "key_of",
    "lines",
    "pave",
    "paved",
    "quiet_ways",
    "standing",
    "take_back",
]
