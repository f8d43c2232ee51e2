"""What people want to have achieved: how much it matters, how far they have it, and where the gap is widest."""

from __future__ import annotations

from dataclasses import dataclass

from desirelines.measure import SMALL
from desirelines.model.result import Result
from desirelines.plan import Outcome, Plan, in_order


@dataclass(frozen=True)
class OutcomeRow:
    """Importance and satisfaction from 0 to 10 as customers gave them; `opportunity`: importance plus what it lacks, 0 to 20."""

    id: str
    words: str
    importance: float | None
    satisfaction: float | None
    opportunity: Result[float]
    moments: tuple[str, ...]
    measured: bool
    """Events say who has it."""


def outcome_rows(plan: Plan, number: int, data_version: int) -> tuple[OutcomeRow, ...]:
    """The widest gap first; those nobody was asked about last."""
    rows = [_row(one, plan, number, data_version) for one in in_order(plan.outcomes)]
    return tuple(sorted(rows, key=lambda row: (row.opportunity.value is None, -(row.opportunity.value or 0.0))))


def _row(one: Outcome, plan: Plan, number: int, data_version: int) -> OutcomeRow:
    given, n = one.importance is not None and one.satisfaction is not None, one.n or 0
    score = one.importance + max(0.0, one.importance - one.satisfaction) if given else None  # type: ignore[operator]
    notes = ["two means that customers gave: their spread is not known, so no interval"] if given else []
    notes += [f"rests on {n} answers only"] if given and n < SMALL else []
    result = Result(
        score, "score", n, "answers", method="exact", plan_version=number, data_version=data_version, caveats=tuple(notes)
    )
    moments = tuple(moment.words for moment in in_order(plan.moments) if moment.outcome == one.id)
    return OutcomeRow(one.id, one.words, one.importance, one.satisfaction, result, moments, bool(one.reached))
