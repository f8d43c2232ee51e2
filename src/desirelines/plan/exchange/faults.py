"""What pydantic found, in the words of the house: where it stands and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, get_args

from pydantic import ValidationError

from desirelines.errors import Fault
from desirelines.model.document import Document
from desirelines.model.hint import nearest, slug
from desirelines.plan.elements import Element, Plan

Path = tuple[str | int, ...]

MOST = 1_000
"""No document answers with more faults than this."""

_IDS = r"^[a-z0-9][a-z0-9_-]{0,63}$"
_WHERE = "a condition is a value, a list of values, or a range with `at_least` and `below`"
_LIMITS = {
    "greater_than_equal": ("at least", "ge"),
    "less_than_equal": ("at most", "le"),
    "string_too_long": ("at most so many characters:", "max_length"),
}


def faults_of(error: ValidationError, document: Document) -> tuple[Fault, ...]:
    """One fault for each thing wrong, in the order of the document."""
    found: dict[Path, Fault] = {}
    for one in islice(error.errors(include_url=False), MOST):
        path = _where(one["loc"])
        if path not in found:
            message, hint = _words(one, path)
            found[path] = document.fault(message, path, hint)
    return tuple(sorted(found.values(), key=lambda fault: fault.line))


def _where(loc: Iterable[str | int]) -> Path:
    """The place without the names of a union's members, which follow the key of a condition."""
    path = tuple(loc)
    if "where" in path:
        return path[: path.index("where") + 2]
    return path


def _words(one: Mapping[str, Any], path: Path) -> tuple[str, str]:
    kind, name, found = str(one["type"]), _name(path), one.get("input")
    context = one.get("ctx") or {}
    if "where" in path:
        return f"{name} cannot be compared with {_short(found)}", _WHERE
    if kind == "missing":
        return f"{name} is missing in this {_kind(path)}", ""
    if kind == "extra_forbidden":
        return f"{name} is not a field of a {_kind(path)}", nearest(path[-1], _fields(path[:-1]))
    if kind == "literal_error":
        return f"{name} cannot be {_short(found)}", nearest(found, _literals(path))
    if kind == "string_pattern_mismatch":
        return _pattern(name, str(found), str(context.get("pattern", "")))
    if kind == "string_type":
        return f"{name} must be text, not {_short(found)}", f'put it in quotes: "{found}"' if _plain(found) else ""
    if kind == "string_too_short":
        return f"{name} is empty", ""
    if kind == "finite_number":
        return f"{name} must be a number that ends", ""
    if kind in _LIMITS:
        words, key = _LIMITS[kind]
        return f"{name} must be {words} {context.get(key)}", ""
    if kind in ("model_type", "dict_type", "model_attributes_type"):
        return f"{name} must be a mapping of fields, not {_short(found)}", ""
    if kind in ("tuple_type", "list_type"):
        return f"{name} must be a list, not {_short(found)}", ""
    return f"{name}: {one['msg'][:1].lower()}{one['msg'][1:]}", f"found {_short(found)}"


def _pattern(name: str, found: str, pattern: str) -> tuple[str, str]:
    if pattern == _IDS:
        rule = "small letters, digits, - and _, at most 64"
        return f"{_short(found)} is no id", f"{rule}: `{slug(found)}`" if slug(found) else rule
    if "min|h|d|w" in pattern:
        return f"{name} is a length of time, not {_short(found)}", "write 90s, 30min, 4h, 2d or 1w"
    if pattern == "^[A-Z]{3}$":
        return f"{name} is a currency of three letters, not {_short(found)}", "write EUR, USD or BRL"
    return f"{name} cannot be {_short(found)}", f"it must match {pattern}"


def _name(path: Path) -> str:
    if not path:
        return "the plan"
    return f"entry {path[-1] + 1}" if isinstance(path[-1], int) else f"`{path[-1]}`"


def _kind(path: Path) -> str:
    model = _model(path[:-1])
    return model.__name__.lower() if model else "plan"


def _fields(path: Path) -> list[str]:
    model = _model(path)
    return list(model.model_fields) if model else []


def _literals(path: Path) -> list[str]:
    model = _model(path[:-1])
    field = model.model_fields.get(str(path[-1])) if model else None
    return [str(value) for value in get_args(field.annotation)] if field else []


def _model(path: Path) -> type[Element] | None:
    """The kind of element at a path."""
    here: type[Element] | None = Plan
    for part in path:
        if isinstance(part, int):
            continue
        field = here.model_fields.get(part) if here else None
        here = _inside(field.annotation) if field else None
    return here


def _inside(annotation: Any) -> type[Element] | None:
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return annotation
    for argument in get_args(annotation):
        found = _inside(argument)
        if found:
            return found
    return None


def _plain(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _short(value: object) -> str:
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f"`{text[:60]}…`" if len(text) > 60 else f"`{text}`"
