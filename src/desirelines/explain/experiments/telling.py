"""An experiment in words and Results; what the gate forbids is blanked here, once for all doors."""

from __future__ import annotations

from desirelines.explain.experiments.bench import Bench
from desirelines.explain.experiments.differences import LEVEL
from desirelines.explain.experiments.goals import Aim
from desirelines.explain.experiments.moments import Difference, Moments
from desirelines.explain.experiments.nouns import Goal, GoalArm, Verdict
from desirelines.explain.experiments.power import detectable
from desirelines.explain.experiments.split import GATE
from desirelines.explain.rungs import EXPERIMENT
from desirelines.measure import mean, percent, several
from desirelines.model.result import Result

BLANK = "blanked: the arms were not dealt as planned"


def gate_words(bench: Bench) -> str:
    """Whether the arms were dealt as planned."""
    sizes = " : ".join(f"{n:,}" for n in bench.sizes)
    if bench.split.p is None:
        return f"Too few customers ({sizes}) to say whether the arms were dealt as planned."
    p = f"p = {bench.split.p:.4f}" if bench.split.p >= 0.0001 else "p under 0.0001"
    if bench.split.holds:
        return f"The arms were dealt as planned ({sizes}, {p})."
    return f"The arms were not dealt as planned ({sizes}, {p}): something chose who met what, so no result is shown."


def headline(bench: Bench, goals: tuple[Goal, ...]) -> str:
    """The first goal's clearest arm, or why nothing can be said."""
    if not bench.split.holds:
        return gate_words(bench)
    if not bench.whole.any():
        return f"No customer's {bench.ask.within} after exposure have passed yet."
    others = [one for one in goals[0].arms if one.fixed is not None]
    shown = [one for one in others if one.verdict in ("more", "less")]
    return max(shown or others, key=lambda one: abs(one.fixed.value or 0.0) if one.fixed else 0.0).words


def goal_arm(bench: Bench, place: int, arm: int) -> GoalArm:
    """One goal in one arm."""
    found, aim, name = bench.weighed[place], bench.aims[place], bench.exposure.arms[arm]
    blank = not bench.split.holds
    behind = bench.ground.behind("experiment", bench.ask, f"reached:{place + 1}:{name}")
    value = _value(bench, aim, found.sides[arm], "" if blank else behind, blank)
    fixed, base = found.fixed[arm], found.sides[bench.control]
    if fixed is None:
        return GoalArm(name, value, None, None, None, None, None, None, None, "nothing to say", "held against")
    verdict: Verdict = (
        "blanked" if blank else "nothing to say" if fixed.value is None or fixed.low is None else "no difference shown"
    )
    if verdict == "no difference shown" and bench.shown(place, arm):
        verdict = "more" if (fixed.value or 0.0) > 0 else "less"
    share = None if blank or fixed.value is None or not base.n or not base.mean else fixed.value / abs(base.mean)
    first, lifted, every = (_difference(bench, aim, one, blank) for one in (fixed, found.adjusted[arm], found.always[arm]))
    return GoalArm(
        name, value, first, lifted, every, None if blank else fixed.p, None if blank else bench.corrected[place][arm], share,
        None if blank else detectable(fixed.error), verdict, _words(bench, place, arm, verdict),
    )  # fmt: skip


def _value(bench: Bench, aim: Aim, side: Moments, behind: str, blank: bool) -> Result[float]:
    if blank:
        return bench.ground.result(None, aim.unit, side.n, "customers", caveats=(BLANK,))
    if aim.kind == "share":
        return bench.ground.share(round(side.mean * side.n), side.n, "customers", behind)
    squares = side.variance * (side.n - 1) if side.n > 1 else 0.0
    found = mean(0.0, squares, side.n)  # around 0: what is added back is exact
    low, high = (found[1][0] + side.mean, found[1][1] + side.mean) if found and found[1] and side.variance > 0 else (None, None)
    method = "delta" if aim.kind == "ratio" else "t"
    return bench.ground.result(side.mean, aim.unit, side.n, "customers", behind, low=low, high=high, level=LEVEL, method=method)


def _difference(bench: Bench, aim: Aim, one: Difference | None, blank: bool) -> Result[float] | None:
    if one is None:
        return None
    n = one.n_a + one.n_b
    if blank:
        return bench.ground.result(None, aim.unit, n, "customers", method=one.method, caveats=(BLANK,))
    return bench.ground.result(one.value, aim.unit, n, "customers", low=one.low, high=one.high, level=LEVEL, method=one.method)


def said(aim: Aim, value: float) -> str:
    """A figure of this goal."""
    return (
        percent(value)
        if aim.unit in ("share", "rate")
        else f"{value:,.2f}{'' if aim.unit in ('times', 'on its scale') else ' ' + aim.unit}"
    )


def _gap(aim: Aim, value: float) -> str:
    """A difference of this goal, with its sign."""
    return (
        f"{100 * value:+.1f} points"
        if aim.unit in ("share", "rate")
        else f"{value:+,.2f}{'' if aim.unit in ('times', 'on its scale') else ' ' + aim.unit}"
    )


def _words(bench: Bench, place: int, arm: int, verdict: Verdict) -> str:
    aim, found, name = bench.aims[place], bench.weighed[place], bench.exposure.arms[arm]
    control, fixed, always = bench.exposure.arms[bench.control], found.fixed[arm], found.always[arm]
    if verdict == "blanked":
        return BLANK
    if fixed is None or always is None or fixed.value is None or verdict == "nothing to say":
        return f"Nothing can be said of “{name}” against “{control}” yet."
    counts = fixed if bench.fixed else always
    span = (
        ""
        if counts.low is None or counts.high is None
        else f" ({_gap(aim, counts.low).removesuffix(' points')} to {_gap(aim, counts.high)})"
    )
    mine, theirs = said(aim, found.sides[arm].mean), said(aim, found.sides[bench.control].mean)
    sides = f"{mine} {aim.words} against {theirs} with" if aim.kind == "share" else f"{aim.words} {mine} against {theirs} with"
    if verdict == "no difference shown":
        return f"No difference shown: with “{name}” {sides} “{control}”{span}."
    verb = EXPERIMENT.verb if bench.rung is EXPERIMENT else bench.rung.verb
    return f"“{name}” {verb} {_gap(aim, abs(fixed.value)).lstrip('+')} {verdict}: {sides} “{control}”{span}."


def caveats(bench: Bench) -> tuple[str, ...]:
    """What to mind."""
    found, waiting, crossed = [], int((~bench.whole).sum()), len(bench.exposure.crossed)
    if not bench.ask.event:
        found.append("the arm is a trait: the customer's first event in the period stands for the moment of exposure")
    if bench.split.holds and bench.rung is not EXPERIMENT:
        found.append(f"the arms differed before exposure already (p < {GATE:g}): chance alone did not deal them")
    if waiting:
        found.append(f"{several(waiting, 'customer')} left out until {bench.ask.within} after exposure have passed")
    if crossed:
        found.append(f"{several(crossed, 'customer')} saw two arms and are left out")
    if bench.ground.members is not None:
        found.append("only customers of the segment: what they did after exposure must not decide who belongs to it")
    if not bench.fixed:
        left = f" of {bench.ask.planned:,}" if bench.ask.planned else "; say beforehand how many are planned"
        found.append(f"the verdict rests on the interval that holds at every look: {int(bench.whole.sum()):,} customers{left}")
    if len(bench.aims) * (len(bench.exposure.arms) - 1) > 1:
        found.append(
            f"{len(bench.aims) * (len(bench.exposure.arms) - 1)} differences were looked at: verdicts are corrected for that"
        )
    return tuple(found)
