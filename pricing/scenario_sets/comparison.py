"""A base and its scenarios side by side: what changed, and what it did."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from pricing.quote import Comparison, Spread
from pricing.scenario_sets.figures import Figure, Kind, key_figures
from pricing.scenario_sets.inputs import MOST_INPUTS, ChangedInput
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pricing.quote import Quote

State = Literal["priced", "stale", "not_priced"]
_SHARE_PLACES = 6
_NOISE = Decimal("0.00005")  # of a share: what rounded prices leave of an unmoved margin


class PricedFrom(Document):
    """What a result rests on: hashes of the base's engagement and of the overrides, and a version.

    A result is stale as soon as one of the three is another.
    """

    base_hash: str
    overrides_hash: str
    calculation_version: str


class Version(Document):
    """The base, or a scenario, and whether its result can be compared."""

    id: str
    name: str
    state: State
    stale_because: tuple[str, ...] = Field(
        (), description="What changed since it was priced; price it again."
    )
    quote_id: str | None = None
    comparison: Comparison | None = Field(None, description="Both bills over volume; if priced.")
    spreads: tuple[Spread, ...] = Field((), description="P10, P50, P90; if priced.")


class ScenarioFigure(Document):
    """A figure of a scenario beside the base's; a change of a share is in points.

    `favourable` is by the direction of the figure: null where it did not move, or where the
    direction means nothing to that side.
    """

    scenario: str
    value: str | None
    change: str | None
    change_share: float | None
    favourable: dict[Literal["vendor", "client"], bool | None]


class ComparedFigure(Document):
    """One figure of the base, and of every scenario whose result holds."""

    key: str
    label: str
    kind: Kind
    base: str | None
    scenarios: tuple[ScenarioFigure, ...]


class ScenarioComparison(Document):
    """What each scenario changed, and what it did; results that are stale are not compared."""

    currency: str
    versions: tuple[Version, ...]
    inputs: tuple[ChangedInput, ...]
    inputs_left_out: int
    figures: tuple[ComparedFigure, ...]


def stale_because(then: PricedFrom, now: PricedFrom) -> tuple[str, ...]:
    """Say what changed since a result was priced; nothing: it holds."""
    said = []
    if then.base_hash != now.base_hash:
        said.append("the base has changed")
    if then.overrides_hash != now.overrides_hash:
        said.append("what the scenario changes has changed")
    if then.calculation_version != now.calculation_version:
        said.append(
            f"it was calculated by version {then.calculation_version}, "
            f"this is {now.calculation_version}"
        )
    return tuple(said)


def version(
    id: str, name: str, quote_id: str | None, quote: Quote | None, because: tuple[str, ...]
) -> Version:
    """Describe the base or a scenario.

    Parameters
    ----------
    quote : Quote or None
        Where its result holds.
    because : tuple of str
        What makes its result stale.
    """
    if quote is None or because:
        state: State = "stale" if because else "not_priced"
        return Version(id=id, name=name, state=state, stale_because=because, quote_id=quote_id)
    return Version(
        id=id,
        name=name,
        state="priced",
        quote_id=quote_id,
        comparison=quote.comparison,
        spreads=quote.risk.spreads,
    )


def scenario_comparison(
    currency: str,
    versions: Sequence[Version],
    inputs: Sequence[ChangedInput],
    base: Quote | None,
    scenarios: dict[str, Quote],
) -> ScenarioComparison:
    """Put a base and its scenarios side by side.

    Parameters
    ----------
    versions : sequence of Version
        The base first.
    inputs : sequence of ChangedInput
        What the scenarios change.
    base : Quote or None
        Its quote, if that holds; without it no figure is compared.
    scenarios : dict of str to Quote
        Quotes that hold, by scenario.
    """
    figures = () if base is None else compared_figures(base, scenarios)
    return ScenarioComparison(
        currency=currency,
        versions=tuple(versions),
        inputs=tuple(inputs[:MOST_INPUTS]),
        inputs_left_out=max(0, len(inputs) - MOST_INPUTS),
        figures=figures,
    )


def compared_figures(base: Quote, scenarios: dict[str, Quote]) -> tuple[ComparedFigure, ...]:
    """Set every key figure of the base beside those of the scenarios, by what they are called."""
    by_scenario = {
        name: {figure.key: figure for figure in key_figures(quote)}
        for name, quote in scenarios.items()
    }
    figures = {figure.key: figure for figure in key_figures(base)}
    own = set(figures)
    for found in by_scenario.values():
        figures |= {key: figure for key, figure in found.items() if key not in figures}
    return tuple(
        ComparedFigure(
            key=key,
            label=figure.label,
            kind=figure.kind,
            base=_text(figure.value) if key in own else None,
            scenarios=tuple(
                _beside(name, figure if key in own else None, found.get(key))
                for name, found in by_scenario.items()
            ),
        )
        for key, figure in figures.items()
    )


def favourable(change: Decimal | None, direction: int) -> bool | None:
    """Whether a change is favourable to a side; None: it did not move, or it does not matter."""
    if not change or not direction:
        return None
    return (change > 0) == (direction > 0)


def _beside(scenario: str, before: Figure | None, after: Figure | None) -> ScenarioFigure:
    old, new = (None if one is None else one.value for one in (before, after))
    change = None if old is None or new is None else new - old
    known = after or before
    share = None
    if change is not None and old and known is not None and known.kind != "share":
        share = round(float(change / old), _SHARE_PLACES)
    moved = change
    if change is not None and known is not None and known.kind == "share":
        moved = None if abs(change) < _NOISE else change
    return ScenarioFigure(
        scenario=scenario,
        value=_text(new),
        change=_text(change),
        change_share=share,
        favourable={
            "vendor": favourable(moved, known.vendor if known else 0),
            "client": favourable(moved, known.client if known else 0),
        },
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
