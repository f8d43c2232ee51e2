"""The pages write documents by the same shape as we read them by."""

from __future__ import annotations

from pathlib import Path

from desirelines.plan import Plan
from desirelines.studio.shape import IN_MAP, IN_PLAN, lists_of, shape, shape_text

SHAPE = Path(__file__).parents[2] / "web" / "src" / "draft" / "shape.json"


def test_the_pages_have_the_shape_as_it_is() -> None:
    assert SHAPE.read_text(encoding="utf-8") == shape_text(), "run python -m desirelines.studio.shape > web/src/draft/shape.json"


def test_every_list_of_a_plan_lies_somewhere() -> None:
    assert set(Plan.model_fields) - {"format"} <= set(IN_PLAN)
    assert {"stages", "steps", "lanes"} <= set(IN_MAP)
    assert lists_of("plan") is IN_PLAN
    assert lists_of("map:buying") is IN_MAP


def test_a_field_has_one_of_four_kinds() -> None:
    touchpoint = shape()["plan"]["touchpoints"]["fields"]
    assert {name: touchpoint[name]["kind"] for name in ("name", "words", "owner", "responsible", "rule")} == {
        "name": "value", "words": "prose", "owner": "value", "responsible": "list", "rule": "json",
    }  # fmt: skip
    assert touchpoint["kind"] == {
        "kind": "value", "of": "choice", "required": False, "default": "digital", "choices": ["digital", "physical", "human"],
    }  # fmt: skip


def test_what_lies_inside_another_names_it() -> None:
    assert "steps" not in shape()["map"]["stages"]["fields"]
    assert shape()["map"]["steps"]["inside"] == "stage"
    assert shape()["map"]["steps"]["fields"]["stage"]["required"] is True
    assert shape()["plan"]["boxes"]["inside"] == "tower"
