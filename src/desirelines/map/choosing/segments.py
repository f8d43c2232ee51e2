"""Segments: a rule over what is known of customers and what they did, as one bool per customer.

Clauses are joined by ``;`` and all must hold; ``not`` before one turns it round; ``|`` parts values of which one is enough.
Quotes hold what contains ``;`` or ``|``: ``trait:state=SP|RJ; did:Order Delivered; not channel:"a;b"``. ``saved:`` names a
segment that was kept; ``behind:`` holds the address of a mark in an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.identify import Identities
from desirelines.map.choosing.clauses import Grammar, Said
from desirelines.map.choosing.events import places, property_rows
from desirelines.map.choosing.owners import Owners, index_of
from desirelines.map.choosing.traits import read_traits
from desirelines.map.claiming.bind import Bound
from desirelines.map.kernel import kernel
from desirelines.store import Snapshot
from desirelines.trace import Trace

Mask = NDArray[np.bool_]
GRAMMAR = Grammar(
    "a segment's rule",
    ("trait", "did", "channel", "source", "text", "reached", "promise", "behind", "saved"),
    ("trait", "text", "promise"),
    "such as trait:state=SP|RJ; did:Order Delivered; not channel:web; reached:checkout; promise:on-time=broken",
)
PROMISE_STATES = ("kept", "broken", "open")


@dataclass(frozen=True)
class Segment:
    """`mask` [c]: which of `customers` (ids, sorted) belong. `everybody`: no rule at all, people unknown included."""

    text: str
    customers: NDArray[np.int64]
    mask: Mask
    everybody: bool = False

    def over(self, customers: NDArray[np.int64]) -> Mask | None:
        """The same for another sorted list of customers; None: everybody, unknown people too."""
        if self.everybody:
            return None
        if len(customers) == len(self.customers) and np.array_equal(customers, self.customers):
            return self.mask
        return np.append(self.mask, False)[index_of(self.customers, customers)]


EVERYBODY = Segment("", np.empty(0, np.int64), np.empty(0, np.bool_), everybody=True)
PromiseCustomers = Callable[[str, str], Mask]
"""(promise id, state) → bool[customers of the owners]"""
Beyond = Mapping[str, Callable[[str], Mask]]
"""For kinds that this room cannot answer (`behind`, `saved`): value → bool[customers of the owners]."""


def parse_segment(text: str) -> tuple[Said, ...]:
    """Read a segment's rule. Raises BadInput that says which clause is wrong and what would be right."""
    return GRAMMAR.parse(text)


def segment(
    text: str,
    trace: Trace,
    snapshot: Snapshot,
    identities: Identities,
    who: Owners,
    bound: Bound | None = None,
    promise: PromiseCustomers | None = None,
    beyond: Beyond | None = None,
) -> Segment:
    """The customers whom `text` means. `trace`, `bound`: of customers. Raises BadInput for a rule that names nothing there is.

    `who`: of the same trace. `promise`: who has a judgement of this state (`Judgements.customers_in`).
    """
    clauses = parse_segment(text)
    if not clauses:
        return EVERYBODY
    mask = np.ones(len(who.customers), dtype=np.bool_)
    for clause in clauses:
        if clause.kind == "trait":
            found = read_traits(snapshot, identities, who).having(clause.name, clause.values, len(who.customers))
        elif clause.kind in ("behind", "saved"):
            found = _beyond(clause, beyond, len(who.customers))
        else:
            found = _holds(clause, trace, snapshot, who, bound, promise)
        mask &= found != clause.turned
    return Segment(text, who.customers, mask)


def _beyond(clause: Said, beyond: Beyond | None, count: int) -> Mask:
    if beyond is None:
        raise BadInput(f"`{clause.kind}:` cannot be asked for here")
    found = np.zeros(count, dtype=np.bool_)
    for value in clause.values:
        found |= beyond[clause.kind](value)
    return found


def _holds(
    clause: Said, trace: Trace, snapshot: Snapshot, who: Owners, bound: Bound | None, promise: PromiseCustomers | None
) -> Mask:
    if clause.kind == "text":
        return _text(clause, snapshot, who)
    if clause.kind == "promise":
        return _promise(clause, promise)
    if clause.kind == "reached":
        if bound is None:
            raise BadInput("there is no plan yet, so nothing can be reached", hint="publish a plan, or use did:")
        return _any(trace, who, list(bound.codes), places(bound.touchpoints, clause.values, "touchpoint"))
    columns: Mapping[str, tuple[tuple[str, ...], list[NDArray[Any]]]] = {
        "did": (trace.events, [bucket.event for bucket in trace.buckets]),
        "channel": (trace.channels, [bucket.channel for bucket in trace.buckets]),
        "source": (trace.sources, [bucket.source for bucket in trace.buckets]),
    }
    names, codes = columns[clause.kind]
    return _any(trace, who, codes, places(names, clause.values, {"did": "event"}.get(clause.kind, clause.kind)))


def _any(trace: Trace, who: Owners, codes: list[NDArray[Any]], wanted: Mask) -> Mask:
    found = np.zeros(len(who.customers), dtype=np.bool_)
    for index, bucket in enumerate(trace.buckets):
        groups = who.group[who.group_start[index] : who.group_start[index + 1]]
        _any_of(bucket.offsets, codes[index], wanted, groups, found)
    return found


@kernel
def _any_of(offsets: Any, codes: Any, wanted: Any, groups: Any, found: Any) -> None:
    for group in range(groups.size):
        if groups[group] < 0:
            continue
        for i in range(offsets[group], offsets[group + 1]):
            if codes[i] < wanted.size and wanted[codes[i]]:
                found[groups[group]] = True
                break


def _text(clause: Said, snapshot: Snapshot, who: Owners) -> Mask:
    owner = who.owner[property_rows(clause.name, clause.values, snapshot)]
    found = np.zeros(len(who.customers), dtype=np.bool_)
    found[owner[owner >= 0]] = True
    return found


def _promise(clause: Said, promise: PromiseCustomers | None) -> Mask:
    if promise is None:
        raise BadInput("there is no plan yet, so no promise is judged", hint="publish a plan with promises")
    for value in clause.values:
        if value not in PROMISE_STATES:
            raise BadInput(f"a promise is never `{value[:80]}`", hint=f"one of {', '.join(PROMISE_STATES)}")
    found = promise(clause.name, clause.values[0])
    for value in clause.values[1:]:
        found = found | promise(clause.name, value)
    return found
