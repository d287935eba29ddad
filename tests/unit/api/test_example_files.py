"""The engagements that ship with the package are those of `examples/`."""

import json
import os
from pathlib import Path

import pytest

from api.cli.loader import parse, resolved
from api.errors import RefusedError
from api.example_files import ABOUT, QUICK, example
from pricing.reading import read_engagement

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = ROOT / "api" / "examples"
NO_EXAMPLES = {"broken"}  # shows what errors look like


def of_the_repository():
    """Examples by name as a person reads them, tables written out."""
    files = sorted((ROOT / "examples").glob("*.yaml"))
    return {file.stem: resolved(parse(file), file.parent) for file in files}


def test_what_ships_is_what_the_repository_shows_and_nothing_else() -> None:
    written = {name: raw for name, raw in of_the_repository().items() if name not in NO_EXAMPLES}
    if os.environ.get("UPDATE_EXAMPLES") == "1":
        for name, raw in written.items():
            text = json.dumps(raw, indent=1, ensure_ascii=False)
            (SHIPPED / f"{name}.json").write_text(text + "\n")
    assert {file.stem for file in SHIPPED.iterdir()} == written.keys()
    assert {name: example(name) for name in ABOUT.keys() - {QUICK}} == written, (
        "run this file with UPDATE_EXAMPLES=1 and commit api/examples"
    )


@pytest.mark.parametrize("name", list(ABOUT))
def test_each_is_valid(name) -> None:
    assert read_engagement(example(name)).name


def test_a_caller_cannot_change_what_the_next_one_gets() -> None:
    example(QUICK)["name"] = "changed"
    assert example(QUICK)["name"] != "changed"


def test_another_name_is_refused_with_those_there_are() -> None:
    with pytest.raises(RefusedError, match="helpdesk"):
        example("../settings")
