"""A study of the client's choice in sentences and cells, the same on a terminal and on a page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pricing.charts.choice import CASES
from pricing.charts.choice_names import CLAUSES, LEVERS, PARTS, POINTS
from pricing.charts.risk_cells import contract_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, Any]
    Rows = list[dict[str, str]]

OFFER = {"input_based": "input-based", "output_based": "output-based"}
CHANGES = {
    "other_price": "the other price {:+.1%}",
    "cost": "delivery cost {:+.1%}",
    "contingency": "contingency down to {:.1%}",
    "payment": "payment {:.0f} days sooner",
}
_NEVER = {
    "other_price": "no rise of the other price is enough",
    "contingency": "no cut of contingency is enough",
    "payment": "no earlier payment is enough",
}
_TAILS = {"p10": "nine futures of ten leave", "cvar": "the worst tenth leaves on average"}


def headline(study: Json) -> str:
    """What the client knows, and what prices hold."""
    knows = ", ".join(
        f"{one['client_knows']:.0%} of the spread of {one['factor']}"
        for one in study["knowledge"]
        if one["client_knows"]
    )
    bundle = "for all services together" if study["chooses"] == "bundle" else "for each service"
    return (
        f"The client chooses {bundle} and knows {knows or 'no more than the vendor'}. Prices hold "
        f"an expected margin of {study['target_margin']:.1%}, and {_TAILS[study['tail']]} "
        f"{study['tail_margin']:.1%} or more, in {study['draws']:,} futures."
    )


def choice_sentence(study: Json, lot: Json) -> str:
    """What the choice takes at stand-alone prices, and what holding the goal asks for."""
    alone, quoted = lot["stand_alone"], lot["quoted"]
    before, after = alone["after_choice"]["result"], quoted["result"]
    premium = _over(quoted["output_based"], alone["after_choice"]["output_based"])
    hours = _over(quoted["input_based"], alone["after_choice"]["input_based"])
    return (
        f"At stand-alone prices the choice gives away {_whole(alone['given_away'])} "
        f"{study['currency']} ({alone['given_away_share']:.1%} of the bill) and the margin is "
        f"{before['margin']:.1%}. Quoted: {hours:+.1%} on hours and {premium:+.1%} on units "
        f"({POINTS[study['point']]}), margin {after['margin']:.1%}; bound by the "
        f"{quoted['binding']}."
    )


def chosen_sentences(quote: Json) -> list[str]:
    """How a quote's prices were chosen from risk; nothing where they are as stated."""
    chosen = quote.get("chosen")
    if chosen is None:
        return []
    margins = ", ".join(f"{lot['name']} {lot['stand_alone_margin']:.1%}" for lot in chosen["lots"])
    said = [
        f"Prices are the lowest that hold once the client takes the cheaper offer, knowing "
        f"{chosen['knowledge_volume']:.0%} of the spread of its volume and "
        f"{chosen['knowledge_complexity']:.0%} of that of its work per unit; "
        f"{POINTS[chosen['point']]}, {chosen['draws']:,} futures.",
        f"After the choice the margin is {chosen['margin']:.1%}, {_TAILS[chosen['tail']]} "
        f"{chosen[chosen['tail']]:.1%} or more. At prices that hold for each "
        f"offer alone it would be: {margins}.",
    ]
    for lot in chosen["lots"]:
        parts = ", ".join(
            f"{PARTS[one['name']]} {one['share']:+.2%}" for one in lot["premium"] if one["share"]
        )
        said.append(
            f"Unit price of {lot['name']} on parity {lot['output_level'] - 1:+.2%}: {parts}."
        )
    said += [f"{line}." for line in contract_lines(chosen)]
    return said + [f"{note[:1].upper()}{note[1:]}." for note in chosen.get("notes", [])]


def price_cells(study: Json, lot: Json) -> Rows:
    """Parity, stand-alone and quoted price of every team and service."""
    rows = []
    for offer in ("input_based", "output_based"):
        parity = lot[f"parity_{offer.removesuffix('_based')}"]
        columns = (parity, lot["stand_alone"]["after_choice"][offer], lot["quoted"][offer])
        for fair, alone, quoted in zip(*columns, strict=True):
            rows.append(
                {
                    "Price": fair["name"],
                    "Per": fair["unit"],
                    f"Parity, {study['currency']}": _amount(fair["price"]),
                    "Stand-alone": _amount(alone["price"]),
                    "Quoted": _amount(quoted["price"]),
                    "On parity": f"{_over([quoted], [fair]):+.1%}",
                }
            )
    return rows


def result_cells(study: Json, lot: Json) -> Rows:
    """Bill, margin and tail before and after the choice."""
    rows = []
    for case, path in CASES.items():
        result = lot
        for step in path:
            result = result[step]
        rows.append(_result(case, result, study["currency"]))
    return rows


def total_cells(study: Json) -> Rows:
    """The same of all services together; hours taken are by bill."""
    cases = {
        "stand-alone, after choice": study["total_stand_alone"],
        "quoted, after choice": study["total"],
    }
    return [_result(case, result, study["currency"]) for case, result in cases.items()]


def _result(case: str, result: Json, currency: str) -> dict[str, str]:
    return {
        "Case": case,
        f"Expected bill, {currency}": _whole(result["bill"]),
        "Profit": _whole(result["profit"]),
        "Margin": f"{result['margin']:.1%}",
        "P10": f"{result['p10']:.1%}",
        "Worst tenth": f"{result['cvar']:.1%}",
        "Loss": f"{result['loss_probability']:.1%}",
        "Hours taken": f"{result['input_share']:.0%}",
    }


