"""What is known of customers: their traits and their identifiers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.identify.people import Identities
from desirelines.model.digest import row_digests
from desirelines.store import Snapshot, people_keys, quote

LONG_AGO = -(2**62)


def traits(snapshot: Snapshot, identities: Identities) -> pa.Table:
    """customer, name, text, number: each trait of each customer, the latest by time, then sequence.

    A trait without a time is older than any with one. Equal time and sequence: always the same one, whatever came first.
    """
    columns = ["kind", "value", "name", "text", "number", "at", "sequence"]
    parts = [snapshot.read("traits", columns, path) for path in snapshot.files("traits")]
    if not parts:
        return (
            pa.table({"customer": pa.array([], pa.int64()), "name": pa.array([], pa.string())})
            .append_column("text", pa.array([], pa.string()))
            .append_column("number", pa.array([], pa.float64()))
        )
    rows = pa.concat_tables(parts)
    customer = np.zeros(len(rows), np.int64)
    kinds = rows.column("kind")
    for kind in kinds.unique().to_pylist():
        at = np.flatnonzero(np.asarray(pc.equal(kinds, kind).to_numpy()))
        customer[at] = identities.customer_of(people_keys(kind, rows.column("value").take(pa.array(at))))
    names = rows.column("name").combine_chunks().dictionary_encode().indices.to_numpy()
    times = rows.column("at").cast(pa.int64()).fill_null(LONG_AGO).to_numpy()
    ties = row_digests(rows, ("text", "number"), "trait")[0]
    order = np.lexsort((ties, rows.column("sequence").to_numpy(), times, names, customer))
    last = np.ones(len(order), np.bool_)
    last[:-1] = (np.diff(customer[order]) != 0) | (np.diff(names[order]) != 0)
    chosen = order[last & (customer[order] != 0)]
    return rows.select(["name", "text", "number"]).take(pa.array(chosen)).add_column(0, "customer", pa.array(customer[chosen]))


def identifiers_of(snapshot: Snapshot, identities: Identities, customer: int) -> dict[str, list[str]]:
    """Kind to the values, sorted, of the identifiers that are this customer's. Empty for a customer nobody named.

    `snapshot` is the one that the identities were resolved from.
    """
    found: dict[str, set[str]] = {}
    places = identities.links_of(customer)
    for (index, end), rows in _by_file(places).items():
        columns = ["b_kind", "b_value"] if end else ["a_kind", "a_value"]
        named = snapshot.take("links", columns, snapshot.files("links")[index], rows)
        for kind, value in zip(*(column.to_pylist() for column in named.columns), strict=True):
            found.setdefault(kind, set()).add(value)
    return {kind: sorted(values) for kind, values in sorted((found or _from_events(snapshot, identities, customer)).items())}


def _by_file(places: NDArray[np.int64]) -> dict[tuple[int, int], NDArray[np.int64]]:
    """(file index, end) to the rows named in `places` (see `Identities.named`)."""
    files = (places >> 33) * 2 + (places & 1)
    rows = (places >> 1) & 0xFFFFFFFF
    return {(int(one) >> 1, int(one) & 1): rows[files == one] for one in np.unique(files)}


def _from_events(snapshot: Snapshot, identities: Identities, customer: int) -> dict[str, set[str]]:
    """The identifier of a customer who has but one; behind a held one it is not the first that events name."""
    columns = [name for name in snapshot.columns("events") if name.startswith("id_")]
    if not columns:
        return {}
    query = f"SELECT {', '.join(map(quote, columns))} FROM events WHERE person "
    rows = snapshot.sql(query + "= ? LIMIT 1", [customer])
    if len(rows) == 0 and len(identities.held_keys):
        rows = snapshot.sql(query + "IN (SELECT unnest(?::BIGINT[]))", [identities.held_keys.tolist()])
    for column in columns:
        kind = column.removeprefix("id_")
        places = np.flatnonzero(people_keys(kind, rows.column(column)) == customer)
        if len(places):
            return {kind: {rows.column(column)[int(places[0])].as_py()}}
    return {}
