"""A scenario taken apart: each change alone on the base, and the scenario without it."""

from decimal import Decimal

import pytest

from pricing.scenario_sets.effects import override_effects
from pricing.scenario_sets.overrides import Override
from staffing.errors import BadInputError, InfeasibleError
from tests.builders.comparisons import compared_engagement, compared_quote
from tests.builders.scenarios import MARGIN, SLOWER, VOLUME, moved_quote

BILL = "output_based/bill"
VOLUME_BILL, SLOW_BILL = Decimal("1.2"), Decimal("1.1")


class House:
    """Prices without solving: volume moves bills by a fifth, slower work by a tenth."""

    def __init__(self):
        self.priced = []

    def __call__(self, engagement):
        self.priced.append(engagement)
        factor = Decimal(1)
        if engagement.services[0].volume.scale == 1.2:
            factor *= VOLUME_BILL
        if str(engagement.services[0].units_per_hour.value) == "9":
            factor *= SLOW_BILL
        return moved_quote(bill=str(factor))


def effects(*raw, price=None):
    base = compared_engagement().model_dump(mode="json")
    overrides = [Override.model_validate(one) for one in raw]
    return override_effects(base, compared_quote(), overrides, price or House())


def factors(table):
    """By how much each change moves the bill of its start."""
    (figure,) = [one for one in table.figures if one.key == BILL]
    return {
        one.scenario: (Decimal(one.value) / Decimal(figure.base)).quantize(Decimal("0.0001"))
        for one in figure.scenarios
    }


def test_each_change_counts_alone_from_the_base_and_taken_back_from_the_whole() -> None:
    house = House()
    made = effects(VOLUME, SLOWER, price=house)
    assert factors(made.alone) == {"0": VOLUME_BILL, "1": SLOW_BILL}
    assert factors(made.without) == {
        "0": (1 / VOLUME_BILL).quantize(Decimal("0.0001")),
        "1": (1 / SLOW_BILL).quantize(Decimal("0.0001")),
    }
    assert [one.label for one in made.changes] == [
        "claims: volume, scale",
        "claims: units per hour",
    ]
    # Of two changes the whole without one is the other alone: three plans, none twice.
    assert len(house.priced) == 3


def test_the_only_change_alone_is_the_scenario_and_taken_back_the_base() -> None:
    house = House()
    made = effects(VOLUME, price=house)
    assert factors(made.alone) == {"0": VOLUME_BILL}
    assert factors(made.without) == {"0": (1 / VOLUME_BILL).quantize(Decimal("0.0001"))}
    assert len(house.priced) == 1


def test_what_cannot_stand_alone_is_named_and_the_others_are_shown() -> None:
    added = {"op": "add", "path": "/services/0/extra", "value": 1}
    lead = {
        "op": "add",
        "path": "/commercial/transition",
        "value": {"cost": "20000", "amortisation_months": 12},
    }
    inside = {"op": "add", "path": "/commercial/transition/cost", "value": "30000"}
    with pytest.raises(BadInputError):
        effects(VOLUME, added)  # the whole scenario is no engagement
    made = effects(MARGIN, lead, inside)
    refused = {one.id: one.refused for one in made.changes if one.refused}
    assert refused.keys() == {"1", "2"}
    (first,), (second,) = refused["1"], refused["2"]
    assert first.startswith("without it: overrides[1].path")
    assert second.startswith("alone: overrides[0].path")
    assert [one.id for one in made.alone.versions] == ["0", "1"]
    assert [one.id for one in made.without.versions] == ["0", "2"]


def test_what_cannot_be_met_alone_is_named_too() -> None:
    house = House()

    def price(engagement):
        if engagement.services[0].volume.scale != 1.2:
            raise InfeasibleError("seats", "20 people have no seat")
        return house(engagement)

    made = effects(VOLUME, MARGIN, price=price)
    assert [one.refused for one in made.changes] == [
        ("without it: seats: 20 people have no seat",),
        ("alone: seats: 20 people have no seat",),
    ]
    assert [one.id for one in made.without.versions] == ["1"]


@pytest.mark.parametrize("count", [0, 9])
def test_a_scenario_of_no_change_or_too_many_is_refused(count) -> None:
    with pytest.raises(BadInputError, match="1 to 8 changes"):
        effects(*[VOLUME] * count)
