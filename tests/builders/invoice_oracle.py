"""A second invoice calculator: fractions, plain data, one rule after the other; on its own.

It knows the quoted prices and the plan, and reads contract and actuals as an author wrote them.
"""

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

CREDITS = {"fill_rate", "replacement", "accuracy", "turnaround"}


def frac(value: Any) -> Fraction:
    return Fraction(str(value))


def half_away(value: Fraction, places: int) -> Fraction:
    scaled = abs(value) * 10**places
    whole = floor(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


@dataclass
class Terms:
    """What was quoted and planned: money and units as fractions."""

    fte_month: dict[str, Fraction]
    paid_hour: dict[str, Fraction]
    unit_price: dict[str, Fraction]
    units: dict[str, list[Fraction]]
    orders: dict[str, list[Fraction]]
    starts: list[date]
    month_days: list[int]
    accuracy: dict[str, Fraction]
    hours_per_fte: Fraction


@dataclass
class Book:
    """Lines in order: mechanism, about, rounded amount."""

    lines: list[tuple[str, str, Fraction]] = field(default_factory=list)

    def add(self, mechanism: str, about: str, amount: Fraction) -> None:
        self.lines.append((mechanism, about, half_away(amount, 2)))

    def of(self, about: str, *mechanisms: str) -> Fraction:
        return sum((a for m, who, a in self.lines if who == about and m in mechanisms), Fraction(0))

    def all_but(self, *mechanisms: str) -> Fraction:
        return sum((a for m, _, a in self.lines if m not in mechanisms), Fraction(0))

    @property
    def total(self) -> Fraction:
        return sum((a for _, _, a in self.lines), Fraction(0))

    def by_mechanism(self) -> dict[tuple[str, str], Decimal]:
        found: dict[tuple[str, str], Fraction] = {}
        for mechanism, about, amount in self.lines:
            key = (mechanism, about)
            found[key] = found.get(key, Fraction(0)) + amount
        return {
            key: Decimal(amount.numerator) / amount.denominator
            for key, amount in found.items()
            if amount
        }


def invoice(terms: Terms, contract: Any, actuals: Any, month: int, method: str) -> Book:
    """Bill a month (1 first) under a method."""
    book, at = Book(), month - 1
    days, of_days = actuals.get("days", terms.month_days[at]), terms.month_days[at]
    part = Fraction(days, of_days)
    conversion = contract.get("output_based", {}).get("conversion")
    by_hour = conversion and month < actuals.get("converted_in", conversion["last_month"])
    if method == "input_based" or by_hour:
        _teams(book, terms, contract.get("input_based", {}), actuals.get("teams", {}), at, part)
    else:
        _services(book, terms, contract.get("output_based", {}), actuals, at, part)
    _whole(book, terms, contract, actuals, month, method, part)
    return book


def _teams(book, terms, contract, teams, at, part):
    minimum = {one["team"]: frac(one["fte"]) for one in contract.get("minimum_fte", [])}
    for team, price in terms.fte_month.items():
        got, hour = teams.get(team, {}), terms.paid_hour[team]
        if "hours" in got:
            bought = frac(got["hours"])
            book.add("hours", team, bought * hour)
            short = max(Fraction(0), minimum.get(team, Fraction(0)) * terms.hours_per_fte - bought)
            book.add("fte_minimum", team, short * hour * part)
            ordered = None
        else:
            ordered = Fraction(ceil(_asked(terms, contract, got, team, at)))
            book.add("ordered", team, ordered * price * part)
            short = max(Fraction(0), minimum.get(team, Fraction(0)) - ordered)
            book.add("fte_minimum", team, short * price * part)
        order = book.of(team, "ordered", "hours", "fte_minimum")
        paid = contract.get("billable", {})
        for name, key in (
            ("training", "training_hours"),
            ("breaks", "break_hours"),
            ("client_downtime", "client_downtime_hours"),
        ):
            lost = frac(got.get(key, 0)) * (1 - frac(paid.get(name, 1)))
            book.add(name, team, -lost * hour)
        times = contract.get("hour_multipliers", {})
        book.add(
            "overtime",
            team,
            frac(got.get("overtime_hours", 0)) * hour * frac(times.get("overtime", 1)),
        )
        for name in ("night", "holiday"):
            extra = frac(times.get(name, 1)) - 1
            book.add(name, team, frac(got.get(f"{name}_hours", 0)) * hour * extra)
        if "filled_fte" in got and ordered is not None:
            filled = frac(got["filled_fte"])
            book.add("unfilled", team, -max(Fraction(0), ordered - filled) * price * part)
            if "fill_rate" in contract and ordered:
                promise = contract["fill_rate"]
                missing = max(
                    Fraction(0), frac(promise["target"]) - min(Fraction(1), filled / ordered)
                )
                share = min(frac(promise["cap"]), 100 * missing * frac(promise["credit_per_point"]))
                book.add("fill_rate", team, -share * order)
        if "replacement_within_days" in contract:
            late = sum(
                max(0, one - contract["replacement_within_days"])
                for one in got.get("vacancy_days", [])
            )
            book.add("replacement", team, -late * price / terms.month_days[at])


def _asked(terms, contract, got, team, at):
    if "ordered_fte" in got:
        return frac(got["ordered_fte"])
    orders, notice = list(terms.orders[team]), contract.get("notice", {})
    for change in sorted(got.get("order_changes", []), key=lambda one: one["requested_on"]):
        asked, on = frac(change["fte"]), date.fromisoformat(change["requested_on"])
        for month, start in enumerate(terms.starts):
            key = "ramp_up_days" if asked > orders[month] else "ramp_down_days"
            if start >= on + timedelta(days=notice.get(key, 0)):
                orders = orders[:month] + [asked] * (len(orders) - month)
                break
    return orders[at]


def _planned(terms, service, at, part):
    units = terms.units[service][at]
    return units if part == 1 else half_away(units * part, 6)


def _services(book, terms, contract, actuals, at, part):
    stated = {one["service"]: one for one in contract.get("services", [])}
    for service, price in terms.unit_price.items():
        own, got = stated.get(service, {}), actuals.get("services", {}).get(service, {})
        if "classes" in got:
            units = sum(map(frac, got["classes"].values()))
        else:
            units = frac(got["units"]) if "units" in got else _planned(terms, service, at, part)
        usage = _usage(terms, own, service, units, got.get("classes"), at, part)
        for mechanism, amount in usage:
            book.add(mechanism, service, amount)
        lower = 1 - frac(own["hybrid"]["base_share"]) if "hybrid" in own else Fraction(1)
        plain = half_away(price * lower, 4)
        planned = _planned(terms, service, at, part)
        forecast = frac(got["forecast"]) if "forecast" in got else planned
        if "forecast_lock" in own:
            short = frac(own["forecast_lock"]["pay_share"]) * forecast - units
            book.add("forecast_lock", service, max(Fraction(0), short) * plain)
        if "glide_path" in own:
            charged = book.of(service, "units", "base_charge", "arc", "rrc", "forecast_lock")
            book.add("glide_path", service, charged * _glide(own, at))
        if "collar" in own:
            _collar(book, terms, own, service, planned, at, part)
        if "collections" in own:
            due = frac(own["collections"]["share"]) * frac(got.get("collections", 0))
            book.add("collections", service, due)
        if "accuracy" in own:
            allowed = own["accuracy"].get("tolerance")
            allowed = 1 - terms.accuracy[service] if allowed is None else frac(allowed)
            above = max(Fraction(0), frac(got.get("errors", 0)) - allowed * units)
            book.add("accuracy", service, -above * plain * frac(own["accuracy"]["credit_multiple"]))
        if "finished_in_time" in own and "in_time" in got:
            promise, lock = own["finished_in_time"], own.get("forecast_lock")
            relief = lock and units > forecast * (1 + frac(lock["relief_above"]))
            if frac(got["in_time"]) < frac(promise["percentile"]) and not relief:
                charged = book.of(
                    *(service, "units", "base_charge", "arc", "rrc", "forecast_lock"),
                    *("glide_path", "collar_floor", "collar_cap"),
                )
                book.add(
                    "turnaround", service, -frac(promise["credit"]) * max(Fraction(0), charged)
                )


def _collar(book, terms, own, service, planned, at, part):
    expected = sum(
        half_away(amount, 2) for _, amount in _usage(terms, own, service, planned, None, at, part)
    )
    if "glide_path" in own:
        expected += half_away(expected * _glide(own, at), 2)
    charged = book.of(service, "units", "base_charge", "arc", "rrc", "forecast_lock", "glide_path")
    low, high = own["collar"].get("floor"), own["collar"].get("cap")
    if low is not None and charged < frac(low) * expected:
        book.add("collar_floor", service, frac(low) * expected - charged)
    elif high is not None and charged > frac(high) * expected:
        book.add("collar_cap", service, frac(high) * expected - charged)


def _glide(own, at):
    left = (1 - frac(own["glide_path"]["per_year"])) ** (at // 12)
    return max(left, frac(own["glide_path"].get("floor", 0))) - 1


def _usage(terms, own, service, units, classes, at, part):
    """Charges of units: (mechanism, unrounded amount), one for each line."""
    price = terms.unit_price[service]
    if "collections" in own and not own["collections"].get("beside_units"):
        return []
    if "band" in own:
        return _band(own["band"], price, terms.units[service][at], units, part)
    if "classes" in own:
        lines = []
        for one in own["classes"]:
            counted = frac(classes.get(one["name"], 0)) if classes else frac(one["share"]) * units
            unit = (
                frac(one["unit_price"])
                if "unit_price" in one
                else half_away(price * frac(one["price_factor"]), 4)
            )
            lines.append(("units", counted * unit))
        return lines
    if "hybrid" in own:
        share = frac(own["hybrid"]["base_share"])
        base = half_away(share * price * terms.units[service][at], 2)
        return [("base_charge", base * part), ("units", units * half_away(price * (1 - share), 4))]
    if "schedule" in own:
        return [("units", _tiers(own["schedule"], price, units))]
    return [("units", units * price)]


def _tiers(schedule, price, units):
    left, below, amount = (
        max(Fraction(0), units - frac(schedule.get("free_units", 0))),
        Fraction(0),
        Fraction(0),
    )
    if not left:
        return amount
    for tier in schedule["tiers"]:
        unit = (
            frac(tier["unit_price"])
            if "unit_price" in tier
            else half_away(price * (1 - frac(tier.get("discount", 0))), 4)
        )
        top = tier.get("up_to")
        inside = left if top is None else min(left, frac(top))
        fee = frac(tier.get("flat_fee", 0))
        if schedule["mode"] == "graduated" and left > below:
            amount += (inside - below) * unit + fee
        if schedule["mode"] == "volume" and left > below and (top is None or left <= frac(top)):
            amount = left * unit + fee
        below = Fraction(0) if top is None else frac(top)
        if top is not None and left <= frac(top):
            break
    return amount


def _band(band, price, planned, units, part):
    baseline = frac(band.get("baseline", half_away(planned, 0)))
    base = frac(band["base_charge"]) if "base_charge" in band else half_away(baseline * price, 2)
    arc = (
        frac(band["arc"])
        if "arc" in band
        else half_away(price * frac(band.get("arc_factor", 1)), 4)
    )
    rrc = (
        frac(band["rrc"])
        if "rrc" in band
        else half_away(price * frac(band.get("rrc_factor", 1)), 4)
    )
    width = frac(band.get("dead_band", "0.1"))
    low, high, middle = (
        baseline * (1 - width) * part,
        baseline * (1 + width) * part,
        baseline * part,
    )
    if band.get("convention") == "full_difference":
        above, below = (units - middle) * (units > high), (middle - units) * (units < low)
    else:
        above, below = max(Fraction(0), units - high), max(Fraction(0), low - units)
    return [("base_charge", base * part), ("arc", above * arc), ("rrc", -below * rrc)]


def _whole(book, terms, contract, actuals, month, method, part):
    moving = book.all_but(*CREDITS, "collections")
    charges = book.all_but(*CREDITS)
    if "indexation" in contract and month > 12:
        levels, cola, factor = actuals.get("index_levels", []), contract["indexation"], Fraction(1)
        for then, now in itertools.pairwise(levels):
            change = frac(cola["share"]) * (frac(now) / frac(then) - 1)
            factor *= 1 + min(max(change, frac(cola["floor"])), frac(cola["cap"]))
        book.add("indexation", "", moving * (factor - 1))
        moving += book.of("", "indexation")
        charges += book.of("", "indexation")
    for clause in contract.get("fx_clauses", []):
        rate = frac(actuals.get("fx", {}).get(clause["currency"], clause["base_rate"]))
        move = frac(clause["base_rate"]) / rate - 1
        beyond = max(Fraction(0), abs(move) - frac(clause["band"]))
        share = min(frac(clause["cap"]), frac(clause["local_share"]) * beyond)
        book.add("fx_clause", "", moving * (share if move > 0 else -share))
    charges += book.of("", "fx_clause")
    output = contract.get("output_based", {})
    if method == "output_based" and "minimum_commitment" in output:
        committed = frac(output["minimum_commitment"]["amount"]) * part
        book.add("true_up", "", max(Fraction(0), committed - max(Fraction(0), charges)))
        charges += book.of("", "true_up")
    charges = max(Fraction(0), charges)
    if method in contract.get("sla_credits_for", ["output_based"]):
        _credits(book, contract.get("sla_credits"), actuals.get("sla", {}), charges)
    _surge(book, contract.get("surge"), actuals, part)
    if method == "output_based" and "gainshare" in output:
        share = frac(output["gainshare"]["share"]) * frac(actuals.get("savings", 0))
        book.add("gainshare", "", min(share, frac(output["gainshare"]["cap"])))
    _discounts(book, contract, actuals, charges)
    if actuals.get("ends") and month < len(terms.starts):
        due = [one for one in contract.get("termination", []) if one["from_month"] <= month]
        if due:
            book.add("termination", "", frac(due[-1]["charge"]))


def _credits(book, credits, results, charges):
    if not credits:
        return
    at_risk, taken = charges * frac(credits["at_risk"]), Fraction(0)
    for one in credits["measures"]:
        if one["name"] not in results:
            continue
        result, target = frac(results[one["name"]]), frac(one["target"])
        better = one.get("higher_is_better", True)
        if (result < target) if better else (result > target):
            taken += frac(one["allocation"])
            book.add("sla_credit", "", -at_risk * frac(one["allocation"]))
    book.add("sla_credit_cap", "", max(Fraction(0), taken - 1) * at_risk)


def _surge(book, surge, actuals, part):
    if not surge:
        return
    standby = frac(surge["standby_heads"]) * frac(surge["standby_fee"])
    book.add("surge_standby", "", standby * part)
    for call in actuals.get("surge", []):
        rates = [r for r in surge["rates"] if frac(r["notice_h"]) <= frac(call["notice_h"])]
        rate = frac(max(rates, key=lambda r: frac(r["notice_h"]))["hour_price"])
        people, hours = frac(call["people"]), frac(call["hours"])
        book.add("surge_call_off", "", hours * rate)
        missing = max(Fraction(0), people * frac(surge.get("minimum_hours", 0)) - hours)
        book.add("surge_minimum", "", missing * rate)


def _discounts(book, contract, actuals, charges):
    before = frac(actuals.get("charged_this_year", 0))
    rebates = contract.get("rebates", [])
    for at, one in enumerate(rebates):
        top = frac(rebates[at + 1]["above"]) if at + 1 < len(rebates) else before + charges
        inside = min(before + charges, top) - max(before, frac(one["above"]))
        book.add("rebate", "", -frac(one["share"]) * max(Fraction(0), inside))
    early = contract.get("early_payment")
    paid = actuals.get("paid_within_days")
    if early and paid is not None and paid <= early["within_days"] and book.total > 0:
        book.add("early_payment", "", -frac(early["discount"]) * book.total)
