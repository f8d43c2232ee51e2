"""The team's own desk in a workspace: the plan being written, its versions, the source files, what was refused."""

from __future__ import annotations

import csv
import getpass
import io
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from desirelines import plan as planning
from desirelines import store, studio
from desirelines.collect import Source, SourceShelf, UploadShelf, read_source, safe_cell
from desirelines.errors import BadInput, NotFound
from desirelines.map import parse_segment
from desirelines.model.hint import nearest
from desirelines.plan import Plan, Seen
from desirelines.settings import Settings

PAGE = 100
LONGEST_NAME = 120


class Desk:
    """What people wrote and decided, apart from the journeys themselves."""

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.folder = folder
        self.name = folder.name
        self.settings = settings
        self.database = store.Database.open(folder / "workspace.db")
        self.sources = SourceShelf(folder / "sources")
        self.uploads = UploadShelf(folder / "uploads")

    # the plan

    def plan_number(self) -> int:
        """The newest version's number; 0 if nothing is published."""
        found = store.list_versions(self.database)
        return found[-1].number if found else 0

    def plan(self, version: int | str | None = None) -> Plan:
        """A version's plan; None: the newest, or the draft where nothing is published; `draft`: the draft."""
        if version == "draft" or (version is None and self.plan_number() == 0):
            return studio.draft_plan(self.database)
        return planning.version(self.database, None if version is None else int(version)).plan

    @property
    def zone(self) -> str:
        """The brand's time zone."""
        return self.plan().brand.zone

    def draft(self) -> dict[str, Any]:
        """The plan as it is being written."""
        return _draft_row(studio.draft(self.database))

    def save_draft(self, plan: Plan, base: int, revision: int, author: str | None = None) -> dict[str, Any]:
        """Save as one types. Raises Conflict with the difference when somebody was faster."""
        return _draft_row(studio.save_draft(self.database, plan, base, revision, author or self.author))

    def drop_draft(self, author: str | None = None) -> dict[str, Any]:
        """Back to the newest version."""
        if self.plan_number() == 0:
            raise NotFound("nothing is published yet to go back to")
        return _draft_row(studio.drop_draft(self.database, author or self.author))

    def import_plan(self, text: str | bytes, file: str, author: str | None = None) -> dict[str, Any]:
        """A YAML plan becomes the draft. Raises BadInput with every fault, with file and line."""
        plan = planning.read_plan(text, file)
        old = studio.draft(self.database)
        return self.save_draft(plan, self.plan_number(), old.revision, author)

    def export_plan(self, version: int | str | None = None) -> str:
        """A version as YAML."""
        return planning.write_plan(self.plan(version))

    def check_draft(self) -> list[dict[str, Any]]:
        """Every finding of the draft."""
        return [vars(row) for row in planning.check(studio.draft_plan(self.database), seen=self.seen_names())]

    def seen_names(self) -> Seen:
        """What events and objects the data has shown; a workspace knows more than a desk."""
        return Seen()

    def publish_draft(self, base: int, note: str, in_force_on: date | None = None, author: str | None = None) -> dict[str, Any]:
        """Make the draft the newest version; `in_force_on`: the day it holds from, in the brand's zone (None: from now)."""
        draft = studio.draft(self.database)
        since = datetime.combine(in_force_on, time(), ZoneInfo(draft.plan.brand.zone)) if in_force_on else None
        seen = self.seen_names()
        return _version_row(studio.publish_draft(self.database, base, author or self.author, note, since, seen))

    def version_rows(self) -> list[dict[str, Any]]:
        """All versions, the newest first."""
        return [_version_row(row) for row in reversed(planning.versions(self.database))]

    def changes(self, a: int | str, b: int | str) -> list[dict[str, Any]]:
        """What changed from `a` to `b`."""
        return [{"kind": row.kind, "path": row.element, "words": row.words} for row in planning.diff(self.plan(a), self.plan(b))]

    @property
    def author(self) -> str:
        """Who is written into versions: the setting, or else the system's user."""
        return self.settings.author or system_user()

    # segments that were kept

    def segments(self) -> list[dict[str, str]]:
        """All saved segments by name."""
        rows = store.list_segments(self.database)
        return [{"id": row.id, "name": row.name, "rule": row.rule} for row in sorted(rows, key=lambda row: (row.name, row.id))]

    def save_segment(self, name: str, rule: str, segment_id: str | None = None) -> dict[str, str]:
        """Keep a rule under a name, or give a kept one another. Raises BadInput for a rule that is none."""
        parse_segment(rule)
        words = " ".join(name.split())
        if not words or len(words) > LONGEST_NAME:
            raise BadInput(f"a segment's name has 1 to {LONGEST_NAME} characters")
        row = store.SegmentRow(segment_id or secrets.token_hex(4), words, rule.strip())
        if f"saved:{row.id}" in rule.replace(" ", ""):
            raise BadInput("a segment cannot name itself")
        store.put_segment(self.database, row)
        return {"id": row.id, "name": row.name, "rule": row.rule}

    def drop_segment(self, segment_id: str) -> None:
        """Forget a saved segment. Raises NotFound."""
        self.segment_rule(segment_id)
        store.drop_segment(self.database, segment_id)

    def segment_rule(self, name: str) -> str:
        """The rule of the saved segment with this id, or else this name. Raises NotFound."""
        rows = store.list_segments(self.database)
        found = [row for row in rows if row.id == name] or [row for row in rows if row.name == name]
        if not found:
            raise NotFound(f"there is no saved segment `{name[:80]}`", hint=nearest(name, [row.name for row in rows]))
        return found[0].rule

    # sources

    def source(self, name: str) -> Source:
        """A source by its name."""
        return self.sources.read(name)

    def adopt_source(self, path: Path) -> str:
        """Take a source file over; answers its name."""
        return self.sources.save(path.read_bytes(), str(path)).source

    def save_source_data(self, data: dict[str, Any]) -> str:
        """Write the source file for what a form says; answers its name."""
        source = read_source(json.dumps(data), "the form")
        self.sources.save_source(source)
        return source.source

    def source_rows(self) -> list[dict[str, Any]]:
        """Every source with what came of it."""
        return [self._source_row(name) for name in self.sources.names()]

    def _source_row(self, name: str) -> dict[str, Any]:
        text = self.sources.text(name)
        source = read_source(text, f"{name}.yaml")
        imports = store.list_imports(self.database, "committed", name)
        accepted = sum(row.receipt.accepted for row in imports if row.receipt)
        last = imports[0] if imports else None
        return {
            "source": name,
            "format": source.format,
            "about": source.about,
            "yaml": text,
            "events": accepted,
            "refused": sum(store.count_refused(self.database, name).values()),
            "last_import_at": instant(last.started_at_us) if last else None,
            "last_file": last.file if last else None,
        }

    # what was refused

    def refused_page(self, source: str | None, reason: str | None, page: int) -> dict[str, Any]:
        """Refused rows, a hundred a page, and exact counts by reason."""
        found = store.page_refused(self.database, source, reason, page=page, size=PAGE)
        names = ("id", "source", "reason", "detail", "line", "event", "row")
        rows = [{name: getattr(row, name) for name in names} for row in found.rows]
        return {"total": found.total, "by_reason": found.by_reason, "rows": rows}

    def refused_csv(self, source: str | None) -> Iterator[str]:
        """All open refusals as CSV, piece by piece; no cell is a formula."""
        yield _csv([("source", "line", "reason", "detail", "event", "row")])
        for rows in store.each_refused(self.database, source, conflicts=True):
            yield _csv((row.source, str(row.line), row.reason, row.detail, row.event or "", row.row) for row in rows)

    # jobs

    def job(self, job_id: str) -> dict[str, Any]:
        """How far a job is."""
        row = store.get_job(self.database, job_id)
        names = ("id", "name", "state", "stage", "share", "result", "error")
        return {name: getattr(row, name) for name in names}

    def cancel_job(self, job_id: str) -> None:
        store.cancel(self.database, job_id)

    def working(self) -> str | None:
        """The job that waits or runs now, if any."""
        for row in store.list_jobs(self.database, 20):
            if row.state in ("queued", "running"):
                return row.name
        return None


def _csv(rows: Iterable[Sequence[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, quoting=csv.QUOTE_ALL).writerows([safe_cell(cell) for cell in row] for row in rows)
    return lines.getvalue()


def system_user() -> str:
    """Who the system says is working here."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "someone"


def instant(us: int) -> str:
    """Microseconds since 1970 as ISO text in UTC."""
    return datetime.fromtimestamp(us / 1e6, tz=UTC).isoformat(timespec="seconds")


def _draft_row(row: studio.Draft) -> dict[str, Any]:
    saved = row.at.isoformat(timespec="seconds") if row.revision else None
    return {"plan": row.plan, "base": row.base, "revision": row.revision, "author": row.author, "saved_at": saved}


def _version_row(row: planning.Version) -> dict[str, Any]:
    return {
        "number": row.number,
        "parent": row.parent,
        "author": row.author,
        "at": row.at.isoformat(timespec="seconds"),
        "hash": row.hash,
        "in_force_from": row.in_force_from.isoformat(timespec="seconds") if row.in_force_from else None,
        "note": row.note,
    }
