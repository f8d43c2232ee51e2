"""What waits for one person, over all maps."""

from __future__ import annotations

from desirelines import store
from desirelines.plan import Plan
from desirelines.studio.talking.heaps import Talk
from desirelines.studio.talking.naming import about_map
from desirelines.studio.talking.nouns import ForMe
from desirelines.studio.talking.speaking import Speaker
from desirelines.studio.talking.suggestions import suggestions

MOST = 100


def for_me(database: store.Database, speaker: Speaker, plan: Plan) -> ForMe:
    """Open threads that mention me and wait for my word; other open threads I am in; suggestions that wait for me to decide
    (for who may edit) or that I made. The newest first, at most a hundred of each."""
    talk = Talk(database, speaker, plan, None if speaker.guest_of is None else about_map(speaker.guest_of))
    open_ones = sorted((one for one in talk.heaps if not one.resolved), key=lambda one: one.last_us, reverse=True)
    mentions = [one for one in open_ones if talk.waits(one)]
    mine = [one for one in open_ones if not talk.waits(one) and (talk.mentions(one) or talk.speaks(one))]
    open_wishes = [one for one in suggestions(database, speaker, plan, speaker.guest_of) if one.state == "open"]
    wishes = [one for one in open_wishes if speaker.edits or one.mine]
    return ForMe(
        mentions=tuple(map(talk.read, mentions[:MOST])),
        threads=tuple(map(talk.read, mine[:MOST])),
        suggestions=tuple(wishes[:MOST]),
        journeys={one.id: one.name for one in plan.journeys if speaker.guest_of in (None, one.id)},
    )
