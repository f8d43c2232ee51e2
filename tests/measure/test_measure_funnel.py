"""Funnels: the page's examples one by one, figures by hand, and every figure leads to as many people as it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from measure_rows import house

from desirelines import measure
from desirelines.errors import BadInput
from desirelines.measure import Funnel, FunnelAsk, Paths, Walk, read_address, read_ask
from desirelines.measure.asking.funnel_text import coded, parse_funnel, parse_names, quoted
from desirelines.measure.asking.funnels import of_funnel
from desirelines.plan import duration_us
from desirelines.trace import Bucket, Held, Steps, chains, cut, part, run
from desirelines.view import Question
from desirelines.workspace import Workspace

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "funnels.md").read_text(encoding="utf-8")
MINUTE = 60_000_000


def examples() -> list[tuple[str, str, str]]:
    """asked, events and chains of every row of the tables that have these columns."""
    found = []
    for table in re.findall(r"^\| asked \|.*\n\|[- |]*\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        for row in table.splitlines():
            asked, events, told, _ = (cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row)[1:-1])
            found.append((asked, events, told))
    return found


def test_the_page_has_examples_of_everything() -> None:
    asked = " ".join(row[0] for row in examples())
    assert len(examples()) > 50
    assert all(word in asked for word in ("within", "strict", "any", "?", "!", "hold", "exclude", "journeys"))


@pytest.mark.parametrize(("asked", "events", "told"), examples())
def test_every_example_of_the_page_is_so(asked: str, events: str, told: str) -> None:
    text, *options = (one.strip() for one in asked.replace("`", "").split(", "))
    given = {word: rest for word, _, rest in (option.partition(" ") for option in options)}
    names = sorted({one[0] for one in events.split()} | set(re.findall("[A-Z]", text)))
    rows = [(one.partition(":")[0], one.partition(":")[2]) for one in events.split()]
    at = np.array([round(float(word[1:]) * MINUTE) for word, _ in rows], np.int64)
    codes = np.array([names.index(word[0]) for word, _ in rows], np.uint32)
    none = np.zeros(len(rows), np.uint16)
    one = Bucket(np.array([0, len(rows)]), np.ones(1, np.int64), np.ones(1, np.int64), at, codes, none, none, at)
    journeys = re.fullmatch("([0-9]+) journeys?", given.get("within", ""))
    question = Steps(
        coded(parse_funnel(text), parse_names(given.get("exclude", "")), names.index),
        next((order for order in ("strict", "any") if order in given), "ordered"),
        duration_us(given["within"]) if "within" in given and not journeys else None,
        int(journeys[1]) if journeys else None,
    )
    whole = part(one, cut(one, gap_us=10 * MINUTE if journeys else None), codes)
    held = Held(whole, np.array([int(value or -1) for _, value in rows], np.int32))
    found = run(chains, [held if "hold" in given else whole], question, "entries")[0]
    best = run(chains, [held if "hold" in given else whole], question, "people" if journeys else "journeys")[0]
    assert [spelled(row, events) for row in found.place.tolist()] == [row for row in told.replace("*", "").split("; ") if row]
    assert [spelled(row, events) for row in best.place.tolist()] == re.findall(r"\*\*(.*?)\*\*", told)


def spelled(place: list[int], events: str) -> str:
    words = [events.split()[event] if event >= 0 else "-" for event in place]
    return re.sub("( -)+$", "", " ".join(words))


DAY, HOUR = 86_400.0, 3_600.0
WHOLE = Walk()


def ask(kiosk: Workspace, steps: str, walk: Walk = WHOLE, **asked: Any) -> Funnel:
    return measure.funnel(kiosk.view().paths(Question(), walk), read_ask(FunnelAsk, {"steps": steps, **asked}))


def counts(found: Funnel) -> list[tuple[int, int]]:
    return [(step.count, step.dropped) for step in found.steps]


def test_counts_shares_and_times(asked_kiosk: Workspace) -> None:
    found = ask(asked_kiosk, "Visited > Bought > Received|Rated")
    assert counts(found) == [(4, 1), (3, 1), (2, 0)]
    assert (found.journeys, found.people, found.counts, found.rate.value, found.rate.n) == (4, 4, "people", 0.5, 4)
    look, buy, get = found.steps
    assert (look.rate_of_previous.value, look.rate_of_first.value, look.median_seconds) == (1.0, 1.0, None)
    assert (buy.rate_of_first.value, buy.rate_of_previous.n, get.rate_of_previous.value) == (0.75, 4, 2 / 3)
    assert (round(get.rate_of_previous.low or 0, 4), round(get.rate_of_previous.high or 0, 4)) == (0.2077, 0.9385)
    assert (buy.median_seconds, buy.p25_seconds, buy.p90_seconds) == (HOUR, 0.75 * HOUR, 1.8 * HOUR)
    assert (get.median_seconds, get.median_seconds_since_first) == (5 * DAY, 5 * DAY + 1.5 * HOUR)
    assert (get.names, get.excluded, found.caveats) == (("Received", "Rated"), (), ("rests on 4 people only",))


def test_what_those_who_drop_do_next(asked_kiosk: Workspace) -> None:
    look, buy, _ = ask(asked_kiosk, "Visited > Bought > Received").steps
    assert [(one.name, one.kind, one.count, one.rate) for one in look.next] == [("Called", "step", 1, 1.0)]
    assert [(one.kind, one.count) for one in buy.next] == [("end", 1)]
    many = ask(asked_kiosk, "Visited > Rated > Called").steps  # two rated, two did not: one called, one bought
    assert {one.name for one in many[0].next} == {"Called", "Bought"}
    assert many[2].next == ()


def test_windows_exclusions_and_order(asked_kiosk: Workspace) -> None:
    assert counts(ask(asked_kiosk, "Visited > Bought > Received", within="4d")) == [(4, 1), (3, 2), (1, 0)]
    assert counts(ask(asked_kiosk, "Visited > Received", exclude="Bought")) == [(4, 4), (0, 0)]
    assert counts(ask(asked_kiosk, "Visited > !Called > Bought? > Received")) == [(4, 2), (3, 0), (2, 0)]
    assert counts(ask(asked_kiosk, "Rated > Bought", order="any")) == [(3, 1), (2, 0)]
    walk = Walk(gap="1d")
    assert counts(ask(asked_kiosk, "Bought > Received", walk)) == [(3, 3), (0, 0)]
    assert counts(ask(asked_kiosk, "Bought > Received", walk, within="2 journeys")) == [(3, 1), (2, 0)]
    assert counts(ask(asked_kiosk, "Visited > Rated", hold="channel", count="journeys")) == [(4, 2), (2, 0)]
    assert counts(ask(asked_kiosk, "Visited > Bought", hold="channel", count="entries")) == [(4, 2), (2, 0)]


def test_groups_by_first_last_and_own_value(asked_kiosk: Workspace) -> None:
    def groups(attribution: str) -> dict[str, list[int]]:
        found = ask(asked_kiosk, "Visited > Bought > Received", by="channel", attribution=attribution)
        for place, step in enumerate(found.steps):
            assert sum(group.steps[place].count for group in found.groups) == step.count
        return {group.value: [step.count for step in group.steps] for group in found.groups}

    assert groups("first") == {"web": [4, 3, 2]}
    assert groups("last") == {"web": [2, 1, 0], "post": [2, 2, 2]}
    assert groups("step") == {"web": [4, 2, 0], "post": [0, 0, 2], "shop": [0, 1, 0]}
    own = ask(asked_kiosk, "Visited > Bought", by="channel", attribution="step").groups
    assert [(group.value, group.steps[1].rate_of_previous.value, group.rate.n) for group in own] == [
        ("web", 0.5, 4),
        ("shop", 0.25, 4),
    ]
    scored = ask(asked_kiosk, "Visited > Rated", by="text:score", attribution="last").groups
    assert [(group.kind, group.value, group.count, group.rate.value) for group in scored] == [
        ("value", "2", 1, 1.0), ("value", "5", 1, 1.0), ("none", "", 2, 0.0)
    ]  # fmt: skip


def test_rarer_values_stand_together(tmp_path: Path) -> None:
    log = [{"event": "A", "at": n, "id_user": f"u{n}", "number_size": float(n // 2 if n < 4 else n)} for n in range(30)]
    built = house(tmp_path, "brand: {name: B}", [*log, {"event": "A", "at": 0, "id_user": "u"}])
    paths = Paths(built.trace, built.folder, snapshot=built.snapshot)
    found = measure.funnel(paths, FunnelAsk(steps="A", by="text:size"))
    assert [group.count for group in found.groups] == [2, 2, *[1] * 18, 8, 1]
    assert [group.kind for group in found.groups[-2:]] == ["other", "none"]
    behind = [measure.marked(paths, read_address(group.steps[0].behind_reached)).sum() for group in found.groups]
    assert behind == [group.count for group in found.groups]


@pytest.mark.parametrize("walk", [Walk(), Walk(gap="1d"), Walk(level="touchpoint"), Walk(subject="order")])
@pytest.mark.parametrize("order", ["ordered", "any"])
def test_every_figure_leads_to_as_many_people_as_it_says(asked_kiosk: Workspace, walk: Walk, order: str) -> None:
    view = asked_kiosk.view()
    names = view.paths(Question(), walk).names
    steps = " > ".join(quoted(name) for name in (names[-1], names[0], names[1]))
    for by, attribution in (("", "first"), ("channel", "step"), ("channel", "last")):
        found = ask(asked_kiosk, steps, walk, order=order, by=by, attribution=attribution)
        assert found.steps[0].count
        for step in [*found.steps, *(step for group in found.groups for step in group.steps)]:
            assert view.customers(Question(), step.behind_reached, "", 1, 10).total == step.count
            if step.behind_dropped:
                assert view.customers(Question(), step.behind_dropped, "", 1, 10).total == step.dropped
        for group in found.groups:
            assert view.customers(Question(), group.rate.behind, "", 1, 10).total == group.steps[-1].count


def test_journeys_and_entries_count_more(asked_kiosk: Workspace) -> None:
    view, walk = asked_kiosk.view(), Walk(gap="1d")
    for count, total in (("journeys", 5), ("entries", 7)):
        found = ask(asked_kiosk, "Bought|Received|Rated", walk, count=count)
        assert counts(found) == [(total, 0)]
        marks = measure.marked(view.paths(Question(), walk), read_address(found.steps[0].behind_reached))
        assert int(marks.sum()) == 5
    assert ask(asked_kiosk, "Bought|Received|Rated", walk).steps[0].count == 3


def test_what_may_still_go_on_is_said(asked_kiosk: Workspace) -> None:
    found = ask(asked_kiosk, "Visited > Bought > Received", within="7d")
    assert "1 of the people began less than 7d before the data ends and may still go on" in found.caveats
    assert any("independent" in words for words in ask(asked_kiosk, "Visited", count="entries").caveats)
    assert ask(asked_kiosk, "Visited", count="entries").steps[0].rate_of_previous.value is None


@pytest.mark.parametrize(
    ("asked", "message", "hint"),
    [
        ({"steps": ""}, "character 1: a name is missing: the text ends", "such as Look"),
        ({"steps": "Visited > Bougt"}, "character 11: there is no event `Bougt`", "did you mean `Bought`?"),
        ({"steps": "Visited > !Bougt > Rated"}, "character 12: there is no event", "did you mean `Bought`?"),
        ({"steps": "Visited > Bought >"}, "character 19: a name is missing", "such as"),
        ({"steps": "Visited Bought > | Rated"}, "character 18", "such as"),
        ({"steps": 'Visited > "Bought'}, "character 11: a quotation mark is never closed", "twice"),
        ({"steps": "Visited > (Bought > Rated"}, "character 19: a parenthesis is never closed", "(Pay|Invoice)?"),
        ({"steps": "Visited ! Bought"}, "character 9: `!` cannot stand here", "a step ends with >"),
        ({"steps": 'Visited "Bought" > Rated'}, "character 9: `Bought` follows a name without a sign", "quote"),
        ({"steps": "!Called > Visited"}, "character 1: nothing can be excluded before", "between two steps"),
        ({"steps": "Visited > !Called"}, "character 18: nothing can be excluded after", "between two steps"),
        ({"steps": "Visited > !Called? > Rated"}, "character 18: what is excluded cannot be optional", "leave out"),
        ({"steps": "Visited", "exclude": "Called >"}, "character 8: `>` cannot stand between names", "part names with |"),
        ({"steps": "Visited > Rated?"}, "cannot be optional", "leave such a step out"),
        ({"steps": "Visited > Bought", "within": "soon"}, "is not a length of time", "write 90s"),
        ({"steps": "Visited > Bought", "within": "0 journeys"}, "at least one journey", "3 journeys"),
        ({"steps": "Visited > Bought", "within": "2 journeys", "count": "journeys"}, "cannot be counted per journey", "people"),
        ({"steps": "Visited > Bought", "by": "chanel"}, "nothing that events have values of", "such as channel"),
        ({"steps": "Visited > Bought", "hold": "text:scor"}, "no event has a property", "did you mean `score`?"),
        ({"steps": "Visited > Bought", "by": "trait:state"}, "no customer has a trait", "there are none yet"),
        ({"steps": "Visited > Bought", "order": "sideways"}, "order", "fields"),
    ],
)
def test_what_cannot_be_asked(asked_kiosk: Workspace, asked: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(BadInput, match=re.escape(message)) as caught:
        ask(asked_kiosk, **asked)
    assert hint in caught.value.hint


@pytest.mark.parametrize("mark", ["", "reached", "reached:0", "reached:3", "dropped:x", "left:1", "reached:1:=nowhere"])
def test_marks_that_are_none(asked_kiosk: Workspace, mark: str) -> None:
    paths = asked_kiosk.view().paths(Question(), Walk())
    with pytest.raises(BadInput, match=r"in this funnel|no group"):
        of_funnel(paths, FunnelAsk(steps="Visited > Bought", by="channel"), mark)


def test_names_are_quoted_as_they_are_read() -> None:
    for name in ("Look", "a > b", 'say "hi"', " x", "", "why?", "a|b", "(x)", "!"):
        if name:
            assert parse_funnel(quoted(name))[0].names[0].text == name
    assert [(one.text, one.place) for one in parse_names(' A |"b|c"')] == [("A", 2), ("b|c", 5)]
