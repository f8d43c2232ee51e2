"""A tree of blocks: what journeys do one after the other, instead of each other, side by side, again, or not always."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["step", "sequence", "choice", "parallel", "loop", "optional"]


@dataclass(frozen=True)
class Tree:
    """`step`: one code. `sequence`, `choice`, `parallel`: two children or more. `optional`: its one child or nothing.

    `loop`: its first child, and as often as one likes its second (where it has one) and the first again.
    """

    kind: Kind
    children: tuple[Tree, ...] = ()
    code: int = -1

    def steps(self) -> Iterator[Tree]:
        """The leaves, from left to right."""
        if self.kind == "step":
            yield self
        for child in self.children:
            yield from child.steps()

    @property
    def codes(self) -> tuple[int, ...]:
        return tuple(leaf.code for leaf in self.steps())

    @property
    def core(self) -> Tree:
        """Without what only says that it may be left out or come again."""
        return self.children[0].core if len(self.children) == 1 else self

    @property
    def can_be_empty(self) -> bool:
        if self.kind in ("sequence", "parallel"):
            return all(child.can_be_empty for child in self.children)
        if self.kind == "choice":
            return any(child.can_be_empty for child in self.children)
        return self.kind == "optional" or (self.kind == "loop" and self.children[0].can_be_empty)

    @property
    def levels(self) -> int:
        """At this level of `blocks` every step is a block of its own."""
        return 0 if self.core.kind == "step" else 1 + max(child.levels for child in self.core.children)


def step(code: int) -> Tree:
    return Tree("step", (), code)


def several(kind: Literal["sequence", "choice", "parallel"], children: Sequence[Tree]) -> Tree:
    """One of its own kind inside another is the same as its children there; one child is itself."""
    flat = [one for child in children for one in (child.children if child.kind == kind else (child,))]
    if kind == "choice" and any(one.kind == "optional" for one in flat):
        bare = [one.children[0] if one.kind == "optional" else one for one in flat]
        return optional(several(kind, bare))
    return flat[0] if len(flat) == 1 else Tree(kind, tuple(flat))


def optional(child: Tree) -> Tree:
    return child if child.kind == "optional" else Tree("optional", (child,))


def loop(child: Tree, again: Tree | None = None) -> Tree:
    if again is None and child.kind == "optional":
        return optional(loop(child.children[0]))
    if again is None and child.kind == "loop" and len(child.children) == 1:
        return child
    return Tree("loop", (child,) if again is None else (child, again))


def blocks(tree: Tree, level: int) -> list[Tree]:
    """The tree cut `level` steps below its root: 0 gives the whole, `tree.levels` every step by itself.

    Every step of the tree is in exactly one block; a deeper cut only ever divides blocks.
    """
    if level == 0 or tree.core.kind == "step":
        return [tree]
    return [block for child in tree.core.children for block in blocks(child, level - 1)]
