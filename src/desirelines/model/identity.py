"""Identifier values that point to nobody (foundations, 15)."""

from __future__ import annotations

import re

PLACEHOLDERS = frozenset(
    {
        "", "0", "-", "--", ".", "?", "null", "none", "nil", "nan", "na", "n/a", "n.a.", "undefined", "unknown", "anonymous",
        "anonymus", "anon", "guest", "test", "default", "empty", "missing", "no", "false", "true", "-1", "not set", "(not set)",
        "not provided", "not applicable", "[object object]", "#n/a", "xxx", "tbd",
    }
)  # fmt: skip

ALL_ZERO = re.compile(r"[0\-_{}.: ]*\Z")


def is_placeholder(value: str) -> bool:
    """True for a value that stands for nobody, whatever its case and blanks."""
    text = value.strip().lower()
    return text in PLACEHOLDERS or ALL_ZERO.match(text) is not None
