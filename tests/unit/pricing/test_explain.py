"""Every number of a quote unfolds, and its formula gives the number shown."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

import pytest

from pricing.explain.catalogue import REGISTRY
from pricing.explain.documents import Contents, Explanation
from pricing.explain.field import Field
from pricing.explain.paths import numbers, resolve, written
from pricing.explain.registry import Registry
from pricing.explain.unfold import explain
from pricing.money import Money
from pricing.quote import Quote
from staffing.errors import BadInputError
from staffing.plan import Document
from tests.builders.explained import small_quote

_HOW_TO = "a new number of a quote needs an explanation: see docs/explain.md"


@pytest.fixture(scope="module")
def quote() -> dict[str, Any]:
    """A quote priced on a plan made by hand."""
    return small_quote()


def unfolded(quote: dict[str, Any], path: str, depth: int = 1) -> Explanation:
    """An explanation, not a list of contents."""
    found = explain(quote, path, depth)
    assert isinstance(found, Explanation)
    return found


def number_fields(kind: Any, steps: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Patterns of all fields of a type that hold numbers, ``*`` for names and positions."""
    if kind is bool or get_origin(kind) is Literal:
        return
    if kind in (int, float, Decimal) or kind is Money:
        yield steps
    elif isinstance(kind, type) and issubclass(kind, Document):
        for name, field in kind.model_fields.items():
            yield from number_fields(field.annotation, (*steps, name))
    elif get_origin(kind) in (tuple, list, dict):
        for inside in get_args(kind)[-1 if get_origin(kind) is dict else 0 :]:
            if inside is not Ellipsis:
                yield from number_fields(inside, (*steps, "*"))
    else:
        for part in get_args(kind) if get_origin(kind) in (Union, UnionType) else ():
            yield from number_fields(part, steps)
        if hasattr(kind, "__metadata__"):
            yield from number_fields(get_args(kind)[0], steps)


def test_every_number_field_of_a_quote_is_registered() -> None:
    fields = dict.fromkeys(number_fields(Quote))
    missing = [".".join(steps) for steps in fields if REGISTRY.find(steps) is None]
    assert len(fields) > 130
    assert missing == [], _HOW_TO


def test_a_field_that_nobody_explains_is_found() -> None:
    class Extended(Quote):
        bonus: Money
        rates: dict[str, tuple[float, ...]]

    fields = set(number_fields(Extended))
    missing = {".".join(steps) for steps in fields if REGISTRY.find(steps) is None}
    assert missing == {"bonus", "rates.*.*"}


def test_every_number_of_the_quote_is_explained(quote: dict[str, Any]) -> None:
    missing = {written(steps) for steps, _ in numbers(quote) if REGISTRY.find(steps) is None}
    assert missing == set(), _HOW_TO


def test_every_formula_gives_the_number_shown_on_the_inputs_shown(quote: dict[str, Any]) -> None:
    wrong, formulas = [], 0
    for steps, _ in numbers(quote):
        found = unfolded(quote, written(steps), 0)
        formulas += found.formula is not None
        if found.agrees is False:
            wrong.append((found.path, found.value, found.result))
    assert formulas > 400
    assert wrong == []


@pytest.mark.parametrize(
    "path",
    [
        "offers.input_based.prices[0].price",
        "offers.input_based.prices[1].price",
        "offers.output_based.prices[1].floor_price",
        "offers.output_based.per_year[1].expected_bill",
        "cost.lines[0].by_year[1]",
        "comparison.bills[9].input_based",
        "workings.costs[3].amount",
    ],
)
def test_a_number_that_was_changed_no_longer_agrees(quote: dict[str, Any], path: str) -> None:
    changed = small_quote()
    steps, value = resolve(changed, path)
    around: Any = changed
    for step in steps[:-1]:
        around = around[step]
    if isinstance(value, dict):
        step_up = Decimal(1).scaleb(int(Decimal(value["amount"]).as_tuple().exponent))
        value["amount"] = str(Decimal(value["amount"]) + step_up)
    else:
        around[steps[-1]] = str(Decimal(value) * Decimal("1.000001"))
    assert unfolded(quote, path).agrees is True
    assert unfolded(changed, path).agrees is False


