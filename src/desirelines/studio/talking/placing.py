"""From a workshop onto the map: chosen groups and notes become cards and moments of the draft."""

from __future__ import annotations

from collections import Counter

from desirelines import store
from desirelines.errors import BadInput, Conflict, NotFound
from desirelines.plan import Plan
from desirelines.store import Row
from desirelines.studio.talking.agenda import ToCard
from desirelines.studio.talking.changing import added, journey_named, save
from desirelines.studio.talking.naming import GONE, map_of
from desirelines.studio.talking.nouns import NewElement
from desirelines.studio.talking.seeing import Table
from desirelines.studio.talking.speaking import Speaker
from desirelines.studio.talking.workshops import KIND

MOST_LINES = 20


def put_on_map(database: store.Database, speaker: Speaker, workshop: str, chosen: tuple[ToCard, ...]) -> list[str]:
    """Write what was chosen into the draft, with its votes; answers the elements. What stands there already stays as it is.

    Raises Conflict while notes are silent or votes secret, NotFound for what is not in the workshop.
    """
    with store.look(database) as look:
        table = Table(look, workshop, speaker)
    votes = table.votes
    if table.found.silent or votes is None:
        raise Conflict("only what all have seen goes on the map", hint="reveal the notes, close the vote", code="still_silent")
    for one in chosen:
        if one.target not in table.targets:
            raise NotFound(f"the workshop has no `{one.target}`", hint=GONE)
    names = {one.target: f"{'moment' if one.what == 'moment' else 'card'}:{card_id(one.target)}" for one in chosen}

    def write(plan: Plan) -> Plan:
        for one in chosen:
            plan = added(plan, _element(plan, one, table, votes), card_id(one.target))
        return plan

    save(database, f"{speaker.name}, from the workshop “{table.found.agenda.title}”", write)
    with store.turn(database) as turn:
        row = turn.get(KIND, workshop)
        if row is not None:
            cards = {**row.document.get("cards", {}), **names}
            turn.put(KIND, workshop, {**row.document, "cards": cards}, row.author, row.about)
    return list(names.values())


def card_id(target: str) -> str:
    """Always the same for the same group or note, so that nothing is put on the map twice."""
    return f"w-{target.partition(':')[2]}"


def _element(plan: Plan, one: ToCard, table: Table, votes: Counter[str]) -> NewElement:
    rows = table.targets[one.target]
    stage = one.stage or _stage(plan, map_of(table.found.row.about), rows)
    words = _words(one, table, rows, votes[one.target])
    if one.what == "moment":
        return NewElement(what="moment", stage=stage, words=words)
    return NewElement(what="card", stage=stage, lane=one.what, words=words)


def _stage(plan: Plan, journey: str, rows: list[Row]) -> str:
    """Where most of the notes were written; else the map's first stage."""
    stages = [one.id for one in sorted(journey_named(plan, journey).stages, key=lambda one: one.order)]
    if not stages:
        raise BadInput("the map has no stage yet to put a card in", hint="draw a stage first")
    written = Counter(row.document["stage"] for row in rows if row.document["stage"] in stages)
    return max(stages, key=lambda stage: (written[stage], -stages.index(stage)))


def _words(one: ToCard, table: Table, rows: list[Row], votes: int) -> str:
    kind, _, row_id = one.target.partition(":")
    told = f"{votes} {'vote' if votes == 1 else 'votes'} in “{table.found.agenda.title}”"
    if kind == "note":
        return f"{rows[0].document['words']}\n{told}"
    lines = [f"– {' '.join(row.document['words'].split())}" for row in rows[:MOST_LINES]]
    more = [f"– and {len(rows) - MOST_LINES} more"] if len(rows) > MOST_LINES else []
    return "\n".join([str(table.groups[row_id].document["name"]), told, *lines, *more])[:2000]
