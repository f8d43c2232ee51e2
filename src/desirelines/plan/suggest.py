"""Which touchpoint an event might belong to: by the words they share, nothing more.

Event name and touchpoint are cut into words, endings and common verbs are levelled (`Order Delivered` and
`parcel delivery` share `deliver`), and a word that many touchpoints use counts less. It is a suggestion for a
person to confirm; no rule is ever made of it unasked.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from desirelines.model.hint import slug
from desirelines.plan.elements import Medium, Plan, Touchpoint

LIKELY = 0.34
"""Below this share of common words nothing is suggested but a new touchpoint."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\d_A-Z]+|\d+|[^\W\d_]+")
_ENDINGS = re.compile(r"(?:ies|ied|ing|ery|ed|es|ment|er|y|s|e)$")
_DRAWN = re.compile(r"-[a-z0-9]{3}[0-9]$")
"""The end of an id made in the browser: four signs drawn by chance, no words."""
_STOP = frozenset({"the", "a", "an", "of", "to", "for", "and", "in", "on", "by", "at", "event", "customer", "user", "my", "is"})
_GROUPS = {
    "order": "purchase bought buy checkout shipment ship parcel package",
    "send": "sent",
    "pay": "paid",
    "service": "help support ticket complaint",
    "review": "rating feedback",
    "website": "site web page",
    "store": "shop",
    "phone": "called call telephone",
    "mail": "email newsletter",
}
_LIKE = {word: group for group, words in _GROUPS.items() for word in words.split()}

Kind = Literal["digital", "physical", "human"]

_GUESSES: tuple[tuple[Medium, Kind, str], ...] = (
    ("phone", "human", "phone"),
    ("message", "human", "chat"),
    ("person", "human", "agent advisor technician"),
    ("parcel", "physical", "parcel deliver return"),
    ("place", "physical", "store lobby till basket visit"),
    ("paper", "physical", "invoice brochure letter coupon"),
    ("vehicle", "physical", "van truck"),
    ("mail", "digital", "mail"),
    ("message", "digital", "sms push message"),
    ("advert", "digital", "ad advert campaign banner promotion"),
)


@dataclass(frozen=True)
class Suggestion:
    """`touchpoint` is an id of the plan, or None: then `id`, `name`, `kind` and `medium` describe a new one."""

    event: str
    touchpoint: str | None
    score: float
    """Share of common words, 0 to 1."""
    id: str
    name: str
    kind: Kind
    medium: Medium


def suggest(plan: Plan, seen_events: Iterable[str]) -> dict[str, Suggestion]:
    """For each event that no rule of the plan names: the nearest touchpoint, or a new one."""
    claimed = {rule.event for touchpoint in plan.touchpoints for rule in touchpoint.rule}
    words = {touchpoint.id: _words_of(touchpoint) for touchpoint in plan.touchpoints}
    known = {touchpoint.id: touchpoint for touchpoint in plan.touchpoints}
    spread = Counter(word for several in words.values() for word in several)
    taken = set(known)
    found: dict[str, Suggestion] = {}
    for event in seen_events:
        if event in claimed or event in found:
            continue
        own = tokens(event)
        scores = sorted(((-_shared(own, several, spread), name) for name, several in words.items()), key=lambda one: one)
        best = scores[0] if scores else (0.0, "")
        if -best[0] >= LIKELY:
            near = known[best[1]]
            found[event] = Suggestion(event, near.id, round(-best[0], 3), near.id, near.name, near.kind, near.medium)
        else:
            found[event] = _new(event, own, taken, -best[0])
            taken.add(found[event].id)
    return found


def tokens(text: str) -> frozenset[str]:
    """The levelled words of a name, whether written in words, snake_case or CamelCase."""
    words = (word.lower() for word in _WORD.findall(text[:500]))
    return frozenset(_level(word) for word in words if word not in _STOP)


def medium_of(words: frozenset[str]) -> tuple[Medium, Kind]:
    """A guess from words: a call is a phone and human, a parcel is physical, what says nothing is a screen."""
    for medium, kind, several in _GUESSES:
        if any(word in words or _level(word) in words for word in several.split()):
            return medium, kind
    return "screen", "digital"


def _level(word: str) -> str:
    word = _LIKE.get(word, word)
    stem = _ENDINGS.sub("", word)
    stem = stem if len(stem) >= 3 else word
    return _LIKE.get(stem, stem)


def _words_of(touchpoint: Touchpoint) -> frozenset[str]:
    named = (_DRAWN.sub("", touchpoint.id), touchpoint.name, *(rule.event for rule in touchpoint.rule))
    return frozenset(word for text in named for word in tokens(text))


def _shared(event: frozenset[str], touchpoint: frozenset[str], spread: Counter[str]) -> float:
    def weight(words: frozenset[str]) -> float:
        return sum(1 / math.sqrt(max(1, spread[word])) for word in words)

    every = weight(event) + 0.25 * weight(touchpoint - event)
    return weight(event & touchpoint) / every if every else 0.0


def _new(event: str, words: frozenset[str], taken: set[str], score: float) -> Suggestion:
    medium, kind = medium_of(words)
    name = slug(" ".join(_WORD.findall(event)), 56) or "touchpoint"
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}-{count}"
    return Suggestion(event, None, round(score, 3), free, event.strip()[:200] or name, kind, medium)
