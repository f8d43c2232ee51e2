"""The keeper: holds a workspace's lease and runs its named jobs, one after another."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desirelines.errors import BadInput, Conflict, DesirelinesError, Fault, NotAllowed, NotFound, TooLarge, Unavailable
from desirelines.home import Home
from desirelines.model.progress import Progress
from desirelines.simulate import demo_files
from desirelines.store import JobRow, cancel, claim, enqueue, fail_running, finish, get_job, held
from desirelines.store import progress as say_progress
from desirelines.workspace import Workspace

LEASE = "keeper"
LEASE_SECONDS = 20.0
LOOK_SECONDS = 0.3
DIED = "the process that ran this ended"
log = logging.getLogger("desirelines")

Job = Callable[[Home, Workspace, dict[str, Any], Progress], dict[str, Any]]


class Cancelled(Exception):
    """Raised out of a listener to end the work: somebody asked for it."""


class Stopped(Exception):
    """Raised out of a listener to end the work: the keeper ends."""


def _import(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    receipt = workspace.import_file(given["source"], Path(given["path"]), progress, given.get("name"))
    _prepare(workspace, progress)
    return asdict(receipt)


def _prepare(workspace: Workspace, progress: Progress) -> None:
    """Make what pages will ask for. What was brought in is in by now: whatever ends this does not undo it."""
    try:
        workspace.refresh(progress)
    except (Cancelled, Stopped):
        return
    except DesirelinesError as error:
        log.warning("%s: nothing is prepared ahead: %s", workspace.name, error.message)


def _repair(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    receipt = workspace.repair(given["source"], progress)
    _prepare(workspace, progress)
    return asdict(receipt)


def _demo(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    files = demo_files(given["demo"], workspace.folder / "demo", progress)
    for source, path in files.sources:
        workspace.import_file(workspace.adopt_source(source), path, progress)
    if workspace.plan_number() == 0:
        workspace.import_plan(files.plan.read_bytes(), files.plan.name)
        workspace.publish_draft(workspace.draft()["base"], "The demo's plan")
    _prepare(workspace, progress)
    return {"workspace": workspace.name}


def _refresh(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    workspace.refresh(progress)
    return {}


JOBS: dict[str, Job] = {"import": _import, "repair": _repair, "demo": _demo, "refresh": _refresh}


def order(home: Home, workspace: Workspace, name: str, given: dict[str, Any]) -> str:
    """Queue a job for the keeper; answers its id."""
    return enqueue(workspace.database, name, given).id


def run_or_queue(home: Home, workspace: Workspace, name: str, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job's result: done here and now, or by the keeper if one lives. Its lease decides who works: never two at once.

    Who holds the lease may be another command line, which runs no jobs but its own: so each look at the queued job
    begins with a try to take the lease.
    """
    job_id = ""
    try:
        while True:
            with _free(workspace) as mine:
                if mine and not (job_id and _ended(workspace, job_id)):
                    fail_running(workspace.database, DIED)
                    return JOBS[name](home, workspace, given, progress)
            job_id = job_id or order(home, workspace, name, given)
            row = get_job(workspace.database, job_id)
            if row.state == "done":
                return dict(row.result or {})
            if row.state in ("failed", "cancelled"):
                raise _error_of(row)
            progress(row.stage or "waiting for the keeper", row.share)
            time.sleep(LOOK_SECONDS)
    except BaseException:
        if job_id:
            cancel(workspace.database, job_id)
        raise


@contextmanager
def _free(workspace: Workspace) -> Iterator[bool]:
    """Hold the keeper's lease and answer True, or False when somebody else holds it."""
    with ExitStack() as stack:
        try:
            stack.enter_context(held(workspace.database, LEASE, LEASE_SECONDS))
        except Conflict:
            yield False
        else:
            yield True


def _ended(workspace: Workspace, job_id: str) -> bool:
    """Under the lease: True when the job has been done by somebody; otherwise nobody will do it any more."""
    return cancel(workspace.database, job_id).state in ("done", "failed")


def _error_of(row: JobRow) -> DesirelinesError:
    error = dict(row.error or {"code": "cancelled", "message": "the job was cancelled"})
    kinds = {kind.status: kind for kind in (BadInput, NotAllowed, NotFound, Conflict, TooLarge, Unavailable)}
    faults = tuple(Fault(**fault) for fault in error.get("faults", ()))
    kind = kinds.get(error.get("status", 0), Conflict)
    return kind(error["message"], hint=error.get("hint", ""), code=error["code"], faults=faults)


def _told(error: DesirelinesError) -> dict[str, Any]:
    """The error as a job's row keeps it."""
    faults = [{name: getattr(fault, name) for name in ("message", "file", "line", "path", "hint")} for fault in error.faults]
    return {"status": error.status, "code": error.code, "message": error.message, "hint": error.hint, "faults": faults}


def keep(home: Home, stop: threading.Event) -> None:
    """Run every workspace's queued jobs until told to stop. One thread a workspace, so that brands do not wait for each other."""
    threads: dict[str, threading.Thread] = {}
    while not stop.is_set():
        for name in home.names():
            if name not in threads or not threads[name].is_alive():
                threads[name] = threading.Thread(target=_keep_workspace, args=(home, name, stop), daemon=True)
                threads[name].start()
        stop.wait(1.0)
    for thread in threads.values():
        thread.join(timeout=10)


def _keep_workspace(home: Home, name: str, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            workspace = home.open(name)
            with held(workspace.database, LEASE, LEASE_SECONDS):
                fail_running(workspace.database, DIED)
                workspace.recover()
                _work(home, workspace, stop)
        except Conflict:
            stop.wait(2.0)
        except DesirelinesError as error:
            log.warning("%s: %s", name, error.message)
            stop.wait(5.0)
        except Exception:
            log.exception("%s: the keeper begins again", name)
            stop.wait(5.0)


def _work(home: Home, workspace: Workspace, stop: threading.Event) -> None:
    while not stop.is_set():
        job = claim(workspace.database)
        if job is None:
            stop.wait(home.settings.job_poll_seconds)
        else:
            _run(home, workspace, job, stop)


def _run(home: Home, workspace: Workspace, job: JobRow, stop: threading.Event) -> None:
    database = workspace.database
    try:
        result = JOBS[job.name](home, workspace, dict(job.arguments), _Reporter(workspace, job.id, stop))
        finish(database, job.id, "done", result)
    except Cancelled:
        finish(database, job.id, "cancelled")
    except Stopped:
        finish(database, job.id, "failed", None, _told(Unavailable(DIED, hint="run it again")))
    except DesirelinesError as error:
        finish(database, job.id, "failed", None, _told(error))
    except Exception:
        log.exception("job %s failed", job.name)
        finish(database, job.id, "failed", None, _told(DesirelinesError("something went wrong; the log says what", code="bug")))


class _Reporter:
    """Writes progress into the job's row, a few times a second at most."""

    def __init__(self, workspace: Workspace, job_id: str, stop: threading.Event) -> None:
        self.workspace = workspace
        self.job_id = job_id
        self.stop = stop
        self.stage = ""
        self.next_at = 0.0

    def __call__(self, stage: str, share: float) -> None:
        if self.stop.is_set():
            raise Stopped
        now = time.monotonic()
        if stage == self.stage and now < self.next_at:
            return
        self.stage, self.next_at = stage, now + 0.25
        if say_progress(self.workspace.database, self.job_id, stage, share):
            raise Cancelled
