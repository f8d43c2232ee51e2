"""Care: which customers are in trouble now, why, since when, and whose turn it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.identify import customer_name
from desirelines.measure.asking.address import write_address
from desirelines.measure.asking.paths import Paths
from desirelines.measure.asking.places import Places, PlacesAsk
from desirelines.measure.asking.walk import Walk
from desirelines.measure.gathering.days import iso
from desirelines.measure.gathering.facts import Facts
from desirelines.measure.intervals import LEVEL, wilson
from desirelines.measure.telling.care_nouns import Care, CareAsk, CareOwner, CareReason, CareSign, InTrouble
from desirelines.measure.telling.signs import KINDS, NEVER, POINTS, Kind, Now, Signs, find_signs
from desirelines.measure.telling.words import lasting, several
from desirelines.model.hint import nearest
from desirelines.model.result import Result
from desirelines.plan import Plan, in_order
from desirelines.store import Snapshot

Mask = NDArray[np.bool_]
NOBODY = "nobody"
WORDS: dict[Kind, str] = {
    "overdue": "waits for what was promised",
    "unanswered": "asked, and nothing was solved",
    "broken promise": "a promise was broken",
    "repeated contact": "had to ask again",
    "low score": "gave a low score",
    "failure": "met a failure",
    "stuck": "stuck longer than usual",
}
MISSING: dict[str, str] = {
    "contact": "who had to ask, and ask again", "resolved": "whose question was solved", "failure": "who met a failure"
}  # fmt: skip


@dataclass(frozen=True)
class Troubled:
    """Everybody's signs, and the ways to choose among them."""

    facts: Facts
    paths: Paths
    ask: CareAsk
    signs: Sequence[Signs]
    teams: tuple[str, ...]
    currency: str

    @cached_property
    def members(self) -> Mask:
        chosen = self.paths.segment.over(self.facts.who.customers)
        return np.ones(len(self.facts.who.customers), np.bool_) if chosen is None else chosen

    def who(self, reason: str = "", owner: str = "") -> Mask:
        """bool[customers]: with a sign of this reason that this team owns. Raises BadInput for one there is not."""
        found = np.zeros(len(self.members), np.bool_)
        for one in self.signs:
            if not reason or one.kind == reason:
                found[one.customer[self._owned(one, owner)]] = True
        return found & self.members

    def _owned(self, one: Signs, owner: str) -> Mask:
        team = self.teams.index(owner) if owner in self.teams else -1
        return np.asarray(one.owner == team) if owner else np.ones(len(one.owner), np.bool_)

    def marked(self, mark: str) -> Mask:
        """bool[customers]: whom a mark stands for. Raises BadInput."""
        what, _, owner = mark.partition(":")
        _checked(self.teams, "" if what in ("all", "owner") else what, owner)
        return self.who("" if what in ("all", "owner") else what, owner)

    def behind(self, mark: str) -> str:
        return write_address("care", self.paths.asked, Walk(), CareAsk(days=self.ask.days), mark)

    def points(self) -> NDArray[np.int64]:
        """int64[customers]: each kind of sign once."""
        total = np.zeros(len(self.members), np.int64)
        for kind in KINDS:
            total += POINTS[kind] * self.who(kind)
        return total

    def since(self) -> NDArray[np.int64]:
        """int64[customers]: of the oldest sign; far ahead for none."""
        found = np.full(len(self.members), -NEVER, np.int64)
        for one in self.signs:
            np.minimum.at(found, one.customer, one.since)
        return found


def troubled(facts: Facts, snapshot: Snapshot, plan: Plan, paths: Paths, ask: CareAsk) -> Troubled:
    """`paths` are all journeys at the level of touchpoints; a planned one's stages say who is stuck."""
    teams = tuple(team.id for team in in_order(plan.teams))
    places = Places(paths, PlacesAsk(), "stage") if paths.matched is not None else None
    return Troubled(facts, paths, ask, find_signs(Now(facts, snapshot, plan, ask.days), places), teams, plan.brand.currency)


