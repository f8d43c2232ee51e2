"""Dot voting: one ballot per person, changed under the workshop's own lock, counted when the vote is closed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from desirelines import store
from desirelines.errors import BadInput, Conflict, NotFound
from desirelines.store import Row
from desirelines.studio.talking.naming import GONE
from desirelines.studio.talking.notes import GROUP, NOTE, VOTE, groups_of, shown
from desirelines.studio.talking.speaking import Speaker
from desirelines.studio.talking.workshops import seat_id, seated


def vote(database: store.Database, speaker: Speaker, workshop: str, target: str, votes: int) -> None:
    """Say how many votes one gives to something: 0 takes them back. The same request twice is one.

    Raises Conflict when no vote is open (`not_voting`) or one has no votes left (`votes_spent`).
    """
    with store.turn(database) as turn:
        found = seated(turn, workshop, speaker)
        if not found.voting:
            raise Conflict("no vote is open now", code="not_voting")
        most = found.agenda.votes_each if found.agenda.several else 1
        if not 0 <= votes <= most:
            raise BadInput(f"one thing gets 0 to {most} of your votes")
        seat = seat_id(workshop, speaker)
        notes = {row.id: row for row in turn.list(NOTE, found.about) if shown(found, row, seat)}
        groups = {row.id: row for row in turn.list(GROUP, found.about)}
        targets = groups_of(notes, groups)
        if target not in targets:
            raise NotFound(f"one cannot vote for `{target[:80]}`", hint=GONE)
        old = turn.get(VOTE, seat)
        ballot = {one: n for one, n in (old.document["votes"] if old else {}).items() if one in targets and one != target}
        if sum(ballot.values()) + votes > found.agenda.votes_each:
            raise Conflict(f"you have {found.agenda.votes_each} votes", hint="take one back first", code="votes_spent")
        if votes:
            ballot[target] = votes
        turn.put(VOTE, seat, {"votes": ballot}, "", found.about)


def tally(ballots: Iterable[Row], targets: Iterable[str]) -> Counter[str]:
    """Votes by target; those for what no longer is there do not count."""
    found: Counter[str] = Counter()
    kept = set(targets)
    for ballot in ballots:
        found.update({one: n for one, n in ballot.document["votes"].items() if one in kept})
    return found
