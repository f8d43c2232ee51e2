"""The question `drivers`: what moves with an outcome, by how much of it, and what to mend first."""

from __future__ import annotations

import numpy as np

from desirelines.errors import BadInput
from desirelines.explain.drivers.contrast import LOW_UP_TO
from desirelines.explain.drivers.design import Design, design
from desirelines.explain.drivers.known import is_product, known_drivers
from desirelines.explain.drivers.listing import drawn, listed, of_what
from desirelines.explain.drivers.nouns import DriverRow, Drivers, DriversAsk, Named
from desirelines.explain.drivers.outcomes import outcomes
from desirelines.explain.drivers.weighed import NO_ENDS, Weighed, between
from desirelines.explain.ground import Ground, Mask
from desirelines.explain.rungs import LIKE_WITH_LIKE, MOVES_TOGETHER, Rung
from desirelines.measure import percent
from desirelines.model.hint import nearest
from desirelines.model.result import Result

NOTHING = "nothing to explain yet: plan a question that customers answer, or say which event is an order"
MENDED = "pairs of answers contradicted one another, so all correlations were drawn towards none until they agreed"
MISSING = {
    "listwise": "{whole} of {n} {of} have every driver; the others are left out (listwise)",
    "pairwise": "each pair of drivers rests on the {of} that have both, at least {n}, for only {whole} have all (pairwise)",
}


def drivers(ground: Ground, ask: DriversAsk) -> Drivers:
    """An answer without rows says in its caveats what is missing."""
    found = design(ground, ask)
    if found is None:
        return _nothing(ground)
    weighed, scale, rung = Weighed(found), found.rows, rung_of(found)
    rows, at = listed(ground, ask, weighed)
    product, experience = product_and_experience(ground, weighed, ask.product)
    value = float(weighed.explains.sum()) if weighed.fit else None
    whole = between(weighed.samples.sum(axis=1), value) if weighed.samples is not None else NO_ENDS
    r2 = drawn(ground, value, "share", weighed.n, of_what(found), whole)
    return Drivers(
        outcome=scale.outcome, outcome_name=scale.name, unit=scale.unit, outcome_low=scale.low, outcome_high=scale.high,
        mean=outcome_mean(ground, found), rows=rows, importance_at=at[0] if at else None, performance_at=at[1] if at else None,
        r2=r2, f=weighed.fit.f if weighed.fit else None, freedom=weighed.fit.freedom if weighed.fit else 0,
        tjur=weighed.chances.tjur if weighed.chances else None, method=weighed.method, missing=found.missing,
        people=found.people, rung=rung.id, rung_name=rung.name, product=product, experience=experience,
        headline=_headline(weighed, rows), warnings=tuple(one.words for one in weighed.warned if one.driver is None),
        caveats=caveats(weighed), outcomes=outcomes(ground),
        choices=tuple(Named(one.id, one.name) for one in known_drivers(ground, scale.question)),
        period=ground.period, plan_version=ground.plan_version, data_version=ground.facts.trace.data_version,
    )  # fmt: skip


def rung_of(found: Design) -> Rung:
    """Like with like where what was known of every customer before is held."""
    return MOVES_TOGETHER if found.held is None else LIKE_WITH_LIKE


def outcome_mean(ground: Ground, found: Design) -> Result[float]:
    """The outcome's mean with its interval by customers drawn again."""
    n, ends = len(found.y), NO_ENDS
    if n > 1:
        weight = found.times.sum(axis=1, dtype=np.float64)
        ends = between((found.times @ found.y)[weight > 0] / weight[weight > 0])
    return drawn(ground, float(found.y.mean()) if n else None, found.rows.unit, n, of_what(found), ends)


def product_and_experience(ground: Ground, weighed: Weighed, said: str) -> tuple[Result[float] | None, Result[float] | None]:
    """How what is explained falls to the product itself and to all around it; None where nobody said which is which."""
    mine = np.array([is_product(one, said) for one in weighed.design.drivers], dtype=np.float64)
    if not mine.any():
        return None, None
    of = of_what(weighed.design)
    product, experience = (
        drawn(ground, value, "share", weighed.n, of, ends) for value, ends in (weighed.of_all(mine), weighed.of_all(1 - mine))
    )
    return product, experience


