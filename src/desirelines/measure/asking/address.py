"""The address of a mark in an answer: which question was asked, of which journeys, and which of them the mark stands for.

``funnel?steps=Look%3EBuy&gap=30m&segment=trait%3Astate%3DSP&mark=dropped%3A2``. It stands for itself: the same people come
out of it on the page of customers, in the terminal, and as a segment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ValidationError

from desirelines.errors import BadInput
from desirelines.measure.asking.walk import Walk
from desirelines.model.period import Period

A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True)
class Asked:
    """Whose journeys: what of a question is not the walk's and not the ask's own."""

    journey: str = ""
    first_on: str = ""
    last_on: str = ""
    segment: str = ""

    @property
    def period(self) -> Period:
        return Period(_day(self.first_on), _day(self.last_on))


@dataclass(frozen=True)
class Address:
    """A mark's address, read: `ask` holds the texts of the question's own fields."""

    kind: str
    asked: Asked
    walk: Walk
    ask: Mapping[str, str]
    mark: str


ASKED = tuple(one.name for one in fields(Asked))


def write_address(kind: str, asked: Asked, walk: Walk, ask: BaseModel, mark: str) -> str:
    """What `read_address` reads; what is as it would be anyway is left out."""
    said: dict[str, Any] = {**ask.model_dump(exclude_defaults=True), **walk.model_dump(exclude_defaults=True)}
    said |= {name: getattr(asked, name) for name in ASKED if getattr(asked, name)}
    return f"{kind}?{urlencode([*sorted(said.items()), ('mark', mark)])}"


def read_address(text: str) -> Address:
    """Raises BadInput for a text that is none."""
    kind, sign, query = text.partition("?")
    said = dict(parse_qsl(query, keep_blank_values=True))
    if not sign or "mark" not in said:
        raise BadInput(f"`{text[:80]}` leads to no customers", hint="take it from `behind` of an answer")
    mark = said.pop("mark")
    asked = Asked(**{name: said.pop(name) for name in ASKED if name in said})
    walk = read_ask(Walk, {name: said.pop(name) for name in Walk.model_fields if name in said})
    return Address(kind, asked, walk, said, mark)


def read_ask(model: type[A], said: Mapping[str, str]) -> A:
    """A question's own fields from texts. Raises BadInput that names every wrong one."""
    if unknown := sorted(set(said) - set(model.model_fields)):
        raise BadInput(f"there is no field {', '.join(unknown)[:200]}", hint=f"fields: {', '.join(model.model_fields)}")
    try:
        return model.model_validate(dict(said))
    except ValidationError as error:
        faults = [f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors()]
        raise BadInput("; ".join(faults)[:500], hint=f"fields: {', '.join(model.model_fields)}") from error


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise BadInput(f"{text[:40]!r} is not a day", hint="write it as 2017-10-01") from error
