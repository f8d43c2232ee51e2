"""A XES log walked once: each event, and each case that has attributes of its own or no events, becomes a row."""

from __future__ import annotations

from collections.abc import Mapping
from xml.parsers import expat

from desirelines.collect.formats.xes_attributes import ATTRIBUTES, DEEPEST, UNDER, Node, Values
from desirelines.collect.limits import Limits
from desirelines.errors import BadInput

HELD_ROWS = 10_000
"""Events that wait for the name of their case, should it stand behind them."""
NAMES = ("concept:name", "identity:id")
"""Attributes of a case that may be its name."""
_EACH_BYTES = 100


class Held:
    """What gathers attributes: a case or an event. `fault`: why it cannot be used."""

    __slots__ = ("fault", "nested", "size", "values")

    def __init__(self) -> None:
        self.values: Values = {}
        """Key to value; of two equal keys the last stands."""
        self.nested: list[Node] = []
        """Those that have attributes under them."""
        self.size = 0
        self.fault = ""


class Case(Held):
    """One trace. `number` counts the traces of the file from 1, `told` how much of it a row was made of."""

    __slots__ = ("number", "told")

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.told = 0


class Row:
    """An event with its attributes, or the attributes of a case; `is_empty`: the case has no events."""

    __slots__ = ("case", "fault", "is_empty", "is_event", "nested", "number", "values")

    def __init__(self, case: Case | None, held: Held, is_event: bool, is_empty: bool = False) -> None:
        self.number = 0
        self.case = case
        self.values = held.values if is_event else dict(held.values)
        self.nested = held.nested if is_event else list(held.nested)
        self.fault = held.fault
        self.is_event = is_event
        self.is_empty = is_empty


