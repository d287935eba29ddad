"""Uploaded engagement files: YAML or JSON text to clean JSON data.

Scalars are read as YAML 1.2 reads them, like the command line does: dates and times stay text,
``no`` is a word. What the fields mean is the API's to judge.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    Json = dict[str, Any]

MAX_MEGABYTES = 1
_MAX_VALUES = 200_000


class UnreadableFileError(Exception):
    """An uploaded file is no engagement, in words for the person who uploaded it."""


class _Loader(yaml.SafeLoader):
    """A safe loader that knows numbers, true, false, null and merges, and nothing else."""


_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+0123456789."),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first)
    )


def _int(loader: _Loader, node: yaml.ScalarNode) -> int:
    return int(loader.construct_scalar(node))


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Json:
    """Build a mapping whose keys are text and appear once."""
    names = [key.value for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
    for name in names:
        if not isinstance(name, str) or names.count(name) > 1:
            raise yaml.constructor.ConstructorError(
                None, None, f"a key must be a word that appears once: {name!r}", node.start_mark
            )
    loader.flatten_mapping(node)
    built = loader.construct_mapping(node, deep=True)
    return {str(key): value for key, value in built.items()}


_Loader.add_constructor("tag:yaml.org,2002:int", _int)
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_engagement(name: str, content: bytes) -> Json:
    """Read an uploaded file into JSON data.

    Parameters
    ----------
    name : str
        File name; ``.json`` is read as JSON, anything else as YAML.
    content : bytes
        The file, UTF-8.

    Returns
    -------
    dict
        The document, unchecked beyond being JSON.

    Raises
    ------
    UnreadableFileError
        Not UTF-8, not YAML or JSON, no mapping, or too large once its references are written out.
    """
    try:
        text = content.decode("utf-8-sig")
        raw = _parse_json(text) if name.lower().endswith(".json") else _parse_yaml(text)
        _check(raw)
    except UnicodeDecodeError:
        raise UnreadableFileError("The file is not text in UTF-8.") from None
    except RecursionError:
        raise UnreadableFileError("The document is nested too deeply.") from None
    except json.JSONDecodeError as error:
        raise UnreadableFileError(
            f"Not JSON, line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise UnreadableFileError(f"Not YAML{place}: {error.problem}.") from None
    except (yaml.YAMLError, ValueError, AttributeError, TypeError) as error:
        raise UnreadableFileError(f"The file cannot be read: {error}.") from None
    if not isinstance(raw, dict) or not raw:
        raise UnreadableFileError("The file holds no engagement: fields with values are expected.")
    return raw


def has_table_reference(value: object) -> bool:
    """Whether a document takes numbers from a table, which only the command line can do."""
    return any(isinstance(item, dict) and {"csv", "xlsx"} & item.keys() for item in _walk(value))


def _parse_yaml(text: str) -> object:
    parsed: object = yaml.load(text, _Loader)  # noqa: S506 (a SafeLoader with fewer tags)
    return parsed


def _parse_json(text: str) -> object:
    parsed: object = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_object)
    return parsed


def _object(pairs: list[tuple[str, Any]]) -> Json:
    """Refuse a repeated key, of which JSON readers silently keep the last."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key appears twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _check(raw: object) -> None:
    """Refuse what JSON cannot hold, and references that multiply without end."""
    for count, value in enumerate(_walk(raw)):
        if count > _MAX_VALUES:
            raise ValueError(f"it holds more than {_MAX_VALUES:,} values")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError("a number is not finite")
        if not isinstance(value, dict | list | str | int | float | None):
            raise TypeError(f"it holds a {type(value).__name__}, which JSON cannot")


def _walk(value: object) -> Iterator[object]:
    yield value
    children = value.values() if isinstance(value, dict) else value
    if isinstance(children, str) or not hasattr(children, "__iter__"):
        return
    for child in children:
        yield from _walk(child)
