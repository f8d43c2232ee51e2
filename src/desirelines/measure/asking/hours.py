"""Working time: a calendar of open hours in words, laid over the days of the data in the brand's zone."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from desirelines.errors import BadInput
from desirelines.measure.gathering.days import DAY_US, day_of
from desirelines.trace import Hours

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HINT = "such as Mon-Fri 09:00-17:00; Sat 10:00-12:00,13:00-16:00"
_STRETCH = re.compile(r"([01]?[0-9]|2[0-4]):([0-5][0-9])-([01]?[0-9]|2[0-4]):([0-5][0-9])")
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
DAY_MINUTES = 24 * 60

Week = tuple[tuple[tuple[int, int], ...], ...]
"""For each day from Monday: open stretches in minutes after midnight, in order."""


def read_week(text: str) -> Week:
    """``Mon-Fri 09:00-17:00; Sat 10:00-14:00``. A part without times is open all day. Raises BadInput."""
    week: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for part in text.split(";"):
        words = part.split(None, 1)
        if not words:
            raise BadInput(f"`{text[:80]}` has an empty part", hint=HINT)
        stretches = [_stretch(one) for one in words[1].split(",")] if len(words) > 1 else [(0, DAY_MINUTES)]
        for day in _days(words[0]):
            week[day] += stretches
    for name, day_stretches in zip(DAYS, week, strict=True):
        day_stretches.sort()
        if any(later[0] < before[1] for before, later in pairwise(day_stretches)):
            raise BadInput(f"the hours of {name.title()} overlap", hint=HINT)
    return tuple(tuple(one) for one in week)


def _days(text: str) -> list[int]:
    found = []
    for one in text.lower().split(","):
        first, sign, last = one.partition("-")
        names = [first, last] if sign else [first]
        if any(name not in DAYS for name in names):
            raise BadInput(
                f"`{one[:40]}` is no day of the week", hint=f"days are {', '.join(day.title() for day in DAYS)}; {HINT}"
            )
        low, high = DAYS.index(names[0]), DAYS.index(names[-1])
        found += [day % 7 for day in range(low, high + 1 + (7 if high < low else 0))]
    return found


def _stretch(text: str) -> tuple[int, int]:
    read = _STRETCH.fullmatch(text.strip())
    if read is None:
        raise BadInput(f"`{text.strip()[:40]}` are no opening hours", hint=HINT)
    begin, end = (int(read[place]) * 60 + int(read[place + 1]) for place in (1, 3))
    if not begin < end <= DAY_MINUTES:
        raise BadInput(
            f"`{text.strip()}` ends before it begins", hint="hours past midnight are two parts: Fri 20:00-24:00; Sat 00:00-02:00"
        )
    return begin, end


def read_holidays(text: str) -> frozenset[date]:
    """``2017-12-25|2018-01-01``. Raises BadInput."""
    try:
        return frozenset(date.fromisoformat(one.strip()) for one in text.split("|")) if text.strip() else frozenset()
    except ValueError as error:
        raise BadInput(f"`{text[:80]}` are no days", hint="such as 2017-12-25|2018-01-01") from error


@lru_cache(maxsize=8)
def hours(text: str, holidays: str, low_us: int, high_us: int, zone: str) -> Hours:
    """The open hours of all days in `zone` that both instants and what lies between fall on. Raises BadInput."""
    week, closed, place = read_week(text), read_holidays(holidays), ZoneInfo(zone)
    begins: list[int] = []
    ends: list[int] = []
    for number in range(low_us // DAY_US - 1, high_us // DAY_US + 2):
        day = day_of(number)
        for stretch in () if day in closed else week[day.weekday()]:
            begin, end = (_instant(day, minutes, place) for minutes in stretch)
            begin = max(begin, ends[-1] if ends else begin)
            if begin < end:  # a clock put forward may leave nothing of it
                begins.append(begin)
                ends.append(end)
    return Hours(np.array(begins, np.int64), np.array(ends, np.int64))


def _instant(day: date, minutes: int, place: ZoneInfo) -> int:
    if minutes == DAY_MINUTES:
        day, minutes = day + timedelta(days=1), 0
    local = datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=place)
    return round((local - _EPOCH) / timedelta(microseconds=1))
