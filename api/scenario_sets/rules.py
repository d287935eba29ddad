"""What a set has to be: at most four scenarios of different names, each an engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.errors import NAME_TAKEN, SET_FULL, RefusedError
from api.identity.caller import Role
from api.scenario_sets.bodies import MOST_SCENARIOS
from api.store import quotes, scenarios, users
from pricing.scenario_sets.overrides import scenario_engagement
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from sqlalchemy.orm import Session

    from api.scenario_sets.bodies import ScenarioBody, Sharing
    from api.store.quotes import StoredQuote
    from api.store.scenario_tables import ScenarioSetRow
    from pricing.scenario_sets.overrides import Override


def base_quote(session: Session, quote_id: str) -> StoredQuote:
    """Return the quote that a body names as base.

    Raises
    ------
    BadInputError
        There is none.
    """
    found = quotes.get(session, quote_id)
    if found is None:
        raise BadInputError.at("base_quote_id", quote_id, "the id of a stored quote")
    return found


def check_names(bodies: Sequence[ScenarioBody]) -> None:
    """Refuse two scenarios of one name.

    Raises
    ------
    BadInputError
        Naming the second of them.
    """
    seen: set[str] = set()
    for index, body in enumerate(bodies):
        if body.name.casefold() in seen:
            path = f"scenarios[{index}].name"
            raise BadInputError.at(path, body.name, "a name no other scenario of the set has")
        seen.add(body.name.casefold())


def check_free_name(row: ScenarioSetRow, name: str, own_id: str | None = None) -> None:
    """Refuse a name that another scenario of the set has.

    Raises
    ------
    RefusedError
        It is taken.
    """
    for scenario in row.scenarios:
        if scenario.id != own_id and scenario.name.casefold() == name.casefold():
            detail = f"the set has a scenario {scenario.name} already; take another name"
            raise RefusedError(NAME_TAKEN, detail)


def check_room(row: ScenarioSetRow) -> None:
    """Refuse a fifth scenario.

    Raises
    ------
    RefusedError
        The set is full.
    """
    if len(row.scenarios) >= MOST_SCENARIOS:
        raise RefusedError(
            SET_FULL,
            f"a set compares at most {MOST_SCENARIOS} scenarios with their base; delete one, or "
            "make another set of the same base",
        )


def check_overrides(base: dict[str, Any], overrides: Sequence[Override], prefix: str = "") -> None:
    """Refuse changes whose places are not in the base, or that make it no engagement.

    Raises
    ------
    BadInputError
        Naming each.
    """
    try:
        scenario_engagement(base, overrides)
    except BadInputError as error:
        issues = [FieldIssue(prefix + i.path, i.value, i.accepted) for i in error.issues]
        raise BadInputError(*issues) from None


def check_fits(row: ScenarioSetRow, base: StoredQuote) -> None:
    """Refuse a base that a scenario's changes do not fit.

    Raises
    ------
    BadInputError
        Naming each such scenario and place.
    """
    issues = []
    for scenario in row.scenarios:
        try:
            scenario_engagement(base.engagement, scenarios.overrides_of(scenario))
        except BadInputError as error:
            issues += [
                FieldIssue("base_quote_id", i.value, f"{scenario.name}: {i.path}: {i.accepted}")
                for i in error.issues
            ]
    if issues:
        raise BadInputError(*issues)


def users_of(session: Session, body: Sharing) -> dict[str, str]:
    """Ids of the staff a body names, with what each may do.

    Raises
    ------
    BadInputError
        An address is nobody's of the staff.
    """
    found, issues = {}, []
    for index, one in enumerate(body.users):
        user = users.find_row(session, one.email)
        if user is None or user.disabled_at is not None or user.role == Role.CLIENT:
            accepted = "the address that somebody of your staff signs in with"
            issues.append(FieldIssue(f"users[{index}].email", one.email, accepted))
        else:
            found[user.id] = str(one.access)
    if issues:
        raise BadInputError(*issues)
    return found
