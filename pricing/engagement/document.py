"""The engagement document itself, and the rules across its parts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from pricing.engagement.commercial import Commercial
from pricing.engagement.contract import Contract
from pricing.engagement.fields import ContractHours, Day, Name, first_repeated
from pricing.engagement.in_house import InHouse
from pricing.engagement.services import DeferrableService, LiveService, Service
from pricing.engagement.sites import Attrition, Shrinkage, Site
from pricing.misfit import misfit
from pricing.money import Currency
from pricing.parameters import (
    FullShare,
    Positive,
)
from staffing.plan import Document

SCHEMA_VERSION = 1
_BLEND_TOLERANCE = 1e-9


class Engagement(Document):
    """Everything a quote rests on."""

    schema_version: Literal[1] = 1
    name: Name
    client: Name
    currency: Currency
    start: Day = Field(description="First day of the contract.")
    term_months: Annotated[int, Field(strict=True, ge=1, le=120)]
    interval_minutes: Literal[15, 30, 60] = 30
    contract_hours_per_week: ContractHours = Field(
        description="Paid hours a week of one full-time equivalent, a term of this contract."
    )
    occupancy_cap: FullShare = Field(description="Most handling time over available time, live.")
    utilisation: FullShare = Field(
        FullShare(value=Decimal("0.90")), description="Handling over available time, deferrable."
    )
    shrinkage: Shrinkage
    attrition: Attrition
    services: Annotated[tuple[Service, ...], Field(min_length=1, max_length=50)]
    sites: Annotated[tuple[Site, ...], Field(min_length=1, max_length=50)]
    fx: dict[Currency, Positive] = Field(
        default_factory=dict,
        description="Units of a currency for one unit of the engagement's; else the table.",
    )
    commercial: Commercial
    contract: Contract | None = Field(
        None,
        description="Terms beyond the prices; see docs/models/invoice.md.",
        exclude_if=lambda value: value is None,
    )
    in_house: InHouse | None = Field(
        None,
        description="What doing the work itself takes the client; no price rests on it.",
        exclude_if=lambda value: value is None,
    )

    @model_validator(mode="after")
    def _references(self) -> Self:
        for kind, names in (
            ("services", [service.name for service in self.services]),
            ("sites", [site.name for site in self.sites]),
        ):
            repeated = first_repeated(names)
            if repeated is not None:
                raise misfit(kind, repeated, "name", accepted=f"unique names in {kind}")
        known = [site.name for site in self.sites]
        for position, service in enumerate(self.services):
            for number, part in enumerate(service.delivery):
                if part.site not in known:
                    raise misfit(
                        *("services", position, "delivery", number, "site"),
                        accepted=f"the name of a site: {', '.join(known)}",
                    )
            for number, name in enumerate(service.candidates or ()):
                if name not in known:
                    raise misfit(
                        *("services", position, "candidates", number),
                        accepted=f"the name of a site: {', '.join(known)}",
                    )
        return self

    @model_validator(mode="after")
    def _delivered_where_data_may_be(self) -> Self:
        country = {site.name: site.country for site in self.sites}
        for position, service in enumerate(self.services):
            for number, part in enumerate(service.delivery):
                allowed = service.data_residency
                if allowed is not None and country[part.site] not in allowed:
                    raise misfit(
                        *("services", position, "delivery", number, "site"),
                        accepted=f"a site in {', '.join(allowed)}, where its data may be",
                        found=f"{part.site} in {country[part.site]}",
                    )
        return self

    @model_validator(mode="after")
    def _in_house_for_known_services(self) -> Self:
        known = [service.name for service in self.services]
        for position, own in enumerate(self.in_house.staff if self.in_house else ()):
            if own.service not in known:
                raise misfit(
                    *("in_house", "staff", position, "service"),
                    accepted=f"the name of a service: {', '.join(known)}",
                )
        return self

    @model_validator(mode="after")
    def _team_names_differ(self) -> Self:
        teams = [
            (position, f"{service.name} @ {part.site}")
            for position, service in enumerate(self.services)
            for part in service.delivery
        ]
        repeated = first_repeated([name for _, name in teams])
        if repeated is not None:
            position, name = teams[repeated]
            raise misfit(
                "services", position, "name", accepted=f"a name that makes one team {name}"
            )
        return self

    @model_validator(mode="after")
    def _blends(self) -> Self:
        live = {s.name: s for s in self.services if isinstance(s, LiveService)}
        lent: dict[str, float] = dict.fromkeys(live, 0.0)
        for position, service in enumerate(self.services):
            blend = service.blend if isinstance(service, DeferrableService) else None
            if blend is None:
                continue
            sites = {part.site for part in service.delivery}
            lender = live.get(blend.service)
            if lender is None or not sites <= {part.site for part in lender.delivery}:
                raise misfit(
                    *("services", position, "blend", "service"),
                    accepted=f"a live service at all sites of {service.name}",
                )
            lent[blend.service] += blend.share
            if lent[blend.service] > 1 + _BLEND_TOLERANCE:
                raise misfit(
                    *("services", position, "blend", "share"),
                    accepted=f"shares of {blend.service} that sum to 1 at most",
                    found=f"sum {lent[blend.service]:g}",
                )
        return self

    @model_validator(mode="after")
    def _hired_for_services_of_the_site(self) -> Self:
        for number, site in enumerate(self.sites):
            if site.hiring is None:
                continue
            known = [
                service.name
                for service in self.services
                if site.name in {part.site for part in service.delivery}
            ]
            named = [("staff", at, "service", g.service) for at, g in enumerate(site.hiring.staff)]
            for at, way in enumerate(site.hiring.upskilling):
                named.append(("upskilling", at, "from_service", way.from_service))
                named.append(("upskilling", at, "to_service", way.to_service))
            for kind, at, field, name in named:
                if name not in known:
                    one_of = ", ".join(known)
                    raise misfit(
                        *("sites", number, "hiring", kind, at, field),
                        accepted=f"the name of a service delivered at {site.name}: {one_of}",
                    )
            for position, service in enumerate(self.services):
                if service.name in known and list(service.ramp) != sorted(service.ramp):
                    raise misfit(
                        *("services", position, "ramp"),
                        accepted=f"shares that never fall, since {site.name} has hiring terms",
                    )
        return self

    @model_validator(mode="after")
    def _amortised_within_term(self) -> Self:
        transition = self.commercial.transition
        if transition is not None and transition.amortisation_months > self.term_months:
            raise misfit(
                *("commercial", "transition", "amortisation_months"),
                accepted=f"at most term_months ({self.term_months})",
            )
        return self

    @model_validator(mode="after")
    def _an_index_that_grows_is_one_of_the_contract(self) -> Self:
        clause = self.contract.indexation if self.contract else None
        if self.commercial.index_growth_per_year is not None and clause is None:
            raise misfit(
                *("commercial", "index_growth_per_year"),
                accepted="nothing without contract.indexation: no price follows an index",
            )
        return self

    @model_validator(mode="after")
    def _rates_are_of_other_currencies(self) -> Self:
        if self.currency in self.fx:
            raise misfit(
                *("fx", self.currency),
                accepted=f"another currency: all amounts are in {self.currency}",
            )
        return self

    @model_validator(mode="after")
    def _contract_is_about_this_work(self) -> Self:
        if self.contract is None:
            return self
        self.contract.refuse_unknown(
            currency=self.currency,
            term_months=self.term_months,
            services=[service.name for service in self.services],
            teams=[f"{s.name} @ {part.site}" for s in self.services for part in s.delivery],
            roles=[service.role for service in self.services],
        )
        return self

    def site_path(self, name: str) -> str:
        """Where the site of that name stands in the document, for messages."""
        return f"sites[{[site.name for site in self.sites].index(name)}]"

    def site(self, name: str) -> Site:
        """Return the site of that name."""
        return next(site for site in self.sites if site.name == name)


def engagement_schema() -> dict[str, Any]:
    """JSON Schema of an engagement (draft 2020-12), as written, defaults optional."""
    schema = Engagement.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:crewquote:engagement:{SCHEMA_VERSION}",
        **schema,
    }
