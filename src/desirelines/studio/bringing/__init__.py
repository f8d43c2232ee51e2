"""Old maps on their way in: a file is read as a map, shown, corrected, and becomes a new journey of the draft."""

from __future__ import annotations

from desirelines.errors import Conflict
from desirelines.plan import Plan
from desirelines.store import Database
from desirelines.studio.bringing.make import make
from desirelines.studio.bringing.nouns import Becomes, BringChoices, ColumnRead, ItemRead, MapPreview, MapRead, RowRead, StageRead
from desirelines.studio.bringing.read import read_map
from desirelines.studio.drafts import draft, save_draft

__all__ = [
    "Becomes",
    "BringChoices",
    "ColumnRead",
    "ItemRead",
    "MapPreview",
    "MapRead",
    "RowRead",
    "StageRead",
    "bring_in",
    "bring_map",
    "read_map",
]


def bring_map(plan: Plan, data: bytes, name: str, choices: BringChoices | None = None) -> tuple[Plan, MapPreview]:
    """The plan with the file's map as a new journey, and what became of everything in it; nothing else in the plan changes.

    Raises BadInput, NotFound or TooLarge, with the place.
    """
    chosen = choices or BringChoices()
    return make(plan, read_map(data, name, chosen), chosen)


def bring_in(database: Database, author: str, data: bytes, name: str, choices: BringChoices | None = None) -> MapPreview:
    """Write the file's map into the draft as a new journey; who edits meanwhile loses nothing."""
    for last in (False, False, True):
        now = draft(database)
        plan, preview = bring_map(now.plan, data, name, choices)
        try:
            save_draft(database, plan, now.base, now.revision, author)
        except Conflict:
            if last:
                raise
            continue
        break
    return preview
