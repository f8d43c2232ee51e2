"""How the plan lies in shared documents: which lists in which document, and what kind each field is. Derived from the plan."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from desirelines.plan import (
    Box,
    Brand,
    Card,
    Element,
    Experience,
    IdentifierKind,
    Insight,
    Journey,
    Lane,
    Message,
    Metric,
    Moment,
    Outcome,
    Persona,
    Promise,
    Question,
    Role,
    Stage,
    Step,
    Story,
    Strategy,
    Team,
    Touchpoint,
    Tower,
)

PLAN = "plan"
MAP = "map:"
"""The document of everything that is on no map, and what begins the name of a map's document."""

Kind = Literal["prose", "list", "json", "value"]
PROSE_CHARACTERS = 10_000


@dataclass(frozen=True)
class Field:
    """One field. `default` is what an absent one means; a `required` one has none. `of`: what a value is."""

    kind: Kind
    of: Literal["text", "number", "whole", "yes", "choice", "json", "list"]
    required: bool
    default: Any
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Noun:
    """What a list holds, or the one thing a root is. `inside`: fields that name the element it lies in, not its own."""

    model: type[Element]
    one: bool = False
    without: tuple[str, ...] = ()
    inside: str = ""

    @property
    def kind(self) -> str:
        """The word in `kind:id`."""
        return self.model.__name__.lower()

    @property
    def fields(self) -> dict[str, Field]:
        return _fields(self)


ONES = {"brand": Noun(Brand, one=True), "strategy": Noun(Strategy, one=True), "story": Noun(Story, True, ("messages",))}
BOTH = {"moments": Noun(Moment), "experiences": Noun(Experience), "cards": Noun(Card)}
"""Lists that lie in both kinds of document: on a map what belongs to it, in the plan the rest."""
IN_PLAN = {
    **ONES,
    "messages": Noun(Message),
    "teams": Noun(Team),
    "personas": Noun(Persona),
    "identifiers": Noun(IdentifierKind),
    "touchpoints": Noun(Touchpoint),
    "questions": Noun(Question),
    "outcomes": Noun(Outcome),
    "insights": Noun(Insight),
    "towers": Noun(Tower, without=("boxes",)),
    "boxes": Noun(Box, inside="tower"),
    "promises": Noun(Promise),
    "journeys": Noun(Journey, without=("stages", "lanes")),
    "roles": Noun(Role),
    "metrics": Noun(Metric),
    **BOTH,
}
IN_MAP = {
    "stages": Noun(Stage, without=("steps",)),
    "steps": Noun(Step, inside="stage"),
    "lanes": Noun(Lane),
    **BOTH,
}


def lists_of(document: str) -> dict[str, Noun]:
    """The roots of a document, by name."""
    return IN_PLAN if document == PLAN else IN_MAP


@cache
def _fields(noun: Noun) -> dict[str, Field]:
    found = {name: _field(field) for name, field in noun.model.model_fields.items() if name != "id" and name not in noun.without}
    return {**found, noun.inside: Field("value", "text", True, None)} if noun.inside else found


def _field(field: FieldInfo) -> Field:
    kind, of, choices = _kind(field.annotation, [getattr(one, "max_length", None) for one in field.metadata])
    default = None if field.is_required() else list(field.default) if isinstance(field.default, tuple) else field.default
    return Field(kind, of, field.is_required(), default, choices)


def _kind(annotation: Any, lengths: list[int | None]) -> tuple[Kind, Any, tuple[str, ...]]:
    """Kind, what it is, choices."""
    inner = _plain(annotation)
    if get_origin(inner) is tuple:
        return ("list", "list", _choices(get_args(inner)[0])) if _texts(get_args(inner)[0]) else ("json", "json", ())
    if get_origin(inner) is Literal:
        return "value", "choice", tuple(str(one) for one in get_args(inner))
    if inner is str:
        return "prose" if PROSE_CHARACTERS in lengths else "value", "text", ()
    if inner in (bool, int, float):
        return "value", {bool: "yes", int: "whole", float: "number"}[inner], ()
    return "json", "json", ()


def _plain(annotation: Any) -> Any:
    """The annotation without `Annotated` and without `| None`."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    parts = [one for one in get_args(annotation) if one is not type(None)]
    return _plain(parts[0]) if type(None) in get_args(annotation) and len(parts) == 1 else annotation


def _texts(annotation: Any) -> bool:
    inner = _plain(annotation)
    return inner is str or get_origin(inner) is Literal


def _choices(annotation: Any) -> tuple[str, ...]:
    inner = _plain(annotation)
    return tuple(str(one) for one in get_args(inner)) if get_origin(inner) is Literal else ()


def shape() -> dict[str, Any]:
    """All of it as data: for each document its roots, each with kind, whether it is one, the field it lies in, and fields."""
    return {"plan": _said(IN_PLAN), "map": _said(IN_MAP)}


def _said(roots: dict[str, Noun]) -> dict[str, Any]:
    return {
        name: {
            "noun": noun.kind,
            "one": noun.one,
            "inside": noun.inside,
            "fields": {
                field: {
                    "kind": row.kind,
                    "of": row.of,
                    "required": row.required,
                    "default": row.default,
                    **({"choices": list(row.choices)} if row.choices else {}),
                }
                for field, row in noun.fields.items()
            },
        }
        for name, noun in roots.items()
    }


def shape_text() -> str:
    """What the pages read: `python -m desirelines.studio.shape > web/src/draft/shape.json`."""
    return json.dumps(shape(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(shape_text())
