"""What comes sooner or later after what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from desirelines import trace as tracing
from desirelines.errors import BadInput
from desirelines.measure.asking.paths import Mask, Paths
from desirelines.measure.asking.walk import Level
from desirelines.measure.asking.ways import read_way, spell_way
from desirelines.model.period import Period


class FollowsAsk(BaseModel):
    """Its marks are the two steps of a pair, as a path."""

    model_config = ConfigDict(frozen=True)

    origin: Annotated[str, Field(max_length=200, description="only what comes after this step")] = ""
    target: Annotated[str, Field(max_length=200, description="only what comes before this step")] = ""
    top: Annotated[int, Field(ge=1, le=200, description="how many pairs")] = 30
    min_journeys: Annotated[int, Field(ge=1, le=2**31, description="only pairs in so many journeys")] = 1


@dataclass(frozen=True)
class LaterPair:
    """Two steps of which the second comes some time after the first, in the same journey."""

    origin: str
    target: str
    count: int
    """Events of the origin that the target comes after."""
    journeys: int
    people: int
    rate: float
    """Of the journeys that hold the origin."""
    median_seconds: float
    """Of the times from each event of the origin to the next of the target; so are the others."""
    mean_seconds: float
    p10_seconds: float
    p90_seconds: float
    behind: str


@dataclass(frozen=True)
class Follows:
    """`edges`: the pair in most journeys first."""

    level: Level
    subject: str
    journeys: int
    people: int
    period: Period
    plan_version: int
    data_version: int
    caveats: tuple[str, ...]
    pair_count: int
    """Pairs there are, listed or not."""
    edges: tuple[LaterPair, ...]


COMMONEST = FollowsAsk()


def follows(paths: Paths, ask: FollowsAsk = COMMONEST) -> Follows:
    """Raises BadInput for a name that is no step."""
    origin, target = (paths.code_of(name) if name else None for name in (ask.origin, ask.target))
    found = tracing.follows(paths.parts, ask.top, ask.min_journeys, origin, target, paths.skip)
    names = paths.names
    edges = []
    for index in range(len(found.count)):
        pair = (names[found.origin[index]], names[found.target[index]])
        low, middle, high = (float(time) / 1e6 for time in found.quantile_us[index])
        journeys = int(found.journeys[index])
        edges.append(
            LaterPair(
                *pair, int(found.count[index]), journeys, int(found.people[index]), journeys / int(found.origin_journeys[index]),
                middle, float(found.mean_us[index]) / 1e6, low, high, paths.behind("follows", ask, spell_way(pair)),
            )
        )  # fmt: skip
    few = f"only the most frequent steps are paired, {found.left_out:,} rarer ones are left out; name one to see its pairs"
    return Follows(
        paths.level, paths.trace.subject, int(paths.keep.sum()), paths.people, paths.period, paths.plan_version,
        paths.trace.data_version, (few,) if found.left_out else (), found.pair_count, tuple(edges),
    )  # fmt: skip


def of_follows(paths: Paths, ask: FollowsAsk, mark: str) -> Mask:
    """bool[j]: the journeys in which the second step that `mark` names comes some time after the first."""
    pair = read_way(paths, mark)
    if len(pair) != 2:
        raise BadInput(f"`{mark[:80]}` names no two steps", hint="such as Look>Buy")
    index = paths.index
    owner = np.repeat(np.arange(len(index.offsets) - 1), np.diff(index.offsets))
    origins, targets = (np.flatnonzero(index.codes == code) for code in pair)
    first, last = np.full(len(index.offsets), len(index.codes)), np.full(len(index.offsets), -1)
    first[owner[origins][::-1]] = origins[::-1]  # of several the one that is written last stays
    last[owner[targets]] = targets
    picked: Mask = (first < last)[np.concatenate([np.empty(0, np.int32), *index.variant])] & paths.keep
    return picked
