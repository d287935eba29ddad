"""`/v1/rate-cards`: a house's own rates; every change is a version, and none is ever changed."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from api.body import read_bytes, read_json
from api.deps import StoreDep, refuse_file_references
from api.errors import NOT_FOUND, RefusedError
from api.formats import CSV, XLSX
from api.idempotency import IdempotencyDep
from api.identity.caller import CallerDep
from api.openapi import open_engagement_request, rate_card_request
from api.problems import problem_responses
from api.rate_card_files import card_of_file
from api.store import rate_cards
from api.store.rate_cards import RateCardListing, StoredRateCard
from pricing.rate_cards import RateCard, fill
from pricing.rate_cards.difference import RowChange, card_changes
from pricing.rate_cards.tables import read_rate_card
from pricing.reading import read_engagement
from staffing.errors import BadInputError

router = APIRouter(prefix="/v1/rate-cards", tags=["rate cards"])

_CREATED = 201
_NONE_YET = {"version": 0, "created_at": "", "created_by": "", "note": "", "content_hash": ""}

CardName = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$", examples=["house"])]
Version = Annotated[int, Path(ge=1, le=10**9)]


class CardListing(BaseModel):
    """A version of a card, without its rows."""

    name: str
    version: int
    created_at: str
    created_by: str
    note: str
    content_hash: str


class CardPage(BaseModel):
    """Versions of cards."""

    object: Literal["list"] = "list"
    data: list[CardListing]


class CardAnswer(CardListing):
    """A version of a card."""

    card: RateCard


class ImportAnswer(CardListing):
    """What an import changed, or would change: `dry_run` stores nothing, and says so."""

    dry_run: bool
    changes: list[RowChange]


class FilledAnswer(CardListing):
    """An engagement with its gaps filled, and where each filled value came from, by path."""

    engagement: dict[str, Any]
    filled: dict[str, str]


async def open_engagement(request: Request) -> object:
    """Return an engagement as plain data, gaps and all."""
    raw = await read_json(request, request.app.state.settings.max_body_bytes)
    refuse_file_references(raw)
    return raw


class ImportQuery(BaseModel):
    """How a file is taken; unknown parameters are errors, as unknown fields are."""

    model_config = ConfigDict(extra="forbid")

    table: Literal["wages", "on_costs", "labour_rules", "fx", "catalogue"] | None = Field(
        None, description="Which table a CSV file is; a workbook names its sheets so."
    )
    dry_run: bool = Field(False, description="Check and compare, and store nothing.")
    note: str = Field("", max_length=500, description="Why it changes, for those who look later.")


@router.get("", responses=problem_responses(403, 503))
def list_rate_cards(store: StoreDep) -> CardPage:
    """List all rate cards, each in its newest version."""
    with store.reading() as session:
        return _page(rate_cards.newest(session))


@router.get("/{name}/versions", responses=problem_responses(403, 404, 422, 503))
def list_versions(name: CardName, store: StoreDep) -> CardPage:
    """List the versions of a rate card, newest first."""
    with store.reading() as session:
        found = rate_cards.versions(session, name)
    if not found:
        raise _missing(name, None)
    return _page(found)


@router.get("/{name}/versions/{version}", responses=problem_responses(403, 404, 422, 503))
def get_version(name: CardName, version: Version, store: StoreDep) -> CardAnswer:
    """Return a version of a rate card with its rows."""
    with store.reading() as session:
        found = rate_cards.get(session, name, version)
    if found is None:
        raise _missing(name, version)
    return CardAnswer(**_about(found), card=found.card)


@router.get("/{name}/versions/{version}/changes", responses=problem_responses(403, 404, 422, 503))
def get_changes(name: CardName, version: Version, store: StoreDep) -> list[RowChange]:
    """Tell what a version changed in the one before it, row by row."""
    with store.reading() as session:
        found = rate_cards.get(session, name, version)
        before = rate_cards.get(session, name, version - 1)
    if found is None:
        raise _missing(name, version)
    return list(card_changes(before.card if before else RateCard(), found.card))


@router.post(
    "/{name}/versions/{version}/engagement",
    responses=problem_responses(400, 403, 404, 413, 415, 422, 503),
    openapi_extra=open_engagement_request(),
)
def fill_engagement(
    name: CardName,
    version: Version,
    store: StoreDep,
    raw: Annotated[object, Depends(open_engagement)],
) -> FilledAnswer:
    """Fill what an engagement leaves open from a version of a card, ready to be priced.

    Each value that was filled names card and version as its source, so a quote made of the answer
    says for good what it was made with. Nothing is stored.
    """
    with store.reading() as session:
        found = rate_cards.get(session, name, version)
    if found is None:
        raise _missing(name, version)
    if not isinstance(raw, dict):
        raise BadInputError.at("(document)", type(raw).__name__, "an engagement")
    made = fill(found.card, raw, f"{name} version {version}")
    read_engagement(made.raw)
    return FilledAnswer(**_about(found), engagement=made.raw, filled=made.paths)


async def sent_file(request: Request) -> tuple[str, bytes]:
    """Return the kind of body and its bytes."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind, await read_bytes(request, request.app.state.settings.max_body_bytes)