def care(facts: Facts, snapshot: Snapshot, plan: Plan, paths: Paths, ask: CareAsk) -> Care:
    """Raises BadInput for a reason or a team there is not."""
    found = troubled(facts, snapshot, plan, paths, ask)
    _checked(found.teams, ask.reason, ask.owner)
    value = _values(facts)
    chosen = np.flatnonzero(found.who(ask.reason, ask.owner))
    points, since = found.points(), found.since()
    worth = np.zeros(len(points)) if value is None else value[0]
    order = chosen[np.lexsort((chosen, since[chosen], -worth[chosen], -points[chosen]))]
    low = (ask.page - 1) * ask.page_size
    rows = tuple(_row(found, int(one), int(points[one]), int(since[one]), value) for one in order[low : low + ask.page_size])
    owners = [*found.teams, NOBODY]
    counted = [(None if owner == NOBODY else owner, owner, int(found.who(ask.reason, owner).sum())) for owner in owners]
    everybody = found.who()
    return Care(
        iso(facts.daily.as_of) if facts.daily.as_of >= 0 else None, ask.days, _share(found, everybody), len(order), ask.page,
        ask.page_size, rows, _reasons(found),
        tuple(CareOwner(team, count, found.behind(f"owner:{name}")) for team, name, count in counted if count),
        found.behind("all"), tuple(role for role in MISSING if role not in facts.occasions), tuple(_caveats(facts)),
        paths.plan_version, paths.trace.data_version,
    )  # fmt: skip


def _checked(teams: Sequence[str], reason: str, owner: str) -> None:
    if reason and reason not in KINDS:
        raise BadInput(f"`{reason[:40]}` is no reason for care", hint=nearest(reason, KINDS))
    if owner and owner not in (*teams, NOBODY):
        raise BadInput(f"there is no team `{owner[:64]}`", hint=nearest(owner, [*teams, NOBODY]))


def _reasons(found: Troubled) -> tuple[CareReason, ...]:
    counted = [(kind, int(found.who(kind, found.ask.owner).sum())) for kind in KINDS]
    return tuple(CareReason(kind, WORDS[kind], POINTS[kind], count, found.behind(kind)) for kind, count in counted if count)


def _share(found: Troubled, everybody: Mask) -> Result[float]:
    """Of the known customers who are members."""
    hits, n = int(everybody.sum()), int(found.members.sum())
    low, high = wilson(hits, n) or (None, None)
    return Result(
        hits / n if n else None, "share", n, "customers", low, high, LEVEL, "wilson", plan_version=found.paths.plan_version,
        data_version=found.paths.trace.data_version, behind=found.behind("all"),
    )  # fmt: skip


def _values(facts: Facts) -> tuple[NDArray[np.float64], NDArray[np.int64]] | None:
    """Each customer's orders: their amounts together, and how many; None where no order has an amount."""
    orders = facts.occasions.get("order")
    if orders is None:
        return None
    mine = (orders.customer >= 0) & np.isfinite(orders.value)
    if not mine.any():
        return None
    size = len(facts.who.customers)
    who = orders.customer[mine]
    return np.bincount(who, orders.value[mine], size).astype(np.float64), np.bincount(who, minlength=size).astype(np.int64)


def _row(
    found: Troubled, customer: int, points: int, since: int, value: tuple[NDArray[np.float64], NDArray[np.int64]] | None
) -> InTrouble:
    signs = [sign for one in found.signs for sign in _said(found, one, customer)]
    name = customer_name(int(found.facts.who.customers[customer]))
    worth = None
    if value is not None and value[1][customer]:
        worth = Result(
            float(value[0][customer]), found.currency, int(value[1][customer]), "orders", plan_version=found.paths.plan_version,
            data_version=found.paths.trace.data_version,
        )  # fmt: skip
    order = sorted(signs, key=lambda sign: (-sign.points, sign.since_at))
    return InTrouble(name, found.facts.labels[customer].as_py() or name, points, iso(since), tuple(order), worth)


def _said(found: Troubled, one: Signs, customer: int) -> Iterator[CareSign]:
    for place in np.flatnonzero(one.customer == customer).tolist():
        team = int(one.owner[place])
        owner = found.teams[team] if team >= 0 else None
        yield CareSign(one.kind, _words(one, float(one.amount[place])), iso(int(one.since[place])), POINTS[one.kind], owner)


def _words(one: Signs, amount: float) -> str:
    if one.kind == "overdue":
        return f"waits for “{one.about}”: its time has passed"
    if one.kind == "broken promise":
        return f"“{one.about}” was broken"
    if one.kind == "unanswered":
        return "asked, and nothing was solved since" if amount < 2 else f"asked {int(amount)} times, and nothing was solved since"
    if one.kind == "repeated contact":
        return f"had to ask {int(amount)} times"
    if one.kind == "low score":
        return f"answered {amount:g} of {one.usual:g} to “{one.about}”"
    if one.kind == "failure":
        return f"met {several(int(amount), 'failure')}"
    return f"in “{one.about}” for {lasting(amount)}; nine in ten go on within {lasting(one.usual)}"


def _caveats(facts: Facts) -> Iterator[str]:
    if facts.daily.as_of < 0:
        yield "there are no events yet"
    lacking = [words for role, words in MISSING.items() if role not in facts.occasions]
    if lacking:
        yield f"the plan does not say yet which events tell {'; '.join(lacking)}"
