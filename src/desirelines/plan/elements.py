"""What a brand intends, as one immutable document: every element has an id, chosen once; order is a field."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Text = Annotated[str, Field(max_length=10_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Duration = Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)?(s|min|h|d|w)$", description="such as 90s, 30min, 4h, 2d, 1w")]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", description="such as 2026-03-31")]
Change = Literal["kept", "new", "going"]
"""How a thing stands between the map as it is and as it should be: stays, is to come, is to go."""
Picture = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", description="the digest of a picture kept in the workspace")]
Scalar = str | float | Annotated[int, Field(ge=-(2**53), le=2**53)] | bool


class Element(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)


class Range(Element):
    """Numbers from `at_least` (included) to `below` (excluded)."""

    at_least: float | None = None
    below: float | None = None


class EventRule(Element):
    """Which events are meant: all conditions must hold. `where` tests properties: equal, one of a list, or in a range."""

    event: Name
    channel: str | None = None
    source: str | None = None
    where: dict[str, Scalar | list[Scalar] | Range] = {}


class Brand(Element):
    name: Name
    zone: str = "UTC"
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    simulated: bool = False
    about: Text = ""


class Strategy(Element):
    """Six fields that must be filled before a map means anything."""

    target_groups: Text = ""
    position: Text = ""
    offering: Text = ""
    message: Text = ""
    how: Text = ""
    channels: Text = ""


class Message(Element):
    id: Id
    words: Name
    order: int = 0
    retired: bool = False


class Story(Element):
    vision: Text = ""
    mission: Text = ""
    purpose: Text = ""
    promise: Text = ""
    messages: tuple[Message, ...] = ()


class Team(Element):
    id: Id
    name: Name
    order: int = 0
    lead: str = ""
    partner: bool = False


class Persona(Element):
    id: Id
    name: Name
    order: int = 0
    words: Text = ""
    needs: Text = ""
    sources: tuple[str, ...] = ()
    segment: str | None = None
    """A segment's rule, in the language of segments: who they are; None: nobody can be counted."""
    evidence: tuple[Id, ...] = ()
    """The insights it rests on."""
    picture: Picture = ""


class Insight(Element):
    """What was learned, and where: kept once, put on maps, personas and towers by its id."""

    id: Id
    words: Annotated[str, Field(min_length=1, max_length=10_000)]
    order: int = 0
    kind: Literal["quotation", "number", "photo", "note"] = "quotation"
    source: str = ""
    on: Day | None = None
    n: int | None = Field(default=None, ge=0)
    persona: Id | None = None
    touchpoint: Id | None = None
    picture: Picture = ""


class Box(Element):
    """One thing people do or hold true, in a tower of a mental model."""

    id: Id
    words: Name
    order: int = 0
    kind: Literal["task", "belief"] = "task"
    insight: Id | None = None


class Tower(Element):
    """Tasks and beliefs around one need, over what the brand offers to support them."""

    id: Id
    name: Name
    order: int = 0
    space: str = ""
    """The mental space the tower stands in; towers of one space stand side by side."""
    persona: Id | None = None
    boxes: tuple[Box, ...] = ()
    touchpoints: tuple[Id, ...] = ()
    experiences: tuple[Id, ...] = ()


class IdentifierKind(Element):
    """How an identifier joins people: a value linked to more than `joins` others is held, not applied."""

    id: Id
    name: str = ""
    order: int = 0
    joins: int = 50


Purpose = Literal["promote", "make-aware", "personalise", "sell", "manage"]
Medium = Literal["screen", "place", "person", "paper", "parcel", "phone", "mail", "advert", "message", "vehicle"]


