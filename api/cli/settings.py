"""`crewquote settings`: what the server would start with, and where each value comes from."""

from __future__ import annotations

import json
import os
import sys
from difflib import get_close_matches

from pydantic import ValidationError

from api.settings import PREFIX, Settings, public_values
from staffing.errors import BadInputError, FieldIssue


def run_settings(*, as_json: bool) -> None:
    """Print every setting without its secrets.

    Raises
    ------
    BadInputError
        The environment holds a value that the server refuses.
    """
    for name in unknown_settings():
        print(f"crewquote: {_no_such(name)}", file=sys.stderr)
    try:
        settings = Settings()
    except ValidationError as error:
        raise BadInputError(*_issues(error)) from None
    values = public_values(settings)
    if as_json:
        print(json.dumps(values, indent=2))
        return
    given = {name.upper() for name in os.environ}
    rows = [
        (name, str(value), "environment" if _variable(name) in given else "default")
        for name, value in values.items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for name, value, origin in rows:
        print(f"{name:{widths[0]}}  {value:{widths[1]}}  {origin}")


def unknown_settings() -> list[str]:
    """Variables of the environment that look like settings and are none."""
    known = {_variable(name) for name in Settings.model_fields}
    return sorted(
        name for name in os.environ if name.upper().startswith(PREFIX) and name.upper() not in known
    )


def _variable(setting: str) -> str:
    return f"{PREFIX}{setting}".upper()


def _no_such(name: str) -> str:
    near = get_close_matches(name.upper(), [_variable(field) for field in Settings.model_fields], 1)
    guess = f"; did you mean {near[0]}?" if near else ""
    return f"{name} is no setting{guess}"


def _issues(error: ValidationError) -> list[FieldIssue]:
    """What is wrong, without the values, which may be secret."""
    return [
        FieldIssue(
            ".".join(map(str, item["loc"])) or "environment=production",
            "",
            item["msg"].removeprefix("Value error, "),
        )
        for item in error.errors(include_url=False, include_input=False, include_context=False)
    ]
