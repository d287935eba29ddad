"""The form of a new quote: steps, fields, what is wrong next to its field, pricing."""

import copy
import json

import pytest
import yaml

from api.client import ApiError, Issue
from api.example_files import ABOUT, QUICK, example
from dashboard.steps import STEPS
from tests.builders.drafting import DraftingClient
from tests.builders.quotes import BASE_ID, UNREACHABLE

PAGE = "new_quote"


@pytest.fixture
def client():
    return DraftingClient()


@pytest.fixture
def started(open_page, client):
    """The form with the quick example in it."""
    return start(open_page(PAGE, client), QUICK)


def start(at, name):
    at.button(key=f"start_{name}").click().run()
    assert not at.exception
    return at


def go(at, step):
    at.button_group(key="step_bar").set_value(step).run()
    assert not at.exception
    return at


def field(at, kind, place):
    """The widget of a field, whichever engagement was taken over last."""
    return next(one for one in getattr(at, kind) if one.key and f" {one.key}".endswith(f" {place}"))


def enter(at, kind, place, value):
    field(at, kind, place).set_value(value).run()
    assert not at.exception
    return at


def wrong(at):
    return [one.value.replace("\\", "") for one in at.markdown if one.value.startswith(":red[")]


def written(at):
    return at.session_state["draft"]


def test_empty_it_offers_every_example(open_page, client, shown):
    at = open_page(PAGE, client)
    assert {button.key for button in at.button} == {f"start_{name}" for name in ABOUT}
    assert "Medical billing" in shown(at)
    assert not at.button_group(key="start_from").disabled


def test_without_an_api_it_says_so(open_page, shown):
    at = open_page(PAGE, DraftingClient(error=UNREACHABLE))
    assert "does not answer" in shown(at)


def test_a_stored_quote_can_be_started_from_anew_or_as_its_next_revision(open_page):
    for button, revised in (("start_anew", None), ("start_revision", BASE_ID)):
        at = open_page(PAGE, DraftingClient({"id": BASE_ID}))
        at.button_group(key="start_from").set_value("A stored quote").run()
        at.button(key=button).click().run()
        assert written(at) == example(QUICK)
        assert at.session_state["draft_revises"] == revised


def test_without_stored_quotes_it_says_where_else_to_start(open_page, client, shown):
    at = open_page(PAGE, client)
    at.button_group(key="start_from").set_value("A stored quote").run()
    assert "No quote is stored yet" in shown(at)


def test_a_file_can_be_started_from_and_one_that_cannot_be_read_is_told(open_page, client, shown):
    at = open_page(PAGE, client)
    at.button_group(key="start_from").set_value("A file").run()
    at.file_uploader(key="start_file").upload("x.json", b"{").run()
    assert "Not JSON" in shown(at)
    own = yaml.safe_dump(example("claims") | {"name": "Own"}).encode()
    at.file_uploader(key="start_file").upload("x.yaml", own).run()
    at.button(key="start_file_go").click().run()
    assert written(at)["name"] == "Own"


@pytest.mark.parametrize("name", ["billing", "working_weeks"])
def test_looking_at_every_step_changes_nothing_and_asks_once(open_page, client, name):
    at = start(open_page(PAGE, client), name)
    for step in [*STEPS][1:]:
        go(at, step)
        assert wrong(at) == []
    assert written(at) == example(name)
    assert client.checked == [example(name)]


def test_the_step_is_in_the_address_and_a_link_leads_to_it(started):
    go(started, "labour")
    assert started.query_params["step"] == "labour"
    started.button(key="next").click().run()
    assert started.query_params["step"] == "commercial"
    started.button(key="back").click().run()
    assert started.button_group(key="step_bar").value == "labour"


def test_fields_write_to_their_place(started):
    enter(started, "text_input", "/client", "Harbour Clinics ")
    enter(started, "number_input", "/term_months", 24)
    go(started, "work")
    enter(started, "text_input", "/services/0/opening_hours", "mon-fri 08:00-18:00")
    enter(started, "text_input", "/services/0/ramp", "50, 80")
    go(started, "labour")
    enter(started, "number_input", "/utilisation", 85.0)
    go(started, "commercial")
    enter(started, "number_input", "/commercial/target_margin", 21.5)
    expected = example(QUICK)
    expected |= {"client": "Harbour Clinics", "term_months": 24, "utilisation": 0.85}
    expected["services"][0] |= {"opening_hours": {"mon-fri": "08:00-18:00"}, "ramp": [0.5, 0.8]}
    expected["commercial"]["target_margin"] = 0.215
    assert written(started) == expected


