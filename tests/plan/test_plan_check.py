"""Checks: what forbids publishing, what is worth a look, each with its place."""

from __future__ import annotations

import pytest

from desirelines.errors import TooLarge
from desirelines.model.document import Document
from desirelines.plan import CODES, Finding, Seen, check, errors_in, examine, read_plan, workshop

GOOD = """\
brand: {name: Lumen, zone: Europe/Lisbon}
strategy: {target_groups: a, position: b, offering: c, message: d, how: e, channels: f}
story:
  messages: [{id: light, words: Light that lasts}, {id: old, words: Cheap light, retired: true}]
teams: [{id: shop, name: Shop}, {id: desk, name: Desk}]
personas: [{id: ana, name: Ana, sources: [12 interviews]}]
touchpoints:
  - {id: store, name: Store, medium: place, owner: shop, rule: Store Visited}
  - {id: poster, name: Poster, medium: advert, owner: shop}
  - {id: help, name: Help, medium: phone, owner: desk, rule: {event: Service Called, channel: phone}}
outcomes: [{id: see, words: I can read at night}]
moments:
  - {id: dark, words: I cannot see my own stairs, stage: buy, persona: ana, outcome: see, touchpoints: [store]}
  - {id: broken, words: "Where do I turn when it breaks?", stage: use}
promises:
  - {id: quick, name: Quick, touchpoint: help, owner: desk, target: 0.9,
     within: {start: Service Called, to: Service Solved, time: 2d}}
journeys:
  - id: main
    name: Main
    personas: [ana]
    stages:
      - {id: buy, name: Buy, side: buyer, message: light, steps: [store]}
      - {id: use, name: Use, side: customer, steps: [help]}
"""


def findings(text: str, seen: Seen | None = None) -> list[Finding]:
    return examine(text, "plan.yaml", seen)[1]


def only(text: str, code: str, seen: Seen | None = None) -> Finding:
    """The one finding of a plan that has exactly one."""
    found = findings(text, seen)
    assert [one.code for one in found] == [code], found
    return found[0]


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_plan_has_no_finding() -> None:
    assert findings(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "path", "hint"),
    [
        ("owner: desk, rule", "owner: deks, rule", "touchpoints[2].owner", "did you mean `desk`?"),
        ("owner: desk, target", "owner: sale, target", "promises[0].owner", "one of `shop`, `desk`"),
        ("touchpoint: help", "touchpoint: hlep", "promises[0].touchpoint", "did you mean `help`?"),
        ("persona: ana", "persona: anna", "moments[0].persona", "did you mean `ana`?"),
        ("outcome: see", "outcome: sea", "moments[0].outcome", "did you mean `see`?"),
        ("touchpoints: [store]", "touchpoints: [store, stare]", "moments[0].touchpoints[1]", "did you mean `store`?"),
        ("personas: [ana]\n    st", "personas: [ann]\n    st", "journeys[0].personas[0]", "did you mean `ana`?"),
        ("message: light", "message: lite", "journeys[0].stages[0].message", "did you mean `light`?"),
        (
            "steps: [help]",
            "steps: [help, {one_of: [store, halp]}]",
            "journeys[0].stages[1].steps[1].one_of[1]",
            "did you mean `help`?",
        ),
        ("steps: [help]", "steps: [help], opens: repair", "journeys[0].stages[1].opens", "one of `main`"),
    ],
)
def test_unknown_references_are_errors_with_the_nearest_id(old: str, new: str, path: str, hint: str) -> None:
    found = only(changed(old, new), "unknown-reference")
    assert (found.severity, found.path, found.hint) == ("error", path, hint)
    assert found.line > 1


def test_an_unknown_stage_moment_and_question() -> None:
    text = changed("stage: use", "stage: uses") + "experiences: [{id: e, name: E, moment: drk}]\n"
    found = findings(text + "questions: [{id: q, words: W, touchpoint: x, event: E, property: p}]\n")
    assert [(one.severity, one.path) for one in found] == [
        ("error", "moments[1].stage"),
        ("error", "experiences[0].moment"),
        ("error", "questions[0].touchpoint"),
        ("warning", "journeys[0].stages[1]"),
    ]


