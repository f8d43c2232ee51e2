"""Where versions and the one shared draft rest: the workspace's database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desirelines import store
from desirelines.errors import Conflict, NotFound
from desirelines.plan.checks import Seen
from desirelines.plan.elements import Plan
from desirelines.plan.exchange import normal, plan_hash
from desirelines.plan.history.diff import diff
from desirelines.plan.history.version import Version, canonical_text, differences, may_follow, plan_of_canonical, refuse_older

DRAFT = "plan"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Draft:
    """What is being worked on: on version `base` (0: none yet). `revision` grows with every save, 0: never saved."""

    plan: Plan
    base: int
    revision: int
    author: str
    at: datetime


def versions(database: store.Database) -> tuple[Version, ...]:
    """All published versions, oldest first."""
    return tuple(_version(row) for row in store.list_versions(database))


def version(database: store.Database, number: int | None = None) -> Version:
    """One version, None the newest. Raises NotFound."""
    return _version(store.get_version(database, number))


def publish(
    database: store.Database,
    plan: Plan,
    base: int,
    author: str,
    note: str = "",
    in_force_from: datetime | None = None,
    seen: Seen | None = None,
) -> Version:
    """Publish `plan` on top of version `base` (0: the first). A draft that says the same is put away.

    Raises BadInput with every error of the plan, Conflict with the difference when somebody published meanwhile, and
    Conflict with code `unchanged` when there is nothing to publish.
    """
    before = versions(database)
    may_follow(before, plan, base, in_force_from, seen)
    since = (in_force_from - _EPOCH) // timedelta(microseconds=1) if in_force_from else None
    try:
        row = store.put_version(database, base, author, canonical_text(plan), plan_hash(plan), note, since)
    except Conflict:
        refuse_older(versions(database), base)
        raise
    published = _version(row)
    _put_away(database, published)
    return published


def draft(database: store.Database) -> Draft:
    """The draft, or the newest version as one that was never saved. Raises NotFound if there is neither."""
    try:
        row = store.get_draft(database, DRAFT)
    except NotFound:
        newest = version(database)
        return Draft(newest.plan, newest.number, 0, newest.author, newest.at)
    return Draft(plan_of_canonical(row.document), row.base, row.revision, row.author, _instant(row.at_us))


def save_draft(database: store.Database, plan: Plan, base: int, revision: int, author: str) -> Draft:
    """Save what was edited: version `base`, revision `revision` of the draft. A draft may have errors of the plan.

    Raises Conflict with the difference as faults: code `newer_version` when a newer version is published, `newer_draft`
    when somebody saved meanwhile.
    """
    refuse_older(versions(database), base)
    try:
        row = store.save_draft(database, DRAFT, canonical_text(plan), author, base, revision)
    except Conflict as error:
        changes = diff(plan, draft(database).plan)
        raise Conflict(error.message, hint=error.hint, code=error.code, faults=differences(changes)) from error
    return Draft(normal(plan), row.base, row.revision, row.author, _instant(row.at_us))


def drop_draft(database: store.Database) -> None:
    """Put the draft away; the newest version is what one works on again."""
    store.drop_draft(database, DRAFT)


def _put_away(database: store.Database, published: Version) -> None:
    try:
        row = store.get_draft(database, DRAFT)
    except NotFound:
        return
    if plan_hash(plan_of_canonical(row.document)) == published.hash:
        store.drop_draft(database, DRAFT)


def _version(row: store.VersionRow) -> Version:
    since = None if row.parent is None else _instant(row.at_us if row.in_force_from_us is None else row.in_force_from_us)
    plan = plan_of_canonical(row.document)
    return Version(row.number, row.parent, row.author, _instant(row.at_us), row.hash, since, row.note, plan)


def _instant(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)