def premium_cells(lot: Json) -> Rows:
    """Parts of the premium of the unit price on parity, and their sum."""
    parts = [
        {
            "Premium of the unit price": PARTS[one["name"]],
            "Share of parity": _signed(one["share"]),
        }
        for one in lot["premium_parts"]
    ]
    total = lot["quoted"]["output_premium"]
    whole = {"Premium of the unit price": "quoted price on parity"}
    return [*parts, whole | {"Share of parity": _signed(total)}]


def third_sentence(study: Json, lot: Json) -> str:
    """A third offer, and who takes which."""
    third = lot["third"]
    if third is None:
        return (
            "No third offer sorts these clients: with what they know they are too alike to tell "
            "apart by what they choose."
        )
    hours = ", ".join(
        f"{_amount(p['price'])} per {p['unit']} of {p['name']}" for p in third["input_based"]
    )
    units = ", ".join(f"{_amount(p['price'])} per {p['unit']}" for p in third["output_based"])
    takes = " / ".join(f"{one:.0%}" for one in third["shares"])
    works = " / ".join(f"{one:.2f}" for one in third["complexity"])
    return (
        f"Third offer: {third['base_share']:.0%} of the people as a base ({hours}) and {units}, in "
        f"{study['currency']}. It stands {third['premium']:+.1%} on stand-alone prices, hours and "
        f"units beside it {third['pure_premium']:+.1%}; of the futures {takes} take hours, units, "
        f"the third, with work of {works} times the planned complexity; margin "
        f"{third['result']['margin']:.1%}."
    )


def saving_cells(lot: Json) -> Rows:
    """What would make the choice cheaper."""
    return [
        {
            "What would save": LEVERS[one["lever"]],
            "Terms": one["terms"],
            "Premium left": _signed(one["premium"]),
            "Input bill": _signed(one["input_change"]),
            "Output bill": _signed(one["output_change"]),
        }
        for one in lot["savings"]
    ]


def clause_cells(lot: Json) -> Rows:
    """Price change of an offer that gives a clause up."""
    return [
        {
            "Clause given up": CLAUSES[one["clause"]],
            "Offer": OFFER[one["offer"]],
            "Terms": one["terms"],
            "Price at equal risk": _signed(one["price_change"]),
        }
        for one in lot["clauses"]
    ]


def floor_cells(study: Json, lot: Json) -> Rows:
    """Lowest prices by role."""
    rows = []
    for floor in lot["floors"]:
        row = {
            "Lowest price of": floor["role"],
            "Margin": f"{floor['margin']:.1%}",
            "Discount": f"{floor['discount']:.1%}",
        }
        for price in (*floor["input_based"], *floor["output_based"]):
            row[f"{price['name']}, per {price['unit']}"] = _amount(price["price"])
        rows.append(row)
    return rows


def winning_sentence(study: Json, lot: Json) -> str:
    """Chance of winning against a rival, the winner's curse, and the most profitable pair."""
    now = lot["winning"]
    text = (
        f"Against a rival at {study['rival']:.0%} of the stand-alone input bill the quoted prices "
        f"win {now['probability']:.0%} of the deals; the work won costs {now['curse']:+.1%} "
        f"against the work offered, expected profit {_whole(now['profit'])} {study['currency']}."
    )
    if now["best_profit"] is None:
        return f"{text} No pair holds the margin on the deals it wins."
    return (
        f"{text} Of the pairs searched that hold the margin on the deals they win, "
        f"{now['best_input_premium']:+.1%} on hours and {now['best_output_premium']:+.1%} on units "
        f"over stand-alone bring most: {_whole(now['best_profit'])} at "
        f"{now['best_probability']:.0%}."
    )


def price_to_win_sentences(study: Json) -> list[str]:
    """What a price asked for leaves, and what alone would hold the floor."""
    asked = study["price_to_win"]
    if asked is None:
        return []
    after, alone = asked["after_choice"], asked["alone"]
    verdict = "holds" if asked["holds"] else "does not hold"
    said = [
        f"{_amount(asked['price'])} {study['currency']} for {asked['name']} "
        f"({OFFER[asked['offer']]}, {-asked['discount']:+.1%} on the quoted price) {verdict} the "
        f"floor of {asked['floor_margin']:.1%}: margin {after['margin']:.1%} and P10 "
        f"{after['p10']:.1%} after the choice, {alone['margin']:.1%} and {alone['p10']:.1%} if "
        "every client took it."
    ]
    if asked["changes"]:
        said.append("To hold it, one of: " + "; ".join(map(_change, asked["changes"])) + ".")
    return said


def _change(change: Json) -> str:
    name, amount = change["name"], change["amount"]
    if amount is None:
        return _NEVER[name]
    return CHANGES[name].format(-amount if name == "cost" else amount)


def _signed(share: float, places: int = 2) -> str:
    """Write a share with its sign; what rounds to nothing has none."""
    text = f"{share:+.{places}%}"
    return text if any(sign in "123456789" for sign in text) else text[1:]


def _over(prices: Sequence[Json], base: Sequence[Json]) -> float:
    return float(prices[0]["price"]["amount"]) / float(base[0]["price"]["amount"]) - 1


def _amount(money: Json) -> str:
    return f"{Decimal(money['amount']):,f}"


def _whole(money: Json) -> str:
    return f"{Decimal(money['amount']):,.0f}"
