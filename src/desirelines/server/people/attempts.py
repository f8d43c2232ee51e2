"""How often one may try to sign in: few times in a row, and never so that a stranger keeps somebody out for good.

Three counts over the last quarter of an hour. The same name from the same address: after five tries each next one waits, at
most a minute. An address, whatever the name: thirty. A name, from wherever: fifty; but an address that this account was
signed in from before is not held up by what others try.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable

from desirelines.errors import Unavailable

WINDOW_SECONDS = 900.0
FREE_TRIES, LONGEST_WAIT_SECONDS = 5, 60.0
OF_AN_ADDRESS, OF_A_NAME = 30, 50
MOST_KEPT = 20_000
"""Counts that are kept; beyond, the oldest go."""


def network_of(address: str) -> str:
    """The address, or the network that one household has of the longer kind."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
    return str(found)


class Attempts:
    """Tries to sign in, counted in memory: a restart forgets them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._tries: dict[tuple[str, ...], deque[float]] = defaultdict(deque)

    def begin(self, name: str, address: str, known: bool) -> None:
        """Count a try. Raises Unavailable with how long to wait, the same for names that are there and that are not."""
        place, now = network_of(address), self._clock()
        with self._lock:
            wait = max(self._pair(name, place, now), self._many(("address", place), OF_AN_ADDRESS, now))
            if not known:
                wait = max(wait, self._many(("name", name), OF_A_NAME, now))
            if wait > 0:
                raise Unavailable(
                    "too many tries to sign in", hint=f"try again in {int(wait) + 1} seconds", code="too_many_tries"
                )
            for key in (("pair", name, place), ("address", place), ("name", name)):
                self._tries[key].append(now)
            while len(self._tries) > MOST_KEPT:
                self._tries.pop(next(iter(self._tries)))

    def succeeded(self, name: str, address: str) -> None:
        """Forget what this address tried for this name."""
        place = network_of(address)
        with self._lock:
            mine = self._tries.pop(("pair", name, place), deque())
            for key in (("address", place), ("name", name)):
                self._tries[key] = deque(list(self._tries[key])[: -len(mine) or None])

    def _pair(self, name: str, place: str, now: float) -> float:
        tries = self._recent(("pair", name, place), now)
        if len(tries) < FREE_TRIES:
            return 0.0
        pause = min(LONGEST_WAIT_SECONDS, 2.0 ** (len(tries) - FREE_TRIES))
        return tries[-1] + pause - now

    def _many(self, key: tuple[str, ...], most: int, now: float) -> float:
        tries = self._recent(key, now)
        return tries[0] + WINDOW_SECONDS - now if len(tries) >= most else 0.0

    def _recent(self, key: tuple[str, ...], now: float) -> deque[float]:
        tries = self._tries.get(key, deque())
        while tries and tries[0] < now - WINDOW_SECONDS:
            tries.popleft()
        if not tries:
            self._tries.pop(key, None)
        return tries
