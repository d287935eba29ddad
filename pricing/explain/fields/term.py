"""Fields of the money over the term (`pricing.term`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import AMOUNT, Field, computed, fixed, given, places
from pricing.explain.fields.offers import of_year
from pricing.explain.place import literal
from pricing.term.margins import moves_with_people

if TYPE_CHECKING:
    from pricing.explain.field import Input
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/term.md"
_OFFERS = ("input_based", "output_based")


def _offer(place: Place) -> str:
    return f"offers.{place.steps[1]}"


def _of_offer(meaning: str, formula: str, **paths: str) -> Entry:
    """A figure of the offer's term, from its results."""

    def entry(place: Place) -> Field:
        inputs: dict[str, Input] = {
            name: f"{_offer(place)}.term.{path}" for name, path in paths.items()
        }
        return Field(meaning, "formula", _PAGE, formula, inputs)

    return entry


def _acv(place: Place) -> Field:
    return computed(
        "Annual contract value: the bills expected over the term, per twelve months.",
        "tcv * 12 / months",
        _PAGE,
        rounding=AMOUNT,
        tcv=f"term.{place.steps[1]}.tcv",
        months="engagement.term_months",
    )


def _contribution(place: Place) -> Field:
    lines: list[Input] = [
        f"cost.lines[{index}].amount"
        for index, line in enumerate(place.document["cost"]["lines"])
        if moves_with_people(line["name"])
    ]
    return computed(
        "What is left of the bill after the cost that moves with the people: wages, premiums, "
        "overtime, surge, recruiting, IT.",
        "bill - sum(moving_cost)",
        _PAGE,
        bill=f"{_offer(place)}.term.expected_bill",
        moving_cost=lines,
    )


def _share(place: Place) -> Field:
    return computed(
        "The same as a share of the bill.",
        "amount / bill",
        _PAGE,
        rounding=places(6),
        amount="./amount",
        bill=f"{_offer(place)}.term.expected_bill",
    )


