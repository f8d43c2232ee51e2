"""Journeys as the cases of a log: the lake's own rows, in the order of the trace."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.collect import CASE_NAME, Cases, Key, Source, Written, outside, write_xes
from desirelines.identify import Identities, customer_name, traits
from desirelines.model.digest import key64
from desirelines.store import Snapshot, people_keys
from desirelines.trace.bucket import Bucket, Int, Mask, Trace
from desirelines.trace.building.reading import CUSTOMER

EVENTS = 50_000
"""Events of one batch, unless a single journey has more."""
_LEFT_OUT = ("message_id", "rank", "sequence", "person", "content")
Keep = Callable[[Bucket], Mask]
"""Which groups of a bucket are meant."""


@dataclass(frozen=True)
class Owners:
    """What is known of the subjects [k] themselves, sorted by `key`: rows `name`, `text`, and how each is called.

    `names` are empty where the events name the subject.
    """

    key: Int
    rows: pa.Table
    names: Mapping[int, str]

    def of(self, subject: int, keys: Mapping[str, Key]) -> dict[str, tuple[Key, str]]:
        """Attributes of one subject, by what a log calls them."""
        low, high = np.searchsorted(self.key, [subject, subject + 1]) if subject < 2**63 - 1 else (0, 0)
        part = self.rows.slice(int(low), int(high - low))
        found = {}
        for name, text in zip(part.column("name").to_pylist(), part.column("text").to_pylist(), strict=True):
            key = keys.get(name, Key(name))
            found[key.name] = (key, text)
        return found


def cases(
    trace: Trace,
    snapshot: Snapshot,
    identities: Identities,
    kinds: Sequence[str],
    keys: Mapping[str, Key],
    keep: Keep | None = None,
) -> Iterator[Cases]:
    """Every journey of the trace's subject, whole, in batches of about `EVENTS` events; at last the subjects without events.

    `kinds`: of identifiers, the one that names a customer first; `keys`: what a log calls the traits. `keep`: which groups
    are meant; subjects without events then are not.
    """
    columns = [name for name in snapshot.columns("events") if name not in _LEFT_OUT]
    owners = _customers(snapshot, identities, kinds) if trace.subject == CUSTOMER else _objects(snapshot, trace.subject)
    for bucket in trace.buckets:
        chosen = np.flatnonzero(keep(bucket)) if keep else np.arange(len(bucket.subject))
        for groups in _batches(bucket, chosen):
            yield _batch(trace.subject, snapshot, identities, kinds, columns, bucket, groups, owners, keys)
    if keep is None:
        yield _without_events(trace, snapshot, columns, owners, keys)


def _batches(bucket: Bucket, chosen: Int) -> Iterator[Int]:
    """The chosen groups, as many at a time as have `EVENTS` events."""
    sizes = np.cumsum(bucket.offsets[chosen + 1] - bucket.offsets[chosen])
    start = 0
    while start < len(chosen):
        before = int(sizes[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(sizes, before + EVENTS, side="right")))
        yield chosen[start:end]
        start = end


def _batch(
    subject: str,
    snapshot: Snapshot,
    identities: Identities,
    kinds: Sequence[str],
    columns: Sequence[str],
    bucket: Bucket,
    groups: Int,
    owners: Owners,
    keys: Mapping[str, Key],
) -> Cases:
    starts, ends = bucket.offsets[groups], bucket.offsets[groups + 1]
    offsets = np.concatenate([[0], np.cumsum(ends - starts)]).astype(np.int64)
    places = np.concatenate([np.arange(start, end) for start, end in zip(starts, ends, strict=True)])
    rows = snapshot.events_at(columns, np.asarray(bucket.ref)[places])
    if subject == CUSTOMER:
        names = _names(rows, offsets, bucket.customer[groups], identities, kinds)
    else:
        names = rows.column(f"object_{subject}").take(pa.array(offsets[:-1])).to_pylist()
    return Cases(names, offsets, rows, [owners.of(int(bucket.subject[group]), keys) for group in groups])


def _names(rows: pa.Table, offsets: Int, customers: Int, identities: Identities, kinds: Sequence[str]) -> list[str]:
    """What each customer is called: the smallest identifier of the first kind that it has one of.

    Kinds but the first are said before the value, so that a card and a member of one number stay two.
    """
    sizes = np.diff(offsets)
    group = np.repeat(np.arange(len(sizes)), sizes)
    owner = np.repeat(customers, sizes)
    found: dict[int, str] = {}
    for kind in kinds:
        column = f"id_{kind}"
        if column not in rows.column_names or len(found) == len(sizes):
            continue
        keys = people_keys(kind, rows.column(column))
        mine = np.flatnonzero((keys != 0) & (identities.customer_of(keys) == owner))
        best: dict[int, str] = {}
        for case, value in zip(group[mine].tolist(), rows.column(column).take(pa.array(mine)).to_pylist(), strict=True):
            best[case] = min(best.get(case, value), value)
        for case, value in best.items():
            found.setdefault(case, value if kind == kinds[0] else f"{kind}:{value}")
    return [found.get(case, customer_name(int(customers[case]))) for case in range(len(sizes))]


def _customers(snapshot: Snapshot, identities: Identities, kinds: Sequence[str]) -> Owners:
    """The customers' traits, and what those who only have traits are called."""
    rows = traits(snapshot, identities)
    order = np.argsort(rows.column("customer").to_numpy(), kind="stable")
    rows = rows.take(pa.array(order))
    names: dict[int, tuple[int, str]] = {}
    rank = {kind: place for place, kind in enumerate(kinds)}
    for path in snapshot.files("traits"):
        pairs = snapshot.read("traits", ["kind", "value"], path).group_by(["kind", "value"]).aggregate([])
        for kind in pairs.column("kind").unique().to_pylist():
            values = pairs.filter(pc.equal(pairs.column("kind"), kind)).column("value")
            title = "" if rank.get(kind) == 0 else f"{kind}:"
            for customer, value in zip(
                identities.customer_of(people_keys(kind, values)).tolist(), values.to_pylist(), strict=True
            ):
                one = (rank.get(kind, len(rank)), f"{title}{value}")
                names[customer] = min(names.get(customer, one), one)
    return Owners(
        rows.column("customer").to_numpy(), rows.select(["name", "text"]), {key: name for key, (_, name) in names.items()}
    )


