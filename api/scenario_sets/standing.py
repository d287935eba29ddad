"""How a base and its scenarios stand: priced, stale, or not priced; nothing is computed twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from api.store import quotes, scenarios
from pricing.quote import Quote
from pricing.quoting import CALCULATION_VERSION
from pricing.scenario_sets.comparison import (
    PricedFrom,
    ScenarioComparison,
    Version,
    scenario_comparison,
    stale_because,
    version,
)
from pricing.scenario_sets.inputs import changed_inputs
from pricing.scenario_sets.overrides import overrides_hash, scenario_engagement
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.store.quotes import StoredQuote
    from api.store.scenario_tables import ScenarioRow, ScenarioSetRow
    from pricing.engagement import Engagement

BASE = "base"
_OLD = "an earlier version made it, which lacks figures of this one"


@dataclass(frozen=True)
class Base:
    """The base of a set, and what makes its own result stale."""

    stored: StoredQuote

    @property
    def engagement(self) -> dict[str, Any]:
        """The engagement the scenarios start from."""
        return self.stored.engagement

    @property
    def because(self) -> tuple[str, ...]:
        """What makes the base's own result stale."""
        now = self._from(CALCULATION_VERSION)
        made = str(self.stored.document.get("calculation_version"))
        return stale_because(self._from(made), now)

    def now(self, scenario: ScenarioRow) -> PricedFrom:
        """What a scenario would be priced from now."""
        changed = overrides_hash(scenarios.overrides_of(scenario))
        return self._from(CALCULATION_VERSION).model_copy(update={"overrides_hash": changed})

    def _from(self, calculation_version: str) -> PricedFrom:
        hashed = str(self.stored.document["engagement"]["content_hash"])
        return PricedFrom(
            base_hash=hashed, overrides_hash="", calculation_version=calculation_version
        )

    def because_of(self, scenario: ScenarioRow) -> tuple[str, ...]:
        """What makes a scenario's result stale; nothing: it holds, or there is none."""
        then = scenarios.priced_from(scenario)
        return () if then is None else stale_because(then, self.now(scenario))


def base_of(session: Session, row: ScenarioSetRow) -> Base:
    """Read the base of a set."""
    stored = quotes.get(session, row.base_quote_id)
    assert stored is not None  # noqa: S101 (the set refers to it)
    return Base(stored)


def comparison(session: Session, row: ScenarioSetRow) -> ScenarioComparison:
    """Put a set's base and scenarios side by side."""
    base = base_of(session, row)
    base_version, base_quote = _version(BASE, "Base", base.stored, base.because)
    versions, found = [base_version], {}
    for scenario in row.scenarios:
        stored = quotes.get(session, scenario.quote_id) if scenario.quote_id else None
        because = base.because_of(scenario)
        made, quote = _version(scenario.id, scenario.name, stored, because)
        versions.append(made)
        if quote is not None:
            found[scenario.id] = quote
    currency = str(base.engagement["currency"])
    inputs = changed_inputs(base.engagement, _engagements(base, row))
    return scenario_comparison(currency, versions, inputs, base_quote, found)


def _version(
    id: str, name: str, stored: StoredQuote | None, because: tuple[str, ...]
) -> tuple[Version, Quote | None]:
    """Describe one side, and read its quote where that holds."""
    quote = None
    if stored is not None and not because:
        try:
            quote = Quote.model_validate(stored.document)
        except ValidationError:
            because = (_OLD,)
    quote_id = None if stored is None else stored.id
    return version(id, name, quote_id, quote, because), quote


def _engagements(base: Base, row: ScenarioSetRow) -> dict[str, dict[str, Any]]:
    """Engagements of the scenarios; one that no longer fits its base shows no inputs."""
    found = {}
    for scenario in row.scenarios:
        try:
            made = scenario_engagement(base.engagement, scenarios.overrides_of(scenario))
        except BadInputError:
            continue
        found[scenario.id] = made.model_dump(mode="json")
    return found


def quote_that_holds(session: Session, row: ScenarioSetRow, id: str) -> Quote | None:
    """Return the quote of the base or of a scenario of this set; None: stale, or not priced."""
    base = base_of(session, row)
    if id == BASE:
        return _version(BASE, BASE, base.stored, base.because)[1]
    scenario = next(one for one in row.scenarios if one.id == id)
    stored = quotes.get(session, scenario.quote_id) if scenario.quote_id else None
    return _version(id, scenario.name, stored, base.because_of(scenario))[1]


def engagement_of(base: Base, scenario: ScenarioRow) -> Engagement:
    """Return the engagement of a scenario, to be priced."""
    return scenario_engagement(base.engagement, scenarios.overrides_of(scenario))
