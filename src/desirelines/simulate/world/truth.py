"""What is true of a world, as the file `truth.json`, and who everybody is, as `truth.parquet`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from desirelines.simulate.world import people, planted
from desirelines.simulate.world.people import SLOTS, Flags, Ints, People
from desirelines.simulate.world.tally import EVENTS, Tally
from desirelines.simulate.world.writers import Rows

_SCHEMA = pa.schema([("kind", pa.string()), ("value", pa.string()), ("person", pa.int64())])


class Identifiers(Rows):
    """The file that says which person every identifier in the silos truly points to."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, _SCHEMA)

    def note(self, kind: str, values: pa.Array, person: Ints) -> None:
        self.add(pa.table([pa.repeat(kind, len(values)), values, pa.array(person)], schema=_SCHEMA))

    def note_chunk(self, chunk: People, core: Flags, used: Flags, handles: Flags, numbers: Ints, buyers: Ints) -> None:
        """All identifiers of a chunk: `numbers` and `buyers` are its orders and who (in the chunk) placed them."""
        known = chunk.base + np.flatnonzero(core)
        slots = chunk.base * SLOTS + np.flatnonzero(used)
        carded = chunk.base + np.flatnonzero(core & chunk.has_card)
        social = chunk.base + np.flatnonzero(handles)
        self.note("cookie", people.cookie(slots), slots // SLOTS)
        self.note("email", people.email(known), known)
        self.note("phone", people.phone(known), known)
        self.note("customer_no", people.customer_number(known), known)
        self.note("card", people.card(carded), carded)
        self.note("handle", people.handle(social), social)
        self.note("order_no", people.order(numbers), chunk.base + buyers)


def truth(
    tally: Tally, seed: int, count: int, refused: Mapping[str, Mapping[str, int]], figures: Mapping[str, float], seen: int,
    scores: Sequence[int],
) -> dict[str, object]:  # fmt: skip
    """Everything planted and everything counted, ready for JSON."""
    return {
        "simulated": True,
        "brand": planted.BRAND,
        "seed": seed,
        "zone": planted.ZONE,
        "first_on": planted.FIRST_ON.isoformat(),
        "last_on": planted.LAST_ON.isoformat(),
        "people_drawn": count,
        "people_with_events": tally.people,
        "customers_joined": tally.customers,
        "events_total": sum(tally.events.values()),
        "events": _nested(tally.events),
        "events_of_nobody": dict(tally.nobody),
        "duplicate_rows": dict(tally.duplicates),
        "refused": refused,
        "promise": _promise(tally),
        "ripple": _ripple(tally),
        "desire_lines": {"back_rate": planted.BACK_RATE, "wait_call_rate": planted.WAIT_CALL_RATE},
        "event_order": list(EVENTS),
        "ways": _ways(tally),
        "silent": _silent(tally),
        "unclaimed": planted.UNCLAIMED_EVENT,
        "identity": {
            "placeholder_cookies": list(planted.PLACEHOLDER_COOKIES),
            "events_with_placeholder_cookie": tally.placeholder_cookies,
            "placeholder_phone": planted.PLACEHOLDER_PHONE,
            "calls_with_placeholder_phone": tally.hidden_phones,
            "shared_email": planted.SHARED_EMAIL,
            "orders_with_shared_email": tally.shared_orders,
        },
        "figures": figures,
        "observations": seen,
        "survey_scores": list(scores),
    }


def _nested(events: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for (source, event), count in events.items():
        found.setdefault(source, {})[event] = count
    return found


def _promise(tally: Tally) -> dict[str, object]:
    cells = {}
    for region in planted.REGIONS:
        for when in ("before", "after"):
            kept, broken = tally.promises[region, when, True], tally.promises[region, when, False]
            struck = region == planted.GLITCH_REGION and when == "after"
            rate = planted.GLITCH_RATE if struck else planted.KEPT_RATE[region]
            cells[f"{region} {when}"] = {"planted_rate": rate, "judged": kept + broken, "kept": kept}
    kept, broken = (sum(n for (_, _, good), n in tally.promises.items() if good is wanted) for wanted in (True, False))
    return {"glitch_on": planted.GLITCH_ON.isoformat(), "region": planted.GLITCH_REGION, "judged": kept + broken, "kept": kept,
            "cells": cells}  # fmt: skip


def _ripple(tally: Tally) -> dict[str, object]:
    found: dict[str, object] = {"window_days": 3}
    for name, late in (("late", True), ("on time", False)):
        called, quiet = tally.ripple[late, True], tally.ripple[late, False]
        stars = {str(star): tally.stars[late, star] for star in range(1, 6)}
        counted = {"delivered": called + quiet, "called": called, "stars": stars}
        found[name] = counted | {"planted_call_rate": planted.CALL_RATE[name], "planted_stars": list(planted.STARS[name])}
    return found


def _ways(tally: Tally) -> list[list[object]]:
    origin, target = np.nonzero(tally.ways)
    return [[EVENTS[a], EVENTS[b], int(tally.ways[a, b])] for a, b in zip(origin.tolist(), target.tolist(), strict=True)]


def _silent(tally: Tally) -> dict[str, object]:
    last = datetime.fromtimestamp(tally.silent_last_at, UTC).isoformat() if tally.silent_last_at else None
    return {"event": planted.SILENT_EVENT, "from": planted.SILENT_FROM.isoformat(), "last_at": last}
