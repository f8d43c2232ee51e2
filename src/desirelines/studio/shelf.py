"""A workspace's shared documents in memory, as of one update: opened from what is stored, brought up to date, read as a plan."""

from __future__ import annotations

import logging
import re
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pycrdt import Doc

from desirelines import store
from desirelines.errors import Conflict
from desirelines.plan import Plan
from desirelines.store import Database, NewUpdate, State, Update
from desirelines.studio.aside import Aside
from desirelines.studio.read import Part, Reading, read_part, read_plan_of
from desirelines.studio.shape import MAP, PLAN
from desirelines.studio.write import write

log = logging.getLogger("desirelines")

STATE_EVERY = 200
"""After so many updates of a document what they come to is kept, so that opening it stays quick."""
PATIENCE = 20
"""So often an edit is tried again when somebody stored an update in between."""
MOST_TOUCHED = 200
"""So many names one update carries at most."""
NAME = re.compile(rf"{PLAN}\Z|{MAP}[a-z0-9][a-z0-9_-]{{0,63}}\Z")


def is_document(name: str) -> bool:
    """Whether a shared document can have this name."""
    return NAME.match(name) is not None


def new_document() -> Doc[Any]:
    return Doc(allow_multithreading=True)


class Shelf:
    """All documents as of update `up_to`. From any thread; one at a time inside."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """Read everything anew next time: what is in memory may be more than what is stored."""
        with self.lock:
            self.documents: dict[str, Doc[Any]] = {}
            self.up_to = 0
            self._parts: dict[str, Part] = {}
            self._reading: Reading | None = None
            self._since: Counter[str] = Counter()

    def catch_up(self) -> list[Update]:
        """Take in what was stored since; answers it."""
        with self.lock:
            newest = store.newest_update(self.database)
            if newest <= self.up_to:
                return []
            if not self.up_to:
                self._open(newest)
                return []
            found = store.list_updates(self.database, after=self.up_to, up_to=newest)
            self.take_in(found)
            return found

    def _open(self, newest: int) -> None:
        for name in filter(is_document, store.updated_documents(self.database)):
            state = store.get_state(self.database, name)
            rows = store.list_updates(self.database, name, after=state.up_to, up_to=newest)
            self.documents[name] = document_of([state.data] if state.data else [], rows)
            self._since[name] = len(rows)
        self.up_to = newest

    def take_in(self, updates: Sequence[Update]) -> None:
        """Apply stored updates, the next ones after `up_to`."""
        with self.lock:
            for row in updates:
                if is_document(row.document):
                    apply_stored(self.documents.setdefault(row.document, new_document()), row.data)
                    self.changed(row.document)
                self.up_to = max(self.up_to, row.id)

    def changed(self, document: str) -> None:
        """A document in memory says something else now."""
        self._parts.pop(document, None)
        self._since[document] += 1
        self._reading = None

    def part(self, document: str) -> Part:
        if document not in self._parts:
            self._parts[document] = read_part(document, self.documents[document])
        return self._parts[document]

    def read(self) -> Reading:
        """The plan as the documents say it now, and what was set aside."""
        with self.lock:
            self.catch_up()
            if self._reading is None:
                self._reading = read_plan_of({name: self.part(name) for name in self.documents})
            return self._reading

    def edit(self, change: Callable[[Plan], Plan], author: str, at: int | None = None, mark: str = "") -> int:
        """Make the documents say what `change` makes of the plan; answers the newest update's id.

        `at`: the update that the caller has seen (None: whatever is newest; `change` may then be asked again). `mark`: what
        kind of edit this was, said before what it touched. Raises Conflict (`newer_draft`) when there is a newer one than `at`.
        """
        with self.lock:
            for _ in range(PATIENCE):
                plan = self.read().plan
                if at is not None and at != self.up_to:
                    break
                if self._edit(change(plan), author, mark):
                    return self.up_to
            raise newer_draft()

    def _edit(self, plan: Plan, author: str, mark: str) -> bool:
        """False: somebody stored an update meanwhile."""
        said = (mark,) if mark else ()
        try:
            edits = write(self.documents, {name: self.part(name) for name in self.documents}, plan)
            given = [NewUpdate(one.document, author, (*said, *one.touched[:MOST_TOUCHED]), one.data) for one in edits]
            ids = store.add_updates(self.database, given, at_most=self.up_to) if given else []
        except BaseException:
            self.forget()
            raise
        if given and not ids:
            self.forget()
            return False
        for edit in edits:
            self.changed(edit.document)
        self.up_to = max(ids, default=self.up_to)
        self.keep_states()
        return True

    def keep_states(self) -> None:
        """Keep what the longer documents come to. Only when all updates up to `up_to` are in memory and stored."""
        for name, many in self._since.items():
            if many >= STATE_EVERY:
                store.put_state(self.database, name, State(self.up_to, self.documents[name].get_update()))
                self._since[name] = 0


def newer_draft() -> Conflict:
    """What whoever edited an older draft is told."""
    return Conflict("somebody changed the draft meanwhile", hint="load it again and look at what changed", code="newer_draft")


def document_of(data: Iterable[bytes], updates: Iterable[Update]) -> Doc[Any]:
    """A document from a state and updates."""
    document = new_document()
    with document.transaction():
        for one in data:
            apply_stored(document, one)
        for row in updates:
            apply_stored(document, row.data)
    return document


def apply_stored(document: Doc[Any], data: bytes) -> None:
    """An update that cannot be applied was never one: it is left out, and the log says so."""
    try:
        document.apply_update(data)
    except (ValueError, RuntimeError):
        log.warning("a stored update of a shared document cannot be read: %d bytes left out", len(data))


_SHELVES: weakref.WeakKeyDictionary[Database, Shelf] = weakref.WeakKeyDictionary()
_SHELVES_LOCK = threading.Lock()


def shelf_of(database: Database) -> Shelf:
    """The shelf of an open database, kept as long as that is."""
    with _SHELVES_LOCK:
        if database not in _SHELVES:
            _SHELVES[database] = Shelf(database)
        return _SHELVES[database]


def set_aside(database: Database) -> tuple[Aside, ...]:
    """What the documents hold that fits no plan."""
    return shelf_of(database).read().aside