@pytest.mark.parametrize(
    ("step", "kind", "place", "value", "said"),
    [
        ("client", "text_input", "/name", "", "This field is required"),
        ("work", "number_input", "/services/0/turnaround_h", 0.0, "Should be above 0. Found: 0"),
        ("work", "text_input", "/sites/0/country", "XX", "ISO 3166"),
        ("work", "text_input", "/services/0/opening_hours", "mon 25:00-26:00", "clock window"),
        ("labour", "text_input", "/sites/0/labour/shift_lengths_h", "8, 40", "item 2"),
        ("commercial", "number_input", "/commercial/target_margin", 99.0, "below 1"),
        ("commercial", "number_input", "/commercial/floor_margin", 90.0, "At most target_margin"),
        ("volumes", "number_input", "/services/0/volume/units_per_year", None, "exactly one of"),
        ("work", "text_input", "/sites/0/seat_cost_per_year", "much", "Found: 'much'"),
        ("labour", "text_input", "/sites/0/labour/shift_starts", "06:00, 26:00", "item 2"),
    ],
)
def test_what_is_wrong_stands_at_its_step_and_its_title(started, step, kind, place, value, said):
    go(started, step)
    enter(started, kind, place, value)
    (told,) = wrong(started)
    assert said.lower() in told.lower()
    titles = started.button_group(key="step_bar").options
    assert [title for title in titles if "(1)" in title] == [f"{STEPS[step]} (1)"]
    go(started, "review")
    assert started.button(key="price").disabled
    assert wrong(started)


def test_what_is_wrong_with_a_share_is_said_in_per_cent_as_it_is_entered(started):
    go(started, "commercial")
    enter(started, "number_input", "/commercial/target_margin", 130.0)
    (told,) = wrong(started)
    assert "100 %" in told or "99.9 %" in told
    assert "Found: 130 %" in told


def pressed(at, start):
    at.button(key=next(b.key for b in at.button if b.key.startswith(start))).click().run()
    assert not at.exception
    return at


def test_every_clause_is_agreed_valid_and_dropped_without_a_trace(started):
    go(started, "commercial")
    before = written(started)
    agreed = [b.key for b in started.button if b.key.startswith("agree ")]
    assert len(agreed) == 8
    for key in agreed:
        started.button(key=key).click().run()
        assert not started.exception
    assert wrong(started) == []
    contract = written(started)["contract"]
    assert contract["output_based"]["minimum_commitment"] == {"amount": 10_000}
    enter(started, "text_input", "/contract/output_based/minimum_commitment/amount", "12,500.75")
    enter(started, "number_input", "/contract/sla_credits/measures/0/allocation", 40.0)
    enter(started, "selectbox", "/contract/sla_credits_for", ("input_based", "output_based"))
    pressed(started, "add /contract/surge/rates")
    enter(started, "number_input", "/contract/surge/rates/1/notice_h", 24.0)
    enter(started, "text_input", "/contract/surge/rates/1/hour_price", "45.5")
    assert wrong(started) == []
    contract = written(started)["contract"]
    assert contract["output_based"]["minimum_commitment"] == {"amount": "12500.75"}
    assert contract["sla_credits"]["measures"][0]["allocation"] == 0.4
    assert contract["surge"]["rates"][1] == {"notice_h": 24, "hour_price": "45.5"}
    enter(started, "text_input", "/contract/surge/rates/1/hour_price", "dear")
    assert "Found: 'dear'" in wrong(started)[0]
    while dropped := [b.key for b in started.button if b.key.startswith("drop ")]:
        started.button(key=dropped[0]).click().run()
        assert not started.exception
    assert written(started) == before


def test_tours_and_sources_of_a_peak_are_added_and_removed(started):
    go(started, "labour")
    tours = "/sites/0/labour/tours"
    pressed(started, f"add {tours}")
    pressed(started, f"add {tours}")
    enter(started, "number_input", f"{tours}/1/days_on", 3)
    enter(started, "number_input", f"{tours}/1/share_max", 20.0)
    enter(started, "text_input", "/sites/0/labour/shift_starts", "06:00; 14:00 22:00")
    assert wrong(started) == []
    labour = written(started)["sites"][0]["labour"]
    assert labour["tours"] == [
        {"name": "five days", "days_on": 5},
        {"name": "tour 2", "days_on": 3, "share_max": 0.2},
    ]
    assert labour["shift_starts"] == ["06:00", "14:00", "22:00"]
    pressed(started, f"remove {tours}/0")
    assert [one["name"] for one in written(started)["sites"][0]["labour"]["tours"]] == ["tour 2"]
    go(started, "work")
    pressed(started, "add /sites/0/surge/sources")
    enter(started, "selectbox", "/sites/0/surge/sources/0/kind", "agency")
    assert "Hourly_cost or premium: what an agency costs" in wrong(started)[0]
    enter(started, "text_input", "/sites/0/surge/sources/0/hourly_cost", "1,030.5")
    assert wrong(started) == []
    assert written(started)["sites"][0]["surge"]["sources"][0]["hourly_cost"] == "1030.5"


