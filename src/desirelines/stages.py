"""The stages from the lake to journeys held against a plan: each made when it is first needed, then kept on disk."""

from __future__ import annotations

import threading
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from desirelines.errors import NotFound
from desirelines.identify import Held, Identities, resolve
from desirelines.map import Arrays, Matched, SeenEvent, match, seen_events, shelf_key, shelved
from desirelines.measure import Facts, gather
from desirelines.model.event import PROPERTY_TYPES
from desirelines.model.progress import Progress, silent
from desirelines.plan import Journey, Plan, in_order, journey_of
from desirelines.settings import Settings
from desirelines.store import Snapshot
from desirelines.trace import Trace, build, merge_trace

EPOCH = date(1970, 1, 1)


class Stages:
    """Each stage is made when it is first needed and kept on disk under `folder` until what it rests on changes."""

    def __init__(
        self,
        folder: Path,
        snapshot: Snapshot,
        plan: Plan,
        number: int,
        in_force_us: tuple[int | None, int | None],
        settings: Settings,
    ) -> None:
        self.folder = folder
        self.snapshot = snapshot
        self.plan = plan
        self.number = number
        self.in_force_us = in_force_us
        self.settings = settings
        self._traces: dict[str, Trace] = {}
        self._matched: dict[str, Matched] = {}
        self._making: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)

    # the stages, in order; each is made by one thread at a time, different ones side by side

    @cached_property
    def identities(self) -> Identities:
        """Whose the identifiers are."""
        with self._making["identities"]:
            joins = {kind.id: kind.joins for kind in self.plan.identifiers}
            key = shelf_key(self.snapshot.data_version, dict(self.snapshot.versions), joins)
            shelf = shelved(self.folder / "people", "people", key, lambda: _put_away(resolve(self.snapshot, joins)))
            a = shelf.arrays
            held = tuple(Held(**row) for row in shelf.about["held"])
            return Identities(a["keys"], a["customer"], held, a["held_keys"], a.get("named"))

    def trace(self, subject: str = "customer", progress: Progress = silent) -> Trace:
        """The journeys as they happened, of customers or of a kind of object."""
        with self._making[f"trace {subject}"]:
            if subject not in self._traces:
                self._traces[subject] = build(self.snapshot, self.identities, self.folder / "trace", subject, progress)
            return self._traces[subject]

    def matched(self, journey: str | None = None, progress: Progress = silent) -> Matched:
        """A planned journey held against the actual ones."""
        planned = self.journey(journey)
        with self._making[f"journey {planned.id}"]:
            if planned.id not in self._matched:
                trace = self.trace(planned.subject, progress)
                self._matched[planned.id] = match(trace, self.snapshot, self.plan, planned.id, self.folder / "map", progress)
            return self._matched[planned.id]

    @cached_property
    def facts(self) -> Facts:
        """What stands beside the paths: days, promises judged, answers, figures, observations."""
        with self._making["facts"]:
            return gather(self.trace(), self.snapshot, self.plan, self.folder / "map")

    def prepare(self, progress: Progress = silent) -> None:
        """Make every stage now, so that no page waits for it."""
        self.trace(progress=progress)
        if merge_trace(self.folder / "trace"):  # now, while nobody waits; from here on from the merged files
            self._traces.pop("customer", None)
        with ThreadPoolExecutor(2) as pool:
            facts = pool.submit(lambda: self.facts)
            for journey in in_order(self.plan.journeys):
                self.matched(journey.id, progress)
            progress("judging promises", 0.9)
            facts.result()
        self.seen()
        progress("ready", 1.0)

    def journey(self, name: str | None) -> Journey:
        """The planned journey meant; None: the first. Raises NotFound where the plan has none."""
        if name is not None:
            return journey_of(self.plan, name)
        journeys = in_order(self.plan.journeys)
        if not journeys:
            raise NotFound(
                "no journey is planned yet", hint="draw one under Journeys and stages, or import a plan", code="no_journey"
            )
        return journeys[0]

    def subjects(self) -> list[str]:
        """What journeys can be of: customers, and every kind of object that events name."""
        columns = self.snapshot.columns("events")
        return ["customer", *sorted(name.removeprefix("object_") for name in columns if name.startswith("object_"))]

    def carried(self) -> tuple[frozenset[str], frozenset[str]]:
        """(properties that events carry, figures that sources give), by name."""
        properties = {
            name.partition("_")[2] for name in self.snapshot.columns("events") if name.partition("_")[0] in PROPERTY_TYPES
        }
        names = self.snapshot.sql("SELECT DISTINCT name FROM figures").column("name").to_pylist()
        return frozenset(properties), frozenset(names)

    def people(self) -> dict[str, int]:
        """How many people and events there are."""
        trace = self.trace()
        return {
            "people": sum(len(bucket.subject) for bucket in trace.buckets),
            "identifiers": len(self.identities.keys),
            "known_events": trace.known_events,
            "events": trace.known_events + trace.unknown_events,
        }

    def days(self) -> tuple[str | None, str | None]:
        """The first and last day with an event, in the brand's zone."""
        daily = self.facts.daily
        if not daily.count:
            return None, None
        first, last = (EPOCH + timedelta(days=daily.calendar.first + int(day)) for day in (daily.day.min(), daily.day.max()))
        return first.isoformat(), last.isoformat()

    def seen(self) -> list[SeenEvent]:
        """Event types that were seen, what claims each, what could."""
        return seen_events(self.trace(), self.snapshot, self.plan, self.folder / "map")


def _put_away(people: Identities) -> tuple[Arrays, dict[str, Any]]:
    """Identities as a shelf holds them."""
    arrays = {"keys": people.keys, "customer": people.customer, "held_keys": people.held_keys}
    if people.named is not None:
        arrays["named"] = people.named
    return arrays, {"held": [vars(row) for row in people.held]}
