"""What an import answers with: counts that add up, and the closed list of reasons for a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

REASONS: Mapping[str, str] = {
    "malformed": "the row could not be read: wrong number of cells, broken quotes or broken JSON",
    "encoding": "the row holds bytes that are not text in the source's encoding",
    "too_large": "a cell is larger than the limit",
    "missing_column": "the row lacks a column that the source names",
    "missing_time": "the time is blank",
    "bad_time": "the time does not read as the source says",
    "time_out_of_range": "the time is before 1900 or after 2200",
    "missing_event": "the event's name is blank",
    "missing_key": "a column of the key is blank",
    "missing_value": "a required value is blank",
    "bad_number": "a number does not read as one, or is too large",
    "bad_value": "a value is not what its type allows",
    "control_character": "a value holds NUL or another control character",
    "empty": "the row gives nothing: no event, link, trait, figure or observation",
    "conflict": "an event with the same id but other content is already there; the first stays",
}


@dataclass(frozen=True)
class Batch:
    """What one stretch of a file became. Tables follow the schemas of `model.event`; None means none."""

    rows: int
    position: int
    """Bytes (or rows, where bytes are unknown) of the file consumed so far: for progress only."""
    tables: Mapping[str, object] = field(default_factory=dict)
    """table name (events, links, traits, objects, figures, observations, refused) to pyarrow.Table"""


@dataclass(frozen=True)
class Receipt:
    """The answer of one import.

    `accepted + duplicate + refused events` is every event the rows gave. `rows_refused` counts rows refused whole or
    in part; `refused` counts refusals by reason and sums to what `collect refused` lists for this import.
    """

    import_id: str
    source: str
    file: str
    rows_read: int = 0
    rows_refused: int = 0
    accepted: int = 0
    duplicate: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    links: int = 0
    traits: int = 0
    objects: int = 0
    figures: int = 0
    observations: int = 0
    caveats: tuple[str, ...] = ()
    seconds: float = 0.0
    data_version: int = 0
