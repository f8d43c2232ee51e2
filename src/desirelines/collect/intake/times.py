"""A column of times, whatever it is written as, in microseconds since 1970 UTC."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.collect.intake.clock import BAD, DAY_US, INSTANT, WALL, read_epoch, read_iso
from desirelines.collect.intake.pattern import pattern_fault, read_pattern
from desirelines.collect.intake.strings import Mask, texts_of, valid
from desirelines.collect.intake.zones import to_utc

FIRST_US = -2_208_988_800_000_000
"""1900-01-01 UTC."""
AFTER_US = 7_289_654_400_000_000
"""2201-01-01 UTC."""
EPOCHS = {"epoch_s": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1}
_UNITS = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": 0}


@dataclass(frozen=True)
class Times:
    """n times; where `blank`, `bad` or `far` (out of range) is true, `at` means nothing.

    `at`: microseconds since 1970 UTC. `day`: the day as it is written, in days since 1970.
    """

    at: NDArray[np.int64]
    day: NDArray[np.int64]
    blank: Mask
    bad: Mask
    far: Mask

    @property
    def good(self) -> Mask:
        return ~(self.blank | self.bad | self.far)


def format_fault(written: str | None) -> str | None:
    """Why a time's format cannot be used, None if it can."""
    return None if written in (None, "iso", *EPOCHS) else pattern_fault(str(written))


def read_times(column: pa.Array, written: str | None, zone: str, own_times: bool = False) -> Times:
    """Read a column of texts (trimmed), or of the format's own times or numbers; naive times are of `zone`."""
    filled = valid(column)
    if pa.types.is_timestamp(column.type):
        time, kind = _own_timestamps(column)
    elif pa.types.is_date(column.type):
        days = pc.cast(pc.cast(column, pa.date32()), pa.int32()).fill_null(0).to_numpy().astype(np.int64)
        limit = AFTER_US // DAY_US
        time, kind = np.clip(days, -limit, limit) * DAY_US, np.full(len(column), WALL, np.int8)
    elif pa.types.is_floating(column.type) and written in EPOCHS:
        time, kind = _own_floats(column, EPOCHS[str(written)])
    else:
        time, kind = _texts(column, written, own_times)
    wall = kind == WALL
    at = np.where(wall, to_utc(time, zone), time) if zone != "UTC" and wall.any() else time
    bad = filled & (kind == BAD)
    far = filled & ~bad & ((at < FIRST_US) | (at >= AFTER_US))
    return Times(at, time // DAY_US, ~filled, bad, far)


def _texts(column: pa.Array, written: str | None, own_times: bool) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    text = column if pa.types.is_string(column.type) else pc.cast(column, pa.string())
    places, data = texts_of(text)
    time, kind = np.zeros(len(text), np.int64), np.zeros(len(text), np.int8)
    if written is None or written == "iso":
        read_iso(places, data, time, kind)
    elif written in EPOCHS:
        read_epoch(places, data, EPOCHS[written], time, kind)
    else:
        read_pattern(places, data, written, time, kind)
    if own_times and written not in (None, "iso") and (kind == BAD).any():
        other, more = np.zeros_like(time), np.zeros_like(kind)
        read_iso(places, data, other, more)
        time, kind = np.where(kind == BAD, other, time), np.where(kind == BAD, more, kind)
    return time, kind


def _own_timestamps(column: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    """Timestamps of a typed format; what does not fit into microseconds lies far out of range anyway."""
    unit = _UNITS[column.type.unit]
    raw = pc.cast(column, pa.int64()).fill_null(0).to_numpy()
    limit = 2**61 // max(1, unit)
    time = raw // 1_000 if unit == 0 else np.clip(raw, -limit, limit) * unit
    return time, np.full(len(column), INSTANT if column.type.tz else WALL, np.int8)


def _own_floats(column: pa.Array, unit: int) -> tuple[NDArray[np.int64], NDArray[np.int8]]:
    raw = pc.cast(column, pa.float64()).fill_null(0).to_numpy()
    fits = np.isfinite(raw) & (np.abs(raw) < 2**61 / unit)
    time = np.floor(np.where(fits, raw, 0) * unit).astype(np.int64)
    return time, np.where(fits, INSTANT, BAD).astype(np.int8)
