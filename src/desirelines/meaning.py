"""What a question means at one version of the data and one of the plan: whose journeys, which customers, behind which mark."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desirelines import explain, measure
from desirelines.errors import BadInput
from desirelines.explain import Ground
from desirelines.map import EVERYBODY, Known, Segment, bind, parse_segment, read_traits, segment
from desirelines.measure import Accounts, Asked, CareAsk, Frame, Paths, Walk, read_address
from desirelines.model.period import Period
from desirelines.plan import Plan
from desirelines.settings import Settings
from desirelines.stages import Stages
from desirelines.store import Snapshot
from desirelines.studio import Judged

Mask = NDArray[np.bool_]
KEPT_PATHS = 4
DEEPEST = 4
"""So many segments may stand inside one another."""


@dataclass(frozen=True)
class Question:
    """What is asked: which journey (None: the first), when, of whom, against which version of the plan."""

    journey: str | None = None
    period: Period = field(default_factory=Period)
    segment: str = ""
    version: int | str | None = None
    in_force: bool = False
    """Only journeys that began while that version was in force."""

    @property
    def asked(self) -> Asked:
        """As an address says it."""
        first, last = (day.isoformat() if day else "" for day in (self.period.first_on, self.period.last_on))
        return Asked(self.journey or "", first, last, self.segment)


def nothing_beside() -> tuple[Sequence[Mapping[str, str]], Sequence[tuple[int | None, int]]]:
    """No saved segments and no versions."""
    return (), ()


def nothing_judged() -> Sequence[Judged]:
    """No verdict on any desire line."""
    return ()


class Meaning(Stages):
    """The stages, and what is meant of them."""

    def __init__(
        self,
        folder: Path,
        snapshot: Snapshot,
        plan: Plan,
        number: int,
        in_force_us: tuple[int | None, int | None],
        settings: Settings,
        saved: Callable[[str], str],
        other: Callable[[int | str], Meaning],
        beside: Callable[[], tuple[Sequence[Mapping[str, str]], Sequence[tuple[int | None, int]]]] = nothing_beside,
        judged: Callable[[], Sequence[Judged]] = nothing_judged,
    ) -> None:
        super().__init__(folder, snapshot, plan, number, in_force_us, settings)
        self.saved = saved
        self.other = other
        self.beside = beside
        self.judged = judged
        self._paths: dict[tuple[Asked, Walk, tuple[str, ...]], Paths] = {}

    def segment(self, rule: str, depth: int = 0) -> Segment:
        """The customers a rule means."""
        if not rule.strip():
            return EVERYBODY
        if depth > DEEPEST:
            raise BadInput(f"more than {DEEPEST} segments stand inside one another", hint="one of them may name itself")
        facts = self.facts
        beyond = {
            "behind": lambda address: self.behind(address, depth + 1),
            "saved": lambda name: self.members(self.saved(name), depth + 1),
        }
        return segment(
            rule, facts.trace, self.snapshot, self.identities, facts.who, facts.bound, facts.judgements.customers_in, beyond
        )

    def members(self, rule: str, depth: int = 0) -> Mask:
        """bool[customers]: whom a rule means."""
        found = self.segment(rule, depth).over(self.facts.who.customers)
        return np.ones(len(self.facts.who.customers), np.bool_) if found is None else found

    def behind(self, address: str, depth: int = 0) -> Mask:
        """bool[customers]: whom a mark in an answer about journeys stands for."""
        read = read_address(address)
        if read.kind in explain.MARKED:
            return explain.marked(self._ground_of(read.asked, depth), read)
        if read.kind == "metric":
            frame = self._frame(read.asked.journey or None, read.asked.period, self.segment(read.asked.segment, depth))
            return measure.of_metric(frame, measure.read_ask(measure.MetricAsk, read.ask), read.mark, self._beside(depth))
        if read.kind == "care":
            paths = self._cared_for(read.asked, depth)
            ask = measure.read_ask(CareAsk, read.ask)
            return measure.troubled(self.facts, self.snapshot, self.plan, paths, ask).marked(read.mark)
        if read.kind in measure.ACCOUNTED:
            mine = partial(self._paths_of, read.asked, read.walk, depth)
            return measure.accounted(mine, self._accounts_of(read.asked, depth), read)
        paths = self._paths_of(read.asked, read.walk, depth)
        return paths.customers_of(measure.marked(paths, read), self.facts.who.customers)

    def ground(self, question: Question) -> Ground:
        """A question as a why takes it that is about customers, planned journey or not."""
        return self._ground_of(question.asked)

    def _ground_of(self, asked: Asked, depth: int = 0) -> Ground:
        facts = self.facts
        members = self.segment(asked.segment, depth).over(facts.who.customers)
        read = partial(read_traits, self.snapshot, self.identities, facts.who)
        frames = partial(self._frame_of, depth=depth)
        return Ground(facts, self.snapshot, self.plan, asked, read, members, self.number, frames)

    def _frame_of(self, asked: Asked, version: str = "", depth: int = 0) -> Frame:
        """Of another version: the view that has it."""
        if version:
            return self.other(version if version == "draft" else int(version))._frame_of(asked, "", depth)
        segment = self.segment(asked.segment, depth)
        return Frame(self.matched(asked.journey or None), self.facts, asked.period, segment, self.number, *self.in_force_us)

    def accounts(self, question: Question) -> Accounts:
        """A question as the value of the base and credit take it: customers and what they bought."""
        return self._accounts_of(question.asked)

    def _accounts_of(self, asked: Asked, depth: int = 0) -> Accounts:
        facts = self.facts
        members = self.segment(asked.segment, depth).over(facts.who.customers)
        read = partial(read_traits, self.snapshot, self.identities, facts.who)
        whose = partial(self.members, depth=depth + 1)
        return Accounts(facts, self.snapshot, self.plan, asked, read, whose, members, self.number)

    def frame(self, question: Question) -> Frame:
        """A question as the measures take it."""
        return self._frame(question.journey, question.period, self.segment(question.segment), question.in_force)

    def _frame(self, journey: str | None, period: Period, chosen: Segment, in_force: bool = False) -> Frame:
        return Frame(self.matched(journey), self.facts, period, chosen, self.number, *self.in_force_us, in_force)

    def paths(self, question: Question, walk: Walk) -> Paths:
        """The journeys that a question is about, as the walk looks at them."""
        return self._paths_of(question.asked, walk)

    def _paths_of(self, asked: Asked, walk: Walk, depth: int = 0) -> Paths:
        key = (asked, walk, self._rests_on(asked.segment, depth))
        with self._making["paths"]:
            found = self._paths.get(key)
        if found is None:
            found = self._new_paths(asked, walk, self.segment(asked.segment, depth))
            with self._making["paths"]:
                self._paths[key] = found
                while len(self._paths) > KEPT_PATHS:
                    self._paths.pop(next(iter(self._paths)))
        return found

    def _rests_on(self, rule: str, depth: int) -> tuple[str, ...]:
        """The rules of saved segments that a rule names, and so on: they may change while this view stays."""
        if depth > DEEPEST:
            raise BadInput(f"more than {DEEPEST} segments stand inside one another", hint="one of them may name itself")
        said = [(clause.kind, value) for clause in parse_segment(rule) for value in clause.values]
        saved = [self.saved(value) for kind, value in said if kind == "saved"]
        inner = [*saved, *(read_address(value).asked.segment for kind, value in said if kind == "behind")]
        return (*saved, *(text for one in inner for text in self._rests_on(one, depth + 1)))

    def _new_paths(self, asked: Asked, walk: Walk, segment: Segment) -> Paths:
        trace, folder = self.trace(walk.subject), self.folder / "map"
        matched, bound = None, None
        if asked.journey or (walk.level == "touchpoint" and (self.plan.journeys or not self.plan.touchpoints)):
            planned = self.journey(asked.journey or None)
            matched = self.matched(planned.id) if planned.subject == walk.subject else None
        if walk.level == "touchpoint":
            bound = matched.bound if matched else bind(trace, self.snapshot, self.plan, folder)
        zone = self.plan.brand.zone
        return Paths(trace, folder, zone, matched, walk, asked, segment, self.number, bound, self.snapshot, self._known)

    def _known(self) -> Known:
        """What is known of customers."""
        who = self.facts.who
        return Known(read_traits(self.snapshot, self.identities, who), who.customers)

    def _beside(self, depth: int = 0) -> measure.Beside:
        """What a breakdown by persona, segment or version rests on."""
        segments, stretches = self.beside()
        rows = [(one["id"], one["name"], one["rule"]) for one in segments]
        return measure.Beside(lambda rule: self.members(rule, depth + 1), rows, stretches)

    def _cared_for(self, asked: Asked, depth: int = 0) -> Paths:
        subject = self.journey(asked.journey or None).subject if self.plan.journeys else "customer"
        return self._paths_of(asked, Walk(level="touchpoint", subject=subject), depth)
