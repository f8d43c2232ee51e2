"""What waits for one person, over all maps."""

from __future__ import annotations

from desirelines import store
from desirelines.plan import Plan
from desirelines.studio.talking.comments import every_thread, waits_for_me
from desirelines.studio.talking.naming import about_map
from desirelines.studio.talking.nouns import ForMe, Thread
from desirelines.studio.talking.speaking import Speaker
from desirelines.studio.talking.suggestions import suggestions

MOST = 200


def for_me(database: store.Database, speaker: Speaker, plan: Plan) -> ForMe:
    """Open threads that mention me and wait for my word; other open threads I spoke in; suggestions that wait for me to decide
    (for who may edit) or that I made. The newest first."""
    about = None if speaker.guest_of is None else about_map(speaker.guest_of)
    open_ones = [one for one in every_thread(database, speaker, plan, about) if not one.resolved_at]
    open_ones.sort(key=lambda one: one.last_at, reverse=True)
    mentions = [one for one in open_ones if waits_for_me(one)]
    mine = [one for one in open_ones if not waits_for_me(one) and _in(one)]
    open_wishes = [one for one in suggestions(database, speaker, plan, speaker.guest_of) if one.state == "open"]
    wishes = [one for one in open_wishes if speaker.edits or one.mine]
    names = {one.id: one.name for one in plan.journeys if speaker.guest_of in (None, one.id)}
    return ForMe(mentions=tuple(mentions[:MOST]), threads=tuple(mine[:MOST]), suggestions=tuple(wishes[:MOST]), journeys=names)


def _in(one: Thread) -> bool:
    return one.mentions_me or any(said.mine and not said.deleted for said in one.comments)
