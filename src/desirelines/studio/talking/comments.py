"""Comments on a map and on its elements: threads with replies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal

from desirelines import store
from desirelines.errors import Conflict, NotAllowed, NotFound
from desirelines.plan import Plan
from desirelines.store import Row
from desirelines.studio.talking.changing import journey_named
from desirelines.studio.talking.heaps import KIND, Talk
from desirelines.studio.talking.naming import GONE, about_map, labels, map_of, stands
from desirelines.studio.talking.nouns import Comment, TalkCount, TalkCounts, Thread, Threads
from desirelines.studio.talking.speaking import Speaker, may_hear, mentioned, plain

LONGEST = 5_000
PAGE = 50
Which = Literal["open", "resolved", "all"]


def say(
    database: store.Database, speaker: Speaker, plan: Plan, journey: str, element: str, text: str, known: Mapping[str, str]
) -> Row:
    """Begin a thread on an element (empty: on the map). Raises NotFound when the draft has no such element."""
    may_hear(speaker, journey)
    journey_named(plan, journey)
    named = labels(plan)
    if not stands(element, named):
        raise NotFound(f"the draft has no `{element[:100]}`", hint=GONE, code="no_such_element")
    document = {**_document(speaker, text, known), "thread": "", "element": element, "on": named.get(element, "")}
    return store.put_row(database, KIND, store.new_row_id(), document, speaker.name, about_map(journey), 0)


def reply(database: store.Database, speaker: Speaker, thread: str, text: str, known: Mapping[str, str]) -> Row:
    """Answer in a thread; one that was resolved is open again."""
    document = {**_document(speaker, text, known), "thread": thread}
    with store.turn(database) as turn:
        head = _heard(turn.get(KIND, thread), thread, speaker)
        if head.document["thread"]:
            raise Conflict("a reply has no replies of its own", hint=f"answer in the thread `{head.document['thread']}`")
        row_id = store.new_row_id()
        turn.put(KIND, row_id, document, speaker.name, head.about)
        if head.document.get("resolved_at"):
            turn.put(KIND, thread, {**head.document, "resolved_at": None, "resolved_by": ""}, head.author, head.about)
    return store.get_row(database, KIND, row_id)


def rewrite(database: store.Database, speaker: Speaker, comment: str, text: str, known: Mapping[str, str]) -> Row:
    """Other words for one's own comment."""
    new = _document(speaker, text, known)
    with store.turn(database) as turn:
        row = _own(turn.get(KIND, comment), comment, speaker)
        if row.document.get("deleted"):
            raise Conflict("a deleted comment cannot be changed")
        turn.put(KIND, comment, {**row.document, **new, "edited_at": store.now_us()}, row.author, row.about)
    return store.get_row(database, KIND, comment)


def take_back(database: store.Database, speaker: Speaker, comment: str) -> str:
    """Delete one's own comment: its words are forgotten, its place stays. Answers the map."""
    with store.turn(database) as turn:
        row = _own(turn.get(KIND, comment), comment, speaker)
        turn.put(KIND, comment, {**row.document, "text": "", "mentions": [], "named": [], "deleted": True}, row.author, row.about)
    return map_of(row.about)


def resolve(database: store.Database, speaker: Speaker, thread: str, done: bool) -> Row:
    """Close a thread, or open it again."""
    with store.turn(database) as turn:
        head = _heard(turn.get(KIND, thread), thread, speaker)
        if head.document["thread"]:
            raise Conflict("only a whole thread is resolved", hint=f"its thread is `{head.document['thread']}`")
        values = {"resolved_at": store.now_us() if done else None, "resolved_by": speaker.name if done else ""}
        turn.put(KIND, thread, {**head.document, **values}, head.author, head.about)
    return store.get_row(database, KIND, thread)


