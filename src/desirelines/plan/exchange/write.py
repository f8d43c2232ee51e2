"""A plan as text: readable YAML for people, canonical JSON for the hash. The same plan gives the same bytes, always."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from typing import Any

import yaml

from desirelines.plan.elements import Element, EventRule, Plan, Range, Step
from desirelines.plan.exchange.friendly import step_base
from desirelines.plan.lookup import in_order

_STRANGE = re.compile("[\r\x85\u2028\u2029\ufeff]")


def normal(plan: Plan) -> Plan:
    """The same plan with every list sorted by order, then id: two plans that mean the same are equal."""
    same: Plan = _sorted(plan)
    return same


def canonical(plan: Plan) -> bytes:
    """JSON with sorted keys and without defaults: what a version's hash is taken of."""
    tree = {**_bare(normal(plan)), "format": plan.format}
    return json.dumps(tree, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def plan_hash(plan: Plan) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical(plan)).hexdigest()


def write_plan(plan: Plan) -> str:
    """YAML that reads back to the same plan; writing that again gives the same text byte for byte."""
    plan = normal(plan)
    tree = {"format": plan.format, **_short(_bare(plan), plan)}
    return yaml.dump(
        tree, Dumper=_Dumper, sort_keys=False, default_flow_style=False, allow_unicode=True, width=10**9, line_break="\n"
    )


def _sorted(element: Any) -> Any:
    changed: dict[str, Any] = {}
    for name in type(element).model_fields:
        value = getattr(element, name)
        if isinstance(value, Element):
            changed[name] = _sorted(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Element):
            inner = tuple(_sorted(one) for one in value)
            changed[name] = in_order(inner) if "order" in type(value[0]).model_fields else inner
        elif isinstance(value, dict):
            changed[name] = {key: value[key] for key in sorted(value)}
    return element.model_copy(update=changed)


def _bare(element: Element) -> dict[str, Any]:
    """Fields in their order of declaration, without those that hold their default."""
    tree: dict[str, Any] = {}
    for name, field in type(element).model_fields.items():
        value = getattr(element, name)
        if field.is_required() or value != field.default:
            tree[name] = _value(value)
    return tree


def _value(value: Any) -> Any:
    if isinstance(value, Element):
        return _bare(value)
    if isinstance(value, (tuple, list)):
        return [_value(one) for one in value]
    if isinstance(value, dict):
        return {key: _value(one) for key, one in value.items()}
    return value


class _Flow(list[Any]):
    """A short list that is written on one line."""


class _Row(dict[str, Any]):
    """A small mapping that is written on one line."""


def _short(tree: dict[str, Any], plan: Plan) -> dict[str, Any]:
    """The tree as people would write it: no order where the place says it, no step id that follows from the stage."""
    steps = [(stage.id, step) for journey in plan.journeys for stage in journey.stages for step in stage.steps]
    bases = Counter(step_base(stage, step.model_dump()) for stage, step in steps)
    ids = Counter(step.id for _, step in steps)
    alone = {base for base, count in bases.items() if count == 1 and ids[base] == 1}
    short: dict[str, Any] = _shorten(plan, tree, 0, "", alone)
    return short


def _shorten(element: Any, tree: Any, place: int, stage: str, alone: set[str]) -> Any:
    if isinstance(element, EventRule) and set(tree) == {"event"}:
        return tree["event"]
    if not isinstance(element, Element):
        return _scalars(tree)
    short: dict[str, Any] = {}
    for name in type(element).model_fields:
        value = getattr(element, name)
        if name == "order" and value == 10 * place:
            continue
        if name in tree or name == "order":
            short[name] = _field(name, value, tree.get(name, value), getattr(element, "id", ""), alone)
    if isinstance(element, Step) and element.id in alone and element.id == step_base(stage, element.model_dump()):
        del short["id"]
        if set(short) == {"touchpoint"}:
            return short["touchpoint"]
    return short


def _field(name: str, value: Any, tree: Any, owner: str, alone: set[str]) -> Any:
    if isinstance(value, tuple) and value and isinstance(value[0], Element):
        parts = [_shorten(one, tree[i], i + 1, owner, alone) for i, one in enumerate(value)]
        if name in ("rule", "starts", "ends", "reached") and len(parts) == 1:
            return parts[0]
        return _scalars(parts)
    if isinstance(value, Element):
        return _shorten(value, tree, 0, owner, alone)
    return _scalars(tree)


def _scalars(value: Any) -> Any:
    if isinstance(value, dict):
        same = {key: _scalars(one) for key, one in value.items()}
        return _Row(same) if set(same) <= set(Range.model_fields) else same
    if isinstance(value, list) and all(isinstance(one, (str, int, float)) for one in value):
        return _Flow(value) if sum(len(str(one)) + 2 for one in value) < 100 else list(value)
    return value


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if _STRANGE.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(_Flow, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True))
_Dumper.add_representer(
    _Row, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)
