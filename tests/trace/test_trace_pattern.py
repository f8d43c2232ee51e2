"""Patterns: what they say, held against a reference that tries every way; what they match in buckets; what cannot be read."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from trace_makers import HOUR, TIMES, Group, parts

from desirelines.errors import BadInput, TooLarge
from desirelines.trace import NOTHING_SKIPPED, Matches, Pattern, having, help_at, matches, pattern, run
from desirelines.trace.pattern import parser
from desirelines.trace.pattern.find import segments
from desirelines.trace.pattern.helping import spelled
from desirelines.trace.pattern.parser import parse
from desirelines.trace.pattern.reference import matches_reference

NAMES = {name: code for code, name in enumerate("ABCD")}
SECOND = 1_000_000
DOCS = Path(__file__).resolve().parents[2] / "docs"


def found(text: str, word: str, overlap: bool = False, gap_us: int = SECOND) -> list[tuple[int, int]]:
    """Matches in one journey whose events come a second apart."""
    over = parts([(1, [(place * gap_us, NAMES[letter]) for place, letter in enumerate(word)])])[0]
    rows = segments(over, pattern(text, NAMES), overlap=overlap)
    return list(zip(rows.first.tolist(), rows.last.tolist(), strict=True))


SAID = [
    ("A B", "AABB", [(1, 2)]),
    ("A -> B", "AABB", [(1, 2)]),
    ("A ~> B", "ACCBB", [(0, 3)]),
    ("A ~> B", "ABAB", [(0, 1), (2, 3)]),
    ("A .* B", "ABAB", [(0, 3)]),
    ("A .*? B", "ABAB", [(0, 1), (2, 3)]),
    ("A+ B", "AAAB", [(0, 3)]),
    ("A{2}", "AAAAA", [(0, 1), (2, 3)]),
    ("A{2,3}", "AAAAA", [(0, 2), (3, 4)]),
    ("A{2,3}?", "AAAAA", [(0, 1), (2, 3)]),
    ("A{,2} B", "AAAB", [(1, 3)]),
    ("(A | A B) C", "ABC", [(0, 2)]),
    ("[A B] C", "ACBC", [(0, 1), (2, 3)]),
    ("A !B", "ABAC", [(2, 3)]),
    ("A [^B C]", "ABACAD", [(4, 5)]),
    ("^ A", "ABA", [(0, 0)]),
    ("A $", "ABA", [(2, 2)]),
    ("A ~[no C]~> B", "ACBAB", [(3, 4)]),
    ("A ~[no B]~> $", "ABACC", [(2, 4)]),
    ("^ ~[no A]~> B", "CCB", [(0, 2)]),
    ("^ ~[no A]~> $", "BCB", [(0, 2)]),
    ("^ ~[no A]~> $", "BCA", []),
    ("A ~> B?", "ACB", [(0, 2)]),
    ("A ~> B?", "ACC", [(0, 0)]),
    ("A (~> B){2}", "ACBCB", [(0, 4)]),
    ("A -[<=1s]-> B", "AB", [(0, 1)]),
    ("A -[<1s]-> B", "AB", []),
    ("A ~[>2s]~> B", "ABBB", [(0, 3)]),
    ("A ~[<=2s]~> B", "ACCB", []),
    ("A ~[>1s, <=3s, no C]~> B", "ABDB", [(0, 3)]),
    ("A ~> B ~> C within 3s", "ADBC", [(0, 3)]),
    ("A ~> B ~> C within 2s", "AABC", [(1, 3)]),
    ("(A ~> B within 1s) ~> C", "ADBABDC", [(3, 6)]),
    ("((A B) | C)+", "ABCAB", [(0, 4)]),
    ("(A ~> B ~> C) | D", "DABD", [(0, 0), (3, 3)]),
    ("A? B", "CB", [(1, 1)]),
    ("A? ~> B", "CB", [(1, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "expected"), SAID)
def test_what_a_pattern_says(text: str, word: str, expected: list[tuple[int, int]]) -> None:
    assert found(text, word) == expected
    events = [(place * SECOND, letter) for place, letter in enumerate(word)]
    assert matches_reference(parse(text), events) == expected


ROWS = re.findall(r"^\| `([^`]+)` \| `([A-D]+)` \| ([^|]+) \|", (DOCS / "patterns.md").read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(("text", "word", "shown"), ROWS)
def test_the_page_says_what_a_pattern_matches(text: str, word: str, shown: str) -> None:
    rows = found(text.replace(r"\|", "|"), word)
    assert [word[first : last + 1] for first, last in rows] == re.findall(r"`([A-D]+)`", shown)


def test_the_page_and_the_parser_have_one_grammar() -> None:
    assert len(ROWS) == 26
    grammar = [line.strip() for line in (parser.__doc__ or "").splitlines() if " = " in line]
    assert grammar
    assert all(line in (DOCS / "patterns.md").read_text(encoding="utf-8") for line in grammar)


def test_matches_overlap_only_where_that_is_asked_for() -> None:
    assert found("A ~> A", "AAA") == [(0, 1)]
    assert found("A ~> A", "AAA", overlap=True) == [(0, 1), (1, 2)]


EVENTS = st.sampled_from(["A", "A", "B", "B", "C", ".", "[A B]", "!A", "[^B C]"])
LINKS = st.sampled_from(
    [
        " ",
        " ",
        " -> ",
        " ~> ",
        " ~> ",
        " -[<3s]-> ",
        " -[>=2s]-> ",
        " ~[no C]~> ",
        " ~[no [^A B], <4s]~> ",
        " ~[>1s]~> ",
        " ~[<=3s]~> ",
    ]
)
COUNTS = st.sampled_from(["", "", "", "", "*", "+", "?", "*?", "+?", "??", "{2}", "{1,2}", "{0,2}?", "{2,}"])


def _inner(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    grouped = st.builds(lambda link, tree, count: f"({link}{tree}){count}", st.sampled_from(["", "", "~> "]), inner, COUNTS)
    piece = st.one_of(st.builds(str.__add__, EVENTS, COUNTS), grouped, st.sampled_from(["^", "$"]))
    row = st.builds(lambda first, rest: first + "".join(map("".join, rest)), piece, st.lists(st.tuples(LINKS, piece), max_size=2))
    level = st.lists(row, min_size=1, max_size=2).map(" | ".join)
    return st.builds(str.__add__, level, st.sampled_from(["", "", "", " within 2s", " within 5s"]))


TEXTS = st.recursive(st.builds(lambda a, link, b: a + link + b, EVENTS, LINKS, EVENTS), _inner, max_leaves=5)
WORDS = st.lists(st.tuples(st.integers(0, 8), st.sampled_from([0, 0, 1, 1, 2, 3])), max_size=8).map(sorted)


@settings(deadline=None, max_examples=300)
@given(TEXTS, st.lists(WORDS, min_size=1, max_size=3), st.booleans())
def test_kernels_are_the_reference(text: str, words: list[list[tuple[int, int]]], overlap: bool) -> None:
    """With tables, without tables, and with times where there are none to look at."""
    try:
        said = pattern(text, NAMES)
    except BadInput:  # a `within` around another, or `$` before an event
        return
    groups: list[Group] = [(1, [(at * SECOND, code) for at, code in word]) for word in words]
    over, tree, begin, expected = parts(groups)[0], parse(text), 0, []
    for _, events in groups:
        rows = matches_reference(tree, [(at, "ABCD"[code]) for at, code in events], overlap)
        expected += [(begin + first, begin + last) for first, last in rows]
        begin += len(events)
    for way in (said, replace(said, subsets=None), replace(said, timed=True)):
        got = segments(over, way, overlap=overlap)
        assert list(zip(got.first.tolist(), got.last.tolist(), strict=True)) == expected


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Group], list[bool], int, int]:
    """Groups over one of the alphabets, which are kept, the code from which on codes are left out, and the alphabet's size."""
    alphabet = draw(st.sampled_from([1, 64, 65, 256, 257, 70_000]))
    code = st.sampled_from(sorted({0, 1, alphabet // 2, alphabet - 2, alphabet - 1} & set(range(alphabet))))
    events = st.lists(st.tuples(TIMES, code), max_size=8).map(lambda rows: sorted(rows, key=lambda row: row[0]))
    groups = draw(st.lists(st.tuples(st.integers(0, 5), events), max_size=8))
    keep = draw(st.lists(st.booleans(), min_size=len(groups), max_size=len(groups)))
    return groups, keep, draw(st.sampled_from([NOTHING_SKIPPED, max(alphabet - 1, 1)])), alphabet


ALPHABETS = {size: {f"e{code}": code for code in range(size)} for size in (1, 64, 65, 256, 257, 70_000)}


@settings(deadline=None, max_examples=60)
@given(
    worlds(),
    st.sampled_from(["{0} .", "{0} ~> {1}", "{0} ~[<1s]~> .", "!{1}+ within 1d", "{2} | {1} $", "[{0} {2}] .?"]),
    st.booleans(),
)
def test_figures_are_those_of_the_reference_in_one_bucket_and_in_many(
    world: tuple[list[Group], list[bool], int, int], shape: str, overlap: bool
) -> None:
    groups, keep, skip, size = world
    text = shape.format("e0", f"e{size - 1}", f"e{size // 2}")
    limit, tree = 2**32 if skip == NOTHING_SKIPPED else skip, parse(text)
    rows = []  # customer, at, last at, code before, first, last, after, events
    journeys = 0
    for (customer, events), kept in zip(groups, keep, strict=True):
        there = [(at, code) for at, code in events if code < limit]
        hits = matches_reference(tree, [(at, f"e{code}") for at, code in there], overlap) if kept else []
        journeys += bool(hits)
        codes = [size, *(code for _, code in there), size]
        rows += [
            (customer, there[a][0], there[b][0], codes[a], codes[a + 1], codes[b + 1], codes[b + 2], b - a + 1) for a, b in hits
        ]
    said = pattern(text, ALPHABETS[size])
    for buckets in (1, 3):
        over = parts(groups, keep, buckets)
        got = run(matches, over, said, skip, overlap, 3)
        assert (got.count, got.journeys) == (len(rows), journeys)
        assert got.people == len({row[0] for row in rows} - {0})
        assert got.journey_count == sum(1 for (_, events), kept in zip(groups, keep, strict=True) if kept and events)
        for row, column in zip((2, 0, 1, 3), (3, 4, 5, 6), strict=True):
            counted = Counter(one[column] for one in rows)
            assert {code: count for code, count in enumerate(got.places[row].tolist()) if count} == counted
        if rows:
            assert got.duration_us[2] == np.quantile([row[2] - row[1] for row in rows], 0.5)
            first = sorted((row[1], row[0]) for row in rows)[:3]
            assert list(zip(got.examples.at.tolist(), got.examples.customer.tolist(), strict=True)) == first
        assert sum(int(mask.sum()) for mask in having(over, said, skip)) == journeys


def test_no_parts_and_no_matches() -> None:
    said = pattern("A ~> B within 1d", NAMES)
    for over in ([], parts([]), parts([(1, [(0, 2)])])):
        nothing: Matches = run(matches, over, said)
        assert (nothing.count, nothing.journeys, nothing.people) == (0, 0, 0)
        assert np.isnan(nothing.duration_us).all()


WRONG = [
    ("", 1, "empty"),
    ("A >> B", 3, "limits a gap"),
    ("A, B", 2, "comma"),
    ("A ->", 5, "missing"),
    ("(A B", 1, "never closed"),
    ("A B)", 4, "never opened"),
    ("A{5,2}", 2, "counts to less"),
    ("A{0}", 2, "no time at all"),
    ("A{x}", 2, "no count"),
    ("*A", 1, "counts nothing"),
    ("A**", 3, "counted already"),
    ('A "B', 3, "never closed"),
    ("A ~[<2x]~> B", 6, "length of time"),
    ("A ~[<200w]~> B C ~[<9999999w]~> D", 21, "hundred years"),
    ("A ~[no B]-> C", 10, "missing"),
    ("A -[no B]-> C", 3, "directly"),
    ("A -[>2d, <1d]-> B", 3, "so long and so short"),
    ("A -[<0s]-> B", 6, "less than nothing"),
    ("A within 2d B", 13, "limits all"),
    ("(A ~> B within 1d) ~> C within 2d", 25, "another"),
    ("-> A", 1, "nothing stands before"),
    ("A & B", 3, "means nothing"),
    ("^+ A", 2, "cannot be counted"),
    ("[A", 1, "never closed"),
    ("[^]", 1, "no name"),
    ("A | | B", 5, "missing"),
    ("A ~> Bee", 6, "no event is named `Bee`"),
    ("A ~[no Bee]~> B", 8, "no event is named `Bee`"),
    ("(" * 51 + "A" + ")" * 51, 51, "parentheses"),
    ("A " * 2001, 4001, "characters"),
]


@pytest.mark.parametrize(("text", "character", "words"), WRONG)
def test_an_error_points_at_the_character(text: str, character: int, words: str) -> None:
    with pytest.raises(BadInput, match=words) as error:
        pattern(text, NAMES)
    assert error.value.code == "bad_pattern"
    assert error.value.faults[0].path == f"character {character}"


@pytest.mark.parametrize("text", ["A ^ B", "$ A", "^ $", "(A $) B"])
def test_a_pattern_that_nothing_can_match_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="nothing can match"):
        pattern(text, NAMES)


def test_a_pattern_that_would_explode_is_refused_with_its_size_at_once() -> None:
    began = process_time()
    with pytest.raises(TooLarge, match="1,000,000 events; at most 1,000"):
        pattern("((A{100}){100}){100}", NAMES)
    with pytest.raises(TooLarge, match="ways from event to event"):
        pattern("(A? B?){500}", NAMES)
    assert process_time() - began < 5


def test_a_long_journey_and_a_long_pattern_stay_linear() -> None:
    """Tables, times, and a pattern too wide for tables, over a customer with very many events."""
    rng = np.random.default_rng(3)
    texts = [
        "A ~> B ~> C",
        "(A ~> B ~> C within 3s) ~> D",
        "A ~[>2s, <900h, no D]~> C",
        "A .{40} [B C] .{40} A",
        "A .* B .* C .* A $",
    ]
    for text in texts:
        said, cost = pattern(text, NAMES), []
        for length in (20_000, 80_000):
            groups: list[Group] = [(1, [(place * SECOND, code) for place, code in enumerate(rng.choice(4, length).tolist())])]
            over = parts(groups)
            run(matches, over, said)  # compiles, which is not what is timed
            began = process_time()
            run(matches, over, said)
            cost.append(process_time() - began)
        assert cost[1] < 12 * cost[0] + 0.1, text  # four times as many events; squares would be sixteen times the work


def test_overlapping_matches_that_are_too_long_are_refused() -> None:
    groups: list[Group] = [(1, [(place, 0) for place in range(6_000)])]
    assert run(matches, parts(groups), pattern("A+", NAMES)).count == 1
    with pytest.raises(TooLarge, match="overlapping"):
        run(matches, parts(groups * 3), pattern("A+", NAMES), NOTHING_SKIPPED, True)


def test_days_of_silence() -> None:
    day = 24 * HOUR
    over = parts([(1, [(0, 0), (day, 1)]), (2, [(0, 0), (3 * day, 1)]), (3, [(-5 * day, 0), (-2 * day - 1, 1)])])
    assert [mask.tolist() for mask in having(over, pattern("A ~[<3d]~> B", NAMES))] == [[True, False, True]]
    assert [mask.tolist() for mask in having(over, pattern("A -[>=3d]-> B", NAMES))] == [[False, True, False]]
    assert [mask.tolist() for mask in having(over, pattern("A B within 2.5d", NAMES))] == [[True, False, False]]


def completions(text: str, cursor: int | None = None) -> list[str]:
    seen = {"Look": "9 times", "Buy": "4 times", "Add to basket": "2 times"}
    found = help_at(text, len(text) if cursor is None else cursor, seen)
    return [one.text for one in found.completions]


def test_what_may_come_next() -> None:
    assert completions("") == ["Look", "Buy", '"Add to basket"', ".", "!", "[", "(", "^", "$"]
    assert completions("L") == ["Look"]
    assert completions("Look ~> ba") == ['"Add to basket"']
    assert completions('Look ~> "Add') == ['"Add to basket"']
    assert completions("Look ~> ") == ["Look", "Buy", '"Add to basket"', ".", "!", "[", "(", "^", "$"]
    assert completions("Look ~") == ["~>", "~[no"]
    assert completions("Look ~[") == ["no", "<", "<=", ">", ">="]
    assert completions("Look ~[<") == ["2d"]
    assert completions("Look ~[<2d]") == ["~>"]
    assert completions("Look wi") == ["within 7d"]
    assert completions("Lo ~> Buy", 2) == ["Look"]
    assert ")" in completions("(Look ")
    assert ")" not in completions("(Look) ")
    assert completions("Look ) ") == []


def test_the_first_fault_is_told_with_its_place() -> None:
    seen = {"Look": "9 times", "Buy": "4 times"}
    assert help_at("Look ~> Buy", 0, seen).fault is None
    fault = help_at("Look ~> Byu", 0, seen).fault
    assert fault is not None
    assert (fault.at, fault.hint) == (8, "did you mean `Buy`?")


@pytest.mark.parametrize(
    "name", ["Look", "add-to-basket", "Add to basket", 'say "so"', "a\\b", "within", "2d", "…", "page.view", "", "^"]
)
def test_a_name_is_spelled_as_it_is_read(name: str) -> None:
    said: Pattern = pattern(spelled(name), {name: 0})
    assert said.kind_of.tolist() == [1]
