"""Where versions rest: the workspace's database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desirelines import store
from desirelines.errors import Conflict
from desirelines.plan.checks import Seen
from desirelines.plan.elements import Plan
from desirelines.plan.exchange import plan_hash
from desirelines.plan.history.version import Version, canonical_text, may_follow, plan_of_canonical, refuse_older

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


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
    """Publish `plan` on top of version `base` (0: the first).

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
    return _version(row)


def _version(row: store.VersionRow) -> Version:
    since = None if row.parent is None else _instant(row.at_us if row.in_force_from_us is None else row.in_force_from_us)
    plan = plan_of_canonical(row.document)
    return Version(row.number, row.parent, row.author, _instant(row.at_us), row.hash, since, row.note, plan)


def _instant(us: int) -> datetime:
    return _EPOCH + timedelta(microseconds=us)
