"""What customers are worth, and what winning them costs."""

from __future__ import annotations

import numpy as np

from desirelines.measure.estimating.formulas import wallet_share
from desirelines.measure.metrics.ground import ROLES, Ground, Missing, keys, per
from desirelines.measure.metrics.sample import Sample, sample
from desirelines.measure.metrics.usability import active_rows

BESIDE = "spend and orders stand side by side here: nothing says that one brought the other"


def no_amount(role: str) -> Missing:
    return Missing(f"`{role}` carries no amount: name the role's `property`", ROLES, (role,))


def order_value(ground: Ground) -> Sample | Missing:
    """One row an order with an amount, without those that were taken back."""
    orders = ground.live_orders
    if orders is None:
        return ground.lacking("order") or Missing("every order was taken back", "data")
    if not np.isfinite(orders.value).any():
        return no_amount("order")
    return sample(
        "orders", orders.at, orders.customer, orders.value, touchpoint=orders.touchpoint, channel=orders.channel,
        channels=orders.channels, caveats=ground.refund_words,
    )  # fmt: skip


def refund_share(ground: Ground) -> Sample | Missing:
    """One row an order with a known object: 1 where it was taken back."""
    missing = ground.lacking("order", "refund")
    orders, refunds = ground.role("order"), ground.role("refund")
    if orders is None or refunds is None or missing:
        return missing or Missing("", "")
    if not (orders.object != 0).any() or not (refunds.object != 0).any():
        return Missing("orders and refunds name no object in common: say the roles' `object`", ROLES, ("order", "refund"))
    gone = np.isin(orders.object, refunds.object[refunds.object != 0])
    rows = np.flatnonzero(orders.object != 0)
    return sample(
        "orders", orders.at[rows], orders.customer[rows], gone[rows].astype(np.float64), touchpoint=orders.touchpoint[rows],
        channel=orders.channel[rows], channels=orders.channels,
    )  # fmt: skip


def return_on_spend(ground: Ground) -> Sample | Missing:
    """Order value, less refunds, for each unit of money spent to win customers."""
    missing = ground.lacking("order", "spend")
    orders, spend = ground.role("order"), ground.role("spend")
    if orders is None or spend is None or missing:
        return missing or Missing("", "")
    if not np.isfinite(orders.value).any():
        return no_amount("order")
    back = ground.role("refund")
    less = np.empty(0) if back is None else np.nan_to_num(-back.value)
    at = np.concatenate([orders.at, np.empty(0, np.int64) if back is None else back.at])
    who = np.concatenate([orders.customer, np.empty(0, np.int32) if back is None else back.customer])
    value = np.concatenate([orders.value, less])
    return sample(
        "days and places of spend", np.concatenate([at, spend.at]), np.concatenate([who, spend.customer]),
        np.concatenate([value, np.zeros(len(spend.at))]), exposure=np.concatenate([np.zeros(len(at)), spend.value]),
        undivided=True, caveats=(BESIDE,),
    )  # fmt: skip


def cost_per_customer(ground: Ground) -> Sample | Missing:
    """Spend for each customer whose first order it was."""
    missing = ground.lacking("order", "spend")
    orders, spend = ground.role("order"), ground.role("spend")
    if orders is None or spend is None or missing:
        return missing or Missing("", "")
    first = (np.diff(orders.customer, prepend=-2) != 0) & (orders.customer >= 0)
    return sample(
        "new customers", np.concatenate([spend.at, orders.at[first]]), np.concatenate([spend.customer, orders.customer[first]]),
        np.concatenate([spend.value, np.zeros(int(first.sum()))]),
        exposure=np.concatenate([np.zeros(len(spend.at)), np.ones(int(first.sum()))]), undivided=True, caveats=(BESIDE,),
    )  # fmt: skip


def wallet(ground: Ground) -> Sample | Missing:
    """One row a customer's rank of the brand among so many used: the share of the purse by the wallet allocation rule."""
    missing = ground.lacking("rank", "brands")
    rank, brands = ground.role("rank"), ground.role("brands")
    if rank is None or brands is None or missing:
        return missing or Missing("", "")
    base = int(min(rank.at.min(), brands.at.min()))
    there = keys(brands.customer, brands.at, base)
    place = np.searchsorted(there, keys(rank.customer, rank.at, base), side="right") - 1
    same = (place >= 0) & (brands.customer[place.clip(0)] == rank.customer) & (rank.customer >= 0)
    count = np.where(same, brands.value[place.clip(0)], np.nan)
    return sample("ranks given", rank.at, rank.customer, wallet_share(rank.value, count), touchpoint=rank.touchpoint)


def orders_per_customer(ground: Ground) -> Sample | Missing:
    """Orders for each customer active in a month."""
    orders = ground.live_orders
    if orders is None:
        return ground.lacking("order") or Missing("every order was taken back", "data")
    return per("active customers and months", orders, active_rows(ground))
