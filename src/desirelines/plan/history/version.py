"""A published plan: immutable, numbered, in force from a moment on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from desirelines.errors import BadInput, Conflict, Fault, NotFound
from desirelines.model.hint import nearest
from desirelines.plan.checks import Seen, check, errors_in
from desirelines.plan.elements import Plan
from desirelines.plan.exchange import canonical, plan_hash
from desirelines.plan.exchange.upgrade import upgrade
from desirelines.plan.history.diff import Change, diff


@dataclass(frozen=True)
class Version:
    """Version `number` (from 1) of a workspace's plan; `parent` is None for the first.

    In force from `in_force_from` on; None: from the beginning of time. Both times are aware, in UTC.
    """

    number: int
    parent: int | None
    author: str
    at: datetime
    hash: str
    in_force_from: datetime | None
    note: str
    plan: Plan


def may_follow(
    versions: Sequence[Version], plan: Plan, base: int, in_force_from: datetime | None = None, seen: Seen | None = None
) -> None:
    """Whether `plan` may be published after `versions`. `base`: the version the work began from, 0 for none.

    Raises BadInput with all findings for a plan with errors and for a dated first version, Conflict (with the difference)
    when a newer version than `base` is there, Conflict with code `unchanged` when the plan is the newest version's.
    """
    newest = max(versions, key=lambda version: version.number, default=None)
    refuse_older(versions, base)
    if newest and newest.hash == plan_hash(plan):
        raise Conflict(f"nothing changed since version {newest.number}", hint="change something first", code="unchanged")
    errors = errors_in(check(plan, seen=seen))
    if errors:
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        raise BadInput(f"the plan cannot be published: {errors[0]}{more}", hint="mend what is listed", faults=errors)
    if in_force_from is not None and newest is None:
        raise BadInput("the first version is in force from the beginning of time", hint="leave the date out")
    if in_force_from is not None and in_force_from.tzinfo is None:
        raise BadInput("the date from which a version is in force names no zone", hint="write 2026-03-01T00:00:00Z")


def refuse_older(versions: Sequence[Version], base: int) -> None:
    """Raises Conflict, with the difference as faults, unless `base` is the newest version's number (0: none yet)."""
    newest = max(versions, key=lambda version: version.number, default=None)
    if newest is None and base:
        raise Conflict(f"there is no version {base} yet", hint="begin without a base: 0", code="newer_version")
    if newest is None or newest.number == base:
        return
    began = next((version.plan for version in versions if version.number == base), None)
    changes = diff(began, newest.plan) if began else []
    since = f" from version {base}" if base else ""
    raise Conflict(
        f"version {newest.number} was published by {newest.author or 'somebody'} after you began{since}",
        hint=f"look at what changed, then begin from version {newest.number}",
        code="newer_version",
        faults=differences(changes),
    )


def differences(changes: Sequence[Change]) -> tuple[Fault, ...]:
    """Changes as the faults of a conflict."""
    return tuple(Fault(change.words, path=change.element) for change in changes)


def version_in_force(versions: Sequence[Version], at: datetime) -> Version:
    """The version that holds at an instant: of those already in force the one published last. Raises NotFound if none is."""
    holding = [one for one in versions if one.in_force_from is None or one.in_force_from <= at]
    if not holding:
        raise NotFound("no version of the plan is published yet", hint="publish one first")
    return max(holding, key=lambda one: one.number)


def stretches(versions: Sequence[Version]) -> list[tuple[datetime | None, Version]]:
    """From when on which version holds, oldest first; the first starts at None, the beginning of time."""
    if not versions:
        return []
    dates = sorted({one.in_force_from for one in versions if one.in_force_from})
    first = [one for one in versions if one.in_force_from is None]
    found: list[tuple[datetime | None, Version]] = [(None, max(first, key=lambda one: one.number))] if first else []
    for date in dates:
        holds = version_in_force(versions, date)
        if not found or found[-1][1] is not holds:
            found.append((date, holds))
    return found


def find_version(versions: Sequence[Version], number: int) -> Version:
    """The version with this number. Raises NotFound."""
    for version in versions:
        if version.number == number:
            return version
    raise NotFound(f"there is no version {number}", hint=nearest(number, [str(one.number) for one in versions]))


@lru_cache(maxsize=32)
def plan_of_canonical(text: str) -> Plan:
    """A plan from its canonical form, upgraded if an older Desirelines wrote it. Raises BadInput for a newer one."""
    return Plan.model_validate(upgrade(json.loads(text)))


def canonical_text(plan: Plan) -> str:
    """The canonical form as text, as it is stored."""
    return canonical(plan).decode()
