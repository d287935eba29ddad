"""The study of the choice: its figures belong together, and it asks what it was asked."""

from decimal import Decimal
from functools import cache

import pytest

from pricing.charts.choice import CASES, margins_after_choice, price_pairs
from pricing.charts.choice_words import (
    choice_sentence,
    headline,
    premium_cells,
    price_cells,
    price_to_win_sentences,
    third_sentence,
    winning_sentence,
)
from pricing.choice.report import ChoiceRequest, ChoiceStudy
from staffing.errors import BadInputError
from tests.builders.choice import study_json, two_service_study

UNITS_WON = {"price": "1.00"}


@cache
def usual() -> ChoiceStudy:
    return two_service_study()


def test_margin_and_tail_hold_after_the_choice_for_every_lot_and_together() -> None:
    assert [lot.name for lot in usual().lots] == ["claims", "helpdesk"]
    for lot in usual().lots:
        result = lot.quoted.result
        assert result.margin >= 0.18 - 1e-6
        assert result.p10 >= 0 - 1e-6
        assert result.input_share + result.output_share == pytest.approx(1, abs=2e-6)
        assert lot.stand_alone.after_choice.result.margin < result.margin
        assert lot.stand_alone.given_away_share > 0
    assert usual().total.margin == pytest.approx(0.18, abs=1e-6)
    assert usual().total.bill.amount == sum(lot.quoted.result.bill.amount for lot in usual().lots)


def test_parts_of_the_premium_add_up_to_it() -> None:
    for study in (usual(), two_service_study(point="preferred_offer")):
        for lot in study.lots:
            total = sum(part.share for part in lot.premium_parts)
            assert total == pytest.approx(lot.quoted.output_premium, abs=1e-5)
    (_, _, volume, complexity, at) = usual().lots[0].premium_parts
    assert complexity.share > 5 * abs(volume.share)
    assert at.share == pytest.approx(0, abs=1e-6)


def test_prices_are_parity_times_the_level_rounded_once() -> None:
    lot = usual().lots[0]
    parity, quoted = lot.parity_output[0].price.amount, lot.quoted.output_based[0].price.amount
    assert float(quoted / parity) - 1 == pytest.approx(lot.quoted.output_premium, abs=1e-4)
    assert quoted == quoted.quantize(Decimal("0.0001"))
    hours = lot.quoted.input_based[0]
    assert (hours.name, hours.unit) == ("claims @ Manila", "FTE-month")
    assert hours.price.amount == hours.price.amount.quantize(Decimal("0.01"))


def test_the_curve_runs_from_dear_units_to_dear_hours_through_the_quoted_pair() -> None:
    curve = usual().lots[0].curve
    hours = [point.input_premium for point in curve]
    units = [point.output_premium for point in curve]
    assert hours[0] < 0.01 < hours[-1]
    assert units[-1] < 0.01 < units[0]
    same = [h for h, u in zip(hours, units, strict=True) if abs(h - u) < 1e-6]
    lot = usual().lots[0]
    premium = (1 + lot.quoted.input_premium) / (1 + lot.stand_alone.after_choice.input_premium) - 1
    assert same == [pytest.approx(premium, abs=2e-6)]


def test_lower_floors_sell_cheaper_and_default_to_half_way_and_the_floor() -> None:
    sales, approver = usual().lots[0].floors
    assert (sales.role, sales.margin) == ("sales", 0.09)
    assert (approver.role, approver.margin) == ("approver", 0.0)
    assert 0 < sales.discount <= approver.discount
    floors = [{"role": "director", "margin": 0.05}]
    stated = two_service_study({"commercial.choice": {"discount_floors": floors}})
    assert [(one.role, one.margin) for one in stated.lots[0].floors] == [("director", 0.05)]


def test_what_the_engagement_says_holds_unless_the_request_says_otherwise() -> None:
    choice = {"knowledge_complexity": 0.9, "chooses": "bundle", "tail": "cvar", "risk_aversion": 1}
    stated = two_service_study({"commercial.choice": choice})
    assert stated.chooses == "bundle"
    assert [lot.name for lot in stated.lots] == ["bundle"]
    assert (stated.tail, stated.risk_aversion) == ("cvar", 1.0)
    known = {one.factor: one.client_knows for one in stated.knowledge}
    assert known == {"volume": 0.6, "complexity": 0.9, "wage_inflation": 0.0}
    asked = two_service_study(
        {"commercial.choice": choice}, chooses="service", knowledge_complexity=0.0, tail="p10"
    )
    assert (asked.chooses, asked.tail) == ("service", "p10")
    assert {one.factor: one.client_knows for one in asked.knowledge}["complexity"] == 0.0


def test_a_client_that_knows_more_of_its_work_pays_higher_list_prices() -> None:
    knowing = two_service_study(knowledge_complexity=1.0)
    for one, other in zip(usual().lots, knowing.lots, strict=True):
        assert other.quoted.output_premium > one.quoted.output_premium + 0.01


