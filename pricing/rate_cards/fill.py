"""Fills what an engagement leaves open from a rate card, before it is read as a document.

What the engagement states stays as it is. The rows in force on its first day are taken; wages and
on-costs that change within the term become changes of pay of the site.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pricing.rate_cards.fx import cross_rate
from staffing.calendar import add_months
from staffing.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pricing.rate_cards.document import RateCard, Row

_LONGEST_TERM_MONTHS = 120


@dataclass(frozen=True)
class Filled:
    """An engagement as plain data, and what was filled: path to the key of the row."""

    raw: dict[str, Any]
    paths: dict[str, str]


def fill(card: RateCard, raw: dict[str, Any], label: str) -> Filled:
    """Fill the open rates of an engagement.

    Parameters
    ----------
    card : RateCard
        Where from.
    raw : dict
        The engagement as plain data; left untouched. What is not of its form is left to whoever
        reads it as a document.
    label : str
        Name and version of the card, said with each source.

    Returns
    -------
    Filled
        A copy with the gaps filled, and what was filled.

    Raises
    ------
    BadInputError
        A service refers to a kind the catalogue does not have.
    """
    made = copy.deepcopy(raw)
    filler = _Filler(card, label, made)
    for at, service in _mappings(made.get("services")):
        filler.service(f"services[{at}]", service)
    for at, site in _mappings(made.get("sites")):
        filler.site(f"sites[{at}]", site)
    filler.exchange_rates()
    return Filled(made, filler.paths)


class _Filler:
    def __init__(self, card: RateCard, label: str, made: dict[str, Any]) -> None:
        self.card, self.label, self.made = card, label, made
        self.paths: dict[str, str] = {}
        self.start = _day(made.get("start"))
        months = made.get("term_months")
        if isinstance(months, int) and 0 < months <= _LONGEST_TERM_MONTHS and self.start:
            self.end: date | None = add_months(self.start, months)
        else:
            self.end = None

    def service(self, path: str, service: dict[str, Any]) -> None:
        """Take what a kind of the catalogue says, where the service does not."""
        name = service.pop("catalogue", None)
        if name is None:
            return
        row = self._now([one for one in self.card.catalogue if one.name == name])
        if row is None:
            known = ", ".join(sorted({one.name for one in self.card.catalogue})) or "none"
            raise BadInputError.at(f"{path}.catalogue", name, f"a kind of the rate card: {known}")
        for field in ("channel", "unit", "role"):
            self._set(path, service, field, getattr(row, field), row)
        for field in ("units_per_hour", "handle_time_s"):
            value = getattr(row, field)
            if value is not None and not {"units_per_hour", "handle_time_s"} & service.keys():
                self._set(path, service, field, self._sourced(row, {"value": str(value)}), row)
        self._set(path, service, "accuracy", {"target": str(row.accuracy)}, row)

    def site(self, path: str, site: dict[str, Any]) -> None:
        """Wages of the roles that work there, on-costs and labour rules of its country."""
        country = site.get("country")
        for role in dict.fromkeys(self._roles(site.get("name"))):
            rows = [one for one in self.card.wages if (one.country, one.role) == (country, role)]
            wages = site.setdefault("wages", {}) if rows else site.get("wages")
            if rows and isinstance(wages, dict) and role not in wages:
                self._wage(path, site, role, rows)
        on_costs = [one for one in self.card.on_costs if one.country == country]
        self._on_cost(path, site, on_costs)
        for name in dict.fromkeys(
            one.rule for one in self.card.labour_rules if one.country == country
        ):
            rules = [
                one for one in self.card.labour_rules if (one.country, one.rule) == (country, name)
            ]
            row = self._now(rules)
            labour = site.setdefault("labour", {}) if row else None
            if row is not None and isinstance(labour, dict):
                value = row.clock or self._sourced(row, {"value": str(row.share)})
                self._set(f"{path}.labour", labour, name, value, row)

    def _wage(self, path: str, site: dict[str, Any], role: str, rows: list[Any]) -> None:
        row = self._now(rows)
        if row is None:
            return
        self._set(f"{path}.wages", site["wages"], role, self._pay(row), row)
        for later in self._later(rows):
            change = self._change(site, later)
            if change is not None:
                change.setdefault("wages", {})[role] = self._pay(later)

    def _on_cost(self, path: str, site: dict[str, Any], rows: list[Any]) -> None:
        row = self._now(rows)
        if row is None or "on_cost" in site:
            return
        share = {"value": str(row.share)}
        self._set(path, site, "on_cost", self._sourced(row, share), row)
        for later in self._later(rows):
            change = self._change(site, later)
            if change is not None:
                change.setdefault("on_cost", self._sourced(later, {"value": str(later.share)}))

    def exchange_rates(self) -> None:
        """Rates of the currencies that wages are in, where the engagement states none."""
        own = self.made.get("currency")
        stated = self.made.get("fx", {})
        if not isinstance(own, str) or not isinstance(stated, dict) or self.start is None:
            return
        for currency in sorted(self._currencies() - {own} - stated.keys()):
            found = cross_rate(self.card.fx, currency, own, self.start)
            if found is not None:
                rate, row = found
                fx = self.made.setdefault("fx", {})
                value = self._sourced(row, {"value": f"{rate:f}"})
                self._set("fx", fx, currency, value, row)

    def _currencies(self) -> set[str]:
        found = set()
        for _, site in _mappings(self.made.get("sites")):
            wages = site.get("wages")
            for wage in wages.values() if isinstance(wages, dict) else ():
                if isinstance(wage, dict) and isinstance(wage.get("currency"), str):
                    found.add(wage["currency"])
        return found

    def _roles(self, site: object) -> Iterator[str]:
        """Roles of the services that are delivered at a site."""
        for _, service in _mappings(self.made.get("services")):
            for _, part in _mappings(service.get("delivery")):
                if part.get("site") == site and isinstance(service.get("role"), str):
                    yield service["role"]

    def _change(self, site: dict[str, Any], later: Row) -> dict[str, Any] | None:
        """The change of pay on the day a row begins; None where the engagement has its own."""
        own = site.get("pay_changes")
        if own is not None and not isinstance(own, _Changes):
            return None
        changes = site.setdefault("pay_changes", _Changes())
        since = str(later.since)
        for change in changes:
            if change["since"] == since:
                found: dict[str, Any] = change
                return found
        change = {"since": since}
        changes.append(change)
        changes.sort(key=lambda one: one["since"])
        return change

    def _now(self, rows: list[Any]) -> Any:  # noqa: ANN401 (a row of the kind that was given)
        """The row in force on the first day: the latest to begin of those."""
        if self.start is None:
            return None
        day = self.start
        held = [one for one in rows if one.in_force(day)]
        return max(held, key=lambda one: one.since or date.min, default=None)

    def _later(self, rows: list[Any]) -> list[Any]:
        """Rows that begin within the term, in order."""
        if self.start is None or self.end is None:
            return []
        first, end = self.start, self.end
        within = [one for one in rows if one.since is not None and first < one.since < end]
        return sorted(within, key=lambda one: one.since)

    def _pay(self, row: Any) -> dict[str, Any]:  # noqa: ANN401 (a wage row)
        pay = {"value": str(row.value), "per": row.per, "currency": row.currency}
        return self._sourced(row, pay)

    def _sourced(self, row: Row, value: dict[str, Any]) -> dict[str, Any]:
        """Say where a value comes from; one without a source stays assumed."""
        if row.source is None:
            return {**value, "source": f"rate card {self.label}", "assumed": True}
        said = {"source": f"{row.source}; rate card {self.label}"}
        if row.as_of is not None:
            said["as_of"] = str(row.as_of)
        return value | said

    def _set(self, path: str, into: dict[str, Any], field: str, value: object, row: Row) -> None:
        if field in into:
            return
        into[field] = value
        self.paths[f"{path}.{field}"] = " ".join(row.key)


class _Changes(list[dict[str, Any]]):
    """Changes of pay that a card has made, as against those an engagement states."""


def _mappings(value: object) -> Iterable[tuple[int, dict[str, Any]]]:
    if not isinstance(value, list):
        return []
    return [(at, item) for at, item in enumerate(value) if isinstance(item, dict)]


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
