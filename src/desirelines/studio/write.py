"""Shared documents made to say a plan: only what differs is written, so that it merges with what others do meanwhile."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from pycrdt import Array, Doc, Map, Text

from desirelines.plan import Element, Plan
from desirelines.studio.layout import lay
from desirelines.studio.read import Entry, Part, read_part
from desirelines.studio.shape import Field, Noun, lists_of

NOTHING = b"\x00\x00"
"""The update of a transaction that changed nothing."""
Documents = MutableMapping[str, "Doc[Any]"]


@dataclass
class Edit:
    """What was written into one document: the update, and what it touched.

    `touched`: `kind:id.field`, `brand.field`, `+kind:id` for what was added and `-kind:id` for what was taken away.
    """

    document: str
    touched: list[str] = field(default_factory=list)
    data: bytes = b""


def write(documents: Documents, parts: Mapping[str, Part], plan: Plan) -> list[Edit]:
    """Make documents say `plan`; documents that are not there yet are made. `parts`: what they say now, as read.

    What was set aside stays, except where the plan has an element of that id. Raises BadInput for ids given twice.
    """
    wanted = lay(plan)
    places: dict[str, set[tuple[str, str]]] = {"before": _places(parts), "after": _places(wanted)}
    edits = []
    for name in [*wanted, *(name for name in documents if name not in wanted)]:
        if name not in documents:
            documents[name] = Doc(allow_multithreading=True)
            parts = {**parts, name: read_part(name, documents[name])}
        edit = Edit(name)
        with _recorded(documents[name], edit):
            _write_part(documents[name], parts.get(name, Part()), wanted.get(name, Part()), edit, places)
        if edit.data:
            edits.append(edit)
    return edits


@contextmanager
def _recorded(document: Doc[Any], edit: Edit) -> Iterator[None]:
    data: list[bytes] = []
    watch = document.observe(lambda event: data.append(event.update))
    try:
        with document.transaction():
            yield
    finally:
        document.unobserve(watch)
    edit.data = data[0] if data and data[0] != NOTHING else b""


def _places(parts: Mapping[str, Part]) -> set[tuple[str, str]]:
    return {(name, key) for part in parts.values() for name, entries in part.lists.items() for key in entries}


def _write_part(document: Doc[Any], now: Part, wanted: Part, edit: Edit, places: Mapping[str, set[tuple[str, str]]]) -> None:
    for name, noun in lists_of(edit.document).items():
        root = document.get(name, type=Map)
        if noun.one:
            if name in wanted.ones:
                _write_fields(root, noun, Entry(wanted.ones[name]), _entry_of(now, name), name, edit)
            continue
        entries, old = wanted.lists.get(name, {}), now.lists.get(name, {})
        for key in [key for key in old if key not in entries]:
            del root[key]
            edit.touched += [f"-{noun.kind}:{key}"] if (name, key) not in places["after"] else [f"{noun.kind}:{key}"]
        for key, entry in entries.items():
            if key in old and _same(old[key], entry):
                continue
            raw = root.get(key)
            if isinstance(raw, Map):
                _write_fields(raw, noun, entry, old.get(key), f"{noun.kind}:{key}", edit)
            else:
                root[key] = _made(noun, entry)
                edit.touched.append(f"{'' if (name, key) in places['before'] else '+'}{noun.kind}:{key}")


def _entry_of(part: Part, name: str) -> Entry | None:
    return Entry(part.ones[name]) if name in part.ones else None


def _same(one: Entry, other: Entry) -> bool:
    """Equal in value and type: 1, 1.0 and yes are three conditions of a rule."""
    same = one.inside == other.inside and one.element == other.element
    return same and repr(one.element) == repr(other.element)


def _values(noun: Noun, entry: Entry) -> Iterator[tuple[str, Field, Any]]:
    """Each field as the document would hold it."""
    for name, row in noun.fields.items():
        if name == noun.inside:
            yield name, row, entry.inside
        else:
            value = getattr(entry.element, name)
            yield name, row, _canonical(value) if row.kind == "json" else list(value) if row.kind == "list" else value


def _canonical(value: Any) -> str | None:
    """Nested data as one string, without what is not said; None for nothing."""
    if value is None or value == ():
        return None
    return json.dumps(_bare(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _bare(value: Any) -> Any:
    if isinstance(value, Element):
        return value.model_dump(mode="json", exclude_defaults=True)
    return [_bare(one) for one in value] if isinstance(value, tuple) else value


def _made(noun: Noun, entry: Entry) -> Map[Any]:
    """A whole new element: texts and lists are there from the beginning, or two people would each make their own."""
    content: dict[str, Any] = {}
    for name, row, value in _values(noun, entry):
        if row.kind == "prose":
            content[name] = Text(value)
        elif row.kind == "list":
            content[name] = Array(value)
        elif row.required or value not in (None, row.default):
            content[name] = value
    return Map(content)


def _write_fields(raw: Map[Any], noun: Noun, entry: Entry, old: Entry | None, place: str, edit: Edit) -> None:
    """Write the fields that differ from what was read."""
    before = {name: value for name, _, value in _values(noun, old)} if old else None
    for name, row, value in _values(noun, entry):
        if before is not None and before[name] == value and type(before[name]) is type(value):
            continue
        if _WRITE[row.kind](raw, name, row, value):
            edit.touched.append(f"{place}.{name}")


def _write_value(raw: Map[Any], name: str, row: Field, value: Any) -> bool:
    there = raw.get(name)
    if row.required or value not in (None, row.default):
        if type(there) in (str, bool, float, int) and there == value and isinstance(there, bool) == isinstance(value, bool):
            return False
        raw[name] = value
        return True
    if name in raw and there is not None:
        del raw[name]
        return True
    return False


def _write_prose(raw: Map[Any], name: str, row: Field, value: str) -> bool:
    there = raw.get(name)
    if not isinstance(there, Text):
        raw[name] = Text(value)
        return bool(value) or there is not None
    return edit_text(there, value)


def edit_text(text: Text, wanted: str) -> bool:
    """Make a text say `wanted` by one replacement between what both begin and end with. Places are bytes of UTF-8."""
    now = str(text)
    if now == wanted:
        return False
    first = 0
    for one, other in zip(now, wanted, strict=False):
        if one != other:
            break
        first += 1
    last = 0
    while last < min(len(now), len(wanted)) - first and now[-1 - last] == wanted[-1 - last]:
        last += 1
    at = len(now[:first].encode())
    gone = len(now[first : len(now) - last].encode())
    if gone:
        del text[at : at + gone]
    if new := wanted[first : len(wanted) - last]:
        text.insert(at, new)
    return True


def _write_list(raw: Map[Any], name: str, row: Field, value: list[str]) -> bool:
    there = raw.get(name)
    if not isinstance(there, Array):
        raw[name] = Array(value)
        return bool(value) or there is not None
    now = list(there)
    if now == value:
        return False
    words = [one if isinstance(one, str) else "\x00" for one in now]  # what is no word is like no word
    for what, a, b, c, d in reversed(SequenceMatcher(None, words, value, autojunk=False).get_opcodes()):
        if what != "equal":
            if b > a:
                del there[a:b]
            for place, word in enumerate(value[c:d]):
                there.insert(a + place, word)
    return True


_WRITE: dict[str, Callable[[Map[Any], str, Field, Any], bool]] = {
    "value": _write_value, "json": _write_value, "prose": _write_prose, "list": _write_list,
}  # fmt: skip
