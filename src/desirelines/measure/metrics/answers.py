"""All metrics at once, and the page of one: now, before, trend, breakdown, and the customers behind each of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from desirelines.errors import BadInput
from desirelines.map import shelf_key, shelved
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.grouping import grouped, offered
from desirelines.measure.metrics.nouns import NOTHING_BESIDE, Beside, MetricAsk, MetricPage, Metrics
from desirelines.measure.metrics.register import METRICS, metric_of
from desirelines.measure.metrics.sample import Mask, whose
from desirelines.measure.metrics.told import MONTHLY, Told, ground_of, period_before
from desirelines.plan import plan_hash
from desirelines.trace import threads

FORMAT = 1
"""Counted up when a figure changes its meaning; what was kept on disk is then made anew."""
REGISTER = [[one.id, one.name, one.words, one.formula, one.unit, one.kind, one.caution] for one in METRICS]
ANSWER = TypeAdapter(Metrics)
KEPT = 64
"""So many answers stay."""


def metrics(frame: Frame) -> Metrics:
    """Every figure of the register for the frame's period and segment, with the period before; kept as long as the facts are."""
    key = ("metrics", frame.matched.key, frame.plan_version, frame.period, frame.segment.text, _members_key(frame))
    kept = frame.facts.kept
    if key not in kept:
        kept[key] = _shelved(frame, key) if frame.segment.everybody else _made(frame)
        _sweep(kept)
    found: Metrics = kept[key]
    return found


def _made(frame: Frame) -> Metrics:
    ground_of(frame).active  # noqa: B018 - what many figures share is made once, before threads ask for it
    with ThreadPoolExecutor(threads()) as pool:
        rows = tuple(pool.map(lambda one: Told(frame, one).row, METRICS))
    return Metrics(
        rows, frame.period, period_before(frame), frame.segment.text, frame.matched.journey.id, frame.plan_version,
        frame.matched.data_version,
    )  # fmt: skip


def _shelved(frame: Frame, key: tuple[object, ...]) -> Metrics:
    """From the disk, where this question was asked before of the same plan and the same data."""
    who = frame.facts.who
    named = shelf_key(FORMAT, REGISTER, plan_hash(frame.plan), who.key, frame.matched.data_version, *key)
    shelf = shelved(who.folder, "figures", named, lambda: ({}, {"said": ANSWER.dump_python(_made(frame), mode="json")}))
    return ANSWER.validate_python(shelf.about["said"])


def metric(frame: Frame, ask: MetricAsk, beside: Beside = NOTHING_BESIDE) -> MetricPage:
    """One figure's page. Raises NotFound for an unknown metric, BadInput for a breakdown that it does not have."""
    told = Told(frame, metric_of(ask.id), ask)
    units = told.inside
    can = offered(told.whole, told.metric, frame, beside)
    if ask.by and ask.by not in can:
        raise BadInput(f"`{ask.id}` cannot be broken down by {ask.by}", hint=f"by {', '.join(can)}" if can else "by nothing")
    groups = grouped(units, ask.by, frame, told.ground, beside) if ask.by else []
    halves = told.metric.kind in ("share", "nps")
    notes = []
    if ask.unit != "month" and told.metric.id in MONTHLY:
        notes.append("made of whole months, so the trend is by month")
    if told.metric.caution:
        notes.append(told.metric.caution)
    return MetricPage(
        told.row, ask, told.trend(), ask.by, tuple(told.group(one) for one in groups), can,
        told.address("now:yes") if halves else "", told.address("now:no") if halves else "", tuple(notes),
    )  # fmt: skip


def of_metric(frame: Frame, ask: MetricAsk, mark: str, beside: Beside = NOTHING_BESIDE) -> Mask:
    """bool[customers of the facts]: whom a mark of a metric stands for. Raises BadInput for a mark that is none."""
    told = Told(frame, metric_of(ask.id), ask)
    place, _, half = mark.rpartition(":") if mark.endswith((":yes", ":no")) else (mark, "", "")
    units = told.marked(place, beside)
    if half:
        high = units.value >= 9 if told.metric.kind == "nps" else units.value > 0
        low = units.value <= 6 if told.metric.kind == "nps" else ~high
        units = units.take(np.flatnonzero(high if half == "yes" else low))
    elif units.exposure is not None and told.metric.kind == "rate":
        units = units.take(np.flatnonzero(units.value > 0))  # those who called, not all who ordered
    return whose(units, len(frame.facts.who.customers))


def _sweep(kept: dict[Any, Any]) -> None:
    """Forget the oldest answers."""
    answers = [key for key in list(kept) if key[0] == "metrics"]
    for key in answers[: max(0, len(answers) - KEPT)]:
        kept.pop(key, None)


def _members_key(frame: Frame) -> str:
    members = frame.members
    return "" if members is None else blake2b(members.tobytes(), digest_size=12).hexdigest()
