"""What an update from outside may hold, looked at before the engine sees it: a hostile one could stop the whole process.

The engine takes values inside values to any depth by recursion, and believes counts. Our documents hold lists of elements
of texts, lists of words and plain values, and nothing deeper; whatever else an update holds is none of ours. Format:
Yjs update, version 1 (github.com/yjs/yjs, src/utils/encoding.js, src/structs/Item.js).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ARRAY, MAP, TEXT = 0, 1, 2
GC, SKIP = 0, 10
DELETED, STRING, TYPE, ANY = 1, 4, 7, 8
LARGEST_CLOCK = 2**31
LARGEST_CLIENT = 2**53
"""What the engine and the browser count with."""

Id = tuple[int, int]


class Garbage(ValueError):
    """This is no update of our documents."""


@dataclass
class Scan:
    """What an update holds and what it builds on; clocks by client.

    `starts`: what must be there before each of its pieces. `ends`: how far it goes. `needs`: how far what it names goes.
    `doubtful`: the depth of something shows only in the document itself.
    """

    starts: list[Id] = field(default_factory=list)
    ends: dict[int, int] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    doubtful: bool = False
    types: dict[Id, int] = field(default_factory=dict)
    parents: dict[Id, Id] = field(default_factory=dict)

    def need(self, client: int, clock: int) -> None:
        """Everything of `client` before `clock` must be there."""
        if clock > self.needs.get(client, 0):
            self.needs[client] = clock

    def follows(self, known: Mapping[int, int]) -> bool:
        """Whether a document that knows so much has all that the update builds on."""
        begun = all(known.get(client, 0) >= clock for client, clock in self.starts)
        return begun and all(max(known.get(one, 0), self.ends.get(one, 0)) >= clock for one, clock in self.needs.items())


def scan(data: bytes) -> Scan:
    """Look through an update. Raises Garbage."""
    reader = _Reader(data)
    found = Scan()
    try:
        for _ in range(reader.count()):
            _structs(reader, found)
        for _ in range(reader.count()):
            client = reader.client()
            for _ in range(reader.count()):
                found.need(client, reader.number() + reader.number())
    except IndexError as error:
        raise Garbage("it ends in the middle") from error
    except UnicodeDecodeError as error:
        raise Garbage("a text in it is not UTF-8") from error
    if reader.at != len(data):
        raise Garbage("something stands behind its end")
    return found


def _structs(reader: _Reader, found: Scan) -> None:
    many, client, clock = reader.count(), reader.client(), reader.number()
    if client in found.ends:
        raise Garbage("it names a writer twice")
    found.ends[client] = clock
    found.starts.append((client, clock))
    for _ in range(many):
        info = reader.byte()
        length = reader.number() if info in (GC, SKIP) else _item(reader, info, (client, clock), found)
        clock += length
        if length < 1 or clock > LARGEST_CLOCK:
            raise Garbage("it counts further than can be")
        if info == SKIP:
            found.starts.append((client, clock))
        found.ends[client] = clock


def _item(reader: _Reader, info: int, me: Id, found: Scan) -> int:
    """An item; answers its length."""
    origin: Id | None = None
    for bit in (0x80, 0x40):
        if info & bit:
            origin = reader.id()
            _name(origin, found)
    parent: Id | None = found.parents.get(origin) if origin else None
    known = parent is not None
    if origin is None:
        known = reader.number() == 1
        if known:
            reader.text()
            if not info & 0x20:
                raise Garbage("it holds what none of our documents holds")
        else:
            parent = reader.id()
            _name(parent, found)
            known = parent in found.types
        if info & 0x20:
            reader.text()
    if parent is not None:
        found.parents[me] = parent
    kind = info & 0x1F
    if kind == TYPE:
        _type(reader.number(), me, known, parent, found)
        return 1
    content = _CONTENT.get(kind)
    if content is None:
        raise Garbage("it holds what none of our documents holds")
    return content(reader)


def _name(one: Id, found: Scan) -> None:
    found.need(one[0], one[1] + 1)


def _type(kind: int, me: Id, known: bool, parent: Id | None, found: Scan) -> None:
    """A shared type. `known`: it lies in a root, or in something of this very update."""
    if kind not in (ARRAY, MAP, TEXT):
        raise Garbage("it holds what none of our documents holds")
    found.types[me] = kind
    if not known:
        found.doubtful = True
    elif parent is not None and (kind == MAP or found.types.get(parent, MAP) != MAP):
        raise Garbage("it is nested deeper than our documents")


def _deleted(reader: _Reader) -> int:
    return reader.number()


def _string(reader: _Reader) -> int:
    return len(reader.text().encode("utf-16-le")) // 2


def _any(reader: _Reader) -> int:
    many = reader.count()
    for _ in range(many):
        tag = reader.byte()
        if tag == 119:
            reader.text()
        elif tag == 125:
            reader.signed()
        elif tag in _WIDTH:
            reader.skip(_WIDTH[tag])
        else:
            raise Garbage("a value in it is no plain value")
    return many


class _Reader:
    """Numbers, texts and ids from bytes; IndexError at the end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def byte(self) -> int:
        found = self.data[self.at]
        self.at += 1
        return found

    def number(self) -> int:
        data, at = self.data, self.at
        found = data[at]
        at += 1
        if found > 127:
            found &= 127
            shift = 7
            while True:
                part = data[at]
                at += 1
                found |= (part & 127) << shift
                shift += 7
                if part < 128:
                    break
                if shift > 56:
                    raise Garbage("a number in it is too large")
        self.at = at
        return found

    def signed(self) -> None:
        for _ in range(10):
            if self.byte() < 128:
                return
        raise Garbage("a number in it is too large")

    def count(self) -> int:
        """A number of things that follow: each takes a byte at least."""
        found = self.number()
        if found > len(self.data) - self.at:
            raise Garbage("it says that more follows than does")
        return found

    def client(self) -> int:
        found = self.number()
        if found > LARGEST_CLIENT:
            raise Garbage("a number in it is too large")
        return found

    def id(self) -> Id:
        return self.client(), self.number()

    def skip(self, many: int) -> None:
        self.at += many
        if self.at > len(self.data):
            raise IndexError

    def text(self) -> str:
        many = self.number()
        start = self.at
        self.skip(many)
        return self.data[start : self.at].decode()


_WIDTH = {127: 0, 126: 0, 121: 0, 120: 0, 124: 4, 123: 8, 122: 8}
"""Undefined, null, false, true, and the numbers of fixed width: bytes that follow."""
_CONTENT: dict[int, Callable[[_Reader], int]] = {DELETED: _deleted, STRING: _string, ANY: _any}


def clocks(vector: bytes) -> dict[int, int]:
    """A state vector as clocks by client. Raises Garbage."""
    reader = _Reader(vector)
    try:
        found = {reader.client(): reader.number() for _ in range(reader.count())}
    except IndexError as error:
        raise Garbage("it ends in the middle") from error
    if reader.at != len(vector):
        raise Garbage("something stands behind its end")
    return found
