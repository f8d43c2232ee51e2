"""The intended and the lived on one map: which event is which touchpoint, planned against actual, the lines nobody drew."""

from __future__ import annotations

from desirelines.map.choosing.events import events_where
from desirelines.map.choosing.owners import Owners, owners
from desirelines.map.choosing.segments import EVERYBODY, Segment, parse_segment, segment
from desirelines.map.choosing.traits import Traits, read_traits
from desirelines.map.choosing.values import Known, Values, values_of
from desirelines.map.claiming.bind import Bound, bind, flat
from desirelines.map.claiming.flags import event_flags
from desirelines.map.claiming.lookup import look_up
from desirelines.map.claiming.rules import Clause, number_sql, property_clause, quote, rule_clause, rules_clause
from desirelines.map.kernel import kernel
from desirelines.map.matching.automaton import compile_journey, shortest_path, successors
from desirelines.map.matching.cutting import bucket_of, cut_at, cut_journeys
from desirelines.map.matching.desire import CUSTOMERS_LIMIT, RATE_LIMIT, desire_lines
from desirelines.map.matching.features import KINDS, Features, Tally, tally
from desirelines.map.matching.match import match
from desirelines.map.matching.matched import MARKS, Journeys, Matched
from desirelines.map.matching.naming import spell_key, variant_keys
from desirelines.map.matching.ranked import Ranked
from desirelines.map.seen import SeenEvent, seen_events
from desirelines.map.shelf import Arrays, Shelf, shelf_key, shelved
from desirelines.map.texts import pack, unpack

__all__ = [
    "CUSTOMERS_LIMIT",
    "EVERYBODY",
    "KINDS",
    "MARKS",
    "RATE_LIMIT",
    "Arrays",
    "Bound",
    "Clause",
    "Features",
    "Journeys",
    "Known",
    "Matched",
    "Owners",
    "Ranked",
    "SeenEvent",
    "Segment",
    "Shelf",
    "Tally",
    "Traits",
    "Values",
    "bind",
    "bucket_of",
    "compile_journey",
    "cut_at",
    "cut_journeys",
    "desire_lines",
    "event_flags",
    "events_where",
    "flat",
    "kernel",
    "look_up",
    "match",
    "number_sql",
    "owners",
    "pack",
    "parse_segment",
    "property_clause",
    "quote",
    "read_traits",
    "rule_clause",
    "rules_clause",
    "seen_events",
    "segment",
    "shelf_key",
    "shelved",
    "shortest_path",
    "spell_key",
    "successors",
    "tally",
    "unpack",
    "values_of",
    "variant_keys",
]
