"""Charts of scenarios: marks stand where the figures are, and signs say what colours say."""

import json
from decimal import Decimal
from itertools import pairwise

import altair
import pytest

from pricing.charts import (
    scenario_bills,
    scenario_bridge,
    scenario_histogram,
    scenario_spreads,
    scenario_tornado,
)
from pricing.scenario_sets.bridge import bridge
from pricing.scenario_sets.comparison import scenario_comparison, version
from tests.builders.comparisons import compared_quote
from tests.builders.risk import small_study
from tests.builders.scenarios import moved_quote


@pytest.fixture(scope="module")
def quotes():
    """Scenarios: bills a tenth up, and a twentieth down."""
    return {"up": moved_quote(bill="1.1"), "down": moved_quote(bill="0.95")}


@pytest.fixture(scope="module")
def comparison(quotes):
    base = compared_quote()
    versions = [
        version("base", "Base", "b", base, ()),
        *(version(one, one.title(), one, quote, ()) for one, quote in quotes.items()),
    ]
    made = scenario_comparison("USD", versions, [], base, quotes)
    return json.loads(made.model_dump_json())


@pytest.fixture(scope="module")
def bridged(quotes):
    made = bridge(compared_quote(), quotes["down"], "profit", "output_based")
    return json.loads(made.model_dump_json())


def charts(comparison, bridged):
    yield scenario_bridge(bridged, "Base", "Down")
    yield scenario_tornado(comparison, "output_based/margin", "vendor")
    yield scenario_bills(comparison["versions"], "USD")
    for what in ("bill", "margin"):
        yield scenario_spreads(comparison["versions"], what, "USD")


def test_each_is_vega_lite_with_a_title_and_its_data_inside(comparison, bridged) -> None:
    for spec in charts(comparison, bridged):
        assert spec["title"]
        altair.Chart.from_dict(spec, validate=True)
        assert json.loads(json.dumps(spec, allow_nan=False)) == spec


def test_a_bridge_goes_from_one_figure_to_the_other(bridged) -> None:
    spec = scenario_bridge(bridged, "Base", "Down")
    first, *steps, last = spec["data"]["values"]
    assert (first["end"], last["end"]) == (float(bridged["start"]), float(bridged["end"]))
    at = first["end"]
    for row in steps:
        assert row["start"] == pytest.approx(at)
        at = row["end"]
    assert at == pytest.approx(last["end"], abs=1e-5)
    (step,) = steps
    said = spec["layer"][-1]["encoding"]["y"]["axis"]["labelExpr"].removesuffix("[datum.value]")
    assert json.loads(said)["bill"] == step["label"]
    assert step["label"].startswith("▼ -")
    assert step["kind"] == "unfavourable"
    scale = spec["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)).keys() == {
        "figure",
        "unfavourable",
    }


def test_a_step_that_favours_nobody_is_told_by_its_sign(bridged) -> None:
    steps = [{"name": "labour", "amount": "3", "favourable": None}]
    spec = scenario_bridge(bridged | {"of": "bill", "steps": steps}, "Base", "Down")
    (row,) = spec["data"]["values"][1:-1]
    assert (row["kind"], row["label"]) == ("more", "▲ +3.00")


def test_steps_too_small_to_be_seen_are_one_bar(bridged) -> None:
    told = [("bill", "100", True), ("a", "-1", False), ("b", "1.5", True), ("c_d", "-60", False)]
    steps = [{"name": n, "amount": a, "favourable": f} for n, a, f in told]
    ends = {"start": "0", "end": "40.5"}
    rows = scenario_bridge(bridged | {"steps": steps} | ends, "Base", "Down")["data"]["values"]
    drawn = [(row["line"], row["kind"], row["label"]) for row in rows[1:-1]]
    assert drawn == [
        ("bill", "favourable", "▲ +100.00"),
        ("c d", "unfavourable", "▼ -60.00"),
        ("2 smaller ones", "favourable", "▲ +0.50"),
    ]
    assert rows[-2]["end"] == rows[-1]["end"]
    noise = steps[1] | {"amount": "0.001"}
    (still,) = scenario_bridge(bridged | {"steps": [noise]}, "a", "b")["data"]["values"][1:-1]
    assert still["label"] == "= 0.00"
    (lone,) = scenario_bridge(bridged | {"steps": [steps[1]]}, "a", "b")["data"]["values"][1:-1]
    assert lone["line"] == "a"


