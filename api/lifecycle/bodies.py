"""Bodies of transitions: a note, a reason, or what the client chose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request
from pydantic import AfterValidator, Field

from api.body import read_bytes
from api.deps import json_body
from pricing.engagement.fields import Name
from pricing.field_errors import Guide
from pricing.parameters import not_blank
from pricing.quote import Method
from pricing.reading import read_document
from staffing.errors import BadInputError, FieldIssue, field_path
from staffing.plan import Document

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_SERVICES = 1000
NOTE_PATTERN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"  # lines and tabs are fine
Text = Annotated[
    str,
    Field(min_length=1, max_length=2000, pattern=NOTE_PATTERN),
    AfterValidator(not_blank),
]


class Note(Document):
    """Something to add to what happens; it may be left out, and the body with it."""

    note: Text | None = None


class Reasoned(Document):
    """Why."""

    note: Text


class Acceptance(Document):
    """What the client takes: one method for everything, or one for each service."""

    method: Method | None = Field(None, description="For the bundle of all services.")
    services: Annotated[dict[Name, Method], Field(max_length=MOST_SERVICES)] | None = Field(
        None, description="By service; every service of the quote once."
    )
    note: Text | None = None

    def choice(self, services: Collection[str]) -> dict[str, str]:
        """Chosen method by service of the quote.

        Raises
        ------
        BadInputError
            Not exactly one of both ways, a service left out, or one the quote does not have.
        """
        if (self.method is None) == (self.services is None):
            found = "both" if self.method else "neither"
            raise BadInputError.at("method", found, "either method, or services")
        if self.method is not None:
            return dict.fromkeys(services, self.method)
        chosen: dict[str, str] = dict(self.services or {})
        known = ", ".join(services)
        issues = [
            FieldIssue(
                field_path("services", name), "", f"no service of this quote; it has {known}"
            )
            for name in chosen
            if name not in services
        ]
        issues += [
            FieldIssue(field_path("services", name), "", "a method for every service of the quote")
            for name in services
            if name not in chosen
        ]
        if issues:
            raise BadInputError(*issues)
        return chosen


NOTE_GUIDE = Guide(Note, "docs/lifecycle.md")
ACCEPTANCE_GUIDE = Guide(Acceptance, "docs/lifecycle.md")


async def _note(request: Request) -> Note:
    known = await read_bytes(request, request.app.state.settings.max_body_bytes)
    if not known and not request.headers.get("content-type"):
        return Note()
    raw = await json_body(request)
    return Note() if raw == {} else read_document(Note, raw, NOTE_GUIDE)


async def _reasoned(request: Request) -> Reasoned:
    return read_document(Reasoned, await json_body(request), NOTE_GUIDE)


async def _acceptance(request: Request) -> Acceptance:
    return read_document(Acceptance, await json_body(request), ACCEPTANCE_GUIDE)


NoteBody = Annotated[Note, Depends(_note)]
ReasonedBody = Annotated[Reasoned, Depends(_reasoned)]
AcceptanceBody = Annotated[Acceptance, Depends(_acceptance)]
