"""What customers answered to the plan's questions, anonymous answers included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desirelines.map import Arrays, Owners, number_sql, rule_clause, shelf_key, shelved
from desirelines.plan import Plan, Question, in_order
from desirelines.store import Snapshot

Int = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Answers:
    """All answers [n] on their question's scale, question after question (`offsets`), each question's by time."""

    questions: tuple[Question, ...]
    offsets: Int
    at: Int
    customer: NDArray[np.int32]
    """Index among the owners' customers; -1: anonymous."""
    value: NDArray[np.float64]

    def values(self, question: int, low_us: int, high_us: int, customers: Mask | None = None) -> NDArray[np.float64]:
        """A question's answers in the half-open time, of the customers marked (None: everybody's, anonymous ones too)."""
        start, stop = int(self.offsets[question]), int(self.offsets[question + 1])
        low, high = np.searchsorted(self.at[start:stop], [low_us, high_us]) + start
        found = self.value[low:high]
        return found if customers is None else found[np.append(customers, False)[self.customer[low:high]]]

    def scores(self, question: int, low_us: int, high_us: int, customers: Mask | None = None) -> NDArray[np.float64]:
        """The same from -1 (the scale's low end) to 1 (its high end)."""
        scale = self.questions[question]
        width = scale.high - scale.low
        return (self.values(question, low_us, high_us, customers) - scale.low) / width * 2 - 1

    def at_touchpoints(self, touchpoints: Sequence[str]) -> list[int]:
        """The questions that ask about any of these."""
        return [index for index, question in enumerate(self.questions) if question.touchpoint in touchpoints]


def read_answers(snapshot: Snapshot, plan: Plan, who: Owners, folder: Path) -> Answers:
    """All answers in the lake. What is no number, or outside the question's scale, is no answer."""
    questions = tuple(one for one in in_order(plan.questions) if one.high > one.low)
    asked = [[one.id, one.event.model_dump(mode="json"), one.property, one.low, one.high] for one in questions]
    key = shelf_key(who.key, dict(snapshot.versions), asked)
    a = shelved(folder, "answers", key, lambda: (_make(snapshot, questions, who), {})).arrays
    return Answers(questions, a["offsets"], a["at"], a["customer"], a["value"])


def _make(snapshot: Snapshot, questions: Sequence[Question], who: Owners) -> Arrays:
    found = [_answers(snapshot, question, who) for question in questions]
    return {
        "offsets": np.cumsum([0, *(len(one[0]) for one in found)]).astype(np.int64),
        "at": np.concatenate([np.empty(0, np.int64), *(one[0] for one in found)]),
        "customer": np.concatenate([np.empty(0, np.int32), *(one[1] for one in found)]),
        "value": np.concatenate([np.empty(0, np.float64), *(one[2] for one in found)]),
    }


def _answers(snapshot: Snapshot, question: Question, who: Owners) -> tuple[Int, NDArray[np.int32], NDArray[np.float64]]:
    columns = snapshot.columns("events")
    number = number_sql(columns, question.property)
    if number is None:
        return np.empty(0, np.int64), np.empty(0, np.int32), np.empty(0, np.float64)
    clause = rule_clause(question.event, columns)
    table = snapshot.sql(
        "SELECT file_index, row_index, moment, value FROM "
        f'(SELECT file_index, row_index, epoch_us("at") AS moment, {number} AS value FROM events WHERE {clause.sql}) '
        "WHERE value >= ? AND value <= ? ORDER BY moment",
        [*clause.values, float(question.low), float(question.high)],
    )
    customer = who.of(table.column("file_index").to_numpy(), table.column("row_index").to_numpy())
    return table.column("moment").to_numpy(), customer, table.column("value").to_numpy()
