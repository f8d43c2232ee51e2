"""The question `ripples`: what follows a fault, at which lag, for whom, and how far that may be believed."""

from __future__ import annotations

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.estimating.looking import benjamini_hochberg
from desirelines.explain.ground import Ground, Mask
from desirelines.explain.ripples.edges import AWAY, LAGS, Compared, Edge, Outcome, edges_of, level, only_later, prepare, spread
from desirelines.explain.ripples.gathered import Gathered, Told
from desirelines.explain.ripples.natural import natural_comparisons
from desirelines.explain.ripples.nouns import Fault, RippleEdge, Ripples, RipplesAsk, RippleStep
from desirelines.explain.ripples.passing import DAY_US, Passages
from desirelines.explain.ripples.telling import UNITS, result_of, tell
from desirelines.model.result import Result
from desirelines.plan import in_order

SPREAD = 12
"""So many of the clearest edges say what other methods say."""
AFTER = ("order-again", "amount", "leaving")
"""Where a second hop may lead"""


def ripples(ground: Ground, ask: RipplesAsk) -> Ripples:
    """Nothing is followed where no promise was broken and nothing failed, or where fewer than 20 people met it."""
    gathered = Gathered(ground)
    fault = gathered.chosen(ask)
    if fault is None:
        return _none(
            gathered, ask, None, ("no promise was broken and nothing failed to anybody known: there is no fault to follow",)
        )
    compared = gathered.compared(fault)
    if compared is None:
        return _none(gathered, ask, fault, ("too few known people met it, or nobody passed without it in the same weeks",))
    told = {one.outcome.id: one for one in gathered.outcomes if one.outcome.id != fault.touchpoint}
    edges = edges_of(compared, [one.outcome for one in told.values()])
    control = _control(gathered, ask, fault, edges)
    late = only_later(compared, [one.outcome for one in told.values()], edges)
    ranked = sorted(edges, key=lambda one: (not one.shows, not one.sound, one.outcome in late, one.q, -abs(one.effect.value)))
    full = [spread(compared, told[one.outcome].outcome, one) if place < SPREAD else one for place, one in enumerate(ranked)]
    rows = tuple(tell(ground, ask, compared, told[one.outcome], one, control, one.outcome in late) for one in full)
    steps = _steps(gathered, compared, told, ranked)
    own = gathered.passages(fault)
    reached = ground.share(int(own.exposed.sum()), len(own.at), "passages", ground.behind("ripples", ask, "reached"))
    return Ripples(
        gathered.faults, fault, _headline(fault, rows), reached, compared.reach, len(compared.alike.exposed) - compared.reach,
        rows, LAGS, steps, natural_comparisons(gathered, fault, told), _money(ground, fault, rows), _alike(compared),
        ground.period, ground.plan_version, ground.facts.trace.data_version, tuple(_caveats(compared, own)),
    )  # fmt: skip


def _none(gathered: Gathered, ask: RipplesAsk, fault: Fault | None, caveats: tuple[str, ...]) -> Ripples:
    ground = gathered.ground
    own = gathered.passages(fault) if fault else None
    hits, n = (int(own.exposed.sum()), len(own.at)) if own else (0, 0)
    reached = ground.share(hits, n, "passages", ground.behind("ripples", ask, "reached") if hits else "")
    return Ripples(
        gathered.faults, fault, "No ripple can be told yet", reached, 0, 0, (), LAGS, (), (), None, (), ground.period,
        ground.plan_version, ground.facts.trace.data_version, caveats,
    )  # fmt: skip


def _headline(fault: Fault, rows: tuple[RippleEdge, ...]) -> str:
    shown = [one for one in rows if one.shown]
    sound = [one for one in shown if one.rung_id != "L0" and not one.later]
    if not shown:
        return f"{fault.name}: nothing that follows is more than chance"
    if not sound:
        return f"{fault.name}: what differs afterwards did so before as well, or only comes later"
    first = next((one for one in sound if one.worse), sound[0])
    return f"{fault.name}. {first.words}"


def _control(gathered: Gathered, ask: RipplesAsk, fault: Fault, edges: list[Edge]) -> Edge | None:
    """The edge in the first week, to the touchpoint asked for or the first of the planned journeys that people come to."""
    names = [ask.control] if ask.control else _planned_first(gathered)
    if ask.control and ask.control not in gathered.at_touchpoints:
        raise BadInput(f"nobody known came to a touchpoint `{ask.control[:64]}`", hint=", ".join(gathered.at_touchpoints)[:200])
    for name in names:
        mine = [one for one in edges if one.outcome == name and one.high <= 3 and name != fault.touchpoint]
        if mine:
            return max(mine, key=lambda one: one.high)
    return None


