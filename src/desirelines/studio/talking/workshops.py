"""Workshops over a map: opened, joined, led from round to round, ended. All state is rows, so a server may die in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from desirelines import store
from desirelines.errors import BadInput, Conflict, NotAllowed, NotFound
from desirelines.plan import Plan
from desirelines.store import Row, Turn
from desirelines.studio.talking.agenda import Agenda, Clock, Round, WorkshopRow
from desirelines.studio.talking.changing import journey_named
from desirelines.studio.talking.naming import GONE, about_map
from desirelines.studio.talking.speaking import Speaker, digest, instant, may_hear

KIND = "workshop"
SEAT = "seat"
MORE_SECONDS = 60
Act = Literal["pause", "go", "more"]


@dataclass(frozen=True)
class Sitting:
    """A workshop's row, read inside a transaction."""

    row: Row
    agenda: Agenda

    @property
    def round(self) -> Round:
        at: int = self.row.document["at"]
        return self.agenda.rounds[at]

    @property
    def ended(self) -> bool:
        return self.row.document["ended_at"] is not None

    @property
    def silent(self) -> bool:
        """Notes of this stretch of writing are each writer's own."""
        return self.round.kind == "write" and not self.ended

    @property
    def voting(self) -> bool:
        return self.round.kind == "vote" and not self.ended

    @property
    def about(self) -> str:
        """What notes, groups, seats and votes are about."""
        return about_workshop(self.row.id)


def about_workshop(workshop: str) -> str:
    return f"workshop:{workshop}"


def seat_id(workshop: str, speaker: Speaker) -> str:
    """One per person and workshop: of their seat, their ballot, and the mark on their notes."""
    return digest("seat", workshop, speaker.id)


def open_workshop(database: store.Database, speaker: Speaker, plan: Plan, journey: str, agenda: Agenda) -> str:
    """Open one; whoever opens leads. One at a time over a map. Answers its id."""
    may_hear(speaker, journey)
    journey_named(plan, journey)
    workshop = store.new_row_id()
    document = {
        "agenda": agenda.model_dump(mode="json"), "leader": speaker.id, "led_by": speaker.name, "at": 0, "silence": 0,
        "left_us": agenda.rounds[0].minutes * 60_000_000, "ends_us": None, "ended_at": None,
    }  # fmt: skip
    with store.turn(database) as turn:
        if any(row.document["ended_at"] is None for row in turn.list(KIND, about_map(journey))):
            raise Conflict("a workshop is open over this map already", hint="join it, or end it first", code="workshop_open")
        turn.put(KIND, workshop, document, speaker.name, about_map(journey))
        _sit(turn, workshop, speaker)
    return workshop


def join(database: store.Database, speaker: Speaker, workshop: str) -> None:
    """Take a seat; whoever comes back sits where they sat."""
    with store.turn(database) as turn:
        running(turn, workshop, speaker)
        _sit(turn, workshop, speaker)


def lead(database: store.Database, speaker: Speaker, workshop: str) -> None:
    """Take over the lead, as when who led has dropped out. For who may edit."""
    if not speaker.edits:
        raise NotAllowed("only who may edit the map may lead")
    _change(database, speaker, workshop, lambda old: {**old, "leader": speaker.id, "led_by": speaker.name}, anyone=True)


def go_to(database: store.Database, speaker: Speaker, workshop: str, at: int) -> None:
    """To a round, before or after this one; its time begins now. Leaving silent writing shows the notes."""

    def change(old: dict[str, Any]) -> dict[str, Any]:
        rounds = Agenda.model_validate(old["agenda"]).rounds
        if not 0 <= at < len(rounds):
            raise BadInput(f"the agenda has rounds 0 to {len(rounds) - 1}")
        begins = rounds[at].kind == "write" and rounds[old["at"]].kind != "write"
        ends = store.now_us() + rounds[at].minutes * 60_000_000
        return {**old, "at": at, "silence": old["silence"] + begins, "ends_us": ends, "left_us": None}

    _change(database, speaker, workshop, change)


