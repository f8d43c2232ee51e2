"""Typed values of a column: numbers, amounts, flags, days. A value that is not what its type allows is marked, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.collect.intake.strings import Mask, compiled, texts_of, valid
from desirelines.model.event import MONEY

EXACT = 2**53
"""Whole numbers beyond it do not all fit a float; such a column is an identifier or a text."""
MOST_MONEY = Decimal(10) ** 16
_FLAGS = ("true", "yes", "1", "t", "false", "no", "0", "f")
_BAD, _GOOD, _LONG = 0, 1, 2
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE
SLL SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XCG
XOF XPF YER ZAR ZMW ZWG ZWL
"""
CURRENCIES = frozenset(_CODES.split())
"""ISO 4217."""


@dataclass(frozen=True)
class Values:
    """A typed array, null where blank; and where a value did not read."""

    array: pa.Array
    bad: Mask


def read_numbers(column: pa.Array, decimal: str = ".") -> Values:
    """float64. Bad: thousands separators, NaN, infinity, whole numbers beyond 2**53."""
    if not pa.types.is_string(column.type):
        return _own_numbers(column)
    filled = valid(column)
    shape = np.zeros(len(column), np.int8)
    _number_shapes(*texts_of(column), ord(decimal), shape)
    good = filled & (shape == _GOOD)
    text = column if decimal == "." else pc.replace_substring(column, decimal, ".")
    if not good.all():
        text = pc.if_else(pa.array(good), text, pa.scalar(None, pa.string()))
    array = pc.cast(text, pa.float64())
    if pc.any(pc.is_inf(array)).as_py():
        good &= ~cast("Mask", pc.fill_null(pc.is_inf(array), False).to_numpy(zero_copy_only=False))
        array = pc.if_else(pa.array(good), array, pa.scalar(None, pa.float64()))
    return Values(array, filled & ~good)


def whole(values: Values) -> Values:
    """The same, those with a fraction marked as bad."""
    broken = pc.fill_null(pc.not_equal(values.array, pc.floor(values.array)), False).to_numpy(zero_copy_only=False)
    return Values(values.array, values.bad | broken) if broken.any() else values


def read_money(column: pa.Array, decimal: str = ".") -> Values:
    """decimal128(20, 4), rounded half to even. Bad: what is no plain decimal number, or 10**16 and more."""
    if not pa.types.is_string(column.type):
        column = pc.cast(column, pa.string()) if not pa.types.is_floating(column.type) else _float_texts(column)
    filled = valid(column)
    places, data = texts_of(column)
    amount, shape = np.zeros(len(column), np.int64), np.zeros(len(column), np.int8)
    _amounts(places, data, ord(decimal), amount, shape)
    long = np.flatnonzero(filled & (shape == _LONG))
    if len(long):
        return _long_money(column, decimal, filled, amount, shape, long)
    good = filled & (shape == _GOOD)
    return Values(_money(amount, good), filled & ~good)


def read_flags(column: pa.Array) -> Values:
    """true, yes, 1, t and false, no, 0, f in any case."""
    if pa.types.is_boolean(column.type):
        return Values(column, np.zeros(len(column), np.bool_))
    text = column if pa.types.is_string(column.type) else pc.cast(column, pa.string())
    found = pc.index_in(pc.utf8_lower(text), pa.array(_FLAGS))
    bad = valid(text) & ~valid(found)
    return Values(pc.less(found, 4), bad)


def read_currencies(column: pa.Array) -> Values:
    """ISO 4217 codes; small letters are accepted."""
    text = pc.utf8_upper(column if pa.types.is_string(column.type) else pc.cast(column, pa.string()))
    known = pc.is_in(text, pa.array(sorted(CURRENCIES)))
    return Values(text, valid(text) & ~cast("Mask", known.to_numpy(zero_copy_only=False)))


def _own_numbers(column: pa.Array) -> Values:
    if pa.types.is_boolean(column.type) or pa.types.is_temporal(column.type):
        return Values(pa.nulls(len(column), pa.float64()), valid(column))
    array = pc.cast(column, pa.float64(), safe=False)
    bad = valid(column) & ~cast("Mask", pc.fill_null(pc.is_finite(array), False).to_numpy(zero_copy_only=False))
    if not pa.types.is_floating(column.type):
        bad |= valid(column) & (np.abs(array.fill_null(0).to_numpy(zero_copy_only=False)) > EXACT)
    return Values(pc.if_else(pa.array(~bad), array, pa.scalar(None, pa.float64())) if bad.any() else array, bad)


