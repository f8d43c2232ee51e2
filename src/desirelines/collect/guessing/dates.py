"""How a column's times are written, and whether day-first can be told from month-first."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from desirelines.collect.intake import EPOCHS, Times, read_times

_DAYS = (
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%y", "%m/%d/%y", "%d.%m.%y",
    "%d %b %Y", "%d %B %Y", "%b %d %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%d.%b.%Y",
)  # fmt: skip
_CLOCKS = ("", " %H:%M", " %H:%M:%S", " %H:%M:%S.%f", " %I:%M %p", " %I:%M:%S %p", ", %H:%M", ", %H:%M:%S", "T%H:%M:%S")
_WHOLE = (
    "%a %b %d %H:%M:%S %z %Y", "%a, %d %b %Y %H:%M:%S %z", "%d/%b/%Y:%H:%M:%S %z", "%Y/%m/%d %H:%M:%S %z", "%Y-%m-%d %I:%M:%S %p",
)  # fmt: skip
_PATTERNS = (*_WHOLE, *(day + clock for day in _DAYS for clock in _CLOCKS))
_NAMED = re.compile(r"time|date|_at$|_on$|^at$|^on$|^ts$|_ts$|stamp|created|updated|epoch|when", re.IGNORECASE)
_SWAPPED = {"d": "m", "m": "d"}
_SHARE = 0.95
_FIRST_LOOK = 200


@dataclass(frozen=True)
class Written:
    """`looks_like` is time or date; `format` None for ISO."""

    looks_like: str
    format: str | None
    note: str = ""


def time_format(name: str, values: pa.Array, own_times: bool) -> Written | None:
    """The way that reads the most of the distinct values, None if none reads nearly all."""
    if not pa.types.is_string(values.type):
        return None
    some = values.slice(0, _FIRST_LOOK)
    digits = all(value.isdecimal() for value in some.to_pylist())
    if digits:
        ways: tuple[str | None, ...] = ("%Y%m%d", *EPOCHS) if _NAMED.search(name) else ()
    else:
        ways = (None, *_PATTERNS)
    best, share = None, 0.0
    for way in ways:
        if _good(some, way, own_times) < 0.5:
            continue
        fits = _good(values, way, own_times) if len(values) > len(some) else _good(some, way, own_times)
        if fits > share and (way not in EPOCHS or _recent(some, way)):
            best, share = way, fits
    if share < _SHARE:
        return _mixed(best, share) if share >= 0.5 else None
    times = read_times(values, best, "UTC", own_times)
    kind = "date" if _midnight(times) else "time"
    return Written(kind, best, _doubt(values, best, own_times, share))


def _good(values: pa.Array, way: str | None, own_times: bool) -> float:
    return float(np.mean(read_times(values, way, "UTC", own_times).good)) if len(values) else 0.0


def _recent(values: pa.Array, way: str | None) -> bool:
    """Seconds, milliseconds or microseconds? The one that lies between 1990 and 2050."""
    at = read_times(values, way, "UTC").at
    return bool(np.median(at) > 631_152_000_000_000 and np.median(at) < 2_524_608_000_000_000)


def _midnight(times: Times) -> bool:
    return bool((times.at[times.good] % 86_400_000_000 == 0).all())


def _mixed(best: str | None, share: float) -> Written:
    return Written("time", best, f"only {share:.0%} are written like this; the others will be refused")


def _doubt(values: pa.Array, best: str | None, own_times: bool, share: float) -> str:
    notes = []
    if share < 1:
        notes.append(f"{share:.1%} are written like this; the others will be refused")
    other = re.sub(r"%([dm])", lambda found: "%" + _SWAPPED[found[1]], best) if best else None
    numeric = best and re.match(r"%[dm]\W%[dm]\W", best)
    if other and numeric and _good(values, other, own_times) >= share:
        first, second = ("day", "month") if best and best.startswith("%d") else ("month", "day")
        notes.append(f"no value tells whether the day or the month comes first: {first} before {second} is assumed")
    return "; ".join(notes)
