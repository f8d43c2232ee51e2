"""Each thing in a file becomes an element of the plan, or is found there by its name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any, Literal, cast, get_args

from desirelines.plan import Card, Experience, Insight, Journey, Medium, Moment, Persona, Plan, Team, Touchpoint
from desirelines.studio.bringing.feelings import desired_of
from desirelines.studio.bringing.ids import Ids, by_name
from desirelines.studio.bringing.nouns import Becomes, ItemRead
from desirelines.studio.bringing.words import medium_of, plain

LONGEST_NAME, LONGEST = 200, 10_000
_SAID = re.compile(r"^(needs|when|wants|feels):\s*(.*)$", re.IGNORECASE | re.DOTALL)
_FIELDS = {"needs": "need", "when": "context", "wants": "wants", "feels": "emotion"}
_QUOTES = '“”„"«»‚‘’'
_MEDIUM_KIND: dict[str, Literal["digital", "physical", "human"]] = {
    "phone": "human", "person": "human", "place": "physical", "paper": "physical", "parcel": "physical", "vehicle": "physical",
}  # fmt: skip
NO_CARDS = dict.fromkeys(("promises", "messages", "moments", "touchpoints", "ways", "emotion", ""), "notes")
"""Lanes of the house that hold no cards, and where words for them stand instead."""
State = Literal["kept", "new", "going"]


def _medium(text: str) -> Medium | None:
    """One of our own words for it, or a guess."""
    return cast(Medium, text) if text in get_args(Medium) else medium_of(text)


class Bringing:
    """The elements that are new, beside the plan as it is. `steps`: by stage, the touchpoints in order."""

    def __init__(self, plan: Plan, ids: Ids, stages: dict[str, str]) -> None:
        self.plan, self.ids, self.stages = plan, ids, stages
        self.steps: dict[str, list[tuple[str, State]]] = defaultdict(list)
        self.new: dict[str, list[Any]] = defaultdict(list)
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self._known = {
            "touchpoints": by_name(plan.touchpoints), "teams": by_name(plan.teams), "personas": by_name(plan.personas),
            "insights": by_name(plan.insights, "words"), "promises": by_name(plan.promises),
        }  # fmt: skip
        self._ids_of = {one.id: one for one in plan.touchpoints}
        self._moments: dict[tuple[str, str], str] = {}
        self._was: dict[str, str] = {}
        self._order = 10 * (1 + max((len(plan.moments), len(plan.cards), len(plan.experiences), len(plan.touchpoints))))

    def take(self, item: ItemRead) -> Becomes:
        """Make one thing, or find it."""
        stage = self.stages[item.stage]
        if item.kind == "touchpoint":
            return self._touchpoint(item, stage)
        if item.kind == "moment":
            return self._moment(item, stage)
        if item.kind == "experience":
            return self._experience(item, stage)
        if item.kind in ("frontstage", "backstage") and item.of:
            return self._behind(item)
        if item.lane in ("think", "feel", "do"):
            return self._told(item, f"what they {item.lane} in this stage", False)
        if item.lane == "emotion":
            return self._feeling(item)
        if item.lane == "promises" and plain(item.words) in self._known["promises"]:
            return self._told(item, "a promise that the plan has; it stands at its touchpoint", True)
        return self._card(item, stage)

    def planned(self, journey: Journey) -> Plan:
        """The plan with all of it."""
        update: dict[str, Any] = {name: (*getattr(self.plan, name), *several) for name, several in self.new.items()}
        return self.plan.model_copy(update={**update, "journeys": (*self.plan.journeys, journey)})

    def _told(self, item: ItemRead, becomes: str, known: bool) -> Becomes:
        return Becomes(item.place, item.stage, item.lane, item.words[:200], becomes, known)

    def _add(self, kind: str, element: Any) -> None:
        self.new[kind].append(element)
        self.counts[f"new {kind}"] += 1

    def _next(self) -> int:
        self._order += 10
        return self._order

    def _touchpoint(self, item: ItemRead, stage: str) -> Becomes:
        """Found by its name; of two with one name the one that our own table names by its id."""
        mine = self._ids_of.get(item.id)
        same = mine is not None and plain(mine.name) == plain(item.words)
        found = mine if same else self._known["touchpoints"].get(plain(item.words))
        state = cast(State, item.state if item.state in ("new", "going") else "kept")
        if found is None:
            found = self._new_touchpoint(item)
            told = self._told(item, f"a new touchpoint, {found.medium}", False)
        else:
            self.counts["touchpoints found"] += found in self.plan.touchpoints
            told = self._told(item, f"the touchpoint “{found.name}”", True)
        self._was[item.id] = found.id
        if (found.id, state) not in self.steps[stage]:
            self.steps[stage].append((found.id, state))
        return told

    def _new_touchpoint(self, item: ItemRead) -> Touchpoint:
        medium: Medium = _medium(item.medium) or medium_of(item.words) or "screen"
        words = "\n".join(part for part in (item.words if len(item.words) > LONGEST_NAME else "", *item.more) if part)
        made = Touchpoint(
            id=self.ids.new("touchpoint", item.words), name=item.words[:LONGEST_NAME].strip(), order=self._next(), medium=medium,
            kind=_MEDIUM_KIND.get(medium, "digital"), owner=self._team(item.owner), words=words[:LONGEST],
            begun_by="brand" if item.begun_by == "brand" else "customer",
        )  # fmt: skip
        self._add("touchpoints", made)
        self._known["touchpoints"].setdefault(plain(item.words), made)
        return made

    def _team(self, name: str) -> str | None:
        if not plain(name):
            return None
        known = self._known["teams"].get(plain(name))
        if known is None:
            known = Team(id=self.ids.new("team", name), name=name[:LONGEST_NAME].strip(), order=self._next())
            self._known["teams"][plain(name)] = known
            self._add("teams", known)
        return str(known.id)

    def _persona(self, name: str) -> str | None:
        found: Persona | None = self._known["personas"].get(plain(name)) if name else None
        return found.id if found else None

    def _moment(self, item: ItemRead, stage: str) -> Becomes:
        words = item.words.strip(_QUOTES).strip() or item.words
        fields: dict[str, str] = {"need": words if len(words) > LONGEST_NAME else ""}
        for line in item.more:
            said = _SAID.match(line)
            name = _FIELDS[said[1].lower()] if said else "context"
            fields[name] = "\n".join(part for part in (fields.get(name, ""), said[2] if said else line) if part)
        meets = self._known["touchpoints"].get(plain(item.of)) if item.of else None
        made = Moment(
            id=self.ids.new("moment", words), words=words[:LONGEST_NAME].strip(), order=self._next(), stage=stage,
            persona=self._persona(item.persona), touchpoints=(meets.id,) if meets else (),
            **{name: text[:LONGEST] for name, text in fields.items()},
        )  # fmt: skip
        self._moments[(stage, plain(item.words))] = made.id
        if item.id:
            self._moments[(stage, item.id)] = made.id
        self._add("moments", made)
        return self._told(item, "a new moment", False)

    def _experience(self, item: ItemRead, stage: str) -> Becomes:
        moment = self._moments.get((stage, item.of)) or self._moments.get((stage, plain(item.of)))
        if moment is None:
            return self._card(item, stage)
        state = cast(Any, item.state if item.state in ("idea", "pilot", "live", "retired") else "idea")
        made = Experience(
            id=self.ids.new("experience", item.words), name=item.words[:LONGEST_NAME].strip(), order=self._next(), moment=moment,
            gives="\n".join(item.more)[:LONGEST], state=state, owner=self._team(item.owner),
        )  # fmt: skip
        self._add("experiences", made)
        return self._told(item, "a new experience that meets the moment above it", False)

    def _behind(self, item: ItemRead) -> Becomes:
        """A touchpoint's own frontstage or backstage: written where the touchpoint is new, left where the plan has it."""
        name = self._was.get(item.of, item.of)
        for place, one in enumerate(self.new["touchpoints"]):
            if name == one.id and not getattr(one, item.kind):
                self.new["touchpoints"][place] = one.model_copy(update={item.kind: item.words[:LONGEST]})
                return self._told(item, f"the {item.kind} of the new touchpoint “{one.name}”", False)
        if name in self._ids_of:
            return self._told(item, f"stays as the plan says it at “{self._ids_of[name].name}”", True)
        return self._card(item, self.stages[item.stage])

    def _feeling(self, item: ItemRead) -> Becomes:
        value = desired_of(item.words)
        if value is not None:
            return self._told(item, f"the feeling we intend, {value:+.2f} of -1 to 1", False)
        if item.words.startswith(("felt", "wanted")):
            return self._told(item, "left out: it is measured or asked, not drawn", True)
        return self._told(item, "what they feel in this stage", False)

    def _card(self, item: ItemRead, stage: str) -> Becomes:
        lane = NO_CARDS.get(item.lane, item.lane)
        about = self._known["touchpoints"].get(plain(item.of)) if item.of else None
        insight = self._insight(item) if lane == "insights" else None
        words = "" if insight else "\n".join((item.words, *item.more))[:LONGEST]
        state = cast(State, item.state if item.state in ("new", "going") else "kept")
        made = Card(
            id=self.ids.new("card", item.words), order=self._next(), stage=stage, lane=lane, words=words, insight=insight,
            state=state,
            touchpoint=about.id if about else None, persona=self._persona(item.persona), owner=self._team(item.owner),
        )  # fmt: skip
        self._add("cards", made)
        what = "a new insight and a card with it" if insight else "a new card"
        return self._told(
            item, what if lane == item.lane else f"a new card among the notes: {item.lane or 'these'} need more than words", False
        )

    def _insight(self, item: ItemRead) -> str:
        known = self._known["insights"].get(plain(item.words))
        if known is None:
            quoted = item.words[:1] in _QUOTES
            known = Insight(
                id=self.ids.new("insight", item.words), words=(item.words.strip(_QUOTES).strip() or item.words)[:LONGEST],
                order=self._next(), kind="quotation" if quoted else "note",
            )  # fmt: skip
            self._known["insights"][plain(item.words)] = known
            self._add("insights", known)
        return str(known.id)
