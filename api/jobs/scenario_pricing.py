"""Pricing a scenario as work: its quote is stored, and the scenario points to it.

What each of its changes does by itself is work, too, of which nothing is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from api.errors import NOT_COMPARABLE, NOT_FOUND, RefusedError
from api.formats import JSON
from api.jobs.work import Bench, Done, Kind, Order
from api.quote_answer import CREATED, quote_answer
from api.scenario_sets.change import recorded
from api.scenario_sets.standing import BASE, base_of, engagement_of, quote_that_holds
from api.store import events, quotes, scenarios
from pricing.scenario_sets.effects import override_effects

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from api.store.scenario_tables import ScenarioRow, ScenarioSetRow
    from pricing.engagement import Engagement
    from pricing.quote import Quote


def _price(order: Order, bench: Bench) -> Done:
    with bench.store.reading() as session:
        row, scenario = _found(session, order)
        base = base_of(session, row)
        engagement, priced = engagement_of(base, scenario), base.now(scenario)
    quote = bench.pricer.price(engagement, progress=bench.progress, log=bench.log)

    def store(session: Session) -> Response:
        row, scenario = _found(session, order)
        variant_of = base.stored.id if quotes.get(session, base.stored.id) else None
        stored = quotes.add(session, engagement, quote, variant_of=variant_of, by=order.by)
        now = base_of(session, row).now(scenario)
        if priced == now or scenarios.priced_from(scenario) != now:  # else a newer result holds
            before = recorded(scenario)
            scenarios.set_priced(scenario, stored.id, priced)
            after = {**recorded(scenario), **priced.model_dump(mode="json")}
            events.append(
                session,
                "scenario.priced",
                row.id,
                order.by,
                before=before,
                after=after,
                subject_type=scenarios.SUBJECT,
            )
        return quote_answer(stored, CREATED)

    return store


def _effects(order: Order, bench: Bench) -> Done:
    with bench.store.reading() as session:
        row, scenario = _found(session, order)
        base = base_of(session, row)
        overrides = scenarios.overrides_of(scenario)
        base_quote = quote_that_holds(session, row, BASE)
    if base_quote is None:
        raise RefusedError(NOT_COMPARABLE, "the result of the base is stale; price it again")
    count = 0

    def price(engagement: Engagement) -> Quote:
        nonlocal count
        count += 1
        bench.progress(f"pricing {count} of at most {2 * len(overrides)}")
        return bench.pricer.price(engagement, log=bench.log)

    made = override_effects(base.engagement, base_quote, overrides, price)
    content = made.model_dump_json()
    return lambda _: Response(content, media_type=JSON)


def _found(session: Session, order: Order) -> tuple[ScenarioSetRow, ScenarioRow]:
    scenario = scenarios.get_scenario(session, order.target or "")
    row = None if scenario is None else scenarios.get_set(session, scenario.set_id)
    if row is None or scenario is None:
        raise RefusedError(NOT_FOUND, "the scenario was deleted before it was priced")
    return row, scenario


SCENARIO_PRICING = {"scenario": Kind(_price), "scenario-effects": Kind(_effects)}
