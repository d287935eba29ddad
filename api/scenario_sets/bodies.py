"""Bodies of sets of scenarios."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from fastapi import Depends, Request
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from api.deps import json_body
from api.lifecycle.bodies import NOTE_PATTERN
from api.stored_quotes import QuoteId
from pricing.engagement.fields import Name
from pricing.field_errors import Guide
from pricing.reading import read_document
from pricing.scenario_sets.overrides import Overrides
from staffing.plan import Document

MOST_SCENARIOS = 4
MOST_USERS = 50
EMAIL_PATTERN = r"^[^\x00-\x20\x7f@]+@[^\x00-\x20\x7f@]+$"
_PAGE = "docs/api.md"

Description = Annotated[str, Field(max_length=2000, pattern=NOTE_PATTERN)]


class ScenarioBody(Document):
    """A scenario of a set: its name, and what it changes of the base."""

    name: Name
    description: Description = ""
    overrides: Overrides = ()


class AddedScenario(ScenarioBody):
    """A scenario to add; with `copy_of` it changes what that scenario of the set does."""

    copy_of: QuoteId | None = Field(None, description="Id of a scenario of this set.")

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if self.copy_of is not None and self.overrides:
            raise PydanticCustomError("one_origin", "either copy_of, or overrides")
        return self


class ScenarioSetBody(Document):
    """A base and its scenarios."""

    name: Name
    description: Description = ""
    base_quote_id: QuoteId = Field(description="Stored quote whose engagement is the base.")
    scenarios: Annotated[tuple[ScenarioBody, ...], Field(max_length=MOST_SCENARIOS)] = ()


class _Change(Document):
    @model_validator(mode="after")
    def _something_changes(self) -> Self:
        if not self.model_fields_set or all(
            getattr(self, name) is None for name in self.model_fields_set
        ):
            names = ", ".join(type(self).model_fields)
            raise PydanticCustomError("change", "at least one of {names}", {"names": names})
        return self


class ScenarioSetChange(_Change):
    """What to change of a set; what is left out stays."""

    name: Name | None = None
    description: Description | None = None
    base_quote_id: QuoteId | None = Field(None, description="Results become stale with it.")


class ScenarioChange(_Change):
    """What to change of a scenario; what is left out stays, `overrides` are replaced whole."""

    name: Name | None = None
    description: Description | None = None
    overrides: Overrides | None = None


class UserShare(Document):
    """A member of staff, by the address they sign in with, and what they may do."""

    email: str = Field(
        min_length=3, max_length=254, pattern=EMAIL_PATTERN, examples=["ann@vendor.example"]
    )
    access: Literal["read", "write"]


class Sharing(Document):
    """With whom a set is shared; this replaces what was shared before."""

    staff: Literal["none", "read", "write"] = Field("none", description="Everybody of the staff.")
    users: Annotated[tuple[UserShare, ...], Field(max_length=MOST_USERS)] = ()


SCENARIO_BODIES = (ScenarioSetBody, ScenarioSetChange, AddedScenario, ScenarioChange, Sharing)


async def _set_body(request: Request) -> ScenarioSetBody:
    return read_document(ScenarioSetBody, await json_body(request), Guide(ScenarioSetBody, _PAGE))


async def _set_change(request: Request) -> ScenarioSetChange:
    guide = Guide(ScenarioSetChange, _PAGE)
    return read_document(ScenarioSetChange, await json_body(request), guide)


async def _added(request: Request) -> AddedScenario:
    return read_document(AddedScenario, await json_body(request), Guide(AddedScenario, _PAGE))


async def _change(request: Request) -> ScenarioChange:
    return read_document(ScenarioChange, await json_body(request), Guide(ScenarioChange, _PAGE))


async def _sharing(request: Request) -> Sharing:
    raw = await json_body(request)
    return Sharing() if raw == {} else read_document(Sharing, raw, Guide(Sharing, _PAGE))


ScenarioSetDep = Annotated[ScenarioSetBody, Depends(_set_body)]
ScenarioSetChangeDep = Annotated[ScenarioSetChange, Depends(_set_change)]
AddedScenarioDep = Annotated[AddedScenario, Depends(_added)]
ScenarioChangeDep = Annotated[ScenarioChange, Depends(_change)]
SharingDep = Annotated[Sharing, Depends(_sharing)]