def test_duplicate_ids_in_lists_and_of_stages_and_steps_over_all_journeys() -> None:
    text = GOOD + (
        "  - id: second\n    name: Second\n    stages:\n"
        "      - {id: use, name: Use, side: customer, steps: [{id: a, touchpoint: help}, {id: a, touchpoint: store}]}\n"
    )
    found = findings(text.replace("{id: desk, name: Desk}", "{id: desk, name: Desk}, {id: shop, name: S}"))
    assert [(one.code, one.path) for one in found] == [
        ("duplicate-id", "teams[2].id"),
        ("duplicate-id", "journeys[1].stages[0].id"),
        ("duplicate-id", "journeys[1].stages[0].steps[1].id"),
    ]
    assert found[0].message == "two teams have the id `shop`"


def claims(one: str, other: str) -> list[tuple[str, str]]:
    text = changed("rule: Store Visited}", f"rule: {one}}}").replace(
        "poster, name: Poster,", f"poster, name: Poster, rule: {other},"
    )
    return [(found.severity, found.code) for found in findings(text)]


ERROR, DOUBT = [("error", "contested")], [("warning", "may-be-contested")]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("A", "A", ERROR),
        ("A", "B", []),
        ("A", "{event: A, channel: web}", ERROR),
        ("{event: A, channel: web}", "{event: A, channel: app}", []),
        ("{event: A, channel: web}", "{event: A, source: crm}", DOUBT),
        ("{event: A, where: {x: 1}}", "{event: A, where: {x: 2}}", []),
        ("{event: A, where: {x: 1}}", "{event: A, where: {x: 1}}", ERROR),
        ("{event: A, where: {x: 1}}", "{event: A, where: {y: 1}}", DOUBT),
        ("{event: A, where: {x: [a, b]}}", "{event: A, where: {x: [c, d]}}", []),
        ("{event: A, where: {x: [a, b]}}", "{event: A, where: {x: [b, c]}}", DOUBT),
        ("{event: A, where: {x: [a, b]}}", "{event: A, where: {x: b}}", ERROR),
        ("{event: A, where: {x: {below: 3}}}", "{event: A, where: {x: {at_least: 3}}}", []),
        ("{event: A, where: {x: {below: 3}}}", "{event: A, where: {x: {at_least: 2.9}}}", DOUBT),
        ("{event: A, where: {x: {below: 3}}}", "{event: A, where: {x: {at_least: 1, below: 3}}}", ERROR),
        ("{event: A, where: {x: {below: 3}}}", "{event: A, where: {x: [1, 2]}}", ERROR),
        ("{event: A, where: {x: {below: 3}}}", "{event: A, where: {x: [1, 3]}}", DOUBT),
        ("{event: A, where: {x: {below: 3}}}", "{event: A, where: {x: 3}}", []),
        ("{event: A, where: {x: {below: 3}}}", '{event: A, where: {x: "2"}}', DOUBT),
        ("{event: A, where: {x: {below: 3}}}", "{event: A, where: {x: two}}", []),
        ("{event: A, where: {x: 5}}", '{event: A, where: {x: "5"}}', DOUBT),
        ("{event: A, where: {x: true}}", '{event: A, where: {x: "yes"}}', DOUBT),
        ("{event: A, where: {x: true}}", "{event: A, where: {x: false}}", []),
        ("{event: A, where: {x: '2018-01-01'}}", "{event: A, where: {x: '2018-01-01T00:00:00Z'}}", DOUBT),
        ("[{event: A, channel: web}, B]", "[{event: A, channel: app}, B]", ERROR),
        ("{event: A, channel: web, where: {x: 1}}", "{event: A, where: {x: 1}, channel: web}", ERROR),
        ("{event: A, channel: web, where: {x: 1}}", "{event: A, where: {x: 1, y: 2}}", DOUBT),
    ],
)
def test_two_touchpoints_that_claim_one_event(one: str, other: str, expected: list[tuple[str, str]]) -> None:
    assert claims(one, other) == expected
    assert claims(other, one) == expected


def test_rules_of_one_touchpoint_may_overlap_and_too_many_rules_are_refused() -> None:
    assert claims("[A, A, {event: A, channel: web}]", "B") == []
    assert claims("[" + "A," * 700 + "]", "B") == [("error", "too-many-rules")]


