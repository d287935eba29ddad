"""Wages, on-costs, labour rules and exchange rates: stated first, else from the dated tables.

Expected figures are worked out by hand from the rows of ``pricing/reference``.
"""

from decimal import Decimal
from typing import Any

import pytest

from pricing.quoting import unsourced_of
from pricing.ratecard import RateCard, RoleRate
from pricing.reference_tables import countries, country_codes, find, roles, rows
from staffing.errors import BadInputError
from tests.builders.pricing import SITE, engagement, engagement_data

# Monthly pay is contract hours a week x 365.25 / 7 / 12.
MONTHLY_HOURS = Decimal("365.25") / 7 / 12 * 40


def card_of(changes: dict[str, Any], **top: Any) -> RateCard:
    """Rate card of the small engagement with these changes."""
    return RateCard(engagement(changes, **top))


def bare_site(country: str, **more: Any) -> dict[str, Any]:
    """Site that takes everything from the tables of a country."""
    left_out = ("wages", "on_cost", "labour")
    return {k: v for k, v in SITE.items() if k not in left_out} | {"country": country} | more


def rate(country: str, role: str, currency: str, **site: Any) -> RoleRate:
    """Pay of a role by the tables of a country."""
    hours = find("labour_rules", country=country, rule="weekly_hours")
    weekly = min(40, int(float(hours["value"]))) if hours else 40
    card = card_of(
        {"services[0].role": role, "contract_hours_per_week": weekly},
        currency=currency,
        sites=[bare_site(country, **site)],
    )
    return card.role_rate(card.engagement.sites[0], role)


def close(value: Decimal, expected: Decimal | str) -> bool:
    """Whether two figures agree to ten digits (weeks per year are a float)."""
    return abs(value / Decimal(expected) - 1) < Decimal("1e-10")


def test_a_stated_wage_beats_the_table() -> None:
    card = card_of({})
    assert card.role_rate(card.engagement.sites[0], "claims_processor").wage_per_hour == 4
    assert "wages[PH].claims_processor" not in card.assumptions


@pytest.mark.parametrize(
    ("value", "per", "hourly"),
    [
        (4, "hour", Decimal(4)),
        (400, "month", 400 / MONTHLY_HOURS),
        (4800, "year", 400 / MONTHLY_HOURS),
    ],
)
def test_a_wage_per_month_or_year_is_spread_over_the_contract_hours(
    value: int, per: str, hourly: Decimal
) -> None:
    card = card_of({"sites[0].wages.claims_processor": {"value": value, "per": per}})
    site = card.engagement.sites[0]
    assert close(card.role_rate(site, "claims_processor").wage_per_hour, hourly)


def test_labour_is_base_pay_with_variable_pay_and_on_costs() -> None:
    card = card_of({"sites[0].variable_pay": 0.1})
    labour = card.role_rate(card.engagement.sites[0], "claims_processor").labour_per_hour
    assert labour == Decimal("5.4")


@pytest.mark.parametrize(
    ("country", "role", "currency", "on_cost"),
    [
        # 25 000: SSS 10 % = 2 500; PhilHealth 2.5 % = 625; Pag-IBIG 2 % of 10 000 = 200;
        # employees' compensation 30; 13th month 8.33 % = 2 082.50; together 5 437.50.
        ("PH", "claims_processor", "PHP", "0.2175"),
        # 42 500, above the SSS ceiling: 10 % of 35 000 = 3 500; 1 062.50; 200; 30; 3 540.25.
        ("PH", "team_leader", "PHP", "0.19606470588235294"),
        # 24 000, above 21 000, so neither ESI nor bonus: EPF 12 % of 15 000 = 1 800; EDLI 75;
        # administration 120; gratuity 4.81 % = 1 154.40; together 3 149.40.
        ("IN", "claims_processor", "INR", "0.131225"),
        # 16 000, so ESI 3.25 % = 520 and bonus 8.33 % of 7 000 = 583.10 are due too: 1 800; 75;
        # 80; 769.60; together 3 827.70.
        ("IN", "record_indexer", "INR", "0.23923125"),
    ],
)
def test_on_costs_add_up_with_ceilings_and_conditions(
    country: str, role: str, currency: str, on_cost: str
) -> None:
    assert close(rate(country, role, currency).on_cost, on_cost)


def test_fixed_on_costs_weigh_by_monthly_pay() -> None:
    """United States: 6.2 % + 1.45 %, and 3.50 + 20.25 a month on 23.29 an hour."""
    expected = Decimal("0.0765") + Decimal("23.75") / (Decimal("23.29") * MONTHLY_HOURS)
    assert close(rate("US", "claims_processor", "USD").on_cost, expected)


def test_ceilings_hold_in_the_country_s_currency_whatever_the_wage_s() -> None:
    """A wage of 69.911 / 1.1394 pesos to the dollar meets the ceilings of its pesos."""
    monthly = Decimal(42_500) * Decimal("1.1394") / Decimal("69.911")
    wages = {"team_leader": {"value": str(monthly), "per": "month", "currency": "USD"}}
    stated = rate("PH", "team_leader", "EUR", wages=wages)
    from_table = rate("PH", "team_leader", "PHP")
    assert close(stated.on_cost, from_table.on_cost)


