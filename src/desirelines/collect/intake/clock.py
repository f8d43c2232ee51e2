"""Kernels that read times from texts. Each fills `time` (microseconds) and `kind` for every row.

`kind` is BAD, WALL (a naive time: microseconds of the wall clock) or INSTANT (microseconds since 1970 UTC).
"""

from __future__ import annotations

from typing import Any

from desirelines.collect.intake.strings import compiled

BAD, WALL, INSTANT = 0, 1, 2
DAY_US = 86_400_000_000


@compiled
def days_from_civil(year: Any, month: Any, day: Any) -> Any:
    """Days since 1970-01-01 of a day in the Gregorian calendar (Howard Hinnant's algorithm)."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


@compiled
def is_day(year: Any, month: Any, day: Any) -> Any:
    """Is there such a day?"""
    if year < 1 or month < 1 or month > 12 or day < 1 or day > 31:
        return False
    if month == 2:
        leap = (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
        return day <= (29 if leap else 28)
    return day <= 30 if month in (4, 6, 9, 11) else True


@compiled
def number_at(data: Any, place: Any, end: Any, most: Any) -> tuple[Any, Any]:
    """Up to `most` digits as a number, and how many there were."""
    value, digits = 0, 0
    while digits < most and place + digits < end and 48 <= data[place + digits] <= 57:
        value = value * 10 + (data[place + digits] - 48)
        digits += 1
    return value, digits


@compiled
def fraction_at(data: Any, place: Any, end: Any) -> tuple[Any, Any]:
    """Up to nine digits after the point as whole microseconds, the rest cut off; and how many there were (10: too many)."""
    value, digits = 0, 0
    while digits < 10 and place + digits < end and 48 <= data[place + digits] <= 57:
        if digits < 6:
            value = value * 10 + (data[place + digits] - 48)
        digits += 1
    for _ in range(digits, 6):
        value *= 10
    return value, digits


@compiled
def offset_at(data: Any, place: Any, end: Any) -> tuple[Any, Any]:
    """A UTC offset up to the end (`Z`, `+01:00`, `-0300`, `+02`, `UTC`) in microseconds, and whether it is one."""
    left = end - place
    if left == 1:
        return 0, data[place] == 90 or data[place] == 122
    if left == 3 and data[place + 1] == 84 and data[place + 2] == 67 and data[place] == 85:
        return 0, True
    if left == 3 and data[place] == 71 and data[place + 1] == 77 and data[place + 2] == 84:
        return 0, True
    if left not in (3, 5, 6, 8, 9) or (data[place] != 43 and data[place] != 45):
        return 0, False
    hours, two = number_at(data, place + 1, end, 2)
    here, minutes, seconds = place + 3, 0, 0
    colon = here < end and data[here] == 58
    good = two == 2 and hours < 24
    if here < end:
        here += colon
        minutes, two = number_at(data, here, end, 2)
        here += 2
        good = good and two == 2 and minutes < 60
    if here < end:
        good = good and (data[here] == 58) == colon
        here += colon
        seconds, two = number_at(data, here, end, 2)
        here += 2
        good = good and two == 2 and seconds < 60
    offset = (hours * 3600 + minutes * 60 + seconds) * 1_000_000
    return -offset if data[place] == 45 else offset, good and here == end


@compiled
def read_iso(places: Any, data: Any, time: Any, kind: Any) -> None:
    """ISO 8601 dates and times, with a T or a blank between, a fraction of one to nine digits, an offset or none."""
    for row in range(len(time)):
        time[row], kind[row] = _iso(data, places[row], places[row + 1])


@compiled
def _iso(data: Any, place: Any, end: Any) -> tuple[Any, Any]:
    if end - place < 10 or data[place + 4] != 45 or data[place + 7] != 45:
        return 0, BAD
    year, four = number_at(data, place, end, 4)
    month, two = number_at(data, place + 5, end, 2)
    day, too = number_at(data, place + 8, end, 2)
    if four + two + too != 8 or not is_day(year, month, day):
        return 0, BAD
    value = days_from_civil(year, month, day) * DAY_US
    place += 10
    if place == end:
        return value, WALL
    if end - place < 6 or not (data[place] == 84 or data[place] == 32 or data[place] == 116) or data[place + 3] != 58:
        return 0, BAD
    hour, two = number_at(data, place + 1, end, 2)
    minute, too = number_at(data, place + 4, end, 2)
    if two + too != 4 or hour > 23 or minute > 59:
        return 0, BAD
    value += (hour * 60 + minute) * 60_000_000
    place += 6
    if place < end and data[place] == 58:
        second, two = number_at(data, place + 1, end, 2)
        if two != 2 or second > 59:
            return 0, BAD
        value += second * 1_000_000
        place += 3
        if place < end and (data[place] == 46 or data[place] == 44):
            part, digits = fraction_at(data, place + 1, end)
            if digits < 1 or digits > 9:
                return 0, BAD
            value += part
            place += 1 + digits
    if place == end:
        return value, WALL
    if data[place] == 32:
        place += 1
    offset, good = offset_at(data, place, end)
    return (value - offset, INSTANT) if good else (0, BAD)


@compiled
def read_epoch(places: Any, data: Any, unit: Any, time: Any, kind: Any) -> None:
    """Numbers of seconds, milliseconds or microseconds (`unit` microseconds each) since 1970; a fraction is cut off."""
    for row in range(len(time)):
        place, end = places[row], places[row + 1]
        negative = place < end and data[place] == 45
        place += negative or (place < end and data[place] == 43)
        value, digits = number_at(data, place, end, 18 if unit == 1 else 15 if unit == 1_000 else 12)
        place += digits
        part, extra = 0, 0
        if place < end and data[place] == 46:
            part, extra = fraction_at(data, place + 1, end)
            place += 1 + min(extra, 9)
            while place < end and 48 <= data[place] <= 57:
                place += 1
        if digits == 0 or place != end:
            time[row], kind[row] = 0, BAD
            continue
        whole = value * unit + part * unit // 1_000_000
        time[row], kind[row] = -whole if negative else whole, INSTANT
