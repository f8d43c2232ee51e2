"""What stands in the report: answers that the pages show too, from one version of data and plan."""

from __future__ import annotations

from dataclasses import dataclass

from desirelines import measure
from desirelines.explain import Findings
from desirelines.measure import BaseMonths, Cockpit, Sheet
from desirelines.view import Question, View

MOST_MONTHS = 24


@dataclass(frozen=True)
class Report:
    """`base`: by month, of which at most MOST_MONTHS are drawn."""

    cockpit: Cockpit
    findings: Findings
    sheet: Sheet
    base: BaseMonths
    owners: dict[str, str]
    """Team ids to names."""


def gather(view: View, question: Question) -> Report:
    """Raises NotFound where no journey is planned."""
    return Report(
        view.cockpit(question),
        view.findings(question),
        view.sheet(question),
        measure.base_months(view.frame(question)),
        {team.id: team.name for team in view.plan.teams},
    )
