"""Variants in groups of their like, each with a real variant that stands for it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int, Mask
from desirelines.trace.compiled import plain
from desirelines.trace.counting.gaps import bounds_of
from desirelines.trace.counting.sequences import distinct
from desirelines.trace.grouping.likeness import PARTS, apart
from desirelines.trace.grouping.medoids import chain, silhouette
from desirelines.trace.run import threads

FREQUENT = SAMPLED = 400
"""Representatives are sought among so many of the most frequent variants, and a sample of so many of the others."""
MOST = 10
"""Up to so many groups are tried for a suggestion."""
NEARLY = 0.9


@dataclass(frozen=True)
class Grouping:
    """Groups [k], the one with most journeys first; of equal ones that of the more frequent representative."""

    representative: Int
    """[k] index of a variant"""
    group: Int
    """[v] -1: a variant without a step, or that no journey goes"""
    distance: NDArray[np.float64]
    """[v] from its group's representative: 0 the same, 1 nothing shared"""
    journeys: Int
    """[k]"""
    candidates: int
    """Variants among which the representatives were sought; all others went to the nearest of these."""
    sampled: bool
    """Whether these stand for others that were not looked at."""
    silhouettes: dict[int, float]
    """For so many groups: how well they part the candidates, -1 to 1"""

    @property
    def suggested(self) -> int:
        """The fewest groups that part the candidates nearly as well as the best of those tried do; 1 where none does."""
        best = max(self.silhouettes.values(), default=0.0)
        return min((count for count, score in self.silhouettes.items() if score >= NEARLY * best > 0), default=1)


def grouping(offsets: Int, codes: NDArray[np.unsignedinteger], weight: Int, skip: int, groups: int) -> Grouping | None:
    """Variants codes[offsets[i]:offsets[i + 1]], each of which weight[i] journeys go, in `groups` groups (fewer where there are
    fewer variants). Codes from `skip` on are no steps. None where no journey has one."""
    offsets, codes, weight = plain(offsets, np.int64), plain(codes, np.uint32), plain(weight, np.int64)
    real = codes < skip
    if not real.all():
        offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(real)])[offsets]
        codes = codes[real]
    walked = np.flatnonzero((np.diff(offsets) > 0) & (weight > 0))
    if not len(walked):
        return None
    letter = np.full(int(codes.max()) + 1, -1, np.int32)
    member, journeys = _candidates(offsets, codes, weight, walked)
    taken = _taken(offsets, codes, member)
    between = np.stack([apart(*taken, codes[offsets[one] : offsets[one + 1]], letter) for one in member.tolist()])
    medoids, tried = np.zeros(1, np.int64), {}
    for found in chain(between, journeys):
        medoids = found if len(found) <= groups else medoids
        if 1 < len(found) <= MOST:
            tried[len(found)] = silhouette(between, journeys, found)
        if len(found) >= max(groups, MOST):
            break
    nearest, distance = _assigned(offsets, codes, walked, [codes[offsets[one] : offsets[one + 1]] for one in member[medoids]])
    size = np.bincount(nearest, weight[walked], minlength=len(medoids)).astype(np.int64)
    order = np.argsort(-size, kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    group, far = np.full(len(weight), -1, np.int64), np.zeros(len(weight))
    group[walked], far[walked] = rank[nearest], distance / PARTS
    return Grouping(member[medoids][order], group, far, size[order], len(member), len(walked) > FREQUENT + SAMPLED, tried)


def _candidates(offsets: Int, codes: Codes, weight: Int, walked: Int) -> tuple[Int, Int]:
    """Variants and for how many journeys each stands: the most frequent ones for their own and those of variants that are the
    same without what is no step; the sampled ones, drawn evenly by journeys from the shortest to the longest, for a share."""
    order = np.argsort(-weight[walked], kind="stable")
    few, others = walked[order[:FREQUENT]], np.sort(walked[order[FREQUENT:]])
    stands = weight[few]
    if len(others) <= SAMPLED:
        few, stands = np.concatenate([few, others]), np.concatenate([stands, weight[others]])
    else:
        upto = np.cumsum(weight[others])
        share = max(int(upto[-1]) // SAMPLED, 1)
        drawn = np.searchsorted(upto, np.arange(share // 2, share * SAMPLED, share), side="right")
        few, stands = np.concatenate([few, others[drawn]]), np.concatenate([stands, np.full(len(drawn), share)])
    number, first = distinct(*_taken(offsets, codes, few), np.ones(len(few), np.bool_))
    journeys = np.bincount(number, stands).astype(np.int64)
    order = np.argsort(-journeys, kind="stable")
    return few[first[order]], journeys[order]


def _taken(offsets: Int, codes: Codes, wanted: Int) -> tuple[Int, Codes]:
    """The wanted sequences, one behind the other."""
    lengths = np.diff(offsets)[wanted]
    to = bounds_of(lengths)
    return to, codes[np.arange(int(to[-1])) + np.repeat(offsets[wanted] - to[:-1], lengths)]


def _assigned(offsets: Int, codes: Codes, walked: Int, targets: Sequence[Codes]) -> tuple[Int, Int]:
    """Per walked variant the nearest target (of equal ones the first) and how far it is apart."""
    cuts = np.linspace(0, len(walked), 4 * threads() + 1).astype(np.int64)

    def over(low: int, high: int) -> tuple[Int, Int]:
        letter = np.full(int(codes.max()) + 1, -1, np.int32)
        mine = _taken(offsets, codes, walked[low:high])
        best, which = np.full(high - low, PARTS + 1), np.zeros(high - low, np.int64)
        for number, target in enumerate(targets):
            found = apart(*mine, target, letter)
            nearer: Mask = found < best
            best[nearer], which[nearer] = found[nearer], number
        return which, best

    with ThreadPoolExecutor(threads()) as pool:
        found = list(pool.map(over, cuts[:-1].tolist(), cuts[1:].tolist()))
    return np.concatenate([one[0] for one in found]), np.concatenate([one[1] for one in found])
