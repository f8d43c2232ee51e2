"""A walk over a pattern's tokens."""

from __future__ import annotations

from desirelines.trace.pattern.lexer import Token
from desirelines.trace.pattern.nouns import Misread

_SAID = {"name": "a name", "quoted": "a name", "count": "a count", "end": "the end of the pattern"}


class Reader:
    """`wanted` collects what was looked for where the text ends: what may come next."""

    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._place = 0
        self._depth = 0
        self.wanted: list[str] = []

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def want(self, *kinds: str) -> None:
        """Take down what may stand here, if the text ends here."""
        if self._next.kind == "end":
            self.wanted += [kind for kind in kinds if kind not in self.wanted]

    def _ahead(self, *kinds: str) -> bool:
        self.want(*kinds)
        return self._next.kind in kinds

    def _forward(self) -> Token:
        token = self._next
        self._place += token.kind != "end"
        return token

    def _take(self, kind: str) -> bool:
        found = self._ahead(kind)
        self._place += found
        return found

    def _at_word(self, word: str) -> bool:
        self.want(word)
        return self._next.kind == "name" and self._next.text == word

    def _word(self, word: str) -> bool:
        found = self._at_word(word)
        self._place += found
        return found

    def _wrong(self, message: str, hint: str = "") -> Misread:
        return Misread(self._next.at, message, hint)

    def _stray(self) -> tuple[str, str]:
        """Why the token ahead cannot stand there."""
        sign = self._next.kind
        if sign == ")":
            return "this parenthesis was never opened", ""
        if sign in ("*", "+", "?", "count"):
            return f"`{self._next.text}` counts nothing", "a count stands behind an event or a group"
        if sign in ("<", ">", "<=", ">="):
            return f"`{sign}` limits a gap", "write A -[<2d]-> B, or `->` for directly followed by"
        if sign == ",":
            return "a comma joins nothing", "events are set apart by a space, `->` or `~>`"
        if sign == "]":
            return "this bracket was never opened", ""
        return f"{_SAID.get(sign, f'`{sign}`')} cannot stand here", ""
