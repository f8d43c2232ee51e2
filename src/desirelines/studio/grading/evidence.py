"""The grade of every cell: guessed, observed, asked or measured, by what stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from desirelines.measure import GRADES, Grade, Sheet, best_grade
from desirelines.plan import Card, Experience, Moment, Outcome, Plan, Promise, Stage, Touchpoint, in_order
from desirelines.studio.grading.asking import ask_next
from desirelines.studio.grading.ground import Ground
from desirelines.studio.grading.nouns import GradedMap, MapCell

WEIGHTS = {"touchpoint": 1.0, "stage": 1.0, "promise": 2.0, "moment": 2.0, "experience": 1.0, "card": 0.5}
"""How much it matters to know a cell, before what the customers rated and what is intended count too."""
SAID = 0.5
"""So much for what a stage says that they think, feel and do."""
_UNSAID = "publish the draft: from then on it is measured"


def grade_map(plan: Plan, journey: str, sheet: Sheet | None = None, figures: frozenset[str] = frozenset()) -> GradedMap:
    """Grade every cell of one map and rank what to find out. Works with any of insights, answers and events, or none.

    `sheet`: what is measured, of the newest version; None: nothing. `figures`: register figures that have a value.
    Raises NotFound.
    """
    ground = Ground(plan, journey, sheet, figures)
    cells = tuple(_Cells(ground).all())
    counts = Counter(cell.grade for cell in cells)
    return GradedMap(
        journey,
        sheet.plan_version if sheet else 0,
        cells,
        {grade: counts[grade] for grade in GRADES},
        ask_next(ground, cells),
        _rests_on(ground),
    )


def _rests_on(ground: Ground) -> tuple[str, ...]:
    evidence = [one.evidence for one in ground.sheet.touchpoints] if ground.sheet else []
    asked = any(one.wanted_n for one in ground.stages) or any(one.n for one in ground.plan.outcomes)
    found = {
        "insights": any(one.source for one in ground.plan.insights),
        "answers": asked or any(one.answers for one in evidence),
        "figures": any(one.figures or one.observations for one in evidence),
        "events": any(one.events for one in evidence),
    }
    return tuple(name for name, there in found.items() if there)


class _Cells:
    """The cells of one ground. Touchpoints are graded first: what rests on them goes by their grades."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.touchpoints = {one.id: one for one in in_order(ground.plan.touchpoints)}
        self.grades: dict[str, Grade] = {name: self._touchpoint_grade(name) for name in self.touchpoints}
        self.outcomes: dict[str, Outcome] = {one.id: one for one in ground.plan.outcomes}

    def all(self) -> Iterator[MapCell]:
        for name in self.touchpoints:
            if name in self.ground.steps:
                yield self._touchpoint(self.touchpoints[name])
        for stage in self.ground.stages:
            yield self._stage(stage)
            yield self._emotion(stage)
            yield from self._said(stage)
        for moment in self.ground.moments:
            yield self._moment(moment)
            yield from (self._experience(one, moment) for one in self.ground.plan.experiences if one.moment == moment.id)
        yield from (self._promise(promise) for promise in self.ground.promises)
        yield from (self._card(card) for card in self.ground.cards)

    def _touchpoint_grade(self, name: str) -> Grade:
        ground = self.ground
        sheet = ground.sheet
        measured = [one.evidence.grade for one in sheet.touchpoints if one.id == name] if sheet else []
        told = ground.learned(one.id for one in ground.plan.insights if one.touchpoint == name)
        shown = ground.learned(one.insight for one in ground.cards if one.touchpoint == name)
        return best_grade([*measured, told, shown])

    def _cell(
        self, element: str, name: str, stage: str | None, grade: Grade, why: str, more: str, weight: float | None = None
    ) -> MapCell:
        ground = self.ground
        published = ground.published(element)
        kind, _, own = element.partition(":")
        reach, known = ground.reach_of(own) if kind == "touchpoint" else ground.stage_reach.get(stage or "", (1.0, False))
        told = "" if grade == "measured" else more if published else _UNSAID
        return MapCell(
            element, name, stage, grade, why, told, published, reach, known, WEIGHTS[kind] if weight is None else weight
        )

    def _touchpoint(self, one: Touchpoint) -> MapCell:
        rows = self.ground.sheet.touchpoints if self.ground.sheet else ()
        found = next((row.evidence for row in rows if row.id == one.id), None)
        learned = sum(insight.touchpoint == one.id and bool(insight.source) for insight in self.ground.plan.insights)
        counts = {"insight": learned}
        if found:
            counts |= {"event": found.events, "answer": found.answers, "observation": found.observations, "figure": found.figures}
        why = ", ".join(f"{n:,} {word}{'' if n == 1 else 's'}" for word, n in counts.items() if n)
        more = "name the events that happen here" if one.kind == "digital" else "bring in its events, counts or what somebody saw"
        stage = self.ground.steps[one.id][0][0].id
        why = why or "nothing is known about it yet"
        return self._cell(f"touchpoint:{one.id}", one.name, stage, self.grades[one.id], why, more)

    def _stage(self, stage: Stage) -> MapCell:
        here = [name for name, steps in self.ground.steps.items() if any(at.id == stage.id for at, _ in steps)]
        mine = [self.grades[name] for name in here if name in self.grades]
        cards = self.ground.learned(card.insight for card in self.ground.cards if card.stage == stage.id)
        why = f"the best known of its {len(mine)} touchpoints" if mine else "no touchpoint stands in it"
        more = "know one of its touchpoints better"
        return self._cell(f"stage:{stage.id}", stage.name, stage.id, best_grade([*mine, cards]), why, more)

    def _emotion(self, stage: Stage) -> MapCell:
        rows = self.ground.sheet.stages if self.ground.sheet else ()
        felt = next((row.felt.n for row in rows if row.id == stage.id and row.felt), 0)
        wanted = stage.wanted_n if stage.wanted is not None and stage.wanted_source else 0
        said = [f"{felt:,} answers say what they felt"] if felt else []
        said += [f"{wanted:,} said what they want to feel"] if wanted else []
        why = "; ".join(said) or ("only what we intend is said" if stage.desired is not None else "nothing is said about it")
        more = "ask at its touchpoints how it felt" if not felt else "" if wanted else "ask what they want to feel"
        grade: Grade = "asked" if said else "guessed"
        return self._cell(
            f"stage:{stage.id}/emotion", f"Emotion in {stage.name}", stage.id, grade, why, more, emotion_weight(stage)
        )

    def _said(self, stage: Stage) -> Iterator[MapCell]:
        for lane in ("think", "feel", "do"):
            cards = [card for card in self.ground.cards if card.stage == stage.id and card.lane == lane]
            if not getattr(stage, lane) and not cards:
                continue
            grade = self.ground.learned(card.insight for card in cards)
            why = "rests on insights" if grade != "guessed" else "no insight stands behind it"
            more = "put an insight with a source beside it"
            yield self._cell(f"stage:{stage.id}/{lane}", f"What they {lane} in {stage.name}", stage.id, grade, why, more, SAID)

    def _moment(self, moment: Moment) -> MapCell:
        outcome = self.outcomes.get(moment.outcome or "")
        rated = outcome.n or 0 if outcome else 0
        met = [self.grades[name] for name in moment.touchpoints if name in self.grades]
        grade = best_grade([*met, "asked" if rated else "guessed"])
        why = f"{best_grade(met)} where it is met" if met else "it is met nowhere yet"
        why = f"{why}; {rated:,} rated its outcome" if rated else why
        more = "ask how important it is to them and how satisfied they are"
        return self._cell(f"moment:{moment.id}", f"“{moment.words}”", moment.stage, grade, why, more, moment_weight(outcome))

    def _experience(self, one: Experience, moment: Moment) -> MapCell:
        tried = one.state in ("pilot", "live")
        met = [self.grades[name] for name in one.touchpoints if name in self.grades]
        why = "it is an idea" if one.state == "idea" else f"it is {one.state}"
        why = "as well known as its touchpoints" if tried and met else why
        more = "know its touchpoints better" if tried else "try it with a few customers"
        return self._cell(f"experience:{one.id}", one.name, moment.stage, best_grade(met) if tried else "guessed", why, more)

    def _promise(self, promise: Promise) -> MapCell:
        rows = self.ground.sheet.promises if self.ground.sheet else ()
        n = next((one.kept.n for one in rows if one.id == promise.id), 0)
        way = promise.by or promise.within or promise.score
        why = f"{n:,} judged" if n else "nothing came that it could be judged by" if way else "nothing judges it yet"
        more = "bring in the events that it is judged by" if way else "say by what it is kept"
        stage = self.ground.steps[promise.touchpoint][0][0].id
        grade: Grade = "measured" if n else "guessed"
        return self._cell(f"promise:{promise.id}", promise.name, stage, grade, why, more)

    def _card(self, card: Card) -> MapCell:
        insight = self.ground.insights.get(card.insight or "")
        measured: Grade = "measured" if card.metric in self.ground.figures else "guessed"
        at = [self.grades[card.touchpoint]] if card.touchpoint in self.grades else []
        grade = best_grade([self.ground.learned([card.insight]), measured, *at])
        why = f"from {insight.source}" if insight and insight.source else "no source is named"
        why = "its figure is measured" if measured == "measured" else why
        words = card.words or (insight.words if insight else "a card")
        more = "name the source of its insight" if insight and not insight.source else "put an insight with a source on it"
        return self._cell(f"card:{card.id}", words[:80], card.stage, grade, why, more)


def moment_weight(outcome: Outcome | None) -> float:
    """2; of an outcome that customers rated 1 to 3, by its opportunity (0 to 20; Ulwick's importance plus what is lacking)."""
    if outcome is None or outcome.importance is None or outcome.satisfaction is None:
        return WEIGHTS["moment"]
    return 1 + (outcome.importance + max(outcome.importance - outcome.satisfaction, 0.0)) / 10


def emotion_weight(stage: Stage) -> float:
    """1, more the stronger the emotion we intend, and the further it lies from what customers want."""
    intended = stage.desired or 0.0
    wanted = intended if stage.wanted is None else stage.wanted
    return 1 + abs(intended) + abs(intended - wanted) / 2