def _planned_first(gathered: Gathered) -> list[str]:
    found: list[str] = []
    for journey in in_order(gathered.ground.plan.journeys):
        for stage in in_order(journey.stages):
            for step in in_order(stage.steps):
                found += [name for name in (step.touchpoint, *step.one_of) if name in gathered.at_touchpoints]
    return found[:2]


def _steps(gathered: Gathered, compared: Compared, told: dict[str, Told], edges: list[Edge]) -> tuple[RippleStep, ...]:
    """Of those who met the fault: who did the first thing that followed against who did not, and what they did then."""
    first = next((one for one in edges if one.shows and one.sound and one.kind == "any" and told[one.outcome].bad > 0), None)
    if first is None:
        return ()
    through, own = told[first.outcome], compared.fair.passages.only(compared.alike.exposed)
    did = level(through.outcome, Compared(compared.fair, compared.alike, compared.end_us), first.low, first.high)
    later = Passages(own.customer, own.at + first.high * DAY_US, did[compared.alike.exposed] > 0, own.known)
    again = prepare(later, list(gathered.at_touchpoints.values()), gathered.first_seen, *gathered.span)
    if again is None:
        return ()
    wanted: list[Outcome] = [one.outcome for one in told.values() if one.outcome.id in AFTER or one.outcome.kind == "score"]
    found = edges_of(again, wanted)
    q = benjamini_hochberg(np.array([one.effect.p or 1.0 for one in found]))
    rows = []
    for edge, value in zip(found, q.tolist(), strict=True):
        tested = value <= 0.1 and edge.sound
        goes = "goes on to" if tested else "shows nothing beyond chance at"
        words = f"Among those who met the fault, {through.name.lower()} {goes} {told[edge.outcome].name.lower()}"
        rows.append(RippleStep(through.name, told[edge.outcome].name, result_of(gathered.ground, edge.effect, UNITS[edge.kind],
                                                                               edge.n_exposed), tested, words))  # fmt: skip
    return tuple(rows)


def _money(ground: Ground, fault: Fault, rows: tuple[RippleEdge, ...]) -> Result[float] | None:
    """The amount's effect times the people who met the fault."""
    one = next((row for row in rows if row.id == "amount"), None)
    if one is None or one.effect.value is None or one.effect.low is None or one.effect.high is None:
        return None
    people = fault.people
    lost, low, high = (-value * people for value in (one.effect.value, one.effect.high, one.effect.low))
    doubt = () if one.shown else ("could be chance",)
    return ground.result(
        lost, "money", one.effect.n, "passages with the fault", one.effect.behind, low=low, high=high, method="overlap weights",
        caveats=(*doubt, f"for all {people:,} people who met it, {one.rung}"),
    )  # fmt: skip


def _alike(compared: Compared) -> tuple[tuple[str, float, float], ...]:
    rows = zip(compared.alike.names, compared.alike.balances, strict=False)
    found = [(name, one.before, one.after) for name, one in rows if np.isfinite(one.before) and np.isfinite(one.after)]
    return tuple(sorted(found, key=lambda one: -abs(one[1])))


def _caveats(compared: Compared, own: Passages) -> list[str]:
    found = ["people who met the fault are compared with people alike who passed in the same weeks without it; "
             "what is not in the data may still differ"]  # fmt: skip
    left = int(own.exposed.sum()) - compared.reach
    if left:
        found.append(
            f"{left:,} more passages with the fault are not compared: not the customer's first, or too near the data's begin"
        )
    if compared.alike.separated:
        found.append("something known before tells almost alone who met the fault: few others are like them")
    return found


def of_ripples(ground: Ground, ask: RipplesAsk, mark: str) -> Mask:
    """bool[customers]: those whom `mark` stands for. Raises BadInput for another mark."""
    gathered = Gathered(ground)
    fault = gathered.chosen(ask)
    found = np.zeros(ground.customers, np.bool_)
    if fault is None:
        return found
    own = gathered.passages(fault)
    met = own.only(own.exposed)
    if mark == "reached":
        found[met.customer] = True
        return found
    kind, _, rest = mark.partition(":")
    name, _, lag = rest.rpartition(":")
    low, _, high = lag.partition("-")
    told = {one.outcome.id: one for one in gathered.outcomes}
    if kind != "after" or name not in told or not (low.isdecimal() and high.isdecimal() and len(low) < 4 and len(high) < 4):
        raise BadInput(f"`{mark[:80]}` is no figure of these ripples", hint="reached, or such as after:contact:1-3")
    outcome = told[name].outcome
    start, stop = met.at + int(low) * DAY_US + 1, met.at + int(high) * DAY_US
    count = outcome.happened.count(met.customer, start + (AWAY * DAY_US if outcome.kind == "none" else 0), stop)
    found[met.customer[(count == 0) if outcome.kind == "none" else (count > 0)]] = True
    return found