def caveats(weighed: Weighed) -> tuple[str, ...]:
    """What the reader must know of the rows, the missing values and the past that is held."""
    found, of = weighed.design, of_what(weighed.design)
    n = len(found.y)
    said = [*found.rows.caveats, *found.left_out]
    if not weighed.p:
        said.append("no driver is known for these rows: nothing else was asked, promised or met by people who are known")
    if n and weighed.p and not weighed.fit:
        said.append(f"{n} {of} are too few, or all alike, for {weighed.p} drivers")
    if weighed.fit and found.whole < n:
        least = n if found.missing == "listwise" else weighed.n
        said.append(MISSING[found.missing].format(whole=f"{found.whole:,}", n=f"{least:,}", of=of))
    if weighed.crossed and weighed.crossed.mended:
        said.append(MENDED)
    if weighed.fit and found.rows.binary and weighed.method != "shapley of the log likelihood":
        said.append("shares are those of a linear model of the chance: its R² is Tjur's")
    if found.held is not None and weighed.fit:
        said.append("customers are alike in how long and how often they had been there before; what else differs is not held")
    return tuple(said)


def _headline(weighed: Weighed, rows: tuple[DriverRow, ...]) -> str:
    if not rows or not weighed.fit or weighed.crossed is None:
        return f"What moves with “{weighed.design.rows.name}” cannot be said yet"
    if not weighed.beyond_chance:
        return f"Nothing known here moves with “{weighed.design.rows.name}” by more than chance may do"
    first, outcome = rows[0], weighed.design.rows.name
    sure = len(rows) > 1 and (first.importance.low or 0.0) > max(row.importance.high or 1.0 for row in rows[1:])
    way = "higher" if (first.effect.value or 0.0) > 0 else "lower"
    part = percent(first.importance.value or 0.0)
    lead = (
        f"{part} of all that is explained" if sure or len(rows) == 1 else f"{part} of all that is explained, perhaps not the most"
    )
    mend = [row.name for row in rows if row.field == "concentrate here" and (row.effect.low or 0.0) > 0]
    then = f"; mend first: {', '.join(mend[:3])}" if mend else ""
    return f"“{outcome}” is {way} where {where(first.kind, first.name)}: {lead}{then}"


def where(kind: str, name: str) -> str:
    """A driver at its best, as a clause."""
    said = {
        "score": "“{}” is rated better",
        "promise": "“{}” was kept",
        "wait": "it came in time ({})",
        "meeting": "customers {}",
    }
    if kind == "contact":
        return "nobody needed to get in touch"
    return said[kind].format(name[:1].lower() + name[1:] if kind == "meeting" else name)


def _nothing(ground: Ground) -> Drivers:
    none = drawn(ground, None, "share", 0, "answers")
    return Drivers(
        outcome="", outcome_name="", unit="score", outcome_low=0.0, outcome_high=1.0, mean=none, rows=(), importance_at=None,
        performance_at=None, r2=none, f=None, freedom=0, tjur=None, method="lmg", missing="listwise", people=0,
        rung=MOVES_TOGETHER.id, rung_name=MOVES_TOGETHER.name, product=None, experience=None, headline="Nothing to explain yet",
        warnings=(), caveats=(NOTHING,), outcomes=(), choices=(), period=ground.period, plan_version=ground.plan_version,
        data_version=ground.facts.trace.data_version,
    )  # fmt: skip


def of_drivers(ground: Ground, ask: DriversAsk, mark: str) -> Mask:
    """bool[customers]: those with a row in which the driver is low. Raises BadInput for a mark that names none."""
    kind, _, name = mark.partition(":")
    found = design(ground, ask)
    names = [one.id for one in found.drivers] if found else []
    if kind != "low" or name not in names or found is None:
        raise BadInput(f"`{mark[:80]}` is no mark of these drivers", hint=nearest(mark, [f"low:{one}" for one in names]))
    return customers_of(ground, found, low(found, names.index(name)))


def low(found: Design, at: int) -> Mask:
    """bool[n]: rows in which a driver is low: a broken promise, a long wait, one of the lowest scores."""
    with np.errstate(invalid="ignore"):
        return np.asarray(found.value[:, at] <= LOW_UP_TO)


def customers_of(ground: Ground, found: Design, rows: Mask) -> Mask:
    """bool[customers]: the known ones among the rows."""
    who = found.customer[rows]
    marked = np.zeros(ground.customers, np.bool_)
    marked[who[who >= 0]] = True
    return marked
