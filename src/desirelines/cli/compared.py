"""explain: two sides against each other, and experiments."""

from __future__ import annotations

from typing import Annotated

import typer

from desirelines import explain
from desirelines.cli.given import (
    AsJson,
    FirstOn,
    JourneyId,
    LastOn,
    PlanVersion,
    SegmentRule,
    question_of,
    workspace_of,
)
from desirelines.cli.out import say_json, table
from desirelines.cli.speak import heading, say
from desirelines.explain import CompareAsk, Contrast, Experiment, ExperimentAsk, Goal, LiftAsk
from desirelines.measure import lasting, read_ask
from desirelines.model.result import Result

app = typer.Typer()
SURE = {True: "more than chance", False: "could be chance"}


@app.command("compare")
def compare(
    context: typer.Context,
    persona: Annotated[str, typer.Option(help="side A is this persona's customers")] = "",
    b_segment: Annotated[str, typer.Option(help="side B's customers; * is everybody")] = "",
    b_persona: Annotated[str, typer.Option(help="side B is this persona's customers")] = "",
    b_from: Annotated[str, typer.Option(help="first day of B's period")] = "",
    b_to: Annotated[str, typer.Option(help="last day of B's period, included")] = "",
    b_version: Annotated[str, typer.Option(help="B is held against this version of the plan")] = "",
    q: Annotated[float, typer.Option(help="of all that is called a difference, the share that may be chance")] = 0.1,
    journey: JourneyId = None,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    version: PlanVersion = None,
    as_json: AsJson = False,
) -> None:
    """What differs along the journey between side A (the question) and side B; without B, everybody else or the days before."""
    question = question_of(journey, first_on, last_on, segment, version)
    asked = {
        "persona": persona, "b_segment": b_segment, "b_persona": b_persona, "b_first_on": b_from, "b_last_on": b_to,
        "b_version": b_version, "q": str(q),
    }  # fmt: skip
    found = explain.compare(workspace_of(context).view(question.version).ground(question), read_ask(CompareAsk, asked))
    if as_json:
        say_json(found)
        return
    heading(found.words)
    for letter, side in (("A", found.a), ("B", found.b)):
        say(f"{letter}: {side.name}, {side.journeys:,} journeys of {side.people:,} customers")
    sure = [one for one in found.contrasts if one.sure]
    shown = sure or list(found.contrasts[:10])
    table(["figure", "A", "B", "A less B", "q", ""], [_row(one) for one in shown])
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _row(one: Contrast) -> list[str]:
    q = "" if one.q is None else "under 0.001" if one.q < 0.001 else f"{one.q:.3f}"
    return [one.name, figure(one.a), figure(one.b), gap(one.difference), q, "" if one.sure else "could be chance"]


