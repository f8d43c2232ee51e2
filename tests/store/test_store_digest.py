"""Digests are stored for ever: published vectors, and one answer for one value however Arrow holds it."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.model.digest import key64, row_digests, siphash128
from desirelines.model.event import INSTANT, MONEY

KEY = bytes(range(16))

# SipHash-2-4 with 128 bits under the key 00 01 … 0f, of the first n bytes of 00 01 02 …: from the reference's vectors
PUBLISHED = {
    0: "a3817f04ba25a8e66df67214c7550293",
    1: "da87c1d86b99af44347659119b22fc45",
    2: "8177228da4a45dc7fca38bdef60affe4",
    3: "9c70b60c5267a94e5f33b6b02985ed51",
    15: "5493e99933b0a8117e08ec0f97cfc3d9",
}


@pytest.mark.parametrize("length", PUBLISHED)
def test_published_vectors(length: int) -> None:
    assert siphash128(KEY, bytes(range(length))).hex() == PUBLISHED[length]


def reference(key: bytes, data: bytes) -> bytes:
    """SipHash-2-4-128 as its paper says it."""
    mask = 2**64 - 1

    def rounds(v: list[int], times: int) -> None:
        for _ in range(times):
            for a, b, turn in ((0, 1, 13), (2, 3, 16), (0, 3, 21), (2, 1, 17)):
                v[a] = (v[a] + v[b]) & mask
                v[b] = ((v[b] << turn) | (v[b] >> (64 - turn))) & mask ^ v[a]
                if turn in (13, 17):
                    v[a] = ((v[a] << 32) | (v[a] >> 32)) & mask

    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D ^ 0xEE, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]
    whole = len(data) // 8 * 8
    last = data[whole:].ljust(7, b"\0") + bytes([len(data) & 255])
    for place in range(0, whole + 8, 8):
        word = int.from_bytes(data[place : place + 8] if place < whole else last, "little")
        v[3] ^= word
        rounds(v, 2)
        v[0] ^= word
    v[2] ^= 0xEE
    rounds(v, 4)
    first = v[0] ^ v[1] ^ v[2] ^ v[3]
    v[1] ^= 0xDD
    rounds(v, 4)
    return first.to_bytes(8, "little") + (v[0] ^ v[1] ^ v[2] ^ v[3]).to_bytes(8, "little")


@settings(deadline=None)
@given(st.binary(min_size=16, max_size=16), st.binary(max_size=40))
def test_the_kernel_agrees_with_the_paper(key: bytes, data: bytes) -> None:
    assert siphash128(key, data) == reference(key, data)


def test_keys_never_change() -> None:
    """Written down from the first release: a change here would orphan every lake there is."""
    assert key64("email", pa.array(["ana@example.org", None, ""])).tolist() == FIRST_RELEASE_KEYS
    low, high = row_digests(pa.table({"text_a": ["x"], "number_b": [1.5], "at": pa.array([7], INSTANT)}))
    assert (int(low[0]), int(high[0])) == FIRST_RELEASE_ROW


FIRST_RELEASE_KEYS = [6593124106376594488, 0, -2459818906047429991]
FIRST_RELEASE_ROW = (12545285797129968752, 3540441282790952966)

texts = st.lists(st.none() | st.text(max_size=20), max_size=30)


@settings(deadline=None)
@given(texts, texts, st.data())
def test_one_answer_however_arrow_holds_the_texts(one: list[str | None], two: list[str | None], data: st.DataObject) -> None:
    plain = pa.array(one + two, pa.string())
    expected = key64("kind", plain).tolist()
    assert key64("kind", pa.chunked_array([pa.array(one, pa.string()), pa.array(two, pa.string())])).tolist() == expected
    assert key64("kind", plain.cast(pa.large_string())).tolist() == expected
    assert key64("kind", plain.cast(pa.string_view())).tolist() == expected
    assert key64("kind", plain.dictionary_encode()).tolist() == expected
    start = data.draw(st.integers(0, len(plain)))
    for form in (plain, plain.dictionary_encode(), plain.cast(pa.large_string())):
        assert key64("kind", form.slice(start)).tolist() == expected[start:]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.int64(), [1, None, -5, 2**62]),
        (pa.int32(), [1, None, -5]),
        (pa.bool_(), [True, False, None]),
        (pa.date32(), [0, 19000, None]),
        (INSTANT, [0, None, 5, -7]),
        (pa.float64(), [1.5, None, -2.0, 0.0]),
        (MONEY, [Decimal("1.5"), None, Decimal("-3.0001")]),
    ],
)
def test_numbers_hash_the_same_sliced_and_chunked(kind: pa.DataType, values: list[object]) -> None:
    array = pa.array(values, kind)
    low, _ = row_digests({"number_x": array})
    assert row_digests({"number_x": array.slice(1)})[0].tolist() == low[1:].tolist()
    assert row_digests({"number_x": pa.chunked_array([array.slice(0, 2), array.slice(2)])})[0].tolist() == low.tolist()
    assert len(set(low.tolist())) == len(values)


def test_the_order_of_columns_does_not_matter_but_their_names_do() -> None:
    one = row_digests(pa.table({"a": ["x"], "b": ["y"]}))[0]
    assert one.tolist() == row_digests(pa.table({"b": ["y"], "a": ["x"]}))[0].tolist()
    assert one.tolist() != row_digests(pa.table({"a": ["y"], "b": ["x"]}))[0].tolist()
    assert one.tolist() != row_digests(pa.table({"a": ["x"], "c": ["y"]}))[0].tolist()


def test_a_null_is_as_if_the_column_were_not_there() -> None:
    there = row_digests(pa.table({"a": ["x"], "b": pa.array([None], pa.string())}))
    assert [part.tolist() for part in there] == [part.tolist() for part in row_digests(pa.table({"a": ["x"]}))]


def test_zero_has_one_sign_and_not_a_number_one_face() -> None:
    other_nan = np.array([0x7FF8000000000001], np.uint64).view(np.float64)[0]
    low = row_digests({"n": pa.array([0.0, -0.0, float("nan"), other_nan])})[0].tolist()
    assert low[0] == low[1]
    assert low[2] == low[3]


def test_kinds_are_told_apart_and_nothing_has_no_key() -> None:
    keys = [int(key64(kind, pa.array(["1"]))[0]) for kind in ("email", "user", "order")]
    assert len(set(keys)) == 3
    assert key64("user", pa.array([], pa.string())).tolist() == []
    assert key64("user", pa.array([None, None], pa.string())).tolist() == [0, 0]


def test_half_a_million_texts_do_not_meet() -> None:
    values = pa.array(np.arange(500_000)).cast(pa.string())
    keys = key64("user", values)
    assert len(np.unique(keys)) == 500_000
    shares = np.bincount((keys.view(np.uint64) >> np.uint64(60)).astype(np.int64), minlength=16) / 500_000
    assert abs(shares - 1 / 16).max() < 0.003
