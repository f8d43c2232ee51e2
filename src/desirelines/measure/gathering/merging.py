"""Columns of occasions: put side by side, sorted by customer, several of one object made one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map import Arrays

COLUMNS: dict[str, Any] = {
    "at": np.int64,
    "customer": np.int32,
    "value": np.float64,
    "touchpoint": np.int32,
    "channel": np.int32,
    "object": np.int64,
}


def placed(
    at: NDArray[np.int64], customer: NDArray[np.int32], codes: NDArray[np.int64], first_none: int, channel: NDArray[Any]
) -> dict[str, NDArray[Any]]:
    """Rows [n] without amount and object; touchpoint codes from `first_none` on are none."""
    return {
        "at": np.asarray(at, np.int64),
        "customer": np.asarray(customer, np.int32),
        "value": np.full(len(at), np.nan),
        "touchpoint": np.where(codes >= first_none, -1, codes).astype(np.int32),
        "channel": np.asarray(channel, np.int32),
        "object": np.zeros(len(at), np.int64),
    }


def joined(parts: Sequence[Arrays]) -> dict[str, NDArray[Any]]:
    """All rows, one part after the other."""
    return {name: np.concatenate([np.empty(0, kind), *(part[name] for part in parts)]) for name, kind in COLUMNS.items()}


def by_customer(rows: Arrays) -> dict[str, NDArray[Any]]:
    """Sorted by customer, then time; what comes sorted in runs is merged, not sorted anew."""
    customer, at = rows["customer"], rows["at"]
    order = np.argsort(customer, kind="stable")
    sorted_at, sorted_customer = at[order], customer[order]
    if len(at) and ((sorted_customer[1:] == sorted_customer[:-1]) & (sorted_at[1:] < sorted_at[:-1])).any():
        order = np.lexsort((at, customer))
    return {name: rows[name][order] for name in COLUMNS}


def one_per_object(rows: Arrays) -> dict[str, NDArray[Any]]:
    """Of each object's rows the first by time, with the sum of their amounts (nan where none has one)."""
    thing = rows["object"]
    there = np.flatnonzero(thing != 0)
    order = there[np.lexsort((rows["at"][there], thing[there]))]
    first = np.flatnonzero(np.diff(thing[order], prepend=0) != 0)
    if len(first) == len(order):
        return dict(rows)
    values = rows["value"][order]
    known = np.isfinite(values)
    sums = np.add.reduceat(np.where(known, values, 0.0), first)
    sums[np.add.reduceat(known.astype(np.int64), first) == 0] = np.nan
    value = np.array(rows["value"], dtype=np.float64)
    value[order[first]] = sums
    kept = np.sort(np.concatenate([np.flatnonzero(thing == 0), order[first]]))
    return {**{name: rows[name][kept] for name in COLUMNS}, "value": value[kept]}
