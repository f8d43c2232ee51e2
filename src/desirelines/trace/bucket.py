"""The nouns of the trace store: buckets of sorted events, journeys cut from them, and what a kernel is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.compiled import plain

Int = NDArray[np.int64]
Codes = NDArray[np.uint32]
Mask = NDArray[np.bool_]

NOTHING_SKIPPED = -1


@dataclass(frozen=True)
class Bucket:
    """Some subjects with all their events. A customer's subjects lie in one bucket and side by side.

    Groups [g] are ordered by customer, then subject; the events [n] of group i are `offsets[i]:offsets[i + 1]`, ordered
    by time, rank, sequence, event id.
    """

    offsets: Int
    """[g + 1], from 0"""
    subject: Int
    """[g] customer id or object digest"""
    customer: Int
    """[g] the customer; 0: nobody known"""
    at: Int
    """[n] microseconds since 1970 UTC"""
    event: Codes
    """[n] index in `Trace.events`"""
    channel: NDArray[np.uint16]
    """[n] index in `Trace.channels`, 0: none"""
    source: NDArray[np.uint16]
    """[n] index in `Trace.sources`"""
    ref: Int
    """[n] file index << 32 | row index in the lake's events"""

    @cached_property
    def span_us(self) -> tuple[int, int]:
        """The earliest and the latest instant of its events; (0, 0) without any."""
        return (int(self.at.min()), int(self.at.max())) if len(self.at) else (0, 0)


@dataclass(frozen=True)
class JourneyBucket:
    """The journeys [j] of one bucket, in the order of its groups and then of time."""

    start: Int
    """[j] first event"""
    end: Int
    """[j] one past the last event"""
    group: Int
    """[j] index in `Bucket.subject`"""
    began_at: Int
    """[j] time of the first event, microseconds"""


@dataclass(frozen=True)
class Part:
    """One bucket, its journeys, and how a question looks at them. This is what a kernel runs over.

    `codes` [n] names each event (event or touchpoint codes), `keep` [j] says which journeys count.
    """

    bucket: Bucket
    journeys: JourneyBucket
    codes: Codes
    keep: Mask


@dataclass(frozen=True)
class KnownCounts:
    """Events of known and of unknown persons, per quarter of an hour (fits the days of every zone) and source."""

    at: Int
    """[k] start of the quarter, microseconds"""
    source: Int
    """[k] index in `Trace.sources`"""
    known: Int
    unknown: Int


@dataclass(frozen=True)
class Trace:
    """The trace store, opened: memory-mapped, so opening reads next to nothing."""

    subject: str
    """`customer` or an object kind"""
    data_version: int
    key: str
    """Names this content: the lake's files, the identities and the number of buckets. For names of what is derived from it."""
    folder: Path
    buckets: tuple[Bucket, ...]
    events: tuple[str, ...]
    channels: tuple[str, ...]
    """Entry 0 is the empty name: no channel."""
    sources: tuple[str, ...]
    known_events: int
    """Events of the lake that belong to a known person, whatever the subject."""
    unknown_events: int
    counts: KnownCounts
    repaired: str = ""
    """What was damaged in the store of before, where that is why this one was built."""

    @cached_property
    def event_count(self) -> int:
        """Events in the buckets."""
        return sum(len(bucket.at) for bucket in self.buckets)

    @cached_property
    def subject_count(self) -> int:
        return sum(len(bucket.subject) for bucket in self.buckets)

    def known_between(self, low_us: int, high_us: int) -> tuple[int, int]:
        """(known, unknown) events in the half-open time, which is cut at quarters of an hour."""
        inside = (self.counts.at >= low_us) & (self.counts.at < high_us)
        return int(self.counts.known[inside].sum()), int(self.counts.unknown[inside].sum())


def part(bucket: Bucket, journeys: JourneyBucket, codes: NDArray[np.unsignedinteger], keep: Mask | None = None) -> Part:
    """What a kernel runs over. `codes` of any unsigned type; without `keep` all journeys count."""
    every = np.ones(len(journeys.start), dtype=np.bool_) if keep is None else keep
    return Part(bucket, journeys, plain(codes, np.uint32), plain(every, np.bool_))
