"""The register: every figure that a brand can be held to, in words a manager understands, with how it is made."""

from __future__ import annotations

from desirelines.errors import NotFound
from desirelines.measure.metrics import customers, experience, promising, reach, usability, voice, worth
from desirelines.measure.metrics.entry import Metric
from desirelines.model.hint import nearest

_E = experience
METRICS: tuple[Metric, ...] = (
    Metric(
        "nps", "Would recommend", "How many more would recommend us than advise against us.",
        "100 × (share of 9 and 10 - share of 0 to 6)", "points", "up", "experience", "nps", ("question:recommend",), _E.nps,
        "answers", (-100, 100),
    ),
    Metric(
        "satisfaction", "Satisfied", "How many of those who answered are satisfied.",
        "answers in the top quarter of their scale (4 and 5 of 5) / answers", "share", "up", "experience", "share",
        ("question:satisfaction",), _E.satisfaction, "answers", (0, 1),
    ),
    Metric(
        "satisfaction-mean", "Mean satisfaction", "The mean of all answers, on 1 to 5.", "mean of answers put on 1 to 5",
        "score", "up", "experience", "mean", ("question:satisfaction",), _E.satisfaction_mean, "answers", (1, 5),
    ),
    Metric(
        "feeling", "How it felt", "The emotional curve: how customers say it felt, stage by stage.",
        "mean of answers put on -1 to 1", "score", "up", "experience", "mean", ("question:satisfaction",), _E.feeling,
        "answers", (-1, 1),
    ),
    Metric(
        "peak-end", "What is remembered", "Customers remember the strongest moment and the last one.",
        "mean over journeys of (strongest + last answer) / 2, put on -1 to 1", "score", "up", "experience", "mean",
        ("question:satisfaction",), _E.peak_end, "answers", (-1, 1),
    ),
    Metric(
        "consistency", "As good as meant, everywhere", "How often a stage feels at least as good as it is meant to.",
        "answers at or above their stage's desired emotion / answers", "share", "up", "experience", "share",
        ("question:satisfaction", "desired"), _E.consistency, "answers", (0, 1),
    ),
    Metric(
        "outcome-attainment", "Outcome reached", "How often customers got what they came for.",
        "journeys and outcomes whose event came before the journey ended / all", "share", "up", "experience", "ratio",
        ("outcomes",), _E.outcome_attainment, "events", (0, 1),
    ),
    Metric(
        "opportunity", "Unmet need", "Where much matters and little is given: the higher, the more there is to gain.",
        "importance + max(importance - satisfaction, 0), each 0 to 10", "score", "either", "experience", "mean",
        ("outcomes", "question:satisfaction"), _E.opportunity, "answers", (0, 20),
        "a high score is a chance, not a fault of those who work there",
    ),
    Metric(
        "seam-index", "Carried over from buyer to customer", "Whether a buyer's journey goes on when the sale is made.",
        "mean of: identity known, nothing asked again, same message, within a week", "share", "up", "experience", "ratio",
        ("sides",), promising.seam_index, "events", (0, 1),
    ),
    Metric(
        "restart-share", "Hard restarts", "How many had to begin again after buying.",
        "crossings with a week's silence or data asked again / crossings", "share", "down", "experience", "share", ("sides",),
        promising.restart_share, "events", (0, 1),
    ),
    Metric(
        "ease", "Found it easy", "How many of those who answered found it easy.",
        "answers in the top third of their scale (5 to 7 of 7) / answers", "share", "up", "usability", "share",
        ("question:effort",), usability.ease, "answers", (0, 1),
    ),
    Metric(
        "ease-mean", "Mean ease", "The mean of all answers on how easy it was, on 1 to 7.", "mean of answers put on 1 to 7",
        "score", "up", "usability", "mean", ("question:effort",), usability.ease_mean, "answers", (1, 7),
    ),
    Metric(
        "observed-effort", "Effort seen", "What it cost customers to get help, by what they had to do.", usability.WEIGHTS,
        "effort an episode", "down", "usability", "bootstrap mean", ("contact",), usability.observed_effort,
    ),
    Metric(
        "first-contact-resolution", "Settled at the first contact", "How many needed to ask only once.",
        "first contacts without another on the same issue in 7 days / first contacts whose 7 days are over", "share", "up",
        "usability", "share", ("contact",), usability.first_contact_resolution, "events", (0, 1),
    ),
    Metric(
        "contact-rate", "Calls for help", "How often customers have to ask for help.",
        "contacts / orders (without orders: / active customers and months)", "contacts an order", "down", "usability", "rate",
        ("contact",), usability.contact_rate, "events", (0, float("inf")), "fewer may also mean that nobody can reach us",
    ),
    Metric(
        "failure-rate", "Failures", "How often something did not work.", "failures / active customers and months",
        "failures a customer and month", "down", "usability", "rate", ("failure",), usability.failure_rate, "events",
        (0, float("inf")),
    ),
    Metric(
        "time-to-value", "Time to the first worth", "How long until half of the new have something of it.",
        "median days from joining (or first order) to the first value, by Kaplan-Meier", "days", "down", "usability", "wait",
        ("value",), usability.time_to_value,
    ),
    Metric(
        "value-in-a-week", "Worth it within a week", "How many of the new have something of it within seven days.",
        "1 - Kaplan-Meier share still waiting after 7 days", "share", "up", "usability", "share by", ("value",),
        usability.time_to_value, "events", (0, 1),
    ),
    Metric(
        "promise-kept", "Promises kept", "How often we keep our word.", "kept / (kept + broken), what is not yet due left out",
        "share", "up", "promise", "share", ("promises",), promising.promise_kept, "events and answers", (0, 1),
    ),
    Metric(
        "promise-remedied", "Broken, and made good", "When we break our word, how often something is given back.",
        "broken promises with a refund or a settlement within 30 days / broken promises", "share", "up", "promise", "share",
        ("promises", "refund"), promising.promise_remedied, "events", (0, 1),
    ),
    Metric(
        "retention", "Come again next month", "How many of the active come again the month after.",
        "active in the month after / active in a month", "share", "up", "base", "share", (), customers.retention, "events",
        (0, 1),
    ),
    Metric(
        "inactivity", "Gone quiet", "How many of the active did nothing for 90 days after.",
        "no activity in the 90 days after a month / active in the month", "share", "down", "base", "share", (),
        customers.inactivity, "events", (0, 1), "without a contract nobody says goodbye: τ is 90 days here",
    ),
    Metric(
        "repeat-rate", "Buy again", "How many buy again, on another day, within 90 days.",
        "customers with another order on another day within 90 days / customers whose 90 days are over", "share", "up", "base",
        "share", ("order",), customers.repeat_rate, "events", (0, 1),
    ),
    Metric(
        "repeat-rate-rows", "Buy again, every order counted", "The same with orders of one day counted apart.",
        "customers with another order within 90 days / customers whose 90 days are over", "share", "up", "base", "share",
        ("order",), customers.repeat_rate_rows, "events", (0, 1),
    ),
    Metric(
        "quick-ratio", "Gained for each one lost", "Whether the base grows faster than it leaks.",
        "(new + come back) / gone, by whole months; not defined where nobody went", "ratio", "up", "base", "quick ratio", (),
        customers.quick_ratio, "events", (0, float("inf")),
    ),
    Metric(
        "net-growth", "Growth of the base", "By how much the base grows in a month.",
        "(gained - lost) / active in the month before", "share", "up", "base", "ratio", (), customers.net_growth,
    ),
    Metric(
        "quick-ratio-money", "Money gained for each lost", "Whether income grows faster than it leaks.",
        "(new + come back + more) / (gone + less), by whole months", "ratio", "up", "value", "quick ratio", ("order",),
        customers.quick_ratio_money, "events", (0, float("inf")),
    ),
    Metric(
        "order-value", "Order value", "What an order is worth.", "Σ amounts / orders, without those taken back", "money", "up",
        "value", "ratio", ("order",), worth.order_value,
    ),
    Metric(
        "orders-per-customer", "Orders a customer", "How often the active buy in a month.",
        "orders / active customers and months", "orders a customer and month", "up", "value", "rate", ("order",),
        worth.orders_per_customer, "events", (0, float("inf")),
    ),
    Metric(
        "refund-share", "Orders taken back", "How many orders come back.", "orders with a refund / orders", "share", "down",
        "value", "share", ("order", "refund"), worth.refund_share, "events", (0, 1),
    ),
    Metric(
        "return-on-spend", "Income for each unit spent", "What comes in for what is spent to win customers.",
        "(Σ orders - Σ refunds) / Σ spend", "ratio", "up", "value", "ratio", ("order", "spend"), worth.return_on_spend,
        "events and figures", None, "side by side, not because of it",
    ),
    Metric(
        "cost-per-customer", "Cost of a new customer", "What is spent for each new customer.", "Σ spend / first orders",
        "money", "down", "value", "ratio", ("order", "spend"), worth.cost_per_customer, "events and figures", None,
        "side by side, not because of it",
    ),
    Metric(
        "share-of-wallet", "Share of wallet", "Which part of the customer's purse is ours.",
        "(1 - rank / (brands + 1)) × 2 / brands, the wallet allocation rule", "share", "up", "value", "mean",
        ("rank", "brands"), worth.wallet, "answers", (0, 1),
    ),
    Metric(
        "review-mean", "Mean of reviews", "How many stars customers give in public.", "mean of scores", "stars", "up", "voice",
        "mean", ("review",), voice.review_mean,
    ),
    Metric(
        "low-reviews", "Bad reviews", "How many reviews have two stars or fewer.", "reviews with at most 2 / reviews", "share",
        "down", "voice", "share", ("review",), voice.low_reviews, "events", (0, 1),
    ),
    Metric(
        "review-volume", "Reviews a day", "How much is written about us.", "reviews / days", "reviews a day", "up", "voice",
        "rate", ("review",), voice.review_volume, "events", (0, float("inf")),
    ),
    Metric(
        "buzz", "Mentions a day", "How much we are spoken of.", "mentions / days", "mentions a day", "either", "voice", "rate",
        ("mention",), voice.buzz, "events or figures", (0, float("inf")), "much talk may be bad talk",
    ),
    Metric(
        "buzz-share", "Speak of us", "How many of the active speak of us in a month.",
        "active customers and months with a mention / all of them", "share", "up", "voice", "share", ("mention",),
        voice.buzz_share, "events", (0, 1),
    ),
    Metric(
        "referrals", "Recommend us", "How often customers recommend us in a month.", "referrals / active customers and months",
        "referrals a customer and month", "up", "voice", "rate", ("referral",), voice.referrals, "events", (0, float("inf")),
    ),
    Metric(
        "referred-share", "Came by word of mouth", "How many of the new name somebody who recommended us.",
        "first orders with a referral before or on them / first orders", "share", "up", "voice", "share",
        ("order", "referral"), voice.referred_share, "events", (0, 1),
    ),
    Metric(
        "engagement", "Active days a month", "On how many days of a month the active are with us.",
        "mean of active days over active customers and months", "days a customer and month", "up", "reach", "ratio", (),
        reach.engagement,
    ),
    Metric(
        "meaningful", "Meaningful encounters", "How often customers meet us in a way that they would tell of.",
        "meaningful encounters / active customers and months", "encounters a customer and month", "up", "reach", "rate",
        ("meaningful",), reach.meaningful, "events", (0, float("inf")),
    ),
    Metric(
        "session-length", "Session length", "How long customers stay when they come.",
        "median minutes from the first to the last event without a silence of 30 minutes", "minutes", "either", "reach",
        "median", (), reach.session_length, "events", None, "longer sessions may be a struggle",
    ),
    Metric(
        "share-of-life", "Share of life", "On how many of their days we are part of customers' lives (our own definition).",
        "active days / days since the first activity", "share", "up", "reach", "ratio", (), reach.share_of_life, "events",
        (0, 1),
    ),
    Metric(
        "needs-served", "Needs served", "Of the moments the plan knows, how many a journey met.",
        "mean over journeys of moments met / moments planned", "share", "up", "reach", "ratio", ("moments",), _E.needs_served,
        "events", (0, 1),
    ),
)  # fmt: skip
METRIC_IDS = frozenset(one.id for one in METRICS)
BY_ID = {one.id: one for one in METRICS}


def metric_of(name: str) -> Metric:
    """Raises NotFound with the nearest id."""
    if name not in BY_ID:
        raise NotFound(f"there is no metric `{name[:80]}`", hint=nearest(name, list(BY_ID)))
    return BY_ID[name]
