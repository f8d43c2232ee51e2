"""Which events might play which role: by the words of their names, nothing more. A person confirms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from desirelines.plan.elements import RoleId

NAMES: Mapping[RoleId, str] = {
    "order": r"order (placed|completed)|purchas|bought|checkout completed|\bsale\b|booked|basket paid",
    "refund": r"refund|return (requested|received)|returned|cancel|chargeback",
    "contact": r"\bcall(ed)?\b|contact(ed)?\b|chat started|ticket (opened|created)|complain|support (asked|requested)",
    "resolved": r"resolved|solved|ticket closed|settled",
    "asked-again": r"asked again|re-?entered|told again",
    "failure": r"fail(ed|ure)|error|declined|crash|out of stock",
    "joined": r"sign(ed)? ?up|registered|joined|account (created|opened)|subscribed|activated",
    "value": r"deliver(y|ed)|received|arrived|first use|onboarded",
    "referral": r"referr|recommended|invited",
    "review": r"review (written|given|posted)|\brated\b",
    "visit": r"visit(ed)?\b|viewed|page opened",
    "meaningful": r"advice given|event attended",
    "mention": r"mention|post liked|shared",
}
"""What events of a role are usually called; `rank`, `brands` and `spend` have no usual name."""
MOST = 3


def suggest_roles(events: Iterable[str]) -> dict[RoleId, tuple[str, ...]]:
    """For each role the events whose names say so, at most three, in the order given; roles without one are absent."""
    names = list(dict.fromkeys(events))
    found: dict[RoleId, tuple[str, ...]] = {}
    for role, usual in NAMES.items():
        fits = re.compile(usual, re.IGNORECASE)
        mine = tuple(name for name in names if fits.search(re.sub(r"[_-]+|(?<=[a-z])(?=[A-Z])", " ", name)))
        if mine:
            found[role] = mine[:MOST]
    return found
