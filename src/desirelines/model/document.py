"""A YAML text read as data, with the line of every value; a text from outside, so bounded in every way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from desirelines.errors import BadInput, Fault, TooLarge

MAX_BYTES = 8_000_000
MAX_DEPTH = 40
MAX_NODES = 400_000

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """Data (dicts, lists, scalars) and, for every path in it, the line it stands on (from 1)."""

    data: Any
    file: str = ""
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Iterable[str | int]) -> int:
        """The line of the nearest enclosing value that is known; 0 if none."""
        place = tuple(path)
        while place not in self.lines and place:
            place = place[:-1]
        return self.lines.get(place, 0)

    def fault(self, message: str, path: Iterable[str | int] = (), hint: str = "") -> Fault:
        """A fault at `path`, with file and line filled in."""
        place = tuple(path)
        return Fault(message=message, file=self.file, line=self.line(place), path=spell(place), hint=hint)


def spell(path: Iterable[str | int]) -> str:
    """A path as people write it: ``journeys[0].stages[2]``."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def read_document(text: str | bytes, file: str = "") -> Document:
    """Read YAML. Raises BadInput (with file and line) for what is not YAML, TooLarge for a bomb."""
    if len(text) > MAX_BYTES:
        raise TooLarge(f"{file or 'the document'} is larger than {MAX_BYTES // 1_000_000} MB")
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=_Loader)
    except UnicodeDecodeError as error:
        raise BadInput(f"{file or 'the document'} is not UTF-8 text", hint="save it as UTF-8") from error
    except yaml.YAMLError as error:
        raise _unreadable(error, file) from error
    except RecursionError as error:
        raise TooLarge(f"{file or 'the document'} is nested too deeply") from error
    lines: dict[Path, int] = {}
    reader = _Reader(file, lines)
    data = reader.value(root, (), 0) if root is not None else None
    if reader.faults:
        raise BadInput(str(reader.faults[0]), faults=tuple(reader.faults))
    return Document(data, file, lines)


class _Loader(yaml.SafeLoader):
    """YAML without aliases (an alias bomb is refused at the first alias) and without surprises in plain values."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.constructor.ConstructorError(
                None, None, "aliases are not allowed here: write the value out", event.start_mark
            )
        return super().compose_node(parent, index)


_NUMBER = r"[-+]?(?:[0-9]+\.[0-9]*(?:[eE][-+][0-9]+)?|\.[0-9]+(?:[eE][-+][0-9]+)?|\.(?:inf|Inf|INF))|\.(?:nan|NaN|NAN)"
_PLAIN: dict[str, tuple[str, list[str | None]]] = {
    "tag:yaml.org,2002:null": (r"(?:~|null|Null|NULL|)\Z", ["~", "n", "N", ""]),
    "tag:yaml.org,2002:bool": (r"(?:true|True|TRUE|false|False|FALSE)\Z", list("tTfF")),
    "tag:yaml.org,2002:int": (r"[-+]?(?:0|[1-9][0-9]*)\Z", list("-+0123456789")),
    "tag:yaml.org,2002:float": (rf"(?:{_NUMBER})\Z", list("-+.0123456789")),
}
# What people type stays what they typed: `no` is a text, and so is a postcode with a leading zero, 1:30 or 2018-01-01.
_Loader.yaml_implicit_resolvers = {}
for _tag, (_pattern, _first) in _PLAIN.items():
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), _first)


def _unreadable(error: yaml.YAMLError, file: str) -> BadInput:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "this is not YAML"
    fault = Fault(message=str(problem), file=file, line=mark.line + 1 if mark else 0)
    return BadInput(str(fault), faults=(fault,), hint="check the indentation and quotes near this line")


class _Reader:
    def __init__(self, file: str, lines: dict[Path, int]) -> None:
        self.file = file
        self.lines = lines
        self.faults: list[Fault] = []
        self.nodes = 0
        self.loader = _Loader("")

    def value(self, node: yaml.Node, path: Path, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise TooLarge(f"{self.file or 'the document'} is too deep or holds too many values")
        self.lines[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index), depth + 1) for index, child in enumerate(node.value)]
        return self.scalar(node)

    def mapping(self, node: yaml.MappingNode, path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key in found:
                self.fault(key_node, f"`{key}` is written twice")
            found[key] = self.value(value_node, (*path, key), depth + 1)
            self.lines[(*path, key)] = key_node.start_mark.line + 1
        return found

    def scalar(self, node: yaml.Node) -> Any:
        try:
            return self.loader.construct_object(node)
        except (yaml.YAMLError, ValueError) as error:
            self.fault(node, f"this value cannot be read: {error}"[:200])
            return None

    def fault(self, node: yaml.Node, message: str) -> None:
        self.faults.append(Fault(message=message, file=self.file, line=node.start_mark.line + 1))
