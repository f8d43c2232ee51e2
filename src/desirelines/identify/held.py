"""The values that are held, shown with what they would have joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.identify.people import Held
from desirelines.store import Snapshot, placeholders


@dataclass(frozen=True)
class Counts:
    """Of one held key: its kind and how many distinct values it is linked with."""

    kind: str
    linked: int


def held_values(snapshot: Snapshot, over: Mapping[int, Counts]) -> tuple[Held, ...]:
    """All held values, by kind and value. `over`: the keys of the over-joining ones."""
    found = [*_over_joining(snapshot, over), *_placeholders(snapshot)]
    return tuple(sorted(found, key=lambda held: (held.kind, held.value)))


def _over_joining(snapshot: Snapshot, over: Mapping[int, Counts]) -> list[Held]:
    values: dict[int, str] = {}
    wanted = pa.array(list(over), pa.int64())
    for path in snapshot.files("links") if over else ():
        for end in "ab":
            keys = snapshot.read("links", [end], path).column(end)
            places = np.flatnonzero(np.asarray(pc.is_in(keys, wanted).to_numpy()))
            if len(places):
                texts = snapshot.read("links", [f"{end}_value"], path).column(0).take(pa.array(places))
                values |= dict(zip(keys.take(pa.array(places)).to_pylist(), texts.to_pylist(), strict=True))
    named = _events(snapshot, {kind: [values[key] for key in over if over[key].kind == kind] for kind in _kinds(over)})
    return [Held(one.kind, values[key], "over-joining", one.linked, named[(one.kind, values[key])]) for key, one in over.items()]


def _kinds(over: Mapping[int, Counts]) -> set[str]:
    return {one.kind for one in over.values()}


def _events(snapshot: Snapshot, values: Mapping[str, list[str]]) -> Counter[tuple[str, str]]:
    """How many events name each (kind, value)."""
    named: Counter[tuple[str, str]] = Counter()
    for kind, texts in values.items():
        column = f"id_{kind}"
        for path in snapshot.files("events") if column in snapshot.columns("events") else ():
            found = snapshot.read("events", [column], path, dictionary=(column,)).column(0)
            chosen = found.filter(pc.is_in(found.cast(pa.string()), pa.array(texts, pa.string())))
            for item in chosen.cast(pa.string()).value_counts().to_pylist():
                named[(kind, item["values"])] += item["counts"]
    return named


def _placeholders(snapshot: Snapshot) -> list[Held]:
    named: Counter[tuple[str, str]] = Counter()
    linked: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for column in [name for name in snapshot.columns("events") if name.startswith("id_")]:
        for path in snapshot.files("events"):
            if column not in snapshot.placeholder_columns(path):
                continue
            for chunk in snapshot.read("events", [column], path).column(0).chunks:
                empty = placeholders(chunk)
                if empty.any():
                    for item in chunk.filter(pa.array(empty)).cast(pa.string()).value_counts().to_pylist():
                        named[(column.removeprefix("id_"), item["values"])] += item["counts"]
    for path in snapshot.files("links"):
        ends = snapshot.read("links", ["a", "b"], path)
        places = np.flatnonzero(np.asarray(pc.or_(pc.equal(ends["a"], 0), pc.equal(ends["b"], 0)).to_numpy()))
        if len(places):
            texts = snapshot.read("links", ["a_kind", "a_value", "b_kind", "b_value"], path).take(pa.array(places))
            for a_kind, a_value, b_kind, b_value in zip(*(column.to_pylist() for column in texts.columns), strict=True):
                for one, other in (((a_kind, a_value), (b_kind, b_value)), ((b_kind, b_value), (a_kind, a_value))):
                    linked.setdefault(one, set()).add(other)
    empty_ends = [one for one in linked if placeholders(pa.array([one[1]]))[0]]
    return [
        Held(kind, value, "placeholder", len(linked.get((kind, value), ())), named[(kind, value)])
        for kind, value in {*named, *empty_ends}
    ]
