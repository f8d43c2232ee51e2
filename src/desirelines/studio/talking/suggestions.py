"""Suggestions: a change of the draft that somebody wishes and somebody else decides on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from desirelines import store
from desirelines.errors import Conflict, NotAllowed, NotFound
from desirelines.plan import Element, Plan
from desirelines.store import Row
from desirelines.studio.talking.changing import applied, before, journey_named, save
from desirelines.studio.talking.naming import GONE, about_map, elements, label, labels, map_of
from desirelines.studio.talking.nouns import NewElement, Proposal, Suggestion, SuggestionState
from desirelines.studio.talking.speaking import Speaker, instant, may_hear, plain

KIND = "suggestion"
LONGEST_REASON = 2_000
_PROPOSAL: TypeAdapter[Proposal] = TypeAdapter(Proposal)


def suggest(database: store.Database, speaker: Speaker, plan: Plan, journey: str, change: Proposal, reason: str) -> Suggestion:
    """Wish for a change. Raises what the change itself would raise, so that nobody waits for what cannot be."""
    may_hear(speaker, journey)
    drawn = journey_named(plan, journey)
    if isinstance(change, NewElement) and change.stage not in {one.id for one in drawn.stages}:
        raise NotFound(f"this map has no stage `{change.stage}`", hint=GONE, code="no_such_element")
    was = before(elements(plan), change)
    if applied(plan, change, "new") == plan:
        raise Conflict("this would change nothing", code="unchanged")
    document = {
        "account": speaker.id, "change": change.model_dump(mode="json"), "before": was, "on": _on(change, labels(plan)),
        "reason": plain(reason, LONGEST_REASON, "a suggestion’s reason") if reason.strip() else "", "state": "open",
    }  # fmt: skip
    row = store.put_row(database, KIND, store.new_row_id(), document, speaker.name, about_map(journey), 0)
    return told(row, speaker, elements(plan))


def accept(database: store.Database, speaker: Speaker, suggestion: str, now: str, word: str = "") -> Suggestion:
    """Do what was suggested. `now`: what the decider saw in its place; Conflict `stale` when it is something else by now.

    The draft is written before the suggestion is closed, and writing it twice is writing it once: whoever dies in between
    may accept again.
    """
    row = open_row(database, suggestion, speaker)
    change = _change(row)

    def write(plan: Plan) -> Plan:
        new = applied(plan, change, f"s-{row.id}")
        if new != plan and before(elements(plan), change) != now:
            raise Conflict("it changed meanwhile", hint="look at what it says now, then decide", code="stale")
        return new

    plan = save(database, f"{speaker.name}, suggested by {row.author}", write)
    return _decide(database, speaker, row, "accepted", word, plan)


def decline(database: store.Database, speaker: Speaker, suggestion: str, plan: Plan, word: str) -> Suggestion:
    """Say no, with a word why if one likes."""
    row = open_row(database, suggestion, speaker)
    return _decide(database, speaker, row, "declined", word, plan)


def withdraw(database: store.Database, speaker: Speaker, suggestion: str, plan: Plan) -> Suggestion:
    """Take one's own suggestion back."""
    row = open_row(database, suggestion, speaker)
    if row.document["account"] != speaker.id:
        raise NotAllowed("only who made a suggestion may take it back", code="not_yours")
    return _decide(database, speaker, row, "withdrawn", "", plan)


def suggestions(database: store.Database, speaker: Speaker, plan: Plan, journey: str | None) -> Iterator[Suggestion]:
    """All suggestions about a map (None: about all), the newest first."""
    if journey is not None:
        may_hear(speaker, journey)
    found = elements(plan)
    for row in reversed(store.list_rows(database, KIND, None if journey is None else about_map(journey))):
        yield told(row, speaker, found)


def waiting(database: store.Database, journey: str) -> Counter[str]:
    """How many wait, by element; what is to be added waits at its stage."""
    rows = [row for row in store.list_rows(database, KIND, about_map(journey)) if row.document["state"] == "open"]
    return Counter(_element(_change(row)) for row in rows)


def open_row(database: store.Database, suggestion: str, speaker: Speaker) -> Row:
    """A suggestion that nobody has decided on yet. Raises NotFound, Conflict."""
    row = store.get_row(database, KIND, suggestion)
    if speaker.guest_of is not None and row.about != about_map(speaker.guest_of):
        raise NotFound(f"there is no suggestion `{suggestion[:64]}`", hint=GONE)
    if row.document["state"] != "open":
        raise Conflict(f"it was {row.document['state']} by {row.document['decided_by']} already", code="decided")
    return row


def _decide(database: store.Database, speaker: Speaker, row: Row, state: SuggestionState, word: str, plan: Plan) -> Suggestion:
    said = plain(word, LONGEST_REASON, "a word") if word.strip() else ""
    document = {**row.document, "state": state, "decided_by": speaker.name, "decided_at": store.now_us(), "word": said}
    new = store.put_row(database, KIND, row.id, document, row.author, row.about, row.revision)
    return told(new, speaker, elements(plan))


def told(row: Row, speaker: Speaker, found: Mapping[str, Element]) -> Suggestion:
    """A suggestion as everybody reads it, held against the plan’s `elements` as they are now."""
    document, change = row.document, _change(row)
    waits = document["state"] == "open"
    now, gone = _now(found, change) if waits else ("", False)
    one = found.get(_element(change))
    decided = document.get("decided_at")
    return Suggestion(
        id=row.id,
        journey=map_of(row.about),
        change=change,
        on=label(one, found) if one else document["on"],
        reason=document["reason"],
        by=row.author,
        at=instant(row.made_at_us),
        mine=document["account"] == speaker.id,
        state=document["state"],
        decided_by=document.get("decided_by", ""),
        decided_at=instant(decided) if decided else None,
        word=document.get("word", ""),
        before=document["before"],
        now=now,
        stale=waits and (gone or now != document["before"]),
    )


def _now(found: Mapping[str, Element], change: Proposal) -> tuple[str, bool]:
    try:
        return before(found, change), False
    except NotFound:
        return "", True


def _element(change: Proposal) -> str:
    return f"stage:{change.stage}" if isinstance(change, NewElement) else change.element


def _on(change: Proposal, named: dict[str, str]) -> str:
    return named.get(_element(change), "")


def _change(row: Row) -> Proposal:
    given: Any = row.document["change"]
    return _PROPOSAL.validate_python(given)
