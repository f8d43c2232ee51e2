"""One workspace, one brand: the way of a row of data, read from top to bottom.

    a file ─ collect ─> batches ─ store ─> the lake ─ identify ─> people ─ trace ─> journeys ─┐
    a plan ─ plan ────> a published version ───────────────────────────────────────> map ─ measure ─> answers

`Workspace` brings data in. `View` is everything as it is at one version of the data and one of the plan: it never
changes, so it can be kept and asked by many at once.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from desirelines import collect, store, studio
from desirelines import plan as planning
from desirelines.collect import Written
from desirelines.desk import Desk
from desirelines.errors import BadInput
from desirelines.measure import METRIC_IDS
from desirelines.model.progress import Progress, silent
from desirelines.model.receipt import Batch, Receipt
from desirelines.plan import Seen, in_order
from desirelines.settings import Settings
from desirelines.store import Lease, Snapshot
from desirelines.trace import write_log
from desirelines.view import Question, View

LEASE_SECONDS = 60.0
KEPT_VIEWS = 3
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LogFormat = Literal["xes", "ocel-json", "ocel-sqlite"]
"""What a log can be written as."""
LOG_FORMATS: tuple[LogFormat, ...] = get_args(LogFormat)


class Workspace(Desk):
    """A workspace's folder: `workspace.db`, `sources/`, `lake/`, and `derived/`, which may be deleted at any time."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        super().__init__(folder, settings)
        self.lake = store.Lake(folder)
        self._views: dict[tuple[object, ...], View] = {}
        self._lock = threading.RLock()

    # bringing data in

    def import_file(self, source: str, path: Path, progress: Progress = silent, name: str | None = None) -> Receipt:
        """Bring a file in through a source. The same file again changes nothing; killed anywhere, it can be run again."""
        spec = self.source(source)
        with self._leased() as lease:
            digest = collect.file_digest(path)
            batches = collect.read(spec, path, self.zone, progress)
            land = self._land(lease, source, bool(spec.key), batches, progress)
            return land(file=name or path.name, file_digest=digest, caveats=collect.caveats(spec, path))

    def repair(self, source: str, progress: Progress = silent) -> Receipt:
        """Run a source's refused rows again through its mended source file."""
        spec = self.source(source)
        with self._leased() as lease:
            last = store.newest_refused(self.database, source)
            rows = collect.once(
                (row.line, row.row) for part in store.each_refused(self.database, source) for row in part if row.id <= last
            )
            batches = collect.repair_rows(spec, rows, self.zone)
            land = self._land(lease, source, bool(spec.key), batches, progress)
            return land(file="refused rows", repairs_up_to=last)

    def _land(
        self, lease: Lease, source: str, keyed: bool, batches: Iterator[Batch], progress: Progress
    ) -> Callable[..., Receipt]:
        """Stage and compare all batches; what is returned brings them into the lake."""
        started = store.now_us()
        staging = self.lake.stage(store.new_import_id(), keyed, source)
        try:
            for batch in batches:
                staging.add(batch)
            progress("comparing", 0.0)
            manifest = staging.resolve(self.snapshot())
            progress("bringing in", 0.0)  # the last moment to stop it: from here on it is brought to its end
        except BaseException:
            staging.abandon()
            raise
        return partial(store.land, self.database, self.lake, lease, manifest, started_at_us=started)

    def recover(self) -> list[Receipt]:
        """Bring what a dead process left to its end, or remove it."""
        with self._leased() as lease:
            return store.recover(self.database, self.lake, lease)

    @contextmanager
    def _leased(self) -> Iterator[Lease]:
        with store.held(self.database, store.LAKE, LEASE_SECONDS) as lease:
            store.recover(self.database, self.lake, lease)
            yield lease

    def receipts(self) -> list[Receipt]:
        """Receipts, the latest first."""
        return store.receipts(self.database)

    # taking a log out

    def export(
        self, path: Path, format_: LogFormat, subject: str = "customer", segment: str = "", progress: Progress = silent
    ) -> Written:
        """Write the journeys as a XES log, one trace each, or the lake as an OCEL log; never over a file that is there.

        `subject`, `segment`: whose journeys, and of whom; OCEL knows neither. Raises BadInput and Unavailable.
        """
        view = self.view()
        names = view.snapshot.sql("SELECT DISTINCT source FROM events ORDER BY source").column(0).to_pylist()
        sources = {name: self.sources.read(name) if name in self.sources.names() else None for name in names}
        if format_ != "xes":
            if segment or subject != "customer":
                raise BadInput(
                    "an OCEL log holds everything: it has no subject and no segment", hint="leave them out, or take xes"
                )
            return collect.write_ocel(path, format_, view.snapshot, sources)
        trace = view.trace(subject, progress)
        meant = view.segment(segment)
        keep = None if meant.everybody else lambda bucket: np.isin(bucket.customer, meant.customers[meant.mask])
        return write_log(trace, view.snapshot, view.identities, path, sources, keep)

    # looking at it

    def snapshot(self) -> Snapshot:
        """The lake as it is now."""
        return store.open_snapshot(self.database, self.lake)

    def view(self, version: int | str | None = None) -> View:
        """Everything as it is now, seen with a version of the plan (None: the newest, `draft`: the one being written)."""
        plan = self.plan(version)
        number = self.plan_number() if version is None else 0 if version == "draft" else int(version)
        with self._lock:
            snapshot = self.snapshot()
            held = self._in_force_us(number)
            key = (snapshot.data_version, number, held, hashlib.sha256(plan.model_dump_json().encode()).hexdigest())
            if key not in self._views:
                self._views[key] = View(
                    self.folder / "derived",
                    snapshot,
                    plan,
                    number,
                    held,
                    self.settings,
                    self.segment_rule,
                    self.view,
                    self._beside,
                    partial(studio.judged, self.database),
                )
                while len(self._views) > KEPT_VIEWS:
                    self._views.pop(next(iter(self._views)))
            return self._views[key]

    def _beside(self) -> tuple[list[dict[str, str]], list[tuple[int | None, int]]]:
        """Saved segments, and from when on (microseconds) which version of the plan held."""
        found = [
            (None if since is None else round((since - EPOCH) / timedelta(microseconds=1)), version.number)
            for since, version in planning.stretches(planning.versions(self.database))
        ]
        return self.segments(), found

    def _in_force_us(self, number: int) -> tuple[int | None, int | None]:
        """From and to when a version holds, microseconds; None: since ever, until now."""
        since: dict[int, int | None] = {
            row.number: None if row.parent is None else row.at_us if row.in_force_from_us is None else row.in_force_from_us
            for row in store.list_versions(self.database)
        }
        later = [start for other, start in since.items() if other > number > 0 and start is not None]
        return since.get(number), min(later, default=None)

    def refresh(self, progress: Progress = silent) -> None:
        """Make everything that pages will ask for, so that none of them waits, and what there is to know."""
        view = self.view()
        view.prepare(progress)
        if view.plan.journeys and view.trace().known_events:
            progress("telling what to know", 0.95)
            view.findings(Question())

    def seen_names(self) -> Seen:
        """What events, objects, properties and figures the data has shown."""
        view = self.view("draft") if self.plan_number() == 0 else self.view()
        return Seen(frozenset(view.trace().events), frozenset(view.subjects()[1:]), *view.carried(), METRIC_IDS)

    # in one look

    def row(self) -> dict[str, Any]:
        """The workspace as the start page lists it."""
        plan = self.plan()
        return {
            "name": self.name,
            "brand": plan.brand.name,
            "simulated": plan.brand.simulated,
            "events": self.snapshot().count("events"),
            "people": None,
            "plan_version": self.plan_number(),
        }

    def summary(self) -> dict[str, Any]:
        """What the workspace holds, in one look."""
        view, plan = self.view(), self.plan()
        people = view.people()
        first, last = view.days()
        return {
            "name": self.name,
            "brand": plan.brand.name,
            "simulated": plan.brand.simulated,
            "zone": plan.brand.zone,
            "currency": plan.brand.currency,
            "plan_version": self.plan_number(),
            "data_version": view.snapshot.data_version,
            "events": people["events"],
            "people": people["people"],
            "first_on": first,
            "last_on": last,
            "journeys": [{"id": row.id, "name": row.name, "subject": row.subject} for row in in_order(plan.journeys)],
            "subjects": view.subjects(),
            "segments": [row.rule for row in store.list_segments(self.database)],
            "sources": self.sources.names(),
            "has_plan": bool(plan.journeys),
            "has_data": people["events"] > 0,
            "working": self.working(),
        }