def _objects(snapshot: Snapshot, kind: str) -> Owners:
    """What is known of the objects of a kind, the latest of each attribute."""
    query = """
    SELECT value, name, arg_max(text, (coalesce("at", TIMESTAMPTZ '0001-01-01'), sequence, text)) AS text
    FROM objects WHERE kind = ? GROUP BY value, name ORDER BY value, name
    """
    rows = snapshot.sql(query, [kind])
    values = rows.column("value")
    keys = key64(kind, values)
    order = np.argsort(keys, kind="stable")
    names = dict(zip(keys.tolist(), values.to_pylist(), strict=True))
    return Owners(keys[order], rows.select(["name", "text"]).take(pa.array(order)), names)


def _without_events(trace: Trace, snapshot: Snapshot, columns: Sequence[str], owners: Owners, keys: Mapping[str, Key]) -> Cases:
    seen: NDArray[np.int64] = np.concatenate([np.asarray(bucket.subject) for bucket in trace.buckets])
    alone = [int(key) for key in np.setdiff1d(owners.key, seen) if int(key) in owners.names and key]
    types = snapshot.columns("events")
    nothing = pa.table({name: pa.nulls(0, types[name]) for name in columns})
    offsets = np.zeros(len(alone) + 1, np.int64)
    return Cases([owners.names[key] for key in alone], offsets, nothing, [owners.of(key, keys) for key in alone])


def write_log(
    trace: Trace,
    snapshot: Snapshot,
    identities: Identities,
    path: Path,
    sources: Mapping[str, Source | None],
    keep: Keep | None = None,
) -> Written:
    """The journeys of the trace's subject as a XES log, one trace each. `sources`: those of the lake; None: its file is gone.

    Raises BadInput if the file is there already or cannot be made, Unavailable when the disk is full.
    """
    ways = {name: outside(name, source, "xes") for name, source in sources.items()}
    kinds = _kinds(snapshot, sources)
    of_people = trace.subject == CUSTOMER
    keys = {
        title: key
        for way in ways.values()
        for (kind, title), key in way.traits.items()
        if (kind in kinds if of_people else kind == trace.subject)
    }
    naming = [f"id_{kind}" for kind in kinds[:1]] if of_people else [f"object_{trace.subject}"]
    count, events = write_xes(path, cases(trace, snapshot, identities, kinds, keys, keep), ways, naming)
    lost = 0 if keep else snapshot.count("events") - trace.event_count
    what = "nobody who is known" if of_people else f"no {trace.subject}"
    notes = [f"{lost:,} events name {what} and are not in the log"] if lost else []
    if not of_people and any(source and source.format == "ocel" for source in sources.values()):
        notes.append(
            f"an event that names several objects of kind {trace.subject} is in the case of the first only: OCEL keeps all"
        )
    return Written(path.name, "xes", events, cases=count, notes=tuple(notes))


def _kinds(snapshot: Snapshot, sources: Mapping[str, Source | None]) -> list[str]:
    """Kinds of identifiers, those first that name the cases of a log, then as the sources name them."""
    found = [(kind, column == CASE_NAME) for source in sources.values() if source for kind, column in source.people.items()]
    there = [name.removeprefix("id_") for name in snapshot.columns("events") if name.startswith("id_")]
    ordered = [kind for kind, names_cases in found if names_cases] + [kind for kind, _ in found]
    return list(dict.fromkeys([*(kind for kind in ordered if kind in there), *there]))