class Touchpoint(Element):
    """A contact point. `rule`: an event belongs here when any of its rules holds; empty: nothing measures it yet."""

    id: Id
    name: Name
    order: int = 0
    kind: Literal["digital", "physical", "human"] = "digital"
    medium: Medium = "screen"
    words: Text = ""
    owner: Id | None = None
    responsible: tuple[Id, ...] = ()
    consulted: tuple[Id, ...] = ()
    informed: tuple[Id, ...] = ()
    rule: tuple[EventRule, ...] = ()
    frontstage: Text = ""
    backstage: Text = ""
    systems: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    begun_by: Literal["customer", "brand"] = "customer"
    meets: Literal["customers", "anyone"] = "customers"
    """`anyone`: people who never buy meet it too, such as a van in traffic."""


class Question(Element):
    """A score customers give: which property of which event, on which scale, about which touchpoint."""

    id: Id
    words: Name
    order: int = 0
    kind: Literal["satisfaction", "recommend", "effort"] = "satisfaction"
    touchpoint: Id
    event: EventRule
    property: str
    low: float = 1
    high: float = 5


class Outcome(Element):
    """What the customer wants to have achieved, with importance and satisfaction (0 to 10) as customers gave them."""

    id: Id
    words: Name
    order: int = 0
    importance: float | None = Field(default=None, ge=0, le=10)
    satisfaction: float | None = Field(default=None, ge=0, le=10)
    n: int | None = Field(default=None, ge=0)
    reached: tuple[EventRule, ...] = ()
    """Any of these events says that the customer has it; empty: only customers' answers know."""


RoleId = Literal[
    "order", "refund", "contact", "resolved", "value", "referral", "review", "visit", "failure", "asked-again", "joined",
    "meaningful", "mention", "rank", "brands", "spend",
]  # fmt: skip


class Role(Element):
    """What an event means to the figures, whatever touchpoint it belongs to: any of `rule`, or a `figure` per day."""

    id: RoleId
    order: int = 0
    rule: tuple[EventRule, ...] = ()
    property: str = ""
    """The amount, score or rank it carries; empty: none."""
    object: str = ""
    """The kind of object (order) whose several events are one occasion; of contacts, the issue each is about."""
    figure: str = ""
    """The name of a figure that counts it per day (`spend`, `mention`) where no event does."""


class Metric(Element):
    """What the brand holds itself to: one of the figures it is measured by, the value it should have, and who answers for it."""

    id: Id
    order: int = 0
    target: float | None = None
    owner: Id | None = None


class Moment(Element):
    """A customer's need in its context, in the customer's words."""

    id: Id
    words: Name
    order: int = 0
    stage: Id
    need: Text = ""
    context: Text = ""
    wants: Text = ""
    """The outcome wanted, as the customer says it; `outcome` is the one that is measured."""
    emotion: Text = ""
    persona: Id | None = None
    outcome: Id | None = None
    touchpoints: tuple[Id, ...] = ()


class Experience(Element):
    """What meets a moment."""

    id: Id
    name: Name
    order: int = 0
    moment: Id
    gives: Text = ""
    purpose: Text = ""
    touchpoints: tuple[Id, ...] = ()
    state: Literal["idea", "pilot", "live", "retired"] = "idea"
    kind: Literal["useful", "message"] = "useful"
    """Something the customer can use, or merely a message."""
    owner: Id | None = None


class By(Element):
    """Kept when the event happens by the date or time in its own property `limit`; a date holds to that day's end."""

    event: EventRule
    limit: str


class Within(Element):
    """Kept when `to` follows `start` within `time`, per subject. Not yet due is not judged; overdue without `to` is broken."""

    start: EventRule
    to: EventRule
    time: Duration


class Score(Element):
    """Kept when the property is at least so much; each answer is judged."""

    event: EventRule
    property: str
    at_least: float


class Promise(Element):
    """What the brand says it will do, made measurable: exactly one of by, within, score."""

    id: Id
    name: Name
    order: int = 0
    words: Text = ""
    touchpoint: Id
    owner: Id | None = None
    per: str = "customer"
    target: float = Field(ge=0, le=1)
    by: By | None = None
    within: Within | None = None
    score: Score | None = None


