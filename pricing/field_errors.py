"""What pydantic finds wrong, as an author reads it: the path as written, no word of Python."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from pricing.engagement import Engagement
from pricing.engagement.fields import NAME_PATTERN
from pricing.exact import AMOUNT_PATTERN
from pricing.misfit import MISFIT
from pricing.opening_hours import CLOCK_PATTERN, DAYS_PATTERN, START_PATTERN, WINDOW_PATTERN
from pricing.parameters import Parameter
from staffing.errors import FieldIssue, field_path, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic_core import ErrorDetails

    from staffing.plan import Document

# Types of pydantic errors, https://docs.pydantic.dev/latest/errors/validation_errors; a rule of
# our own is its own text.
_ACCEPTED = {
    "missing": "this field is required",
    "model_type": "should be a mapping of fields",
    "model_attributes_type": "should be a mapping of fields",
    "dict_type": "should be a mapping",
    "tuple_type": "should be a list",
    "too_short": "should have length {min_length} or more",
    "too_long": "should have length {max_length} at most",
    "string_type": "should be a text",
    "string_too_short": "should be a text of {min_length} characters or more",
    "string_too_long": "should be a text of {max_length} characters at most",
    "bool_type": "should be true or false",
    "bool_parsing": "should be true or false",
    "int_type": "should be a whole number",
    "int_parsing": "should be a whole number",
    "int_parsing_size": "should be a whole number of fewer digits",
    "float_type": "should be a number",
    "float_parsing": "should be a number",
    "finite_number": "should be a finite number",
    "decimal_type": "should be a number, or a text that holds a decimal number",
    "decimal_parsing": "should be a number, or a text that holds a decimal number",
    "decimal_max_places": "should have {decimal_places} decimal places at most",
    "greater_than": "should be above {gt}",
    "greater_than_equal": "should be {ge} or more",
    "less_than": "should be below {lt}",
    "less_than_equal": "should be {le} at most",
    "invalid_key": "should be a text before the colon",
    "literal_error": "should be {expected}",
    "date_type": "should be a date like 2027-01-04",
    "date_parsing": "should be a date like 2027-01-04 that exists",
    "date_from_datetime_parsing": "should be a date like 2027-01-04 that exists",
    "string_pattern_mismatch": "should be of the form {pattern}",
}
_BY_PATTERN = {
    NAME_PATTERN: "should be a text without control characters",
    DAYS_PATTERN: "should be a day or a range of days, e.g. mon or mon-fri",
    WINDOW_PATTERN: "should be a clock window, e.g. 08:00-18:00, or closed",
    AMOUNT_PATTERN: "should be an amount of 0 or more as text, e.g. 1500000 or 1500000.50",
    CLOCK_PATTERN: "should be a clock time, e.g. 22:00",
    START_PATTERN: "should be a clock time within the day, e.g. 06:00",
}
_A_PARAMETER = "should be a number, or {value: NUMBER, source: TEXT, as_of: DATE}"
_WITHOUT_VALUE = {"missing", "extra_forbidden"}
_ALIKE = 0.65  # sga for sla is a guess worth making, wages for warnings is none
_LENGTHS = {"too_short", "too_long"}


def field_issues(
    errors: Sequence[ErrorDetails], raw: object, guide: Guide | None = None
) -> list[FieldIssue]:
    """Translate what pydantic found wrong with `raw`, each issue once; see `accepted_words`."""
    issues = [_issue(details, raw, guide) for details in errors if not _is_echo(details, errors)]
    return list(dict.fromkeys(issues))


def accepted_words(details: ErrorDetails, guide: Guide | None = None) -> str:
    """Say what is accepted in place of a wrong value.

    Parameters
    ----------
    details : ErrorDetails
        What pydantic found.
    guide : Guide, optional
        Whose fields an unknown one is guessed from; by default those of an engagement.
    """
    kind, context = details["type"], details.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_field(str(details["loc"][-1]), guide or ENGAGEMENT)
    if kind == "model_type" and context["class_name"] in _parameter_names():
        return _A_PARAMETER
    if kind == "string_too_short" and context["min_length"] == 1:
        return "should not be empty"
    if kind == "string_pattern_mismatch" and context["pattern"] in _BY_PATTERN:
        return _BY_PATTERN[context["pattern"]]
    if kind in _ACCEPTED:
        return _ACCEPTED[kind].format(**{name: _plain(limit) for name, limit in context.items()})
    return details["msg"]


def _plain(limit: object) -> object:
    """Write a limit as a person does: 0, not 0.0; 1,000,000, not 1e6."""
    if not isinstance(limit, int | float | Decimal):
        return limit
    return f"{Decimal(str(limit)).normalize():,f}"


@cache
def _parameter_names() -> frozenset[str]:
    kinds: list[type[Parameter]] = [Parameter, *Parameter.__subclasses__()]
    return frozenset(kind.__name__ for kind in kinds)


def _is_echo(details: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Whether a list only seems too short because its items are wrong themselves."""
    if details["type"] != "too_short":
        return False
    loc = details["loc"]
    return any(len(e["loc"]) > len(loc) and e["loc"][: len(loc)] == loc for e in errors)


