"""What routes are given: the store, and bodies read strictly.

What needs no waiting is asynchronous all the same: anything else costs a thread each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Request

from api.body import read_json
from api.identity.caller import CallerDep, Role
from api.lifecycle.approval import ApprovalPolicy
from api.operating.request_id import get_request_id
from api.store.database import Database
from api.store.events import Origin
from pricing.engagement import Engagement
from pricing.reading import read_document
from pricing.scenarios import Variation
from staffing.errors import BadInputError, FieldIssue, field_path, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

_OF_CLIENT = "user of the client"


async def get_store(request: Request) -> Database:
    """Return the store of this application."""
    store: Database = request.app.state.store
    return store


async def get_policy(request: Request) -> ApprovalPolicy:
    """Return who has to approve what in this application."""
    policy: ApprovalPolicy = request.app.state.approval_policy
    return policy


async def get_origin(request: Request, caller: CallerDep) -> Origin:
    """Tell who caused what this request does, for its events.

    Events outlive the erasure of a client: of its users they hold the id alone.
    """
    name = _OF_CLIENT if caller.role is Role.CLIENT else caller.name
    return Origin(caller.id, name, caller.role.value, get_request_id(request))


async def json_body(request: Request) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Read the body as strict JSON."""
    return await read_json(request, request.app.state.settings.max_body_bytes)


async def engagement_body(request: Request) -> Engagement:
    """Read the body as an engagement; files cannot be referred to over HTTP."""
    raw = await json_body(request)
    refuse_file_references(raw)
    return read_document(Engagement, raw)


async def variation_body(request: Request) -> Variation:
    """Read the body as a variation."""
    return read_document(Variation, await json_body(request))


def refuse_file_references(raw: object) -> None:
    """Refuse ``{csv: …}`` anywhere in a document: the server reads no files for a caller.

    Raises
    ------
    BadInputError
        Naming every such place.
    """
    issues = [
        FieldIssue(path, shorten(value), "the numbers themselves; files cannot be named over HTTP")
        for path, value in _file_references(raw, "")
    ]
    if issues:
        raise BadInputError(*issues)


def _file_references(value: object, path: str) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        if "csv" in value:
            yield path or "(document)", value
            return
        for key, item in value.items():
            yield from _file_references(item, field_path(path, str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _file_references(item, field_path(path, index))


StoreDep = Annotated[Database, Depends(get_store)]
PolicyDep = Annotated[ApprovalPolicy, Depends(get_policy)]
OriginDep = Annotated[Origin, Depends(get_origin)]
EngagementBody = Annotated[Engagement, Depends(engagement_body)]
VariationBody = Annotated[Variation, Depends(variation_body)]
