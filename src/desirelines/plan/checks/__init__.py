"""Is a plan fit to publish, and what is worth a look? Every finding at once."""

from __future__ import annotations

from desirelines.errors import BadInput
from desirelines.model.document import Document, read_document
from desirelines.plan.checks.contested import check_contested
from desirelines.plan.checks.finding import CODES, Finding, Findings, Seen
from desirelines.plan.checks.lint import check_wording
from desirelines.plan.checks.references import check_references
from desirelines.plan.checks.roles import check_roles
from desirelines.plan.checks.soundness import check_soundness
from desirelines.plan.checks.wording import Note, Speaker, brand_speak, wording
from desirelines.plan.elements import Plan
from desirelines.plan.exchange import plan_of

__all__ = ["CODES", "Finding", "Note", "Seen", "Speaker", "brand_speak", "check", "errors_in", "examine", "wording"]

_EMPTY = Document(None)


def check(plan: Plan, document: Document | None = None, seen: Seen | None = None) -> list[Finding]:
    """All findings, errors first, each group in the order of the document.

    `document`: what the plan was read from, for lines. `seen`: what the data has shown, for rules that name nothing.
    """
    findings = Findings(plan, document or _EMPTY)
    check_references(plan, findings)
    check_soundness(plan, findings, seen or Seen())
    check_roles(plan, findings, seen or Seen())
    check_contested(plan, findings)
    check_wording(plan, findings, seen or Seen())
    return sorted(findings.found, key=lambda finding: (finding.severity != "error", finding.line))


def errors_in(findings: list[Finding]) -> tuple[Finding, ...]:
    """Those that forbid publishing."""
    return tuple(finding for finding in findings if finding.severity == "error")


def examine(text: str | bytes, file: str = "", seen: Seen | None = None) -> tuple[Plan | None, list[Finding]]:
    """Read and check in one go, raising nothing for a bad plan: None if it cannot be read. Raises TooLarge for a bomb."""
    try:
        document = read_document(text, file)
        plan = plan_of(document)
    except BadInput as error:
        faults = error.faults or (Document(None, file).fault(error.message, hint=error.hint),)
        return None, [
            Finding(one.message, one.file, one.line, one.path, one.hint or error.hint, "error", "unreadable") for one in faults
        ]
    return plan, check(plan, document, seen)
