"""What is worth a look: the brand's words in the customer's mouth, things nobody owns, assumptions."""

from __future__ import annotations

from desirelines.model.document import Path
from desirelines.model.hint import nearest
from desirelines.plan.checks.finding import Findings, Seen
from desirelines.plan.checks.wording import ASK, brand_speak, wording
from desirelines.plan.elements import Plan
from desirelines.plan.lookup import every_rule, in_order, missing_strategy


def check_wording(plan: Plan, findings: Findings, seen: Seen) -> None:
    """All that does not forbid publishing, and the one thing that does: a placement is no moment."""
    _moments(plan, findings)
    _stages(plan, findings)
    _experiences(plan, findings)
    _towers(plan, findings)
    _owners(plan, findings)
    for name in missing_strategy(plan):
        findings.warning(
            "strategy-gate", f"the strategy does not say its `{name}`", ("strategy", name), "begin with the strategy"
        )
    for i, persona in enumerate(plan.personas):
        if not persona.sources and not persona.evidence:
            words = f"the persona `{persona.id}` is an assumption: no source"
            hint = "name interviews, a survey or a segment's data under `sources`, or insights under `evidence`"
            findings.warning("assumption", words, ("personas", i), hint)
    for path, rule in every_rule(plan):
        if seen.events and rule.event not in seen.events:
            findings.warning(
                "never-seen", f"no source has given `{rule.event}` yet", path, nearest(rule.event, sorted(seen.events))
            )


def _moments(plan: Plan, findings: Findings) -> None:
    media = {touchpoint.id: touchpoint.medium for touchpoint in plan.touchpoints}
    for i, moment in enumerate(plan.moments):
        met = [media[name] for name in moment.touchpoints if name in media]
        for note in wording(moment.words, "moment", moment.need, met):
            if note.severity == "error":
                words = f"`{moment.id}` is a placement, not a moment: an advert alone meets no need"
                findings.error(note.code, words, ("moments", i), "say the customer's `need`")
            else:
                findings.warning(note.code, note.message, ("moments", i, "words"), ASK)
    for i, outcome in enumerate(plan.outcomes):
        _speak(outcome.words, ("outcomes", i, "words"), findings)


def _speak(text: str, path: Path, findings: Findings) -> None:
    word = brand_speak(text)
    if word:
        findings.warning("brand-speak", f"`{word}` is the brand's word, not the customer's", path, ASK)


def _stages(plan: Plan, findings: Findings) -> None:
    explained = {moment.stage for moment in plan.moments}
    retired = {message.id for message in plan.story.messages if message.retired}
    for i, journey in enumerate(plan.journeys):
        first_customer = next((stage.id for stage in in_order(journey.stages) if stage.side == "customer"), None)
        before: set[str] = set()
        for stage in in_order(journey.stages):
            path: Path = ("journeys", i, "stages", journey.stages.index(stage))
            if stage.side == "buyer" and first_customer in before:
                words = f"the customer's stage `{first_customer}` stands before the buyer's stage `{stage.id}`"
                findings.warning("side-order", words, (*path, "side"), "buyer's stages come first")
            if stage.id not in explained:
                findings.warning(
                    "stage-without-moment", f"no moment explains the stage `{stage.id}`", path, "what does one need here?"
                )
            if stage.message in retired:
                findings.warning("retired-message", f"the message `{stage.message}` is retired", (*path, "message"))
            for name in ("words", "think", "feel", "do"):
                _speak(getattr(stage, name), (*path, name), findings)
            before.add(stage.id)


def _experiences(plan: Plan, findings: Findings) -> None:
    """Said once, and of each moment that only messages meet."""
    there = [one for one in plan.experiences if one.state != "retired"]
    if there and all(one.kind == "message" for one in there):
        words = "everything that meets people here is a message"
        findings.warning("only-messages", words, ("experiences",), "add something they can use")
        return
    for i, moment in enumerate(plan.moments):
        mine = [one for one in there if one.moment == moment.id]
        if mine and all(one.kind == "message" for one in mine):
            words = f"only messages meet the moment `{moment.id}`"
            findings.warning("only-messages", words, ("moments", i), "what could they use there?")


def _towers(plan: Plan, findings: Findings) -> None:
    for i, tower in enumerate(plan.towers):
        if not tower.touchpoints and not tower.experiences:
            words = f"nothing supports the tower `{tower.id}`"
            findings.warning("empty-tower", words, ("towers", i), "align an experience or a touchpoint, or leave it as a chance")
        for j, box in enumerate(tower.boxes):
            _speak(box.words, ("towers", i, "boxes", j, "words"), findings)


def _owners(plan: Plan, findings: Findings) -> None:
    for i, touchpoint in enumerate(plan.touchpoints):
        if touchpoint.owner is None:
            findings.warning(
                "no-owner", f"nobody owns the touchpoint `{touchpoint.id}`", ("touchpoints", i), "name a team as owner"
            )
    for i, promise in enumerate(plan.promises):
        if promise.owner is None:
            findings.warning("no-owner", f"nobody owns the promise `{promise.id}`", ("promises", i), "name a team as owner")
