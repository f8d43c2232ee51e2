"""What a tree of blocks means, in plain Python. Tests hold the automaton equal to this."""

from __future__ import annotations

from desirelines.trace.discovery.tree import Tree

Word = tuple[int, ...]


def explains(tree: Tree, word: Word) -> bool:
    """Whether the tree allows exactly this sequence."""
    if tree.kind == "step":
        return word == (tree.code,)
    if tree.kind == "optional":
        return not word or explains(tree.children[0], word)
    if tree.kind == "choice":
        return any(explains(child, word) for child in tree.children)
    if tree.kind == "loop":
        return _again(tree.children[0], tree.children[1] if len(tree.children) > 1 else None, word)
    first, rest = tree.children[0], tree.children[1:]
    if not rest:
        return explains(first, word)
    others = Tree(tree.kind, rest)
    if tree.kind == "sequence":
        return any(explains(first, word[:cut]) and explains(others, word[cut:]) for cut in range(len(word) + 1))
    picks = range(2 ** len(word))
    return any(
        explains(first, tuple(code for place, code in enumerate(word) if pick >> place & 1))
        and explains(others, tuple(code for place, code in enumerate(word) if not pick >> place & 1))
        for pick in picks
    )


def _again(one: Tree, back: Tree | None, word: Word) -> bool:
    if explains(one, word):
        return True
    for cut in range(len(word) + 1):
        if not explains(one, word[:cut]):
            continue
        for to in range(cut, len(word) + 1):
            led = (cut == to) if back is None else explains(back, word[cut:to])
            if to > 0 and led and _again(one, back, word[to:]):
                return True
    return False
