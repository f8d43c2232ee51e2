"""Discovery: a tree of blocks from the journeys themselves, and a planned journey drawn from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.map import compile_journey
from desirelines.measure.asking.drafting import Claims, Writer, claims
from desirelines.measure.asking.drawing import arranged, draw, label
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Level
from desirelines.measure.asking.ways import read_way, spell_way
from desirelines.model.automaton import UNCLAIMED
from desirelines.model.period import Period
from desirelines.plan import Journey, Plan, Touchpoint, touchpoint_codes
from desirelines.trace import Discovery, Tree, blocks


class DiscoverAsk(BaseModel):
    """Its marks are `any:` and steps: the journeys with one of them."""

    model_config = ConfigDict(frozen=True)

    depth: Annotated[int, Field(ge=0, le=50, description="how deep the tree is cut into blocks; 0: one block")] = 1
    noise: Annotated[
        float, Field(ge=0, le=1, description="what is rarer than this share of the commonest next step is passed over")
    ] = 0.2
    names: Annotated[int, Field(ge=1, le=100, description="so many of the most frequent steps are looked at")] = 30
    name: Annotated[str, Field(min_length=1, max_length=200, description="the drawn journey's name")] = "Discovered"


@dataclass(frozen=True)
class TreeNode:
    """One node of the tree; the first is the root, and each stands before its children."""

    parent: int
    """Its place in the list; -1: the root."""
    kind: Literal["step", "sequence", "choice", "parallel", "loop", "optional"]
    """`loop`: the first child, and as often as one likes the second (if there is one) and the first again."""
    name: str
    """Of a step; else empty."""


@dataclass(frozen=True)
class Block:
    name: str
    kind: Literal["step", "sequence", "choice", "parallel", "loop", "optional"]
    steps: tuple[str, ...]
    journeys: int
    """With one of its steps."""
    people: int
    rate: float
    """Of all journeys."""
    behind: str


@dataclass(frozen=True)
class Telling:
    """How well something tells the journeys it was made of."""

    fitting_rate: float
    """Share of the journeys that go exactly as it allows."""
    average_fitness: float
    precision: float | None
    """1: of the next steps it allows, wherever journeys came to, all were taken; near 0: hardly any."""


@dataclass(frozen=True)
class Discovered:
    """`journey` and `touchpoints` are as a plan writes them, and can be put into the draft as they are."""

    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    used: int
    """Journeys that the tree was made of: those of the most frequent variants."""
    depth: int
    levels: int
    """Cut so deep, every step is a block of its own."""
    nodes: tuple[TreeNode, ...]
    blocks: tuple[Block, ...]
    tree: Telling
    drawn: Telling
    journey: Journey
    touchpoints: tuple[Touchpoint, ...]
    """New ones, for events that no touchpoint claims."""
    rare: tuple[str, ...]
    """Steps too rare to be looked at."""
    passed_over: tuple[str, ...]
    """Steps that noise left no place for."""


def discover(paths: Paths, ask: DiscoverAsk, plan: Plan) -> Discovered:
    """Raises BadInput at a level that no plan is drawn of, and where there is no journey to discover from."""
    if paths.level not in ("event", "touchpoint"):
        raise BadInput(f"a plan cannot be drawn of a {paths.level}", hint="level: event, or touchpoint")
    index = paths.index
    weight = np.bincount(_variant(paths)[paths.keep], minlength=len(index.offsets) - 1)
    found = tracing.discovery(index.offsets, index.codes, weight, paths.skip, ask.names, ask.noise)
    if found is None:
        raise BadInput("there is no journey to discover a plan from", hint="choose another period, segment or level")
    places, often = _places(found)
    tree = arranged(found.tree, places)
    drawn, repeats = draw(tree, ask.depth)
    claimed = claims(plan, sorted(tree.codes), paths.names, paths.level == "touchpoint")
    cut = next((one for one in plan.journeys if paths.planned and one.id == paths.planned.journey.id), None)
    journey = Writer(plan, claimed, often).journey(drawn, repeats, paths.walk, cut, ask.name)
    return Discovered(
        paths.level, paths.trace.subject, int(paths.keep.sum()), paths.people, paths.period, paths.plan_version,
        paths.trace.data_version, tuple(_caveats(paths, found)), found.used, ask.depth, tree.levels,
        tuple(_nodes(tree, paths)), tuple(_block(paths, ask, one, often) for one in blocks(tree, ask.depth)),
        Telling(found.fitting / found.used, found.average_fitness, found.precision),
        _telling(with_discovered(plan, journey, claimed.new), journey, claimed, found), journey, claimed.new,
        paths.spelled(found.rare), paths.spelled(found.passed_over),
    )  # fmt: skip


def with_discovered(plan: Plan, journey: Journey, touchpoints: tuple[Touchpoint, ...]) -> Plan:
    """The plan with what was discovered in it."""
    return plan.model_copy(update={"touchpoints": plan.touchpoints + touchpoints, "journeys": (*plan.journeys, journey)})


def of_discovered(paths: Paths, ask: DiscoverAsk, mark: str) -> Mask:
    """bool[j]: the journeys with one of the steps that `mark` names."""
    kind, _, steps = mark.partition(":")
    if kind != "any":
        raise BadInput(f"`{mark[:80]}` is no block", hint="such as any:Look>Buy")
    return _with_any(paths, read_way(paths, steps))


def _variant(paths: Paths) -> NDArray[np.int32]:
    """[j]"""
    return np.concatenate([np.empty(0, np.int32), *paths.index.variant])


def _with_any(paths: Paths, codes: tuple[int, ...]) -> Mask:
    index = paths.index
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(np.isin(index.codes, np.array(codes, np.uint32)))])
    there = np.append(np.diff(before[index.offsets]) > 0, False)
    found: Mask = there[_variant(paths)] & paths.keep
    return found


def _places(found: Discovery) -> tuple[dict[int, float], dict[int, float]]:
    """Where in a journey each code of the tree stands on average, 0 to 1; and how often it comes."""
    log = found.log
    weight = log.weight[log.sequence].astype(np.float64)
    share = (np.arange(len(log.codes)) - log.offsets[log.sequence]) / log.lengths[log.sequence]
    total, count = np.bincount(log.codes, share * weight), np.bincount(log.codes, weight)
    codes = found.tree.codes
    return {code: float(total[code] / count[code]) for code in codes}, {code: float(count[code]) for code in codes}


def _nodes(tree: Tree, paths: Paths) -> list[TreeNode]:
    found: list[TreeNode] = []

    def lay(node: Tree, parent: int) -> None:
        mine = len(found)
        found.append(TreeNode(parent, node.kind, paths.names[node.code] if node.kind == "step" else ""))
        for child in node.children:
            lay(child, mine)

    lay(tree, -1)
    return found


def _block(paths: Paths, ask: DiscoverAsk, tree: Tree, often: Mapping[int, float]) -> Block:
    straight = tree.core.kind == "sequence"
    names = [paths.names[code] for code in tree.codes]
    called = names if straight else [paths.names[code] for code in sorted(tree.codes, key=lambda code: -often[code])]
    marked = _with_any(paths, tree.codes)
    journeys, every = int(marked.sum()), int(paths.keep.sum())
    return Block(
        label(called, straight), tree.kind, tuple(names), journeys, paths.journeys.people(marked),
        journeys / every, paths.behind("discover", ask, f"any:{spell_way(names)}"),
    )  # fmt: skip


def _telling(plan: Plan, journey: Journey, claimed: Claims, found: Discovery) -> Telling:
    """What was drawn, held against the journeys that the tree was made of."""
    machine, codes, log = compile_journey(plan, journey), touchpoint_codes(plan), found.log
    touchpoint = np.full(int(log.codes.max()) + 1, UNCLAIMED, np.uint32)
    for code, name in claimed.touchpoint.items():
        touchpoint[code] = codes[name]
    lined = tracing.align(machine, log.offsets, touchpoint[log.codes])
    return Telling(
        int(log.weight[lined.cost == 0].sum()) / found.used,
        float(np.dot(lined.fitness, log.weight) / found.used),
        tracing.precision(machine, log.offsets, touchpoint[log.codes], log.weight),
    )


def _caveats(paths: Paths, found: Discovery) -> list[str]:
    said = []
    if found.used < found.journeys:
        said.append(f"made of the {found.used:,} journeys that go the most frequent ways, of {found.journeys:,} with a step")
    if not found.exact:
        said.append("side by side there is more than can be held at once: the tree's fitness allows any order there")
    if paths.walk.where:
        said.append("the filter on events is no part of the drawn journey: other events will count as unplanned")
    return said
