"""Who may do what: every operation needs a permission, every permission names its roles.

An operation that is missing here is refused to everybody but an admin, and a test fails.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from api.identity.caller import Role

if TYPE_CHECKING:
    from api.identity.caller import Caller


class Permission(StrEnum):
    """What a caller may do; an API key is narrowed to some of them."""

    PROFILE = "profile"
    KEYS = "keys"
    USERS = "users"
    METRICS = "metrics"
    CLIENT_VIEW = "client-view"
    SURGE_OFFER = "surge-offer"
    QUOTES_READ = "quotes:read"
    QUOTES_WRITE = "quotes:write"
    QUOTES_APPROVE = "quotes:approve"
    QUOTES_ANSWER = "quotes:answer"
    STUDIES = "studies"
    WEBHOOKS = "webhooks"
    JOBS = "jobs"
    RATES_READ = "rates:read"
    RATES_WRITE = "rates:write"
    CLIENT_DATA = "client-data"
    SCENARIOS_READ = "scenarios:read"
    SCENARIOS_WRITE = "scenarios:write"


_SALES, _APPROVER, _PLANNER = Role.SALES, Role.APPROVER, Role.PLANNER
_STAFF = frozenset({_SALES, _APPROVER, _PLANNER})
_EVERYBODY = frozenset(Role)

# An admin may do everything.
ROLES: dict[Permission, frozenset[Role]] = {
    Permission.PROFILE: _EVERYBODY,
    Permission.KEYS: _EVERYBODY,
    Permission.USERS: frozenset(),
    Permission.METRICS: frozenset(),
    Permission.CLIENT_VIEW: _EVERYBODY,
    Permission.SURGE_OFFER: frozenset({_SALES, _PLANNER, Role.CLIENT}),
    Permission.QUOTES_READ: _STAFF,
    Permission.QUOTES_WRITE: frozenset({_SALES}),
    Permission.QUOTES_APPROVE: frozenset({_APPROVER}),
    Permission.QUOTES_ANSWER: frozenset({_SALES, Role.CLIENT}),
    Permission.STUDIES: _STAFF,
    Permission.WEBHOOKS: frozenset(),
    Permission.JOBS: _EVERYBODY,  # each its own
    Permission.RATES_READ: _STAFF,
    Permission.RATES_WRITE: frozenset(),
    Permission.CLIENT_DATA: frozenset(),
    Permission.SCENARIOS_READ: _STAFF,  # each its own, and what is shared with it
    Permission.SCENARIOS_WRITE: frozenset({_SALES, _PLANNER}),
}

# Answered without a credential.
PUBLIC = frozenset({"GET /healthz", "GET /readyz", "POST /v1/sessions"})

NEEDED: dict[str, Permission] = {
    "DELETE /v1/sessions/current": Permission.PROFILE,
    "GET /v1/me": Permission.PROFILE,
    "PUT /v1/me/password": Permission.PROFILE,
    "GET /v1/keys": Permission.KEYS,
    "POST /v1/keys": Permission.KEYS,
    "DELETE /v1/keys/{key_id}": Permission.KEYS,
    "GET /v1/users": Permission.USERS,
    "POST /v1/users": Permission.USERS,
    "GET /v1/users/{user_id}": Permission.USERS,
    "PATCH /v1/users/{user_id}": Permission.USERS,
    "PUT /v1/users/{user_id}/password": Permission.USERS,
    "GET /metrics": Permission.METRICS,
    # What a client may read of the quotes it was sent.
    "GET /v1/client/quotes": Permission.CLIENT_VIEW,
    "GET /v1/client/quotes/{quote_id}": Permission.CLIENT_VIEW,
    "POST /v1/client/quotes/{quote_id}/comparison": Permission.CLIENT_VIEW,
    "GET /v1/quotes/{quote_id}/comparison": Permission.CLIENT_VIEW,
    "GET /v1/quotes/{quote_id}/bills": Permission.CLIENT_VIEW,
    "POST /v1/quotes/{quote_id}/invoices": Permission.CLIENT_VIEW,
    "GET /v1/quotes/{quote_id}/proposals": Permission.CLIENT_VIEW,
    "GET /v1/quotes/{quote_id}/proposals/{proposal_id}": Permission.CLIENT_VIEW,
    "POST /v1/client/quotes/{quote_id}/surge-offer": Permission.SURGE_OFFER,
    # The vendor's own view.
    "GET /v1/quotes": Permission.QUOTES_READ,
    "GET /v1/portfolio": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}/engagement": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}/plan": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}/plan/calendar": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}/explain": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}/difference/{other_id}": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}/events": Permission.QUOTES_READ,
    "GET /v1/quotes/{quote_id}/actions": Permission.QUOTES_READ,
    "POST /v1/quotes": Permission.QUOTES_WRITE,
    "POST /v1/quotes/{quote_id}/variants": Permission.QUOTES_WRITE,
    "POST /v1/quotes/{quote_id}/proposals": Permission.QUOTES_WRITE,
    "POST /v1/quotes/{quote_id}/revisions": Permission.QUOTES_WRITE,
    "POST /v1/quotes/{quote_id}/request-approval": Permission.QUOTES_WRITE,
    "POST /v1/quotes/{quote_id}/send": Permission.QUOTES_WRITE,
    "POST /v1/quotes/{quote_id}/void": Permission.QUOTES_WRITE,
    "POST /v1/quotes/{quote_id}/approve": Permission.QUOTES_APPROVE,
    "POST /v1/quotes/{quote_id}/reject": Permission.QUOTES_APPROVE,
    # The client's answer; sales enters one that came by other means.
    "POST /v1/quotes/{quote_id}/accept": Permission.QUOTES_ANSWER,
    "POST /v1/quotes/{quote_id}/decline": Permission.QUOTES_ANSWER,
    "POST /v1/quotes/{quote_id}/request-revision": Permission.QUOTES_ANSWER,
    # Of an engagement that the caller sends; not for clients, who could send one without margin.
    "GET /v1/engagements/example": Permission.STUDIES,
    "GET /v1/engagements/examples": Permission.STUDIES,
    "GET /v1/engagements/examples/{name}": Permission.STUDIES,
    "POST /v1/engagements/validate": Permission.STUDIES,
    "POST /v1/volumes": Permission.STUDIES,
    # Drafts, each caller's own.
    "POST /v1/drafts": Permission.QUOTES_WRITE,
    "GET /v1/drafts": Permission.QUOTES_WRITE,
    "GET /v1/drafts/{draft_id}": Permission.QUOTES_WRITE,
    "PUT /v1/drafts/{draft_id}": Permission.QUOTES_WRITE,
    "DELETE /v1/drafts/{draft_id}": Permission.QUOTES_WRITE,
    "POST /v1/requirement": Permission.STUDIES,
    "POST /v1/coverage": Permission.STUDIES,
    "POST /v1/price": Permission.STUDIES,
    "POST /v1/compare": Permission.STUDIES,
    "POST /v1/explain": Permission.STUDIES,
    "POST /v1/invoice": Permission.STUDIES,
    "POST /v1/surge": Permission.STUDIES,
    "POST /v1/surge/offer": Permission.STUDIES,
    "POST /v1/hiring": Permission.STUDIES,
    "POST /v1/forecast": Permission.STUDIES,
    "POST /v1/futures": Permission.STUDIES,
    "POST /v1/choice": Permission.STUDIES,
    "POST /v1/risk": Permission.STUDIES,
    "POST /v1/goal-seek": Permission.STUDIES,
    "POST /v1/rates": Permission.STUDIES,
    "POST /v1/sites": Permission.STUDIES,
    # Of the work that the caller itself handed in.
    "GET /v1/jobs/{job_id}": Permission.JOBS,
    "GET /v1/jobs/{job_id}/result": Permission.JOBS,
    "GET /v1/jobs/{job_id}/request": Permission.JOBS,
    "GET /v1/jobs/{job_id}/events": Permission.JOBS,
    "POST /v1/jobs/{job_id}/cancel": Permission.JOBS,
    "DELETE /v1/jobs/{job_id}": Permission.JOBS,
    # What the house pays: read by whoever prices, changed by an admin.
    "GET /v1/rate-cards": Permission.RATES_READ,
    "GET /v1/rate-cards/{name}/versions": Permission.RATES_READ,
    "GET /v1/rate-cards/{name}/versions/{version}": Permission.RATES_READ,
    "GET /v1/rate-cards/{name}/versions/{version}/changes": Permission.RATES_READ,
    "POST /v1/rate-cards/{name}/versions/{version}/engagement": Permission.RATES_READ,
    "POST /v1/rate-cards/{name}/versions": Permission.RATES_WRITE,
    # All that is kept of a client: given out and erased where law asks.
    "GET /v1/client-data": Permission.CLIENT_DATA,
    "DELETE /v1/client-data": Permission.CLIENT_DATA,
    # What if: a base and what others change of it.
    "GET /v1/scenario-sets": Permission.SCENARIOS_READ,
    "POST /v1/scenario-sets": Permission.SCENARIOS_WRITE,
    "GET /v1/scenario-sets/{set_id}": Permission.SCENARIOS_READ,
    "PATCH /v1/scenario-sets/{set_id}": Permission.SCENARIOS_WRITE,
    "DELETE /v1/scenario-sets/{set_id}": Permission.SCENARIOS_WRITE,
    "PUT /v1/scenario-sets/{set_id}/sharing": Permission.SCENARIOS_WRITE,
    "GET /v1/scenario-sets/{set_id}/events": Permission.SCENARIOS_READ,
    "GET /v1/scenario-sets/{set_id}/comparison": Permission.SCENARIOS_READ,
    "GET /v1/scenario-sets/{set_id}/bridge": Permission.SCENARIOS_READ,
    "POST /v1/scenario-sets/{set_id}/scenarios": Permission.SCENARIOS_WRITE,
    "GET /v1/scenario-sets/{set_id}/scenarios/{scenario_id}": Permission.SCENARIOS_READ,
    "PATCH /v1/scenario-sets/{set_id}/scenarios/{scenario_id}": Permission.SCENARIOS_WRITE,
    "DELETE /v1/scenario-sets/{set_id}/scenarios/{scenario_id}": Permission.SCENARIOS_WRITE,
    "POST /v1/scenario-sets/{set_id}/scenarios/{scenario_id}/price": Permission.SCENARIOS_WRITE,
    "POST /v1/scenario-sets/{set_id}/scenarios/{scenario_id}/effects": Permission.SCENARIOS_READ,
    # Who is told of what happens.
    "POST /v1/webhooks": Permission.WEBHOOKS,
    "GET /v1/webhooks": Permission.WEBHOOKS,
    "DELETE /v1/webhooks/{webhook_id}": Permission.WEBHOOKS,
    "POST /v1/webhooks/{webhook_id}/secret": Permission.WEBHOOKS,
    "POST /v1/webhooks/{webhook_id}/test": Permission.WEBHOOKS,
    "GET /v1/webhooks/{webhook_id}/deliveries": Permission.WEBHOOKS,
    "POST /v1/webhooks/{webhook_id}/deliveries/{delivery_id}/resend": Permission.WEBHOOKS,
}


def granted(role: Role) -> frozenset[Permission]:
    """Permissions of a role."""
    if role is Role.ADMIN:
        return frozenset(Permission)
    return frozenset(permission for permission, roles in ROLES.items() if role in roles)


def permissions_of(caller: Caller) -> frozenset[Permission]:
    """Permissions of a caller: its role's, narrowed to its key's."""
    own = granted(caller.role)
    return own if caller.scope is None else own & caller.scope


def may(caller: Caller, operation: str) -> bool:
    """Whether a caller may use an operation, such as ``GET /v1/quotes/{quote_id}``."""
    needed = NEEDED.get(operation)
    if needed is None:
        return caller.role is Role.ADMIN and caller.scope is None
    return needed in permissions_of(caller)