def test_a_journey_must_not_open_itself_even_through_others() -> None:
    text = changed("steps: [help]", "steps: [help], opens: repair") + (
        "  - {id: repair, name: R, stages: [{id: ask, name: A, side: customer, opens: main}]}\n"
    )
    found = [one for one in findings(text) if one.severity == "error"]
    assert [(one.code, one.element) for one in found] == [("journey-cycle", "stage:use"), ("journey-cycle", "stage:ask")]
    assert found[0].message == "the journey opens itself: `main` → `repair` → `main`"
    straight = text.replace("opens: main", "steps: [help]")
    assert [one.code for one in findings(straight) if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("zone: Europe/Lisbon", "zone: Europe/Lisboa", "unknown-zone", "brand.zone"),
        ("within: {start: Service Called, to: Service Solved, time: 2d}", "per: order", "one-way-to-keep", "promises[0]"),
        ("time: 2d}", "time: 2d}, by: {event: E, limit: due_on}", "one-way-to-keep", "promises[0]"),
        ("time: 2d", "time: 0d", "duration", "promises[0].within.time"),
        ("time: 2d", "time: 9999999w", "duration", "promises[0].within.time"),
        ("name: Main", "name: Main, gap: 0.0s", "duration", "journeys[0].gap"),
        ("steps: [help]", "steps: [{touchpoint: help, within: 0h}]", "duration", "journeys[0].stages[1].steps[0].within"),
        ("steps: [help]", "steps: [{optional: true}]", "one-way-to-step", "journeys[0].stages[1].steps[0]"),
        ("steps: [help]", "steps: [{touchpoint: help, one_of: [store]}]", "one-way-to-step", "journeys[0].stages[1].steps[0]"),
        ("name: Main", "name: Main, subject: Order No", "kind-name", "journeys[0].subject"),
        ("target: 0.9", "target: 0.9, per: Order", "kind-name", "promises[0].per"),
        ("channel: phone}", "channel: phone, where: {Kind Of: x}}", "kind-name", "touchpoints[2].rule[0].where.Kind Of"),
        ("channel: phone}", "channel: phone, where: {kind: []}}", "empty-condition", "touchpoints[2].rule[0].where.kind"),
        ("channel: phone}", "where: {x: {at_least: 2, below: 2}}}", "empty-condition", "touchpoints[2].rule[0].where.x"),
        (
            "steps: [help]",
            f"any_order: true, steps: [{'help,' * 11}]",
            "too-many-in-any-order",
            "journeys[0].stages[1].any_order",
        ),
    ],
)
def test_what_can_never_work_is_an_error(old: str, new: str, code: str, path: str) -> None:
    text = changed(old, new).replace("name: Main, ", "name: Main\n    ")
    found = only(text, code)
    assert (found.severity, found.path) == ("error", path)


def test_scales_joins_and_empty_journeys() -> None:
    text = GOOD + (
        "  - {id: nothing, name: N, stages: [{id: s, name: S, side: customer}]}\n"
        "identifiers: [{id: email, joins: 0}]\n"
        "questions: [{id: q, words: W, touchpoint: help, event: E, property: p, low: 5, high: 5}]\n"
    )
    assert [one.code for one in findings(text) if one.severity == "error"] == ["empty-journey", "joins", "scale"]


@pytest.mark.parametrize(
    ("old", "new", "code", "element"),
    [
        ("channels: f}", "channels: ''}", "strategy-gate", ""),
        ("medium: place, owner: shop", "medium: place", "no-owner", "touchpoint:store"),
        ("help, owner: desk", "help", "no-owner", "promise:quick"),
        ("[12 interviews]", "[]", "assumption", "persona:ana"),
        ("stage: use", "stage: buy", "stage-without-moment", "stage:use"),
        ("message: light", "message: old", "retired-message", "stage:buy"),
        ("side: buyer, m", "side: buyer, order: 30, m", "side-order", "stage:buy"),
        ("words: I cannot see my own stairs", "words: We convert the lead", "brand-speak", "moment:dark"),
        ("words: I cannot see my own stairs", "words: Stairs in the dark", "first-person", "moment:dark"),
        ("words: I can read at night", "words: Retention of the customer", "brand-speak", "outcome:see"),
        ("side: customer, s", "side: customer, think: I feel nurtured, s", "brand-speak", "stage:use"),
        ("side: customer, s", "side: customer, do: Click the call to action, s", "brand-speak", "stage:use"),
    ],
)
def test_what_is_worth_a_look_is_a_warning(old: str, new: str, code: str, element: str) -> None:
    found = only(changed(old, new), code)
    assert (found.severity, found.element) == ("warning", element)


