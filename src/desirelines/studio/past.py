"""The plan as it was at any moment, and bringing back of it what one wants: always by an edit, so that nothing is destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from desirelines import plan as planning
from desirelines import store
from desirelines.errors import BadInput, NotFound
from desirelines.plan import Element, Plan
from desirelines.store import Database
from desirelines.studio.drafts import Draft, edit_draft
from desirelines.studio.named import get_named
from desirelines.studio.read import read_part, read_plan_of
from desirelines.studio.shelf import document_of, is_document


@dataclass(frozen=True)
class When:
    """What one can go back to: exactly one of them. `update`: the id of the last update that counts."""

    update: int | None = None
    version: int | None = None
    named: str | None = None

    def __str__(self) -> str:
        if self.version is not None:
            return f"v{self.version}"
        return f"n{self.named}" if self.named is not None else f"u{self.update}"


@dataclass(frozen=True)
class Past:
    """The plan as it was, when, and by whom it was last changed or published."""

    plan: Plan
    at: datetime
    author: str


def plan_at(database: Database, when: When) -> Past:
    """The plan as it was. Raises NotFound; BadInput unless exactly one is named."""
    if [when.update, when.version, when.named].count(None) != 2:
        raise BadInput("say when: one of an update, a version, a named version")
    if when.version is not None:
        version = planning.version(database, when.version)
        return Past(version.plan, version.at, version.author)
    if when.named is not None:
        return plan_at(database, When(get_named(database, when.named).update))
    up_to = when.update or 0
    last = store.list_touched(database, after=up_to - 1, up_to=up_to)
    if not last:
        raise NotFound(f"there is no change number {up_to}", hint="the history lists them")
    parts = {}
    for name in filter(is_document, store.updated_documents(database)):
        state = store.get_state(database, name)
        begun = state if state.data and state.up_to <= up_to else store.State(0, b"")
        rows = store.list_updates(database, name, after=begun.up_to, up_to=up_to)
        parts[name] = read_part(name, document_of([begun.data] if begun.data else [], rows))
    at = datetime.fromtimestamp(last[0].at_us / 1e6, tz=UTC)
    return Past(read_plan_of(parts).plan, at, last[0].author)


def restore(database: Database, when: When, author: str, element: str = "") -> Draft:
    """The draft becomes what the plan was, or one element (`kind:id`) does, with all that lies in it.

    Raises NotFound when there is no such time, or the element was not there then, or what it lay in is gone.
    """
    then = plan_at(database, when).plan
    if not element:
        return edit_draft(database, lambda _: then, author, f"restored:{when}")
    found = find_path(then, element)
    if found is None:
        raise NotFound(f"`{element[:80]}` was not there then", hint="look at another time")
    return edit_draft(database, lambda now: _put(now, found, 0), author, f"restored:{when}")


Path = list[tuple[str, Any]]
"""From the plan down: the field, and the element in it."""


def find_path(plan: Element, name: str) -> Path | None:
    """Where the element `kind:id` (or `brand`, `strategy`, `story`) lies; None: nowhere."""
    for field in type(plan).model_fields:
        value = getattr(plan, field)
        if field == name and isinstance(value, Element):
            return [(field, value)]
        for one in value if isinstance(value, tuple) else (value,):
            if not isinstance(one, Element):
                continue
            if f"{type(one).__name__.lower()}:{getattr(one, 'id', '')}" == name:
                return [(field, one)]
            inner = find_path(one, name)
            if inner is not None:
                return [(field, one), *inner]
    return None


def _put(owner: Any, path: Path, depth: int) -> Any:
    """`owner` with the last element of the path put in the place that it has there."""
    field, element = path[depth]
    here = getattr(owner, field)
    last = depth == len(path) - 1
    if not isinstance(here, tuple):
        return owner.model_copy(update={field: element if last else _put(here, path, depth + 1)})
    there = next((one for one in here if one.id == element.id), None)
    if there is None and not last:
        raise NotFound(f"the {type(element).__name__.lower()} `{element.id}` that it lay in is gone", hint="restore that first")
    new = element if last else _put(there, path, depth + 1)
    return owner.model_copy(update={field: (*(one for one in here if one.id != element.id), new)})