def _billed(place: Place) -> Field:
    month = int(place.around["month"])
    if not 1 <= month <= int(place.document["engagement"]["term_months"]):
        return fixed("Bill for the month of work: none outside the term.", _PAGE)
    document, at = place.document, month - 1
    prices = document["offers"][place.steps[1]]["prices"]
    if place.steps[1] == "input_based":
        invoiced = {
            f"{price['service']} @ {price['site']}": index
            for index, price in enumerate(prices)
            if price["invoiced"]
        }
        orders = document["offers"]["input_based"]["ordered_fte_by_month"]
        quantities: list[Input] = [
            f"offers.input_based.ordered_fte_by_month.{literal(team)}[{at}]" for team in orders
        ]
        order = [invoiced[team] for team in orders]
    else:
        volumes = document["staffing"]["volumes"]
        by_service = {price["service"]: index for index, price in enumerate(prices)}
        quantities = [
            f"staffing.volumes[{index}].units_by_month[{at}]" for index in range(len(volumes))
        ]
        order = [by_service[volume["service"]] for volume in volumes]
    return computed(
        "Bill for the month of work, each line rounded.",
        "sum(round_amount(quantity * price))",
        _PAGE,
        quantity=quantities,
        price=[of_year(place, str(place.steps[1]), index, at // 12) for index in order],
    )


def _received(place: Place) -> Field:
    month = int(place.around["month"]) - int(place.document["term"]["months_to_payment"])
    if not 1 <= month <= int(place.document["engagement"]["term_months"]):
        return fixed("Paid by the client in the month: nothing is due.", _PAGE)
    return computed(
        "Paid by the client in the month: the bill of as many months before as it takes to pay, "
        "less the tax the client withholds at the vendor's cost.",
        "billed - round_amount(billed * withholding)",
        _PAGE,
        withholding="workings.withholding",
        billed=f"term.{place.steps[1]}.cash_flow[?month={month}].billed",
    )


def _delivery(place: Place) -> Field:
    month = int(place.around["month"])
    if not 1 <= month <= int(place.document["engagement"]["term_months"]):
        return fixed("Cost of delivery paid in the month: none outside the term.", _PAGE)
    lines: list[Input] = [
        f"term.cost_by_month[{index}].amounts[{month - 1}]"
        for index, line in enumerate(place.document["term"]["cost_by_month"])
        if line["name"] != "transition"
    ]
    return computed(
        "Cost of delivery paid in the month, contingency included; the transition is paid up "
        "front.",
        "sum(lines)",
        _PAGE,
        lines=lines,
    )


def _transition(place: Place) -> Field:
    has_one = any(
        item["path"] == "commercial.transition.cost" for item in place.document["assumptions"]
    )
    if int(place.around["month"]) > 0 or not has_one:
        return fixed("One-off cost of going live paid in the month: none.", _PAGE)
    return computed(
        "One-off cost of going live, paid before the first month.",
        "cost",
        _PAGE,
        rounding=AMOUNT,
        cost="@commercial.transition.cost",
    )


def _monthly_line(place: Place) -> Field:
    name, month = literal(str(place.around["name"])), int(place.taken[1])
    return Field(
        "One cost line in a contract month: its year's amount, spread by when its people, hours "
        "or hires fall; the months of a year sum to it.",
        "given",
        "docs/models/price.md",
        inputs={"of the year": f"workings.costs[name={name}&year={1 + month // 12}].amount"},
    )


def _open_transition(place: Place) -> Field:
    months = int(place.around["after_month"])
    left = int(place.document["workings"]["transition_months"]) - months
    if left <= 0:
        return fixed("Transition not yet recovered: nothing is left.", _PAGE)
    has_interest = any(
        item["path"] == "commercial.transition.interest_per_year" and float(item["value"])
        for item in place.document["assumptions"]
    )
    inputs: dict[str, Input] = {"instalment": "workings.transition_instalment"}
    formula = f"instalment * {left}"
    if has_interest:
        inputs["interest_per_year"] = "@commercial.transition.interest_per_year"
        rate = "interest_per_year / 12"
        formula = f"instalment * (1 - 1 / (1 + {rate}) ** {left}) / ({rate})"
    meaning = f"Transition not yet recovered: the present value of {left} instalments to come."
    return Field(meaning, "formula", _PAGE, formula, inputs, AMOUNT)


def _demobilisation(place: Place) -> Field:
    path = "commercial.demobilisation_cost"
    if any(item["path"] == path for item in place.document["assumptions"]):
        return computed(
            "What ending the contract costs beside the transition.",
            "cost",
            _PAGE,
            rounding=AMOUNT,
            cost=f"@{path}",
        )
    return given(f"None is stated (`{path}`).", _PAGE)


FIELDS: dict[str, Entry] = {
    "term.months_to_payment": computed(
        "Months after the month of work in which its bill is received.",
        "ceil(dso_days * 12 / 365)",
        _PAGE,
        dso_days="@commercial.dso_days",
    ),
    "term.cost_by_month[*].amounts[*]": _monthly_line,
    "term.exit_charges[*].after_month": fixed(
        "The contract ends after this month; 0 is before the first.", _PAGE
    ),
    "term.exit_charges[*].unamortised_transition": _open_transition,
    "term.exit_charges[*].demobilisation": _demobilisation,
    "term.exit_charges[*].agreed": given(
        "What the contract charges then (`contract.termination`).", _PAGE
    ),
    "term.exit_charges[*].charge": computed(
        "What the vendor has not got back if the contract ends after the month.",
        "unamortised_transition + demobilisation",
        _PAGE,
        unamortised_transition="./unamortised_transition",
        demobilisation="./demobilisation",
    ),
}
for _method in _OFFERS:
    _value = f"term.{_method}"
    FIELDS |= {
        f"{_value}.tcv": _of_offer(
            "Total contract value: all bills expected over the term.", "bill", bill="expected_bill"
        ),
        f"{_value}.acv": _acv,
        f"{_value}.contribution.amount": _contribution,
        f"{_value}.gross.amount": _of_offer(
            "What is left of the bill after all cost of delivery.",
            "bill - delivery_cost",
            bill="expected_bill",
            delivery_cost="delivery_cost",
        ),
        f"{_value}.operating.amount": _of_offer(
            "What is left of the bill after delivery and SG&A.",
            "bill - delivery_cost - sga",
            bill="expected_bill",
            delivery_cost="delivery_cost",
            sga="sga",
        ),
        **{f"{_value}.{level}.share": _share for level in ("contribution", "gross", "operating")},
        f"{_value}.peak_exposure": computed(
            "Most that is paid out and not yet received.",
            "max(0, -min(cumulative))",
            _PAGE,
            cumulative=f"{_value}.cash_flow[*].cumulative",
        ),
        f"{_value}.peak_exposure_month": computed(
            "Month at whose end the exposure is deepest.",
            "where_lowest(month, cumulative)",
            _PAGE,
            month=f"{_value}.cash_flow[*].month",
            cumulative=f"{_value}.cash_flow[*].cumulative",
        ),
        f"{_value}.payback_month": computed(
            "First month from which on no more is paid out than was received.",
            "never_below_0_from(month, cumulative)",
            _PAGE,
            month=f"{_value}.cash_flow[*].month",
            cumulative=f"{_value}.cash_flow[*].cumulative",
        ),
        f"{_value}.npv": computed(
            "Net present value at the contract's start: each month's net money, discounted from "
            "the month's end at the capital cost.",
            "sum(net / (1 + capital_cost) ** (month / 12))",
            _PAGE,
            rounding=AMOUNT,
            net=f"{_value}.cash_flow[*].net",
            month=f"{_value}.cash_flow[*].month",
            capital_cost="@commercial.capital_cost",
        ),
        f"{_value}.cash_flow[*].month": fixed(
            "Contract month, 1 first; 0 is before it, later ones only receive.", _PAGE
        ),
        f"{_value}.cash_flow[*].billed": _billed,
        f"{_value}.cash_flow[*].received": _received,
        f"{_value}.cash_flow[*].delivery": _delivery,
        f"{_value}.cash_flow[*].transition": _transition,
        f"{_value}.cash_flow[*].sga": computed(
            "SG&A paid in the month of work, a share of its bill.",
            "billed * sga",
            _PAGE,
            rounding=AMOUNT,
            billed="./billed",
            sga="@commercial.sga",
        ),
        f"{_value}.cash_flow[*].net": computed(
            "Money in less money out in the month.",
            "received - delivery - transition - sga",
            _PAGE,
            received="./received",
            delivery="./delivery",
            transition="./transition",
            sga="./sga",
        ),
        f"{_value}.cash_flow[*].cumulative": computed(
            "Net money from the start to the end of the month.",
            "sum(net)",
            _PAGE,
            net=lambda place: f"term.{place.steps[1]}.cash_flow[0:{int(place.steps[3]) + 1}].net",
        ),
    }
