"""Identifiers joined by links: connected components by union-find."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
_compiled = cast("Callable[[F], F]", numba.njit(nogil=True, cache=True))


@_compiled
def _unite(a: Any, b: Any, parent: Any) -> None:
    """parent [n] starts as 0..n-1 and ends with every node's smallest fellow."""
    for index in range(a.size):
        x, y = a[index], b[index]
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        while parent[y] != y:
            parent[y] = parent[parent[y]]
            y = parent[y]
        if x < y:
            parent[y] = x
        elif y < x:
            parent[x] = y
    for node in range(parent.size):  # a parent is never larger than its child: one pass, upwards
        parent[node] = parent[parent[node]]


def components(a: NDArray[np.int64], b: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """For each node 0..count-1 the smallest node it is joined with, given edges a[m]-b[m]."""
    parent = np.arange(count, dtype=np.int64)
    _unite(a, b, parent)
    return parent


def components_reference(a: NDArray[np.int64], b: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The same, as one would say it."""
    group = [{node} for node in range(count)]
    for x, y in zip(a.tolist(), b.tolist(), strict=True):
        if group[x] is not group[y]:
            group[x] |= group[y]
            for node in group[y]:
                group[node] = group[x]
    return np.array([min(one) for one in group], dtype=np.int64)
