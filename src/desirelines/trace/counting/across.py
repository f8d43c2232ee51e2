"""Words that several buckets know, met: which are equal, verified code by code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import compiled
from desirelines.trace.counting.gaps import bounds_of
from desirelines.trace.counting.numbering import numbered
from desirelines.trace.counting.scattering import scattered
from desirelines.trace.counting.sequences import distinct
from desirelines.trace.counting.words import HASHED, gathered
from desirelines.trace.run import each

PER_PART = 1 << 15
"""Words that are met at once, about: their table fits a core's cache."""


@dataclass(frozen=True)
class Words:
    """The distinct words [w] of one bucket. They stay where they are, in the bucket's codes, until somebody reads them."""

    keys: Int
    count: Int
    low: Int
    """[w] word i is codes[low[i]:high[i]] without codes from `limit` on"""
    high: Int
    codes: Codes
    limit: int

    def spelled(self, wanted: Int) -> tuple[Int, Codes]:
        """offsets and codes of these words."""
        offsets, codes = gathered(self.codes, self.low, self.high, wanted, self.limit)
        return offsets, codes[: offsets[-1]]

    def __reduce__(self) -> tuple[Any, ...]:
        """What travels is the words, not the bucket."""
        offsets, codes = self.spelled(np.arange(len(self.keys)))
        return Words, (self.keys, self.count, offsets[:-1], offsets[1:], codes, self.limit)


def met(several: Sequence[Words]) -> tuple[Int, Int]:
    """A number [e] for every word of all buckets, one bucket after the other, equal for equal words; and the first word [v] of
    each number."""
    keys = np.concatenate([np.empty(0, np.int64), *(words.keys for words in several)])
    if len(several) == 1:
        return np.arange(len(keys)), np.arange(len(keys))
    number, first = _by_key(keys)
    again = np.ones(len(keys), np.bool_)
    again[first] = False
    shared = np.zeros(len(first), np.bool_)
    shared[number[again & (keys >= HASHED)]] = True
    doubtful = np.flatnonzero(shared[number] & (keys >= HASHED))
    offsets, codes = spell(several, doubtful)
    if all_equal(offsets, codes, np.searchsorted(doubtful, first[number[doubtful]])):
        return number, first
    exact, _ = distinct(offsets, codes, np.ones(len(doubtful), np.bool_))
    parted = np.zeros(len(keys), np.int64)
    parted[doubtful] = exact
    _, first, number = np.unique(number * np.int64(len(keys) + 1) + parted, return_index=True, return_inverse=True)
    return number, first


def _by_key(keys: Int) -> tuple[Int, Int]:
    bits = max(len(keys) // PER_PART, 1).bit_length() - 1
    parted, place, bounds = scattered(keys, np.arange(len(keys)), bits)
    cuts = list(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True))
    found = each(lambda cut: _numbered(parted[cut[0] : cut[1]], place[cut[0] : cut[1]]), cuts)
    begin = bounds_of(np.array([len(one[1]) for one in found], np.int64)).tolist()
    number = np.empty(len(keys), np.int64)
    each(lambda part: _back(found[part][0], place[cuts[part][0] : cuts[part][1]], begin[part], number), range(len(cuts)))
    return number, np.concatenate([np.empty(0, np.int64), *(one[1] for one in found)])


def _numbered(keys: Int, place: Int) -> tuple[Any, Int]:
    """The numbers of one part's keys, and the first place of each."""
    number, found = numbered(keys, False)
    return number, _firsts(number, place, len(found))


@compiled
def _firsts(number: Any, place: Int, count: int) -> Int:
    first = np.empty(count, np.int64)
    seen = 0
    for index in range(number.size):
        if number[index] == seen:  # numbers ascend as they first occur
            first[seen] = place[index]
            seen += 1
    return first


@compiled
def _back(number: Any, place: Int, begin: int, to: Int) -> None:
    for index in range(place.size):
        to[np.uint64(place[index])] = number[index] + begin


def spell(several: Sequence[Words], wanted: Int) -> tuple[Int, Codes]:
    """offsets and codes of the words at these places [e] among all, in their order."""
    bounds = bounds_of(np.array([len(words.keys) for words in several], np.int64))
    cuts = np.searchsorted(wanted, bounds)
    spelled = each(lambda one: several[one].spelled(wanted[cuts[one] : cuts[one + 1]] - bounds[one]), range(len(several)))
    lengths = np.concatenate([np.empty(0, np.int64), *(np.diff(offsets) for offsets, _ in spelled)])
    return bounds_of(lengths), np.concatenate([np.empty(0, np.uint32), *(codes for _, codes in spelled)])


@compiled
def all_equal(offsets: Int, codes: Codes, other: Int) -> bool:
    """Whether each sequence is the same as the one that `other` names."""
    for one in range(other.size):
        low, length = np.uint64(offsets[one]), np.uint64(offsets[one + 1] - offsets[one])
        low_other = np.uint64(offsets[other[one]])
        if np.uint64(offsets[other[one] + 1]) - low_other != length:
            return False
        for step in range(length):
            if codes[low + step] != codes[low_other + step]:
                return False
    return True
