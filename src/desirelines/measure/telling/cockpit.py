"""One page for who leads: a sentence, four figures, what to know."""

from __future__ import annotations

from desirelines.identify import Identities
from desirelines.map import CUSTOMERS_LIMIT, RATE_LIMIT
from desirelines.measure.mapping.compose import sheet
from desirelines.measure.mapping.frame import Frame
from desirelines.measure.sheet import Cockpit, Sheet
from desirelines.measure.telling.findings import findings
from desirelines.measure.telling.headlines import base, effort, recommendation, worst_of, worst_promise
from desirelines.measure.telling.words import percent, several


def cockpit(
    frame: Frame,
    identities: Identities | None = None,
    desire_rate: float = RATE_LIMIT,
    desire_customers: int = CUSTOMERS_LIMIT,
    quiet: frozenset[tuple[str, str]] = frozenset(),
) -> Cockpit:
    """What the frame's journey, period and segment come to. `identities` tell what is held; `quiet`: ways judged already."""
    whole = sheet(frame, desire_rate, desire_customers)
    figures = (recommendation(frame), worst_promise(frame, whole), base(frame), effort(frame))
    headline, subline = _headline(frame, whole)
    return Cockpit(
        headline, subline, figures, findings(frame, whole, identities, quiet), frame.period, frame.plan_version,
        frame.matched.data_version,
    )  # fmt: skip


def _headline(frame: Frame, whole: Sheet) -> tuple[str, str]:
    known = "" if whole.known.value is None else f"; {percent(whole.known.value)} of all events belong to known people"
    subline = (
        f"{several(whole.journeys, 'journey')} of {several(whole.people, 'customer')}, {several(whole.events, 'event')}{known}."
    )
    worst = worst_of(whole)
    if worst and worst.kept.value is not None and worst.state == "broken":
        kept = f"{percent(worst.kept.value)} of {worst.kept.n:,} cases"
        return f"“{worst.name}” was kept in {kept}; {percent(worst.target)} was promised.", subline
    if whole.following.fitting.value is not None:
        lead = "Every promise that could be judged holds, and " if worst and worst.state == "kept" else ""
        words = f"{lead}{percent(whole.following.fitting.value)} of {several(whole.journeys, 'journey')} went exactly as planned."
        return words[0].upper() + words[1:], subline
    if whole.journeys:
        return f"{several(whole.journeys, 'journey')} happened; the plan draws none yet.", subline
    planned = f"{several(len(whole.touchpoints), 'touchpoint')} in {several(len(whole.stages), 'stage')}"
    return f"{planned}, and nothing measured yet in this period.", subline
