"""A pattern compiled for an alphabet: the arrays that the kernels walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.model.hint import nearest
from desirelines.trace.bucket import Int
from desirelines.trace.pattern.graph import Graph, written_out
from desirelines.trace.pattern.nouns import FOREVER, Event, Link, Misread
from desirelines.trace.pattern.options import Follow, Kinds, Option, options_of
from desirelines.trace.pattern.parser import parse, refused
from desirelines.trace.pattern.subsets import Subsets, subsets_of

Flags = NDArray[np.uint8]

NEXT, WAIT, DONE, DONE_AT_END = range(4)
_WAYS = {"next": NEXT, "wait": WAIT, "done": DONE, "done at end": DONE_AT_END}
WAY, LOW, HIGH, LEAST, MOST, FRESH, ANCHORED = range(7)
"""Columns of an option. NEXT: LOW is a position. WAIT: what is awaited is waits[LOW:HIGH]."""
TARGET, BAR, AFTER_LEAST, AFTER_MOST, STARTS, LIMITED = range(6)
"""Columns of what is awaited; TARGET is -1 for the journey's end."""


class Net(NamedTuple):
    """Events are of few kinds: 0 for all that the pattern does not name. Positions [p] take kinds."""

    taken: Int
    """[kinds + 1] positions that take kind k are places[taken[k]:taken[k + 1]]"""
    places: Int
    bounds: Int
    """[p + 2] the options of position i are options[bounds[i]:bounds[i + 1]]; the last are those of the beginning"""
    options: Int
    """[o, 7]"""
    waits: Int
    """[w, 6]"""
    bars: Flags
    """[b, kinds] kinds that may not come between; row 0 bars none"""
    clock: Int
    """[p] index in `within` of the group the position is in, -1: none"""
    within: Int
    """[d] microseconds"""


@dataclass(frozen=True)
class Pattern:
    """A pattern that can be asked for."""

    text: str
    kind_of: NDArray[np.int32]
    """[codes] the kind of each code; codes beyond are of kind 0"""
    net: Net
    subsets: Subsets | None
    """The pattern as a table, its times left aside; None where that table would be too large."""
    timed: bool
    """Whether it limits times."""
    positions: int
    """Its events, with its repetitions written out."""


def pattern(text: str, codes: Mapping[str, int]) -> Pattern:
    """The pattern `text` says over events named in `codes`.

    Raises BadInput that names the character for what cannot be read and for names that are not in `codes`, BadInput for a
    pattern that nothing can match, TooLarge for one that would explode.
    """
    graph, first = written_out(parse(text))
    try:
        kinds = {code: kind + 1 for kind, code in enumerate(_named(graph, codes))}
    except Misread as error:
        raise refused(text, error) from None
    options = options_of(graph, first, lambda event: _kinds(event, codes, kinds))
    if not _can_end(options):
        raise BadInput("nothing can match this pattern", hint="`^` stands before the first event, `$` after the last")
    takes = [_kinds(event, codes, kinds) for event in graph.events]
    net = _net(options, takes, graph.inside, len(kinds) + 1)
    gaps = np.concatenate([net.options[:, [LEAST, MOST]], net.waits[:, [AFTER_LEAST, AFTER_MOST]]])
    timed = len(net.within) > 0 or bool(((gaps[:, 0] > 0) | (gaps[:, 1] < FOREVER)).any())
    subsets = subsets_of(options, takes, len(kinds) + 1)
    return Pattern(text, _kind_of(codes, kinds), net, subsets, timed, len(graph.events))


def _named(graph: Graph, codes: Mapping[str, int]) -> list[int]:
    """The codes that the pattern names, in order."""
    barred = [event for one in graph.what if isinstance(one, Link) for event in one.barred]
    found = set()
    for event in [*graph.events, *barred]:
        for name in event.names:
            if name.text not in codes:
                raise Misread(name.at, f"no event is named `{name.text[:80]}`", nearest(name.text, codes))
            found.add(codes[name.text])
    return sorted(found)


def _kinds(event: Event, codes: Mapping[str, int], kinds: Mapping[int, int]) -> Kinds:
    mask = 0
    for name in event.names:
        mask |= 1 << kinds[codes[name.text]]
    return ((1 << len(kinds) + 1) - 1) & ~mask if event.other else mask


def _kind_of(codes: Mapping[str, int], kinds: Mapping[int, int]) -> NDArray[np.int32]:
    table = np.zeros(max(codes.values(), default=-1) + 1, np.int32)
    for code, kind in kinds.items():
        table[code] = kind
    return table


def _can_end(options: list[tuple[Option, ...]]) -> bool:
    todo, seen = [len(options) - 1], {len(options) - 1}
    while todo:
        for option in options[todo.pop()]:
            if option.way.startswith("done") or any(follow.to < 0 for follow in option.follows):
                return True
            new = {follow.to for follow in option.follows} - seen
            seen |= new
            todo += new
    return False


def _net(options: list[tuple[Option, ...]], takes: list[Kinds], inside: list[int], kinds: int) -> Net:
    """Options that await the same share what they await."""
    rows: list[tuple[int, ...]] = []
    waits: list[tuple[int, ...]] = []
    places: dict[tuple[Follow, ...], int] = {}
    bars: dict[Kinds, int] = {0: 0}
    for option in (one for several in options for one in several):
        if option.way == "wait":
            if option.follows not in places:
                places[option.follows] = len(waits)
                waits += [_awaited(one, bars.setdefault(one.barred, len(bars))) for one in option.follows]
            low = places[option.follows]
            rows.append((WAIT, low, low + len(option.follows), 0, FOREVER, 1, option.anchored))
        else:
            one = option.follows[0] if option.follows else Follow(0, 0, FOREVER, 0, True)
            rows.append((_WAYS[option.way], one.to, 0, one.least_us, one.most_us, one.fresh, option.anchored))
    limits = sorted({limit for limit in inside if limit >= 0})
    taken = _table(takes, kinds)
    return Net(
        np.concatenate([np.zeros(1, np.int64), np.cumsum(taken.sum(axis=0), dtype=np.int64)]),
        np.nonzero(taken.T)[1].astype(np.int64),
        np.cumsum([0, *(len(one) for one in options)], dtype=np.int64),
        np.array(rows, np.int64).reshape(-1, 7),
        np.array(waits, np.int64).reshape(-1, 6),
        _table(list(bars), kinds),
        np.array([limits.index(limit) if limit >= 0 else -1 for limit in inside], np.int64),
        np.array(limits, np.int64),
    )


def _awaited(one: Follow, bar: int) -> tuple[int, ...]:
    return one.to, bar, one.least_us, one.most_us, one.fresh, one.least_us > 0 or one.most_us < FOREVER


def _table(masks: list[Kinds], kinds: int) -> Flags:
    """[masks, kinds] 1 where the mask has the kind."""
    return np.array([[mask >> kind & 1 for kind in range(kinds)] for mask in masks], np.uint8).reshape(len(masks), kinds)
