"""How a level is spoken."""

from __future__ import annotations

import pytest

from desirelines.explain.ripples.telling import spoken


@pytest.mark.parametrize(
    ("value", "kind", "said"),
    [(-1e-9, "any", "0.0 %"), (0.2294, "any", "22.9 %"), (-0.02, "again", "-2.0 %"), (2.771, "score", "2.77")],
)
def test_a_level_in_words(value: float, kind: str, said: str) -> None:
    assert spoken(value, kind) == said
