"""Charts of a quote: every mark stands where the quote's own figures put it."""

import json
from decimal import Decimal
from itertools import pairwise

import altair
import pytest

from pricing.charts import bill_spread, bills_over_volume, cash_over_term, cost_waterfall
from staffing.charts import SCHEMA
from tests.builders.quotes import base_quote, variant_quote

CHARTS = [bills_over_volume, cost_waterfall, bill_spread, cash_over_term]


@pytest.fixture
def quote():
    return base_quote()


def layer(spec, **wanted):
    """The one layer whose mark has these properties."""
    (found,) = [part for part in spec["layer"] if wanted.items() <= part["mark"].items()]
    return found


def rows(spec, **wanted):
    return layer(spec, **wanted)["data"]["values"]


def dec(money):
    return Decimal(money["amount"])


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_vega_lite_with_a_title_and_its_data_inside(chart, quote):
    spec = chart(quote)
    assert spec["$schema"] == SCHEMA
    assert spec["title"]
    altair.Chart.from_dict(spec, validate=True)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@pytest.mark.parametrize("chart", CHARTS)
def test_axes_of_money_name_the_currency(chart, quote):
    titles = " ".join(find(chart(quote), "title"))
    assert ", USD" in titles
    quote["engagement"]["currency"] = "PLN"
    assert ", PLN" in " ".join(find(chart(quote), "title"))


def find(value, key):
    """Every text under a key, anywhere in the specification."""
    if isinstance(value, dict):
        own = [value[key]] if isinstance(value.get(key), str) else []
        return own + [text for item in value.values() for text in find(item, key)]
    if isinstance(value, list):
        return [text for item in value for text in find(item, key)]
    return []


def test_the_input_bill_is_a_staircase_through_every_priced_point(quote):
    spec = bills_over_volume(quote)
    stairs = layer(spec, type="line", interpolate="step-before")
    drawn = [(row["volume"], row["bill"]) for row in stairs["data"]["values"]]
    assert drawn == sorted(drawn)
    for point in quote["comparison"]["bills"]:
        assert (point["volume"], float(point["input_based"]["amount"])) in drawn
    assert stairs["encoding"]["color"] == {"datum": "input-based"}


def test_the_staircase_rises_at_a_break_even_on_a_step_and_is_level_at_one_on_a_flat(quote):
    drawn = rows(bills_over_volume(quote), interpolate="step-before")
    for crossing in quote["comparison"]["break_even"]:
        at = next(row["bill"] for row in drawn if row["volume"] >= crossing["volume"])
        after = next(row["bill"] for row in drawn if row["volume"] > crossing["volume"])
        bill = float(crossing["bill"]["amount"])
        if crossing["kind"] == "step":
            assert at <= bill < after
        else:
            assert at == bill


@pytest.mark.parametrize("make", [base_quote, variant_quote])
def test_the_lower_line_is_always_that_of_the_cheaper_offer(make):
    quote = make()
    spec = bills_over_volume(quote)
    drawn = rows(spec, interpolate="step-before")
    last = quote["comparison"]["bills"][-1]
    per_unit = float(last["output_based"]["amount"]) / last["volume"]
    for band in rows(spec, type="rect"):
        for share in (0.02, 0.25, 0.5, 0.75, 0.98):
            volume = band["volume"] + share * (band["to"] - band["volume"])
            level = next(row["bill"] for row in drawn if row["volume"] >= volume)
            slack = 0.02  # amounts are rounded to cents, volumes to hundredths
            if band["cheaper"] == "input-based":
                assert level <= volume * per_unit + slack
            else:
                assert level >= volume * per_unit - slack


def test_the_output_bill_is_a_line_through_every_priced_point(quote):
    spec = bills_over_volume(quote)
    (line,) = [
        part
        for part in spec["layer"]
        if part["mark"]["type"] == "line" and "interpolate" not in part["mark"]
    ]
    assert [(row["volume"], row["bill"]) for row in line["data"]["values"]] == [
        (point["volume"], float(point["output_based"]["amount"]))
        for point in quote["comparison"]["bills"]
    ]


def test_every_break_even_is_marked_and_says_what_is_cheaper_on_either_side(quote):
    marks = layer(bills_over_volume(quote), shape="diamond")
    found = marks["data"]["values"]
    assert len(found) == len(quote["comparison"]["break_even"]) > 0
    for row, crossing in zip(found, quote["comparison"]["break_even"], strict=True):
        assert row["volume"] == crossing["volume"]
        assert row["bill_text"] == f"{dec(crossing['bill']):,f} USD"
        assert row["below"] == crossing["cheaper_below"].replace("_", "-")
        assert row["above"] == crossing["cheaper_above"].replace("_", "-")
    assert {"below", "above"} <= {item["field"] for item in marks["encoding"]["tooltip"]}


def labels(quote):
    parts = bills_over_volume(quote)["layer"]
    texts = [part["data"]["values"] for part in parts if part["mark"]["type"] == "text"]
    return [[row["label"] for row in found] for found in texts]


def test_the_first_and_the_last_break_even_are_labelled(quote):
    crossings = quote["comparison"]["break_even"]
    assert labels(quote) == [
        [f"{crossing['volume']:,.0f}"] for crossing in (crossings[0], crossings[-1])
    ]
    quote["comparison"]["break_even"] = crossings[:1]
    assert labels(quote) == [[f"{crossings[0]['volume']:,.0f}"], []]


