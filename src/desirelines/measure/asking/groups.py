"""Journeys in groups of their like: a few real ones that one can read, each standing for many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Level
from desirelines.model.period import Period
from desirelines.trace import Grouping

DEEPEST = 8
SHOWN = 200
"""Steps of a representative that are shown."""


class GroupsAsk(BaseModel):
    """Its marks are groups' numbers, from 1."""

    model_config = ConfigDict(frozen=True)

    count: Annotated[int, Field(ge=1, le=20, description="how many groups")] = 5
    inside: Annotated[
        str,
        Field(pattern=r"^([0-9]{1,2}(/[0-9]{1,2})*)?$", max_length=30, description="within group 2, or 2/1: group 1 of those"),
    ] = ""


@dataclass(frozen=True)
class Group:
    number: int
    """From 1: the group with most journeys."""
    steps: tuple[str, ...]
    """The real variant that stands for the group: nearest to all its journeys."""
    length: int
    """Steps it has, shown or not."""
    representative_journeys: int
    """Journeys that go exactly so."""
    variants: int
    journeys: int
    people: int
    rate: float
    """Of the journeys grouped."""
    median_seconds: float
    """From first to last step."""
    spread: float
    """How far its journeys are from the representative on average: 0 all the same, 1 nothing in common."""
    behind: str


@dataclass(frozen=True)
class Silhouette:
    count: int
    score: float
    """-1 to 1: how much nearer journeys are to their own group than to the next one."""


@dataclass(frozen=True)
class Groups:
    """`groups`: the one with most journeys first."""

    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    inside: str
    grouped: int
    """Journeys with a step (within the group that `inside` names)."""
    variant_count: int
    suggested: int
    """The fewest groups that part the journeys nearly as well (nine tenths of the score) as the best of up to 10."""
    silhouettes: tuple[Silhouette, ...]
    groups: tuple[Group, ...]


COMMON = GroupsAsk()


def groups(paths: Paths, ask: GroupsAsk = COMMON) -> Groups:
    """Raises BadInput where there is no journey, or no such group to look into."""
    found, weight = _grouping(paths, ask)
    sizes = np.bincount(found.group[found.group >= 0], minlength=len(found.journeys))
    apart = np.bincount(np.maximum(found.group, 0), found.distance * weight, minlength=len(found.journeys))
    of_journey = np.append(found.group, -1)[_variant(paths)]
    durations = np.concatenate([np.empty(0, np.int64), *paths.index.duration_us])
    grouped = int(found.journeys.sum())
    rows = []
    for number in range(len(found.journeys)):
        mine: Mask = (of_journey == number) & paths.keep
        variant, journeys = int(found.representative[number]), int(found.journeys[number])
        steps = _steps(paths, variant)
        same = [one for one in np.flatnonzero(found.group == number).tolist() if found.distance[one] == 0]
        rows.append(
            Group(
                number + 1, paths.spelled(steps[:SHOWN]), len(steps), int(weight[same].sum()), int(sizes[number]), journeys,
                paths.journeys.people(mine), journeys / grouped, float(np.median(durations[mine])) / 1e6,
                float(apart[number]) / journeys, paths.behind("groups", ask, str(number + 1)),
            )
        )  # fmt: skip
    return Groups(
        paths.level, paths.trace.subject, int(paths.keep.sum()), paths.people, paths.period, paths.plan_version,
        paths.trace.data_version, tuple(_caveats(paths, ask, found)), ask.inside, grouped, int(sizes.sum()), found.suggested,
        tuple(Silhouette(count, score) for count, score in found.silhouettes.items()), tuple(rows),
    )  # fmt: skip


def of_group(paths: Paths, ask: GroupsAsk, mark: str) -> Mask:
    """bool[j]: the journeys of the group whose number `mark` is."""
    found, _ = _grouping(paths, ask)
    picked: Mask = (np.append(found.group, -1)[_variant(paths)] == _number(mark, found)) & paths.keep
    return picked


def _variant(paths: Paths) -> NDArray[np.int32]:
    """[j]"""
    return np.concatenate([np.empty(0, np.int32), *paths.index.variant])


def _steps(paths: Paths, variant: int) -> NDArray[np.uint32]:
    index = paths.index
    codes = index.codes[index.offsets[variant] : index.offsets[variant + 1]]
    return codes[codes < paths.skip]


def _grouping(paths: Paths, ask: GroupsAsk) -> tuple[Grouping, NDArray[np.int64]]:
    """The groups of the journeys within `ask.inside`, and how many of these go each variant."""
    index = paths.index
    weight = np.bincount(_variant(paths)[paths.keep], minlength=len(index.offsets) - 1)
    inside = ask.inside.split("/") if ask.inside else []
    if len(inside) > DEEPEST:
        raise BadInput(f"groups inside groups, {len(inside)} deep", hint=f"at most {DEEPEST}")
    found = _grouped(paths, weight, ask.count)
    for number in inside:
        weight = np.where(found.group == _number(number, found), weight, 0)
        found = _grouped(paths, weight, ask.count)
    return found, weight


def _grouped(paths: Paths, weight: NDArray[np.int64], count: int) -> Grouping:
    index = paths.index
    found = tracing.grouping(index.offsets, index.codes, weight, paths.skip, count)
    if found is None:
        raise BadInput("there is no journey to group", hint="choose another period, segment or level")
    return found


def _number(text: str, found: Grouping) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= len(found.journeys)):
        raise BadInput(f"there is no group `{text[:20]}`", hint=f"1 to {len(found.journeys)}")
    return int(text) - 1


def _caveats(paths: Paths, ask: GroupsAsk, found: Grouping) -> list[str]:
    said = []
    if found.sampled:
        said.append(
            f"representatives were sought among {found.candidates} variants, the most frequent and a sample of the others"
        )
    without = int(paths.keep.sum() - found.journeys.sum())
    if without and not ask.inside:
        said.append(f"{without:,} journeys without any step are in no group")
    return said
