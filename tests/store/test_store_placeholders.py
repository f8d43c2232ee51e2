from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.model.identity import PLACEHOLDERS, is_placeholder
from desirelines.store import people_keys, placeholders

pieces = st.sampled_from(
    [*sorted(PLACEHOLDERS), "0", "0000-0000", " ", "\t", "\u00a0", "\u2003", "K", "ß", "ana", "x" * 20, "0" * 40, "{0}", "\x1c"]
)
values = st.lists(st.none() | st.text(max_size=24) | st.lists(pieces, max_size=4).map("".join), max_size=30)


@settings(deadline=None, max_examples=400)
@given(values, st.integers(0, 5))
def test_columns_agree_with_the_single_value(texts: list[str | None], start: int) -> None:
    expected = [text is not None and is_placeholder(text) for text in texts]
    array = pa.array(texts, pa.string())
    assert placeholders(array).tolist() == expected
    assert placeholders(array.slice(start)).tolist() == expected[start:]
    assert placeholders(array.dictionary_encode()).tolist() == expected
    assert placeholders(array.cast(pa.large_string())).tolist() == expected
    assert placeholders(pa.chunked_array([array, array], pa.string())).tolist() == expected * 2


@pytest.mark.parametrize("text", sorted(PLACEHOLDERS))
def test_every_placeholder_is_known_in_any_case(text: str) -> None:
    assert placeholders(pa.array([text, f" {text.upper()}\t"])).tolist() == [True, True]


def test_a_placeholder_has_no_key() -> None:
    keys = people_keys("user", pa.chunked_array([["u1", "NULL", None]]))
    assert keys[0] != 0
    assert keys[1:].tolist() == [0, 0]
