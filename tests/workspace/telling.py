"""Whether sentences keep their word: every number in one stands in a Result that it was told from."""

from __future__ import annotations

import re

from desirelines.measure import Finding
from desirelines.model.result import Result

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def spelled(result: Result[float]) -> set[str]:
    """All ways in which a Result's numbers may be read, without signs."""
    found = {f"{result.n:,}"}
    for value in (result.value, result.low, result.high):
        if value is None:
            continue
        value = abs(value)
        for size in (1, 100, 1 / 60, 1 / 3600, 1 / 86400):
            found |= {f"{value * size:,.{digits}f}" for digits in (0, 1, 2)}
    return found | {one.removesuffix(".0") for one in found} | {"99.9", "0.1"}


def untold(finding: Finding) -> list[str]:
    """Numbers in a finding's sentences that no Result of it holds; names in quotation marks and days are no numbers."""
    text = re.sub("“[^”]*”", "", f"{finding.words} {finding.detail}")
    text = re.sub(r"\d{4}-\d{2}-\d{2}", "", text)
    results = [*finding.told, *([finding.money] if finding.money else [])]
    known = set[str]().union(*(spelled(one) for one in results)) if results else set()
    return [number for number in NUMBER.findall(text) if number not in known]
