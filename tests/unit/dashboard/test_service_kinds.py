"""Services that change their kind, and items that are added."""

import pytest

from api.example_files import example
from dashboard import service_kinds
from dashboard.service_kinds import DEFERRABLE, HANDLE_TIME, LIVE, SPEED
from pricing.reading import read_engagement


@pytest.mark.parametrize(("name", "channel"), [("helpdesk", DEFERRABLE), ("claims", LIVE)])
def test_every_service_of_the_other_kind_can_be_read(name, channel):
    document = example(name)
    document["services"] = [service_kinds.as_channel(one, channel) for one in document["services"]]
    for one in document["services"]:
        one["delivery"] = [{"site": document["sites"][0]["name"], "share": 1}]
    kinds = {service.channel for service in read_engagement(document).services}
    assert kinds == {channel}


def test_there_and_back_keeps_what_both_kinds_have():
    service = example("claims")["services"][0]
    back = service_kinds.as_channel(service_kinds.as_channel(service, LIVE), DEFERRABLE)
    assert back == service


def test_a_speed_is_the_same_stated_the_other_way():
    assert service_kinds.by({SPEED: 12, "name": "claims"}, HANDLE_TIME) == {
        "name": "claims",
        HANDLE_TIME: 300,
    }
    assert service_kinds.by({HANDLE_TIME: {"value": "300"}}, SPEED) == {SPEED: 12}
    assert service_kinds.by({}, SPEED) == {}


def test_a_copy_has_a_name_of_its_own():
    made = service_kinds.with_copy([{"name": "site 2", "seats": 5}], "site")
    assert made == [{"name": "site 2", "seats": 5}, {"name": "site 3", "seats": 5}]


def test_services_follow_the_name_of_their_site():
    document = {"services": [{"delivery": [{"site": "A"}, {"site": "B"}], "candidates": ["A"]}]}
    made = service_kinds.with_site_renamed(document, "A", "C")
    assert made["services"][0] == {"delivery": [{"site": "C"}, {"site": "B"}], "candidates": ["C"]}
    assert document["services"][0]["candidates"] == ["A"]


def test_sites_without_a_share_deliver_nothing():
    held = [{"site": "B", "share": 1}]
    made = service_kinds.delivery({"A": 0.4, "B": 0.6, "C": 0}, held)
    assert made == [{"site": "B", "share": 0.6}, {"site": "A", "share": 0.4}]
