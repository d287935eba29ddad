"""Words of a study of risk: distributions, what is drawn, what contingency is left for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.risk.distributions import Empirical, HeldNormal, Lognormal, Normal, Pert, Triangular
from pricing.risk.rates import kind_of

if TYPE_CHECKING:
    from pricing.cost import CostLine
    from pricing.risk.distributions import Distribution
    from pricing.risk.factors import FactorModel
    from pricing.risk.model import SolvedRisk

ASSUMED_PATHS = {
    "volume": "commercial.uncertainty.volume_cv",
    "complexity": "commercial.uncertainty.productivity_cv",
} | {
    name: f"commercial.uncertainty.factors ({name})"
    for name in ("trend", "shock", "ramp", "attrition", "absence", "wage_inflation", "fx")
}
_WORK = frozenset({"volume", "trend", "shock", "complexity", "absence", "attrition", "ramp"})
_BENT = 0.02


def in_words(distribution: Distribution) -> str:
    """One distribution as a reader would write it."""
    match distribution:
        case Normal(mean, sd):
            text = f"normal, mean {mean:g}, sd {sd:g}"
        case HeldNormal(mean, sd, floor):
            text = f"normal, mean {mean:g}, sd {sd:g}, never below {floor:.3g}"
        case Lognormal(mean, cv):
            text = f"lognormal, mean {mean:g}, cv {cv:g}"
        case Triangular(low, mode, high):
            text = f"triangular from {low:g} over {mode:g} to {high:g}"
        case Pert(low, mode, high):
            text = f"PERT from {low:g} over {mode:g} to {high:g}"
        case Empirical(history):
            text = f"one of {len(history)} values seen"
        case _:
            text = type(distribution).__name__.lower()
    return text


def drawn_lines(lines: tuple[CostLine, ...], model: FactorModel) -> tuple[str, ...]:
    """Cost lines whose quantities or rates are drawn."""
    names = {factor.name for factor in model.factors}
    moved = set()
    if names & _WORK:
        moved |= {"pay", "support", "other"}
    if "wage_inflation" in names:
        moved |= {"pay", "support"}
    if "fx" in names:
        moved |= {"pay"}
    found = dict.fromkeys(line.name for line in lines if line.amount)
    return tuple(
        name
        for name in found
        if name not in {"contingency", "transition"} and kind_of(name) in moved
    )


def contingency_covers(lines: tuple[CostLine, ...], model: FactorModel) -> tuple[str, ...]:
    """What no draw moves, and the contingency is left for."""
    names = {line.name for line in lines if line.amount}
    drawn = {factor.name for factor in model.factors}
    covers = []
    if "transition" in names:
        covers.append("overrun of the transition")
    if names & {"seats", "it"}:
        covers.append("price of seats and of IT")
    if "recruiting" in names:
        covers.append("price of recruiting")
    covers.append("rework above the stated share, and changes of law or scope")
    covers.append("single weeks apart from their forecast")
    covers += [
        f"{what}: not drawn here"
        for name, what in (
            ("attrition", "attrition"),
            ("ramp", "ramp"),
            ("absence", "absence"),
            ("wage_inflation", "wages"),
        )
        if name not in drawn
    ]
    return tuple(covers)


def notes(solved: SolvedRisk, model: FactorModel, *, yearly: bool) -> tuple[str, ...]:
    """What a reader must know of how the figures were made."""
    found = [
        "after the committed weeks the vendor hires for the work there is; until then as planned",
        "input-based, the client's work decides what it orders, and what stays undone is its own",
    ]
    if max(solved.input_based.bend, solved.output_based.bend) > _BENT:
        found.append(
            "a team's staffing curve is bent (a live queue or a minimum crew): its people are "
            "solved along the curve for the level of work, and estimated beside it"
        )
    if yearly:
        found.append("the premium is that of the mean unit price over the term")
    if any(factor.name == "absence" for factor in model.factors):
        found.append("absence is drawn as one rate for all teams")
    return tuple(found)
