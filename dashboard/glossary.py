"""What the terms mean, one sentence each: the glossary page, and the help at each term."""

from __future__ import annotations

import re

TERMS = {
    "AHT": "Average handling time of one unit, in seconds.",
    "ARC": "Additional resource charge: what each unit above the baseline band costs.",
    "ASA": "Average speed of answer: how long callers wait on average.",
    "Attrition": "Share of people who leave, counted over a year or a month.",
    "Backtest": "Forecasting what is known already, from dates in the past, to see the errors.",
    "Band": "Range of volume around the baseline within which the price does not change.",
    "Baseline": "Volume the prices are made for; charges and credits count from it.",
    "Bench": "People who are paid while they wait for work, as a buffer for peaks.",
    "Break-even": "Volume, or productivity, at which both offers come to the same bill.",
    "Call-off": "Calling people of the surge pool to work, at the agreed notice.",
    "COLA": "Cost-of-living adjustment: how prices follow an index of wages or prices.",
    "Complexity": "How much work a unit takes, compared with the plan.",
    "Contingency": "Allowance in the cost for what is not simulated.",
    "Coverage": "The shifts of a week that put enough people on each interval.",
    "CVaR": "Mean of the worst cases, beyond the value at risk.",
    "DSO": "Days sales outstanding: days until the client pays.",
    "Engagement": "The request for a quote: work, sites, people and terms, in one file.",
    "Floor": "Price, or margin, below which an offer is not made.",
    "FTE": "Full-time equivalent: the contract hours per week of one full-time person.",
    "FTE-month": "One full-time equivalent for a month: what the input-based offer sells.",
    "Goal seek": "Search for the price, or the productivity, that meets a target.",
    "Head-hour": "One person for one hour: what work takes, or what is short.",
    "In-house": "The client doing the work with its own people, at full cost.",
    "Indexation": "How prices move with an index over the years of the contract.",
    "Input-based": "Offer in which the client buys people's time: hours or FTE-months.",
    "Interval": "Step of 15 or 30 minutes, in which the heads of a week are counted.",
    "Ladder": "The sources that come for a peak, in the order in which they can be there.",
    "Load": "Work at hand at a moment: arrival rate times AHT, in erlangs.",
    "Margin": "Profit as a share of the price.",
    "Mark-up": "Profit as a share of the cost: m / (1 - m) at a margin m.",
    "Margin at risk": "Difference between the expected margin and the margin in a bad case (P10).",
    "MASE": "Mean absolute scaled error: errors over those of seasonal naive within the history.",
    "Minimum commitment": "Bill the client pays at least, however little work comes.",
    "Notice": "Time between a request and the day on which people are there, or leave.",
    "Occupancy": "Share of available time that is spent handling contacts.",
    "On-costs": "What an employer pays on top of the wage: social security, insurance, benefits.",
    "Output-based": "Offer in which the client buys units produced: claims, charts, tickets.",
    "P10": "Value that one of ten futures stays below.",
    "P50": "Middle value: half of the futures stay below it.",
    "P90": "Value not exceeded with a probability of 90 %.",
    "Parity": "Unit price at which the output-based offer costs what the input-based one does.",
    "Pool": "People vetted beforehand who can be called when work peaks.",
    "Productive hour": "Hour on site that is left for work after breaks, meetings and coaching.",
    "Productivity": "Work done per hour, compared with the plan.",
    "Ramp": "Productivity of new people by week since they started.",
    "Relief factor": "People it takes to cover one position round the clock.",
    "Requirement": "Heads needed in each interval to meet the service level or the turnaround.",
    "Risk premium": "Part of the unit price for the risks the vendor carries.",
    "RRC": "Reduced resource credit: what each unit below the baseline band gives back.",
    "Scenario": "A quote with some assumptions changed, kept as its differences.",
    "Service level": "Share of contacts answered within a threshold.",
    "Shortfall": "Heads, or work, that is missing against the requirement.",
    "Shrinkage": "Share of paid time in which people are not available.",
    "SLA credit": "What the vendor gives back when it misses an agreed level.",
    "Standard week": "Week of ordinary volume, by which shifts are planned.",
    "Surge": "People added at short notice to meet a peak.",
    "TAT": "Turnaround time: hours from arrival to completion at the latest.",
    "Tornado": "Chart of what each assumption alone does to a figure, the largest first.",
    "Tour": "One person's week: the days on, and start and length of each shift.",
    "Transition": "Moving the work to the vendor, and what that costs once.",
    "True-up": "Line of a bill that lifts it to the minimum commitment.",
    "Unit price": "Price of one unit of output, before tax.",
    "Utilisation": "Share of available time that is spent on work, in the back office.",
    "Variant": "The engagement of a quote, priced again with an assumption moved.",
    "Volume": "Work that comes in: units per month, week or interval.",
    "WAPE": "Weighted absolute percentage error: the sum of errors over the sum of volume.",
    "Waterfall": "Chart that leads from one figure to another, a step for each cause.",
}


def explained(term: str) -> str:
    """Return what a term means, for the help of a widget or a figure.

    Raises
    ------
    KeyError
        The glossary has no such term.
    """
    return TERMS[term]


def about(label: str) -> str | None:
    """Explain the terms that a label names, at most two; None where it names none.

    Of terms within each other, as *margin at risk* and *margin*, the longest counts.
    """
    named = list(dict.fromkeys(found.lower() for found in _NAMED.findall(label)))
    told = [f"**{_SPELT[one]}**: {TERMS[_SPELT[one]]}" for one in named[:_MOST_EXPLAINED]]
    return "  \n".join(told) or None


_MOST_EXPLAINED = 2
_SPELT = {term.lower(): term for term in TERMS}
_NAMED = re.compile(
    rf"(?<![\w-])({'|'.join(re.escape(term) for term in sorted(TERMS, key=len, reverse=True))})"
    r"(?![\w-])",
    re.IGNORECASE,
)