def test_a_price_unfolds_down_to_the_source_of_a_wage(quote: dict[str, Any]) -> None:
    price = unfolded(quote, "offers.output_based.prices[claims].price", 5)
    assert price.unit == "USD"
    assert price.rounding == "to 4 places, half away from zero"
    cost = next(group for group in price.inputs if group.name == "cost").numbers[0]
    lines = cost.inputs[0].numbers
    wages = next(line for line in lines if line.path.endswith("labour_productive"))
    rates = {group.name: group.numbers[0] for group in wages.inputs[0].numbers[0].inputs}
    wage = rates["wage_per_hour"]
    assert wage.value == "4"
    assert wage.formula == "wage"
    origin = wage.inputs[0].numbers[0].origin
    assert origin is not None
    assert origin.parameter == "sites[0].wages.claims_processor"
    assert origin.quality == "unsourced"


def test_a_wage_of_the_tables_is_brought_to_the_hour_and_the_currency_of_the_quote() -> None:
    changes: dict[str, Any] = {"sites[0].wages": {}}
    quote = small_quote(**changes)
    wage = unfolded(quote, "workings.teams[0].rates.wage_per_hour", 1)
    assert wage.agrees is True
    assert wage.formula is not None
    assert wage.formula.endswith("/ 12) / fx")
    (stated,) = (group.numbers[0] for group in wage.inputs if group.name == "wage")
    assert stated.origin is not None
    assert stated.origin.parameter == "wages[PH].claims_processor"


def test_depth_says_how_many_generations_are_shown(quote: dict[str, Any]) -> None:
    path = "offers.input_based.term.margin"
    none, one, two = (unfolded(quote, path, depth) for depth in (0, 1, 2))
    assert none.has_inputs
    assert none.inputs == ()
    assert [group.numbers[0].inputs for group in one.inputs] == [(), ()]
    assert all(group.numbers[0].inputs for group in two.inputs)


def test_what_a_solver_found_names_bound_and_gap(quote: dict[str, Any]) -> None:
    found = unfolded(quote, "staffing.teams[claims @ Manila].roster.paid_hours")
    assert found.kind == "search"
    assert set(found.facts) == {"objective", "bound", "gap", "stop reason"}
    assert found.page == "docs/models/coverage.md"


def test_what_was_simulated_names_draws_and_seed(quote: dict[str, Any]) -> None:
    found = unfolded(quote, "risk.spreads[input_based].margin_p10")
    assert found.kind == "simulation"
    assert found.facts == {
        "draws": str(quote["risk"]["draws"]),
        "seed": str(quote["risk"]["seed"]),
    }


def test_without_a_path_the_parts_of_the_quote_are_listed(quote: dict[str, Any]) -> None:
    found = explain(quote, "")
    assert isinstance(found, Contents)
    by_path = {entry.path: entry for entry in found.entries}
    assert {"offers", "cost", "comparison", "risk", "staffing"} <= set(by_path)
    assert by_path["schema_version"].value == "1"
    assert sum(entry.numbers for entry in found.entries) == len(list(numbers(quote)))


