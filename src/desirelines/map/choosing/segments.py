"""Segments: a rule over what is known of customers and what they did, as one bool per customer.

Clauses are joined by ``;`` and all must hold; ``not`` before one turns it round; ``|`` parts values of which one is enough.
Quotes hold what contains ``;`` or ``|``: ``trait:state=SP|RJ; did:Order Delivered; not channel:"a;b"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.identify import Identities
from desirelines.map.choosing.owners import Owners, index_of
from desirelines.map.choosing.traits import read_traits
from desirelines.map.claiming.bind import Bound
from desirelines.map.claiming.flags import rows_where
from desirelines.map.claiming.rules import property_clause
from desirelines.map.kernel import kernel
from desirelines.model.event import NAME, PROPERTY_TYPES
from desirelines.model.hint import nearest
from desirelines.store import Snapshot
from desirelines.trace import Trace

Mask = NDArray[np.bool_]
PAIRED = ("trait", "text", "promise")
KINDS = ("trait", "did", "channel", "source", "text", "reached", "promise")
PROMISE_STATES = ("kept", "broken", "open")
LONGEST = 2000
HINT = "such as trait:state=SP|RJ; did:Order Delivered; not channel:web; reached:checkout; promise:on-time=broken"
_PIECE = re.compile(r'"([^"]*)"|([^";|=]+)|([;|=])')


@dataclass(frozen=True)
class Clause:
    """`kind`, the `name` before ``=`` where the kind has one, and the values of which one is enough."""

    kind: str
    name: str
    values: tuple[str, ...]
    turned: bool = False


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


def parse_segment(text: str) -> tuple[Clause, ...]:
    """Read a segment's rule. Raises BadInput that says which clause is wrong and what would be right."""
    if len(text) > LONGEST:
        raise BadInput(f"a segment's rule may have at most {LONGEST} characters")
    return tuple(_clause(pieces) for pieces in _split(text) if pieces)


def segment(
    text: str,
    trace: Trace,
    snapshot: Snapshot,
    identities: Identities,
    who: Owners,
    bound: Bound | None = None,
    promise: PromiseCustomers | None = None,
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
        else:
            found = _holds(clause, trace, snapshot, who, bound, promise)
        mask &= found != clause.turned
    return Segment(text, who.customers, mask)


def _split(text: str) -> list[list[str]]:
    """Clauses as lists of pieces: texts and the signs ``|`` and ``=`` (as NUL-marked pieces)."""
    clauses: list[list[str]] = [[]]
    place = 0
    for found in _PIECE.finditer(text):
        if found.start() != place:
            break
        place = found.end()
        quoted, plain, sign = found.groups()
        if sign == ";":
            clauses.append([])
        elif sign:
            clauses[-1].append("\0" + sign)
        elif quoted is not None or plain.strip():
            clauses[-1].append(quoted if quoted is not None else plain.strip())
    if place != len(text):
        raise BadInput("a quotation mark in the segment's rule is never closed", hint=HINT)
    return clauses


def _clause(pieces: list[str]) -> Clause:
    shown = "".join(piece.lstrip("\0") for piece in pieces)
    head, colon, rest = pieces[0].partition(":")
    turned = head.startswith("not ")
    kind = head.removeprefix("not ").strip()
    if not colon or kind not in KINDS:
        raise BadInput(f"`{shown}` is no clause of a segment", hint=f"a clause begins with one of {', '.join(KINDS)}: {HINT}")
    body = ([rest.strip()] if rest.strip() else []) + pieces[1:]
    name = ""
    if kind in PAIRED:
        if len(body) < 3 or body[1] != "\0=" or body[0].startswith("\0"):
            raise BadInput(f"`{shown}` needs a name and a value", hint=f"{kind}:name=value or {kind}:name=one|other")
        name, body = body[0], body[2:]
    joined = "".join("=" if piece == "\0=" else piece for piece in body)
    values = tuple(value for value in joined.split("\0|") if value)
    if not values:
        raise BadInput(f"`{shown}` names no value", hint=HINT)
    return Clause(kind, name, values, turned)


def _holds(
    clause: Clause, trace: Trace, snapshot: Snapshot, who: Owners, bound: Bound | None, promise: PromiseCustomers | None
) -> Mask:
    if clause.kind == "text":
        return _text(clause, snapshot, who)
    if clause.kind == "promise":
        return _promise(clause, promise)
    if clause.kind == "reached":
        if bound is None:
            raise BadInput("there is no plan yet, so nothing can be reached", hint="publish a plan, or use did:")
        return _any(trace, who, list(bound.codes), _places(bound.touchpoints, clause, "touchpoint"))
    columns: Mapping[str, tuple[tuple[str, ...], list[NDArray[Any]]]] = {
        "did": (trace.events, [bucket.event for bucket in trace.buckets]),
        "channel": (trace.channels, [bucket.channel for bucket in trace.buckets]),
        "source": (trace.sources, [bucket.source for bucket in trace.buckets]),
    }
    names, codes = columns[clause.kind]
    return _any(trace, who, codes, _places(names, clause, {"did": "event"}.get(clause.kind, clause.kind)))


def _places(names: tuple[str, ...], clause: Clause, noun: str) -> Mask:
    """bool[codes]: which codes the clause's values name."""
    wanted = np.zeros(max(1, len(names)), dtype=np.bool_)
    for value in clause.values:
        if value not in names:
            raise BadInput(f"there is no {noun} `{value[:80]}`", hint=nearest(value, [name for name in names if name]))
        wanted[names.index(value)] = True
    return wanted


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


def _text(clause: Clause, snapshot: Snapshot, who: Owners) -> Mask:
    columns = snapshot.columns("events")
    if not NAME.match(clause.name) or not any(f"{kind}_{clause.name}" in columns for kind in PROPERTY_TYPES):
        names = {name.partition("_")[2] for name in columns if name.partition("_")[0] in PROPERTY_TYPES}
        raise BadInput(f"no event has a property `{clause.name[:80]}`", hint=nearest(clause.name, sorted(names)))
    rows = rows_where(snapshot, property_clause(clause.name, list(clause.values), columns), who.row_start)
    owner = who.owner[rows]
    found = np.zeros(len(who.customers), dtype=np.bool_)
    found[owner[owner >= 0]] = True
    return found


def _promise(clause: Clause, promise: PromiseCustomers | None) -> Mask:
    if promise is None:
        raise BadInput("there is no plan yet, so no promise is judged", hint="publish a plan with promises")
    for value in clause.values:
        if value not in PROMISE_STATES:
            raise BadInput(f"a promise is never `{value[:80]}`", hint=f"one of {', '.join(PROMISE_STATES)}")
    found = promise(clause.name, clause.values[0])
    for value in clause.values[1:]:
        found = found | promise(clause.name, value)
    return found
