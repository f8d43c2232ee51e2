"""One field of a shared document as a value of the plan. What it cannot be is said in words, never raised as another error."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable
from typing import Any

from pycrdt import Array, Text

from desirelines.studio.shape import PROSE_CHARACTERS, Field, Kind

LONGEST_JSON = 200_000
"""Characters of one field of nested data; no rule that people write comes near."""
LONGEST_LIST = 1_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]|\r\n?")
_WHOLE = 2**53

Say = Callable[[str], None]


class Misfit(ValueError):
    """The field holds nothing of its kind; the message says why."""


def take(field: Field, raw: Any, say: Say) -> Any:
    """The plan's value of a field that is there. `say` takes what was left out. Raises Misfit."""
    return _TAKE[field.kind](field, raw, say)


def _value(field: Field, raw: Any, say: Say) -> Any:
    if field.of in ("text", "choice"):
        if not isinstance(raw, str):
            raise Misfit(f"{_what(raw)} where a word belongs")
        return tidy(raw)
    if field.of == "yes":
        if not isinstance(raw, bool):
            raise Misfit(f"{_what(raw)} where yes or no belongs")
        return raw
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise Misfit(f"{_what(raw)} where a number belongs")
    if field.of == "whole":
        if raw != math.floor(raw) or abs(raw) > _WHOLE:
            raise Misfit("a number that is not whole")
        return int(raw)
    return raw


def _prose(field: Field, raw: Any, say: Say) -> str:
    if not isinstance(raw, (Text, str)):
        raise Misfit(f"{_what(raw)} where text belongs")
    text = tidy(str(raw))
    if len(text) > PROSE_CHARACTERS:
        say(f"longer than {PROSE_CHARACTERS} characters: the rest is left out")
        return text[:PROSE_CHARACTERS]
    return text


def _list(field: Field, raw: Any, say: Say) -> list[str]:
    if not isinstance(raw, (Array, list)):
        raise Misfit(f"{_what(raw)} where a list belongs")
    found: Iterable[Any] = list(raw)
    words = dict.fromkeys(tidy(one).strip() for one in found if isinstance(one, str))
    if any(not isinstance(one, str) for one in found):
        say("an entry that is no word is left out")
    if len(words) > LONGEST_LIST:
        say(f"longer than {LONGEST_LIST} entries: the rest is left out")
    return list(words)[:LONGEST_LIST]


def _json(field: Field, raw: Any, say: Say) -> Any:
    if not isinstance(raw, str):
        raise Misfit(f"{_what(raw)} where a rule belongs")
    if len(raw) > LONGEST_JSON:
        raise Misfit("a rule that is too long")
    try:
        return json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise Misfit("a rule that cannot be read") from None


def _refuse(name: str) -> Any:
    raise ValueError(name)


_TAKE: dict[Kind, Callable[[Field, Any, Say], Any]] = {"value": _value, "prose": _prose, "list": _list, "json": _json}


def tidy(text: str) -> str:
    """The text as a plan may hold it: lines end in \\n, no control characters."""
    return _CONTROL.sub(_plain, text) if _CONTROL.search(text) else text


def _plain(found: re.Match[str]) -> str:
    return "\n" if found[0].startswith("\r") else ""


def _what(raw: Any) -> str:
    if isinstance(raw, bool):
        return "yes or no"
    if isinstance(raw, (int, float)):
        return "a number" if math.isfinite(raw) else "a number that does not end"
    names: dict[type, str] = {str: "a word", Text: "text", Array: "a list", list: "a list", type(None): "nothing"}
    return names.get(type(raw), "something else")
