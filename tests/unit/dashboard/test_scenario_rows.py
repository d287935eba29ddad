"""Fields a scenario may change, entries as people write them, and rows of the comparison."""

import pytest

from dashboard.scenario_fields import Field, change_words, entered, fields, unit
from dashboard.scenario_tables import figure_rows, input_rows, standing_words
from tests.builders.comparisons import compared_engagement

NUMBER, TEXT_NUMBER = Field("/n", "n", 1.0), Field("/t", "t", "0.18")


def test_fields_are_single_values_under_the_names_of_their_services() -> None:
    known = fields(compared_engagement().model_dump(mode="json"))
    by_pointer = {one.pointer: one for one in known}
    scale = by_pointer["/services/0/volume/scale"]
    assert (scale.label, scale.value) == ("claims, volume, scale", 1.0)
    margin = by_pointer["/commercial/target_margin/value"]
    assert (margin.label, margin.value) == ("commercial, target margin", "0.18")
    assert [one.pointer for one in known[:2]] == [
        "/services/0/volume/scale",
        "/services/1/volume/scale",
    ]
    assert known[2].pointer.startswith("/services/")
    assert not {"/client", "/currency", "/schema_version", "/services/0/name"} & by_pointer.keys()
    assert not any(one.pointer.endswith(("/source", "/assumed")) for one in known)


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        (NUMBER, "1.2", 1.2),
        (NUMBER, "25,000", 25000),
        (NUMBER, "20 %", 0.20),
        (TEXT_NUMBER, "18.5 %", "0.185"),
        (TEXT_NUMBER, "-5%", "-0.05"),
        (TEXT_NUMBER, "250%", "2.50"),
        (TEXT_NUMBER, "0.3", "0.3"),
        (Field("/b", "b", True), "no", False),
        (Field("/x", "x", None), "1,000", 1000),
        (Field("/x", "x", None), "15:00", "15:00"),
        (Field("/w", "w", "Asia/Manila"), "Europe/Warsaw", "Europe/Warsaw"),
    ],
)
def test_an_entry_is_read_as_the_field_s_own_kind(field, said, value) -> None:
    assert entered(field, said) == value
    assert type(entered(field, said)) is type(value)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (NUMBER, ""),
        (NUMBER, "1,2"),
        (TEXT_NUMBER, "much"),
        (Field("/b", "b", True), "2"),
        (Field("/x", "x", None), ""),
    ],
)
def test_an_entry_of_another_kind_is_refused(field, said) -> None:
    with pytest.raises(ValueError, match="Enter"):
        entered(field, said)


@pytest.mark.parametrize(
    ("pointer", "said"),
    [
        ("/services/0/handle_time_s/value", "seconds"),
        ("/services/0/units_per_hour", "for each hour"),
        ("/commercial/target_margin/value", "a share: 0.18, or 18 %"),
        ("/services/0/volume/scale", None),
    ],
)
def test_a_field_says_what_it_is_counted_in(pointer, said) -> None:
    assert unit(Field(pointer, "", 1.0)) == said


def test_a_change_is_said_in_words() -> None:
    known = [Field("/services/0/volume/scale", "claims, volume, scale", 1.0)]
    made = {"op": "replace", "path": "/services/0/volume/scale", "value": 1.2}
    assert change_words(made, known) == "claims, volume, scale: 1.0 becomes 1.2"
    assert change_words({"op": "remove", "path": "/x"}, known) == "/x: taken away"
    assert change_words({"op": "add", "path": "/x", "value": "a"}, known) == "/x: – becomes a"


FIGURE = {"scenario": "s", "value": "110", "change": "10", "change_share": 0.1}
COMPARISON = {
    "currency": "USD",
    "versions": [{"id": "base", "name": "Base"}, {"id": "s", "name": "S"}],
    "inputs": [
        {"label": "a", "base": "1", "scenarios": {"s": "2"}},
        {"label": "b", "base": None, "scenarios": {}},
    ],
}


def row(kind="money", *, in_percent=True, side="vendor", **figure):
    said = {"favourable": {"vendor": True, "client": False}} | figure
    one = {"label": "Bill", "kind": kind, "base": "100", "scenarios": [FIGURE | said]}
    (made,) = figure_rows(COMPARISON | {"figures": [one]}, side, in_percent=in_percent)
    return made


def test_what_changed_is_listed_by_scenario() -> None:
    assert input_rows(COMPARISON) == [
        {"Field": "a", "Base": "1", "S": "2"},
        {"Field": "b", "Base": "not there", "S": ""},
    ]


def test_a_change_has_arrow_sign_and_mark_for_the_side() -> None:
    assert row()["S"] == "110.00 :blue[▲ +10.0 % ✓]"
    assert row(side="client")["S"] == "110.00 :orange[▲ +10.0 % ✗]"
    assert row(in_percent=False)["S"] == "110.00 :blue[▲ +10.00 ✓]"
    assert row(change="-10", change_share=-0.1)["S"] == "110.00 :blue[▼ -10.0 % ✓]"
    assert row(favourable={"vendor": None})["S"] == "110.00 ▲ +10.0 %"
    assert row(change="0.00")["S"] == "110.00 ="
    assert row(change=None)["S"] == "110.00"
    assert row(change="0.04", change_share=0.0004)["S"] == "110.00 ="
    assert row("share", value="0.2", change="0.00004")["S"] == "20.0 % ="
    assert row("share", value="0.2", change="0.00006")["S"].endswith("+0.01 points ✓]")
    share = row("share", value="0.2", change="0.05", change_share=None)
    assert share["S"] == "20.0 % :blue[▲ +5.00 points ✓]"


def test_what_stands_how_is_said() -> None:
    stale = {"state": "stale", "stale_because": ["a", "b"]}
    assert standing_words(stale) == "Stale: a; b"
    assert standing_words({"state": "not_priced"}) == "Not priced yet"
