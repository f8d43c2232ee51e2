"""What went wrong, and what followed from it, as findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal
from urllib.parse import quote

from desirelines.explain.glitches.answering import glitches
from desirelines.explain.glitches.nouns import GlitchesAsk, GlitchRow
from desirelines.explain.ground import Ground
from desirelines.explain.ripples.answering import ripples
from desirelines.explain.ripples.nouns import Fault, RippleEdge, Ripples, RipplesAsk
from desirelines.measure import Finding, Frame, Said
from desirelines.model.result import Result

Tone = Literal["good", "bad", "doubt", "plain"]
EACH = 3
"""Faults that are followed, and glitches of one tone that are told, at most."""
FEWEST = 30
"""People who must have met a fault before it is followed here."""
WAVES = 2
"""Things that followed which one sentence names."""


def broken(ground: Ground, frame: Frame, told: Sequence[Finding]) -> Iterator[Finding]:
    """Glitches that are no season and not told already as a silence; those that are worse, and those still going on."""
    silent = {one.id.partition(":")[2] for one in told if one.kind == "silent"}
    rows = [row for row in glitches(ground, GlitchesAsk()).glitches if not row.season and not _silence(row, silent)]
    worse = [row for row in rows if row.worse]
    others = [row for row in rows if row.worse is None and row.ended_on is None]
    for row in (*worse[:EACH], *others[:EACH]):
        say = Said(frame)
        say.tell(row.level)
        say.tell(row.usual)
        people = row.reached.value
        met = f"{say.many(row.reached, 'customer')} met it" if people is not None else "nobody known met it"
        tone: Tone = "plain" if not row.worse else "bad" if row.ended_on is None else "doubt"
        behind = f"customers?behind={quote(row.reached.behind)}" if row.reached.behind else _page(row.fault)
        yield Finding(
            f"glitch:{row.series}:{row.began_on}", row.words, met, "glitch", row.owner, round(people or 0), tone, behind,
            say.told, since_on=row.began_on, picture=_page(row.fault),
        )  # fmt: skip


def _silence(row: GlitchRow, silent: set[str]) -> bool:
    return row.kind == "volume" and row.touchpoint in silent


def followed(ground: Ground, frame: Frame) -> Iterator[Finding]:
    """What the faults that most people met moved elsewhere: like with like, and clearer than chance."""
    first = ripples(ground, RipplesAsk())
    faults = [one for one in first.faults if one.people >= FEWEST][:EACH]
    for fault in faults:
        found = first if first.fault == fault else ripples(ground, RipplesAsk(fault=fault.id))
        waves = _waves(found)
        if waves:
            yield _ripple(frame, fault, found, waves)


def _waves(found: Ripples) -> list[RippleEdge]:
    """The clearest of what got worse, one of each kind of thing."""
    seen: dict[str, RippleEdge] = {}
    for edge in found.edges:
        if (
            edge.shown
            and edge.worse
            and edge.rung_id != "L0"
            and edge.exposed.value is not None
            and edge.others.value is not None
        ):
            seen.setdefault(edge.name, edge)
    return list(seen.values())[:WAVES]


def _ripple(frame: Frame, fault: Fault, found: Ripples, waves: Sequence[RippleEdge]) -> Finding:
    say = Said(frame)
    parts = [f"“{edge.name}” {say.figure(edge.exposed)} against {say.figure(edge.others)}" for edge in waves]
    lags = ", ".join(f"{edge.name} {say.lag(edge.low, edge.high)}" for edge in waves)
    money = _money(frame, found.money)
    lost = ""
    if money and money.high is not None and money.high < 0:
        lost = f"; their orders come to {say.figure(money)} ({say.spread(money)}) against those of others alike"
    rung = waves[0].rung
    return Finding(
        f"ripple:{fault.id}", f"{fault.name}. Then {' and '.join(parts)} of others alike",
        f"{lags}; {say.count(fault.people, 'customer')} met it{lost}", "ripple", fault.owner, fault.people, "bad",
        f"customers?behind={quote(found.reached.behind)}" if found.reached.behind else _page(fault.id), say.told, money, rung,
        picture=_page(fault.id),
    )  # fmt: skip


def _money(frame: Frame, money: Result[float] | None) -> Result[float] | None:
    """What was lost, in the brand's currency; None where those who met the fault bought more."""
    if money is None or money.value is None or money.value >= 0:
        return None
    return replace(money, unit=frame.plan.brand.currency)


def _page(fault: str) -> str:
    return f"why/ripples?fault={quote(fault)}" if fault else "why/ripples"
