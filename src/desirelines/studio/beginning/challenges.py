"""Where people stand when they begin: a challenge as they would say it."""

from __future__ import annotations

from dataclasses import dataclass

from desirelines.errors import NotFound
from desirelines.model.hint import nearest
from desirelines.plan import RoleId


@dataclass(frozen=True)
class Challenge:
    """`needs`: the roles that say whom it is about. `template`: what is drawn where there are no data. `would_say`: what they
    would add."""

    id: str
    words: str
    about: str
    journey: str
    needs: tuple[RoleId, ...]
    template: str
    would_say: str
    lacking: str
    """What the data must know for it, beyond the roles."""


CHALLENGES = (
    Challenge(
        "no-return", "Buyers do not return", "Those who bought once, and what they met before they stayed away.",
        "After the first order", ("order",), "loyalty",
        "Who bought once and when the others came back; what the two met differently; where the last trace of them is.",
        "who ordered, and when",
    ),
    Challenge(
        "complaints", "Complaints rise", "Those who asked for help, the month before and the month after.",
        "Before and after a complaint", ("contact",), "complaint",
        "Whether they really rise; what happened in the month before; which promise was broken to those who call.",
        "who asked for help, and when",
    ),
    Challenge(
        "new-service", "A new service starts", "Everybody of the last half year: the ways a new service will meet.",
        "Where the new service meets them", (), "onboarding",
        "Which ways people take today, where they stop, and where a new service would meet them first.",
        "what people do today",
    ),
    Challenge(
        "abandoned", "Orders are abandoned", "Those who filled a basket, or went to pay, and did not order.",
        "From the basket to nowhere", ("order",), "acquisition",
        "Who came as far as the basket, what came last, and what those who ordered met instead.",
        "who filled a basket, or went to pay",
    ),
    Challenge(
        "no-recommendation", "Nobody recommends us", "Those who bought and told nobody.",
        "After the order, and silent", ("order",), "loyalty",
        "Who bought and never recommended; how it felt where it was asked; what those who do recommend met.",
        "who recommended us, and when",
    ),
    Challenge(
        "late", "Delivery is late", "Those who waited longer than was promised, or longest of all.",
        "Waiting too long", ("order", "value"), "onboarding",
        "Who waited how long; what they did while they waited; what it cost afterwards.",
        "when they had it in their hands",
    ),
)  # fmt: skip


def challenge_of(name: str) -> Challenge:
    """Raises NotFound with the nearest."""
    known = {one.id: one for one in CHALLENGES}
    if name not in known:
        raise NotFound(f"there is no challenge `{name[:64]}`", hint=nearest(name, known))
    return known[name]
