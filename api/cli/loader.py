"""Reading files: engagements in YAML or JSON, with lists of numbers taken from CSV columns; quotes.

Only the command line resolves ``{csv: PATH, column: NAME}``; paths are relative to the engagement
file. What goes on from here, and what the hash covers, is the resolved document.
"""

from __future__ import annotations

import csv
import json
import math
import re
from typing import TYPE_CHECKING, Any

import yaml

from pricing.reading import read_engagement, read_quote
from staffing.errors import BadInputError, FieldIssue

if TYPE_CHECKING:
    from pathlib import Path

    from pricing.engagement import Engagement
    from pricing.quote import Quote

_CSV_KEYS = {"csv", "column"}


class _Loader(yaml.SafeLoader):
    """YAML 1.2 scalars: ``no`` is a word and ``22:00`` a text; a repeated key is an error."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    (
        "tag:yaml.org,2002:float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        "-+0123456789.",
    ),
    ("tag:yaml.org,2002:merge", r"^<<$", "<"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    """Read decimal only: the base loader would take a leading zero as octal."""
    return int(loader.construct_scalar(node))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[str] = set()
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be a plain word", key.start_mark
            )
        if key.tag != "tag:yaml.org,2002:merge" and key.value in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key.value!r} appears twice", key.start_mark
            )
        seen.add(key.value)
    loader.flatten_mapping(node)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:int", _int)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def load_engagement(file: Path) -> Engagement:
    """Read, resolve and validate an engagement file.

    Raises
    ------
    BadInputError
        Unreadable file, bad syntax (with line and column), missing CSV, invalid fields.
    """
    try:
        return read_engagement(_resolve(_parse(file), file.parent, ""))
    except RecursionError:
        raise _unreadable(str(file), "a document nested less deeply") from None


def load_quote(file: Path) -> Quote:
    """Read and validate a quote as `crewquote quote --out` wrote it.

    Raises
    ------
    BadInputError
        Unreadable file, bad syntax, another kind of document, or a quote of another version.
    """
    return read_quote(_parse(file, "an existing quote"))


def _unreadable(place: str, accepted: str) -> BadInputError:
    """Name a place in full; there is no value to show."""
    return BadInputError(FieldIssue(place, "", accepted))


def _parse(file: Path, expected: str = "an existing engagement") -> object:
    try:
        text = file.read_text(encoding="utf-8")
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
        return yaml.load(text, _Loader)  # noqa: S506 (a SafeLoader with fewer tags)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{file}:{mark.line + 1}:{mark.column + 1}" if mark else str(file)
        raise _unreadable(place, f"YAML that can be read: {error.problem}") from None
    except yaml.YAMLError as error:
        raise _unreadable(str(file), f"YAML that can be read: {error}") from None
    except (ValueError, AttributeError) as error:  # a number of 5000 digits, or an odd !!tag
        raise _unreadable(str(file), f"YAML that can be read: {error}") from None
    except RecursionError:
        raise _unreadable(str(file), "YAML nested less deeply") from None


def _parse_json(text: str, file: Path) -> object:
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        place = f"{file}:{error.lineno}:{error.colno}"
        raise _unreadable(place, f"JSON that can be read: {error.msg}") from None
    except ValueError as error:  # a repeated key, or a number of 5000 digits
        raise _unreadable(str(file), f"JSON that can be read: {error}") from None
    except RecursionError:
        raise _unreadable(str(file), "JSON nested less deeply") from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a repeated key, of which JSON readers silently keep the last."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} appears twice")
        found[key] = value
    return found


def _resolve(value: Any, folder: Path, path: str) -> Any:  # noqa: ANN401 (walks plain data)
    """Replace every CSV reference by the numbers of its column."""
    if isinstance(value, dict):
        if "csv" in value and set(value) <= _CSV_KEYS:
            return _column(value, folder, path)
        return {
            key: _resolve(item, folder, f"{path}.{key}" if path else str(key))
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_resolve(item, folder, f"{path}[{i}]") for i, item in enumerate(value)]
    return value


def _column(reference: dict[str, Any], folder: Path, path: str) -> list[float]:
    if not isinstance(reference["csv"], str) or not isinstance(reference.get("column"), str):
        raise BadInputError.at(path, reference, "{csv: PATH, column: NAME}")
    file = folder / reference["csv"]
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return _numbers(csv.DictReader(lines), reference["column"], path, file)
    except FileNotFoundError:
        raise BadInputError.at(
            f"{path}.csv", reference["csv"], f"an existing CSV file; looked for {file}"
        ) from None
    except (OSError, ValueError, csv.Error):  # a folder, no permission, other bytes than UTF-8
        raise BadInputError.at(f"{path}.csv", reference["csv"], "a CSV file in UTF-8") from None


def _numbers(rows: csv.DictReader[str], column: str, path: str, file: Path) -> list[float]:
    if column not in (rows.fieldnames or ()):
        raise BadInputError.at(
            f"{path}.column", column, f"a column of {file}: {', '.join(rows.fieldnames or ())}"
        )
    numbers = []
    for row in rows:
        try:
            number = float(row[column])
        except (TypeError, ValueError):
            number = math.nan
        if not math.isfinite(number):
            raise BadInputError.at(
                path, row[column], f"a number in column {column} of {file}, line {rows.line_num}"
            )
        numbers.append(number)
    return numbers
