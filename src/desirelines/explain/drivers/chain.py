"""The chain from satisfaction to profit: each link estimated by itself, and none multiplied through one that was not tested."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from desirelines.explain.drivers.before import Told, Window, told
from desirelines.explain.drivers.bootstrap import drawn_times
from desirelines.explain.drivers.nouns import Chain, ChainAsk, ChainLink
from desirelines.explain.drivers.outcomes import DAY_US
from desirelines.explain.drivers.weighed import between
from desirelines.explain.estimating.estimate import Estimate, mean_of
from desirelines.explain.estimating.regression import least_squares, with_ones
from desirelines.explain.ground import Ground
from desirelines.explain.rungs import LIKE_WITH_LIKE, MOVES_TOGETHER, Rung
from desirelines.measure import Occasions
from desirelines.model.result import Result

Float = NDArray[np.float64]
Int = NDArray[np.int64]
WEEK_US = 7 * DAY_US
LEAST = 30
LEAST_WEEKS = 12
NAMES = ("satisfaction", "loyalty", "word of mouth", "new customers", "profit")
ROLES = {"order": "which event is an order (role “order”)", "referral": "which event is a recommendation (role “referral”)"}


def chain(ground: Ground, ask: ChainAsk) -> Chain:
    """Four links, each with its own interval and rung, or with why nothing can be said."""
    links = (_loyalty(ground, ask), _telling(ground, ask), _joining(ground), _earning(ground, ask))
    tested = [link for link in links if link.tested]
    return Chain(
        links, _headline(links, tested), ("no link is multiplied with the next: what holds for each need not hold for the way",),
        ground.period, ground.plan_version, ground.facts.trace.data_version,
    )  # fmt: skip


def _headline(links: Sequence[ChainLink], tested: Sequence[ChainLink]) -> str:
    known = [link for link in links if link.value is not None and link.value.value is not None]
    if not known:
        return "No link of the chain can be estimated yet"
    if not tested:
        return "No link of the chain stands out from chance yet"
    told_of = "; ".join(f"{link.origin} to {link.target}" for link in tested)
    rest = "; the other links could be chance, or cannot be said" if len(tested) < len(links) else ""
    return f"The chain holds at {told_of}{rest}"


def _unsaid(place: int, why: str) -> ChainLink:
    words = f"cannot be said: {why}"
    return ChainLink(
        f"link-{place + 1}", NAMES[place], NAMES[place + 1], words, None, MOVES_TOGETHER.id, MOVES_TOGETHER.name, False
    )


def _link(ground: Ground, place: int, words: str, estimate: Estimate | None, unit: str, of: str, rung: Rung) -> ChainLink:
    if estimate is None or estimate.n < LEAST:
        return _unsaid(place, f"too few {of}: {estimate.n if estimate else 0}")
    if not estimate.error:
        return _unsaid(place, f"all {estimate.n} {of} are alike")
    low, high = estimate.interval() or (None, None)
    value = ground.result(estimate.value, unit, estimate.n, of, low=low, high=high, method="cluster robust")
    return ChainLink(f"link-{place + 1}", NAMES[place], NAMES[place + 1], words, value, rung.id, rung.name, _tested(value))


def _rung(before: Float) -> Rung:
    """Like with like where the past that is held differs at all."""
    return LIKE_WITH_LIKE if len(before) and before.max() > before.min() else MOVES_TOGETHER


def _tested(value: Result[float]) -> bool:
    return value.low is not None and value.high is not None and not value.low <= 0 <= value.high


def _whole(ground: Ground, at: Int, days: int) -> NDArray[np.bool_]:
    """bool[n]: in the period, and the days after are over."""
    low, high = ground.bounds
    found: NDArray[np.bool_] = (at >= low) & (at < high) & (at + days * DAY_US <= ground.facts.daily.as_of)
    return found


def _of(ground: Ground, customer: NDArray[np.int32]) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = customer >= 0
    return known if ground.members is None else known & np.append(ground.members, False)[customer]


def _satisfied(ground: Ground) -> tuple[str, Told] | None:
    """Scores from 0 to 1 of known customers: of the satisfaction question that most of them answered."""
    answers, best = ground.facts.answers, None
    for index, question in enumerate(answers.questions):
        mine = slice(int(answers.offsets[index]), int(answers.offsets[index + 1]))
        facts = told(
            answers.customer[mine], answers.at[mine], (answers.value[mine] - question.low) / (question.high - question.low)
        )
        if question.kind == "satisfaction" and len(facts.at) and (best is None or len(facts.at) > len(best[1].at)):
            best = (question.words, facts)
    return best


def _loyalty(ground: Ground, ask: ChainAsk) -> ChainLink:
    """Whether the satisfied order again more often, among those with as many orders before."""
    found, orders = _satisfied(ground), ground.facts.occasions.get("order")
    if found is None:
        return _unsaid(0, "no known customer answered a question about satisfaction")
    if orders is None:
        return _unsaid(0, f"nobody said {ROLES['order']}")
    name, scores = found
    kept = _whole(ground, scores.at, ask.within_days) & _of(ground, scores.customer)
    customer, at, y = scores.customer[kept], scores.at[kept], scores.value[kept]
    bought = told(orders.customer, orders.at)
    after = Window(customer, at, at + ask.within_days * DAY_US)
    again = (after.count(bought) > 0).astype(np.float64)
    before = np.log1p(after.earlier(bought))
    fitted = least_squares(again, with_ones(y, before), None, customer.astype(np.int64))
    words = (
        f"the share that orders again within {ask.within_days} days, from the lowest answer to the highest to “{name}”, "
        "among customers with as many orders before"
    )
    return _link(ground, 0, words, fitted.of(1) if fitted else None, "share", "answers", _rung(before))


def _telling(ground: Ground, ask: ChainAsk) -> ChainLink:
    """Whether those who ordered again recommend more often, as long known."""
    orders, referrals = (ground.facts.occasions.get(role) for role in ("order", "referral"))
    if orders is None or referrals is None:
        return _unsaid(1, f"nobody said {ROLES['order' if orders is None else 'referral']}")
    half = ask.within_days // 2
    first = _first(ground, orders, 2 * half)
    customer, at = orders.customer[first], orders.at[first]
    middle = at + half * DAY_US
    bought, said = told(orders.customer, orders.at), told(referrals.customer, referrals.at)
    loyal = (Window(customer, at, middle).count(bought) > 0).astype(np.float64)
    later = (Window(customer, middle, middle + half * DAY_US).count(said) > 0).astype(np.float64)
    before = np.log1p(Window(customer, middle, middle).earlier(said))
    fitted = least_squares(later, with_ones(loyal, before), None, customer.astype(np.int64))
    words = (
        f"the share that recommends in the {half} days after, of those who ordered again within {half} days less those who "
        "did not, among customers who had recommended as often before"
    )
    return _link(ground, 1, words, fitted.of(1) if fitted else None, "share", "customers", _rung(before))


def _first(ground: Ground, orders: Occasions, days: int) -> Int:
    """Places of each customer's first order of all, where it lies in the period and the days after are over."""
    known = np.flatnonzero(orders.customer >= 0)
    first = known[np.unique(orders.customer[known], return_index=True)[1]]
    return first[_whole(ground, orders.at[first], days) & _of(ground, orders.customer[first])]