def test_a_rate_card_fills_what_is_open_and_says_how_much(started, client, shown):
    go(started, "work")
    assert "fill_from_card" not in [one.key for one in started.button]
    client.cards.append({"name": "asia", "version": 3, "created_at": "2027-01-04T09:30:00Z"})
    go(started, "work").button(key="fill_from_card").click().run()
    assert not started.exception
    assert written(started)["currency"] == "EUR"
    assert [one.value.replace("\\", "") for one in started.success] == [
        "1 field filled from asia version 3."
    ]


def test_what_is_wrong_stands_right_below_its_field(started):
    go(started, "commercial")
    enter(started, "number_input", "/commercial/floor_margin", 90.0)
    order = list(started.main)
    place = order.index(field(started, "number_input", "/commercial/floor_margin"))
    assert order[place + 1].value.startswith(":red[")


def test_shares_of_sites_that_do_not_sum_to_one_are_told(open_page, client):
    at = go(start(open_page(PAGE, client), "claims"), "work")
    enter(at, "number_input", "/services/0 delivery Omaha", 20.0)
    assert "sum 0.9" in wrong(at)[0]
    enter(at, "number_input", "/services/0 delivery Manila", 80.0)
    assert wrong(at) == []


def test_a_renamed_site_keeps_its_services(started):
    go(started, "work")
    enter(started, "text_input", "/sites/0/name", "Cebu")
    assert wrong(started) == []
    assert written(started)["services"][0]["delivery"][0]["site"] == "Cebu"


def test_services_and_sites_are_added_and_removed(started):
    go(started, "work")
    started.button(key="add_site").click().run()
    started.button(key="add_service").click().run()
    names = [one["name"] for one in written(started)["services"]]
    assert names == ["claims", "service 2"]
    enter(started, "selectbox", "/services/1/channel", "live")
    assert written(started)["services"][1]["service_level"] == 0.8
    assert wrong(started) == []
    for kind in ("service", "site"):
        key = next(b.key for b in started.button if b.key.startswith(f"remove {kind.title()} 1"))
        started.button(key=key).click().run()
    assert written(started) == example(QUICK)


def test_pay_is_an_amount_a_year_until_told_otherwise_and_none_when_emptied(started):
    go(started, "work")
    wage = "/sites/0/wages/claims_processor"
    enter(started, "text_input", f"{wage}/value", "26,000")
    assert written(started)["sites"][0]["wages"]["claims_processor"] == {
        "value": 26000,
        "per": "year",
    }
    enter(started, "selectbox", f"{wage}/per", "month")
    enter(started, "text_input", f"{wage}/value", "")
    assert wrong(started) == []
    assert not written(started)["sites"][0]["wages"]


def test_a_history_is_pasted_drawn_and_put_away(started):
    go(started, "volumes")
    key = "/services/0/volume"
    started.button_group(key=f"draft 1 {key} level").set_value("A history").run()
    assert any("history" in one for one in wrong(started))
    enter(started, "text_area", f"{key}/history/values", "1200\n1300\n1250")
    assert wrong(started) == []
    assert written(started)["services"][0]["volume"]["history"]["values"] == [1200, 1300, 1250]
    assert len(started.get("vega_lite_chart")) == 1
    enter(started, "text_area", f"{key}/history/values", "1200\nmany")
    assert "values: item 2" in wrong(started)[0]
    assert not started.get("vega_lite_chart")


def test_the_whole_engagement_can_be_edited_and_is_refused_in_words(started, shown):
    go(started, "review")
    edited = copy.deepcopy(example(QUICK)) | {"in_house": None, "name": "Edited"}
    enter(started, "text_area", "whole", yaml.safe_dump(edited))
    assert written(started)["name"] == "Edited"
    enter(started, "text_area", "whole", "name: [")
    assert "Not YAML" in shown(started)
    assert written(started)["name"] == "Edited"
    started.button(key="undo_whole").click().run()
    assert json.loads(json.dumps(yaml.safe_load(field(started, "text_area", "whole").value)))
    assert "Not YAML" not in shown(started)


