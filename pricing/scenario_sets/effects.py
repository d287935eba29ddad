"""What each change of a scenario does by itself: alone on the base, and taken out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import Field

from pricing.scenario_sets.comparison import ComparedFigure, compared_figures
from pricing.scenario_sets.inputs import pointer_label
from pricing.scenario_sets.overrides import scenario_engagement
from staffing.errors import BadInputError, InfeasibleError
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pricing.engagement import Engagement
    from pricing.quote import Quote
    from pricing.scenario_sets.overrides import Override

    Json = dict[str, Any]

MOST_SEPARATE = 8  # each takes two plans


class OverrideEffect(Document):
    """One change of a scenario; its `id` stands in the figures.

    `refused` says why it cannot be priced alone, or the rest cannot without it.
    """

    id: str
    path: str
    label: str
    refused: tuple[str, ...] = ()


class EffectTable(Document):
    """Figures of a start, and of what a single change makes of it."""

    versions: tuple[OverrideEffect, ...] = Field(description="The changes that could be priced.")
    figures: tuple[ComparedFigure, ...]


class OverrideEffects(Document):
    """What each change does by itself, in two ways, which differ where changes work together.

    `alone` starts from the base and makes one change; `without` starts from the whole scenario and
    takes one change back, in the order of the scenario.
    """

    currency: str
    changes: tuple[OverrideEffect, ...]
    alone: EffectTable
    without: EffectTable


def override_effects(
    base: Json,
    base_quote: Quote,
    overrides: Sequence[Override],
    price: Callable[[Engagement], Quote],
) -> OverrideEffects:
    """Price every change of a scenario alone, and the scenario without it.

    Parameters
    ----------
    base : mapping
        Resolved engagement of the base as plain JSON data.
    base_quote : Quote
        What it was priced to.
    overrides : sequence of Override
        The scenario's changes, 1 to 8.
    price : callable
        Prices an engagement; called once for each different one.

    Raises
    ------
    BadInputError
        The scenario changes nothing, or too much to be taken apart.
    CrewquoteError
        The whole scenario cannot be priced.
    """
    count = len(overrides)
    if not 1 <= count <= MOST_SEPARATE:
        accepted = f"a scenario with 1 to {MOST_SEPARATE} changes"
        raise BadInputError.at("overrides", count, accepted)
    kept: dict[tuple[int, ...], Quote] = {(): base_quote}

    def priced(chosen: tuple[int, ...]) -> Quote:
        if chosen not in kept:
            kept[chosen] = price(scenario_engagement(base, [overrides[i] for i in chosen]))
        return kept[chosen]

    everything = tuple(range(count))
    whole = priced(everything)
    alone: dict[str, Quote] = {}
    without: dict[str, Quote] = {}
    changes = []
    for index, override in enumerate(overrides):
        refused = []
        others = tuple(i for i in everything if i != index)
        for chosen, table, how in (((index,), alone, "alone"), (others, without, "without it")):
            try:
                table[str(index)] = priced(chosen)
            except (BadInputError, InfeasibleError) as error:
                refused.append(f"{how}: {error}")
        changes.append(
            OverrideEffect(
                id=str(index),
                path=override.path,
                label=pointer_label(override.path, base),
                refused=tuple(refused),
            )
        )
    return OverrideEffects(
        currency=str(base["currency"]),
        changes=tuple(changes),
        alone=_table(base_quote, alone, changes),
        without=_table(whole, without, changes),
    )


def _table(start: Quote, moved: dict[str, Quote], changes: Sequence[OverrideEffect]) -> EffectTable:
    return EffectTable(
        versions=tuple(one for one in changes if one.id in moved),
        figures=compared_figures(start, moved),
    )