def test_a_part_lists_what_is_beneath_it(quote: dict[str, Any]) -> None:
    found = explain(quote, "offers.input_based.term")
    assert isinstance(found, Contents)
    assert [entry.path for entry in found.entries][:2] == [
        "offers.input_based.term.expected_bill",
        "offers.input_based.term.delivery_cost",
    ]


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("offers.input_based.prices[0].price", ("offers", "input_based", "prices", 0, "price")),
        ("/offers/input_based/prices/0/price", ("offers", "input_based", "prices", 0, "price")),
        ("offers.output_based.prices[claims].price.amount", ("prices", 0, "price")),
        ("offers.input_based.prices[helpdesk, paid hour].price", ("prices", 4, "price")),
        ("offers.input_based.ordered_fte_by_month.claims @ Manila[2]", ("claims @ Manila", 2)),
        ("offers.output_based.per_year[year 2].margin", ("per_year", 1, "margin")),
        ('offers.input_based.ordered_fte_by_month["claims @ Manila"][2]', ("claims @ Manila", 2)),
    ],
)
def test_a_number_has_a_path_a_pointer_and_names(
    quote: dict[str, Any], path: str, steps: tuple[str | int, ...]
) -> None:
    assert resolve(quote, path)[0][-len(steps) :] == steps


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("offers.output_based.price", "near: offers.output_based.prices"),
        ("marjin", "offers.input_based.term.margin"),
        ("margin", "offers.input_based.term.margin"),
        ("offers.input_based.prices[claims].price", "one of several: offers.input_based.prices[0]"),
        ("offers.input_based.prices[99].price", "offers.input_based.prices has 0, 1, 2, 3, 4, 5"),
        ("cost.total.digits", "cost.total is a number with nothing beneath it"),
        ("offers..[", "steps like offers.input_based.prices[0].price"),
        ("/offers/9", "offers has input_based, output_based"),
        ("/", "a quote has schema_version"),
        ('["\\x"]', "names in quotes as JSON writes them"),
        ("offers.input_based.prices[²].price", "offers.input_based.prices has 0, 1"),
        ("engagement.name", "engagement.name is no number but 'Small case'"),
        ("comparison.break_even[0]", "comparison.break_even is empty"),
        ("offers.input_based.prices[0].site", "is no number but 'Manila'"),
    ],
)
def test_a_wrong_path_is_told_what_lies_near(quote: dict[str, Any], path: str, told: str) -> None:
    with pytest.raises(BadInputError, match=re.escape(told)):
        explain(quote, path)


def test_a_quote_without_workings_says_what_it_lacks(quote: dict[str, Any]) -> None:
    old = small_quote()
    old["workings"] = None
    assert unfolded(old, "offers.input_based.term.profit").agrees is True
    with pytest.raises(BadInputError, match="price its engagement again"):
        explain(old, "offers.output_based.prices[0].price")


def test_the_most_literal_pattern_wins() -> None:
    names = ("any", "named", "rest")
    fields = {name: Field(name, "constant", "docs/explain.md") for name in names}
    registry = Registry.of({"a.*": fields["any"], "a.b": fields["named"]}, {"c.**": fields["rest"]})
    assert registry.find(("a", "b")) == (fields["named"], ())
    assert registry.find(("a", 4)) == (fields["any"], (4,))
    assert registry.find(("c", "deep", 2)) == (fields["rest"], ())
    assert registry.find(("d",)) is None
    assert registry.find(("a",)) is None


def test_a_field_is_explained_only_once() -> None:
    field = Field("a", "constant", "docs/explain.md")
    with pytest.raises(ValueError, match="explained twice"):
        Registry.of({"a[*]": field}, {"a.*": field})


def test_every_page_an_explanation_names_exists() -> None:
    root = Path(__file__).resolve().parents[3]
    quote = small_quote()
    pages = {unfolded(quote, written(steps), 0).page for steps, _ in numbers(quote)}
    assert len(pages) > 5
    assert {page for page in pages if not (root / page).exists()} == set()


def test_a_tolerance_is_stated_and_kept(quote: dict[str, Any]) -> None:
    """Volumes are rounded as floats: half a hundredth may go either way."""
    path = "comparison.bills[2].volume_by_service.claims"
    found = unfolded(quote, path)
    assert found.agrees is True
    assert found.off_by_at_most == "0.005"
    changed = small_quote()
    changed["comparison"]["bills"][2]["volume_by_service"]["claims"] += 0.02
    assert unfolded(changed, path).agrees is False


def test_names_may_hold_any_sign() -> None:
    odd = 'Tier 1.5 [a & b] {c} = "d" @ 50%41'
    quote = small_quote(odd)
    assert any(odd in written(steps) or odd in str(quote) for steps, _ in numbers(quote))
    wrong = [
        written(steps)
        for steps, _ in numbers(quote)
        if unfolded(quote, written(steps), 0).agrees is False
    ]
    assert wrong == []
