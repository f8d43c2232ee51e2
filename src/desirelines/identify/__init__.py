"""Whose events are: identifiers, links, identities."""

from desirelines.identify.known import identifiers_of, traits
from desirelines.identify.people import Held, Identities, customer_key, customer_name
from desirelines.identify.resolve import DEFAULT_JOINS, resolve

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
