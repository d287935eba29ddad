"""Charts and cells of the client's comparison: marks stand where its own figures put them."""

import json
from decimal import Decimal
from functools import cache
from typing import Any

import altair
import pytest

from pricing.charts import (
    belief_heat_map,
    bills_with_bands,
    client_spread,
    savings_waterfall,
)
from pricing.charts import comparison_cells as cells
from pricing.client_comparison import client_comparison
from staffing.charts import SCHEMA
from tests.builders.comparisons import compared_quote


@cache
def _made() -> str:
    made = client_comparison(
        compared_quote(), budget=Decimal(400_000), volume=1.23, productivity=0.81
    )
    return made.model_dump_json()


@pytest.fixture
def comparison() -> Any:
    return json.loads(_made())


def waterfall(comparison: Any) -> Any:
    return savings_waterfall(comparison, "output_based", "p90")


@pytest.mark.parametrize("chart", [bills_with_bands, belief_heat_map, client_spread, waterfall])
def test_a_chart_is_vega_lite_with_a_title_and_its_data_inside(chart: Any, comparison: Any) -> None:
    spec = chart(comparison)
    assert spec["$schema"] == SCHEMA
    assert spec["title"]
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_bands_lie_around_their_lines(comparison: Any) -> None:
    comparison["at"] |= {"volume": 1.0, "productivity": 1.0}
    layers = bills_with_bands(comparison)["layer"]
    for band, line in zip(layers[:2], layers[2:4], strict=True):
        assert band["encoding"]["color"] == line["encoding"]["color"]
        for low, at in zip(band["data"]["values"], line["data"]["values"], strict=True):
            assert low["low"] <= at["bill"] <= low["high"]
    assert layers[0]["mark"]["interpolate"] == layers[2]["mark"]["interpolate"] == "step-before"
    assert "interpolate" not in layers[3]["mark"]


@pytest.mark.parametrize("plain", [True, False])
def test_every_break_even_is_marked_on_the_line_of_the_output_based_bill(
    comparison: Any, plain: bool
) -> None:
    if plain:
        comparison["at"] |= {"volume": 1.0, "productivity": 1.0}
    marked = bills_with_bands(comparison)["layer"][-1]["data"]["values"]
    end = comparison["bills"][-1]["volume"]
    crossings = (
        comparison["bundle"]["crossings"]
        if plain
        else [c for c in comparison["crossings_at_belief"] if c["volume"] <= end]
    )
    assert crossings
    assert [one["volume"] for one in marked] == [one["volume"] for one in crossings]
    plan = comparison["plan_volume_per_month"]
    full = next(p for p in comparison["bills"] if p["share_of_plan"] == 1)
    for one in marked:
        on_line = float(full["output_based"]["amount"]) * one["volume"] / plan
        assert one["bill"] == pytest.approx(on_line, rel=1e-3)


def test_a_belief_moves_the_staircase_and_marks_both_bills(comparison: Any) -> None:
    layers = bills_with_bands(comparison)["layer"]
    dashed = next(one for one in layers if "strokeDash" in one["mark"] and "y" in one["encoding"])
    plan = layers[2]["data"]["values"]
    for moved, own in zip(dashed["data"]["values"], plan, strict=False):
        assert moved["volume"] == pytest.approx(0.81 * own["volume"])
        assert moved["bill"] == own["bill"]
    both = next(one for one in layers if one["mark"].get("size") == 90)["data"]["values"]
    at = comparison["at"]
    amounts = [float(at[name]["amount"]) for name in ("input_based", "output_based")]
    assert [row["bill"] for row in both] == amounts
    assert both[0]["volume"] == pytest.approx(1.23 * comparison["plan_volume_per_month"])


def test_the_map_shows_every_cell_with_the_sign_of_the_cheaper_offer(comparison: Any) -> None:
    spec = belief_heat_map(comparison)
    rows = spec["data"]["values"]
    assert len(rows) == 21 * 21
    for row in rows:
        wanted = {"input-based": 1, "output-based": -1, "equal": 0}[row["cheaper"]]
        if abs(row["difference"]) > 1e-4:
            assert row["difference"] * wanted > 0
    domain = spec["layer"][0]["encoding"]["color"]["scale"]["domain"]
    assert domain == sorted(domain)
    assert domain[2] == 0


def test_plan_and_belief_are_marked_in_their_cells(comparison: Any) -> None:
    _, plan, asked = belief_heat_map(comparison)["layer"]
    assert [(r["volume_text"], r["productivity_text"]) for r in plan["data"]["values"]] == [
        ("100 %", "100 %")
    ]
    (row,) = asked["data"]["values"]
    assert (row["volume_text"], row["productivity_text"]) == ("125 %", "80 %")
    comparison["at"]["volume"] = 2.0
    assert len(belief_heat_map(comparison)["layer"]) == 2


def test_the_waterfall_ends_at_the_in_house_total(comparison: Any) -> None:
    rows = {row["line"]: row for row in waterfall(comparison)["data"]["values"]}
    total = float(comparison["savings"]["in_house_total"]["amount"])
    assert rows["in-house total"]["end"] == total
    assert rows["facilities"]["end"] == pytest.approx(total)
    case = next(
        one
        for one in comparison["savings"]["cases"]
        if (one["method"], one["case"]) == ("output_based", "p90")
    )
    assert rows["outsourced total"]["end"] == float(case["total"]["amount"])
    assert rows["saving"]["start"] == float(case["total"]["amount"])
    assert rows["saving"]["end"] == pytest.approx(total)
    assert rows["overlap, at the start"]["end"] == pytest.approx(rows["outsourced total"]["end"])


def test_cells_show_every_figure_they_stand_for(comparison: Any) -> None:
    offers = {row["Over the term"]: row for row in cells.offer_cells(comparison)}
    over = offers["Probability of more than 400,000 USD"]
    assert over["Input-based"] == cells.percent(comparison["offers"][0]["over_budget"])
    assert [row["Of"] for row in cells.break_even_cells(comparison)] == [
        *("all services", "claims", "helpdesk")
    ]
    assert len(cells.saving_cells(comparison)) == 6
    assert len(cells.equivalent_cells(comparison)) == 6
    assert len(cells.basis_cells(comparison)) == len(comparison["basis"])
    people = cells.people_cells(comparison["savings"])
    assert people[1]["From"] == "stated"
    assert "a survey of pay" in cells.pay_notes(comparison["savings"])[1]


def test_a_saving_that_is_none_is_called_dearer(comparison: Any) -> None:
    for case in comparison["savings"]["cases"]:
        case["saving"]["amount"] = "-10.00"
    rows = waterfall(comparison)["data"]["values"]
    assert rows[-1]["line"] == "dearer than in-house"
