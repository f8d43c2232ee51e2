"""What happened in one chunk of people, before any silo writes it down."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from desirelines.simulate.world.people import Flags, Ints

NEVER = -1
"""An instant that did not come before the data end; also an order or a cookie that is not there."""


@dataclass
class Book:
    """Events by name, each as arrays of one length: `person` (in the chunk), `at` (UTC seconds) and what else its silo keeps."""

    begin: int
    end: int
    events: dict[str, list[dict[str, Ints]]] = field(default_factory=dict)

    def write(self, event: str, person: Ints, at: Ints, **columns: Ints) -> Flags:
        """Keep what happened between begin and end; answers which rows that were."""
        kept = (at >= self.begin) & (at < self.end)
        row = {"person": person[kept], "at": at[kept], **{name: values[kept] for name, values in columns.items()}}
        self.events.setdefault(event, []).append(row)
        return kept

    def read(self, *events: str) -> dict[str, Ints]:
        """The rows of these events one after the other, with `event` the place of each one's name; by time."""
        parts = [(place, row) for place, event in enumerate(events) for row in self.events.get(event, [])]
        if not parts:
            return {"event": _none(), "person": _none(), "at": _none()}
        names = list(dict.fromkeys(name for _, row in parts for name in row))
        missing = [(place, {name: row.get(name, np.full(len(row["at"]), NEVER)) for name in names}) for place, row in parts]
        whole = {name: np.concatenate([row[name] for _, row in missing]) for name in names}
        whole["event"] = np.concatenate([np.full(len(row["at"]), place) for place, row in missing])
        by_time = np.argsort(whole["at"], kind="stable")
        return {name: values[by_time] for name, values in whole.items()}


def _none() -> Ints:
    return np.empty(0, dtype=np.int64)
