"""How far sequences are apart: what of both is not shared, held against how long both are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from desirelines.trace.bucket import Codes, Int
from desirelines.trace.compiled import compiled

PARTS = 1_000_000
"""Distances are whole numbers: so many parts are as far apart as can be."""
LONGEST = 512
"""Steps of a sequence that are compared, from its first."""


@compiled
def apart(offsets: Int, codes: Codes, target: Codes, letter: NDArray[np.int32]) -> Int:
    """[q] parts that sequences codes[offsets[i]:offsets[i + 1]] are apart from `target`: 0 the same, PARTS nothing shared.

    1 - 2 * shared / (length of both), shared being the longest common subsequence: the share of steps that would be out of
    place if one were held against the other. `letter` [more than the largest code] is -1 everywhere, before and after.
    Sixty-four steps of the target are looked at with one word (after H. Hyyrö, "Bit-Parallel LCS-length Computation
    Revisited", 2004).
    """
    size = min(target.size, LONGEST)
    words = (size + 63) // 64
    masks, state = np.zeros((size, words), np.uint64), np.empty(words, np.uint64)
    count = 0
    for place in range(size):
        if letter[target[place]] < 0:
            letter[target[place]] = count
            count += 1
        masks[letter[target[place]], place // 64] |= np.uint64(1) << np.uint64(place % 64)
    found = np.empty(offsets.size - 1, np.int64)
    for one in range(found.size):
        high = min(offsets[one + 1], offsets[one] + LONGEST)
        for word in range(words):
            state[word] = ~np.uint64(0)
        for event in range(offsets[one], high):
            row = letter[codes[event]]
            if row < 0:
                continue
            carry = np.uint64(0)
            for word in range(words):
                here, mask = state[word], masks[row, word]
                total = here + (here & mask)
                over = total < here
                total += carry
                carry = np.uint64(1) if over or total < carry else np.uint64(0)
                state[word] = total | (here & ~mask)
        shared = 0
        for word in range(words):
            zeros = ~state[word]
            if word == words - 1 and size % 64 > 0:
                zeros &= (np.uint64(1) << np.uint64(size % 64)) - np.uint64(1)
            while zeros != np.uint64(0):
                zeros &= zeros - np.uint64(1)
                shared += 1
        both = high - offsets[one] + size
        found[one] = (both - 2 * shared) * PARTS // both if both > 0 else 0
    for place in range(size):
        letter[target[place]] = -1
    return found