def test_an_on_cost_with_a_threshold_is_never_a_refund() -> None:
    """Great Britain: pay of 100 a month is below both thresholds; the levy of 0.5 % is due."""
    wages = {"claims_processor": {"value": 100, "per": "month"}}
    assert close(rate("GB", "claims_processor", "GBP", wages=wages).on_cost, "0.005")


def test_a_stated_on_cost_replaces_the_table_s() -> None:
    card = card_of({}, sites=[bare_site("PH", on_cost=0.3)])
    site = card.engagement.sites[0]
    assert card.role_rate(site, "claims_processor").on_cost == Decimal("0.3")
    assert not any(path.startswith("employer_costs") for path in card.assumptions)


def test_a_table_wage_is_converted_at_the_cross_rate_over_the_euro() -> None:
    hourly = Decimal(25_000) / MONTHLY_HOURS
    in_pesos = rate("PH", "claims_processor", "PHP").wage_per_hour
    in_euros = rate("PH", "claims_processor", "EUR").wage_per_hour
    in_dollars = rate("PH", "claims_processor", "USD").wage_per_hour
    assert close(in_pesos, hourly)
    assert close(in_euros, hourly / Decimal("69.911"))
    assert close(in_dollars, hourly / Decimal("69.911") * Decimal("1.1394"))


def test_rates_there_and_back_are_inverse() -> None:
    in_euros = rate("US", "claims_processor", "EUR").wage_per_hour
    assert close(in_euros * Decimal("1.1394"), "23.29")


def test_a_stated_rate_beats_the_table_and_counts_units_for_one_of_ours() -> None:
    card = card_of({"fx": {"PHP": 50}}, sites=[bare_site("PH")])
    site = card.engagement.sites[0]
    hourly = Decimal(25_000) / MONTHLY_HOURS
    assert close(card.role_rate(site, "claims_processor").wage_per_hour, hourly / 50)
    assert "fx[PHP]" not in card.assumptions


@pytest.mark.parametrize("country", countries())
def test_every_country_resolves_labour_rules_and_every_role(country: str) -> None:
    for role in roles():
        pay = rate(country, role, "USD")
        assert 0 < pay.wage_per_hour < 100
        assert 0 <= pay.on_cost < 1
    hours = find("labour_rules", country=country, rule="weekly_hours")
    assert hours is not None
    card = card_of({"contract_hours_per_week": hours["value"]}, sites=[bare_site(country)])
    rates = card.site_rates(card.engagement.sites[0])
    assert (rates.premiums.multipliers >= 1).all()
    assert rates.overtime_premium >= 0


def test_the_tables_hold_a_wage_for_every_country_and_role() -> None:
    assert {(row["country"], row["role"]) for row in rows("wages")} == {
        (country, role) for country in countries() for role in roles()
    }


def test_premiums_of_the_table_are_used_where_none_is_stated() -> None:
    card = card_of({}, sites=[bare_site("PH", labour={"sunday_premium": 0.5})])
    premiums = card.site_rates(card.engagement.sites[0]).premiums
    assert (premiums.night, premiums.sunday) == (0.1, 0.5)
    assert (premiums.night_from_min, premiums.night_to_min) == (1320, 360)
    assert "labour_rules[PH].night_premium" in card.assumptions
    assert "labour_rules[PH].sunday_premium" not in card.assumptions


def test_a_stated_premium_of_zero_is_a_statement() -> None:
    card = card_of({}, sites=[bare_site("PH", labour={"night_premium": 0})])
    assert card.site_rates(card.engagement.sites[0]).premiums.night == 0


def test_the_legal_week_is_a_limit_and_is_reached() -> None:
    site = bare_site("FR")
    ok = card_of({"contract_hours_per_week": 35}, sites=[site])
    assert ok.site_rates(ok.engagement.sites[0]).contract_hours_per_week == 35
    over = card_of({"contract_hours_per_week": "35.01"}, sites=[site])
    with pytest.raises(BadInputError, match="at most 35 h a week in FR"):
        over.site_rates(over.engagement.sites[0])


def test_a_site_s_own_hours_win_and_are_checked_too() -> None:
    shorter = card_of({}, sites=[bare_site("FR", labour={"contract_hours_per_week": 35})])
    assert shorter.site_rates(shorter.engagement.sites[0]).contract_hours_per_week == 35
    longer = card_of({}, sites=[bare_site("FR", labour={"contract_hours_per_week": 40})])
    with pytest.raises(BadInputError) as caught:
        longer.site_rates(longer.engagement.sites[0])
    assert caught.value.issues[0].path == "sites[0].labour.contract_hours_per_week"


