"""What customers said or wrote in their own words, and what somebody noted at a touchpoint."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desirelines.measure.telling.stories import SPOKEN
from desirelines.store import Snapshot

_WORDS = re.compile(r"[a-z]+")
SHORTEST = 20
"""A single word says something from so many letters on."""


@dataclass(frozen=True)
class Verbatim:
    """Words with where they are from: of an event its source and name, of an observation who saw it and where.

    `n`: how often these very words came; `on`: the last time, UTC.
    """

    words: str
    kind: Literal["said", "seen"]
    source: str
    event: str | None
    touchpoint: str | None
    on: str
    n: int = 1


def verbatims(snapshot: Snapshot, find: str = "", events: Collection[str] | None = None, limit: int = 40) -> tuple[Verbatim, ...]:
    """The newest words that hold `find` (any case), at most `limit`; of these events only, where they are named."""
    spoken = [name for name in snapshot.columns("events") if name.startswith("text_") and SPOKEN & set(_WORDS.findall(name[5:]))]
    found = [one for column in spoken for one in _said(snapshot, column, find, events, limit)]
    if events is None and snapshot.count("observations"):
        found += _seen(snapshot, find, limit)
    return tuple(sorted(found, key=lambda one: (one.on, one.n, one.words), reverse=True)[:limit])


def _said(snapshot: Snapshot, column: str, find: str, events: Collection[str] | None, limit: int) -> list[Verbatim]:
    words = f'"{column.replace(chr(34), chr(34) * 2)}"'
    query = f"""SELECT trim({words}) AS words, arg_max(source, "at") AS source, arg_max(event, "at") AS event, max("at") AS at_,
        count(*) AS n FROM events
        WHERE {words} IS NOT NULL AND (contains({words}, ' ') OR length({words}) > ?) AND contains(lower({words}), lower(?))
        {"" if events is None else "AND event IN (SELECT unnest(?::VARCHAR[]))"} GROUP BY 1 ORDER BY at_ DESC, n DESC LIMIT ?"""
    given = [SHORTEST, find, *([] if events is None else [sorted(events)]), limit]
    rows = snapshot.sql(query, given).to_pylist()
    return [Verbatim(one["words"], "said", one["source"], one["event"], None, _day(one["at_"]), one["n"]) for one in rows]


def _seen(snapshot: Snapshot, find: str, limit: int) -> list[Verbatim]:
    rows = snapshot.sql(
        """SELECT note, observer, source, touchpoint, "at" FROM observations
        WHERE note IS NOT NULL AND note <> '' AND contains(lower(note), lower(?)) ORDER BY "at" DESC LIMIT ?""",
        [find, limit],
    ).to_pylist()
    return [
        Verbatim(row["note"].strip(), "seen", row["observer"] or row["source"], None, row["touchpoint"], _day(row["at"]))
        for row in rows
    ]


def _day(at: datetime) -> str:
    return at.date().isoformat()
