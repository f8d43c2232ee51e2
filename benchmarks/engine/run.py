"""Every job, round by round: one pass of numpy.sum over the columns, our kernel, then each peer, so that load falls on all alike.

Answers are held equal before anything is timed. A peer that fails or is absent is said so in its place.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from math import inf, isclose
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import numpy as np
from harness import machine

from desirelines.trace import Part, threads, warm
from engine.drawn import SAMPLE, drawn
from engine.events import Columns, columns, parts
from engine.jobs import JOBS, Job
from engine.peer import ALL, Peer, environment

Rows = Sequence[Sequence[float]]


class Taken(NamedTuple):
    wall: float
    processor: float


def main() -> None:
    given = _arguments()
    jobs = {name: JOBS[name] for name in given.jobs}
    of = columns(given.folder / "engine", given.events)
    warm()
    over = parts(of)
    peers = _peers(given, of.folder)
    loads = [round(os.getloadavg()[0], 1)]
    rows = [_measured(name, job, over, of, peers, given.rounds) for name, job in jobs.items()]
    loads.append(round(os.getloadavg()[0], 1))
    for peer in peers:
        peer.close()
    _tell(rows, [peer.name for peer in peers])
    told = {"events": len(of.at), "journeys": len(of.customer), "buckets": len(over), "threads": threads(), "load": loads}
    print(json.dumps({"benchmark": "engine", "machine": machine(), **told, "rows": rows}))
    if not all(row["equal"] for row in rows):
        sys.exit("answers differ")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="the journey engine against its peers")
    parser.add_argument("--events", type=int, default=50_000_000, help="how many events, about")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side is run")
    parser.add_argument("--folder", type=Path, default=Path(".make/bench"), help="columns and the peers' environment; it is kept")
    parser.add_argument("--jobs", nargs="+", default=list(JOBS), choices=list(JOBS), metavar="JOB", help=", ".join(JOBS))
    parser.add_argument("--peers", nargs="*", default=list(ALL), choices=list(ALL), help="default: all; none: only our own")
    return parser.parse_args()


def _peers(given: argparse.Namespace, folder: Path) -> list[Peer]:
    """The peers that any of the jobs wants, with the columns in them."""
    wanted = [name for name in given.peers if any(name in JOBS[job].peers for job in given.jobs)]
    python = environment(given.folder) if wanted else Path()
    plan = drawn()
    moves = zip(
        plan.origin.tolist(), plan.target.tolist(), (plan.positions[place].symbol for place in plan.position), strict=True
    )
    told = {"states": plan.state_count, "end": plan.state_count - 1, "moves": list(moves), "sample": SAMPLE}
    (folder / "plan.json").write_text(json.dumps(told), encoding="utf-8")
    found = [Peer(name, python) for name in wanted]
    for peer in found:
        answer = peer.asked(do="load", folder=str(folder.resolve()), loose="sessions" in given.jobs)
        peer.failure = answer.get("error", "")
    return found


def _measured(name: str, job: Job, over: list[Part], of: Columns, peers: list[Peer], rounds: int) -> dict[str, Any]:
    """One row: medians of the rounds, and whether all answers are equal."""
    given = job.prepare(over)
    ours = job.rows(job.work(given, of))
    ways: dict[str, dict[str, Any]] = {}
    for peer in peers:
        if peer.name in job.peers:
            ways[peer.name] = {"error": peer.failure} if peer.failure else peer.asked(do="try", job=name)
    asked = [peer for peer in peers if "rows" in ways.get(peer.name, {})]
    taken: dict[str, list[Taken]] = {side: [] for side in ("limit", "kernel", *(peer.name for peer in asked))}
    scale = len(of.at) / job.sample(of) if job.sample else 1.0
    for _ in range(rounds):
        taken["limit"].append(spent(lambda: limit(over)))
        taken["kernel"].append(spent(lambda: job.work(given, of)))
        for peer in asked:
            found = peer.asked(do="run", job=name)
            taken[peer.name].append(Taken(scale * found.get("wall", inf), scale * found.get("processor", inf)))
    took = {side: Taken(*(median(column) for column in zip(*rows, strict=True))) for side, rows in taken.items()}
    told = {peer: _beside(way, took.get(peer), took["kernel"], ours) for peer, way in ways.items()}
    best = min((one for one in told.values() if one.get("equal")), key=lambda one: one["times"], default={})
    return {
        "job": name, "title": job.title, "seconds": took["kernel"].wall, "processor": took["kernel"].processor,
        "limit_seconds": took["limit"].wall, "limits": took["kernel"].wall / took["limit"].wall,
        "limits_processor": took["kernel"].processor / threads() / took["limit"].processor, "limits_bar": job.limits,
        "million_a_second": len(of.at) / took["kernel"].wall / 1e6, "million_a_second_bar": job.million_a_second,
        "million_a_second_processor": len(of.at) * threads() / took["kernel"].processor / 1e6,
        "ahead": best.get("times"), "ahead_processor": best.get("times_processor"), "ahead_bar": job.ahead,
        "equal": all(one.get("equal", True) for one in told.values()), "peers": told,
    }  # fmt: skip


def _beside(way: dict[str, Any], took: Taken | None, kernel: Taken, ours: Rows) -> dict[str, Any]:
    """What is told of one peer."""
    if took is None:
        return {"error": way["error"]}
    return {
        "seconds": took.wall, "processor": took.processor, "times": took.wall / kernel.wall,
        "times_processor": took.processor / kernel.processor, "way": way["way"], "equal": same(ours, sorted(way["rows"])),
    }  # fmt: skip


def spent(work: Callable[[], Any]) -> Taken:
    """Wall and processor seconds, of all threads."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Taken(time.perf_counter() - wall, time.process_time() - processor)