KENYA = {
    "time_zone": "Africa/Nairobi",
    "wages": {"claims_processor": {"value": 450, "per": "hour", "currency": "KES"}},
    "on_cost": 0.07,
    "labour": SITE["labour"],
}


def test_a_country_without_tables_is_told_everything_it_must_state_at_once() -> None:
    with pytest.raises(BadInputError) as caught:
        unsourced_of(engagement({}, sites=[bare_site("KE")]))
    issues = {issue.path: issue.accepted for issue in caught.value.issues}
    rules = ("night_premium", "saturday_premium", "sunday_premium", "overtime_premium")
    labour = {f"sites[0].labour.{rule}" for rule in (*rules, "night_from", "night_to")}
    assert set(issues) == labour | {"sites[0].on_cost", "sites[0].wages.claims_processor"}
    assert all("KE; state" in text for text in issues.values())


def test_a_country_without_tables_that_states_everything_is_priced_without_a_legal_week() -> None:
    changes = {"contract_hours_per_week": 52, "fx": {"KES": 130}}
    card = card_of(changes, sites=[bare_site("KE", **KENYA)])
    site = card.engagement.sites[0]
    assert card.site_rates(site).contract_hours_per_week == 52
    assert card.role_rate(site, "claims_processor").labour_per_hour == Decimal(450) / 130 * Decimal(
        "1.07"
    )
    assert card.assumptions == {}


def test_a_currency_without_a_table_is_asked_for_by_name() -> None:
    with pytest.raises(BadInputError) as caught:
        unsourced_of(engagement({}, sites=[bare_site("KE", **KENYA)]))
    (issue,) = caught.value.issues
    assert issue.path == "fx.KES"
    assert "state how many KES one USD buys" in issue.accepted


def test_every_country_with_tables_is_a_country_and_has_on_costs() -> None:
    assert set(countries()) <= country_codes()
    assert {row["country"] for row in rows("employer_costs")} == set(countries())
    assert len(country_codes()) == 249


def test_every_row_used_is_registered_with_source_date_and_quality() -> None:
    card = card_of({}, sites=[bare_site("PH")])
    site = card.engagement.sites[0]
    card.site_rates(site)
    card.role_rate(site, "claims_processor")
    assert {"wages[PH].claims_processor", "fx[PHP]", "fx[USD]"} <= set(card.assumptions)
    assert {
        f"employer_costs[PH].{row['item']}"
        for row in rows("employer_costs")
        if row["country"] == "PH"
    } <= set(card.assumptions)
    wage, rate_of_row = card.assumptions["wages[PH].claims_processor"], card.assumptions["fx[PHP]"]
    row = find("wages", country="PH", role="claims_processor")
    assert row is not None
    assert (wage.value, wage.source, wage.as_of, wage.quality) == (
        row["value"],
        row["source"],
        row["as_of"],
        row["quality"],
    )
    assert (rate_of_row.quality, rate_of_row.as_of) == ("official", "2026-06-30")


def test_a_condition_that_does_not_apply_is_not_registered() -> None:
    card = card_of({"services[0].role": "claims_processor"}, sites=[bare_site("IN")])
    card.role_rate(card.engagement.sites[0], "claims_processor")
    assert "employer_costs[IN].epf_and_eps" in card.assumptions
    assert "employer_costs[IN].esi" not in card.assumptions


def test_unsourced_lists_exactly_the_rows_and_fields_without_a_source() -> None:
    source = {"value": 0.1, "source": "contract"}
    changes = {"shrinkage.out_of_office": source, "shrinkage.in_office": source}
    document = engagement(changes, sites=[bare_site("PH")])
    listed = set(unsourced_of(document))
    assert "shrinkage.out_of_office" not in listed
    assert {"commercial.sga", "wages[PH].claims_processor"} <= listed
    assert "fx[PHP]" not in listed
    quality = {
        f"labour_rules[PH].{row['rule']}": row["quality"]
        for row in rows("labour_rules")
        if row["country"] == "PH"
    }
    for rule in ("saturday_premium", "sunday_premium", "night_from"):
        path = f"labour_rules[PH].{rule}"
        assert (path in listed) == (quality[path] == "unsourced")


def test_nothing_is_listed_twice() -> None:
    sites = [bare_site("PH", name="Manila"), bare_site("PH", name="Cebu")]
    delivery = [{"site": "Manila", "share": 0.5}, {"site": "Cebu", "share": 0.5}]
    listed = unsourced_of(engagement({"services[0].delivery": delivery}, sites=sites))
    assert len(set(listed)) == len(listed)


def test_every_row_of_the_tables_has_source_date_and_known_quality() -> None:
    for table in ("wages", "employer_costs", "labour_rules", "fx", "minimum_wages"):
        for row in rows(table):
            assert row["source"], row
            assert row["as_of"], row
            assert row["quality"] in {"official", "secondary", "unsourced"}, row


def test_the_builder_s_data_is_not_shared_between_tests() -> None:
    data = engagement_data({"sites[0].country": "US"})
    assert data["sites"][0] is not SITE
    assert SITE["country"] == "PH"
