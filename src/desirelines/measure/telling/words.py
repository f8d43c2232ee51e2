"""Numbers in plain words."""

from __future__ import annotations


def percent(share: float) -> str:
    """``93.4 %``; what is not quite all or nothing is not rounded to it."""
    if 0 < share < 0.001:
        return "under 0.1 %"
    if 0.999 < share < 1:
        return "over 99.9 %"
    return f"{100 * share:.1f} %".replace(".0 %", " %")


def several(count: int, one: str, many: str = "") -> str:
    """``1 event``, ``1,234 events``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def lasting(seconds: float) -> str:
    """A time as one says it: ``45 s``, ``12 min``, ``3.5 h``, ``2 days``."""
    for size, unit in ((86_400, "day"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            number = f"{seconds / size:.1f}".removesuffix(".0")
            return f"{number} {unit}{'s' if unit == 'day' and number != '1' else ''}"
    return f"{seconds:.0f} s"


def between(low: float | None, high: float | None) -> str:
    """An interval of shares: ``(93.0 to 93.8 %)``; empty when there is none."""
    return "" if low is None or high is None else f" ({100 * low:.1f} to {100 * high:.1f} %)"


def money(amount: float, currency: str) -> str:
    """``EUR 1,234``; small amounts with their cents."""
    return f"{currency} {amount:,.0f}" if abs(amount) >= 100 else f"{currency} {amount:,.2f}"


def amount(value: float, unit: str) -> str:
    """A value as its unit is said: shares in percent, times and money as one says them, anything else with its unit behind it."""
    if unit == "share":
        return percent(value) if value >= 0 else f"-{percent(-value)}"
    if unit == "seconds":
        return lasting(value)
    if len(unit) == 3 and unit.isupper():
        return money(value, unit)
    number = f"{value:,.2f}".rstrip("0").rstrip(".")
    if unit in ("score", "ratio", "nps"):
        return number
    return f"{number} {'point' if (unit, number) == ('points', '1') else unit}"


def spread(low: float | None, high: float | None, unit: str) -> str:
    """An interval, its unit said once: ``93.4 to 95 %``; empty when there is none."""
    if low is None or high is None:
        return ""
    first, last = amount(low, unit), amount(high, unit)
    for sign in (" %", f" {unit}"):
        if first.endswith(sign) and last.endswith(sign):
            first = first.removesuffix(sign)
    return f"{first} to {last}"
