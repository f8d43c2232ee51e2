"""Every rate and day that the invented world is built on. What is true of the files is written to `truth.json`, counted."""

from __future__ import annotations

from datetime import date

BRAND = "Halm & Herd"
ZONE = "Europe/Berlin"
FIRST_ON = date(2025, 10, 1)
LAST_ON = date(2026, 9, 30)
DAYS = (LAST_ON - FIRST_ON).days + 1

REGIONS = ("north", "east", "south", "west")
REGION_SHARE = (0.25, 0.15, 0.32, 0.28)
AGES = ("18-29", "30-44", "45-59", "60+")
AGE_SHARE = (0.22, 0.34, 0.27, 0.17)

KEPT_RATE = {"north": 0.93, "east": 0.94, "south": 0.95, "west": 0.92}
"""Share of orders delivered on or before the day that was promised."""
GLITCH_ON = date(2026, 3, 16)
GLITCH_REGION = "north"
GLITCH_RATE = 0.70
"""The same for orders promised for that day or later, in that region."""

CALL_RATE = {"on time": 0.04, "late": 0.40}
"""Orders whose customer calls within the three days after the promised day."""
STARS = {"on time": (0.02, 0.03, 0.08, 0.27, 0.60), "late": (0.22, 0.22, 0.24, 0.20, 0.12)}
"""Shares of one to five stars in a review."""

BACK_RATE = 0.25
"""Visits that go back from the full basket to comparing products: nobody drew that way."""
WAIT_CALL_RATE = 0.15
"""Orders whose customer calls the service line while waiting: nobody drew that way either."""

SILENT_EVENT = "Chat Started"
SILENT_FROM = date(2026, 6, 8)
UNCLAIMED_EVENT = "Cookie Banner Closed"

PLACEHOLDER_COOKIES = ("0", "null", "anonymous", "00000000-0000-0000-0000-000000000000")
PLACEHOLDER_RATE = 0.012
"""Page views whose cookie stands for nobody."""
PLACEHOLDER_PHONE = "unknown"
HIDDEN_PHONE_RATE = 0.03
SHARED_EMAIL = "terminal.hamburg@halm-herd.example"
SHARED_RATE = 0.5
"""Shop orders entered by a clerk under the shop's own address."""
SHARED_UNTIL_DAY = 300

DUPLICATE_RATE = 0.004
"""Rows of web and adverts that are written twice."""

MOST_CYCLES = 40
"""One person starts at most so many purchases: more orders per e-mail than a kind allows would hold it."""
EVENTS_PER_PERSON = 23.2
"""About so many events a person; turns a wished number of events into a number of people."""
CHUNK = 20_000
"""People drawn at once; memory follows it. Files depend on it: it is part of the seed."""
