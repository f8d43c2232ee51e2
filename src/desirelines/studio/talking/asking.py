"""Be critical: three questions about each touchpoint, answered by colleagues, weighed by votes, turned into opportunities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import get_args

from desirelines import store
from desirelines.errors import NotAllowed, NotFound
from desirelines.plan import Journey, Plan, Stage
from desirelines.store import Row
from desirelines.studio.talking.changing import added, journey_named, save
from desirelines.studio.talking.naming import GONE, about_map, map_of
from desirelines.studio.talking.nouns import Answer, Ask, Asked, NewElement, Questions, TeamVoice
from desirelines.studio.talking.speaking import Speaker, instant, may_hear, plain

KIND = "answer"
LONGEST = 2_000
ASKS: tuple[Ask, ...] = get_args(Ask)
QUESTIONS: dict[Ask, str] = {
    "offer": "Can we do something here with the product or service?",
    "say": "Can we communicate differently here?",
    "ease": "Can we make it easier here?",
}


def answer(
    database: store.Database, speaker: Speaker, plan: Plan, journey: str, touchpoint: str, ask: Ask, text: str, team: str
) -> Row:
    """Answer one question. `team`: whom one speaks for; empty: for oneself. Raises NotFound."""
    may_hear(speaker, journey)
    if touchpoint not in _stages_of(journey_named(plan, journey)):
        raise NotFound(f"this map has no touchpoint `{touchpoint[:64]}`", hint=GONE, code="no_such_element")
    if team and team not in {one.id for one in plan.teams}:
        raise NotFound(f"the plan has no team `{team[:64]}`", hint=GONE, code="no_such_element")
    document = {
        "account": speaker.id, "touchpoint": touchpoint, "ask": ask, "team": team, "votes": [], "card": "",
        "text": plain(text, LONGEST, "an answer"),
    }  # fmt: skip
    return store.put_row(database, KIND, store.new_row_id(), document, speaker.name, about_map(journey), 0)


def rewrite(database: store.Database, speaker: Speaker, answer_id: str, text: str) -> str:
    """Other words for one's own answer. Answers the map."""
    words = plain(text, LONGEST, "an answer")
    with store.turn(database) as turn:
        row = _own(turn.get(KIND, answer_id), answer_id, speaker)
        turn.put(KIND, row.id, {**row.document, "text": words}, row.author, row.about)
    return map_of(row.about)


def take_back(database: store.Database, speaker: Speaker, answer_id: str) -> str:
    """Forget one's own answer. Answers the map."""
    with store.turn(database) as turn:
        row = _own(turn.get(KIND, answer_id), answer_id, speaker)
        turn.drop(KIND, row.id)
    return map_of(row.about)


def agree(database: store.Database, speaker: Speaker, answer_id: str, yes: bool) -> str:
    """A vote for an answer: one per person, or taken back. Answers the map."""
    with store.turn(database) as turn:
        row = _heard(turn.get(KIND, answer_id), answer_id, speaker)
        others = [one for one in row.document["votes"] if one != speaker.id]
        turn.put(KIND, row.id, {**row.document, "votes": [*others, speaker.id] if yes else others}, row.author, row.about)
    return map_of(row.about)


def become(database: store.Database, speaker: Speaker, answer_id: str, journey: str) -> str:
    """An answer becomes an opportunity of its touchpoint's stage; answers the card. Done twice, it is done once."""
    with store.look(database) as look:
        row = _heard(look.get(KIND, answer_id), answer_id, speaker)
    card, touchpoint = f"q-{row.id}", row.document["touchpoint"]

    def write(plan: Plan) -> Plan:
        stages = _stages_of(journey_named(plan, journey)).get(touchpoint)
        if not stages:
            raise NotFound(f"this map has no touchpoint `{touchpoint}`", hint=GONE, code="no_such_element")
        element = NewElement(what="card", stage=stages[0].id, lane="opportunities", words=row.document["text"])
        new = added(plan, element, card)
        about = tuple(one.model_copy(update={"touchpoint": touchpoint}) if one.id == card else one for one in new.cards)
        return plan if new is plan else new.model_copy(update={"cards": about})

    save(database, f"{speaker.name}, answered by {row.author}", write)
    with store.turn(database) as turn:
        fresh = _heard(turn.get(KIND, answer_id), answer_id, speaker)
        turn.put(KIND, row.id, {**fresh.document, "card": f"card:{card}"}, row.author, row.about)
    return f"card:{card}"


