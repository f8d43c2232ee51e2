"""A sample in parts: by place, by who the customers are, by how often they bought, by the plan that held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from desirelines.measure.mapping.frame import Frame
from desirelines.measure.metrics.entry import Metric
from desirelines.measure.metrics.ground import Ground, keys
from desirelines.measure.metrics.nouns import Beside, By, no_members
from desirelines.measure.metrics.sample import Mask, Sample
from desirelines.plan import in_order

CYCLES = 4
PLACES = ("stage", "touchpoint", "moment", "channel")


@dataclass(frozen=True)
class Grouped:
    """One part, and all the others."""

    id: str
    name: str
    units: Sample
    rest: Sample | None


def cut(units: Sample, low_us: int, high_us: int) -> Sample:
    """The units in the half-open time."""
    return units.take(units.between(low_us, high_us))


def of_members(units: Sample, members: Mask | None) -> Sample:
    """The units of the customers marked; None: everybody's. Rows that are nobody's but below every line stay."""
    if members is None:
        return units
    if units.undivided:
        notes = ("of everybody together: nothing says which of it is of these customers",)
        return replace(units.take(slice(0, 0)), caveats=(*units.caveats, *notes))
    kept = np.append(members, False)[units.customer]
    return units.take(np.flatnonzero(kept | _shared(units)))


def offered(units: Sample | None, metric: Metric, frame: Frame, beside: Beside) -> tuple[By, ...]:
    """What a sample can be broken down by."""
    if units is None:
        return ()
    plan = frame.plan
    placed = units.touchpoint is not None and bool((units.touchpoint >= 0).any())
    known = bool((units.customer >= 0).any()) and not units.undivided
    there = {
        "stage": placed,
        "touchpoint": placed,
        "moment": placed and any(moment.touchpoints for moment in plan.moments),
        "channel": units.channel is not None and bool((units.channel > 0).any()),
        "persona": known and beside.members is not no_members and any(persona.segment for persona in plan.personas),
        "segment": known and bool(beside.segments),
        "cycle": known and "order" in frame.facts.occasions,
        "version": len(beside.stretches) > 1,
        "part": len(units.parts) > 1,
    }
    return tuple(by for by in get_args(By) if there.get(by))


def grouped(units: Sample | None, by: By, frame: Frame, ground: Ground, beside: Beside) -> list[Grouped]:
    """The parts of a sample, each with the rest; parts may overlap (moments, personas, segments)."""
    if units is None or not len(units):
        return []
    below = _below(units) if by in PLACES else _shared(units)
    found = []
    for name, words, mask in _masks(units, by, frame, ground, beside):
        if (mask & ~below).any():
            found.append(Grouped(name, words, _rows(units, mask | below), _rows(units, ~mask | below)))
    return found


def _rows(units: Sample, mask: Mask) -> Sample:
    return units.take(np.flatnonzero(mask))


def _below(units: Sample) -> Mask:
    """Rows that only stand below the line: orders under calls are every channel's orders."""
    if units.exposure is None:
        return np.zeros(len(units), np.bool_)
    return np.asarray((units.exposure > 0) & (units.value == 0))


def _shared(units: Sample) -> Mask:
    """Rows below the line that are nobody's: days."""
    return _below(units) & (units.customer < 0) if units.shared else np.zeros(len(units), np.bool_)


def _masks(units: Sample, by: By, frame: Frame, ground: Ground, beside: Beside) -> Iterator[tuple[str, str, Mask]]:
    plan = frame.plan
    if by in ("stage", "touchpoint", "moment"):
        yield from _places(units, by, frame)
    elif by == "channel" and units.channel is not None:
        names = {name: [i for i, one in enumerate(units.channels) if one == name] for name in units.channels if name}
        for name, codes in names.items():
            yield name, name, np.isin(units.channel, codes)
    elif by == "part" and units.part is not None:
        for index, (name, words) in enumerate(units.parts):
            yield name, words, units.part == index
    elif by in ("persona", "segment"):
        rules = (
            [(one.id, one.name, one.segment) for one in in_order(plan.personas) if one.segment]
            if by == "persona" else list(beside.segments)
        )  # fmt: skip
        for name, words, rule in rules:
            yield name, words, np.append(beside.members(rule), False)[units.customer]
    elif by == "cycle":
        yield from _cycles(units, ground)
    elif by == "version":
        yield from _versions(units, beside)


def _places(units: Sample, by: By, frame: Frame) -> Iterator[tuple[str, str, Mask]]:
    matched, touchpoint = frame.matched, units.touchpoint
    if touchpoint is None:
        return
    if by == "touchpoint":
        for code, one in enumerate(in_order(frame.plan.touchpoints)):
            yield one.id, one.name, np.asarray(touchpoint == code)
    elif by == "stage":
        for index, stage in enumerate(matched.stages):
            yield stage.id, stage.name, np.append(matched.in_stage[:, index], False)[touchpoint]
    else:
        codes = {name: code for code, name in enumerate(matched.touchpoints)}
        for moment in in_order(frame.plan.moments):
            yield moment.id, moment.words, np.isin(touchpoint, [codes[name] for name in moment.touchpoints if name in codes])


def _cycles(units: Sample, ground: Ground) -> Iterator[tuple[str, str, Mask]]:
    """By how many orders stood before: up to and with the first order is the first cycle."""
    orders = ground.role("order")
    if orders is None:
        return
    base = int(min(orders.at.min(), units.at.min()))
    there = keys(orders.customer, orders.at, base)
    low = np.searchsorted(there, np.asarray(units.customer, np.int64) << 40)
    before = np.searchsorted(there, keys(units.customer, units.at, base)) - low
    for cycle in range(CYCLES):
        last = cycle == CYCLES - 1
        words = f"{('first', 'second', 'third', 'fourth')[cycle]} cycle{' and later' if last else ''}"
        yield str(cycle + 1), words, (units.customer >= 0) & ((before >= cycle) if last else (before == cycle))


def _versions(units: Sample, beside: Beside) -> Iterator[tuple[str, str, Mask]]:
    ends = [start for start, _ in beside.stretches[1:]] + [None]
    for (start, number), end in zip(beside.stretches, ends, strict=True):
        mask = np.ones(len(units), np.bool_)
        if start is not None:
            mask &= units.at >= start
        if end is not None:
            mask &= units.at < end
        yield str(number), f"version {number}", mask
