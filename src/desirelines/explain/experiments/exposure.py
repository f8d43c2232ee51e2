"""Who was exposed to which arm, and when first; who saw two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.explain.experiments.nouns import ExperimentAsk
from desirelines.explain.ground import Ground
from desirelines.map import quote
from desirelines.model.event import NAME, PROPERTY_TYPES
from desirelines.model.hint import nearest

Int = NDArray[np.int64]
MOST_ARMS = 20


@dataclass(frozen=True)
class Exposed:
    """Customers [n] with their first exposure; `arm` indexes `arms`, which stand in the order of their names."""

    arms: tuple[str, ...]
    customer: NDArray[np.int32]
    at: Int
    arm: Int
    crossed: NDArray[np.int32]
    """Customers who saw more than one arm: not among the others."""


def exposed(ground: Ground, ask: ExperimentAsk) -> Exposed:
    """First exposures in the period, of the segment. Raises BadInput for an event or property that is not there."""
    table = _of_event(ground, ask) if ask.event else _of_trait(ground, ask)
    said = pa.chunked_array([table.column("arm")]) if isinstance(table.column("arm"), pa.Array) else table.column("arm")
    codes = said.combine_chunks().dictionary_encode()
    codes = codes.chunk(0) if isinstance(codes, pa.ChunkedArray) else codes
    names = [str(name) for name in codes.dictionary.to_pylist()]
    order = sorted(range(len(names)), key=lambda place: names[place])
    rank = np.empty(len(names), np.int64)
    rank[order] = np.arange(len(names))
    if len(names) > MOST_ARMS:
        raise BadInput(
            f"`{ask.arm}` has {len(names):,} values, which are no arms", hint=f"at most {MOST_ARMS}; name the arm's property"
        )
    arm = rank[codes.indices.to_numpy().astype(np.int64)] if len(names) else np.empty(0, np.int64)
    return first_of(
        tuple(sorted(names)), table.column("customer").to_numpy().astype(np.int32), table.column("at").to_numpy(), arm,
        ground.bounds, ground.members,
    )  # fmt: skip


def first_of(
    arms: tuple[str, ...],
    customer: NDArray[np.int32],
    at: Int,
    arm: Int,
    bounds: tuple[int, int],
    members: NDArray[np.bool_] | None = None,
) -> Exposed:
    """From all exposures [n], of any time, in any order; customer -1 is nobody known."""
    known = customer >= 0 if members is None else (customer >= 0) & members[customer]
    customer, at, arm = customer[known], at[known], arm[known]
    order = np.lexsort((at, customer))
    customer, at, arm = customer[order], at[order], arm[order]
    start = np.flatnonzero(np.diff(customer, prepend=-1))
    least, most = (np.minimum.reduceat(arm, start), np.maximum.reduceat(arm, start)) if len(start) else (arm, arm)
    customer, at, arm = customer[start], at[start], arm[start]
    mine = (at >= bounds[0]) & (at < bounds[1])
    crossed = mine & (least != most)
    single = mine & (least == most)
    return Exposed(arms, customer[single], at[single], arm[single], customer[crossed])


def _of_event(ground: Ground, ask: ExperimentAsk) -> pa.Table:
    facts = ground.facts
    if ask.event not in facts.trace.events:
        raise BadInput(f"there is no event `{ask.event[:80]}`", hint=nearest(ask.event, facts.trace.events))
    arm = text_sql(ground, ask.arm)
    where, values = "event = ?", [ask.event]
    if ask.name_property:
        where, values = f"event = ? AND {text_sql(ground, ask.name_property)} = ?", [ask.event, ask.name]
    found = ground.snapshot.sql(
        f'SELECT file_index, row_index, epoch_us("at") AS at, {arm} AS arm FROM events WHERE {where} AND {arm} IS NOT NULL',
        values,
    )
    owner = facts.who.of(found.column("file_index").to_numpy(), found.column("row_index").to_numpy())
    return pa.table({"customer": owner, "at": found.column("at"), "arm": found.column("arm")})


def text_sql(ground: Ground, name: str) -> str:
    """A property of any type as text. Raises BadInput where no event has it."""
    columns = ground.snapshot.columns("events")
    found = [f"{kind}_{name}" for kind in PROPERTY_TYPES if f"{kind}_{name}" in columns]
    if not found or not NAME.match(name):
        there = {column.partition("_")[2] for column in columns if column.partition("_")[0] in PROPERTY_TYPES}
        raise BadInput(f"no event has a property `{name[:80]}`", hint=nearest(name, sorted(there)))
    return f"coalesce({', '.join(f'CAST({quote(column)} AS VARCHAR)' for column in found)})"


def _of_trait(ground: Ground, ask: ExperimentAsk) -> pa.Table:
    """An arm that is a trait has no moment of exposure: the customer's first event in the period stands for it."""
    traits = ground.traits()
    if ask.arm not in traits.names:
        raise BadInput(f"no customer has a trait `{ask.arm[:80]}`", hint=nearest(ask.arm, traits.names))
    index = traits.names.index(ask.arm)
    mine = slice(int(traits.offsets[index]), int(traits.offsets[index + 1]))
    text, number = traits.text[mine], pa.array(traits.number[mine], from_pandas=True)
    said = pc.coalesce(pc.cast(number, pa.large_string()), pc.if_else(pc.equal(text, ""), None, text))
    at = first_seen(ground, ground.bounds[0])[traits.customer[mine]]
    table = pa.table({"customer": traits.customer[mine], "at": at, "arm": said})
    return table.filter(pc.and_(pc.is_valid(table.column("arm")), pc.greater_equal(table.column("at"), 0)))


def first_seen(ground: Ground, low: int) -> Int:
    """int64[customers]: each one's first event at or after `low`; -1: none."""
    who, facts = ground.facts.who, ground.facts
    found = np.full(len(who.customers), np.iinfo(np.int64).max)
    for index, bucket in enumerate(facts.trace.buckets):
        group = who.group[who.group_start[index] : who.group_start[index + 1]]
        at = np.asarray(bucket.at)
        whose = np.repeat(group, np.diff(bucket.offsets))
        kept = (whose >= 0) & (at >= low)
        np.minimum.at(found, whose[kept], at[kept])
    return np.where(found == np.iinfo(np.int64).max, -1, found)