def threads(
    database: store.Database, speaker: Speaker, plan: Plan, journey: str, element: str | None, which: Which, page: int = 1
) -> Threads:
    """Threads of a map. `element`: of one element (empty: of the map itself; None: of all; `gone`: of what was removed)."""
    may_hear(speaker, journey)
    talk = Talk(database, speaker, plan, about_map(journey))
    found = talk.heaps
    if element is not None:
        found = [one for one in found if (talk.gone(one) if element == "gone" else one.element == element)]
    closed = [one for one in found if one.resolved]
    wanted = {"all": found, "resolved": closed, "open": [one for one in found if not one.resolved]}[which]
    wanted = sorted(wanted, key=lambda one: one.last_us, reverse=True)
    start = (page - 1) * PAGE
    pages = max(1, -(-len(wanted) // PAGE))
    shown = tuple(talk.read(one) for one in wanted[start : start + PAGE])
    return Threads(open=len(found) - len(closed), resolved=len(closed), page=page, pages=pages, threads=shown)


def thread(database: store.Database, speaker: Speaker, plan: Plan, comment: str) -> Thread:
    """The thread that a comment is in."""
    with store.look(database) as look:
        row = _heard(look.get(KIND, comment), comment, speaker)
    head = row.document["thread"] or row.id
    talk = Talk(database, speaker, plan, row.about)
    for one in talk.heaps:
        if one.head.id == head:
            return talk.read(one)
    raise NotFound(f"there is no thread `{comment[:64]}`", hint=GONE)


def counts(database: store.Database, speaker: Speaker, plan: Plan, journey: str, suggested: Mapping[str, int]) -> TalkCounts:
    """How much is said about what, for badges. `suggested`: suggestions that wait, by element."""
    may_hear(speaker, journey)
    talk = Talk(database, speaker, plan, about_map(journey))
    found = [one for one in talk.heaps if not one.resolved]
    open_ones = Counter(one.element for one in found)
    said = Counter(dict.fromkeys(open_ones, 0))
    for one in found:
        said[one.element] += sum(not row.document.get("deleted") for row in one.rows)
    elements = tuple(
        TalkCount(element=name, open=open_ones[name], comments=said[name], suggestions=suggested.get(name, 0))
        for name in sorted({*open_ones, *suggested})
    )
    mine = sum(talk.waits(one) for one in found)
    return TalkCounts(open=len(found), gone=sum(talk.gone(one) for one in found), mine=mine, elements=elements)


def comment_rows(database: store.Database, plan: Plan, journey: str) -> list[dict[str, str]]:
    """Every comment of a map for a file, thread by thread; text as it was written, the file's writer makes it harmless."""
    talk = Talk(database, Speaker("", ""), plan, about_map(journey))
    return [_line(one, said) for one in map(talk.read, talk.heaps) for said in one.comments]


def _line(one: Thread, said: Comment) -> dict[str, str]:
    return {
        "thread": one.id,
        "element": one.element,
        "on": f"{one.on} (gone)" if one.gone else one.on,
        "by": said.by,
        "at": said.at,
        "text": "(deleted)" if said.deleted else said.text,
        "resolved_by": one.resolved_by,
        "resolved_at": one.resolved_at or "",
    }


def _document(speaker: Speaker, text: str, known: Mapping[str, str]) -> dict[str, Any]:
    words = plain(text, LONGEST, "a comment")
    meant = mentioned(words, known)
    return {"account": speaker.id, "text": words, "mentions": meant, "named": sorted({known[one] for one in meant})}


def _heard(row: Row | None, comment: str, speaker: Speaker) -> Row:
    """A comment that the speaker may know of."""
    if row is None or (speaker.guest_of is not None and row.about != about_map(speaker.guest_of)):
        raise NotFound(f"there is no comment `{comment[:64]}`", hint=GONE)
    return row


def _own(row: Row | None, comment: str, speaker: Speaker) -> Row:
    found = _heard(row, comment, speaker)
    if found.document["account"] != speaker.id:
        raise NotAllowed("only who wrote a comment may change it", hint="answer it instead", code="not_yours")
    return found
