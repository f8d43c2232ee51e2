"""Which two sides are meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.comparing.nouns import CompareAsk, SideTold
from desirelines.explain.ground import Ground, Mask
from desirelines.map import Segment
from desirelines.measure import Asked, Frame
from desirelines.model.hint import nearest

EVERYBODY = "*"


@dataclass(frozen=True)
class Sides:
    """Two frames with their names. `how` says what was chosen where nothing was said."""

    a: Frame
    b: Frame
    name_a: str
    name_b: str
    how: str = ""

    def of(self, letter: str) -> Frame:
        return self.a if letter == "a" else self.b


def sides(ground: Ground, ask: CompareAsk) -> Sides:
    """Raises BadInput for a persona without a segment."""
    asked = ground.asked
    if ask.persona:
        asked = replace(asked, segment=_and(asked.segment, _persona(ground, ask.persona)))
    said = any((ask.b_segment, ask.b_persona, ask.b_first_on, ask.b_last_on, ask.b_version))
    if said:
        return _said(ground, ask, asked)
    if asked.segment:
        a = ground.frame(asked, "")
        return Sides(a, _others(a), _called(ground, ask.persona, asked), "everybody else")
    return _halves(ground, asked)


def _said(ground: Ground, ask: CompareAsk, asked: Asked) -> Sides:
    segment = "" if ask.b_segment == EVERYBODY else ask.b_segment
    if ask.b_persona:
        segment = _and(segment, _persona(ground, ask.b_persona))
    elif not ask.b_segment:
        segment = asked.segment
    period = bool(ask.b_first_on or ask.b_last_on)
    first, last = (ask.b_first_on, ask.b_last_on) if period else (asked.first_on, asked.last_on)
    other = Asked(asked.journey, first, last, segment)
    a, b = ground.frame(asked, ""), ground.frame(other, ask.b_version)
    names = [_called(ground, ask.persona, asked), _called(ground, ask.b_persona, other)]
    if names[0] == names[1]:
        names = [f"{name}, {_period(one)}" for name, one in zip(names, (asked, other), strict=True)]
    if ask.b_version:
        names = [f"{names[0]}, plan {a.plan_version or 'draft'}", f"{names[1]}, plan {b.plan_version or 'draft'}"]
    return Sides(a, b, names[0], names[1])


def _others(a: Frame) -> Frame:
    """Everybody known who is not on side A."""
    mask = a.segment.over(a.facts.who.customers)
    left = np.zeros(len(a.facts.who.customers), np.bool_) if mask is None else ~mask
    return replace(a, segment=Segment(f"not ({a.segment.text})", a.facts.who.customers, left))


def _halves(ground: Ground, asked: Asked) -> Sides:
    """The period cut in two: the later half is A."""
    frame = ground.frame(asked, "")
    began = frame.matched.journeys.began_at[frame.keep]
    if not len(began):
        return Sides(frame, frame, "the later half", "the earlier half")
    first, last = ground.day_of(int(began.min())), ground.day_of(int(began.max()))
    days = (last - first).days + 1
    cut = first + timedelta(days=days // 2)
    later = replace(asked, first_on=cut.isoformat(), last_on=last.isoformat())
    earlier = replace(asked, first_on=first.isoformat(), last_on=(cut - timedelta(days=1)).isoformat())
    if days < 2:
        return Sides(frame, frame, "the later half", "the earlier half")
    how = f"nothing else was said, so journeys from {cut} on are held against those before"
    return Sides(ground.frame(later, ""), ground.frame(earlier, ""), f"from {cut}", f"before {cut}", how)


def _persona(ground: Ground, name: str) -> str:
    personas = {one.id: one for one in ground.plan.personas}
    if name not in personas:
        raise BadInput(
            f"there is no persona `{name[:80]}`", hint=nearest(name, tuple(personas)) if personas else "the plan has none"
        )
    rule = personas[name].segment
    if not rule:
        raise BadInput(
            f"“{personas[name].name}” is an assumption: no segment says who belongs to it", hint="give the persona a segment"
        )
    return rule


def _and(one: str, other: str) -> str:
    return "; ".join(part for part in (one, other) if part)


def _called(ground: Ground, persona: str, asked: Asked) -> str:
    named = next((one.name for one in ground.plan.personas if one.id == persona), "")
    return named or asked.segment or "everybody"


def _period(asked: Asked) -> str:
    if asked.first_on and asked.last_on:
        return f"{asked.first_on} to {asked.last_on}"
    return f"from {asked.first_on}" if asked.first_on else f"until {asked.last_on}" if asked.last_on else "all days"


def told(frame: Frame, name: str, behind: str) -> SideTold:
    """A side as the answer names it."""
    return SideTold(name, frame.journeys, frame.people, frame.period, frame.segment.text, frame.plan_version, behind)


def members(frame: Frame) -> Mask:
    """bool[customers of the facts]: those with a kept journey."""
    journeys = frame.matched.journeys
    who = np.unique(journeys.customer[frame.keep])
    found = np.zeros(len(frame.facts.who.customers), np.bool_)
    found[np.searchsorted(frame.facts.who.customers, journeys.customers[who[who >= 0]])] = True
    return found


def unfinished(frame: Frame) -> float:
    """The share of kept journeys that began so late that nine in ten of the journeys that lasted would not be over."""
    journeys = frame.matched.journeys
    lasted = (journeys.ended_at - journeys.began_at)[journeys.events > 1]
    if not len(lasted) or not frame.journeys:
        return 0.0
    usual = int(np.quantile(lasted, 0.9))
    return float(np.mean(journeys.began_at[frame.keep] > int(journeys.ended_at.max()) - usual))


def spanned(frame: Frame) -> int:
    """Days from the first to the last kept journey's beginning."""
    began = frame.matched.journeys.began_at[frame.keep]
    return 0 if not len(began) else int((int(began.max()) - int(began.min())) // 86_400_000_000) + 1
