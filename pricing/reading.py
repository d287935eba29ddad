"""Reading an engagement: plain data in, a valid document or named issues out."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from pricing.engagement import Engagement
from staffing.errors import BadInputError, FieldIssue, shorten

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from pricing.quote import Quote
    from staffing.plan import Document

_WITHOUT_VALUE = {"missing", "extra_forbidden"}


def read_engagement(raw: object) -> Engagement:
    """Validate plain data (from YAML, JSON or HTTP) into an engagement; see `read_document`."""
    return read_document(Engagement, raw)


def read_quote(raw: object) -> Quote:
    """Validate plain data (of a quote's JSON) into a quote.

    Raises
    ------
    BadInputError
        When it is another document, or a quote this version does not read.
    """
    from pricing.quote import Quote  # noqa: PLC0415 (reading an engagement must not wait for it)

    if not isinstance(raw, dict) or not {"staffing", "offers"} <= raw.keys():
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


def read_document[D: Document](model: type[D], raw: object) -> D:
    """Validate plain data into a document.

    Raises
    ------
    BadInputError
        One issue per field: path as written, value found, what is accepted.
    """
    if not isinstance(raw, dict) or not raw:
        found = "nothing" if raw is None or raw == {} else shorten(raw)
        kind = model.__name__.lower()
        raise BadInputError(
            FieldIssue("(document)", found, f"a mapping with the fields of the {kind}")
        )
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        issues = [_issue(details, raw) for details in errors if not _is_echo(details, errors)]
        raise BadInputError(*dict.fromkeys(issues)) from None
    except RecursionError:
        raise BadInputError(FieldIssue("(document)", "", "a document nested less deeply")) from None


def _is_echo(details: ErrorDetails, errors: list[ErrorDetails]) -> bool:
    """Whether a list only seems too short because its items are wrong themselves."""
    if details["type"] != "too_short":
        return False
    loc = details["loc"]
    return any(len(e["loc"]) > len(loc) and e["loc"][: len(loc)] == loc for e in errors)


@cache
def _known_fields() -> tuple[str, ...]:
    """Every field name of an engagement, to guess what a misspelt one was meant to be."""
    schema = Engagement.model_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return tuple({name for part in parts for name in part.get("properties", {})})


def _unknown_field(name: str) -> str:
    close = sorted(get_close_matches(name, sorted(_known_fields()), n=2))
    guess = f"did you mean {' or '.join(close)}?" if close else "see `crewquote schema`"
    return f"unknown field; {guess}"


def _issue(details: ErrorDetails, raw: object) -> FieldIssue:
    path = _path(details, raw)
    accepted = details["msg"].replace("Input should be", "should be")
    if details["type"] == "missing":
        accepted = "this field is required"
    elif details["type"] == "extra_forbidden":
        accepted = _unknown_field(str(details["loc"][-1]))
    elif details["type"].startswith("union_tag"):
        return _choice_issue(details, path)
    # A whole sub-document is not repeated in the message.
    silent = details["type"] in _WITHOUT_VALUE or isinstance(details["input"], dict)
    found = "" if silent else shorten(details["input"])
    return FieldIssue(path or "(document)", found, accepted)


def _choice_issue(details: ErrorDetails, path: str) -> FieldIssue:
    """Name the field that says which kind of mapping this is (``channel`` of a service)."""
    context = details.get("ctx", {})
    field = f"{path}.{context['discriminator'].strip("'")}"
    if "tag" not in context:
        return FieldIssue(field, "", "this field is required")
    return FieldIssue(field, shorten(context["tag"]), f"one of {context['expected_tags']}")


def _path(details: ErrorDetails, raw: object) -> str:
    """Write a location the way the author sees the document.

    Pydantic's locations hold union tags and the inner ``value`` of a short-form parameter, which
    the author never wrote: only steps that exist in the raw data are kept, plus the last one when
    it names a missing field.
    """
    loc = details["loc"]
    here: Any = raw
    path = ""
    for position, step in enumerate(loc):
        if isinstance(step, int) and isinstance(here, list | tuple):
            path += f"[{step}]"
            here = here[step] if step < len(here) else None
        elif isinstance(here, dict) and step in here:
            path += f".{step}" if path else str(step)
            here = here[step]
        elif details["type"] == "missing" and position == len(loc) - 1:
            path += f".{step}" if path else str(step)
    return path


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
