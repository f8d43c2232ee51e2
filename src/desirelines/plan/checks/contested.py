"""Two touchpoints must not claim the same event (foundations, 9)."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from desirelines.model.document import Path
from desirelines.plan.checks.finding import Findings
from desirelines.plan.checks.rules import Condition, Relation, conditions, relation
from desirelines.plan.elements import Plan

PAIR_LIMIT = 200_000

Claim = tuple[Path, str, dict[str, Condition]]

_WORDS: dict[Relation, str] = {
    "same": "claims the same `{event}` events as `{other}`",
    "inside": "claims `{event}` events that `{other}` claims too",
    "around": "claims all `{event}` events that `{other}` claims",
    "overlapping": "may claim `{event}` events that `{other}` claims too",
}


def check_contested(plan: Plan, findings: Findings) -> None:
    """An error where one rule holds all events of another touchpoint's rule, a warning where they may overlap."""
    claims: dict[str, list[Claim]] = defaultdict(list)
    for i, touchpoint in enumerate(plan.touchpoints):
        for j, rule in enumerate(touchpoint.rule):
            claims[rule.event].append((("touchpoints", i, "rule", j), touchpoint.id, conditions(rule)))
    budget = PAIR_LIMIT
    for event, several in claims.items():
        budget -= len(several) * (len(several) - 1) // 2
        if budget < 0:
            findings.error(
                "too-many-rules", f"too many rules claim `{event}` to compare them all", several[-1][0], "name fewer, wider rules"
            )
            return
        for one, other in combinations(several, 2):
            _compare(event, one, other, findings)


def _compare(event: str, one: Claim, other: Claim, findings: Findings) -> None:
    if one[0][1] == other[0][1]:
        return
    found = relation(other[2], one[2])
    if found == "apart":
        return
    words = f"`{other[1]}` {_WORDS[found].format(event=event, other=one[1])}"
    line = findings.document.line(one[0])
    hint = f"`{one[1]}` claims them{f' on line {line}' if line else ''}: tell them apart by channel, source or where"
    if found == "overlapping":
        findings.warning("may-be-contested", words, other[0], hint)
    else:
        findings.error("contested", words, other[0], hint)
