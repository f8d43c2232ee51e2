"""The invented people: where they live, how often they buy, and the names each silo knows them by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.random import Generator
from numpy.typing import NDArray

from desirelines.simulate.world import planted

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

SLOTS = 4
"""Room for a person's cookies in a cookie's number."""
NUMBERS = 64
"""Room for a person's purchases in an order's number."""

_PRIME = 10_000_000_019
_STEP = 387_420_489
_SALT = 97
_FIRST_NAMES = (
    "lena", "mats", "ida", "jonas", "frieda", "emil", "greta", "oskar", "paula", "anton", "marta", "karl", "nele", "theo",
    "lotte", "moritz", "ella", "bruno", "clara", "henri", "maja", "till", "rosa", "hugo",
)  # fmt: skip
_LAST_NAMES = (
    "vogt", "brandt", "keller", "lorenz", "sommer", "winter", "busch", "linde", "hagen", "kramer", "otto", "seidel", "franke",
    "pohl", "ernst", "arnold", "graf", "heller", "kuhn", "lang", "marx", "noll", "roth", "ziegler",
)  # fmt: skip


@dataclass(frozen=True)
class People:
    """One chunk of people, arrays of one length; `base` is the number of the first."""

    base: int
    region: Ints
    age: Ints
    purchases: Ints
    """Purchases begun, most of them never finished."""
    cookies: Ints
    has_card: Flags
    has_handle: Flags
    propensity: Floats

    def __len__(self) -> int:
        return len(self.region)


def draw(rng: Generator, base: int, count: int) -> People:
    """People with heavy tails: most begin one or two purchases a year, a few begin dozens."""
    purchases = 1 + np.floor(rng.pareto(1.55, count)).astype(np.int64)
    return People(
        base=base,
        region=rng.choice(len(planted.REGIONS), count, p=planted.REGION_SHARE),
        age=rng.choice(len(planted.AGES), count, p=planted.AGE_SHARE),
        purchases=np.minimum(purchases, planted.MOST_CYCLES),
        cookies=rng.choice(np.array([1, 2, 3]), count, p=(0.55, 0.30, 0.15)),
        has_card=rng.random(count) < 0.4,
        has_handle=rng.random(count) < 0.2,
        propensity=rng.beta(2.0, 2.2, count),
    )


def name(prefix: str, numbers: Ints) -> pa.Array:
    """Eleven digits after a prefix; different numbers have different names, neighbours do not look alike."""
    digits = pc.utf8_lpad(pa.array((numbers + _SALT) * _STEP % _PRIME).cast(pa.string()), 11, "0")
    return pc.binary_join_element_wise(prefix, digits, "")


def email(numbers: Ints) -> pa.Array:
    """The e-mail address of person number so and so."""
    first = pa.array(_FIRST_NAMES).take(pa.array(numbers % len(_FIRST_NAMES)))
    last = pa.array(_LAST_NAMES).take(pa.array(numbers // len(_FIRST_NAMES) % len(_LAST_NAMES)))
    return pc.binary_join_element_wise(first, ".", last, ".", pa.array(numbers).cast(pa.string()), "@mail.example", "")


def cookie(numbers: Ints) -> pa.Array:
    return name("ck-", numbers)


def order(numbers: Ints) -> pa.Array:
    return name("A", numbers)


def customer_number(numbers: Ints) -> pa.Array:
    return name("K", numbers)


def phone(numbers: Ints) -> pa.Array:
    """A number in a dialling code that nobody has."""
    return name("+49-000-", numbers)


def card(numbers: Ints) -> pa.Array:
    return name("HH", numbers)


def handle(numbers: Ints) -> pa.Array:
    return name("@home", numbers)
