"""Who is who: links joined, whatever came first; values that join strangers held and shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desirelines.errors import BadInput
from desirelines.identify import Held, Identities, customer_key, customer_name, identifiers_of, resolve, traits
from desirelines.identify.components import buckets as bucketed
from desirelines.identify.components import components, components_reference, look_up, numbered, sort_keys
from desirelines.model.digest import key64
from desirelines.model.event import INSTANT, LINKS, TRAITS
from desirelines.model.receipt import Batch
from desirelines.store import LAKE, Database, Lake, Snapshot, land, open_snapshot, take


class Brand:
    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.database, self.lake = Database.open(folder / "workspace.db"), Lake(folder)
        self.count = 0

    def bring(self, **tables: pa.Table) -> None:
        self.count += 1
        lease = take(self.database, LAKE, "test", 60)
        staging = self.lake.stage(f"import-{self.count}", True, "crm")
        staging.add(Batch(1, 0, tables))
        land(self.database, self.lake, lease, staging.resolve(self.snapshot()), file="f")

    def snapshot(self) -> Snapshot:
        return open_snapshot(self.database, self.lake)


@pytest.fixture
def brand(tmp_path: Path) -> Iterator[Brand]:
    one = Brand(tmp_path)
    yield one
    one.database.close()


def linked(*pairs: tuple[str, str]) -> pa.Table:
    """Links given as ``kind:value``."""
    rows = [("crm", *a.split(":"), *b.split(":")) for a, b in pairs]
    return pa.table([pa.array(column, pa.string()) for column in zip(*rows, strict=True)], LINKS)


def named(*rows: dict[str, str | None]) -> pa.Table:
    """Events that name identifiers."""
    kinds = list(dict.fromkeys(kind for row in rows for kind in row))
    count = len(rows)
    return pa.table(
        {
            "source": ["crm"] * count,
            "event": ["View"] * count,
            "message_id": [repr(row) + str(index) for index, row in enumerate(rows)],
            "at": pa.array([0] * count, INSTANT),
            "rank": pa.array([0] * count, pa.int32()),
            "sequence": list(range(count)),
            "channel": pa.nulls(count, pa.string()),
            **{f"id_{kind}": pa.array([row.get(kind) for row in rows], pa.string()) for kind in kinds},
        }
    )


def key(identifier: str) -> int:
    kind, value = identifier.split(":")
    return int(key64(kind, pa.array([value]))[0])


def same(identities: Identities, *identifiers: str) -> bool:
    return len(set(identities.customer_of(np.array([key(one) for one in identifiers])).tolist())) == 1


def test_links_join_along_any_way(brand: Brand) -> None:
    brand.bring(links=linked(("user:1", "email:a@x"), ("email:a@x", "order:77"), ("user:2", "email:b@x")))
    identities = resolve(brand.snapshot(), {})
    assert same(identities, "user:1", "email:a@x", "order:77")
    assert not same(identities, "user:1", "user:2")
    members = [key(one) for one in ("user:1", "email:a@x", "order:77")]
    smallest = min(members, key=lambda one: one % 2**64)
    assert identities.customer_of(np.array(members)).tolist() == [smallest] * 3
    assert identities.keys.tolist() == sorted([*members, key("user:2"), key("email:b@x")])
    assert identities.held == ()


def test_a_key_never_linked_is_its_own_customer_and_nothing_is_nobody(brand: Brand) -> None:
    brand.bring(links=linked(("user:1", "email:a@x")))
    identities = resolve(brand.snapshot(), {})
    assert identities.customer_of(np.array([key("user:9"), 0])).tolist() == [key("user:9"), 0]
    assert identities.customer_of(np.array([], np.int64)).tolist() == []


def test_an_empty_lake_has_nobody(brand: Brand) -> None:
    identities = resolve(brand.snapshot(), {})
    assert (len(identities.keys), identities.held, len(identities.held_keys)) == (0, (), 0)
    assert identities.customer_of(np.array([5])).tolist() == [5]
    assert traits(brand.snapshot(), identities).num_rows == 0
    assert identifiers_of(brand.snapshot(), identities, 5) == {}


def test_events_join_what_they_name(brand: Brand) -> None:
    brand.bring(events=named({"user": "1", "email": "a@x"}, {"user": "1", "phone": "7"}))
    assert same(resolve(brand.snapshot(), {}), "user:1", "email:a@x", "phone:7")


def test_placeholders_join_nobody_and_are_shown(brand: Brand) -> None:
    brand.bring(
        events=named({"user": "1", "email": "NULL"}, {"user": "2", "email": "NULL"}, {"user": "3", "email": " 000 "}),
        links=linked(("user:1", "email:null"), ("user:2", "email:null"), ("user:0", "email:b@x")),
    )
    identities = resolve(brand.snapshot(), {})
    assert not same(identities, "user:1", "user:2")
    assert identities.held == (
        Held("email", " 000 ", "placeholder", 0, 1),
        Held("email", "NULL", "placeholder", 0, 2),
        Held("email", "null", "placeholder", 2, 0),
        Held("user", "0", "placeholder", 1, 0),
    )
    assert identities.held_keys.tolist() == []


def test_a_shared_value_is_held_and_none_of_its_links_applied(brand: Brand) -> None:
    shop = [(f"user:u{number}", "email:shop@x") for number in range(4)]
    brand.bring(
        events=named({"user": "u0", "email": "shop@x"}, {"user": "5", "email": "five@x"}),
        links=linked(*shop, ("user:u0", "phone:1"), ("email:shop@x", "phone:1")),
    )
    identities = resolve(brand.snapshot(), {"email": 3})
    assert identities.held == (Held("email", "shop@x", "over-joining", 5, 1),)
    assert identities.held_keys.tolist() == [key("email:shop@x")]
    assert identities.customer_of(np.array([key("email:shop@x")])).tolist() == [0]
    assert same(identities, "user:u0", "phone:1")
    assert not same(identities, "user:u0", "user:u1")
    assert same(resolve(brand.snapshot(), {"email": 4}), "user:u0", "user:u1", "user:u2", "user:u3", "phone:1")


def test_the_limit_counts_values_of_one_kind_not_links_nor_sources(brand: Brand) -> None:
    brand.bring(
        links=linked(("email:a@x", "user:1"), ("email:a@x", "user:2"), ("email:a@x", "phone:1"), ("email:a@x", "phone:2"))
    )
    brand.bring(links=linked(("user:1", "email:a@x")))
    assert resolve(brand.snapshot(), {"email": 2}).held == ()
    assert resolve(brand.snapshot(), {"email": 1}).held[0].linked == 4


def test_the_default_limit_is_fifty(brand: Brand) -> None:
    brand.bring(links=linked(*((f"user:u{number}", "email:a@x") for number in range(50))))
    assert resolve(brand.snapshot(), {}).held == ()
    brand.bring(links=linked(("user:u50", "email:a@x")))
    assert resolve(brand.snapshot(), {}).held == (Held("email", "a@x", "over-joining", 51, 0),)


edges = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=25)


@settings(deadline=None)
@given(edges, st.randoms(use_true_random=False))
def test_components_agree_with_the_reference_in_any_order(pairs: list[tuple[int, int]], random: st.DataObject) -> None:
    def once(pairs: list[tuple[int, int]]) -> dict[int, int]:
        spread = np.array(
            [(5, -3, 2**62, -(2**63), 9, 1, 2, 3, 4, 6, 7, 8, -1)[node] for pair in pairs for node in pair], np.int64
        )
        ends = spread.reshape(-1, 2)
        keys, _, a, b = numbered(ends[:, 0].copy(), ends[:, 1].copy(), np.arange(len(ends)))
        customer = components(keys, a, b)
        assert customer.tolist() == components_reference(keys, a, b).tolist()
        return dict(zip(keys.tolist(), customer.tolist(), strict=True))

    found = once(pairs)
    shuffled = [pair[::-1] if index % 2 else pair for index, pair in enumerate(pairs)]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert once(shuffled) == found


@settings(deadline=None, max_examples=12)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=8, unique=True),
    st.randoms(use_true_random=False),
    st.integers(1, 3),
)
def test_arrival_decides_nothing(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]], random: st.DataObject, parts: int
) -> None:
    texts = [(f"user:u{a}", f"email:{b}@x") for a, b in pairs]
    shuffled = list(texts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = []
    for order, pieces in ((texts, 1), (shuffled, parts)):
        brand = Brand(tmp_path_factory.mktemp("brand"))
        for piece in range(pieces):
            if order[piece::pieces]:
                brand.bring(links=linked(*order[piece::pieces]))
        identities = resolve(brand.snapshot(), {"user": 3, "email": 3})
        known = {name: identifiers_of(brand.snapshot(), identities, name) for name in set(identities.customer.tolist())}
        found.append((identities.keys.tolist(), identities.customer.tolist(), identities.held, known))
        brand.database.close()
    assert found[0] == found[1]


@settings(deadline=None)
@given(
    st.lists(st.integers(-(2**63), 2**63 - 1), unique=True, max_size=200), st.lists(st.integers(-(2**63), 2**63 - 1), max_size=20)
)
def test_sorted_keys_are_found_again(keys: list[int], others: list[int]) -> None:
    array = np.array(keys, np.int64)
    found, order = sort_keys(array)
    assert found.tolist() == sorted(keys)
    assert array[order].tolist() == sorted(keys)
    values = found ^ 1
    wanted = np.array([*keys, *others], np.int64)
    expected = [one ^ 1 if one in set(keys) else one for one in wanted.tolist()]
    assert look_up(wanted, bucketed(found), found, values).tolist() == expected


def test_customers_have_names() -> None:
    for number in (0, 1, -1, 2**63 - 1, -(2**63)):
        assert customer_key(customer_name(number)) == number
    assert customer_name(255) == "c00000000000000ff"
    for wrong in ("", "c", "C00000000000000ff", "c00000000000000fg", "c00000000000000f", "x" * 17, "c 0000000000000ff"):
        with pytest.raises(BadInput, match="names no customer"):
            customer_key(wrong)


def described(*rows: tuple[str, str, str, str | None, float | None, int | None]) -> pa.Table:
    full = [("crm", *row, index) for index, row in enumerate(rows)]
    return pa.table([pa.array(c, field.type) for c, field in zip(zip(*full, strict=True), TRAITS, strict=True)], TRAITS)


def test_of_traits_the_latest_counts_whichever_identifier_it_was_said_of(brand: Brand) -> None:
    brand.bring(
        links=linked(("user:1", "email:a@x"), ("user:2", "email:shop@x"), ("user:3", "email:shop@x")),
        traits=described(
            ("user", "1", "state", "SP", None, 20),
            ("email", "a@x", "state", "RJ", None, 30),
            ("user", "1", "state", "MG", None, None),
            ("user", "1", "age", None, 31.0, None),
            ("user", "1", "age", None, 32.0, None),
            ("user", "9", "state", "BA", None, None),
            ("user", "null", "state", "XX", None, 99),
            ("email", "shop@x", "state", "YY", None, 99),
        ),
    )
    identities = resolve(brand.snapshot(), {"email": 1})
    found = traits(brand.snapshot(), identities).to_pylist()
    one = int(identities.customer_of(np.array([key("user:1")]))[0])
    assert sorted(found, key=str) == sorted(
        [
            {"customer": one, "name": "state", "text": "RJ", "number": None},
            {"customer": one, "name": "age", "text": None, "number": 32.0},
            {"customer": key("user:9"), "name": "state", "text": "BA", "number": None},
        ],
        key=str,
    )


def test_identifiers_of_a_customer(brand: Brand) -> None:
    brand.bring(
        events=named(
            {"user": "8", "email": None}, {"user": "1", "email": "a@x"}, {"email": "shop@x", "user": None, "phone": "5"}
        ),
        links=linked(("user:1", "phone:7"), ("user:1", "email:b@x"), ("email:shop@x", "user:21"), ("email:shop@x", "user:22")),
    )
    snapshot = brand.snapshot()
    identities = resolve(snapshot, {"email": 1})
    one = int(identities.customer_of(np.array([key("user:1")]))[0])
    assert identifiers_of(snapshot, identities, one) == {"email": ["a@x", "b@x"], "phone": ["7"], "user": ["1"]}
    assert identifiers_of(snapshot, identities, key("user:8")) == {"user": ["8"]}
    assert identifiers_of(snapshot, identities, key("phone:5")) == {"phone": ["5"]}
    assert identifiers_of(snapshot, identities, 12345) == {}
