"""From one file of the lake to rows of numbers: codes for names, customers for persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from desirelines.model.digest import key64
from desirelines.store import people_keys
from desirelines.trace.bucket import Int
from desirelines.trace.building.sort import count_known, scatter
from desirelines.trace.compiled import map_array

QUARTER_US = 15 * 60 * 1_000_000
CUSTOMER = "customer"
ROWS = "rows"
TEXTS = ("source", "event", "channel")


class Events(Protocol):
    """What is needed of `store.Snapshot`."""

    @property
    def data_version(self) -> int: ...
    def files(self, table: str) -> list[Path]: ...
    def columns(self, table: str) -> Mapping[str, pa.DataType]: ...
    def read(self, table: str, columns: Sequence[str], file: Path, dictionary: Sequence[str] = ()) -> pa.Table: ...
    def take(self, table: str, columns: Sequence[str], file: Path, rows: Int) -> pa.Table: ...
    def count(self, table: str) -> int: ...


class Persons(Protocol):
    """What is needed of `identify.Identities`."""

    @property
    def keys(self) -> Int: ...
    @property
    def customer(self) -> Int: ...
    @property
    def held_keys(self) -> Int: ...
    def customer_of(self, keys: Int) -> Int: ...


@dataclass
class Names:
    """Numbers for texts as they are met; several threads may ask. The final code is the rank of the text."""

    codes: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def encode(self, column: pa.ChunkedArray) -> Int:
        """A number [n] per value; -1 for null."""
        if not pa.types.is_dictionary(column.type):
            column = pc.dictionary_encode(column)
        merged = column.unify_dictionaries().combine_chunks()
        if isinstance(merged, pa.ChunkedArray):
            merged = pa.concat_arrays(merged.chunks) if merged.num_chunks else pa.array([], column.type)
        names = merged.dictionary.to_pylist()
        with self.lock:
            table = [self.codes.setdefault(name, len(self.codes)) if name is not None else -1 for name in names]
        lookup = np.array([*table, -1], dtype=np.int64)
        codes: Int = lookup[merged.indices.fill_null(len(names)).to_numpy(zero_copy_only=False).astype(np.int64)]
        return codes

    def ranked(self) -> tuple[tuple[str, ...], Int]:
        """The texts in order, and the final code [k] of each number."""
        ordered = tuple(sorted(self.codes))
        final = np.empty(len(ordered), dtype=np.int64)
        final[[self.codes[name] for name in ordered]] = np.arange(len(ordered))
        return ordered, final


@dataclass(frozen=True)
class Read:
    """What one file gave: its rows [m, WIDTH] bucket by bucket, bounds [b + 1], and counts of known and unknown."""

    rows: Int
    bounds: Int
    slot: Int
    source: Int
    known: Int
    unknown: Int


@dataclass
class Reader:
    """Reads files of one snapshot for one subject."""

    snapshot: Events
    identities: Persons
    subject: str
    bits: int
    aside: Path | None = None
    """Folder in which rows wait until they are sorted; None: they wait in memory."""
    events: Names = field(default_factory=Names)
    channels: Names = field(default_factory=Names)
    sources: Names = field(default_factory=Names)

    def read(self, index: int) -> Read:
        """Rows of file `index`."""
        file = self.snapshot.files("events")[index]
        wanted = ["source", "event", "channel", "at", "rank", "sequence", "person"]
        kind = None if self.subject == CUSTOMER else f"object_{self.subject}"
        table = self.snapshot.read("events", [*wanted, *([kind] if kind else [])], file, dictionary=TEXTS)
        customer = self._customers(_numbers(table["person"]), file)
        subject = key64(self.subject, table[kind]) if kind else customer
        at, source = _numbers(table["at"]), self.sources.encode(table["source"])
        event, channel = self.events.encode(table["event"]), self.channels.encode(table["channel"])
        rank, sequence = _numbers(table["rank"]), _numbers(table["sequence"])
        del table
        rows, bounds = scatter(subject, customer, at, rank, sequence, event, source, channel + 1, index, self.bits)
        if self.aside is not None:
            place = self.aside / f"{ROWS}-{index}.npy"
            np.save(place, rows)
            rows = map_array(place)
        return Read(rows, bounds, *_counted(at, source, customer))

    def _customers(self, person: Int, file: Path) -> Int:
        """The customer of each event, 0 for nobody. A held first identifier gives way to the next one."""
        customer = np.array(self.identities.customer_of(person), dtype=np.int64)
        customer[person == 0] = 0
        rows = np.flatnonzero((customer == 0) & (person != 0))
        names = [name for name in self.snapshot.columns("events") if name.startswith("id_")]
        if not len(rows) or not names:
            return customer
        table = self.snapshot.take("events", names, file, rows)
        for name in names:
            keys = people_keys(name.removeprefix("id_"), table[name])
            found = np.where(keys != 0, self.identities.customer_of(keys), 0)
            customer[rows] = np.where(customer[rows] == 0, found, customer[rows])
        return customer


def _numbers(column: pa.ChunkedArray) -> Int:
    """A column of numbers or instants as int64, null as 0. Never writable, so that kernels see one type only."""
    whole = column.cast(pa.int64()) if column.type != pa.int64() else column
    if whole.null_count:
        whole = whole.fill_null(0)
    numbers: Int = np.ascontiguousarray(whole.to_numpy(), dtype=np.int64)
    numbers.setflags(write=False)
    return numbers


def _counted(at: Int, source: Int, customer: Int) -> tuple[Int, Int, Int, Int]:
    """Quarter (number since 1970), source number, known and unknown events, where there are any."""
    if not len(at):
        empty = np.empty(0, np.int64)
        return empty, empty, empty, empty
    sources = int(source.max()) + 1
    first, last = int(at.min()) // QUARTER_US, int(at.max()) // QUARTER_US
    if (last - first + 1) * sources > 100_000 + 2 * len(at):  # a table would be mostly empty: sort instead
        cell = (at // QUARTER_US - first) * sources + source
        there, inverse = np.unique(cell, return_inverse=True)
        known = np.bincount(inverse, customer != 0, len(there)).astype(np.int64)
        unknown = np.bincount(inverse, customer == 0, len(there)).astype(np.int64)
    else:
        counts = count_known(at, source, customer, first, last - first + 1, sources, QUARTER_US)
        there = np.flatnonzero(counts.any(axis=0))
        unknown, known = counts[0, there], counts[1, there]
    return there // sources + first, there % sources, known, unknown
