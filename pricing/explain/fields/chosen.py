"""Fields of prices chosen from risk: levels on parity, and what they leave (`pricing.choice`)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pricing.explain.field import computed, fixed, simulated

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

CHOICE_PAGE = "docs/models/choice.md"
_HELD = {
    "input_level": "What the client pays for one full-time equivalent ordered for a month",
    "output_level": "What the client pays for one good unit",
    "input_floor_level": "The lowest FTE-month price",
    "output_floor_level": "The lowest unit price",
}
_DRAWS = {"draws": "chosen.draws", "seed": "chosen.seed"}
_AFTER = "after the client's choice"


def is_chosen(place: Place) -> bool:
    """Whether the quote's prices were chosen from risk."""
    return place.document.get("chosen") is not None


def at_level(place: Place, parity: Field, name: str, formula: str | None = None) -> Field:
    """Explain a price of the lot that the number's service is in: parity times a level.

    The price is rounded up. A formula that is given holds the level, and that rounding, already.
    """
    lots = place.document["chosen"]["lots"]
    index = next(i for i, lot in enumerate(lots) if place.around["service"] in lot["services"])
    goal = "the floor margin holds" if "floor" in name else "margin and bad futures hold"
    return replace(
        parity,
        meaning=f"{_HELD[name]}: parity times the level at which {goal} after the choice.",
        page=CHOICE_PAGE,
        formula=formula or f"{parity.formula} * level",
        inputs={**parity.inputs, "level": f"chosen.lots[{index}].{name}"},
        rounding=replace(parity.rounding, up=formula is None),
    )


def _drawn(meaning: str) -> Entry:
    return simulated(meaning, CHOICE_PAGE, **_DRAWS)


_PREMIUM = "Part of the premium of the unit price on parity; all parts add up to it."
CHOSEN_PREMIUM = simulated(
    f"{_PREMIUM} Over all services by what they bill.", CHOICE_PAGE, **_DRAWS
)
_LEFT = {
    "margin": f"Expected profit over expected bill {_AFTER}.",
    "p10": f"Margin {_AFTER} that nine of ten futures exceed.",
    "cvar": f"Mean margin of the worst tenth of futures {_AFTER}.",
    "loss_probability": f"Share of the futures in which the margin {_AFTER} is below 0.",
}
_ERRORS = {
    "below": "How far the mean delivery cost may lie below the one used, certified.",
    "above": "How far the mean delivery cost may lie above the one used, certified.",
    "estimated": "Standard error of the mean delivery cost beyond what is certified.",
}
_LEVELS = {
    "input_level": "FTE-month price over parity",
    "output_level": "Unit price over parity",
    "input_floor_level": "Lowest FTE-month price over parity",
    "output_floor_level": "Lowest unit price over parity",
}
_STATED = {
    "knowledge_volume": "Share of the spread of its volume that the client knows.",
    "knowledge_complexity": "Share of the spread of its work per unit that the client knows.",
    "risk_aversion": "Standard deviations of the bill that the client adds when it compares.",
    "tail_margin": "What the margin in bad futures must be at least.",
}

FIELDS: dict[str, Entry] = {
    "chosen.draws": fixed("Futures that prices were chosen on.", CHOICE_PAGE),
    "chosen.seed": fixed("Seed of the futures: the same seed gives the same.", CHOICE_PAGE),
    **{
        f"chosen.{name}": computed(
            meaning, "stated", CHOICE_PAGE, stated=f"@commercial.choice.{name}"
        )
        for name, meaning in _STATED.items()
    },
    **{f"chosen.{name}": _drawn(meaning) for name, meaning in _LEFT.items()},
    **{f"chosen.lots[*].{name}": _drawn(meaning) for name, meaning in _LEFT.items()},
    **{
        f"chosen.lots[*].{name}": _drawn(f"{meaning}: the lowest that holds {_AFTER}.")
        for name, meaning in _LEVELS.items()
    },
    "chosen.lots[*].stand_alone_margin": _drawn(
        f"Margin {_AFTER} if each offer stood at the lowest price that holds for it alone."
    ),
    "chosen.lots[*].input_share": _drawn("Share of the futures in which the client takes hours."),
    "chosen.lots[*].premium[*].share": _drawn(_PREMIUM),
    **{
        f"chosen.{offer}_cost_error.{name}": _drawn(meaning)
        for offer in ("input", "output")
        for name, meaning in _ERRORS.items()
    },
}