class XesParser:
    """Feed it bytes, take rows. Raises expat.ExpatError where the XML breaks, BadInput for what is no XES log at all."""

    def __init__(self, name: str, encoding: str | None, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self.classifiers: dict[str, tuple[str, ...]] = {}
        self.types: dict[str, set[str]] = {}
        """Attributes met so far, as columns are called, with the types of their values; `json` for what lies under one."""
        self._open: list[str | tuple[str, str | None, str | None] | Node] = []
        """Elements that are open: log, trace or event, an attribute, one with others under it."""
        self._skipped = 0
        self._cases = 0
        self._case: Case | None = None
        self._event: Held | None = None
        self._empty = True
        """The open case had no event yet."""
        self._waiting: list[Row] = []
        self._ready: list[Row] = []
        self._given = 0
        self._fed = 0
        self._expat = expat.ParserCreate(encoding)
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.StartDoctypeDeclHandler = self._refuse_types
        self._expat.EntityDeclHandler = self._refuse_types

    def feed(self, data: bytes) -> None:
        """The next bytes; none at the end."""
        try:
            self._expat.Parse(data, not data)
        except (LookupError, ValueError) as error:  # the encoding that the log says it is written in
            raise BadInput(
                f"{self.name} cannot be read: {error}", hint="save it as UTF-8, and say so in its first line"
            ) from error
        self._fed += len(data)
        if self._fed - self._expat.CurrentByteIndex > self.limits.record:
            hint = "no attribute of a log is that long"
            raise BadInput(f"{self.name} holds an element of more than {self.limits.record:,} bytes", hint=hint)

    def take(self, everything: bool = False) -> list[Row]:
        """The rows that are ready, numbered from 1 in the order of the file."""
        if everything or self._case is None or any(name in self._case.values for name in NAMES):
            self._release()
        found, self._ready = self._ready, []
        for row in found:
            self._given += 1
            row.number = self._given
        return found

    @property
    def next_number(self) -> int:
        """The number of the row that would come next."""
        return self._given + 1

    @property
    def has_cases(self) -> bool:
        """There was a trace."""
        return self._cases > 0

    @property
    def broken_at(self) -> int:
        """Where in the bytes fed last the XML broke."""
        return self._expat.ErrorByteIndex - self._fed

    def _release(self) -> None:
        if self._waiting and self._case is not None:
            self._tell(self._case)
        self._ready += self._waiting
        self._waiting = []

    def _tell(self, case: Case) -> None:
        """A row of the case's own, if it says more than its name and was not told already."""
        says = len(case.values) + len(case.nested)
        if says > case.told and (len(case.values) > ("concept:name" in case.values) or case.nested):
            self._ready.append(Row(case, case, False))
        case.told = says

    # what expat calls

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += 1
            return
        kind = name.rpartition(":")[2] if ":" in name else name
        holder = self._event or self._case
        if holder is not None and kind in ATTRIBUTES:
            self._attribute(holder, kind, attributes.get("key"), attributes.get("value"))
        elif not self._open:
            if kind != "log":
                hint = "a log begins with <log>"
                raise BadInput(f"{self.name} is XML, but no XES log: it begins with <{kind[:40]}>", hint=hint)
            self._open.append(kind)
        elif kind == "event" and self._open[-1] in ("trace", "log"):
            self._event, self._empty = Held(), False
            self._open.append(kind)
        elif kind == "trace" and self._open[-1] == "log":
            self._cases += 1
            self._case, self._empty = Case(self._cases), True
            self._open.append(kind)
        else:
            self._other(kind, attributes)

    def _attribute(self, holder: Held, kind: str, key: str | None, value: str | None) -> None:
        holder.size += len(key or "") + len(value or "") + _EACH_BYTES
        if holder.size > self.limits.record:
            holder.fault = f"its attributes hold more than {self.limits.record:,} bytes; only so much of them is kept"
        elif len(self._open) > DEEPEST:
            holder.fault = f"its attributes are nested more than {DEEPEST} deep"
        if holder.fault:
            self._skipped = 1
            return
        top = self._open[-1]
        if isinstance(top, str):
            if key is not None:
                holder.values[key] = value
                self._note(key, kind)
            self._open.append((kind, key, value))
            return
        if isinstance(top, tuple):  # what seemed to be a plain attribute has others under it
            top = self._open[-1] = Node(*top)
            if isinstance(self._open[-2], str):
                holder.nested.append(top)
                self._note(f"{top.key}{UNDER}", "json")
        node = Node(kind, key, value)
        top.under.append(node)
        self._open.append(node)

    def _note(self, key: str, kind: str) -> None:
        name = key if self._event is not None else f"case:{key}"
        known = self.types.get(name)
        if known is None and len(self.types) < self.limits.columns:
            self.types[name] = {kind}
        elif known is not None and kind not in known:
            known.add(kind)

    def _other(self, kind: str, attributes: Mapping[str, str]) -> None:
        """Extensions, globals, attributes of the log: they are of the file, not of its events."""
        if kind in ("event-types", "object-types"):
            raise BadInput(f"{self.name} is an OCEL log written as XML", hint="save it as OCEL 2.0 JSON or SQLite")
        if kind == "classifier" and attributes.get("scope", "event") == "event":
            self.classifiers[attributes.get("name", "")] = tuple(attributes.get("keys", "").split())
        self._skipped = 1

    def _end(self, _: str) -> None:
        if self._skipped:
            self._skipped -= 1
            return
        kind = self._open.pop()
        if kind == "event" and self._event is not None:
            self._waiting.append(Row(self._case, self._event, True))
            self._event = None
            if self._case is None or len(self._waiting) >= HELD_ROWS:
                self._release()
        elif kind == "trace" and self._case is not None:
            self._release()
            if self._empty:
                self._ready.append(Row(self._case, self._case, False, True))
            else:
                self._tell(self._case)
            self._case = None

    def _refuse_types(self, *_: object) -> None:
        hint = "no log needs them: remove <!DOCTYPE …>"
        raise BadInput(f"{self.name} defines a document type or entities of its own", hint=hint)
