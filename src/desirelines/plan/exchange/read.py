"""A plan from a text or from data: every fault at once, each with its place and what would be right."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from desirelines.errors import BadInput, DesirelinesError, Fault
from desirelines.model.document import Document, Path, read_document
from desirelines.plan.elements import Plan
from desirelines.plan.exchange.faults import faults_of
from desirelines.plan.exchange.friendly import fill
from desirelines.plan.exchange.upgrade import upgrade

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def read_plan(text: str | bytes, file: str = "") -> Plan:
    """Read YAML (or JSON, which is YAML too). Raises BadInput with all faults, TooLarge for a bomb.

    Only the shape is judged; what the elements say to each other is judged by `check`.
    """
    return plan_of(read_document(text, file))


def plan_of(document: Document) -> Plan:
    """A plan from a document's data. Raises BadInput with all faults."""
    if not isinstance(document.data, dict):
        raise _refuse((document.fault("a plan is a mapping of fields", hint="it begins with `brand:`"),))
    faults: list[Fault] = []
    data = _clean(document.data, (), document, faults)
    try:
        plan = Plan.model_validate(fill(upgrade(data)))
    except DesirelinesError as error:
        raise BadInput(
            error.message, hint=error.hint, code=error.code, faults=(document.fault(error.message, ("format",), error.hint),)
        ) from error
    except ValidationError as error:
        raise _refuse((*faults, *faults_of(error, document))) from error
    if faults:
        raise _refuse(tuple(faults))
    return plan


def _refuse(faults: tuple[Fault, ...]) -> BadInput:
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return BadInput(f"{faults[0]}{more}", faults=faults)


def _clean(value: Any, path: Path, document: Document, faults: list[Fault]) -> Any:
    """A copy with line ends as \\n; a character that no text has is a fault."""
    if isinstance(value, dict):
        return {key: _clean(one, (*path, key), document, faults) for key, one in value.items()}
    if isinstance(value, list):
        return [_clean(one, (*path, index), document, faults) for index, one in enumerate(value)]
    if isinstance(value, str):
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        if _CONTROL.search(text):
            faults.append(document.fault("this text holds a control character", path, "write the text anew"))
            return _CONTROL.sub("", text)
        return text
    return value
