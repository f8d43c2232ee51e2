"""What a document holds that fits no plan: shown to people, never in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

MOST = 200
"""No document answers with more than this; the last row says how many there were."""


@dataclass(frozen=True)
class Aside:
    """One thing set aside. `list`, `id`, `field`: as far as is known; `field` empty: the whole element."""

    document: str
    list: str
    id: str
    field: str
    why: str


class Sieve:
    """Collects what one document sets aside."""

    def __init__(self, document: str) -> None:
        self.document = document
        self.found: list[Aside] = []
        self.more = 0

    def add(self, list_: str, id_: str, field: str, why: str) -> None:
        if len(self.found) < MOST:
            self.found.append(Aside(self.document, list_[:64], id_[:64], field[:64], why))
        else:
            self.more += 1

    def rows(self) -> Iterator[Aside]:
        yield from self.found
        if self.more:
            yield Aside(self.document, "", "", "", f"and {self.more} more")