def test_plan_volume_is_a_rule(quote):
    (row,) = rows(bills_over_volume(quote), type="rule")
    assert row["volume"] == quote["comparison"]["plan_volume_per_month"]


def test_bands_change_colour_at_break_evens_and_cover_the_range(quote):
    bands = rows(bills_over_volume(quote), type="rect")
    crossings = quote["comparison"]["break_even"]
    assert [band["to"] for band in bands[:-1]] == [c["volume"] for c in crossings]
    assert bands[0]["volume"] == 0
    assert bands[-1]["to"] == quote["comparison"]["bills"][-1]["volume"]
    assert bands[-1]["cheaper"] == crossings[-1]["cheaper_above"].replace("_", "-")


@pytest.mark.parametrize("only", ["input_based", None])
def test_without_break_even_there_is_one_band_or_none(quote, only):
    quote["comparison"] |= {"break_even": [], "cheaper_when_no_crossing": only}
    spec = bills_over_volume(quote)
    assert [band["cheaper"] for band in rows(spec, type="rect")] == (
        ["input-based"] if only else []
    )
    assert rows(spec, shape="diamond") == []


def test_the_waterfall_ends_at_the_input_based_bill(quote):
    bars = cost_waterfall(quote)["data"]["values"]
    term = quote["offers"]["input_based"]["term"]
    assert bars[-1]["end"] == float(term["expected_bill"]["amount"])
    assert bars[-2]["end"] == pytest.approx(bars[-1]["end"], abs=0.01)
    assert {bar["line"]: bar["end"] for bar in bars}["delivery cost"] == float(
        quote["cost"]["total"]["amount"]
    )


def test_each_bar_starts_where_the_last_ended_and_totals_start_at_zero(quote):
    bars = cost_waterfall(quote)["data"]["values"]
    for before, bar in pairwise(bars):
        total = bar["kind"] in {"delivery cost", "input-based bill"}
        assert bar["start"] == (0 if total else before["end"])
    totals = [bar["end"] for bar in bars if bar["kind"] == "delivery cost"]
    assert totals == [[bar["end"] for bar in bars if bar["kind"] == "cost line"][-1]]


def test_many_lines_are_grouped_by_their_first_word_and_the_total_stays(quote):
    assert len(quote["cost"]["lines"]) > 12
    grouped = cost_waterfall(quote)["data"]["values"]
    labour = [line for line in quote["cost"]["lines"] if line["name"].startswith("labour_")]
    bar = next(bar for bar in grouped if bar["line"] == f"labour ({len(labour)} lines)")
    assert bar["amount_text"] == f"{sum(dec(line['amount']) for line in labour):,f} USD"


def test_amounts_stand_on_an_axis_of_their_own_that_the_theme_colours(quote):
    spec = cost_waterfall(quote)
    axis = spec["layer"][1]["encoding"]["y"]["axis"]
    labels = json.loads(axis["labelExpr"].removesuffix("[datum.value]"))
    assert axis["orient"] == "right"
    assert labels == {bar["line"]: bar["label"] for bar in spec["data"]["values"]}
    assert "labelColor" not in axis


def test_few_lines_stand_alone(quote):
    quote["cost"]["lines"] = quote["cost"]["lines"][:12]
    bars = cost_waterfall(quote)["data"]["values"]
    assert "labour productive" in {bar["line"] for bar in bars}
    assert sum(bar["kind"] == "cost line" for bar in bars) == 12


def test_the_spread_reaches_from_p10_to_p90_with_a_tick_at_p50(quote):
    spec = bill_spread(quote)
    assert layer(spec, type="bar")["encoding"]["x2"] == {"field": "p90"}
    assert layer(spec, type="tick", thickness=4)["encoding"]["x"]["field"] == "p50"
    for row, spread in zip(spec["data"]["values"], quote["risk"]["spreads"], strict=True):
        assert row["offer"] == spread["method"].replace("_", "-")
        for name in ("p10", "p50", "p90"):
            assert row[name] == float(spread[f"bill_{name}"]["amount"])


def test_the_cash_flow_stands_where_the_quote_puts_it_and_marks_the_deepest_month(quote):
    spec = cash_over_term(quote)
    points = layer(spec, type="line")["data"]["values"]
    for method, name in (("input_based", "input-based"), ("output_based", "output-based")):
        value = quote["term"][method]
        own = [row for row in points if row["offer"] == name]
        assert [row["cumulative"] for row in own] == [
            float(dec(row["cumulative"])) for row in value["cash_flow"]
        ]
        marks = [
            part["data"]["values"][0] for part in spec["layer"] if part["mark"]["type"] == "point"
        ]
        (deepest,) = [mark for mark in marks if mark["offer"] == name]
        assert deepest["month"] == value["peak_exposure_month"]
        assert -deepest["cumulative"] == float(dec(value["peak_exposure"]))
        assert f"{dec(value['peak_exposure']):,.0f}" in deepest["label"]


def sides_of_words(quote):
    marks = [part["mark"] for part in cash_over_term(quote)["layer"]]
    return [mark["align"] for mark in marks if mark["type"] == "text"]


def test_the_words_of_the_deepest_month_stand_where_there_is_room(quote):
    assert sides_of_words(quote) == ["left", "left"]
    for method in ("input_based", "output_based"):
        value = quote["term"][method]
        value["peak_exposure_month"] = value["cash_flow"][-1]["month"]
    assert sides_of_words(quote) == ["right", "right"]
