"""One question to go on with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desirelines.model.result import Result
from desirelines.plan import RoleId

MEANS: dict[RoleId, str] = {
    "order": "who ordered, and when", "contact": "who asked for help, and when", "value": "when they had it in their hands",
    "referral": "who recommended us",
}  # fmt: skip


@dataclass(frozen=True)
class NextQuestion:
    """`why` it is asked, what an answer `settles`, and the page (under the workspace) `link` where it is found or given."""

    id: str
    words: str
    why: str
    settles: str
    kind: Literal["shows", "lacks"]
    link: str
    step: str
    """What the link does, as its words."""
    told: tuple[Result[float], ...] = ()
    weight: float = 0.0
    about: str = ""
    """The element it turns on: two questions are never about the same."""
