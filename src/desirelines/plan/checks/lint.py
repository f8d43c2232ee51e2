"""What is worth a look: the brand's words in the customer's mouth, things nobody owns, assumptions."""

from __future__ import annotations

import re

from desirelines.model.document import Path
from desirelines.model.hint import nearest
from desirelines.plan.checks.finding import Findings, Seen
from desirelines.plan.elements import Plan
from desirelines.plan.lookup import every_rule, in_order, missing_strategy

BRAND_SPEAK = re.compile(
    r"\b(we (?:offer|sell|provide|promote|push)|our (?:products?|brand|offers?|services?|audience)"
    r"|convert(?:s|ed|ing)?|conversions?|nurtur(?:e|es|ed|ing)|leads?|prospects?|up-?sell(?:s|ing)?|cross-?sell(?:s|ing)?"
    r"|funnels?|retarget(?:s|ed|ing)?|remarketing|acquisitions?|retention|churn(?:s|ed)?|engagement|monetiz(?:e|es|ation)"
    r"|monetis(?:e|es|ation)|impressions?|click-?through|traffic|campaigns?|target(?:s|ed|ing)? (?:group|customer|audience)s?"
    r"|touchpoints?|kpis?|roi|customers?|users?|consumers?|call to action|cta)\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(
    r"\b(i|i'm|i’m|me|my|mine|myself|we|us|our|ours|eu|meu|minha|meus|minhas|mim|quero|preciso|ich|mein|meine|meinen|meiner|mir|mich"
    r"|yo|mi|mis|quiero|necesito|je|mon|ma|mes|moi|io|mio|mia|voglio|ik|mijn|mij)\b|\b[jm]['’]",
    re.IGNORECASE,
)

_ASK = "say it as the customer would: I want to …, I worry that …, where is my …?"


def check_wording(plan: Plan, findings: Findings, seen: Seen) -> None:
    """All that does not forbid publishing, and the one thing that does: a placement is no moment."""
    _moments(plan, findings)
    _stages(plan, findings)
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


def brand_speak(text: str) -> str | None:
    """The first word in a text that only a brand would say; None if there is none."""
    found = BRAND_SPEAK.search(text)
    return found.group(0) if found else None


def _moments(plan: Plan, findings: Findings) -> None:
    adverts = {touchpoint.id for touchpoint in plan.touchpoints if touchpoint.medium == "advert"}
    for i, moment in enumerate(plan.moments):
        path: Path = ("moments", i, "words")
        _speak(moment.words, path, findings)
        if not brand_speak(moment.words) and not _as_customer(moment.words):
            findings.warning("first-person", f"“{moment.words}” does not speak as the customer", path, _ASK)
        if moment.touchpoints and set(moment.touchpoints) <= adverts and not moment.need:
            words = f"`{moment.id}` is a placement, not a moment: an advert alone meets no need"
            findings.error("placement-is-no-moment", words, ("moments", i), "say the customer's `need`")
    for i, outcome in enumerate(plan.outcomes):
        _speak(outcome.words, ("outcomes", i, "words"), findings)


def _speak(text: str, path: Path, findings: Findings) -> None:
    word = brand_speak(text)
    if word:
        findings.warning("brand-speak", f"`{word}` is the brand's word, not the customer's", path, _ASK)


def _as_customer(words: str) -> bool:
    """The first person in a few languages, a question, or a script this list does not know."""
    return "?" in words or bool(FIRST_PERSON.search(words)) or not re.search("[a-z]", words, re.IGNORECASE)


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
            _speak(stage.think, (*path, "think"), findings)
            before.add(stage.id)


def _owners(plan: Plan, findings: Findings) -> None:
    for i, touchpoint in enumerate(plan.touchpoints):
        if touchpoint.owner is None:
            findings.warning(
                "no-owner", f"nobody owns the touchpoint `{touchpoint.id}`", ("touchpoints", i), "name a team as owner"
            )
    for i, promise in enumerate(plan.promises):
        if promise.owner is None:
            findings.warning("no-owner", f"nobody owns the promise `{promise.id}`", ("promises", i), "name a team as owner")
