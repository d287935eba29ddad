"""Reading an engagement: plain data in, a valid document or named issues out."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from pydantic import ValidationError

from pricing.engagement import Engagement
from pricing.field_errors import field_issues
from staffing.errors import BadInputError, FieldIssue, shorten

if TYPE_CHECKING:
    from pricing.field_errors import Guide
    from pricing.quote import Quote
    from staffing.plan import Document

_CAPITAL = re.compile(r"(?=[A-Z])")


def read_engagement(raw: object) -> Engagement:
    """Validate plain data (from YAML, JSON or HTTP) into an engagement; see `read_document`."""
    if is_quote(raw):
        accepted = "an engagement; a quote is what is made of one"
        raise BadInputError(FieldIssue("(document)", "a quote", accepted))
    return read_document(Engagement, raw)


def read_quote(raw: object) -> Quote:
    """Validate plain data (of a quote's JSON) into a quote.

    Raises
    ------
    BadInputError
        When it is another document, or a quote this version does not read.
    """
    from pricing.quote import Quote  # noqa: PLC0415 (reading an engagement must not wait for it)

    if not is_quote(raw):
        raise BadInputError(
            FieldIssue("(document)", "", "a quote as written by `crewquote quote --out`")
        )
    try:
        return read_document(Quote, raw)
    except BadInputError as error:
        remedy = "a quote of this version; price its engagement again with `crewquote quote`"
        version = shorten(raw.get("calculation_version"))
        raise BadInputError(
            FieldIssue("(document)", f"calculation_version {version}", remedy), *error.issues
        ) from None


def is_quote(raw: object) -> TypeGuard[dict[str, object]]:
    """Whether plain data looks like a quote."""
    return isinstance(raw, dict) and {"staffing", "offers"} <= raw.keys()


def read_document[D: Document](model: type[D], raw: object, guide: Guide | None = None) -> D:
    """Validate plain data into a document; `guide` lists its fields, if not an engagement's.

    Raises
    ------
    BadInputError
        One issue per field: path as written, value found, what is accepted.
    """
    if not isinstance(raw, dict) or not raw:
        found = "nothing" if raw is None or raw == {} else shorten(raw)
        raise BadInputError(
            FieldIssue("(document)", found, f"a mapping with the fields of the {_named(model)}")
        )
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise BadInputError(*field_issues(error.errors(include_url=False), raw, guide)) from None
    except RecursionError:
        raise BadInputError(FieldIssue("(document)", "", "a document nested less deeply")) from None


def _named(model: type[Document]) -> str:
    """Name a document as a person would: ``surge request``; a body is what it holds."""
    return _CAPITAL.sub(" ", model.__name__.removesuffix("Body")).strip().lower()


def canonical_json(data: object) -> str:
    """Write plain data in one canonical form: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(data: object) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()


def engagement_hash(engagement: Engagement) -> str:
    """Hash of the resolved document: defaults filled in, CSV references replaced by values."""
    return content_hash(_plain(engagement.model_dump(mode="python")))


def _plain(value: Any) -> Any:  # noqa: ANN401 (walks any dumped document)
    """Make a dumped document canonical: 0.10 and 0.1 are the same number."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if value is None or isinstance(value, bool | int | str | float):
        return value
    return str(value)
