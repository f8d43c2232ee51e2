"""What is known of customers: their traits and their identifiers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from desirelines.identify.people import Identities
from desirelines.store import Snapshot, people_keys


def traits(snapshot: Snapshot, identities: Identities) -> pa.Table:
    """customer, name, text, number: each customer's traits, the latest by time, then sequence; ties by value."""
    rows = snapshot.sql('SELECT kind, value, name, text, number, "at", sequence FROM traits')
    customer = np.zeros(len(rows), np.int64)
    kinds = rows.column("kind")
    for kind in kinds.unique().to_pylist():
        at = np.flatnonzero(np.asarray(pa.compute.equal(kinds, kind).to_numpy()))
        customer[at] = identities.customer_of(people_keys(kind, rows.column("value").take(pa.array(at))))
    rows = rows.append_column("customer", pa.array(customer)).filter(pa.array(customer != 0))
    order = [("customer", "ascending"), ("name", "ascending"), ("at", "ascending"), ("sequence", "ascending")]
    order += [("text", "ascending"), ("number", "ascending"), ("kind", "ascending"), ("value", "ascending")]
    rows = rows.take(pa.compute.sort_indices(rows, sort_keys=order, null_placement="at_start"))
    same = np.zeros(len(rows), np.bool_)
    if len(rows) > 1:
        for name in ("customer", "name"):
            changed = pa.compute.not_equal(rows.column(name).slice(1), rows.column(name).slice(0, len(rows) - 1))
            same[:-1] |= np.asarray(changed.to_numpy())
    if len(rows):
        same[-1] = True
    return rows.filter(pa.array(same)).select(["customer", "name", "text", "number"])


def identifiers_of(snapshot: Snapshot, identities: Identities, customer: int) -> dict[str, list[str]]:
    """Kind to the values, sorted, of the identifiers that are this customer's."""
    keys = identities.keys[identities.customer == customer]
    keys = keys if len(keys) else np.array([customer], np.int64)
    found: dict[str, set[str]] = {}
    rows = snapshot.sql(
        "SELECT DISTINCT kind, value FROM (SELECT a AS key, a_kind AS kind, a_value AS value FROM links UNION ALL "
        "SELECT b, b_kind, b_value FROM links) WHERE key IN (SELECT unnest(?::BIGINT[]))",
        [keys.tolist()],
    )
    for row in rows.to_pylist():
        found.setdefault(row["kind"], set()).add(row["value"])
    if not found:
        for column in [name for name in snapshot.columns("events") if name.startswith("id_")]:
            rows = snapshot.sql(f'SELECT DISTINCT "{column}" AS value FROM events WHERE person = ?', [customer])
            kind = column.removeprefix("id_")
            for value in rows.column("value").drop_null().to_pylist():
                if int(people_keys(kind, pa.chunked_array([[value]]))[0]) == customer:
                    found.setdefault(kind, set()).add(value)
    return {kind: sorted(values) for kind, values in sorted(found.items())}
