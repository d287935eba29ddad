"""Fields of the comparison: both bills over volume, and where the cheaper offer changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pricing.explain.field import computed, fixed, places, searched
from pricing.explain.place import literal

if TYPE_CHECKING:
    from pricing.explain.field import Field
    from pricing.explain.place import Place
    from pricing.explain.registry import Entry

_PAGE = "docs/models/price.md"
_SHARE_STEP = "0.0000005"  # a share is shown to six places, and used as it was found


def _volume_of_service(place: Place, *, found: bool) -> Field:
    service = place.taken[1]
    return computed(
        f"Units of {service} per month at this volume.",
        "sum(units_by_month) / months * share_of_plan",
        _PAGE,
        rounding=places(2),
        within=f"0.005 + {_SHARE_STEP} * sum(units_by_month) / months" if found else "0.005",
        units_by_month=f"staffing.volumes[?service={literal(str(service))}].units_by_month[*]",
        months="engagement.term_months",
        share_of_plan=f"{_point(place)}.share_of_plan",
    )


def _point(place: Place) -> str:
    """The object of the comparison in which the number stands."""
    return f"comparison.{place.steps[1]}[{place.steps[2]}]"


def _output_bill(place: Place, *, found: bool) -> Field:
    document = place.document
    volumes = document["staffing"]["volumes"]
    index_of = {
        price["service"]: index
        for index, price in enumerate(document["offers"]["output_based"]["prices"])
    }
    bill = "sums(units_by_month) / months * share_of_plan * price"
    return computed(
        "Output-based bill of a month at this volume, each service rounded.",
        f"sum(round_amount({bill}))",
        _PAGE,
        within=f"sum({_SHARE_STEP} * sums(units_by_month) / months * price) + 0.01 * count(price)"
        if found
        else "",
        units_by_month="staffing.volumes[*].units_by_month[*]",
        months="engagement.term_months",
        share_of_plan=f"{_point(place)}.share_of_plan",
        price=[
            f"offers.output_based.prices[{index_of[volume['service']]}].price" for volume in volumes
        ],
    )


def _fte_price(place: Place, team: str) -> str:
    prices = place.document["offers"]["input_based"]["prices"]
    index = next(
        i
        for i, price in enumerate(prices)
        if price["unit"] == "FTE-month" and f"{price['service']} @ {price['site']}" == team
    )
    return f"offers.input_based.prices[{index}].price"


def _input_bill(place: Place) -> Field:
    return computed(
        "Input-based bill of a month at this volume: ordered people at their price, each team "
        "rounded.",
        "sum(round_amount(ordered_fte * price))",
        _PAGE,
        ordered_fte="./ordered_fte.*",
        price=[_fte_price(place, team) for team in place.around["ordered_fte"]],
    )


def _ordered(place: Place) -> Field:
    teams = place.document["staffing"]["teams"]
    index = next(
        i for i, one in enumerate(teams) if f"{one['service']} @ {one['site']}" == place.taken[1]
    )
    team = f"staffing.teams[{index}]"
    return computed(
        "Full-time equivalents the client orders at this volume: read off the staffing curve, "
        "rounded up to the ordering step.",
        "max(0, ceil(interpolate(share_of_plan, scales, sums(paid_hours)) / hours_per_fte_week "
        "/ step - 0.000001)) * step",
        _PAGE,
        share_of_plan="../share_of_plan",
        scales=f"{team}.curve[*].scale",
        paid_hours=f"{team}.curve[*].paid_hours_by_class.*",
        hours_per_fte_week=f"{team}.hours_per_fte_week",
        step="workings.fte_step",
    )


def _units_per_fte(place: Place) -> Field:
    team = str(place.taken[0])
    teams = place.document["staffing"]["teams"]
    service = next(t["service"] for t in teams if f"{t['service']} @ {t['site']}" == team)
    prices = place.document["offers"]["output_based"]["prices"]
    index = next(i for i, price in enumerate(prices) if price["service"] == service)
    return computed(
        "Units a full-time equivalent must make in a month for both quoted prices to bill the "
        "same.",
        "fte_month / unit_price",
        _PAGE,
        rounding=places(2),
        fte_month=_fte_price(place, team),
        unit_price=f"offers.output_based.prices[{index}].price",
    )


_SUM_OF_SERVICES = computed(
    "Units per month of all services at this volume.",
    "sum(volume_by_service)",
    _PAGE,
    rounding=places(2),
    volume_by_service="./volume_by_service.*",
)

FIELDS: dict[str, Entry] = {
    "comparison.plan_volume_per_month": computed(
        "Units per month over the term, all services.",
        "sum(units_by_month) / months",
        _PAGE,
        rounding=places(2),
        units_by_month="staffing.volumes[*].units_by_month[*]",
        months="engagement.term_months",
    ),
    "comparison.volume_range[*]": fixed(
        "First and last multiple of plan volume that is compared.", _PAGE
    ),
    "comparison.break_even_left_out": searched(
        "Break-evens between the first and the last listed ones; 0 where all are listed.", _PAGE
    ),
    "comparison.break_even_productivity": computed(
        "Share of planned productivity below which output-based is cheaper for the client: both "
        "expected bills set against each other.",
        "input_bill / output_bill",
        _PAGE,
        rounding=places(6),
        input_bill="offers.input_based.term.expected_bill",
        output_bill="offers.output_based.term.expected_bill",
    ),
    "comparison.break_even_units_per_fte_month.*": _units_per_fte,
    "comparison.break_even[*].share_of_plan": searched(
        "Multiple of plan volume at which the cheaper offer changes, found by walking every step "
        "of the input bill: `line` where the output bill passes a flat of the staircase, `step` "
        "at a rise of it.",
        _PAGE,
        kind="./kind",
    ),
    "comparison.break_even[*].volume": _SUM_OF_SERVICES,
    "comparison.break_even[*].volume_by_service.*": lambda place: _volume_of_service(
        place, found=True
    ),
    "comparison.break_even[*].bill": lambda place: _output_bill(place, found=True),
    "comparison.bills[*].share_of_plan": fixed(
        "Multiple of plan volume shown: on an even grid, or at the foot of a rise of the input "
        "bill.",
        _PAGE,
    ),
    "comparison.bills[*].volume": _SUM_OF_SERVICES,
    "comparison.bills[*].volume_by_service.*": lambda place: _volume_of_service(place, found=False),
    "comparison.bills[*].ordered_fte.*": _ordered,
    "comparison.bills[*].input_based": _input_bill,
    "comparison.bills[*].output_based": lambda place: _output_bill(place, found=False),
}
