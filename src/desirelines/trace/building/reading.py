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

from desirelines.errors import TooLarge
from desirelines.model.digest import key64
from desirelines.store import people_keys
from desirelines.trace.bucket import Int
from desirelines.trace.building.counts import Counted, counted
from desirelines.trace.building.files import Writer, as_kind, map_file
from desirelines.trace.building.sort import OWNER, RANK_ROW, WIDTH, scatter

CUSTOMER = "customer"
ROWS = "rows"
LOW = 0xFFFFFFFF
FEW = 65_534
"""At most so many channels, and so many sources: their codes have two bytes, and one channel is none."""
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

    noun: str
    most: int
    codes: dict[str, int] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def encode(self, column: pa.ChunkedArray) -> Int:
        """A number [n] per value; -1 for null. Raises TooLarge."""
        if not pa.types.is_dictionary(column.type):
            column = pc.dictionary_encode(column)
        merged = column.unify_dictionaries().combine_chunks()
        if isinstance(merged, pa.ChunkedArray):
            merged = pa.concat_arrays(merged.chunks) if merged.num_chunks else pa.array([], column.type)
        names = merged.dictionary.to_pylist()
        with self.lock:
            table = [self.codes.setdefault(name, len(self.codes)) if name is not None else -1 for name in names]
            if len(self.codes) > self.most:
                raise TooLarge(f"events name more than {self.most:,} {self.noun}", hint="map a column with fewer values")
        lookup = np.array([*table, -1], dtype=np.int64)
        codes: Int = lookup[merged.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)]
        return codes

    def go_on(self, names: Sequence[str]) -> None:
        """Count on from the codes of `names`."""
        self.codes.update({name: code for code, name in enumerate(names)})

    def ranked(self) -> tuple[tuple[str, ...], Int]:
        """The texts in order, and the final code [k] of each number."""
        ordered = tuple(sorted(self.codes))
        final = np.empty(len(ordered), dtype=np.int64)
        final[[self.codes[name] for name in ordered]] = np.arange(len(ordered))
        return ordered, final


@dataclass(frozen=True)
class Read:
    """What one file gave: its rows [m, WIDTH or more] bucket by bucket, bounds [b + 1], and counts of known and unknown."""

    file: int
    rows: Int
    bounds: Int
    counts: Counted

    def of(self, bucket: int) -> Int:
        rows: Int = self.rows[self.bounds[bucket] : self.bounds[bucket + 1]]
        return rows


@dataclass
class Reader:
    """Reads files of one snapshot for one subject."""

    snapshot: Events
    identities: Persons
    subject: str
    bits: int
    aside: Path | None = None
    """Folder in which rows wait until they are sorted when more than `in_memory` of them wait in memory already."""
    in_memory: int = 0
    events: Names = field(default_factory=lambda: Names("event types", 2**31 - 1))
    channels: Names = field(default_factory=lambda: Names("channels", FEW))
    sources: Names = field(default_factory=lambda: Names("sources", FEW))
    lock: Lock = field(default_factory=Lock)

    def read(self, index: int, rows: Int | None = None) -> Read:
        """Rows of file `index`: all, or only `rows`."""
        file = self.snapshot.files("events")[index]
        wanted = ["source", "event", "channel", "at", "rank", "sequence", "person"]
        kind = None if self.subject == CUSTOMER else f"object_{self.subject}"
        wanted += [kind] if kind else []
        if rows is None:
            table = self.snapshot.read("events", wanted, file, dictionary=TEXTS)
        else:
            table = self.snapshot.take("events", wanted, file, rows)
        customer = self.customers(numbers(table["person"]), file, rows)
        subject = key64(self.subject, table[kind]) if kind else customer
        at, source = numbers(table["at"]), self.sources.encode(table["source"])
        event, channel = self.events.encode(table["event"]), self.channels.encode(table["channel"])
        rank, sequence = numbers(table["rank"]), numbers(table["sequence"])
        del table
        width = OWNER + 1 if kind else WIDTH
        found, bounds = scatter(subject, customer, at, rank, sequence, event, source, channel + 1, width, self.bits)
        if rows is not None:
            found[:, RANK_ROW] += rows[found[:, RANK_ROW] & LOW] - (found[:, RANK_ROW] & LOW)
        counts = counted(at, source, customer)
        return Read(index, self._kept(index, found), bounds, counts)

    def _kept(self, index: int, rows: Int) -> Int:
        """The rows, in memory or mapped."""
        with self.lock:
            large = self.aside is not None and self.in_memory < len(rows)
            self.in_memory -= 0 if large else len(rows)
        return _put_aside(self.aside / f"{ROWS}-{index}", rows) if large and self.aside else rows

    def customers_at(self, index: int, rows: Int) -> Int:
        """The customer of each of some rows of file `index`."""
        file = self.snapshot.files("events")[index]
        return self.customers(numbers(self.snapshot.take("events", ["person"], file, rows)["person"]), file, rows)

    def customers(self, person: Int, file: Path, rows: Int | None = None) -> Int:
        """The customer of each event (of all, or of `rows` of the file), 0: nobody. A held identifier gives way to the next."""
        customer = np.array(self.identities.customer_of(person), dtype=np.int64)
        customer[person == 0] = 0
        loose = np.flatnonzero((customer == 0) & (person != 0))
        names = [name for name in self.snapshot.columns("events") if name.startswith("id_")]
        if not len(loose) or not names:
            return customer
        table = self.snapshot.take("events", names, file, loose if rows is None else rows[loose])
        for name in names:
            keys = people_keys(name.removeprefix("id_"), table[name])
            found = np.where(keys != 0, self.identities.customer_of(keys), 0)
            customer[loose] = np.where(customer[loose] == 0, found, customer[loose])
        return customer


def _put_aside(place: Path, rows: Int) -> Int:
    """The rows in a file instead of in memory."""
    if not rows.size:
        return rows
    with Writer(place) as file:
        file.write(rows)
    return as_kind(map_file(place), 0, rows.size, np.int64).reshape(rows.shape)


def numbers(column: pa.ChunkedArray) -> Int:
    """A column of numbers or instants as int64, null as 0. Never writable, so that kernels see one type only."""
    whole = column.cast(pa.int64()) if column.type != pa.int64() else column
    if whole.null_count:
        whole = whole.fill_null(0)
    numbers: Int = np.ascontiguousarray(whole.to_numpy(), dtype=np.int64)
    numbers.setflags(write=False)
    return numbers
