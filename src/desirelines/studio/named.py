"""Named versions: the draft as it was when people gave it a name, without publishing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from desirelines import store
from desirelines.errors import BadInput, NotFound
from desirelines.store import Database, Row

KIND = "named"
LONGEST = 120


@dataclass(frozen=True)
class Named:
    """The draft as of update `update`, under a name."""

    id: str
    name: str
    update: int
    author: str
    at: datetime


def give_name(database: Database, name: str, author: str, account: str = "", update: int | None = None) -> Named:
    """Give the draft as it was after an update a name; `update` None: now. Raises BadInput, NotFound."""
    words = " ".join(name.split())
    if not words or len(words) > LONGEST:
        raise BadInput(f"a name has 1 to {LONGEST} characters")
    newest = store.newest_update(database)
    at = newest if update is None else update
    if not 0 < at <= newest:
        raise NotFound(f"there is no change number {at}" if at else "nothing is drawn yet", hint="the history lists them")
    row_id = store.new_row_id()
    return _named(store.put_row(database, KIND, row_id, {"name": words, "update": at, "account": account}, author, "plan"))


def list_named(database: Database) -> list[Named]:
    """All, the newest first."""
    return [_named(row) for row in reversed(store.list_rows(database, KIND))]


def get_named(database: Database, row_id: str) -> Named:
    """One of them. Raises NotFound."""
    try:
        return _named(store.get_row(database, KIND, row_id))
    except NotFound as error:
        raise NotFound("there is no such named version", hint="the history lists them") from error


def drop_named(database: Database, row_id: str) -> None:
    """Forget a name; what it named stays in the history. Raises NotFound."""
    get_named(database, row_id)
    store.drop_row(database, KIND, row_id)


def _named(row: Row) -> Named:
    at = datetime.fromtimestamp(row.made_at_us / 1e6, tz=UTC)
    return Named(row.id, str(row.document["name"]), int(row.document["update"]), row.author, at)
