"""The latest traits of every customer, laid out so that a segment finds them at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from desirelines.errors import BadInput
from desirelines.identify import Identities, traits
from desirelines.map.choosing.owners import Owners, index_of
from desirelines.map.shelf import Arrays, shelf_key, shelved
from desirelines.map.texts import pack, unpack
from desirelines.model.hint import nearest
from desirelines.store import Snapshot

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Traits:
    """Rows of one trait name stand together: `offsets[i]:offsets[i + 1]` for `names[i]`."""

    names: tuple[str, ...]
    offsets: NDArray[np.int64]
    customer: NDArray[np.int32]
    """Index among the owners' customers."""
    text: pa.Array
    number: NDArray[np.float64]

    def having(self, name: str, values: tuple[str, ...], customers: int) -> Mask:
        """bool[customers]: whose trait is one of the values. Raises BadInput for a trait nobody has."""
        if name not in self.names:
            raise BadInput(f"no customer has a trait `{name[:80]}`", hint=nearest(name, self.names))
        index = self.names.index(name)
        low, high = int(self.offsets[index]), int(self.offsets[index + 1])
        choices = pa.array(values, pa.large_string())
        wanted = pc.is_in(self.text.slice(low, high - low), value_set=choices).to_numpy(zero_copy_only=False)
        hit = wanted | np.isin(self.number[low:high], [number for number in map(_number, values) if number is not None])
        found = np.zeros(customers, dtype=np.bool_)
        found[self.customer[low:high][hit]] = True
        return found

    def of(self, customer: int) -> dict[str, str]:
        """One customer's traits as texts."""
        places = np.flatnonzero(self.customer == customer)
        which = np.searchsorted(self.offsets, places, side="right") - 1
        found = {}
        for name, place in zip(which.tolist(), places.tolist(), strict=True):
            number = float(self.number[place])
            found[self.names[name]] = f"{number:g}" if number == number else self.text[place].as_py()
        return found


def read_traits(snapshot: Snapshot, identities: Identities, who: Owners) -> Traits:
    """Of customers with events; kept beside the owners."""
    key = shelf_key(who.key, dict(snapshot.versions))
    shelf = shelved(who.folder, "traits", key, lambda: _make(snapshot, identities, who))
    a = shelf.arrays
    text = unpack(a["text_offsets"], a["text"])
    return Traits(tuple(shelf.about["names"]), a["offsets"], a["customer"], text, a["number"])


def _make(snapshot: Snapshot, identities: Identities, who: Owners) -> tuple[Arrays, dict[str, Any]]:
    table = traits(snapshot, identities).sort_by("name")
    customer = index_of(who.customers, table.column("customer").to_numpy())
    known = pa.array(customer >= 0)
    table, customer = table.filter(known), customer[customer >= 0]
    column = table.column("name")
    names = column.unique().to_pylist()
    counts = {row["values"]: row["counts"] for row in pc.value_counts(column).to_pylist()}
    text_offsets, text = pack(table.column("text"))
    arrays = {
        "customer": customer,
        "number": table.column("number").fill_null(float("nan")).to_numpy(),
        "text_offsets": text_offsets,
        "text": text,
        "offsets": np.cumsum([0, *(counts[name] for name in names)]).astype(np.int64),
    }
    return arrays, {"names": names}


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None
