"""Numbers, amounts, flags, message ids, cells on their way out."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.collect import safe_cell
from desirelines.collect.intake import message_ids, read_flags, read_money, read_numbers


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1.0), ("-1.50", -1.5), ("+.5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("1E-2", 0.01), ("0007", 7.0),
        ("9007199254740992", 9007199254740992.0), ("-9007199254740992", -9007199254740992.0), ("0.1", 0.1),
        ("9007199254740993", None), ("123456789012345678901234567890", None), ("1e999", None), ("nan", None), ("inf", None),
        ("-inf", None), ("1,000", None), ("1 000", None), ("1'000", None), ("0x10", None), ("1_000", None), ("", None),
        (".", None), ("-", None), ("1e", None), ("--1", None), ("1.2.3", None), ("12a", None), ("٣", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    found = read_numbers(pa.array([text]))
    assert (found.array[0].as_py(), bool(found.bad[0])) == (value, value is None)


def test_decimal_commas() -> None:
    found = read_numbers(pa.array(["1,5", "1.5", "1.000,5", None]), ",")
    assert (found.array.to_pylist(), found.bad.tolist()) == ([1.5, None, None, None], [False, True, True, False])


@settings(deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_float_s_text_reads_back_exactly(value: float) -> None:
    found = read_numbers(pa.array([repr(value)]))
    assert found.array[0].as_py() == value
    assert not found.bad[0]


@settings(deadline=None, max_examples=300)
@given(
    sign=st.sampled_from(["", "-", "+"]),
    whole=st.text(alphabet="0123456789", max_size=20),
    part=st.none() | st.text(alphabet="0123456789", max_size=8),
)
def test_money_is_decimal_rounded_half_to_even(sign: str, whole: str, part: str | None) -> None:
    text = sign + whole + ("" if part is None else f".{part}")
    found = read_money(pa.array([text]))
    try:
        exact = Decimal(text).quantize(Decimal("0.0001"), ROUND_HALF_EVEN)
    except InvalidOperation:
        assert found.bad[0]
        return
    if abs(exact) < Decimal(10) ** 16:
        assert found.array[0].as_py() == exact
    else:
        assert found.bad[0]


@pytest.mark.parametrize("text", ["1e5", "EUR 5", "5 EUR", "1,00", "nan", "", "-", "."])
def test_what_is_no_amount(text: str) -> None:
    assert read_money(pa.array([text])).bad[0]


def test_typed_amounts() -> None:
    assert read_money(pa.array([1.1, 0.30000000000000004, None])).array.to_pylist() == [
        Decimal("1.1000"),
        Decimal("0.3000"),
        None,
    ]
    assert read_money(pa.array([Decimal("1.10")])).array.to_pylist() == [Decimal("1.1000")]
    assert read_money(pa.array([float("nan"), 1e300])).bad.tolist() == [True, True]


def test_typed_numbers() -> None:
    assert read_numbers(pa.array([1, 2**53 + 2, None])).bad.tolist() == [False, True, False]
    assert read_numbers(pa.array([1.5, float("inf")])).bad.tolist() == [False, True]
    assert read_numbers(pa.array([True])).bad.tolist() == [True]


def test_flags() -> None:
    found = read_flags(pa.array(["TRUE", "yes", "1", "t", "False", "No", "0", "F", None, "y", "2", "on"]))
    assert found.array.to_pylist() == [True] * 4 + [False] * 4 + [None] * 4
    assert found.bad.tolist() == [False] * 9 + [True] * 3


def test_message_ids_cannot_be_confused() -> None:
    name = pa.scalar("Paid")
    pairs = [("a|b", "c"), ("a", "b|c"), ("a\\", "b"), ("a", "\\b"), ("a\\|b", "c")]
    ids = message_ids(name, [pa.array([one for one, _ in pairs]), pa.array([two for _, two in pairs])]).to_pylist()
    assert ids[0] == "Paid|a\\|b|c"
    assert len(set(ids)) == len(pairs)


KEYS = st.text(alphabet="a|\\", min_size=1, max_size=4)


@settings(deadline=None)
@given(st.sets(st.tuples(KEYS, KEYS, KEYS), min_size=2, max_size=20))
def test_different_keys_have_different_ids(keys: set[tuple[str, str, str]]) -> None:
    columns = [pa.array(list(column)) for column in zip(*keys, strict=True)]
    assert len(set(message_ids(columns[0], columns[1:]).to_pylist())) == len(keys)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_cells_that_look_like_formulas_are_disarmed(text: str) -> None:
    assert safe_cell(text) == "'" + text


def test_other_cells_stay_as_they_are() -> None:
    assert [safe_cell(text) for text in ("", "a=1", "1-2", "'=1")] == ["", "a=1", "1-2", "'=1"]
