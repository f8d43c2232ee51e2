"""From a tree of blocks to the stages and steps of a planned journey, which allow all that the tree does, or more.

A plan goes from stage to stage. So what a tree says inside a round, or side by side, becomes one stage; a choice becomes
steps that may be left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from desirelines.trace import Tree

IN_ANY_ORDER = 10
"""Steps a stage in any order may have."""


@dataclass(frozen=True)
class DrawnStep:
    """One of `codes`."""

    codes: tuple[int, ...]
    optional: bool = False
    repeats: bool = False


@dataclass(frozen=True)
class DrawnStage:
    steps: tuple[DrawnStep, ...]
    any_order: bool = False
    repeats: bool = False

    @property
    def codes(self) -> tuple[int, ...]:
        return tuple(code for step in self.steps for code in step.codes)


def draw(tree: Tree, depth: int) -> tuple[list[DrawnStage], bool]:
    """The tree cut `depth` levels below its root, as stages; and whether the whole begins again."""
    inner = tree.children[0] if tree.kind == "optional" else tree
    if depth > 0 and inner.kind == "loop" and inner.core.kind != "step":
        stages = _stages(inner.children[0], depth if len(inner.children) == 1 else depth - 1, tree.kind == "optional")
        for child in inner.children[1:]:
            stages += _stages(child, depth - 1, True)
        return stages, True
    return _stages(tree, depth, False), False


def arranged(tree: Tree, places: Mapping[int, float]) -> Tree:
    """The tree with what has no order of its own in the order of `places`: where in a journey a code stands on average."""
    children = [arranged(child, places) for child in tree.children]
    if tree.kind in ("choice", "parallel"):
        children.sort(key=lambda child: min(places[code] for code in child.codes))
    return replace(tree, children=tuple(children))


def _stages(tree: Tree, depth: int, optional: bool) -> list[DrawnStage]:
    if depth > 0 and _step(tree) is None:
        if tree.kind == "optional":
            return _stages(tree.children[0], depth, True)
        if tree.kind in ("sequence", "choice"):
            spare = optional or tree.kind == "choice"
            return [stage for child in tree.children for stage in _stages(child, depth - 1, spare)]
    return [_stage(tree, optional)]


def _stage(tree: Tree, optional: bool) -> DrawnStage:
    if tree.kind == "optional":
        return _stage(tree.children[0], True)
    if (one := _step(tree)) is not None:
        return DrawnStage((_also(one, optional),))
    rounds = tree.kind == "loop"
    parts = [(tree.children[0], optional), *((child, True) for child in tree.children[1:])] if rounds else [(tree, optional)]
    straight = [_straight(part, spare) for part, spare in parts]
    if all(steps is not None for steps in straight):
        return DrawnStage(tuple(step for steps in straight for step in steps or ()), False, rounds)
    loose = [step for part, spare in parts for step in _loose(part, spare, False)]
    if len(loose) > IN_ANY_ORDER:
        return DrawnStage(tuple(step for part, spare in parts for step in _straight(part, spare, True) or ()), False, rounds)
    return DrawnStage(tuple(loose), True, rounds)


def _also(step: DrawnStep, optional: bool, repeats: bool = False) -> DrawnStep:
    return DrawnStep(step.codes, step.optional or optional, step.repeats or repeats)


def _step(tree: Tree) -> DrawnStep | None:
    """The tree as one step, if it is one: an alternative of single ones, perhaps optional, perhaps repeated."""
    if tree.kind == "step":
        return DrawnStep((tree.code,))
    inner = [_step(child) for child in tree.children]
    if tree.kind == "choice" and all(one is not None for one in inner):
        alike = [one for one in inner if one is not None]
        return DrawnStep(
            tuple(code for one in alike for code in one.codes),
            any(one.optional for one in alike),
            any(one.repeats for one in alike),
        )
    if len(inner) == 1 and inner[0] is not None:
        return _also(inner[0], tree.kind == "optional", tree.kind == "loop")
    return None


def _straight(tree: Tree, optional: bool, rounded: bool = False) -> list[DrawnStep] | None:
    """Steps one after the other. What goes round or side by side is `rounded` to any of its steps, again and again; without
    that there are none where the tree holds such."""
    if (one := _step(tree)) is not None:
        return [_also(one, optional)]
    if tree.kind in ("parallel", "loop"):
        return [DrawnStep(tree.codes, optional or tree.can_be_empty, True)] if rounded else None
    parts = [_straight(child, optional or tree.kind != "sequence", rounded) for child in tree.children]
    return None if any(part is None for part in parts) else [step for part in parts for step in part or ()]


def _loose(tree: Tree, optional: bool, repeats: bool) -> list[DrawnStep]:
    """Steps in any order."""
    if (one := _step(tree)) is not None:
        return [_also(one, optional, repeats)]
    spare: Callable[[int], bool] = {
        "loop": lambda place: optional or place > 0,
        "choice": lambda place: True,
        "optional": lambda place: True,
    }.get(tree.kind, lambda place: optional)
    again = repeats or tree.kind == "loop"
    return [step for place, child in enumerate(tree.children) for step in _loose(child, spare(place), again)]


def label(names: Sequence[str], in_order: bool) -> str:
    """What a block is called: after the steps in it."""
    if len(names) < 3:
        return " and ".join(names)
    return f"{names[0]} to {names[-1]}" if in_order else f"{names[0]} and {len(names) - 1} more"