async def sent_json(request: Request) -> Any:  # noqa: ANN401 (whatever JSON holds)
    """Return a JSON body as plain data; None where the body is of another kind."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in {CSV, XLSX}:
        return None
    return await read_json(request, request.app.state.settings.max_body_bytes)


@router.post(
    "/{name}/versions",
    status_code=_CREATED,
    response_model=ImportAnswer,
    responses={
        200: {"model": ImportAnswer, "description": "Nothing was stored: a dry run, or no change."},
        **problem_responses(400, 403, 406, 409, 413, 415, 422, 503),
    },
    openapi_extra=rate_card_request(),
)
def import_version(
    name: CardName,
    retry: IdempotencyDep,
    query: Annotated[ImportQuery, Query()],
    raw: Annotated[object, Depends(sent_json)],
    file: Annotated[tuple[str, bytes], Depends(sent_file)],
    caller: CallerDep,
) -> JSONResponse:
    """Store a new version of a rate card, all of it or not at all.

    JSON is the whole card; a CSV file is one table (`table`), a workbook has a sheet for each, and
    the tables a file does not hold stay as they were. With `dry_run` nothing is stored.
    """
    with retry.writing() as session:
        before = rate_cards.get(session, name)
        base = None if before is None else before.card
        card = _read(raw, file, query.table, base)
        changes = card_changes(base or RateCard(), card)
        if query.dry_run:
            answer = _dry(name, before, changes)
        else:
            kept = rate_cards.add(session, name, card, caller.name, query.note)
            stored = before is None or kept.version != before.version
            answer = _imported(_about(kept), changes, _CREATED if stored else 200, dry_run=False)
        return retry.complete(session, answer)


def _read(
    raw: object, file: tuple[str, bytes], table: str | None, base: RateCard | None
) -> RateCard:
    """Read a whole card from JSON, or the tables a file holds."""
    if raw is not None:
        return read_rate_card(raw)
    kind, content = file
    return card_of_file(content, kind, table, base)


def _dry(name: str, before: StoredRateCard | None, changes: tuple[RowChange, ...]) -> JSONResponse:
    about = _NONE_YET | {"name": name} if before is None else _about(before)
    return _imported(about, changes, 200, dry_run=True)


def _imported(
    about: dict[str, Any], changes: tuple[RowChange, ...], status: int, *, dry_run: bool
) -> JSONResponse:
    body = {
        **about,
        "dry_run": dry_run,
        "changes": [change.model_dump(mode="json") for change in changes],
    }
    place = f"{router.prefix}/{about['name']}/versions/{about['version']}"
    headers = {"Location": place} if status == _CREATED else None
    return JSONResponse(body, status_code=status, headers=headers)


def _about(found: RateCardListing) -> dict[str, Any]:
    names = RateCardListing.__dataclass_fields__
    return {name: getattr(found, name) for name in names}


def _page(found: list[RateCardListing]) -> CardPage:
    return CardPage(data=[CardListing(**_about(one)) for one in found])


def _missing(name: str, version: int | None) -> RefusedError:
    what = "no version" if version is None else f"no version {version}"
    return RefusedError(NOT_FOUND, f"there is {what} of a rate card {name}")