def test_a_price_to_win_is_judged_by_the_floor() -> None:
    asked = two_service_study(price_to_win=UNITS_WON).price_to_win
    assert asked is not None
    assert (asked.offer, asked.lot, asked.name) == ("output_based", "claims", "claims")
    assert not asked.holds
    assert asked.after_choice.margin < asked.floor_margin
    assert {change.name for change in asked.changes} == {
        "other_price",
        "cost",
        "contingency",
        "payment",
    }
    quoted = usual().lots[0].quoted.output_based[0].price.amount
    less = two_service_study(price_to_win={"price": str(round(quoted * 97 / 100, 4))}).price_to_win
    assert less is not None
    assert less.holds  # below the target, above the floor
    assert less.after_choice.margin < 0.18
    dear = two_service_study(
        price_to_win={"offer": "input_based", "name": "helpdesk @ Manila", "price": "9999"}
    ).price_to_win
    assert dear is not None
    assert (dear.lot, dear.holds, dear.changes) == ("helpdesk", True, ())
    assert dear.discount < 0


def test_a_name_that_is_none_is_refused_with_those_there_are() -> None:
    with pytest.raises(BadInputError, match=r"price_to_win\.name: service .* claims or helpdesk"):
        two_service_study(price_to_win={"name": "chat", "price": "1"})
    with pytest.raises(BadInputError, match="team of the engagement"):
        two_service_study(price_to_win={"name": "claims", "price": "1", "offer": "input_based"})


def test_a_tail_that_no_price_holds_is_refused_by_its_field() -> None:
    with pytest.raises(BadInputError, match=r"commercial\.choice\.tail_margin: below 0\.9"):
        two_service_study(tail_margin=0.95)


def test_another_option_cheaper_than_any_price_is_refused() -> None:
    with pytest.raises(BadInputError, match="outside: a dearer other option"):
        two_service_study(outside=0.5)
    bound = two_service_study(outside=1.3)
    assert bound.outside == 1.3
    assert bound.lots[0].stand_alone.given_away_share == 0
    assert bound.lots[0].quoted.result.margin >= 0.18 - 1e-6


def test_the_same_request_gives_the_same_study_and_another_seed_another() -> None:
    assert two_service_study() == usual()
    assert two_service_study(seed=1).lots[0].curve != usual().lots[0].curve


def test_what_is_read_says_what_was_computed() -> None:
    study = study_json(price_to_win=UNITS_WON)
    lot = study["lots"][0]
    assert "knows 60% of the spread of volume, 60% of the spread of complexity" in headline(study)
    assert f"{lot['stand_alone']['given_away_share']:.1%} of the bill" in choice_sentence(
        study, lot
    )
    assert [row["Price"] for row in price_cells(study, lot)] == ["claims @ Manila", "claims"]
    total = f"{lot['quoted']['output_premium']:+.2%}"
    assert premium_cells(lot)[-1]["Share of parity"] == total
    verdict, changes = price_to_win_sentences(study)
    assert "1.00 USD for claims (output-based" in verdict
    assert "does not hold the floor of 0.0%" in verdict
    assert "delivery cost -" in changes
    said = winning_sentence(study, lot)
    assert "expected profit" in said
    assert "Highest" not in said  # the quoted pair may bring more, at less than the margin
    assert price_to_win_sentences(study_json()) == []


def test_a_third_offer_is_told_with_who_takes_it_or_why_there_is_none() -> None:
    study = study_json()
    lot = study["lots"][0]
    assert lot["third"] is not None
    takes = " / ".join(f"{share:.0%}" for share in lot["third"]["shares"])
    assert f"of the futures {takes} take hours, units, the third" in third_sentence(study, lot)
    assert "too alike" in third_sentence(study, lot | {"third": None})


def test_charts_hold_the_curve_the_points_and_both_bounds() -> None:
    study = study_json()
    line, points, _ = price_pairs(study, "claims")["layer"]
    assert len(line["data"]["values"]) <= len(study["lots"][0]["curve"])
    assert [row["what"] for row in points["data"]["values"]] == [
        "stand-alone",
        "quoted",
        "lowest of sales",
        "lowest of approver",
    ]
    layers = margins_after_choice(study, "helpdesk")["layer"]
    assert [row["at"] for row in layers[0]["data"]["values"]] == [0.18, 0.0]
    assert {row["case"] for row in layers[-1]["data"]["values"]} == set(CASES)


def test_a_request_refuses_what_it_cannot_mean() -> None:
    for field, value in (
        ("knowledge_volume", 1.5),
        ("tail", "p50"),
        ("draws", 10),
        ("price_to_win", {"price": 3.05}),
        ("outside", 0.0),
    ):
        with pytest.raises(ValueError, match=field):
            ChoiceRequest.model_validate({field: value})