class Step(Element):
    """A place in the plan: one touchpoint, or one of several."""

    id: Id
    order: int = 0
    touchpoint: Id | None = None
    one_of: tuple[Id, ...] = ()
    optional: bool = False
    repeats: bool = False
    within: Duration | None = None
    """Late if more than this passed since the step before it."""
    state: Change = "kept"
    """Only what is kept is held against customers: new and going steps may be left out."""
    personas: tuple[Id, ...] = ()
    """Who takes this step; empty: everyone."""

    @property
    def waived(self) -> bool:
        """Nobody misses it who does not take it."""
        return self.optional or self.state != "kept" or bool(self.personas)


class Lane(Element):
    """A row of a map: one of the house's, moved or hidden, or one of the map's own, for cards."""

    id: Id
    name: str = ""
    order: int = 0
    hidden: bool = False


class Card(Element):
    """What stands on a map beside its moments and touchpoints."""

    id: Id
    order: int = 0
    stage: Id
    lane: Id = "notes"
    words: Text = ""
    insight: Id | None = None
    touchpoint: Id | None = None
    metric: Id | None = None
    persona: Id | None = None
    owner: Id | None = None
    picture: Picture = ""
    state: Change = "kept"


class Stage(Element):
    """A block of the planned journey, on the buyer's or the customer's side."""

    id: Id
    name: Name
    order: int = 0
    side: Literal["buyer", "customer"]
    words: Text = ""
    steps: tuple[Step, ...] = ()
    any_order: bool = False
    repeats: bool = False
    """The whole stage may come again before the next."""
    opens: Id | None = None
    """The micro journey this stage opens into."""
    desired: float | None = Field(default=None, ge=-1, le=1)
    """Desired emotion, -1 to 1: what we intend."""
    wanted: float | None = Field(default=None, ge=-1, le=1)
    """What customers said they want to feel, and how many said so."""
    wanted_n: int | None = Field(default=None, ge=0)
    wanted_source: str = ""
    think: Text = ""
    feel: Text = ""
    do: Text = ""
    message: Id | None = None
    phase: Literal["acquisition", "engagement", "transaction", "delivery", "service", "support"] | None = None
    arc: Literal["setup", "rising", "climax", "falling", "resolution"] | None = None
    """Its place in the story the journey tells."""


class Journey(Element):
    """A planned journey. One customer's (or object's) events between its boundaries are one actual journey.

    Without boundaries all events of the subject are one journey. `starts`: a journey begins at such an event (events
    before the first are left out); `ends`: it ends after such an event; `gap`: it ends when so long nothing happened.
    """

    id: Id
    name: Name
    order: int = 0
    subject: str = "customer"
    personas: tuple[Id, ...] = ()
    starts: tuple[EventRule, ...] = ()
    ends: tuple[EventRule, ...] = ()
    gap: Duration | None = None
    unclaimed: Literal["unplanned", "ignored"] = "unplanned"
    """Whether events that no touchpoint claims count as unplanned when a journey is held against the plan."""
    repeats: bool = False
    """After the last stage the journey may begin again at the first."""
    words: Text = ""
    """What it is drawn for: the challenge, the question."""
    lanes: tuple[Lane, ...] = ()
    stages: tuple[Stage, ...] = ()


class Plan(Element):
    """All that a brand intends. Ids are unique within each list; stage, step and box ids within the plan."""

    format: Literal[1] = 1
    brand: Brand
    strategy: Strategy = Strategy()
    story: Story = Story()
    teams: tuple[Team, ...] = ()
    personas: tuple[Persona, ...] = ()
    identifiers: tuple[IdentifierKind, ...] = ()
    touchpoints: tuple[Touchpoint, ...] = ()
    questions: tuple[Question, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    moments: tuple[Moment, ...] = ()
    experiences: tuple[Experience, ...] = ()
    promises: tuple[Promise, ...] = ()
    journeys: tuple[Journey, ...] = ()
    roles: tuple[Role, ...] = ()
    metrics: tuple[Metric, ...] = ()
    insights: tuple[Insight, ...] = ()
    towers: tuple[Tower, ...] = ()
    cards: tuple[Card, ...] = ()
