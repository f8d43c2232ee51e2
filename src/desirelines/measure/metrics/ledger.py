"""The promise ledger: every promise with what became of it, and what was given where it was broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desirelines.measure.gathering.pairs import OPEN
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.nouns import MetricAsk
from desirelines.measure.metrics.register import metric_of
from desirelines.measure.metrics.sample import Sample
from desirelines.measure.metrics.told import Told
from desirelines.model.period import Period
from desirelines.model.result import Result
from desirelines.plan import Promise, in_order


@dataclass(frozen=True)
class LedgerRow:
    """One promise. `remedied`: of those broken whose 30 days are over, the share after which something was given back."""

    id: str
    name: str
    words: str
    touchpoint: str
    owner: str | None
    target: float
    kept: Result[float]
    broken: Result[int]
    waiting: Result[int]
    """Not yet due, so not judged."""
    remedied: Result[float]
    state: Literal["kept", "broken", "in doubt", "not judged"]
    behind_broken: str
    behind_not_remedied: str


@dataclass(frozen=True)
class Ledger:
    rows: tuple[LedgerRow, ...]
    missing: str
    """Why nothing can be said of remedies; empty where it can."""
    link: str
    period: Period
    plan_version: int
    data_version: int


def ledger(frame: Frame) -> Ledger:
    """Every promise of the plan, the least kept first."""
    names = ("promise-kept", "promise-remedied")
    kept, remedied = (Told(frame, metric_of(name), MetricAsk(id=name, by="part")) for name in names)
    rows = [_row(frame, promise, kept, remedied) for promise in in_order(frame.plan.promises)]
    rows.sort(key=lambda row: 2.0 if row.kept.value is None else row.kept.value - row.target)
    lacking = remedied.missing
    return Ledger(
        tuple(rows), lacking.words if lacking else "", lacking.link if lacking else "", frame.period, frame.plan_version,
        frame.matched.data_version,
    )  # fmt: skip


def _row(frame: Frame, promise: Promise, kept: Told, remedied: Told) -> LedgerRow:
    mine, given = (_of(told.inside, promise.id) for told in (kept, remedied))
    result = kept.result(kept.estimate(mine), f"group:{promise.id}")
    made_good = remedied.result(remedied.estimate(given), f"group:{promise.id}")
    broken = 0 if mine is None else int((mine.value == 0).sum())
    judged = frame.facts.judgements
    places = judged.between(promise.id, *frame.bounds, frame.members)
    waiting = int((judged.state[places] == OPEN).sum())
    state: Literal["kept", "broken", "in doubt", "not judged"] = "not judged"
    if result.value is not None and result.high is not None:
        state = "broken" if result.high < promise.target else "kept" if result.value >= promise.target else "in doubt"
    return LedgerRow(
        promise.id, promise.name, promise.words, promise.touchpoint, promise.owner, promise.target, result,
        _count(frame, broken, result.n), _count(frame, waiting, len(places)), made_good, state,
        kept.address(f"group:{promise.id}:no") if broken else "",
        remedied.address(f"group:{promise.id}:no") if given is not None and (given.value == 0).any() else "",
    )  # fmt: skip


def _count(frame: Frame, count: int, n: int) -> Result[int]:
    return Result(
        count, "judgements", n, "judgements", method="exact", period=frame.period, plan_version=frame.plan_version,
        data_version=frame.matched.data_version,
    )  # fmt: skip


def _of(units: Sample | None, promise: str) -> Sample | None:
    if units is None or units.part is None:
        return None
    index = [name for name, _ in units.parts].index(promise)
    return units.take((units.part == index).nonzero()[0])