def test_a_tornado_has_the_largest_first_and_each_from_the_base(comparison) -> None:
    spec = scenario_tornado(comparison, "output_based/bill", "client")
    rows = spec["data"]["values"]
    base = float(compared_quote().offers.output_based.term.expected_bill.amount)
    assert [row["scenario"] for row in rows] == ["Up", "Down"]
    assert {row["from"] for row in rows} == {base}
    assert [row["kind"] for row in rows] == ["unfavourable", "favourable"]
    assert [row["label"][0] for row in rows] == ["▲", "▼"]
    assert spec["encoding"]["y"]["sort"] is None


def test_bills_of_both_versions_are_told_apart_by_dashes(comparison) -> None:
    spec = scenario_bills(comparison["versions"][:2], "USD")
    bands, stairs, lines, points = (layer["data"]["values"] for layer in spec["layer"])
    assert {row["version"] for row in stairs} == {"Base", "Up"}
    priced = compared_quote().comparison
    assert len([row for row in lines if row["version"] == "Base"]) == len(priced.bills)
    crossings = [row["volume"] for row in points if row["version"] == "Base"]
    assert crossings == [one.volume for one in priced.break_even]
    assert len(bands) == len(crossings) + 1
    dash = spec["layer"][1]["encoding"]["strokeDash"]
    assert (dash["field"], dash["scale"]["domain"]) == ("version", ["Base", "Up"])
    assert len({str(one) for one in dash["scale"]["range"]}) == 2


def test_spreads_are_those_of_the_quotes(comparison) -> None:
    rows = scenario_spreads(comparison["versions"], "margin", "USD")["data"]["values"]
    assert len(rows) == 6
    spread = compared_quote().risk.spreads[0]
    assert (rows[0]["p10"], rows[0]["p50"], rows[0]["p90"]) == (
        spread.margin_p10,
        spread.margin_p50,
        spread.margin_p90,
    )
    bills = scenario_spreads(comparison["versions"], "bill", "USD")["data"]["values"]
    assert Decimal(repr(bills[0]["p90"])) == spread.bill_p90.amount


def dearer_study():
    """The study, with bills and costs a tenth up."""
    study = json.loads(json.dumps(small_study()))
    for offer in study["offers"]:
        for part in (*offer["bill_histogram"], *offer["cost_histogram"]):
            part["low"], part["high"] = 1.1 * part["low"], 1.1 * part["high"]
    return study


@pytest.mark.parametrize("what", ["bill", "cost", "margin"])
def test_distributions_have_a_surface_of_what_they_show_and_one_axis_for_all(what):
    studies = {"Base": small_study(), "Dearer": dearer_study()}
    both = [scenario_histogram(studies, what, one) for one in ("input_based", "output_based")]
    for spec in both:
        altair.Chart.from_dict(spec)
        for name in studies:
            rows = [row for row in spec["data"]["values"] if row["version"] == name]
            surface = sum(
                row["density"] * (after["at"] - row["at"]) for row, after in pairwise(rows)
            )
            assert 0.98 < surface < 1.0001
            assert rows[-1]["density"] == 0
        encoding = spec["encoding"]
        assert encoding["y"]["stack"] is None
        colours, dashes = (encoding[one]["scale"]["range"] for one in ("color", "strokeDash"))
        assert len(set(colours)) == len({str(dash) for dash in dashes}) == 2
    assert both[0]["encoding"]["x"]["scale"] == both[1]["encoding"]["x"]["scale"]


def test_a_tornado_of_changes_names_them_and_says_what_is_done(comparison):
    changes = {
        **comparison,
        "versions": [
            {"id": "base", "label": "Base"},
            {"id": "up", "label": "volume"},
            {"id": "down", "label": "pay"},
        ],
    }
    spec = scenario_tornado(changes, "output_based/bill", "vendor", "each change does")
    assert [row["scenario"] for row in spec["data"]["values"]] == ["volume", "pay"]
    assert spec["title"].startswith("What each change does to:")
