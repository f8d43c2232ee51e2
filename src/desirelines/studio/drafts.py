"""The one draft of a workspace: what its shared documents say, and the version that the work began from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desirelines import plan as planning
from desirelines import store
from desirelines.errors import Conflict, NotFound
from desirelines.plan import Plan, Seen, Version
from desirelines.store import Database
from desirelines.studio.shelf import Shelf, newer_draft, shelf_of

KIND, BASE = "draft", "base"
"""The keyed row that says on which version the draft is."""
OLD = "plan"
"""The draft's name in a workspace that has no shared documents yet."""
BEGUN = "begun"
"""Said of the updates that made documents from what was there before."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Draft:
    """What is being worked on: on version `base` (0: none yet). `revision`: the newest update's id, 0: never edited."""

    plan: Plan
    base: int
    revision: int
    author: str
    at: datetime


def draft(database: Database) -> Draft:
    """The draft, or the newest version as one that was never edited. Raises NotFound if there is neither."""
    shelf = shelf_of(database)
    with shelf.lock:
        plan = shelf.read().plan
        revision = shelf.up_to
    if revision == 0:
        return _before(database)
    last = store.list_touched(database, after=revision - 1, up_to=revision)[0]
    return Draft(plan, _base(database, plan), revision, last.author, _instant(last.at_us))


def draft_plan(database: Database) -> Plan:
    """The draft's plan alone: kept in memory, so it costs one look at the newest update. Raises NotFound."""
    shelf = shelf_of(database)
    with shelf.lock:
        plan = shelf.read().plan
        return plan if shelf.up_to else _before(database).plan


def save_draft(database: Database, plan: Plan, base: int, revision: int | None, author: str, mark: str = "") -> Draft:
    """Save what was edited: on version `base`, from revision `revision` (None: whatever it is). It may have errors of the plan.

    Only what differs is written; `mark`: what kind of edit it was. Raises Conflict with the difference as faults: code
    `newer_version` when a newer version is published, `newer_draft` when somebody edited meanwhile; BadInput (`same_id`)
    where two elements have one id.
    """
    planning.refuse_older(planning.versions(database), base)
    begin(database)
    shelf = shelf_of(database)
    with shelf.lock:
        shelf.catch_up()
        if revision is not None and revision != shelf.up_to and not (revision == 0 and _is_untouched(shelf)):
            raise _differs(newer_draft(), plan, shelf)
        try:
            shelf.edit(lambda _: plan, author, shelf.up_to if revision is not None else None, mark)
        except Conflict as error:
            raise _differs(error, plan, shelf) from error
    _put_base(database, base, author)
    return draft(database)


def drop_draft(database: Database, author: str = "") -> Draft:
    """Back to the newest version, by an edit: what was drawn stays in the history. Raises NotFound if none is published."""
    newest = planning.version(database)
    return save_draft(database, newest.plan, newest.number, None, author or newest.author, f"restored:v{newest.number}")


def edit_draft(database: Database, change: Callable[[Plan], Plan], author: str, mark: str = "") -> Draft:
    """Edit the draft as it is now, whatever others do meanwhile: `change` may be asked more than once. It stays on its base."""
    begin(database)
    shelf_of(database).edit(change, author, None, mark)
    return draft(database)


def publish_draft(
    database: Database, base: int, author: str, note: str = "", in_force_from: datetime | None = None, seen: Seen | None = None
) -> Version:
    """Make the draft, all documents together, the next version after `base`. The draft goes on from it.

    Raises what `plan.publish` raises.
    """
    published = planning.publish(database, draft(database).plan, base, author, note, in_force_from, seen)
    begin(database)
    _put_base(database, published.number, author)
    return published


def begin(database: Database) -> None:
    """Give a workspace that has none its shared documents, from its old draft or its newest version; once, whoever asks.

    A workspace that has neither stays without.
    """
    shelf = shelf_of(database)
    with shelf.lock:
        shelf.catch_up()
        if shelf.up_to:
            return
        try:
            before = _before(database)
        except NotFound:
            return
        try:
            shelf.edit(lambda _: before.plan, before.author, 0, BEGUN)
        except Conflict:
            shelf.catch_up()  # another process was first: what it made is the same
            return
    _put_base(database, before.base, before.author)


def _before(database: Database) -> Draft:
    """What a workspace without shared documents has."""
    try:
        row = store.get_draft(database, OLD)
    except NotFound:
        newest = planning.version(database)
        return Draft(newest.plan, newest.number, 0, newest.author, newest.at)
    return Draft(planning.plan_of_canonical(row.document), row.base, 0, row.author, _instant(row.at_us))


def _is_untouched(shelf: Shelf) -> bool:
    """Nobody edited since the documents were made: who saw the workspace before that saw the same."""
    return all(row.touched[:1] == (BEGUN,) for row in store.list_touched(shelf.database))


def _differs(error: Conflict, plan: Plan, shelf: Shelf) -> Conflict:
    changes = planning.diff(plan, shelf.read().plan)
    return Conflict(error.message, hint=error.hint, code=error.code, faults=planning.differences(changes))


def _base(database: Database, plan: Plan) -> int:
    """The version that the work is on. A draft that says what the newest version says is on that."""
    versions = store.list_versions(database)
    newest = versions[-1] if versions else None
    try:
        base = int(store.get_row(database, KIND, BASE).document["version"])
    except NotFound:
        base = 0
    if newest and newest.number != base and newest.hash == planning.plan_hash(plan):
        return newest.number
    return base


def _put_base(database: Database, base: int, author: str) -> None:
    try:
        if store.get_row(database, KIND, BASE).document["version"] == base:
            return
    except NotFound:
        pass
    store.put_row(database, KIND, BASE, {"version": base}, author)


def _instant(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)