def _joining(ground: Ground) -> ChainLink:
    """Whether weeks after many recommendations bring more new customers: weeks move together, no more."""
    orders, referrals = (ground.facts.occasions.get(role) for role in ("order", "referral"))
    if orders is None or referrals is None:
        return _unsaid(2, f"nobody said {ROLES['order' if orders is None else 'referral']}")
    if ground.members is not None:
        return _unsaid(2, "a segment's recommendations may bring customers who are not of it")
    first = orders.at[_first(ground, orders, 0)]
    low, high = ground.bounds
    said = referrals.at[(referrals.at >= low) & (referrals.at < high)]
    every = np.concatenate([first, said])
    weeks = int((every.max() - every.min()) // WEEK_US) if len(every) else 0
    if weeks < LEAST_WEEKS or len(said) < LEAST:
        return _unsaid(2, f"too little to compare: {len(said)} recommendations in {weeks} weeks")
    new, told_by = (np.bincount((at - every.min()) // WEEK_US, minlength=weeks + 1)[:weeks] for at in (first, said))
    fitted = least_squares(np.diff(new)[1:].astype(float), with_ones(np.diff(told_by)[:-1].astype(float)))
    estimate = fitted.of(1) if fitted else None
    words = "new customers more in the week after each recommendation more, from week to week"
    if estimate is None:
        return _unsaid(2, "recommendations are as many every week")
    ends = estimate.interval() or (None, None)
    value = ground.result(
        estimate.value, "new customers per recommendation", estimate.n, "weeks", low=ends[0], high=ends[1], method="robust"
    )
    return ChainLink("link-3", NAMES[2], NAMES[3], words, value, MOVES_TOGETHER.id, MOVES_TOGETHER.name, _tested(value))


def _earning(ground: Ground, ask: ChainAsk) -> ChainLink:
    """What a new customer brings in; profit only where it is known what they cost."""
    orders, spend = ground.facts.occasions.get("order"), ground.facts.occasions.get("spend")
    if orders is None or not np.isfinite(orders.value).any():
        return _unsaid(3, ROLES["order"].replace("which event", "nobody said which event") + " and what was paid")
    first = _first(ground, orders, ask.within_days)
    if len(first) < LEAST:
        return _unsaid(3, f"too few new customers whose {ask.within_days} days are over: {len(first)}")
    customer, at = orders.customer[first], orders.at[first]
    paid = _paid(orders, customer, at, at + ask.within_days * DAY_US)
    currency = ground.plan.brand.currency
    cost, since = _spent(ground, spend, at)
    value = mean_of(paid - cost)
    mean = value.value if value else None
    times = drawn_times(np.arange(len(paid), dtype=np.int64))
    low, high = between((times @ paid) / len(paid) - cost)
    words = f"{since}, within {ask.within_days} days of the first order; no profit yet: what goods and service cost is not known"
    found = ground.result(mean, currency, len(paid), "new customers", low=low, high=high, method="bootstrap")
    return ChainLink("link-4", NAMES[3], NAMES[4], words, found, MOVES_TOGETHER.id, MOVES_TOGETHER.name, _tested(found))


def _paid(orders: Occasions, customer: NDArray[np.int32], after: Int, until: Int) -> Float:
    """float[n]: what each paid from one instant up to another, both included."""
    place = np.searchsorted(customer, orders.customer).clip(0, len(customer) - 1)
    mine = (customer[place] == orders.customer) & np.isfinite(orders.value)
    mine &= (orders.at >= after[place]) & (orders.at <= until[place])
    return np.bincount(place[mine], orders.value[mine], minlength=len(customer)).astype(np.float64)


def _spent(ground: Ground, spend: Occasions | None, at: Int) -> tuple[float, str]:
    """Advertising per new customer of the same days, and what the figure is then called."""
    if spend is None or not len(spend.at):
        return 0.0, "what a new customer pays"
    same = (spend.at >= int(at.min()) - DAY_US) & (spend.at <= int(at.max()))
    total = float(np.nansum(spend.value[same]))
    return total / len(at), "what a new customer pays less what advertising was spent for each"
