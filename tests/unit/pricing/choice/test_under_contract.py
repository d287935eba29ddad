"""The choice under the contract: prices hold on its bills, clauses given up are its own."""

from functools import cache

import pytest

from api.cli.choice_summary import print_choice
from pricing.charts.choice_words import chosen_sentences
from pricing.choice.report import ChoiceStudy
from staffing.errors import BadInputError
from tests.builders.choice import two_service_study
from tests.unit.pricing.choice.test_quoted import priced


@cache
def plain() -> ChoiceStudy:
    return two_service_study()


@cache
def _study(kind: str) -> ChoiceStudy:
    return two_service_study({"contract": CONTRACTS[kind]})


def of_claims(**terms):
    return {"output_based": {"services": [{"service": "claims", **terms}]}}


CONTRACTS = {
    "silent": {"early_payment": {"within_days": 7, "discount": "0.01"}},
    "collar": of_claims(collar={"floor": "0.95", "cap": "1.05"}),
    "rebates": {"rebates": [{"above": "1", "share": "0.02"}]},
    "commitment": {"output_based": {"minimum_commitment": {"amount": "20000"}}},
    "tiers": of_claims(
        schedule={"mode": "graduated", "tiers": [{"up_to": "4000"}, {"discount": "0.2"}]}
    ),
    "half": of_claims(
        schedule={"mode": "graduated", "tiers": [{"up_to": "2500"}, {"unit_price": "1.8"}]}
    ),
    "money": of_claims(schedule={"mode": "per_unit", "tiers": [{"unit_price": "1.9"}]}),
    "conversion": {"output_based": {"conversion": {"first_month": 4, "last_month": 7}}},
    "standby": {
        "surge": {
            "standby_heads": 5,
            "standby_fee": "100",
            "rates": [{"notice_h": 48, "hour_price": "18"}],
        }
    },
}


def claims(study):
    return study.lots[0]


def clauses(lot, offer="output_based"):
    return {one.clause: one.price_change for one in lot.clauses if one.offer == offer}


def test_terms_that_no_draw_moves_leave_every_price_as_it_is() -> None:
    silent = _study("silent")
    for one, two in zip(silent.lots, plain().lots, strict=True):
        assert one.quoted.input_premium == pytest.approx(two.quoted.input_premium, abs=1e-6)
        assert one.quoted.output_premium == pytest.approx(two.quoted.output_premium, abs=1e-6)
        assert clauses(one) == pytest.approx(clauses(two), abs=1e-6)
    assert silent.contract is not None
    assert silent.contract.terms == ()
    assert silent.contract.not_drawn == ("early payment",)
    assert "contract" not in plain().model_dump(mode="json")


@pytest.mark.parametrize("kind", ["collar", "rebates", "tiers", "half", "standby"])
def test_margin_and_tail_hold_on_the_bills_of_the_contract(kind) -> None:
    for lot in _study(kind).lots:
        result = lot.quoted.result
        assert result.margin >= 0.18 - 2e-6
        assert result.p10 >= -2e-6
        assert min(result.margin - 0.18, result.p10) == pytest.approx(0, abs=2e-6)
        parts = sum(part.share for part in lot.premium_parts)
        assert parts == pytest.approx(lot.quoted.output_premium, abs=1e-5)
    assert not any("settled" in note or "whatever" in note for note in _study(kind).notes)


def test_a_rebate_of_two_per_cent_takes_prices_up_by_as_much() -> None:
    found = claims(_study("rebates"))
    up = (1 + found.quoted.output_premium) / (1 + claims(plain()).quoted.output_premium)
    assert up == pytest.approx(1 / 0.98, abs=1e-4)
    (part,) = (one.share for one in found.premium_parts if one.name == "terms_of_the_contract")
    assert 0.019 < part < 0.022
    assert clauses(found)["rebates"] == pytest.approx(-0.02, abs=1e-4)


def test_cheaper_tiers_are_made_good_by_a_dearer_first_price() -> None:
    found = claims(_study("tiers"))
    assert found.quoted.output_premium > claims(plain()).quoted.output_premium + 0.03
    one, two = (float(lot.quoted.result.bill.amount) for lot in (found, claims(plain())))
    assert one == pytest.approx(two, rel=0.01)
    assert clauses(found)["schedule"] < 0


def test_a_collar_makes_units_riskier_or_safer_and_is_priced_by_that() -> None:
    found = claims(_study("collar"))
    given_up = clauses(found)
    assert "collar" in given_up
    assert "collar" not in clauses(found, "input_based")
    assert "collar" in clauses(claims(plain()), "input_based")
    assert "minimum" in given_up  # the contract has none, so what is usual is priced
    assert "collar" not in clauses(_study("collar").lots[1])


def test_a_commitment_above_all_charges_is_the_whole_charge() -> None:
    study = _study("commitment")
    assert any("whatever its price" in note for note in study.notes)
    for lot in study.lots:
        assert lot.quoted.result.margin >= 0.18 - 1e-6
    assert clauses(claims(study))["minimum"] > 0


def test_prices_in_money_do_not_follow_a_level() -> None:
    notes = _study("money").notes
    assert [note for note in notes if "whatever its price" in note] == [
        "claims: the contract states what the output-based offer is charged, whatever its price; "
        "its level is one on the whole charge"
    ]


def test_the_right_to_convert_is_priced() -> None:
    study = _study("conversion")
    change = clauses(claims(study))["conversion"]
    assert change != 0
    assert abs(change) < 0.3
    assert study.contract is not None
    assert any("nobody converts" in text for text in study.contract.assumed)


def test_people_kept_ready_are_paid_for_under_both_offers() -> None:
    lot = claims(_study("standby"))
    assert clauses(lot, "input_based")["standby"] > 0
    assert clauses(lot)["standby"] > 0


def test_a_service_without_any_charge_is_refused() -> None:
    free = of_claims(collections={"share": "0.05", "places": ["US-TX"]})
    with pytest.raises(BadInputError, match="claims"):
        two_service_study({"contract": free})


def test_the_terminal_lists_what_is_in_the_bills(capsys) -> None:
    print_choice(_study("collar").model_dump(mode="json"))
    shown = " ".join(capsys.readouterr().out.split())
    assert "Bills are under the contract: claims: cap and collar, 95% to 105%" in shown
    print_choice(plain().model_dump(mode="json"))
    assert "under the contract" not in capsys.readouterr().out


def test_a_quote_chooses_its_prices_under_its_contract() -> None:
    plain, found = priced(), priced({"contract": CONTRACTS["rebates"]})
    assert plain.chosen is not None
    assert found.chosen is not None
    assert plain.chosen.contract is None
    assert found.chosen.contract is not None
    for one, two in zip(found.chosen.lots, plain.chosen.lots, strict=True):
        assert one.output_level / two.output_level == pytest.approx(1 / 0.98, abs=1e-4)
        assert one.margin >= 0.18 - 1e-6
    said = chosen_sentences(found.model_dump(mode="json"))
    assert any("rebate of 2.0%" in text for text in said)
    for ours, theirs in zip(found.risk.spreads, plain.risk.spreads, strict=True):
        assert ours.margin_p50 == pytest.approx(theirs.margin_p50, abs=2e-4)
        assert float(ours.bill_p50.amount) == pytest.approx(float(theirs.bill_p50.amount), rel=1e-3)
