"""Whether what an event means can be counted, and whether what the brand holds itself to can be measured."""

from __future__ import annotations

from desirelines.model.document import Path
from desirelines.model.event import NAME
from desirelines.model.hint import nearest
from desirelines.plan.checks.finding import Findings, Seen
from desirelines.plan.elements import Plan, Role

BY_DAY = ("spend", "mention")
"""Roles that a figure per day may play."""
CARRYING = ("review", "rank", "brands", "spend")
"""Roles whose events are nothing without the property they carry."""


def check_roles(plan: Plan, findings: Findings, seen: Seen) -> None:
    """Every role is played by something that can be counted, every metric is one that is measured."""
    for i, role in enumerate(plan.roles):
        _played(role, ("roles", i), findings)
        _known(role, ("roles", i), findings, seen)
    for i, metric in enumerate(plan.metrics):
        if seen.metrics and metric.id not in seen.metrics:
            hint = nearest(metric.id, sorted(seen.metrics))
            findings.warning("unknown-metric", f"nothing measures `{metric.id}`", ("metrics", i, "id"), hint)


def _played(role: Role, path: Path, findings: Findings) -> None:
    if role.figure and role.id not in BY_DAY:
        words = f"a figure per day cannot be `{role.id}`"
        findings.error("empty-role", words, (*path, "figure"), f"only {' and '.join(BY_DAY)}; name events under `rule`")
    elif not role.rule and not role.figure:
        findings.error("empty-role", f"no event is a `{role.id}`", path, "name an event under `rule`")
    if role.rule and not role.property and role.id in CARRYING:
        words = f"`{role.id}` needs the property that holds it"
        findings.error("role-needs-property", words, path, "name it under `property`")


def _known(role: Role, path: Path, findings: Findings, seen: Seen) -> None:
    for field, known in (("property", seen.properties), ("object", seen.objects)):
        name = getattr(role, field)
        if name and not NAME.match(name):
            findings.error("kind-name", f"`{name}` cannot be a {field}", (*path, field), "small letters, digits and _")
        elif name and known and name not in known:
            hint = nearest(name, sorted(known))
            findings.warning("never-seen", f"no event has carried the {field} `{name}` yet", (*path, field), hint)
    if role.figure and seen.figures and role.figure not in seen.figures:
        hint = nearest(role.figure, sorted(seen.figures))
        findings.warning("never-seen", f"no source has given the figure `{role.figure}` yet", (*path, "figure"), hint)
