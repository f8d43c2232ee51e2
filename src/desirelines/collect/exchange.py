"""Source files: YAML to a Source with every fault at its line, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from desirelines.collect.check import check_source
from desirelines.collect.source import Part, Source
from desirelines.errors import BadInput, Fault
from desirelines.model.document import Document, read_document
from desirelines.model.hint import nearest

Path = tuple[str | int, ...]
_ABOUT = """\
# A source: what the columns of a table mean. It names no folder: `desirelines collect import` says where the file lies.
# Kinds of identifiers under `people`, what events are about under `objects`, one entry under `events` for each event of a row.
"""
_TAGS = ("constrained-str", "str", "Time", "Property", "list[str]")


def read_source(text: str | bytes, file: str = "") -> Source:
    """Read a source file. Raises BadInput with every fault (file, line, hint), TooLarge for a bomb."""
    document = read_document(text, file)
    if not isinstance(document.data, dict):
        fault = document.fault("a source is a mapping of fields", hint="begin with `source: its_name`")
        raise BadInput(str(fault), hint=fault.hint, faults=(fault,))
    return source_of(document.data, document)


def source_of(data: Mapping[str, Any], document: Document | None = None) -> Source:
    """The same from data, such as JSON. Raises BadInput with every fault."""
    place = document or Document(data)
    faults: list[Fault] = []
    try:
        source = Source.model_validate(data)
        faults = check_source(source, place)
    except ValidationError as error:
        faults = _faults(error, place)
    if faults:
        several = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise BadInput(f"{faults[0]}{several}", faults=tuple(faults), hint=faults[0].hint)
    return source


def write_source(source: Source) -> str:
    """YAML that reads back as an equal source."""
    data = source.model_dump(mode="json", exclude_defaults=True)
    return _ABOUT + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120, default_flow_style=False)


def _faults(error: ValidationError, document: Document) -> list[Fault]:
    found: dict[Path, Fault] = {}
    for one in error.errors(include_url=False):
        loc = tuple(one["loc"])
        path = tuple(part for part in loc if part not in _TAGS)
        if path in found or _other_member(loc, document.data):
            continue
        message, hint = _words(one, path)
        found[path] = document.fault(message, path, hint)
    return sorted(found.values(), key=lambda fault: fault.line)


def _other_member(loc: Path, data: Any) -> bool:
    """Is this the complaint of a union's member that the value never meant to be?"""
    for part in loc:
        if part in ("constrained-str", "str"):
            return isinstance(data, (dict, list))
        if part in ("Time", "Property"):
            return not isinstance(data, dict)
        if part == "list[str]":
            return not isinstance(data, list)
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return False
    return False


def _words(one: Mapping[str, Any], path: Path) -> tuple[str, str]:
    kind, found = str(one["type"]), one.get("input")
    name = f"`{path[-1]}`" if path and isinstance(path[-1], str) else f"entry {int(path[-1]) + 1}" if path else "the source"
    if kind == "missing":
        return f"{name} is missing", ""
    if kind == "extra_forbidden":
        return f"{name} is not known here", nearest(path[-1], _fields(path[:-1]))
    if kind == "literal_error":
        return f"{name} cannot be `{found}`", nearest(found, re.findall(r"'([^']*)'", str(one["ctx"]["expected"])))
    if kind == "string_pattern_mismatch":
        return f"`{found}` is no name: {name}", "a name is small letters, digits and _, and begins with a letter"
    if kind == "string_type":
        scalar = isinstance(found, (int, float))
        return f"{name} must be text", f'put it in quotes: "{found}"' if scalar else "write one value"
    if kind == "tuple_type":
        return f"{name} must be a list", f"write it as [{found}]" if isinstance(found, str) else ""
    if kind in ("model_type", "dict_type"):
        return f"{name} must be a mapping of fields", ""
    return f"{name}: {one['msg'][:1].lower()}{one['msg'][1:]}", ""


def _fields(path: Path) -> list[str]:
    """The fields that may stand at a path."""
    here: Any = Source
    for part in path:
        if isinstance(part, str):
            field = here.model_fields.get(part) if _is_part(here) else None
            here = _inside(field.annotation) if field else here
    return list(here.model_fields) if _is_part(here) else []


def _is_part(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Part)


def _inside(annotation: Any) -> type[Part] | None:
    if _is_part(annotation):
        return annotation  # type: ignore[no-any-return]
    inner = [_inside(one) for one in get_args(annotation)]
    return next((one for one in inner if one), None)
