"""Passwords: which are refused, and how they are kept (Argon2id; never the password itself)."""

from __future__ import annotations

import re
import unicodedata

import anyio
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from starlette.concurrency import run_in_threadpool

from desirelines.errors import BadInput, Unavailable

SHORTEST, LONGEST = 12, 200
"""Characters."""
AT_ONCE, MOST_WAITING = 2, 16
"""Each hash takes 64 MiB and a sixth of a second: so many at once, and so many more may wait."""

COMMON_WORDS = """
password passwort passw0rd letmein welcome willkommen iloveyou admin administrator qwerty qwertz qwertyuiop qwertzuiop
asdfghjkl zxcvbnm changeme secret geheim master monkey dragon football sunshine princess desirelines customer journey
"""
COMMON = frozenset(COMMON_WORDS.split())
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm")

_hasher = PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=4)


def plain(password: str) -> str:
    """The password as every keyboard would send it (NFC)."""
    return unicodedata.normalize("NFC", password)


def check_password(password: str, name: str) -> None:
    """Refuse a password that is guessed at once. Raises BadInput."""
    text = plain(password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise _weak(f"a password has {SHORTEST} to {LONGEST} characters")
    folded = text.casefold()
    words = [word for word in [name.casefold().strip(), *re.split(r"\W+", name.casefold())] if len(word) > 3]
    if any(word in folded for word in words):
        raise _weak("a password that holds your name is guessed first")
    if len(set(folded)) < 5 or any(_repeats(folded, period) for period in range(1, 9)):
        raise _weak("a password that repeats itself is guessed first")
    if any(folded in row or folded[::-1] in row for row in (one * 2 for one in ROWS)):
        raise _weak("a row of keys is guessed first")
    letters = re.sub(r"[\W\d_]", "", folded)
    if letters in COMMON or re.sub(r"[\W_]", "", folded) in COMMON or (len(set(letters)) < 4 and len(letters) > 3):
        raise _weak("a common word with digits around it is guessed first")


def _repeats(text: str, period: int) -> bool:
    return len(text) >= 2 * period and all(char == text[at % period] for at, char in enumerate(text))


def _weak(message: str) -> BadInput:
    return BadInput(message, hint="four or five words that do not belong together make a good one", code="weak_password")


def hash_password(password: str) -> str:
    """The hash with its salt and parameters; takes a sixth of a second."""
    return _hasher.hash(plain(password))


def fits(hashed: str, password: str) -> bool:
    """True when the password is the one; takes a sixth of a second either way."""
    try:
        return _hasher.verify(hashed, plain(password)[: LONGEST + 1])
    except (Argon2Error, InvalidHashError):
        return False


NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$hO16M1Ww6OoRgSQuZgMynw$LRULKLC5b2qbeBnrkTXwDk7faPx4XT0YICZWIbuA1mo"
"""The hash of a random password that nobody knows: what is given for an account that is not there is held against it, so that
the answer takes as long."""


class Hashing:
    """A few hashes at once, off the loop; a crowd is told to come back."""

    def __init__(self) -> None:
        self._limit = anyio.Semaphore(AT_ONCE)
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """Raises Unavailable when too many wait."""
        return await self._run(password, None)

    async def fits(self, hashed: str, password: str) -> bool:
        """Raises Unavailable when too many wait."""
        return bool(await self._run(password, hashed))

    async def _run(self, password: str, hashed: str | None) -> str:
        if self._waiting >= MOST_WAITING:
            raise Unavailable("many people sign in just now", hint="try again in a few seconds", code="busy_sign_in")
        self._waiting += 1
        try:
            async with self._limit:
                if hashed is None:
                    return await run_in_threadpool(hash_password, password)
                return "fits" if await run_in_threadpool(fits, hashed, password) else ""
        finally:
            self._waiting -= 1
