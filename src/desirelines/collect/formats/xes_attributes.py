"""The attributes of a XES log: typed, and nested as deep as a log likes. Nested ones travel as JSON text."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

SINGLE = ("string", "date", "int", "float", "boolean", "id")
ATTRIBUTES = frozenset({*SINGLE, "list", "container", "values"})
"""Elements that are attributes; `values` holds the items of a list."""
DEEPEST = 50
UNDER = "/*"
"""What a column's name ends with that holds a whole attribute, with everything under it."""
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
        return as_json(node) if node.under else None
    return value_below(node.under, rest)


def as_json(node: Node) -> str:
    """An attribute as JSON text: `{type, key, value, under}`, what is not there left out; `under` is a list of the same."""
    return _json(_said(node))


def _said(node: Node) -> dict[str, Any]:
    under = [_said(one) for one in node.under] or None
    parts = {"type": node.type, "key": node.key, "value": node.value, "under": under}
    return {name: part for name, part in parts.items() if part is not None}


def from_json(text: str) -> Node | None:
    """An attribute as `as_json` wrote it; None for a text that is something else."""
    try:
        return _node(json.loads(text), 0)
    except (ValueError, RecursionError):
        return None


def _node(data: Any, depth: int) -> Node:
    if not isinstance(data, Mapping) or data.get("type") not in ATTRIBUTES:
        raise ValueError("no attribute")
    key, value = data.get("key"), data.get("value")
    if not all(one is None or isinstance(one, str) for one in (key, value)):
        raise ValueError("a key and a value are texts")
    under = data.get("under", [])
    if not isinstance(under, list) or depth > DEEPEST:
        raise ValueError("no list of attributes")
    node = Node(str(data["type"]), key, value)
    node.under = [_node(one, depth + 1) for one in under]
    return node
