"""How long ago each element was last changed, or confirmed to be still true."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desirelines import plan as planning
from desirelines import store
from desirelines.errors import NotFound
from desirelines.plan import Plan
from desirelines.store import Database
from desirelines.studio.drafts import BEGUN, draft
from desirelines.studio.history import each_element

KIND = "confirmed"
KINDS = frozenset(
    {
        "journey",
        "stage",
        "card",
        "moment",
        "experience",
        "touchpoint",
        "promise",
        "persona",
        "insight",
        "tower",
        "outcome",
        "metric",
    }
)
"""What is true or no longer: steps, lanes and boxes are parts of what is listed."""
STALE_DAYS = 180


@dataclass(frozen=True)
class Age:
    """One element. `by`: who changed or confirmed it last; `days`: whole days since; `stale`: longer than was asked for."""

    element: str
    name: str
    at: datetime
    by: str
    confirmed: bool
    days: int
    stale: bool


def ages(database: Database, journey: str | None = None, stale_days: int = STALE_DAYS, now: datetime | None = None) -> list[Age]:
    """Every element of the draft that can grow stale, the oldest first; `journey`: only what stands on its map."""
    plan = draft(database).plan
    now = now or datetime.now(UTC)
    wanted = _on_map(plan, journey) if journey else None
    changed = _changed(database, plan)
    confirmed = {row.about: row for row in store.list_rows(database, KIND)}
    found = []
    for element, name, _ in each_element(plan):
        if element.partition(":")[0] not in KINDS or (wanted is not None and element not in wanted):
            continue
        at, by = changed.get(element, (now, ""))
        row = confirmed.get(element)
        newer = row is not None and _at(row.changed_at_us) > at
        if row is not None and newer:
            at, by = _at(row.changed_at_us), str(row.document.get("by", row.author))
        days = max(0, (now - at) // timedelta(days=1))
        found.append(Age(element, name, at, by, newer, days, days >= stale_days))
    return sorted(found, key=lambda one: (one.at, one.element))


def confirm(database: Database, element: str, author: str, account: str = "") -> None:
    """Say that an element is still true. Raises NotFound when the draft has none of this name."""
    if not any(name == element for name, _, _ in each_element(draft(database).plan)):
        raise NotFound(f"there is no `{element[:80]}` in the draft")
    row_id = hashlib.sha256(element.encode()).hexdigest()
    store.put_row(database, KIND, row_id, {"by": author, "account": account}, author, element)


def _changed(database: Database, plan: Plan) -> dict[str, tuple[datetime, str]]:
    """When each element of the draft was last changed, and by whom: by the updates, else by the versions before them."""
    found: dict[str, tuple[datetime, str]] = {}
    before: Mapping[str, object] = {}
    for version in planning.versions(database):
        here = {name: element for name, _, element in each_element(version.plan)}
        found.update({name: (version.at, version.author) for name, element in here.items() if before.get(name) != element})
        before = here
    rows = store.list_touched(database)
    begun = (_at(rows[0].at_us), rows[0].author) if rows else (draft(database).at, draft(database).author)
    for name, _, _ in each_element(plan):
        found.setdefault(name, begun)
    for row in rows:
        if row.touched[:1] == (BEGUN,):
            continue
        for name in row.touched:
            element = name.lstrip("+").partition(".")[0]
            if element in found:
                found[element] = max(found[element], (_at(row.at_us), row.author))
    return found


def _on_map(plan: Plan, journey: str) -> set[str]:
    """The elements that stand on a map, and the touchpoints and insights it shows."""
    found: set[str] = set()
    for one in plan.journeys:
        if one.id == journey:
            found = {f"journey:{one.id}", *(name for name, _, _ in each_element(one))}
            steps = [step for stage in one.stages for step in stage.steps]
            found |= {f"touchpoint:{id_}" for step in steps for id_ in (step.touchpoint, *step.one_of) if id_}
            found |= {f"persona:{id_}" for id_ in one.personas}
    moments = {one.id for one in plan.moments if f"stage:{one.stage}" in found}
    cards = [one for one in plan.cards if f"stage:{one.stage}" in found]
    found |= {f"moment:{id_}" for id_ in moments} | {f"card:{one.id}" for one in cards}
    found |= {f"insight:{one.insight}" for one in cards if one.insight}
    found |= {f"experience:{one.id}" for one in plan.experiences if one.moment in moments}
    return found | {f"promise:{one.id}" for one in plan.promises if f"touchpoint:{one.touchpoint}" in found}


def _at(us: int) -> datetime:
    return datetime.fromtimestamp(us / 1e6, tz=UTC)
