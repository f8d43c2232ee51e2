"""Rules that depend on event, channel and source alone, as tables over their codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirelines.map.kernel import kernel
from desirelines.model.automaton import CONTESTED, UNCLAIMED
from desirelines.plan import EventRule, Plan, in_order

BY_TABLE = -1
"""The event's touchpoint depends on channel or source."""
BY_ROW = -2
"""The event's touchpoint depends on a property, so it stands in the lake."""


@dataclass(frozen=True)
class Lookup:
    """event code → touchpoint code, or BY_TABLE, or BY_ROW; `table` [place of the event, channel, source] → code."""

    base: NDArray[np.int32]
    place: NDArray[np.int32]
    table: NDArray[np.uint32]
    by_row: tuple[str, ...]
    """Events whose rules ask for properties."""
    contested: dict[str, tuple[str, ...]]

    def codes(
        self, event: NDArray[Any], channel: NDArray[Any], source: NDArray[Any], rows: NDArray[Any], ref: NDArray[np.int64]
    ) -> NDArray[np.uint32]:
        """Touchpoint code per event. `rows`: codes per lake row, `ref`: the row of each event (both empty without BY_ROW)."""
        found = np.empty(len(event), dtype=np.uint32)
        _apply(event, channel, source, self.base, self.place, self.table, rows, ref, found)
        return found


def look_up(plan: Plan, events: Sequence[str], channels: Sequence[str], sources: Sequence[str]) -> Lookup:
    """Compile the touchpoints' rules over these codes (channels[0] stands for none)."""
    rules: dict[str, list[tuple[int, str, EventRule]]] = {}
    for code, touchpoint in enumerate(in_order(plan.touchpoints)):
        for rule in touchpoint.rule:
            rules.setdefault(rule.event, []).append((code, touchpoint.id, rule))
    base = np.full(len(events), UNCLAIMED, dtype=np.int32)
    place = np.zeros(len(events), dtype=np.int32)
    tables: list[NDArray[np.uint32]] = []
    contested: dict[str, tuple[str, ...]] = {}
    by_row = tuple(sorted(name for name, mine in rules.items() if any(rule.where for _, _, rule in mine)))
    for event, name in enumerate(events):
        mine = rules.get(name, [])
        if name in by_row:
            base[event] = BY_ROW
        elif any(rule.channel is not None or rule.source is not None for _, _, rule in mine):
            base[event], place[event] = BY_TABLE, len(tables)
            tables.append(_table(mine, channels, sources))
        elif mine:
            codes = {code for code, _, _ in mine}
            base[event] = codes.pop() if len(codes) == 1 else CONTESTED
        if base[event] == CONTESTED or (base[event] == BY_TABLE and (tables[-1] == CONTESTED).any()):
            contested[name] = tuple(dict.fromkeys(touchpoint for _, touchpoint, _ in mine))
    empty = np.full((1, max(1, len(channels)), max(1, len(sources))), UNCLAIMED, dtype=np.uint32)
    return Lookup(base, place, np.stack(tables) if tables else empty, by_row, contested)


def _table(mine: list[tuple[int, str, EventRule]], channels: Sequence[str], sources: Sequence[str]) -> NDArray[np.uint32]:
    table = np.full((len(channels), len(sources)), UNCLAIMED, dtype=np.uint32)
    channel_names, source_names = np.array(channels, dtype=object), np.array(sources, dtype=object)
    for code, _, rule in mine:
        of_channel = np.ones(len(channels), np.bool_) if rule.channel is None else channel_names == rule.channel
        if rule.channel is not None and len(channels):
            of_channel[0] = False
        of_source = np.ones(len(sources), np.bool_) if rule.source is None else source_names == rule.source
        claimed = np.ix_(of_channel, of_source)
        there = table[claimed]
        table[claimed] = np.where((there == UNCLAIMED) | (there == code), code, CONTESTED)
    return table


@kernel
def _apply(event: Any, channel: Any, source: Any, base: Any, place: Any, table: Any, rows: Any, ref: Any, found: Any) -> None:
    for i in range(event.size):
        code = base[event[i]]
        if code >= 0:
            found[i] = code
        elif code == -1:
            found[i] = table[place[event[i]], channel[i], source[i]]
        else:
            found[i] = rows[ref[i]]