def test_priced_it_shows_both_offers_their_break_even_and_risk(started, client, shown):
    go(started, "review")
    started.button(key="price").click().run()
    assert not started.exception
    assert client.priced == [example(QUICK)]
    assert started.query_params["quote"] == BASE_ID
    assert "Two offers for the same work" in shown(started)
    assert len(started.get("vega_lite_chart")) == 2
    assert started.button(key="price").label == "Price the next revision"
    started.button(key="price").click().run()
    assert client.revised == [(BASE_ID, example(QUICK))]


def test_a_refused_price_is_told_and_nothing_is_lost(started, client, shown):
    go(started, "review")
    client.error = ApiError(
        422, "No plan meets this", "seats: 3 short", "infeasible", [Issue("", "x")]
    )
    started.button(key="price").click().run()
    assert "No plan meets this" in shown(started)
    assert written(started) == example(QUICK)


def upload(at, name, content):
    key = next(one.key for one in at.file_uploader if one.key.startswith("table "))
    at.file_uploader(key=key).upload(name, content).run()
    assert not at.exception


def test_a_table_is_previewed_mapped_and_taken_over(started, shown):
    go(started, "volumes")
    upload(started, "volumes.csv", b"month,staff,claims\n2026-01,9,1200\n2026-02,9,1300\n")
    assert "2 rows" in shown(started)
    enter(started, "selectbox", "column /services/0/volume 1", "claims")
    assert started.success[0].value == "2 numbers, one for each month, from 2026-01-01."
    started.button(key="take /services/0/volume 1").click().run()
    volume = written(started)["services"][0]["volume"]
    history = {"starts_on": "2026-01-01", "step": "month", "values": [1200, 1300]}
    before = example(QUICK)["services"][0]["volume"]
    kept = {name: before[name] for name in ("profile", "growth_per_year")}
    assert volume == {"history": history, **kept}
    assert wrong(started) == []


def test_rows_that_cannot_be_read_are_listed_and_nothing_is_taken(started, shown):
    go(started, "volumes")
    upload(started, "volumes.csv", b"month,claims\n2026-01,1200\n2026-02,many\n")
    enter(started, "selectbox", "column /services/0/volume 1", "claims")
    assert "cannot be read" in shown(started)
    assert list(started.table[0].value["Where"]) == ["line 3"]
    assert not [one for one in started.button if one.key.startswith("take ")]


def test_a_draft_is_saved_after_each_change_and_its_id_is_in_the_address(started, client):
    assert started.query_params["draft"] == "d1"
    enter(started, "text_input", "/client", "Harbour Clinics")
    assert client.drafts["d1"]["engagement"]["client"] == "Harbour Clinics"
    assert client.drafts["d1"]["version"] == 2
    go(started, "labour")
    assert client.drafts["d1"]["version"] == 2


def test_a_reload_finds_the_draft_where_it_was(started, client, open_page):
    enter(started, "text_input", "/client", "Harbour Clinics")
    again = open_page(PAGE, client, draft="d1", step="client")
    assert field(again, "text_input", "/client").value == "Harbour Clinics"
    assert len(client.drafts) == 1
    gone = open_page(PAGE, client, draft="d7")
    assert "This draft is gone" in gone.info[0].value
    assert "draft" not in gone.query_params


def test_what_another_tab_wrote_is_not_overwritten(started, client, shown):
    other = client.get_draft("d1")
    client.write_draft("d1", other["engagement"] | {"client": "Other"}, None, other["etag"])
    enter(started, "text_input", "/client", "Mine")
    assert "was changed at noon" in shown(started)
    assert client.drafts["d1"]["engagement"]["client"] == "Other"
    started.button(key="reload_draft").click().run()
    assert written(started)["client"] == "Other"
    enter(started, "text_input", "/client", "Mine")
    assert client.drafts["d1"]["engagement"]["client"] == "Mine"


def test_drafts_are_gone_on_with_or_thrown_away(started, client, open_page):
    at = open_page(PAGE, client)
    at.button(key="go_on_d1").click().run()
    assert written(at) == example(QUICK)
    go(at, "start")
    start(at, "claims")
    assert sorted(client.drafts) == ["d1", "d2"]
    go(at, "start")
    at.button(key="throw_d1").click().run()
    assert list(client.drafts) == ["d2"]
