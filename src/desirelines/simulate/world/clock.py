"""The world's clock: days and seconds in the brand's zone to UTC and back, as whole arrays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.simulate.world.planted import DAYS, FIRST_ON, ZONE

Seconds = NDArray[np.int64]

HOUR = 3_600
DAY = 86_400
_SPARE_DAYS = 120
_EARLIER_DAYS = 40
_FIRST = int(datetime(FIRST_ON.year, FIRST_ON.month, FIRST_ON.day, tzinfo=UTC).timestamp())


@lru_cache(maxsize=1)
def _offsets() -> Seconds:
    """Seconds east of UTC for every UTC hour from some days before the first day on."""
    zone = ZoneInfo(ZONE)
    start = datetime.fromtimestamp(_FIRST, UTC) - timedelta(days=_EARLIER_DAYS)
    hours = (_EARLIER_DAYS + DAYS + _SPARE_DAYS) * 24
    found = [(start + timedelta(hours=hour)).astimezone(zone).utcoffset() for hour in range(hours)]
    return np.array([int(offset.total_seconds()) if offset else 0 for offset in found], dtype=np.int64)


def offset(at: Seconds) -> Seconds:
    """Seconds east of UTC at UTC instants."""
    return _offsets()[(at - _FIRST) // HOUR + _EARLIER_DAYS * 24]


def instant(day: Seconds, second: Seconds | int) -> Seconds:
    """UTC seconds of a local day (0 is the first) and second of that day; not for the hours in which clocks are changed."""
    naive = _FIRST + day * DAY + second
    return naive - offset(naive - offset(naive))


def local(at: Seconds) -> Seconds:
    """Naive local seconds since 1970 of UTC instants."""
    return at + offset(at)


def day_of(at: Seconds) -> Seconds:
    """The local day, counted from the first."""
    return (local(at) - _FIRST) // DAY


def begin() -> int:
    """The instant at which the first day begins."""
    return int(instant(np.array([0]), 0)[0])


def end() -> int:
    """The instant at which the last day is over."""
    return int(instant(np.array([DAYS]), 0)[0])


def stamp(at: Seconds) -> pa.Array:
    """Instants as texts such as `2025-10-01 12:00:00Z`."""
    return _joined(pa.array(at, pa.timestamp("s")).cast(pa.string()), "Z")


def local_stamp(at: Seconds) -> pa.Array:
    """Instants as naive local texts such as `2025-10-01 14:00:00`."""
    return pa.array(local(at), pa.timestamp("s")).cast(pa.string())


def day_stamp(day: Seconds) -> pa.Array:
    """Days as texts such as `2025-10-01`."""
    return pa.array((_FIRST // DAY + day).astype(np.int32), pa.date32()).cast(pa.string())


def _joined(texts: pa.Array, ending: str) -> pa.Array:
    return pc.binary_join_element_wise(texts, ending, "")