@app.command("experiments")
def experiments(
    context: typer.Context,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """The experiments that the data show: an event, or a trait, whose property reads as an arm."""
    found = explain.trials(workspace_of(context).view().ground(question_of(None, first_on, last_on, segment)))
    if as_json:
        say_json(found)
        return
    if not found:
        say("No event says which arm a customer met. Bring in exposures with a property such as `variant`.")
        return
    rows = [
        [one.name, one.event, one.arm, " : ".join(f"{name} {n:,}" for name, n in one.arms), one.first_on, one.last_on]
        for one in found
    ]
    table(["experiment", "event", "arm", "customers", "first", "last"], rows)


@app.command("experiment")
def experiment(
    context: typer.Context,
    event: Annotated[str, typer.Argument(help="the event that exposes a customer, such as 'Experiment Viewed'")],
    arm: Annotated[str, typer.Option(help="its property that names the arm")] = "variant",
    name_property: Annotated[str, typer.Option(help="its property that names the experiment")] = "",
    name: Annotated[str, typer.Option(help="which experiment, where a property names it")] = "",
    goals: Annotated[str, typer.Option(help="did:EVENT, role:, times: or value:ID, score:QUESTION, metric:ID, parted by |")] = "",
    within: Annotated[str, typer.Option(help="time after exposure that counts")] = "14d",
    control: Annotated[str, typer.Option(help="the arm that others are held against")] = "",
    shares: Annotated[str, typer.Option(help="planned shares of the arms by name, such as 50:50; default: equal")] = "",
    planned: Annotated[int, typer.Option(min=0, help="customers planned beforehand; from then on the fixed interval counts")] = 0,
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """What an experiment caused, arm by arm, and whether that may be said."""
    asked = {
        "event": event, "arm": arm, "name_property": name_property, "name": name, "goals": goals, "within": within,
        "control": control, "shares": shares, "planned": str(planned),
    }  # fmt: skip
    ground = workspace_of(context).view().ground(question_of(None, first_on, last_on, segment))
    found = explain.experiment(ground, read_ask(ExperimentAsk, asked))
    if as_json:
        say_json(found)
        return
    _tell(found)


@app.command("lift")
def lift(
    context: typer.Context,
    goal: Annotated[str, typer.Option(help="as for credit: a role, or events parted by |; default: order")] = "",
    within: Annotated[str, typer.Option(help="time after exposure that counts")] = "30d",
    first_on: FirstOn = None,
    last_on: LastOn = None,
    segment: SegmentRule = "",
    as_json: AsJson = False,
) -> None:
    """Beside credit: what each experiment brought towards the same goal, where chance dealt its arms."""
    ground = workspace_of(context).view().ground(question_of(None, first_on, last_on, segment))
    found = explain.lifts(ground, read_ask(LiftAsk, {"goal": goal, "within": within}))
    if as_json:
        say_json(found)
        return
    if not found:
        say("No event says which arm a customer met, so there is no lift to hold credit against.")
        return
    rows = [
        [
            told.trial.name,
            told.goal,
            one.arm,
            gap(one.each),
            gap(one.total),
            "more than chance" if one.shown else "could be chance",
        ]
        for told in found
        for one in told.lifts
    ]
    table(["experiment", "goal", "arm", "each", "all of them", ""], rows)
    for told in found:
        if not told.lifts:
            say(f"{told.trial.name}: {told.words}")


def _tell(found: Experiment) -> None:
    heading(found.words)
    say(found.gate.words)
    for goal in found.goals:
        table([goal.name, "figure", "fixed", "with CUPED", "at every look", "p corrected", ""], _arms(goal))
    for caveat in found.caveats:
        say(f"Note: {caveat}")


def _arms(goal: Goal) -> list[list[str]]:
    return [
        [one.arm, figure(one.value), gap(one.fixed), gap(one.adjusted), gap(one.always),
         _sure(one.p_corrected), one.verdict if one.fixed else "control"]
        for one in goal.arms
    ]  # fmt: skip


def _sure(p: float | None) -> str:
    return "" if p is None else "under 0.0001" if p < 0.0001 else f"{p:.4f}"


def figure(one: Result[float]) -> str:
    """A value with its interval and n."""
    if one.value is None:
        return f"unknown n {one.n:,}"
    span = "" if one.low is None or one.high is None else f" [{_said(one.low, one.unit)}, {_said(one.high, one.unit)}]"
    return f"{_said(one.value, one.unit)}{span} n {one.n:,}"


def gap(one: Result[float] | None) -> str:
    """A difference with its interval."""
    if one is None or one.value is None:
        return ""
    span = "" if one.low is None or one.high is None else f" [{_signed(one.low, one.unit)}, {_signed(one.high, one.unit)}]"
    return f"{_signed(one.value, one.unit)}{span}"


def _said(value: float, unit: str) -> str:
    if unit in ("share", "rate", "fitness"):
        return f"{100 * value:.1f} %"
    return lasting(value) if unit == "seconds" else f"{value:,.2f}"


def _signed(value: float, unit: str) -> str:
    if unit in ("share", "rate", "fitness"):
        return f"{100 * value:+.1f}"
    return f"{'-' if value < 0 else '+'}{lasting(abs(value))}" if unit == "seconds" else f"{value:+,.2f}"
