"""Drawing the plan together: shared documents, what people say about them, and what becomes of both."""

from desirelines.studio.aside import Aside
from desirelines.studio.drafts import Draft, begin, draft, drop_draft, publish_draft, save_draft
from desirelines.studio.judging import (
    Judged,
    Line,
    Paving,
    Standing,
    VerdictGiven,
    calm_cockpit,
    calm_findings,
    calm_sheet,
    judge,
    judged,
    lines,
    pave,
    paved,
    quiet_ways,
    standing,
    take_back,
)

__all__ = [
    "Aside",
    "Draft",
    "Judged",
    "Line",
    "Paving",
    "Standing",
    "VerdictGiven",
    "begin",
    "calm_cockpit",
    "calm_findings",
    "calm_sheet",
    "draft",
    "drop_draft",
    "judge",
    "judged",
    "lines",
    "pave",
    "paved",
    "publish_draft",
    "quiet_ways",
    "save_draft",
    "standing",
    "take_back",
]
