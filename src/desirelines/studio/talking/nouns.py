"""What people say over a map, as everybody reads it. Instants are ISO in UTC."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Noun(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Comment(Noun):
    """One comment. A deleted one has lost its text."""

    id: str
    by: str
    at: str
    text: str
    mentions: tuple[str, ...]
    """The names in it that mean somebody."""
    deleted: bool
    edited_at: str | None
    mine: bool


class Thread(Noun):
    """A comment and its replies. `element`: `kind:id`, empty: the map; `on`: what it was called, `gone`: it no longer is."""

    id: str
    journey: str
    element: str
    on: str
    gone: bool
    resolved_by: str
    resolved_at: str | None
    last_at: str
    mentions_me: bool
    comments: tuple[Comment, ...]


class Threads(Noun):
    """A page of threads, the newest word first; the counts are of all pages."""

    open: int
    resolved: int
    page: int
    pages: int
    threads: tuple[Thread, ...]


class TalkCount(Noun):
    """How much is said about one element: open threads, their comments, suggestions that wait."""

    element: str
    open: int
    comments: int
    suggestions: int


class TalkCounts(Noun):
    """`gone`: open threads whose element was removed; `mine`: open threads that mention me and wait for my word."""

    open: int
    gone: int
    mine: int
    elements: tuple[TalkCount, ...]


class NewWords(Noun):
    """Other words for one field."""

    kind: Literal["words"] = "words"
    element: str = Field(max_length=120)
    field: str = Field(max_length=40)
    words: str = Field(max_length=10_000)


class NewElement(Noun):
    """Something new in a cell. `what` a touchpoint: as the last step of the stage."""

    kind: Literal["add"] = "add"
    what: Literal["card", "moment", "touchpoint"]
    stage: str = Field(max_length=64)
    lane: str = Field(default="notes", max_length=64)
    words: str = Field(min_length=1, max_length=2000)


class Removal(Noun):
    """Something that should go."""

    kind: Literal["remove"] = "remove"
    element: str = Field(max_length=120)


Proposal = Annotated[NewWords | NewElement | Removal, Field(discriminator="kind")]
SuggestionState = Literal["open", "accepted", "declined", "withdrawn"]


class Suggestion(Noun):
    """A change somebody wishes. `before`: what it was then; `now`: what it is; `stale`: they differ, or its place is gone."""

    id: str
    journey: str
    change: Proposal
    on: str
    reason: str
    by: str
    at: str
    mine: bool
    state: SuggestionState
    decided_by: str
    decided_at: str | None
    word: str
    before: str
    now: str
    stale: bool


class ForMe(Noun):
    """What waits for me, over all maps I may see."""

    mentions: tuple[Thread, ...]
    threads: tuple[Thread, ...]
    suggestions: tuple[Suggestion, ...]
    journeys: dict[str, str]
    """The names of the maps."""


Ask = Literal["offer", "say", "ease"]


class Answer(Noun):
    """An answer to one of the three questions. `card`: the opportunity it became."""

    id: str
    touchpoint: str
    ask: Ask
    text: str
    by: str
    team: str
    at: str
    mine: bool
    votes: int
    my_vote: bool
    card: str


class Asked(Noun):
    """One touchpoint of a map, and what was answered about it."""

    touchpoint: str
    name: str
    stages: tuple[str, ...]
    unanswered: tuple[Ask, ...]
    answered_by_me: tuple[Ask, ...]
    answers: tuple[Answer, ...]


class TeamVoice(Noun):
    """What one team (empty: people who named none) answered about a map."""

    team: str
    name: str
    people: int
    offer: int
    say: int
    ease: int


class Questions(Noun):
    """Every touchpoint of a map in its order, how many of the three are unanswered, and who has spoken for which team."""

    questions: dict[Ask, str]
    unanswered: int
    of: int
    touchpoints: tuple[Asked, ...]
    teams: tuple[TeamVoice, ...]


Document = dict[str, Any]
