"""Named jobs that wait in the database until somebody runs them."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from desirelines.errors import NotFound
from desirelines.store.database.database import Database, now_us
from desirelines.store.database.schema import jobs


@dataclass(frozen=True)
class JobRow:
    """`state`: queued, running, done, failed or cancelled. `share` is 0 to 1. `error` has code, message and hint."""

    id: str
    name: str
    arguments: Mapping[str, Any]
    state: str
    stage: str
    share: float
    result: Any
    error: Mapping[str, Any] | None
    queued_at_us: int
    started_at_us: int | None
    finished_at_us: int | None
    cancel_requested: bool


def enqueue(database: Database, name: str, arguments: Mapping[str, Any]) -> JobRow:
    """Queue a job. `arguments` must be JSON."""
    job_id = uuid.uuid4().hex
    with database.writing() as connection:
        connection.execute(
            insert(jobs).values(
                id=job_id,
                name=name,
                arguments=json.dumps(arguments),
                state="queued",
                stage="",
                share=0.0,
                queued_at=now_us(),
                cancel_requested=False,
            )
        )
    return get_job(database, job_id)


def claim(database: Database) -> JobRow | None:
    """Take the oldest queued job; no two callers get the same."""
    with database.writing() as connection:
        oldest = select(jobs.c.id).where(jobs.c.state == "queued").order_by(jobs.c.queued_at, jobs.c.id).limit(1)
        job_id = connection.execute(oldest.with_for_update(skip_locked=True)).scalar_one_or_none()
        if job_id is None:
            return None
        connection.execute(update(jobs).where(jobs.c.id == job_id).values(state="running", started_at=now_us()))
    return get_job(database, job_id)


def progress(database: Database, job_id: str, stage: str, share: float) -> bool:
    """Say how far a job is. True: it shall stop."""
    with database.writing() as connection:
        connection.execute(update(jobs).where(_running(job_id)).values(stage=stage, share=min(1.0, max(0.0, share))))
        return bool(connection.execute(select(jobs.c.cancel_requested).where(jobs.c.id == job_id)).scalar_one_or_none())


def finish(database: Database, job_id: str, state: str, result: Any = None, error: Mapping[str, Any] | None = None) -> None:
    """End a running job as done, failed or cancelled. One that has ended stays as it ended."""
    values = {"result": json.dumps(result), "error": json.dumps(error) if error else None, "finished_at": now_us()}
    done = {"share": 1.0} if state == "done" else {}
    with database.writing() as connection:
        connection.execute(update(jobs).where(_running(job_id)).values(state=state, **values, **done))


def cancel(database: Database, job_id: str) -> JobRow:
    """Ask a job to stop; one that has not begun never does."""
    with database.writing() as connection:
        queued = (jobs.c.id == job_id) & (jobs.c.state == "queued")
        connection.execute(update(jobs).where(queued).values(state="cancelled", finished_at=now_us()))
        connection.execute(update(jobs).where(jobs.c.id == job_id).values(cancel_requested=True))
    return get_job(database, job_id)


def fail_running(database: Database, message: str) -> int:
    """End every job that a dead process left running. Returns how many."""
    error = json.dumps({"code": "unavailable", "message": message, "hint": "run it again"})
    with database.writing() as connection:
        ended = connection.execute(
            update(jobs).where(jobs.c.state == "running").values(state="failed", error=error, finished_at=now_us())
        )
        return int(ended.rowcount)


def get_job(database: Database, job_id: str) -> JobRow:
    """One job. Raises NotFound."""
    with database.reading() as connection:
        row = connection.execute(select(jobs).where(jobs.c.id == job_id)).one_or_none()
    if row is None:
        raise NotFound(f"there is no job {job_id!r}", hint="ordering one answers its id")
    return _row(row)


def list_jobs(database: Database, limit: int = 100) -> list[JobRow]:
    """Jobs, newest first."""
    with database.reading() as connection:
        rows = connection.execute(select(jobs).order_by(jobs.c.queued_at.desc(), jobs.c.id).limit(limit))
        return [_row(row) for row in rows]


def _running(job_id: str) -> Any:
    return (jobs.c.id == job_id) & (jobs.c.state == "running")


def _row(row: Any) -> JobRow:
    return JobRow(
        id=row.id,
        name=row.name,
        arguments=json.loads(row.arguments),
        state=row.state,
        stage=row.stage,
        share=row.share,
        result=json.loads(row.result) if row.result else None,
        error=json.loads(row.error) if row.error else None,
        queued_at_us=row.queued_at,
        started_at_us=row.started_at,
        finished_at_us=row.finished_at,
        cancel_requested=row.cancel_requested,
    )
