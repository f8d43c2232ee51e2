"""A funnel's steps as one types them: ``Look > Basket|Wish > Pay? > !Return > Order``.

Steps stand one after the other with ``>`` between them; ``|`` parts names of which one is enough; ``?`` after a step makes it
optional (parentheses may stand around it); ``!`` before names says what must not happen between the steps left and right
of it. Quotes hold names with such signs; a quote inside them is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from desirelines.errors import BadInput, Fault
from desirelines.trace import Step

HINT = "such as Look > Basket|Wish > Pay? > !Return > Order"
SIGNS = '>|()?!"'
_TOKEN = re.compile(r'"((?:[^"]|"")*)"|([>|()?!])|([^>|()?!"]+)')


@dataclass(frozen=True)
class Name:
    """`place`: its first character, from 1."""

    text: str
    place: int


@dataclass(frozen=True)
class SaidStep:
    names: tuple[Name, ...]
    optional: bool = False
    excluded: tuple[Name, ...] = ()
    """Between it and the next step."""


@dataclass(frozen=True)
class _Token:
    sign: str
    """One of SIGNS; empty: a name; `end`: behind the last character"""
    text: str
    place: int


def parse_funnel(text: str) -> tuple[SaidStep, ...]:
    """The steps. Raises BadInput that names the character where it fails."""
    tokens = _tokens(text)
    steps: list[SaidStep] = []
    at, barred = 0, False
    while True:
        excluded = tokens[at].sign == "!"
        if excluded and not steps:
            raise fault(tokens[at].place, "nothing can be excluded before the first step", "put it between two steps")
        found, at = _item(tokens, at + excluded, excluded)
        if excluded:
            steps[-1] = SaidStep(steps[-1].names, steps[-1].optional, steps[-1].excluded + found.names)
        else:
            steps.append(found)
        barred = excluded
        if tokens[at].sign == "end":
            break
        if tokens[at].sign != ">":
            raise fault(tokens[at].place, f"`{tokens[at].text}` cannot stand here", "a step ends with >")
        at += 1
    if barred:
        raise fault(tokens[at].place, "nothing can be excluded after the last step", "put it between two steps")
    return tuple(steps)


def parse_names(text: str) -> tuple[Name, ...]:
    """Names with ``|`` between them; none in an empty text. Raises BadInput."""
    if not text.strip():
        return ()
    tokens = _tokens(text)
    found, at = _names(tokens, 0)
    if tokens[at].sign != "end":
        raise fault(tokens[at].place, f"`{tokens[at].text}` cannot stand between names", "part names with |")
    return found


def coded(steps: tuple[SaidStep, ...], excluded: tuple[Name, ...], code_of: Callable[[str], int]) -> tuple[Step, ...]:
    """The steps as the kernel takes them. `excluded`: everywhere between the first and the last step.

    `code_of` raises BadInput for a name that is not there; here the message says where it stands.
    """

    def codes(names: tuple[Name, ...]) -> tuple[int, ...]:
        found = []
        for name in names:
            try:
                found.append(code_of(name.text))
            except BadInput as error:
                raise fault(name.place, error.message, error.hint) from error
        return tuple(dict.fromkeys(found))

    everywhere = codes(excluded)
    last = len(steps) - 1
    return tuple(
        Step(codes(step.names), step.optional, tuple({*codes(step.excluded), *(everywhere if place < last else ())}))
        for place, step in enumerate(steps)
    )


def quoted(name: str) -> str:
    """A name as it is written in a funnel."""
    plain = name.strip() == name and name and not set(name) & set(SIGNS)
    return name if plain else '"' + name.replace('"', '""') + '"'


def fault(place: int, words: str, hint: str = HINT) -> BadInput:
    """The error at a character."""
    return BadInput(
        f"character {place}: {words}", hint=hint, code="bad_funnel", faults=(Fault(words, path=f"character {place}"),)
    )


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise fault(at + 1, "a quotation mark is never closed", 'write " twice for one inside a name')
        name, sign, bare = match.groups()
        inside = bare.strip() if bare is not None else name.replace('""', '"') if name is not None else ""
        if sign:
            found.append(_Token(sign, sign, at + 1))
        elif inside or name is not None:
            before = len(bare) - len(bare.lstrip()) if bare is not None else 0
            found.append(_Token("", inside, at + 1 + before))
        at = match.end()
    return [*found, _Token("end", "the end", len(text) + 1)]


def _item(tokens: list[_Token], at: int, excluded: bool) -> tuple[SaidStep, int]:
    """One step or one exclusion, and what comes after it."""
    opened = tokens[at].sign == "("
    names, at = _names(tokens, at + opened)
    if opened:
        if tokens[at].sign != ")":
            raise fault(tokens[at].place, "a parenthesis is never closed", "such as (Pay|Invoice)?")
        at += 1
    optional = tokens[at].sign == "?"
    if optional and excluded:
        raise fault(tokens[at].place, "what is excluded cannot be optional", "leave out the ?")
    return SaidStep(names, optional), at + optional


def _names(tokens: list[_Token], at: int) -> tuple[tuple[Name, ...], int]:
    names: list[Name] = []
    while True:
        token = tokens[at]
        if token.sign or not token.text:
            here = "the text ends" if token.sign == "end" else f"there is `{token.text}`"
            raise fault(token.place, f"a name is missing: {here}")
        names.append(Name(token.text, token.place))
        at += 1
        if tokens[at].sign == "":
            raise fault(
                tokens[at].place,
                f"`{tokens[at].text}` follows a name without a sign",
                "quote a name as a whole, part names with |",
            )
        if tokens[at].sign != "|":
            return tuple(names), at
        at += 1
