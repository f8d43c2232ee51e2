"""An edge in plain words, with its checks: nothing is called a cause, and every number comes from a Result."""

from __future__ import annotations

from desirelines.explain.estimating.estimate import Estimate
from desirelines.explain.estimating.sensitivity import e_value, e_value_of_interval, ratio_of_means, smallest_effect
from desirelines.explain.ground import Ground
from desirelines.explain.ripples.edges import PLACEBO_LEVEL, TREND_LEVEL, Compared, Edge, passes
from desirelines.explain.ripples.gathered import Told
from desirelines.explain.ripples.nouns import Check, RippleEdge, RipplesAsk, Said
from desirelines.explain.ripples.passing import BEFORE
from desirelines.explain.rungs import LIKE_WITH_LIKE, MOVES_TOGETHER
from desirelines.model.result import Result

UNITS = {"any": "share", "again": "share", "none": "share", "amount": "money", "score": "score"}
BALANCED = 0.1
METHOD = "overlap weights"


def tell(
    ground: Ground, ask: RipplesAsk, compared: Compared, told: Told, edge: Edge, control: Edge | None, later: bool
) -> RippleEdge:
    """`control`: the edge to an outcome that the fault cannot move."""
    unit = UNITS[edge.kind]
    checks = checks_of(compared, edge, control)
    rung = LIKE_WITH_LIKE if all(one.passed is not False for one in checks) else MOVES_TOGETHER
    behind = ground.behind("ripples", ask, f"after:{edge.outcome}:{edge.low}-{edge.high}")
    effect = result_of(ground, edge.effect, unit, edge.n_exposed, behind)
    exposed = ground.result(edge.exposed, unit, edge.n_exposed, "passages with the fault", behind, method=METHOD)
    others = ground.result(edge.others, unit, edge.effect.n - edge.n_exposed, "passages without", method=METHOD)
    ratio = edge.exposed / edge.others if edge.others > 0 and edge.exposed > 0 and unit != "score" else None
    worse = told.bad != 0 and edge.effect.value * told.bad > 0
    return RippleEdge(
        edge.outcome, told.target, told.name, told.touchpoint, edge.low, edge.high, sentence(told, edge, rung.name, later),  # type: ignore[arg-type]
        effect, exposed, others, ratio, edge.q, edge.shows, worse, later, rung.name, rung.id, checks,
        smallest_effect(edge.effect.error) if edge.effect.error else None, overturned(edge), said_of(edge),
    )  # fmt: skip


def result_of(ground: Ground, one: Estimate, unit: str, n: int, behind: str = "") -> Result[float]:
    """A difference with its interval; n counts the exposed."""
    low, high = one.interval() or (None, None)
    return ground.result(one.value, unit, n, "passages with the fault", behind, low=low, high=high, method=METHOD)


def sentence(told: Told, edge: Edge, rung: str, later: bool) -> str:
    """Such as: Getting in touch, 1 to 3 days after: 40 % of those who met the fault, 4 % of others alike (like with like)."""
    when = f"{edge.low} to {edge.high} days after"
    a, b = (spoken(value, edge.kind) for value in (edge.exposed, edge.others))
    if edge.kind == "score":
        said = f"{told.name}: {a} on average from those who met the fault, {b} from others alike"
    elif edge.kind == "amount":
        said = f"{told.name} in the {edge.high} days after: {a} by those who met the fault, {b} by others alike"
    else:
        said = f"{told.name}, {when}: {a} of those who met the fault, {b} of others alike"
    return f"{said}, yet over all days about as many ({rung})" if later else f"{said} ({rung})"


def spoken(value: float, kind: str) -> str:
    if kind in ("score", "amount"):
        return f"{value:.2f}"
    return f"{round(100 * value, 1) + 0.0:.1f} %"  # weights may leave a share a hair under 0, which is no minus


def checks_of(compared: Compared, edge: Edge, control: Edge | None) -> tuple[Check, ...]:
    apart = max((abs(one.after) for one in compared.alike.balances), default=0.0)
    return (
        _by_estimate(
            "placebo", edge, edge.placebo, PLACEBO_LEVEL, BEFORE, "in the two weeks before, when nothing could have followed"
        ),
        _by_estimate(
            "trend before", edge, edge.trend, TREND_LEVEL, BEFORE // 2, "whether the two sides were drifting apart already"
        ),
        Check("alike before", apart < BALANCED, f"what was known before lies at most {apart:.2f} standard deviations apart"),
        _control(control),
    )


def _by_estimate(name: str, edge: Edge, found: Estimate | None, level: float, days: int, words: str) -> Check:
    if found is None or found.p is None:
        return Check(name, None, f"{words}: nothing to compare")
    if passes(found, level):
        return Check(name, True, f"{words}: no difference beyond chance (p {found.p:.2g})")
    if edge.unlike(found, level, days):
        return Check(name, True, f"{words}: a difference (p {found.p:.2g}), too small to explain a quarter of this")
    return Check(name, False, f"{words}: a difference beyond chance (p {found.p:.2g})")


def _control(control: Edge | None) -> Check:
    if control is None or control.effect.p is None:
        return Check("unmoved elsewhere", None, "no outcome that the fault cannot move is known")
    passed = passes(control.effect, TREND_LEVEL)
    words = "does not differ" if passed else "differs, though the fault cannot have moved it"
    return Check("unmoved elsewhere", passed, f"{control.outcome} {words} (p {control.effect.p:.2g})")


def overturned(edge: Edge) -> str:
    """What would overturn it: how strong something unseen would have to be."""
    span = edge.effect.interval()
    if edge.kind in ("any", "again", "none") and span and edge.others > 0:
        ratio, ends = edge.exposed / edge.others, tuple((edge.others + one) / edge.others for one in span)
        e, near = e_value(ratio), e_value_of_interval(max(ends[0], 1e-9), max(ends[1], 1e-9))
    elif span and edge.effect.error:
        spread = edge.effect.error * (edge.n_exposed**0.5)
        found = ratio_of_means(edge.effect.value, spread)
        ends = tuple(ratio_of_means(one, spread) or 1.0 for one in span)
        e, near = (e_value(found) if found else None), e_value_of_interval(*sorted(ends))
    else:
        return ""
    if e is None or near is None:
        return ""
    if near == 1.0:
        return "chance alone would overturn it"
    return (
        f"something unknown that multiplies both the chance of the fault and of this by {e:.1f} would explain it away "
        f"({near:.1f} for the near end of its interval)"
    )


def said_of(edge: Edge) -> tuple[Said, ...]:
    found = []
    for method, one in edge.others_say:
        low, high = one.interval() or (None, None)
        found.append(Said(method, one.value, low, high))
    return tuple(found)