@pytest.mark.parametrize(
    "words",
    [
        "Quero saber onde está",
        "Wo ist mein Paket",
        "暗くて見えない",
        "How long will it take?",
        "Is our order with the neighbours",
    ],
)
def test_customers_speak_many_languages(words: str) -> None:
    assert findings(changed("I cannot see my own stairs", f'"{words}"')) == []


def test_a_placement_alone_is_no_moment() -> None:
    found = only(changed("outcome: see, touchpoints: [store]", "touchpoints: [poster]"), "placement-is-no-moment")
    assert found.severity == "error"
    assert findings(changed("outcome: see, touchpoints: [store]", "touchpoints: [poster], need: light on the stairs")) == []
    assert findings(changed("touchpoints: [store]", "touchpoints: [store, poster]")) == []


def test_a_plan_is_held_against_what_was_seen() -> None:
    seen = Seen(frozenset({"Store Visited", "Service Called", "Service Closed"}), frozenset({"order"}))
    found = only(GOOD, "never-seen", seen)
    assert (found.path, found.hint) == ("promises[0].within.to", "did you mean `Service Closed`?")
    known = GOOD.replace("Service Solved", "Service Closed").replace("target:", "per: ordr, target:")
    assert only(known, "kind-name", seen).hint == "did you mean `order`?"


def test_findings_come_errors_first_with_lines_and_without_a_document_too() -> None:
    text = changed("owner: desk, rule", "rule").replace("time: 2d", "time: 0d")
    found = findings(text)
    assert [(one.severity, one.line) for one in found] == [("error", 17), ("warning", 10)]
    bare = check(read_plan(text))
    assert [(one.severity, one.line, one.path) for one in bare] == [
        ("error", 0, "promises[0].within.time"),
        ("warning", 0, "touchpoints[2]"),
    ]
    assert errors_in(found) == (found[0],)
    assert str(found[0]) == "plan.yaml:17: `0d` is no time at all (write 90s, 30min, 4h, 2d or 1w)"


def test_what_cannot_be_read_is_a_finding_too() -> None:
    plan, found = examine("brand: {name: 3}\nteam: []", "plan.yaml")
    assert plan is None
    assert [(one.code, one.severity, one.line) for one in found] == [("unreadable", "error", 1), ("unreadable", "error", 2)]
    assert examine(b"\xff\xfe\xfa")[1][0].hint == "save it as UTF-8"
    with pytest.raises(TooLarge):
        examine("a: " + "[" * 100 + "]" * 100)


def test_every_finding_has_a_known_code_and_findings_end() -> None:
    assert all(one.code in CODES for one in check(workshop("Lumen"), Document(None)))
    many = "brand: A\ntouchpoints:\n" + "".join(f"  - {{id: t{i}, name: T, owner: nobody}}\n" for i in range(1100))
    assert len(findings(many)) == 1000


MET = "experiences: [{id: told, name: Told, moment: dark, kind: message}{}]\n"


def test_all_messages_and_nothing_to_use_is_said_once_and_of_each_moment_else() -> None:
    text = changed("moments:", MET.replace("{}", "") + "moments:")
    found = only(text, "only-messages")
    assert (found.severity, found.path) == ("warning", "experiences")
    both = changed("moments:", MET.replace("{}", ", {id: lamp, name: A lamp, moment: bright}") + "moments:").replace(
        "moments:\n", "moments:\n  - {id: bright, words: I read, stage: use}\n", 1
    )
    assert only(both, "only-messages").element == "moment:dark"
    meets = changed("moments:", MET.replace("{}", ", {id: lamp, name: A lamp, moment: dark}") + "moments:")
    assert "only-messages" not in [one.code for one in findings(meets)]


def test_a_tower_that_nothing_supports_is_a_chance_and_its_boxes_speak_as_people_do() -> None:
    tower = "towers: [{id: see, name: See, boxes: [{id: b, words: Retention by funnel}]}]\n"
    found = [(one.code, one.element) for one in findings(changed("moments:", tower + "moments:"))]
    assert found == [("empty-tower", "tower:see"), ("brand-speak", "box:b")]
