"""A workspace as it is at one version of the data and one of the plan: from the lake to people, journeys, map and answers."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from desirelines import explain, measure, studio
from desirelines.explain import Findings, Ground
from desirelines.map import shelf_key, shelved
from desirelines.meaning import Meaning, Question
from desirelines.measure import Asked, Care, CareAsk, Cockpit, Customers, Frame, Sheet, Story

__all__ = ["Question", "View"]

TELLING = 1
"""Counted up when findings are told otherwise; those on disk are then told anew."""


class View(Meaning):
    """Every question that is asked of the stages, and its answer."""

    def metrics(self, question: Question) -> measure.Metrics:
        """Every figure of the register, with the period before."""
        return measure.metrics(self.frame(question))

    def metric(self, question: Question, ask: measure.MetricAsk) -> measure.MetricPage:
        """One figure: its trend, its parts, and who is behind it."""
        return measure.metric(self.frame(question), ask, self._beside())

    def sheet(self, question: Question) -> Sheet:
        """The measured map of one planned journey."""
        return studio.calm_sheet(self._sheet(self.frame(question)), self.standing(question.journey))

    def _sheet(self, frame: Frame) -> Sheet:
        return measure.sheet(frame, self.settings.desire_line_rate, self.settings.desire_line_people)

    @property
    def today(self) -> date:
        """The day it is where the brand is."""
        return datetime.now(ZoneInfo(self.plan.brand.zone)).date()

    def whole_sheet(self, journey: str | None) -> Sheet:
        """The map of all days and everybody, kept as long as the facts are."""
        key = ("whole sheet", self.matched(journey).key)
        kept = self.facts.kept
        if key not in kept:
            kept[key] = self._sheet(self.frame(Question(journey)))
        found: Sheet = kept[key]
        return found

    def standing(self, journey: str | None) -> tuple[studio.Standing, ...]:
        """The judged lines of a planned journey: which are calm, which ask for a second look."""
        mine = [one for one in self.judged() if one.holds and one.journey == self.journey(journey).id]
        return studio.standing(mine, self.whole_sheet(journey), self.today) if mine else ()

    def handoffs(self, question: Question) -> measure.Handoffs:
        """Where one team passes customers on to another, and how often that fails."""
        return measure.handoffs(self.frame(question))

    def cockpit(self, question: Question) -> Cockpit:
        """One page for who leads."""
        standing = self.standing(question.journey)
        return studio.calm_cockpit(self._cockpit(self.frame(question), studio.quiet_ways(standing)), standing)

    def _cockpit(self, frame: Frame, quiet: frozenset[tuple[str, str]]) -> Cockpit:
        return measure.cockpit(frame, self.identities, self.settings.desire_line_rate, self.settings.desire_line_people, quiet)

    def findings(self, question: Question) -> Findings:
        """What to know, from the map, the figures and the whys, ranked; kept as long as the facts are, of everything on disk."""
        asked = self.ground(question)
        frame = self.frame(question)
        standing = self.standing(question.journey)
        quiet = studio.quiet_ways(standing)
        key = ("findings", frame.matched.key, asked.asked, self._rests_on(question.segment, 0), question.in_force, quiet)
        kept = self.facts.kept
        if key not in kept:
            whole = question == Question(question.journey, version=question.version)
            kept[key] = self._told(frame, asked, quiet) if whole else explain.findings(asked, frame, self._said(frame, quiet))
        found: Findings = kept[key]
        return studio.calm_findings(found, standing)

    def _told(self, frame: Frame, ground: Ground, quiet: frozenset[tuple[str, str]]) -> Findings:
        """Of all days and everybody: made once for every process, by whoever is first, the keeper as a rule."""
        limits = (self.settings.desire_line_rate, self.settings.desire_line_people)
        plan = self.plan.model_dump_json()
        key = shelf_key(
            TELLING,
            self.snapshot.data_version,
            dict(self.snapshot.versions),
            self.number,
            plan,
            frame.matched.key,
            limits,
            sorted(quiet),
        )
        adapter = TypeAdapter(Findings)

        def make() -> tuple[dict[str, Any], dict[str, Any]]:
            return {}, {"findings": adapter.dump_python(explain.findings(ground, frame, self._said(frame, quiet)), mode="json")}

        return adapter.validate_python(shelved(self.folder / "told", frame.matched.journey.id, key, make).about["findings"])

    def _said(self, frame: Frame, quiet: frozenset[tuple[str, str]]) -> tuple[measure.Finding, ...]:
        return self._cockpit(frame, quiet).findings

    def personas(self, question: Question) -> studio.Personas:
        """Who the personas are: how many, whom they share, how they change; the segment asked for is not applied."""
        said = self.people()
        known = self.ground(Question(period=question.period)).share(said["known_events"], said["events"], "events")
        return studio.personas(self.plan, self.facts, self.members, question.period, self.number, known)

    def care(self, question: Question, ask: CareAsk) -> Care:
        """Who is in trouble now, as of the data's end, whatever period is asked for."""
        paths = self._cared_for(Asked(question.journey or "", segment=question.segment))
        return measure.care(self.facts, self.snapshot, self.plan, paths, ask)

    def customers(self, question: Question, behind: str, find: str, page: int, page_size: int) -> Customers:
        """Who is behind a number: the address of a mark (`kind?…`), or a figure of the map (`kind=…`)."""
        if "?" in behind:
            among = self.behind(behind)
            return measure.customers(self.facts, self.snapshot, self.identities, None, "", find, page, page_size, among)
        frame = self.frame(question) if self.plan.journeys else None
        return measure.customers(self.facts, self.snapshot, self.identities, frame, behind, find, page, page_size)

    def story(self, customer: str, question: Question) -> Story:
        """One customer across all silos."""
        matched = self.matched(question.journey) if self.plan.journeys else None
        return measure.story(self.facts, self.snapshot, self.identities, customer, matched)

    def segment_size(self, rule: str) -> tuple[int, int]:
        """How many customers a rule holds, of how many."""
        total = len(self.facts.who.customers)
        return int(self.members(rule).sum()), total
