"""The keeper: holds a workspace's lease and runs its named jobs, one after another."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from desirelines.errors import BadInput, Conflict, DesirelinesError, NotAllowed, NotFound, Unavailable
from desirelines.home import Home
from desirelines.model.progress import Progress
from desirelines.simulate import demo_files
from desirelines.store import JobRow, cancel, claim, enqueue, fail_running, finish, get_job, release, renew, take
from desirelines.store import progress as say_progress
from desirelines.workspace import Workspace

LEASE = "keeper"
LEASE_SECONDS = 20.0
log = logging.getLogger("desirelines")

Job = Callable[[Home, Workspace, dict[str, Any], Progress], dict[str, Any]]


class Cancelled(Exception):
    """Raised out of a listener to end the work."""


def _import(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    receipt = workspace.import_file(given["source"], Path(given["path"]), progress, given.get("name"))
    workspace.refresh(progress)
    return asdict(receipt)


def _repair(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    receipt = workspace.repair(given["source"], progress)
    workspace.refresh(progress)
    return asdict(receipt)


def _demo(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    files = demo_files(given["demo"], workspace.folder / "demo", progress)
    for source, path in files.sources:
        workspace.import_file(workspace.adopt_source(source), path, progress)
    if workspace.plan_number() == 0:
        workspace.import_plan(files.plan.read_bytes(), files.plan.name)
        workspace.publish_draft(workspace.draft()["base"], "The demo's plan")
    workspace.refresh(progress)
    return {"workspace": workspace.name}


def _refresh(home: Home, workspace: Workspace, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    workspace.refresh(progress)
    return {}


JOBS: dict[str, Job] = {"import": _import, "repair": _repair, "demo": _demo, "refresh": _refresh}


def order(home: Home, workspace: Workspace, name: str, given: dict[str, Any]) -> str:
    """Queue a job for the keeper; answers its id."""
    return enqueue(workspace.database, name, given).id


def run_one(home: Home, workspace: Workspace, name: str, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Do a job here and now, or let the keeper do it if one lives, and wait."""
    return run_or_queue(home, workspace, name, given, progress)


def run_or_queue(home: Home, workspace: Workspace, name: str, given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The job's result. The keeper's lease decides who works, so that never two do."""
    try:
        with _held(workspace):
            return JOBS[name](home, workspace, given, progress)
    except Conflict as error:
        if error.code != "lease_held":
            raise
    return _wait(workspace, order(home, workspace, name, given), progress)


def _wait(workspace: Workspace, job_id: str, progress: Progress) -> dict[str, Any]:
    while True:
        row = get_job(workspace.database, job_id)
        if row.state == "done":
            return dict(row.result or {})
        if row.state in ("failed", "cancelled"):
            raise _error_of(row)
        try:
            progress(row.stage or "waiting for the keeper", row.share)
        except BaseException:
            cancel(workspace.database, job_id)
            raise
        time.sleep(0.2)


def _error_of(row: JobRow) -> DesirelinesError:
    error = dict(row.error or {"code": "cancelled", "message": "the job was cancelled"})
    kinds = {kind.code: kind for kind in (BadInput, NotAllowed, NotFound, Conflict, Unavailable)}
    return kinds.get(error["code"], BadInput)(error["message"], hint=error.get("hint", ""), code=error["code"])


def me() -> str:
    """Who holds a lease: this process on this machine."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


@contextmanager
def _held(workspace: Workspace) -> Iterator[None]:
    """Hold the keeper's lease, renewing it in the background. Raises Conflict (`lease_held`) when another does."""
    lease = take(workspace.database, LEASE, me(), LEASE_SECONDS)
    done = threading.Event()

    def beat() -> None:
        while not done.wait(LEASE_SECONDS / 4):
            try:
                renew(workspace.database, lease, LEASE_SECONDS)
            except DesirelinesError:
                return

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        release(workspace.database, lease)


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
    workspace = home.open(name)
    while not stop.is_set():
        try:
            with _held(workspace):
                fail_running(workspace.database, "the process that ran this ended")
                workspace.recover()
                while not stop.is_set():
                    job = claim(workspace.database)
                    if job is None:
                        stop.wait(home.settings.job_poll_seconds)
                    else:
                        _run(home, workspace, job)
        except Conflict:
            stop.wait(2.0)
        except DesirelinesError as error:
            log.warning("%s: %s", name, error.message)
            stop.wait(5.0)


def _run(home: Home, workspace: Workspace, job: JobRow) -> None:
    database = workspace.database
    try:
        result = JOBS[job.name](home, workspace, dict(job.arguments), _Reporter(workspace, job.id))
        finish(database, job.id, "done", result)
    except Cancelled:
        finish(database, job.id, "cancelled")
    except DesirelinesError as error:
        finish(database, job.id, "failed", None, {"code": error.code, "message": error.message, "hint": error.hint})
    except Exception:
        log.exception("job %s failed", job.name)
        finish(
            database, job.id, "failed", None, {"code": "bug", "message": "something went wrong; the log says what", "hint": ""}
        )


class _Reporter:
    """Writes progress into the job's row, a few times a second at most."""

    def __init__(self, workspace: Workspace, job_id: str) -> None:
        self.workspace = workspace
        self.job_id = job_id
        self.stage = ""
        self.next_at = 0.0

    def __call__(self, stage: str, share: float) -> None:
        now = time.monotonic()
        if stage == self.stage and now < self.next_at:
            return
        self.stage, self.next_at = stage, now + 0.25
        if say_progress(self.workspace.database, self.job_id, stage, share):
            raise Cancelled
