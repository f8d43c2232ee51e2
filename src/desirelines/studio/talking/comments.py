"""Comments on a map and on its elements: threads with replies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from desirelines import store
from desirelines.errors import Conflict, NotAllowed, NotFound
from desirelines.plan import Plan
from desirelines.store import Row
from desirelines.studio.talking.changing import journey_named
from desirelines.studio.talking.naming import about_map, labels, map_of, stands
from desirelines.studio.talking.nouns import Comment, TalkCount, TalkCounts, Thread, Threads
from desirelines.studio.talking.speaking import Speaker, given_names, instant, may_hear, mentioned, plain

KIND = "comment"
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
        raise NotFound(f"the draft has no `{element[:100]}`", code="no_such_element")
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


def take_back(database: store.Database, speaker: Speaker, comment: str) -> Row:
    """Delete one's own comment: its words are forgotten, its place stays."""
    with store.turn(database) as turn:
        row = _own(turn.get(KIND, comment), comment, speaker)
        turn.put(KIND, comment, {**row.document, "text": "", "mentions": [], "named": [], "deleted": True}, row.author, row.about)
    return store.get_row(database, KIND, comment)


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
    found = list(every_thread(database, speaker, plan, about_map(journey)))
    if element is not None:
        found = [one for one in found if (one.gone if element == "gone" else one.element == element)]
    closed = [one for one in found if one.resolved_at]
    wanted = {"all": found, "resolved": closed, "open": [one for one in found if not one.resolved_at]}[which]
    wanted = sorted(wanted, key=lambda one: one.last_at, reverse=True)
    start = (page - 1) * PAGE
    pages = max(1, -(-len(wanted) // PAGE))
    return Threads(
        open=len(found) - len(closed), resolved=len(closed), page=page, pages=pages, threads=tuple(wanted[start : start + PAGE])
    )


def thread(database: store.Database, speaker: Speaker, plan: Plan, thread_id: str) -> Thread:
    """One thread, by the id of any of its comments."""
    row = _heard(_found(database, thread_id), thread_id, speaker)
    head = row.document["thread"] or row.id
    for one in every_thread(database, speaker, plan, row.about):
        if one.id == head:
            return one
    raise NotFound(f"there is no thread `{thread_id[:64]}`")


def every_thread(database: store.Database, speaker: Speaker, plan: Plan, about: str | None = None) -> Iterable[Thread]:
    """Threads in which something is left to read."""
    named, given = labels(plan), given_names(database)
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in store.list_rows(database, KIND, about):
        grouped[row.document["thread"] or row.id].append(row)
    for head_id, rows in grouped.items():
        head = next((row for row in rows if row.id == head_id), None)
        if head is not None and not all(row.document.get("deleted") for row in rows):
            yield _thread(head, [_said(row, speaker, given) for row in rows], named, _meant(rows, speaker))


def counts(database: store.Database, speaker: Speaker, plan: Plan, journey: str, suggested: Mapping[str, int]) -> TalkCounts:
    """How much is said about what, for badges. `suggested`: suggestions that wait, by element."""
    may_hear(speaker, journey)
    found = [one for one in every_thread(database, speaker, plan, about_map(journey)) if not one.resolved_at]
    by: dict[str, list[Thread]] = defaultdict(list)
    for one in found:
        by[one.element].append(one)
    elements = tuple(
        TalkCount(
            element=name,
            open=len(by.get(name, ())),
            comments=sum(not said.deleted for one in by.get(name, ()) for said in one.comments),
            suggestions=suggested.get(name, 0),
        )
        for name in sorted({*by, *suggested})
    )
    mine = sum(waits_for_me(one) for one in found)
    return TalkCounts(open=len(found), gone=sum(one.gone for one in found), mine=mine, elements=elements)


def waits_for_me(one: Thread) -> bool:
    """Open, mentions me, and the last word is not mine."""
    return one.mentions_me and not one.resolved_at and not one.comments[-1].mine


def comment_rows(database: store.Database, plan: Plan, journey: str) -> list[dict[str, str]]:
    """Every comment of a map for a file, thread by thread; text as it was written, the file's writer makes it harmless."""
    every = every_thread(database, Speaker("", ""), plan, about_map(journey))
    return [_line(one, said) for one in every for said in one.comments]


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


def _thread(head: Row, comments: list[Comment], named: Mapping[str, str], mentions_me: bool) -> Thread:
    element, document = str(head.document.get("element", "")), head.document
    return Thread(
        id=head.id,
        journey=map_of(head.about),
        element=element,
        on=named.get(element) or document.get("on", ""),
        gone=not stands(element, named),
        resolved_by=document.get("resolved_by", ""),
        resolved_at=instant(document["resolved_at"]) if document.get("resolved_at") else None,
        last_at=max(one.at for one in comments),
        mentions_me=mentions_me,
        comments=tuple(comments),
    )


def _meant(rows: list[Row], speaker: Speaker) -> bool:
    return any(speaker.id in row.document.get("mentions", ()) for row in rows)


def _said(row: Row, speaker: Speaker, given: Mapping[str, str]) -> Comment:
    document = row.document
    edited = document.get("edited_at")
    return Comment(
        id=row.id,
        by=given.get(document["account"], row.author),
        at=instant(row.made_at_us),
        text=document["text"],
        mentions=tuple(document.get("named", ())),
        deleted=bool(document.get("deleted")),
        edited_at=instant(edited) if edited else None,
        mine=document["account"] == speaker.id,
    )


def _document(speaker: Speaker, text: str, known: Mapping[str, str]) -> dict[str, Any]:
    words = plain(text, LONGEST, "a comment")
    meant = mentioned(words, known)
    return {"account": speaker.id, "text": words, "mentions": meant, "named": sorted({known[one] for one in meant})}


def _found(database: store.Database, comment: str) -> Row | None:
    with store.look(database) as look:
        return look.get(KIND, comment)


def _heard(row: Row | None, comment: str, speaker: Speaker) -> Row:
    """A comment that the speaker may know of."""
    if row is None or (speaker.guest_of is not None and row.about != about_map(speaker.guest_of)):
        raise NotFound(f"there is no comment `{comment[:64]}`")
    return row


def _own(row: Row | None, comment: str, speaker: Speaker) -> Row:
    found = _heard(row, comment, speaker)
    if found.document["account"] != speaker.id:
        raise NotAllowed("only who wrote a comment may change it", hint="answer it instead", code="not_yours")
    return found
