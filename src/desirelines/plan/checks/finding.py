"""What a check says about a plan: a fault with a weight and a stable name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from desirelines.errors import Fault
from desirelines.model.document import Document, Path, spell
from desirelines.plan.elements import Plan

Severity = Literal["error", "warning"]

MOST = 1_000
"""No check answers with more findings than this."""

CODES: Mapping[str, str] = {
    "unreadable": "the document is no plan: a field is missing, unknown or of the wrong kind",
    "unknown-reference": "an id that nothing in the plan has",
    "duplicate-id": "two elements with the same id",
    "contested": "two touchpoints claim the same events",
    "may-be-contested": "two touchpoints may claim the same event; whether they do depends on the data",
    "too-many-rules": "more rules than can be compared with each other",
    "journey-cycle": "a journey opens itself, directly or through others",
    "empty-journey": "a journey without a step and without a stage that opens another journey",
    "one-way-to-keep": "a promise says exactly one of by, within and score",
    "one-way-to-step": "a step says exactly one of touchpoint and one_of",
    "duration": "a length of time that is zero or longer than a hundred years",
    "unknown-zone": "a time zone that does not exist",
    "kind-name": "a subject, object kind or property that no event can carry",
    "empty-condition": "a condition that no value can meet",
    "scale": "a scale whose low end is not below its high end",
    "joins": "an identifier kind that may join less than one other value",
    "too-many-in-any-order": "a stage in any order with more steps than can be aligned",
    "placement-is-no-moment": "a moment that is only an advert: no need of the customer",
    "side-order": "a customer's stage stands before a buyer's stage",
    "brand-speak": "the brand's words where the customer's belong",
    "first-person": "a moment that does not speak as the customer",
    "strategy-gate": "a strategy field is empty",
    "no-owner": "a touchpoint or promise that nobody owns",
    "stage-without-moment": "a stage that no moment explains",
    "assumption": "a persona without any source",
    "retired-message": "a stage that still carries a retired message",
    "only-messages": "all that meets people is a message: nothing they can use",
    "empty-tower": "a tower of a mental model that nothing of the plan supports",
    "never-seen": "a rule names an event, or a role a property or figure, that no source has given yet",
    "empty-role": "a role that no event plays, and no figure where one could",
    "role-needs-property": "a role whose events say nothing without a property: a score, a rank, an amount",
    "unknown-metric": "a metric that nothing measures",
}


@dataclass(frozen=True)
class Finding(Fault):
    """One thing a check found. With an error a plan cannot be published; a warning is worth a look.

    `code` is the rule's stable name (one of CODES), `element` the nearest element that has an id (``touchpoint:shop``).
    """

    severity: Severity = "error"
    code: str = ""
    element: str = ""


@dataclass(frozen=True)
class Seen:
    """What the data has shown so far, so that a plan can be held against it. Empty: nothing is known."""

    events: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    properties: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    metrics: frozenset[str] = frozenset()
    """What can be measured at all: the ids of the register."""


@dataclass
class Findings:
    """Collects findings with their places; one lives as long as one check."""

    plan: Plan
    document: Document
    found: list[Finding] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """True if so much is wrong that more findings help nobody."""
        return len(self.found) >= MOST

    def error(self, code: str, message: str, path: Path, hint: str = "") -> None:
        """Something that forbids publishing."""
        self._add("error", code, message, path, hint)

    def warning(self, code: str, message: str, path: Path, hint: str = "") -> None:
        """Something worth a look."""
        self._add("warning", code, message, path, hint)

    def _add(self, severity: Severity, code: str, message: str, path: Path, hint: str) -> None:
        if self.full:
            return
        self.found.append(
            Finding(
                message=message,
                file=self.document.file,
                line=self.document.line(path),
                path=spell(path),
                hint=hint,
                severity=severity,
                code=code,
                element=element_at(self.plan, path),
            )
        )


def element_at(plan: Plan, path: Path) -> str:
    """Kind and id of the innermost element on a path that has an id; empty if none has."""
    here: Any = plan
    name = ""
    for part in path:
        here = getattr(here, part, None) if isinstance(part, str) else here[part]
        if here is None:
            break
        if getattr(here, "id", None) and not isinstance(here, (str, tuple)):
            name = f"{type(here).__name__.lower()}:{here.id}"
    return name