def _float_texts(column: pa.Array) -> pa.Array:
    return pa.array([None if value is None else format(value, "f") if _finite(value) else "nan" for value in column.to_pylist()])


def _finite(value: float) -> bool:
    return bool(np.isfinite(value)) and abs(value) < float(MOST_MONEY)


def _long_money(
    column: pa.Array, decimal: str, filled: Mask, amount: NDArray[np.int64], shape: NDArray[np.int8], long: NDArray[np.int64]
) -> Values:
    """The slow way for the few amounts with more digits than the kernel holds."""
    good = filled & (shape == _GOOD)
    values: list[Decimal | None] = [Decimal(int(one)).scaleb(-4) if ok else None for one, ok in zip(amount, good, strict=True)]
    for row in long.tolist():
        value = Decimal(column[row].as_py().replace(decimal, ".").lstrip("+"))
        if abs(value) < MOST_MONEY:
            rounded = value.quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
            values[row] = rounded if abs(rounded) < MOST_MONEY else None
    array = pa.array(values, MONEY)
    return Values(array, filled & ~valid(array))


def _money(amount: NDArray[np.int64], good: Mask) -> pa.Array:
    words = np.empty((len(amount), 2), np.int64)
    words[:, 0], words[:, 1] = amount, amount >> 63
    mask = None if good.all() else pa.py_buffer(np.packbits(good, bitorder="little"))
    return pa.Array.from_buffers(MONEY, len(amount), [mask, pa.py_buffer(words)])


@compiled
def _number_shapes(places: Any, data: Any, point: Any, shape: Any) -> None:
    """Which texts are plain numbers: a sign, digits, the point, digits, an exponent."""
    for row in range(len(shape)):
        place, end = places[row], places[row + 1]
        if place < end and (data[place] == 43 or data[place] == 45):
            place += 1
        whole, value, fraction, exponent = 0, 0, 0, 1
        while place < end and 48 <= data[place] <= 57:
            value = min(value * 10 + (data[place] - 48), EXACT + 1)
            whole += 1
            place += 1
        is_whole = place == end
        if place < end and data[place] == point:
            place += 1
            while place < end and 48 <= data[place] <= 57:
                fraction += 1
                place += 1
        if place < end and (data[place] == 69 or data[place] == 101) and whole + fraction:
            place += 1
            if place < end and (data[place] == 43 or data[place] == 45):
                place += 1
            exponent = 0
            while place < end and 48 <= data[place] <= 57:
                exponent += 1
                place += 1
        good = place == end and whole + fraction > 0 and exponent > 0
        shape[row] = _GOOD if good and not (is_whole and value > EXACT) else _BAD


@compiled
def _amounts(places: Any, data: Any, point: Any, amount: Any, shape: Any) -> None:
    """Amounts times 10,000. More than 14 digits before the point are left to the slow way."""
    for row in range(len(shape)):
        place, end = places[row], places[row + 1]
        negative = place < end and data[place] == 45
        if place < end and (data[place] == 43 or data[place] == 45):
            place += 1
        value, whole, kept, digits = 0, 0, 0, 0
        rest, above = 0, False  # the first digit cut off, and whether anything follows it
        while place < end and 48 <= data[place] <= 57:
            value = value * 10 + (data[place] - 48) if whole < 14 else value
            whole += 1
            place += 1
        if place < end and data[place] == point:
            place += 1
            while place < end and 48 <= data[place] <= 57:
                digit = data[place] - 48
                if kept < 4:
                    value = value * 10 + digit if whole <= 14 else value
                    kept += 1
                elif digits == 4:
                    rest = digit
                elif digit:
                    above = True
                digits += 1
                place += 1
        if place != end or whole + digits == 0:
            continue
        for _ in range(kept, 4):
            value *= 10
        value += rest > 5 or (rest == 5 and (above or value % 2 == 1))
        amount[row] = -value if negative else value
        shape[row] = _GOOD if whole <= 14 else _LONG
