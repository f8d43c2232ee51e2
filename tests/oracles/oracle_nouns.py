"""One published number and ours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Oracle:
    """`published` as printed; `ours` returns the same numbers, as many and as exact."""

    section: str
    what: str
    published: str
    ours: Callable[[], str]


def numbers(values: Iterable[float], form: str) -> str:
    return ", ".join(format(value, form) for value in values)


def one(value: float | None, form: str) -> str:
    return "none" if value is None else format(value, form)
