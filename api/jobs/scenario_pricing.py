"""Pricing a scenario as work: its quote is stored, and the scenario points to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import NOT_FOUND, RefusedError
from api.jobs.work import Bench, Done, Kind, Order
from api.quote_answer import CREATED, quote_answer
from api.scenario_sets.change import recorded
from api.scenario_sets.standing import base_of, engagement_of
from api.store import events, quotes, scenarios

if TYPE_CHECKING:
    from sqlalchemy.orm import Session
    from starlette.responses import Response

    from api.store.scenario_tables import ScenarioRow, ScenarioSetRow


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


def _found(session: Session, order: Order) -> tuple[ScenarioSetRow, ScenarioRow]:
    scenario = scenarios.get_scenario(session, order.target or "")
    row = None if scenario is None else scenarios.get_set(session, scenario.set_id)
    if row is None or scenario is None:
        raise RefusedError(NOT_FOUND, "the scenario was deleted before it was priced")
    return row, scenario


SCENARIO_PRICING = {"scenario": Kind(_price)}