@dataclass(frozen=True)
class Guide:
    """Where the fields of a document are listed."""

    model: type[Document]
    page: str


ENGAGEMENT = Guide(Engagement, "`crewquote schema`")


@cache
def _known_fields(model: type[Document]) -> tuple[str, ...]:
    """Every field name of a document, to guess what a misspelt one was meant to be."""
    schema = model.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return tuple({name for part in parts for name in part.get("properties", {})})


def _unknown_field(name: str, guide: Guide) -> str:
    known = _known_fields(guide.model)
    if name in known:
        return f"unknown field here, known elsewhere; see {guide.page}"
    close = sorted(get_close_matches(name, sorted(known), n=2, cutoff=_ALIKE))
    guess = f"did you mean {' or '.join(close)}?" if close else f"see {guide.page}"
    return f"unknown field; {guess}"


def _issue(details: ErrorDetails, raw: object, guide: Guide | None) -> FieldIssue:
    if details["type"].startswith("union_tag"):
        return _choice_issue(details, raw)
    path, value = _written(details["loc"], raw, keep_last=details["type"] == "missing")
    for step in details.get("ctx", {}).get("path", ()) if details["type"] == MISFIT else ():
        path, value = field_path(path, step), _inside(value, step)
    return FieldIssue(path or "(document)", _found(details, value), accepted_words(details, guide))


def _found(details: ErrorDetails, value: object) -> str:
    """Show what was found; a whole sub-document is not repeated in the message."""
    context = details.get("ctx", {})
    if details["type"] == MISFIT:
        if "found" in context:
            return str(context["found"])
        return "" if value is None or isinstance(value, dict | list) else shorten(value)
    if details["type"] in _LENGTHS:
        return f"length {context['actual_length']}"
    silent = details["type"] in _WITHOUT_VALUE or isinstance(details["input"], dict)
    return "" if silent else shorten(details["input"])


def _choice_issue(details: ErrorDetails, raw: object) -> FieldIssue:
    """Name the field that says which kind of mapping this is (``channel`` of a service)."""
    context = details.get("ctx", {})
    path, _ = _written(details["loc"], raw)
    field = field_path(path, context["discriminator"].strip("'"))
    if "tag" not in context:
        return FieldIssue(field, "", _ACCEPTED["missing"])
    return FieldIssue(field, shorten(context["tag"]), f"one of {context['expected_tags']}")


def _written(
    loc: tuple[int | str, ...], raw: object, *, keep_last: bool = False
) -> tuple[str, object]:
    """Write a location the way the author sees the document, with the value that stands there.

    Pydantic's locations hold union tags and the inner ``value`` of a short-form parameter, which
    the author never wrote: only steps that exist in the raw data are kept, and the last one when
    it names a missing field.
    """
    here: Any = raw
    path = ""
    for position, step in enumerate(loc):
        exists = isinstance(here, dict) and step in here
        exists |= isinstance(here, list | tuple) and isinstance(step, int)
        if exists or (keep_last and position == len(loc) - 1):
            path, here = field_path(path, step), _inside(here, step)
    return path, here


def _inside(value: object, step: int | str) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list | tuple) and isinstance(step, int) and step < len(value):
        return value[step]
    return None
