"""What stands in the report: answers that the pages show too, from one version of data and plan."""

from __future__ import annotations

from dataclasses import dataclass

from desirelines import measure
from desirelines.explain import Findings
from desirelines.measure import Cockpit, Growth, GrowthAsk, Sheet, Walk
from desirelines.view import Question, View

WHOLE = Walk()
MOST_MONTHS = 24


@dataclass(frozen=True)
class Report:
    """`growth`: by month; of the days of the period, at most MOST_MONTHS rows are drawn."""

    cockpit: Cockpit
    findings: Findings
    sheet: Sheet
    growth: Growth
    owners: dict[str, str]
    """Team ids to names."""


def gather(view: View, question: Question) -> Report:
    """Raises NotFound where no journey is planned."""
    found = measure.growth(view.paths(question, WHOLE), GrowthAsk())
    return Report(
        view.cockpit(question),
        view.findings(question),
        view.sheet(question),
        found,
        {team.id: team.name for team in view.plan.teams},
    )
