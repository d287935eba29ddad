"""Reading files: engagements in YAML or JSON, with lists of numbers taken from tables; quotes.

Only the command line resolves ``{csv: PATH, column: NAME}`` and its like (`api.cli.tables`); paths
are relative to the engagement file. What goes on from here, and what the hash covers, is the
resolved document.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from api.cli.tables import dated_history, is_dated_history, is_reference, numbers_of
from api.cli.yaml_text import read_yaml
from api.json_text import read_json
from pricing.reading import is_quote, read_engagement, read_quote
from staffing.errors import BadInputError, FieldIssue, field_path

if TYPE_CHECKING:
    from pathlib import Path

    from pricing.engagement import Engagement
    from pricing.quote import Quote


def load_engagement(file: Path) -> Engagement:
    """Read, resolve and validate an engagement file.

    Raises
    ------
    BadInputError
        Unreadable file, bad syntax (with line and column), missing CSV, invalid fields.
    """
    try:
        return read_engagement(resolved(parse(file), file.parent))
    except RecursionError:
        raise _unreadable(str(file), "a document nested less deeply") from None


def load_quote(file: Path) -> Quote:
    """Read and validate a quote as `crewquote quote --out` wrote it.

    Raises
    ------
    BadInputError
        Unreadable file, bad syntax, another kind of document, or a quote of another version.
    """
    return read_quote(parse(file, "an existing quote"))


def load_quote_or_engagement(file: Path) -> Quote | Engagement:
    """Read a file that holds either: a quote in JSON, or an engagement to be priced.

    Raises
    ------
    BadInputError
        As for the one it is.
    """
    raw = parse(file, "an existing quote or engagement")
    return read_quote(raw) if is_quote(raw) else load_engagement(file)


def _unreadable(place: str, accepted: str) -> BadInputError:
    """Name a place in full; there is no value to show."""
    return BadInputError(FieldIssue(place, "", accepted))


def parse(file: Path, expected: str = "an existing engagement") -> object:
    """Read a YAML or JSON file into plain data; `expected` is what should be there."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _unreadable("FILE", f"{expected} file, not {file}") from None
    except IsADirectoryError:
        raise _unreadable("FILE", f"a file; {file} is a folder") from None
    except UnicodeDecodeError:
        raise _unreadable("FILE", f"a text file in UTF-8, unlike {file}") from None
    if file.suffix.lower() == ".json":
        return _parse_json(text, file)
    return _parse_yaml(text, file)


def _parse_yaml(text: str, file: Path) -> object:
    try:
        return read_yaml(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else str(file)
        raise _unreadable(place, f"YAML that can be read: {error.problem}") from None
    except yaml.reader.ReaderError as error:
        raise _unreadable(str(file), f"YAML that can be read: {error.reason}") from None
    except yaml.YAMLError as error:
        raise _unreadable(str(file), f"YAML that can be read: {error}") from None
    except RecursionError:
        raise _unreadable(str(file), "YAML nested less deeply") from None


def _parse_json(text: str, file: Path) -> object:
    try:
        return read_json(text)
    except json.JSONDecodeError as error:
        place = f"{file}:{error.lineno}:{error.colno}"
        raise _unreadable(place, f"JSON that can be read: {error.msg}") from None
    except ValueError as error:  # a repeated key, or a number of 5000 digits
        raise _unreadable(str(file), f"JSON that can be read: {error}") from None
    except RecursionError:
        raise _unreadable(str(file), "JSON nested less deeply") from None


def resolved(raw: object, folder: Path) -> Any:  # noqa: ANN401 (plain data)
    """Write out the numbers of every table that plain data refers to, from `folder` on."""
    return _resolve(raw, folder, "")


def _resolve(value: Any, folder: Path, path: str) -> Any:  # noqa: ANN401 (walks plain data)
    """Replace every reference to a table by the numbers of its column."""
    if isinstance(value, dict):
        if is_reference(value):
            return numbers_of(value, folder, path)
        if is_dated_history(value):
            value = dated_history(value, folder, path)
        return {
            key: _resolve(item, folder, field_path(path, str(key))) for key, item in value.items()
        }
    if isinstance(value, list):
        return [_resolve(item, folder, field_path(path, i)) for i, item in enumerate(value)]
    return value
