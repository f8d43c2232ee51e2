"""The grammar that segments and filters on events share: clauses joined by ``;``, ``not`` before one, values parted by ``|``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desirelines.errors import BadInput

LONGEST = 2000
_PIECE = re.compile(r'"([^"]*)"|([^";|=]+)|([;|=])')


@dataclass(frozen=True)
class Said:
    """One clause: `kind`, the `name` before ``=`` where the kind has one, and the values of which one is enough."""

    kind: str
    name: str
    values: tuple[str, ...]
    turned: bool = False


@dataclass(frozen=True)
class Grammar:
    """`noun`: what is written, for messages; `kinds` there are, those of them that are `paired`: name=value; a `hint`."""

    noun: str
    kinds: tuple[str, ...]
    paired: tuple[str, ...]
    hint: str

    def parse(self, text: str) -> tuple[Said, ...]:
        """The clauses. Raises BadInput that says which one is wrong and what would be right."""
        if len(text) > LONGEST:
            raise BadInput(f"{self.noun} may have at most {LONGEST} characters")
        return tuple(self._clause(pieces) for pieces in self._split(text) if pieces)

    def _split(self, text: str) -> list[list[str]]:
        """Clauses as lists of pieces: texts and the signs ``|`` and ``=`` (as NUL-marked pieces)."""
        clauses: list[list[str]] = [[]]
        place = 0
        for found in _PIECE.finditer(text):
            if found.start() != place:
                break
            place = found.end()
            quoted, plain, sign = found.groups()
            if sign == ";":
                clauses.append([])
            elif sign:
                clauses[-1].append("\0" + sign)
            elif quoted is not None or plain.strip():
                clauses[-1].append(quoted if quoted is not None else plain.strip())
        if place != len(text):
            raise BadInput(f"a quotation mark in {self.noun} is never closed", hint=self.hint)
        return clauses

    def _clause(self, pieces: Sequence[str]) -> Said:
        shown = "".join(piece.lstrip("\0") for piece in pieces)
        head, colon, rest = pieces[0].partition(":")
        turned = head.startswith("not ")
        kind = head.removeprefix("not ").strip()
        if not colon or kind not in self.kinds:
            raise BadInput(
                f"`{shown}` is no clause of {self.noun}", hint=f"a clause begins with one of {', '.join(self.kinds)}: {self.hint}"
            )
        body = ([rest.strip()] if rest.strip() else []) + list(pieces[1:])
        name = ""
        if kind in self.paired:
            if len(body) < 3 or body[1] != "\0=" or body[0].startswith("\0"):
                raise BadInput(f"`{shown}` needs a name and a value", hint=f"{kind}:name=value or {kind}:name=one|other")
            name, body = body[0], body[2:]
        joined = "".join("=" if piece == "\0=" else piece for piece in body)
        values = tuple(value for value in joined.split("\0|") if value)
        if not values:
            raise BadInput(f"`{shown}` names no value", hint=self.hint)
        return Said(kind, name, values, turned)
