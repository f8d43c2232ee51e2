"""What a notebook asks, read: which journey and when, and a question's own fields."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel

from desirelines.errors import BadInput
from desirelines.measure import read_ask
from desirelines.model.period import Period
from desirelines.view import Question

A = TypeVar("A", bound=BaseModel)


def question(
    journey: str | None = None, first_on: date | str | None = None, last_on: date | str | None = None, segment: str = ""
) -> Question:
    return Question(journey, Period(day(first_on), day(last_on)), segment)


def parted(model: type[A], asked: dict[str, Any]) -> tuple[A, dict[str, Any]]:
    """A question's own fields, read, and what is left for its walk and its choice of journeys."""
    own = {name: value for name, value in asked.items() if name in model.model_fields}
    return read_ask(model, own), {name: value for name, value in asked.items() if name not in own}


def day(given: date | str | None) -> date | None:
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError as error:
        raise BadInput(f"{given!r} is not a day", hint="write it as 2017-10-01") from error