def questions(database: store.Database, speaker: Speaker, plan: Plan, journey: str, touchpoint: str = "") -> Questions:
    """Every touchpoint of a map (or one of them) with its answers, the most agreed first."""
    may_hear(speaker, journey)
    stages = _stages_of(journey_named(plan, journey))
    named = {one.id: one.name for one in plan.touchpoints}
    by: dict[str, list[Row]] = defaultdict(list)
    for row in store.list_rows(database, KIND, about_map(journey)):
        by[row.document["touchpoint"]].append(row)
    asked = tuple(
        _asked(one, named.get(one, one), tuple(stage.name for stage in at), by.get(one, []), speaker)
        for one, at in stages.items()
        if not touchpoint or one == touchpoint
    )
    teams = {one.id: one.name for one in plan.teams}
    return Questions(
        questions=QUESTIONS,
        unanswered=sum(len(one.unanswered) for one in asked),
        of=len(ASKS) * len(asked),
        touchpoints=asked,
        teams=tuple(_voices((row for one in asked for row in by.get(one.touchpoint, [])), teams)),
    )


def _asked(touchpoint: str, name: str, stages: tuple[str, ...], rows: list[Row], speaker: Speaker) -> Asked:
    answers = sorted((_answer(row, speaker) for row in rows), key=lambda one: -one.votes)
    given = {one.ask for one in answers}
    mine = {one.ask for one in answers if one.mine}
    return Asked(
        touchpoint=touchpoint,
        name=name,
        stages=stages,
        unanswered=tuple(ask for ask in ASKS if ask not in given),
        answered_by_me=tuple(ask for ask in ASKS if ask in mine),
        answers=tuple(answers),
    )


def _answer(row: Row, speaker: Speaker) -> Answer:
    document = row.document
    return Answer(
        id=row.id,
        touchpoint=document["touchpoint"],
        ask=document["ask"],
        text=document["text"],
        by=row.author,
        team=document["team"],
        at=instant(row.made_at_us),
        mine=document["account"] == speaker.id,
        votes=len(document["votes"]),
        my_vote=speaker.id in document["votes"],
        card=document["card"],
    )


def _voices(rows: Iterable[Row], teams: dict[str, str]) -> Iterable[TeamVoice]:
    """How much each team said, the plan's teams in their order and people without one at the end."""
    by: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by[row.document["team"] if row.document["team"] in teams else ""].append(row)
    for team in [*teams, ""]:
        if own := by.get(team):
            counted = {ask: sum(row.document["ask"] == ask for row in own) for ask in ASKS}
            people = len({row.document["account"] for row in own})
            yield TeamVoice(team=team, name=teams.get(team, ""), people=people, **counted)


def _stages_of(journey: Journey) -> dict[str, list[Stage]]:
    """The touchpoints of a map in its order, with the stages they stand in."""
    found: dict[str, list[Stage]] = {}
    for stage in sorted(journey.stages, key=lambda one: one.order):
        for step in sorted(stage.steps, key=lambda one: one.order):
            for touchpoint in (step.touchpoint, *step.one_of):
                if touchpoint and stage not in found.setdefault(touchpoint, []):
                    found[touchpoint].append(stage)
    return found


def _heard(row: Row | None, answer_id: str, speaker: Speaker) -> Row:
    if row is None or (speaker.guest_of is not None and row.about != about_map(speaker.guest_of)):
        raise NotFound(f"there is no answer `{answer_id[:64]}`", hint=GONE)
    return row


def _own(row: Row | None, answer_id: str, speaker: Speaker) -> Row:
    found = _heard(row, answer_id, speaker)
    if found.document["account"] != speaker.id:
        raise NotAllowed("only who gave an answer may change it", code="not_yours")
    return found
