"""What may come next in a pattern that is being written, and where it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desirelines.model.hint import nearest
from desirelines.trace.pattern.lexer import Token, tokens
from desirelines.trace.pattern.nouns import Misread
from desirelines.trace.pattern.parser import Parser, read

WORDS: Mapping[str, tuple[str, str]] = {
    "->": ("->", "directly followed by"),
    "~>": ("~>", "eventually followed by"),
    "-[": ("-[<2d]->", "directly followed by, within a time"),
    "~[": ("~[no", "eventually followed by, without something between, or within a time"),
    ".": (".", "any event"),
    "!": ("!", "any event but"),
    "[": ("[", "one of several events; [^ any but these"),
    "(": ("(", "a group"),
    "|": ("|", "or"),
    ")": (")", "ends the group"),
    "]": ("]", "ends what the bracket began"),
    "*": ("*", "any number of times, none included"),
    "+": ("+", "once or more"),
    "?": ("?", "once or not at all; behind a count: as seldom as possible"),
    "count": ("{2,5}", "so many times"),
    "^": ("^", "the journey's beginning; in brackets: any but these"),
    "$": ("$", "the journey's end"),
    "within": ("within 7d", "from the first to the last event at most so long"),
    "no": ("no", "these do not come between"),
    "time": ("2d", "a length of time: 90s, 30m, 4h, 2d, 1w"),
    "<": ("<", "shorter than"),
    "<=": ("<=", "as long as, or shorter"),
    ">": (">", "longer than"),
    ">=": (">=", "as long as, or longer"),
    ",": (",", "and"),
}
"""What the grammar looks for → what to write, and what it means."""


@dataclass(frozen=True)
class Completion:
    text: str
    """As it is written in a pattern: a name in quotes where it needs them."""
    kind: str
    """`name` or `sign`"""
    words: str


@dataclass(frozen=True)
class PatternFault:
    """`at` counts characters from 0."""

    at: int
    message: str
    hint: str


@dataclass(frozen=True)
class Help:
    """What is typed before `begin` stays; from there to the cursor a completion takes its place."""

    begin: int
    completions: tuple[Completion, ...]
    fault: PatternFault | None
    """Why the whole text is no pattern."""


def help_at(text: str, cursor: int, names: Mapping[str, str], most: int = 20) -> Help:
    """What may come at the cursor. `names` are all there are, the best first, with words such as how often they came."""
    cursor = min(max(cursor, 0), len(text))
    begin, typed = _begun(text[:cursor])
    completions = tuple(_completions(_wanted(text[:begin]), typed, names, most))
    return Help(begin, completions, fault_in(text, names))


def fault_in(text: str, names: Iterable[str]) -> PatternFault | None:
    """Why a text is no pattern over these names."""
    try:
        read(text)
        known = set(names)
        for token in _names(tokens(text)):
            if token.text not in known:
                raise Misread(token.at, f"no event is named `{token.text[:80]}`", nearest(token.text, names))
    except Misread as error:
        return PatternFault(error.at, error.message, error.hint)
    return None


def spelled(name: str) -> str:
    """A name as a pattern says it."""
    try:
        found = tokens(name)
    except Misread:
        found = []
    if len(found) == 2 and found[0].kind == "name" and found[0].text == name and name not in ("within", "no"):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _begun(text: str) -> tuple[int, str]:
    """Where the word or the half of a sign at the end of a text begins, and what of it is there. A quote that is still open
    begins one, too."""
    if text[-1:] in ("~", "-"):
        return len(text) - 1, text[-1]
    try:
        found = tokens(text)
    except Misread as error:
        if error.at < len(text) and text[error.at] in "\"'“":
            return error.at, text[error.at + 1 :]
        return len(text), ""
    last = found[-2] if len(found) > 1 else None
    return (last.at, last.text) if last and last.kind == "name" and last.until == len(text) else (len(text), "")


def _wanted(text: str) -> list[str]:
    try:
        parser = Parser(tokens(text))
    except Misread:
        return []
    try:
        parser.whole()
    except Misread as error:
        if error.at < len(text) and not parser.wanted:
            return []
    return parser.wanted


def _completions(wanted: list[str], typed: str, names: Mapping[str, str], most: int) -> Iterable[Completion]:
    sought = typed.casefold()
    if "name" in wanted:
        begun = [name for name in names if name.casefold().startswith(sought)]
        inside = [name for name in names if sought and sought in name.casefold() and name not in set(begun)]
        for name in [*begun, *inside][:most]:
            yield Completion(spelled(name), "name", names[name])
    for kind, (sign, words) in WORDS.items():
        if kind in wanted and sign.startswith(typed):
            yield Completion(sign, "sign", words)


def _names(found: list[Token]) -> Iterable[Token]:
    """Tokens that stand for events: not `within` and its time, `no`, or the time of a limit."""
    for before, token in zip([None, *found], found, strict=False):
        if token.kind == "quoted":
            yield token
        elif token.kind == "name":
            limits = before is not None and (
                before.kind in ("<", "<=", ">", ">=") or (before.kind, before.text) == ("name", "within")
            )
            barring = token.text == "no" and before is not None and before.kind in ("~[", ",")
            if not limits and token.text != "within" and not barring:
                yield token
