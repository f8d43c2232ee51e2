"""Flow: where journeys go from a chosen step onward, or where they came from, as a tree of any depth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Level
from desirelines.model.hint import nearest
from desirelines.model.period import Period
from desirelines.trace import EDGE, Focus

KINDS: tuple[Literal["step", "more", "end"], ...] = ("step", "more", "end")
OCCURRENCES = ("every", "first", "last")


class FlowAsk(BaseModel):
    """Its marks are `step:` and the whole way from the focus to a node, `more:` and `end:` and the way to the node before."""

    model_config = ConfigDict(frozen=True)

    focus: Annotated[str, Field(max_length=200, description="where to begin; empty: where journeys begin, or end")] = ""
    direction: Annotated[Literal["after", "before"], Field(description="after the focus, or before it")] = "after"
    depth: Annotated[int, Field(ge=1, le=10, description="levels of the tree")] = 3
    top: Annotated[int, Field(ge=1, le=20, description="steps under each node; the rest together are `more`")] = 5
    path: Annotated[
        str, Field(max_length=2000, description="go this way from the focus first, such as Look>Buy, or a JSON list")
    ] = ""
    occurrences: Annotated[
        Literal["every", "first", "last"], Field(description="which occurrences of the focus in a journey count")
    ] = "every"
    collapse: Annotated[bool, Field(description="repeats of a step count as one")] = False

    @property
    def forward(self) -> bool:
        return self.direction == "after"


@dataclass(frozen=True)
class FlowNode:
    path: tuple[str, ...]
    """From the focus outward; of `more` and `end` that of the node before."""
    kind: Literal["step", "more", "end"]
    """`more`: the rarer steps together; `end`: here the journey is over (looking before: begins)."""
    count: int
    """Occurrences of the focus that go this way. Those of a node's children add up to it."""
    journeys: int
    people: int
    rate: float
    """Of the count of the node before."""
    median_seconds: float | None
    """Of the step between the node before and this one."""
    followed: bool
    """Whether the nodes under it are listed too."""
    behind: str


@dataclass(frozen=True)
class Flow:
    """`nodes` stand level by level, under each node before the most frequent first, then `more`, then `end`."""

    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    focus: str
    direction: Literal["after", "before"]
    path: tuple[str, ...]
    count: int
    """Occurrences of the focus; without one, journeys."""
    reached: int
    """Those of them that go along `path`: the nodes of the first level add up to it."""
    nodes: tuple[FlowNode, ...]
    behind: str
    """Journeys that hold the focus and, after it, the path."""


def flow(paths: Paths, ask: FlowAsk) -> Flow:
    """Raises BadInput for a focus or a path that names no step."""
    root = read_way(paths, ask.path)
    found = tracing.flow(paths.parts, _focus(paths, ask), ask.depth, ask.top, root, paths.skip)
    names, said = paths.names, tuple(paths.names[code] for code in root)
    ways: list[tuple[str, ...]] = []
    nodes = []
    for index in range(len(found.kind)):
        parent, kind = int(found.parent[index]), KINDS[found.kind[index]]
        above = ways[parent] if parent >= 0 else said
        ways.append((*above, names[found.code[index]]) if kind == "step" else above)
        count, time = int(found.count[index]), float(found.median_us[index])
        nodes.append(
            FlowNode(
                ways[-1], kind, count, int(found.journeys[index]), int(found.people[index]),
                count / (int(found.count[parent]) if parent >= 0 else found.reached),
                None if np.isnan(time) else time / 1e6, bool(found.followed[index]),
                paths.behind("flow", ask, f"{kind}:{spell_way(ways[-1])}"),
            )
        )  # fmt: skip
    return Flow(
        paths.level, paths.trace.subject, int(paths.keep.sum()), paths.people, paths.period, paths.plan_version,
        paths.trace.data_version, tuple(_caveats(nodes, ask, len(said))), ask.focus, ask.direction, said, found.occurrences,
        found.reached, tuple(nodes), paths.behind("flow", ask, f"step:{spell_way(said)}"),
    )  # fmt: skip


def _caveats(nodes: Sequence[FlowNode], ask: FlowAsk, before: int) -> list[str]:
    cut = sum(1 for node in nodes if node.kind == "step" and not node.followed and len(node.path) - before < ask.depth)
    return [f"{cut} rarer nodes are not followed further: open one by its path"] if cut else []


def of_flow(paths: Paths, ask: FlowAsk, mark: str) -> Mask:
    """bool[j]: the journeys in which an occurrence of the focus goes the way that `mark` says."""
    kind, _, said = mark.partition(":")
    if kind not in KINDS:
        raise BadInput(f"`{mark[:80]}` is no node of a flow", hint="such as step:Look>Buy, more:Look, end:Look>Buy")
    way = read_way(paths, said)
    number = KINDS.index(kind)
    last = way[-1] if way else -1
    if kind == "step":
        way, number = way[:-1], number if way else -1
    marks = tracing.flow_journeys(paths.parts, _focus(paths, ask), way, number, last, ask.top, paths.skip)
    return np.concatenate([np.empty(0, np.bool_), *marks])


def read_way(paths: Paths, text: str) -> tuple[int, ...]:
    """Codes of names with `>` between them, or of a JSON list of names. Raises BadInput with the nearest name."""
    if text.startswith("["):
        return tuple(paths.code_of(name) for name in _listed(text))
    words = text.split(">") if text.strip() else []
    codes: list[int] = []
    place = 0
    while place < len(words):
        ends = [end for end in range(len(words), place, -1) if ">".join(words[place:end]).strip() in paths.names]
        if not ends:
            raise BadInput(f"there is no step `{words[place][:80]}`", hint=nearest(words[place].strip(), list(paths.names)))
        codes.append(paths.code_of(">".join(words[place : ends[0]]).strip()))
        place = ends[0]
    return tuple(codes)


def spell_way(names: Sequence[str]) -> str:
    """What `read_way` reads."""
    return json.dumps(names, ensure_ascii=False) if any(">" in name or name[:1] == "[" for name in names) else ">".join(names)


def _listed(text: str) -> list[str]:
    try:
        names = json.loads(text)
    except json.JSONDecodeError:
        names = None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadInput(f"`{text[:80]}` names no steps", hint='such as Look>Buy, or ["Look", "Buy"]')
    return names


def _focus(paths: Paths, ask: FlowAsk) -> Focus:
    code = paths.code_of(ask.focus) if ask.focus else EDGE
    return Focus(code, ask.forward, OCCURRENCES.index(ask.occurrences), ask.collapse)
