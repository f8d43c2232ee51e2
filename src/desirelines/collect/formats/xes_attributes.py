"""The attributes of a XES log: typed, and nested as deep as a log likes. Nested ones travel as JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SINGLE = ("string", "date", "int", "float", "boolean", "id")
ATTRIBUTES = frozenset({*SINGLE, "list", "container", "values"})
"""Elements that are attributes; `values` holds the items of a list."""
DEEPEST = 50
UNDER = "/*"
"""What a column's name ends with that holds everything below an attribute."""
Values = dict[str, str | None]
"""Key to value; None for a list or a container."""
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Node:
    """An attribute with what stands under it, in its order."""

    __slots__ = ("key", "type", "under", "value")

    def __init__(self, type_: str, key: str | None = None, value: str | None = None) -> None:
        self.type = type_
        self.key = key
        self.value = value
        self.under: list[Node] = []


def value_below(nodes: Sequence[Node], way: str) -> str | None:
    """What a way such as `cost:driver/amount` or `items/*` leads to; None where it leads to nothing."""
    head, slash, rest = way.partition("/")
    node = next((one for one in reversed(nodes) if one.key == head), None)
    if node is None or not slash:
        return None if node is None else node.value
    if f"/{rest}" == UNDER:
        return as_json(node.under) if node.under else None
    return value_below(node.under, rest)


def as_json(nodes: Iterable[Node]) -> str:
    """Attributes as JSON text: a list of `{type, key, value, under}`, what is not there left out."""
    return _json([_said(node) for node in nodes])


def _said(node: Node) -> dict[str, Any]:
    under = [_said(one) for one in node.under] or None
    parts = {"type": node.type, "key": node.key, "value": node.value, "under": under}
    return {name: part for name, part in parts.items() if part is not None}


def from_json(text: str) -> list[Node] | None:
    """Attributes as `as_json` wrote them; None for a text that is something else."""
    try:
        return _nodes(json.loads(text), 0)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any, depth: int) -> list[Node]:
    if not isinstance(data, list) or depth > DEEPEST:
        raise ValueError("no list of attributes")
    return [_node(one, depth) for one in data]


def _node(data: Any, depth: int) -> Node:
    if not isinstance(data, Mapping) or data.get("type") not in ATTRIBUTES:
        raise ValueError("no attribute")
    key, value = data.get("key"), data.get("value")
    if not all(one is None or isinstance(one, str) for one in (key, value)):
        raise ValueError("a key and a value are texts")
    node = Node(str(data["type"]), key, value)
    node.under = _nodes(data.get("under", []), depth + 1)
    return node
