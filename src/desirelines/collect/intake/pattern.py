"""strptime patterns for a whole column: a pattern becomes a list of steps that a kernel walks over each text."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.collect.intake.clock import (
    BAD,
    DAY_US,
    INSTANT,
    WALL,
    days_from_civil,
    fraction_at,
    is_day,
    number_at,
    offset_at,
)
from desirelines.collect.intake.strings import compiled

DIRECTIVES = "YymdHIMSfpbBaAjzZ"
_BLANK = 300
_LONG_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_LONG_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERY = (*_LONG_MONTHS, *(name[:3] for name in _LONG_MONTHS), *_LONG_DAYS, *(name[:3] for name in _LONG_DAYS))
_WIDTH = 10
_NAMES = np.zeros((38, _WIDTH), np.uint8)
for _row, _name in enumerate(_EVERY):
    _NAMES[_row, : len(_name)] = np.frombuffer(_name.encode(), np.uint8)
_MONTH_NAMES, _DAY_NAMES = _NAMES[:24], _NAMES[24:]


def pattern_fault(pattern: str) -> str | None:
    """Why a pattern cannot be used, None if it can."""
    letters = [pattern[place + 1 : place + 2] for place in _percents(pattern)]
    for letter in letters:
        if not letter or letter not in DIRECTIVES + "%":
            return f"`%{letter}` is not known here; known are " + " ".join(f"%{one}" for one in DIRECTIVES)
    asked = set(letters) - {"%"}
    if not asked:
        return "write `iso`, `epoch_s`, `epoch_ms`, `epoch_us` or a pattern such as %d/%m/%Y %H:%M"
    if not asked & {"Y", "y"} or not ("j" in asked or ("d" in asked and asked & {"m", "b", "B"})):
        return "a pattern must name year, month and day"
    if ("I" in asked) != ("p" in asked):
        return "%I (hours to 12) and %p (AM or PM) go together"
    if any(letters.count(letter) > 1 for letter in asked):
        return "a part is named twice"
    return None


def _percents(pattern: str) -> list[int]:
    found, place = [], 0
    while (place := pattern.find("%", place)) >= 0:
        found.append(place)
        place += 2
    return found


@lru_cache(maxsize=256)
def steps(pattern: str) -> NDArray[np.int32]:
    """A pattern as numbers: 256 + a letter for a directive, `_BLANK` for blanks, a byte for itself."""
    found: list[int] = []
    data = pattern.strip().encode()
    place = 0
    while place < len(data):
        if data[place] == 37 and place + 1 < len(data):
            place += 1
            found.append(data[place] if data[place] == 37 else 512 + data[place])
        elif data[place] in b" \t":
            if not found or found[-1] != _BLANK:
                found.append(_BLANK)
        else:
            found.append(data[place])
        place += 1
    return np.array(found, np.int32)


def read_pattern(places: NDArray[np.int32], data: NDArray[np.uint8], pattern: str, time: Any, kind: Any) -> None:
    """Fill `time` and `kind` as `clock` says."""
    _read(places, data, steps(pattern), _MONTH_NAMES, _DAY_NAMES, np.zeros(16, np.int64), time, kind)


# One row's parts while it is read: year 0, month 1, day 2, hour 3, minute 4, second 5, microseconds 6,
# day of the year 7, PM 8 (0 none, 1 AM, 2 PM), offset 9, has an offset 10, twelve hours 11.


@compiled
def _read(places: Any, data: Any, program: Any, months: Any, days: Any, parts: Any, time: Any, kind: Any) -> None:
    for row in range(len(time)):
        parts[:] = 0
        parts[2] = 1
        place, end = places[row], places[row + 1]
        for index in range(len(program)):
            place = _step(data, place, end, program[index], months, days, parts)
            if place < 0:
                break
        time[row], kind[row] = _together(parts) if place == end else (0, BAD)


@compiled
def _step(data: Any, place: Any, end: Any, step: Any, months: Any, days: Any, parts: Any) -> Any:
    """The place after one step, -1 if the text does not fit."""
    if step == _BLANK:
        here = place
        while here < end and data[here] <= 32:
            here += 1
        return here if here > place else -1
    if step < 256:
        return place + 1 if place < end and _lower(data[place]) == _lower(step) else -1
    letter = step - 512
    if letter == 112:  # p
        return _half(data, place, end, parts)
    if letter == 98 or letter == 66:  # b B
        name, size = _name_at(data, place, end, months)
        parts[1] = name % 12 + 1
        return place + size if name >= 0 else -1
    if letter == 97 or letter == 65:  # a A
        name, size = _name_at(data, place, end, days)
        return place + size if name >= 0 else -1
    if letter == 122 or letter == 90:  # z Z
        return _zone(data, place, end, parts)
    if letter == 102:  # f
        parts[6], size = fraction_at(data, place, end)
        return place + size if 1 <= size <= 9 else -1
    return _digits(data, place, end, letter, parts)


@compiled
def _digits(data: Any, place: Any, end: Any, letter: Any, parts: Any) -> Any:
    most = 4 if letter == 89 else 3 if letter == 106 else 2
    value, size = number_at(data, place, end, most)
    if size == 0 or (letter == 89 and size != 4) or (letter == 121 and size != 2):
        return -1
    low, high, part = 0, 59, 4  # M
    if letter == 89:  # Y
        low, high, part = 1, 9999, 0
    elif letter == 121:  # y
        value += 1900 if value >= 69 else 2000
        high, part = 9999, 0
    elif letter == 109:  # m
        low, high, part = 1, 12, 1
    elif letter == 100:  # d
        low, high, part = 1, 31, 2
    elif letter == 72:  # H
        high, part = 23, 3
    elif letter == 73:  # I
        low, high, part = 1, 12, 3
        parts[11] = 1
    elif letter == 83:  # S
        part = 5
    elif letter == 106:  # j
        low, high, part = 1, 366, 7
    parts[part] = value
    return place + size if low <= value <= high else -1


@compiled
def _half(data: Any, place: Any, end: Any, parts: Any) -> Any:
    if place + 1 < end and _lower(data[place + 1]) == 109 and _lower(data[place]) in (97, 112):
        parts[8] = 1 if _lower(data[place]) == 97 else 2
        return place + 2
    return -1


@compiled
def _zone(data: Any, place: Any, end: Any, parts: Any) -> Any:
    here = place
    while here < end and data[here] > 32:
        here += 1
    parts[9], good = offset_at(data, place, here)
    parts[10] = 1
    return here if good else -1


@compiled
def _name_at(data: Any, place: Any, end: Any, names: Any) -> tuple[Any, Any]:
    """Which name stands here (long ones first) and its length; -1 if none does."""
    for row in range(len(names)):
        size = 0
        while size < _WIDTH and names[row, size] and place + size < end and _lower(data[place + size]) == names[row, size]:
            size += 1
        if size == _WIDTH or names[row, size] == 0:
            return row, size
    return -1, 0


@compiled
def _lower(byte: Any) -> Any:
    return byte + 32 if 65 <= byte <= 90 else byte


@compiled
def _together(parts: Any) -> tuple[Any, Any]:
    year, month, day, hour = parts[0], parts[1], parts[2], parts[3]
    if parts[7]:
        date = days_from_civil(year, 1, 1) + parts[7] - 1
        if parts[7] == 366 and not is_day(year, 2, 29):
            return 0, BAD
    elif is_day(year, month, day):
        date = days_from_civil(year, month, day)
    else:
        return 0, BAD
    if parts[11]:
        hour = hour % 12 + (12 if parts[8] == 2 else 0)
    value = date * DAY_US + ((hour * 60 + parts[4]) * 60 + parts[5]) * 1_000_000 + parts[6]
    return (value - parts[9], INSTANT) if parts[10] else (value, WALL)
