"""Comments as they lie in the database, heaped into threads; read as nouns only where somebody looks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from desirelines import store
from desirelines.plan import Plan
from desirelines.store import Row
from desirelines.studio.talking.naming import labels, map_of, stands
from desirelines.studio.talking.nouns import Comment, Thread
from desirelines.studio.talking.speaking import Speaker, given_names, instant

KIND = "comment"


@dataclass(frozen=True)
class Heap:
    """The rows of one thread, in the order they were said."""

    head: Row
    rows: list[Row]

    @property
    def element(self) -> str:
        return str(self.head.document.get("element", ""))

    @property
    def resolved(self) -> bool:
        return bool(self.head.document.get("resolved_at"))

    @property
    def last_us(self) -> int:
        return self.rows[-1].made_at_us


class Talk:
    """All threads about a map (None: about all) in which something is left to read, as one speaker hears them."""

    def __init__(self, database: store.Database, speaker: Speaker, plan: Plan, about: str | None) -> None:
        self.speaker = speaker
        self.labels = labels(plan)
        self.given = given_names(database)
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in store.list_rows(database, KIND, about):
            grouped[row.document["thread"] or row.id].append(row)
        heaped = ((one, rows) for one, rows in grouped.items() if not all(row.document.get("deleted") for row in rows))
        self.heaps = [Heap(row, rows) for one, rows in heaped for row in rows if row.id == one]

    def gone(self, heap: Heap) -> bool:
        """What it is about is no longer in the draft."""
        return not stands(heap.element, self.labels)

    def mentions(self, heap: Heap) -> bool:
        return any(self.speaker.id in row.document.get("mentions", ()) for row in heap.rows)

    def speaks(self, heap: Heap) -> bool:
        """I said something in it that I did not take back."""
        return any(row.document["account"] == self.speaker.id and not row.document.get("deleted") for row in heap.rows)

    def waits(self, heap: Heap) -> bool:
        """Open, mentions me, and the last word is not mine."""
        return not heap.resolved and heap.rows[-1].document["account"] != self.speaker.id and self.mentions(heap)

    def read(self, heap: Heap) -> Thread:
        """As everybody reads it."""
        document, element = heap.head.document, heap.element
        return Thread(
            id=heap.head.id,
            journey=map_of(heap.head.about),
            element=element,
            on=self.labels.get(element) or document.get("on", ""),
            gone=self.gone(heap),
            resolved_by=document.get("resolved_by", ""),
            resolved_at=instant(document["resolved_at"]) if document.get("resolved_at") else None,
            last_at=instant(heap.last_us),
            mentions_me=self.mentions(heap),
            comments=tuple(self._comment(row) for row in heap.rows),
        )

    def _comment(self, row: Row) -> Comment:
        document = row.document
        edited = document.get("edited_at")
        return Comment(
            id=row.id,
            by=self.given.get(document["account"], row.author),
            at=instant(row.made_at_us),
            text=document["text"],
            mentions=tuple(document.get("named", ())),
            deleted=bool(document.get("deleted")),
            edited_at=instant(edited) if edited else None,
            mine=document["account"] == self.speaker.id,
        )
