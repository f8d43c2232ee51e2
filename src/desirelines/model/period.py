"""A stretch of days in the brand's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from desirelines.errors import BadInput

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
FOREVER_US = 2**62


def _instant_us(day: date, zone: str) -> int:
    local = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    return round((local - datetime.fromisoformat("1970-01-01T00:00:00+00:00")) / timedelta(microseconds=1))


@dataclass(frozen=True)
class Period:
    """From the first day's start to the last day's end, both days included; None is open. Raises BadInput."""

    first_on: date | None = None
    last_on: date | None = None

    def __post_init__(self) -> None:
        for day in (self.first_on, self.last_on):
            if day and not EARLIEST <= day <= LATEST:
                raise BadInput(f"{day} is outside of all that can be asked for", hint=f"a day from {EARLIEST} to {LATEST}")
        if self.first_on and self.last_on and self.first_on > self.last_on:
            raise BadInput("the period ends before it begins", hint="both days belong to it; the earlier comes first")

    def bounds_us(self, zone: str) -> tuple[int, int]:
        """Half-open bounds in microseconds since 1970 UTC, days cut in `zone`."""
        low = _instant_us(self.first_on, zone) if self.first_on else -FOREVER_US
        high = _instant_us(self.last_on + timedelta(days=1), zone) if self.last_on else FOREVER_US
        return low, high
