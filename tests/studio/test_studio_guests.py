"""What a guest of one map may read: what stands on it, and nothing else of the plan, whatever the plan holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.errors import NotFound
from desirelines.plan import Plan
from desirelines.studio import legend

PLAN = Plan.model_validate(
    {
        "brand": {"name": "Kiosk", "zone": "Europe/Berlin", "about": "secret-about"},
        "strategy": {"position": "secret-position", "message": "secret-strategy"},
        "story": {
            "vision": "secret-vision",
            "messages": [{"id": "fresh", "words": "Fresh every morning"}, {"id": "late", "words": "secret-message"}],
        },
        "teams": [{"id": "secret-team", "name": "secret-team-name", "lead": "secret@example.org"}],
        "personas": [
            {"id": "ann", "name": "Ann", "words": "secret-words", "needs": "secret-needs", "segment": "did:secret", "order": 1},
            {"id": "bob", "name": "secret-persona"},
        ],
        "touchpoints": [
            {
                "id": "till",
                "name": "Till",
                "kind": "physical",
                "medium": "place",
                "owner": "secret-team",
                "words": "secret-till",
                "rule": [{"event": "secret-event"}],
                "frontstage": "secret-front",
                "backstage": "secret-back",
                "systems": ["secret-system"],
                "responsible": ["secret-team"],
            },
            {"id": "letter", "name": "Letter", "kind": "physical", "medium": "mail"},
            {"id": "secret-touchpoint", "name": "secret-touchpoint-name"},
        ],
        "questions": [
            {
                "id": "secret-question",
                "words": "secret-asked",
                "touchpoint": "till",
                "event": {"event": "secret-event"},
                "property": "secret",
            }
        ],
        "outcomes": [{"id": "secret-outcome", "words": "secret-outcome-words", "importance": 9}],
        "moments": [
            {
                "id": "hungry",
                "words": "I am hungry",
                "stage": "buy",
                "outcome": "secret-outcome",
                "persona": "ann",
                "touchpoints": ["letter"],
            },
            {"id": "secret-moment", "words": "secret-moment-words", "stage": "secret-stage"},
        ],
        "experiences": [
            {"id": "smell", "name": "The smell of bread", "moment": "hungry", "owner": "secret-team"},
            {"id": "secret-experience", "name": "secret-experience-name", "moment": "secret-moment"},
        ],
        "promises": [
            {
                "id": "quick",
                "name": "Served at once",
                "touchpoint": "till",
                "target": 0.95,
                "owner": "secret-team",
                "words": "secret-said",
                "within": {"start": {"event": "secret-event"}, "to": {"event": "secret-event"}, "time": "5min"},
            },
            {"id": "secret-promise", "name": "secret-promise-name", "touchpoint": "secret-touchpoint", "target": 0.5},
        ],
        "journeys": [
            {
                "id": "bread",
                "name": "Buy bread",
                "personas": ["ann"],
                "subject": "secret-subject",
                "starts": [{"event": "secret-event"}],
                "stages": [
                    {
                        "id": "buy",
                        "name": "Buy",
                        "side": "buyer",
                        "message": "fresh",
                        "opens": "secret-journey",
                        "wanted": 0.25,
                        "wanted_n": 4711,
                        "wanted_source": "secret-source",
                        "steps": [{"id": "s1", "touchpoint": "till"}],
                    }
                ],
            },
            {
                "id": "secret-journey",
                "name": "secret-journey-name",
                "words": "secret-journey-words",
                "stages": [
                    {
                        "id": "secret-stage",
                        "name": "secret-stage-name",
                        "side": "buyer",
                        "message": "late",
                        "steps": [{"id": "secret-step", "touchpoint": "secret-touchpoint"}],
                    }
                ],
            },
        ],
        "metrics": [{"id": "secret-metric", "target": 4712, "owner": "secret-team"}],
        "insights": [
            {
                "id": "said",
                "words": "It smells so good",
                "source": "secret-interview",
                "n": 4713,
                "touchpoint": "secret-touchpoint",
            },
            {"id": "secret-insight", "words": "secret-insight-words"},
        ],
        "towers": [
            {"id": "secret-tower", "name": "secret-tower-name", "boxes": [{"id": "secret-box", "words": "secret-box-words"}]}
        ],
        "cards": [
            {"id": "c1", "stage": "buy", "insight": "said", "metric": "secret-metric", "owner": "secret-team", "words": "A note"},
            {"id": "secret-card", "stage": "secret-stage", "words": "secret-card-words"},
        ],
    }
)


def test_nothing_else_leaves() -> None:
    text = legend(PLAN, "bread", figures=False).model_dump_json()
    assert "secret" not in text
    assert not [number for number in ("4711", "4712", "4713", "0.95", "0.25") if number in text]


def test_what_stands_on_the_map_is_there() -> None:
    found = legend(PLAN, "bread", figures=False)
    assert [(one.id, one.name, one.medium) for one in found.touchpoints] == [
        ("till", "Till", "place"),
        ("letter", "Letter", "mail"),
    ]
    assert [one.name for one in found.personas] == ["Ann"]
    assert [one.words for one in found.story.messages] == ["Fresh every morning"]
    assert [one.words for one in found.moments] == ["I am hungry"]
    assert [one.name for one in found.experiences] == ["The smell of bread"]
    assert [one.words for one in found.insights] == ["It smells so good"]
    assert [(one.words, one.insight) for one in found.cards] == [("A note", "said")]
    assert [(one.name, one.target) for one in found.promises] == [("Served at once", 0)]
    assert [(one.id, [stage.name for stage in one.stages]) for one in found.journeys] == [("bread", ["Buy"])]


def test_with_figures_the_targets_and_what_customers_said_are_there_too() -> None:
    found = legend(PLAN, "bread", figures=True)
    assert found.promises[0].target == 0.95
    assert (found.journeys[0].stages[0].wanted, found.journeys[0].stages[0].wanted_n) == (0.25, 4711)
    text = found.model_dump_json().replace("secret-source", "")
    assert "secret" not in text


def test_a_map_that_is_gone_is_told() -> None:
    with pytest.raises(NotFound):
        legend(PLAN, "none", figures=False)


@st.composite
def several(draw: st.DrawFn) -> tuple[Plan, int]:
    """A plan of a few journeys with all that hangs on them, each text of journey k marked `zqk`; elements may be shared."""
    count = draw(st.integers(2, 4))
    plan: dict[str, Any] = {"brand": {"name": "Kiosk"}}
    lists: dict[str, list[Any]] = {
        name: []
        for name in (
            "journeys",
            "touchpoints",
            "personas",
            "promises",
            "moments",
            "experiences",
            "cards",
            "insights",
            "questions",
            "outcomes",
            "towers",
        )
    }
    messages = []
    for k in range(count):
        m = f"zq{k}"
        stages = []
        for s in range(draw(st.integers(0, 2))):
            stage = f"{m}-stage-{s}"
            steps = [
                {"id": f"{m}-step-{s}-{n}", "touchpoint": f"{m}-touch" if draw(st.booleans()) else None, "personas": [f"{m}-who"]}
                for n in range(draw(st.integers(0, 2)))
            ]
            other = f"zq{draw(st.integers(0, count - 1))}"
            opens = other if draw(st.booleans()) and other != m else None
            stages.append(
                {"id": stage, "name": f"{m} stage", "side": "buyer", "opens": opens, "message": f"{m}-message", "steps": steps}
            )
            lists["moments"].append({"id": f"{m}-moment-{s}", "words": f"{m} need", "stage": stage, "outcome": f"{m}-outcome"})
            lists["experiences"].append({"id": f"{m}-exp-{s}", "name": f"{m} gives", "moment": f"{m}-moment-{s}"})
            lists["cards"].append({"id": f"{m}-card-{s}", "stage": stage, "words": f"{m} note", "insight": f"{m}-insight"})
        lists["journeys"].append({"id": m, "name": f"{m} journey", "words": f"{m} words", "stages": stages})
        lists["touchpoints"].append({"id": f"{m}-touch", "name": f"{m} touch", "words": f"{m} words"})
        lists["personas"].append({"id": f"{m}-who", "name": f"{m} who", "words": f"{m} words"})
        lists["promises"].append({"id": f"{m}-promise", "name": f"{m} promise", "touchpoint": f"{m}-touch", "target": 0.5})
        lists["insights"].append({"id": f"{m}-insight", "words": f"{m} said", "source": f"{m} source"})
        lists["outcomes"].append({"id": f"{m}-outcome", "words": f"{m} outcome"})
        lists["towers"].append({"id": f"{m}-tower", "name": f"{m} tower"})
        messages.append({"id": f"{m}-message", "words": f"{m} message"})
    return Plan.model_validate({**plan, **lists, "story": {"messages": messages}}), count


@settings(max_examples=60, deadline=None)
@given(several(), st.booleans())
def test_no_string_of_another_journey_is_in_it(made: tuple[Plan, int], figures: bool) -> None:
    plan, count = made
    for k in range(count):
        text = legend(plan, f"zq{k}", figures).model_dump_json()
        assert f"zq{k}" in text
        assert [f"zq{other}" for other in range(count) if other != k and f"zq{other}" in text] == []