def wind(database: store.Database, speaker: Speaker, workshop: str, act: Act) -> None:
    """The clock: let it go, hold it, or give a minute more (from now, when the time was over)."""

    def change(old: dict[str, Any]) -> dict[str, Any]:
        now, ends = store.now_us(), old["ends_us"]
        if act == "more":
            more = MORE_SECONDS * 1_000_000
            return {**old, "left_us": old["left_us"] + more} if ends is None else {**old, "ends_us": max(ends, now) + more}
        if act == "pause":
            return old if ends is None else {**old, "ends_us": None, "left_us": max(0, ends - now)}
        return old if ends is not None else {**old, "ends_us": now + old["left_us"], "left_us": None}

    _change(database, speaker, workshop, change)


def end(database: store.Database, speaker: Speaker, workshop: str) -> None:
    """Close it for good; its report stays."""
    _change(database, speaker, workshop, lambda old: {**old, "ended_at": store.now_us(), "ends_us": None, "left_us": 0})


def listed(database: store.Database, speaker: Speaker, journey: str) -> list[WorkshopRow]:
    """The workshops of a map, the newest first."""
    may_hear(speaker, journey)
    return [_row(database, row) for row in reversed(store.list_rows(database, KIND, about_map(journey)))]


def clock_of(document: Any) -> Clock:
    """Where the time stands, now."""
    now, ends = store.now_us(), document["ends_us"]
    left = document["left_us"] if ends is None else ends - now
    return Clock(now_at=instant(now), left_seconds=round(left / 1e6, 3), running=ends is not None)


def sitting(row: Row | None, workshop: str, speaker: Speaker) -> Sitting:
    """A workshop that the speaker may know of. Raises NotFound."""
    if row is None or (speaker.guest_of is not None and row.about != about_map(speaker.guest_of)):
        raise NotFound(f"there is no workshop `{workshop[:64]}`", hint=GONE)
    return Sitting(row, Agenda.model_validate(row.document["agenda"]))


def running(turn: Turn, workshop: str, speaker: Speaker) -> Sitting:
    """A workshop that has not ended. Raises NotFound, Conflict."""
    found = sitting(turn.get(KIND, workshop), workshop, speaker)
    if found.ended:
        raise Conflict("this workshop has ended", hint="its report stays", code="workshop_ended")
    return found


def seated(turn: Turn, workshop: str, speaker: Speaker) -> Sitting:
    """A running workshop; whoever writes or votes in it has a seat from then on."""
    found = running(turn, workshop, speaker)
    _sit(turn, workshop, speaker)
    return found


def _sit(turn: Turn, workshop: str, speaker: Speaker) -> None:
    seat = seat_id(workshop, speaker)
    old = turn.get(SEAT, seat)
    if old is None or old.document["name"] != speaker.name:
        turn.put(SEAT, seat, {"name": speaker.name}, speaker.name, about_workshop(workshop))


def _change(
    database: store.Database,
    speaker: Speaker,
    workshop: str,
    change: Callable[[dict[str, Any]], dict[str, Any]],
    anyone: bool = False,
) -> None:
    with store.turn(database) as turn:
        row = running(turn, workshop, speaker).row
        if row.document["leader"] != speaker.id and not anyone:
            raise NotAllowed(
                f"{row.document['led_by']} leads this workshop", hint="who may edit can take over", code="not_leading"
            )
        turn.put(KIND, workshop, change(dict(row.document)), row.author, row.about)


def _row(database: store.Database, row: Row) -> WorkshopRow:
    ended = row.document["ended_at"]
    return WorkshopRow(
        id=row.id,
        title=row.document["agenda"]["title"],
        opened_at=instant(row.made_at_us),
        ended_at=instant(ended) if ended else None,
        led_by=row.document["led_by"],
        people=len(store.list_rows(database, SEAT, about_workshop(row.id))),
        notes=len(store.list_rows(database, "note", about_workshop(row.id))),
    )