def limit(over: list[Part]) -> None:
    """One pass of numpy.sum, on one thread, over the codes and times of all buckets, read as 64-bit words."""
    for one in over:
        one.bucket.at.sum()
        one.codes[: len(one.codes) // 2 * 2].view(np.int64).sum()


def same(ours: Rows, theirs: Rows) -> bool:
    """Whole numbers equal, others to the ninth digit."""
    return len(ours) == len(theirs) and all(
        len(one) == len(other) and all(isclose(mine, its, rel_tol=1e-9) for mine, its in zip(one, other, strict=True))
        for one, other in zip(ours, theirs, strict=True)
    )


def _tell(rows: list[dict[str, Any]], names: list[str]) -> None:
    for title, end in (("wall", ""), ("processor, which other work on the machine moves less", "_processor")):
        print(
            f"{title}\n{'job':32}{'seconds':>9}{'× limit':>9}{'bar':>6}{'ahead':>8}{'bar':>6}"
            + "".join(f"{one:>10}" for one in names)
        )
        for row in rows:
            seconds = row["processor"] if end else row["seconds"]
            bar = f"{row['limits_bar']:g}" if row["limits_bar"] else "-"
            ahead = f"{row['ahead' + end]:.1f}" if row["ahead"] else "-"
            own = f"{seconds:9.3f}{row['limits' + end]:9.2f}{bar:>6}{ahead:>8}{row['ahead_bar']:>6g}"
            print(f"{row['title']:32}{own}" + "".join(f"{_cell(row['peers'].get(name), end):>10}" for name in names))
    for row in rows:
        if row["million_a_second_bar"]:
            wall, fair = row["million_a_second"], row["million_a_second_processor"]
            told = f"{wall:.1f} M events a second; by processor time on {threads()} threads {fair:.1f} M"
            print(f"  {row['title']}: {told}, at least {row['million_a_second_bar']:g}")
        for name, peer in row["peers"].items():
            print(f"  {row['title']}: {name}: " + (peer.get("error") or f"{peer['seconds']:.3f} s, {peer['way']}"))


def _cell(peer: dict[str, Any] | None, end: str) -> str:
    if peer is None:
        return ""
    if "error" in peer:
        return "failed"
    return f"{peer['times' + end]:.1f} ×" if peer["equal"] else "DIFFERS"
