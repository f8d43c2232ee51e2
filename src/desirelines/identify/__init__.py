"""Whose events are: identifiers, links, identities."""

from desirelines.identify.known import identifiers_of, traits
from desirelines.identify.people import DEFAULT_JOINS, Held, Identities, customer_key, customer_name
from desirelines.identify.resolve import resolve

__all__ = [
    "DEFAULT_JOINS",
    "Held",
    "Identities",
    "customer_key",
    "customer_name",
    "identifiers_of",
    "resolve",
    "traits",
]
