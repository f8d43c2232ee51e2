"""The words and signs of a pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from desirelines.trace.pattern.nouns import Misread

LONGEST_TEXT = 4_000
"""Characters of a pattern."""
LONGEST_US = 100 * 366 * 86_400 * 10**6
"""No limit is longer than a hundred years."""

_UNIT_US = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_TIME = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)(min|[smhdw])")
_TOKENS = re.compile(
    r"""(?P<space>\s+)
      | (?P<quoted>"(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*' | “[^”]*”)
      | (?P<word>\d+\.\d+(?:min|[smhdw])(?!\w) | \w+(?:[-:/]\w+)*)
      | (?P<count>\{[^{}]*\})
      | (?P<sign>->|~>|-\[|~\[|<=|>=|[.!\[\]()|*+?^$<>,])""",
    re.VERBOSE | re.DOTALL,
)
_HINTS = {
    "-": "`->` means directly followed by, `-[<2d]->` within two days; quote a name that holds other signs",
    "~": "`~>` means eventually followed by, `~[no Pay]~>` without a Pay between",
    "{": "a count is written {3}, {2,5} or {2,}",
    "&": "for two events in any order write (A ~> B | B ~> A)",
    "=": "`<`, `<=`, `>` and `>=` limit a gap",
}


@dataclass(frozen=True)
class Token:
    """`kind` is the sign itself, or `name`, `quoted`, `count`, `end`."""

    kind: str
    text: str
    at: int
    until: int


def tokens(text: str) -> list[Token]:
    """All tokens and one of kind `end`. Raises Misread at a character that belongs to none."""
    if len(text) > LONGEST_TEXT:
        raise Misread(LONGEST_TEXT, f"the pattern has {len(text):,} characters, more than {LONGEST_TEXT:,}")
    found, place = [], 0
    while place < len(text):
        match = _TOKENS.match(text, place)
        if match is None:
            sign = text[place]
            if sign in "\"'“":
                raise Misread(place, "this quote is never closed", f"end it with {'”' if sign == '“' else sign}")
            raise Misread(place, f"`{sign}` means nothing here", _HINTS.get(sign, "put names with such signs in quotes"))
        kind, word = str(match.lastgroup), match[0]
        if kind == "quoted":
            found.append(Token(kind, re.sub(r"\\(.)", r"\1", word[1:-1], flags=re.DOTALL), place, match.end()))
        elif kind != "space":
            named = {"word": "name", "count": "count"}.get(kind, word)
            found.append(Token(named, word, place, match.end()))
        place = match.end()
    return [*found, Token("end", "", len(text), len(text))]


def time_us(token: Token) -> int:
    """Microseconds of `90s`, `30m` or `30min`, `4h`, `2d`, `1.5w`. Raises Misread."""
    found = _TIME.fullmatch(token.text) if token.kind == "name" else None
    if found is None:
        raise Misread(token.at, "a length of time is missing here", "such as 90s, 30m, 4h, 2d, 1w")
    length = round(Fraction(found[1]) * _UNIT_US[found[2]] * 10**6)
    if length > LONGEST_US:
        raise Misread(token.at, f"`{token.text}` is longer than a hundred years")
    return length


def counts(token: Token) -> tuple[int, int | None]:
    """Least and most of `{3}`, `{2,5}`, `{2,}`, `{,5}`. Raises Misread."""
    found = re.fullmatch(r"\{\s*(\d{0,4})\s*(,?)\s*(\d{0,4})\s*\}", token.text)
    if found is None or not (found[1] or found[3]):
        raise Misread(token.at, f"`{token.text}` is no count", "a count is written {3}, {2,5} or {2,}")
    low = int(found[1] or 0)
    high = int(found[3]) if found[3] else None if found[2] else low
    if high is not None and (high < low or high == 0):
        raise Misread(token.at, f"`{token.text}` counts to less than it begins with" if high else "no time at all is no step")
    return low, high
