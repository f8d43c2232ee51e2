"""Shared documents that many edit at once: what comes from outside is looked at, applied, stored, and only then told."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pycrdt import Array, Doc, Map, Text

from desirelines import store
from desirelines.errors import BadInput, DesirelinesError, NotFound, TooLarge
from desirelines.store import NewUpdate, Update
from desirelines.studio.drafts import begin
from desirelines.studio.read import ID
from desirelines.studio.scan import Garbage, clocks, scan
from desirelines.studio.shape import MAP, PLAN, Noun, lists_of
from desirelines.studio.shelf import MOST_TOUCHED, Shelf, document_of, is_document

log = logging.getLogger("desirelines")

LARGEST_BYTES = 16_000_000
"""A document does not grow beyond this."""
MOST_DOCUMENTS = 1_000


@dataclass(frozen=True)
class Sent:
    """An update from outside: by whom, of which document."""

    document: str
    author: str
    data: bytes


@dataclass(frozen=True)
class Opened:
    """A document as it stands: its state vector, and what whoever asked lacks."""

    vector: bytes
    data: bytes


class Live(Shelf):
    """The documents of a room. Only one thread at a time, always the same."""

    def forget(self) -> None:
        super().forget()
        self._known: dict[str, dict[int, int]] = {}
        self._bytes: Counter[str] = Counter()
        self._touched: list[str] = []
        self._accepted: list[tuple[str, bytes]] = []
        self._watched: dict[str, list[Any]] = {}

    def begin(self) -> list[str]:
        """Read what is stored, made first if need be; the names of the plan's document and of each planned journey's."""
        begin(self.database)
        self.catch_up()
        return [PLAN, *(f"{MAP}{journey.id}" for journey in self.read().plan.journeys)]

    def open(self, document: str, vector: bytes) -> Opened:
        """What somebody who has `vector` of a document lacks. Raises NotFound, BadInput for what is no vector."""
        if not is_document(document):
            raise NotFound("there is no such document")
        try:
            clocks(vector)
            found = self._document(document)
            return Opened(found.get_state(), found.get_update(vector))
        except ValueError as error:
            raise BadInput("this is no state of a document") from error

    def take(self, sent: Sequence[Sent]) -> tuple[list[int | DesirelinesError], list[Update]]:
        """Apply and store updates in one transaction; on the disk when this returns.

        For each its id, or why it is refused: Garbage for what is none, TooLarge, BadInput for what builds on something
        that is not here. And what others stored meanwhile, oldest first. Raises what storing raises; then forget.
        """
        answers: list[int | DesirelinesError] = []
        rows: list[NewUpdate] = []
        self._accepted.clear()
        for one in sent:
            try:
                touched = self._apply(one.document, one.data)
            except DesirelinesError as error:
                answers.append(error)
                continue
            rows.append(NewUpdate(one.document, one.author, touched, one.data))
            answers.append(0)
        ids = iter(store.add_updates(self.database, rows) if rows else ())
        answers = [next(ids) if one == 0 else one for one in answers]
        mine = {one for one in answers if isinstance(one, int)}
        return answers, self._others(mine)

    def _others(self, mine: set[int]) -> list[Update]:
        """What was stored since by anybody else, taken in."""
        newest = max(mine, default=0) or store.newest_update(self.database)
        if newest <= self.up_to:
            return []
        found = [row for row in store.list_touched(self.database, after=self.up_to, up_to=newest) if row.id not in mine]
        others = []
        for row in found:
            others += store.list_updates(self.database, row.document, after=row.id - 1, up_to=row.id)
        for one in others:
            if is_document(one.document):
                self._document(one.document)
        self.take_in(others)
        for name in {one.document for one in others} & set(self.documents):
            self._known[name] = clocks(self.documents[name].get_state())
        self.up_to = newest
        self.keep_states()
        return others

    def _document(self, name: str) -> Doc[Any]:
        """A document, watched for what is touched."""
        if name not in self.documents:
            if len(self.documents) >= MOST_DOCUMENTS:
                raise TooLarge("there are too many documents")
            self.documents[name] = Doc(allow_multithreading=True)
        document = self.documents[name]
        if name not in self._watched:
            roots = [(document.get(root, type=Map), root, noun) for root, noun in lists_of(name).items()]
            self._watched[name] = [root.observe_deep(self._watcher(label, noun)) for root, label, noun in roots]
            self._known[name] = clocks(document.get_state())
            self._bytes[name] = len(document.get_update())
        return document

    def _apply(self, name: str, data: bytes) -> tuple[str, ...]:
        """Apply an update; answers what it touched. Raises NotAnUpdate, BadInput, TooLarge; the document is then as before."""
        if not is_document(name):
            raise NotFound("there is no such document")
        try:
            found = scan(data)
        except Garbage as error:
            raise NotAnUpdate(f"this is no update: {error}") from error
        document = self._document(name)
        if not found.follows(self._known[name]):
            raise BadInput("this change builds on one that is not here", hint="open the document again", code="not_following")
        if self._bytes[name] + len(data) > LARGEST_BYTES:
            self._bytes[name] = len(document.get_update())
            if self._bytes[name] + len(data) > LARGEST_BYTES:
                raise TooLarge("the document cannot grow any more", hint="take out what is not needed")
        self._touched = []
        known = {**self._known[name], **{one: max(self._known[name].get(one, 0), at) for one, at in found.ends.items() if at}}
        try:
            document.apply_update(data)
            sound = clocks(document.get_state()) == known and not (found.doubtful and _is_deep(document))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # the engine's own panics are no Exceptions
            log.warning("an update that the engine could not apply was refused", exc_info=True)
            sound = False
        if not sound:
            self._put_back(name)
            raise NotAnUpdate("this is no update of our documents")
        self._known[name] = known
        self._bytes[name] += len(data)
        self._accepted.append((name, data))
        self.changed(name)
        return tuple(dict.fromkeys(self._touched))[:MOST_TOUCHED]

    def _put_back(self, name: str) -> None:
        """A document as it was before what turned out to be no update: what is stored, and what this batch had before it."""
        state = store.get_state(self.database, name)
        rows = store.list_updates(self.database, name, after=state.up_to)
        before = [state.data] if state.data else []
        self._watched.pop(name)
        self.documents[name] = document_of([*before, *(one for of, one in self._accepted if of == name)], rows)
        self._document(name)

    def _watcher(self, label: str, noun: Noun) -> Callable[[list[Any]], None]:
        def watch(events: list[Any]) -> None:
            for event in events:
                path = [str(part) for part in event.path]
                keys = event.keys if isinstance(event.target, Map) else None
                self._touched += touched(label, noun, path, keys)

        return watch


class NotAnUpdate(BadInput):
    """Bytes that are no update of our documents."""


def touched(label: str, noun: Noun, path: list[str], keys: dict[str, Any] | None) -> list[str]:
    """What an event at `path` under a list touched, as `kind:id.field`. `keys`: of a map, what happened to which."""
    fields = noun.fields
    if noun.one:
        return [f"{label}.{name}" for name in path[:1] or keys or () if name in fields]
    if path:
        if not ID.match(path[0]):
            return []
        return [f"{noun.kind}:{path[0]}.{name}" for name in path[1:2] or keys or () if name in fields]
    signs = {"add": "+", "delete": "-"}
    return [f"{signs.get(what.get('action'), '')}{noun.kind}:{id_}" for id_, what in (keys or {}).items() if ID.match(id_)]


def _is_deep(document: Doc[Any]) -> bool:
    """Whether anything lies deeper than a field of an element."""
    with document.transaction():
        for name in document.keys():  # noqa: SIM118
            root = document.get(name, type=Map)
            for element in root.values():
                if isinstance(element, Map) and any(_holds(field) for field in element.values()):
                    return True
                if isinstance(element, Array) and _holds(element):
                    return True
    return False


def _holds(field: Any) -> bool:
    """A field that holds shared types itself."""
    if isinstance(field, Map):
        return True
    return isinstance(field, Array) and any(isinstance(one, (Map, Array, Text)) for one in field)
