"""What customers say to others: reviews, buzz, word of mouth."""

from __future__ import annotations

import numpy as np

from desirelines.measure.gathering.roles import Occasions
from desirelines.measure.metrics.ground import ROLES, Ground, Missing, between, per
from desirelines.measure.metrics.sample import Sample, sample
from desirelines.measure.metrics.usability import active_rows

LOW_STARS = 2.0


def review_mean(ground: Ground) -> Sample | Missing:
    """One row a review, its score."""
    reviews = ground.role("review")
    if reviews is None:
        return ground.lacking("review") or Missing("", "")
    if not np.isfinite(reviews.value).any():
        return Missing("reviews carry no score: name the role's `property`", ROLES, ("review",))
    return sample(
        "reviews", reviews.at, reviews.customer, reviews.value, touchpoint=reviews.touchpoint, channel=reviews.channel,
        channels=reviews.channels,
    )  # fmt: skip


def low_reviews(ground: Ground) -> Sample | Missing:
    """1 where a review has two stars or fewer."""
    found = review_mean(ground)
    if isinstance(found, Missing):
        return found
    return sample(
        "reviews", found.at, found.customer, (found.value <= LOW_STARS).astype(np.float64), touchpoint=found.touchpoint,
        channel=found.channel, channels=found.channels,
    )  # fmt: skip


def review_volume(ground: Ground) -> Sample | Missing:
    """Reviews for each day of the data."""
    reviews = ground.role("review")
    return (ground.lacking("review") or Missing("", "")) if reviews is None else per("days", reviews, days(ground), shared=True)


def buzz(ground: Ground) -> Sample | Missing:
    """Mentions for each day of the data; of a figure per day, as many as it says."""
    mentions = ground.role("mention")
    if mentions is None:
        return ground.lacking("mention") or Missing("", "")
    return per("days", mentions, days(ground), np.where(np.isfinite(mentions.value), mentions.value, 1.0), shared=True)


def buzz_share(ground: Ground) -> Sample | Missing:
    """One row a customer and active month: 1 where the customer spoke of the brand in it."""
    mentions = ground.role("mention")
    if mentions is None:
        return ground.lacking("mention") or Missing("", "")
    if not (mentions.customer >= 0).any():
        return Missing("mentions belong to nobody known", "identify")
    months = ground.active
    ends = np.asarray(ground.months.units.starts)[months.month + 1]
    begins = np.asarray(ground.months.units.starts)[months.month]
    spoke = between(mentions, months.customer, begins, ends) > 0
    return sample(
        "active customers and months", months.first_at, months.customer, spoke.astype(np.float64), caveats=(ground.active_words,)
    )


def referrals(ground: Ground) -> Sample | Missing:
    """Recommendations for each customer active in a month."""
    found = ground.role("referral")
    if found is None:
        return ground.lacking("referral") or Missing("", "")
    return per("active customers and months", found, active_rows(ground))


def referred_share(ground: Ground) -> Sample | Missing:
    """One row a new customer (first order): 1 where a referral of theirs stands before or on it."""
    missing = ground.lacking("order", "referral")
    orders, found = ground.role("order"), ground.role("referral")
    if orders is None or found is None or missing:
        return missing or Missing("", "")
    first = (np.diff(orders.customer, prepend=-2) != 0) & (orders.customer >= 0)
    at, customer = orders.at[first], orders.customer[first]
    cited = between(found, customer, np.full(len(at), int(found.at.min())), at + 1) > 0
    if not cited.any():
        return Missing("no referral stands with a new customer: those seen are of customers who recommend", ROLES, ("referral",))
    return sample(
        "new customers", at, customer, cited.astype(np.float64), touchpoint=orders.touchpoint[first],
        channel=orders.channel[first], channels=orders.channels,
        caveats=("a referral counts where it stands with the new customer, not with who recommended",),
    )  # fmt: skip


def days(ground: Ground) -> Occasions:
    """The days of the data, one row each, nobody's."""
    starts = np.asarray(ground.facts.daily.calendar.starts[:-1])
    none = np.zeros(len(starts), np.int32)
    return Occasions(starts, none - 1, np.full(len(none), np.nan), none - 1, none, ("",), none.astype(np.int64))
