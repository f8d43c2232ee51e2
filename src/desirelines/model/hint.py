"""The hint of an error: the nearest allowed name, or all of them when they are few."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

FEW = 12
MANY = 2_000


def nearest(name: object, allowed: Iterable[str]) -> str:
    """Words that name the nearest allowed value, the allowed values when they are few, or that there are none yet."""
    names = list(dict.fromkeys(allowed))
    if not names:
        return "there are none yet"
    close = get_close_matches(str(name)[:200], names[:MANY], 1, 0.6)
    if close:
        return f"did you mean `{close[0]}`?"
    if len(names) <= FEW:
        return "one of " + ", ".join(f"`{one}`" for one in names)
    return f"{len(names)} are known, the first is `{names[0]}`"


def slug(text: str, length: int = 64) -> str:
    """What an id may look like that was made from words: small letters, digits and hyphens. Empty if nothing is left."""
    return re.sub(r"[^a-z0-9_]+", "-", text.lower()).strip("-_")[:length].rstrip("-_")
