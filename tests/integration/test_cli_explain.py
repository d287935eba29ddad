"""`crewquote explain` on a quote as `crewquote quote --out` wrote it, and over HTTP."""

import json
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import ApiError, Client
from api.settings import Settings
from pricing.explain.documents import Explanation
from pricing.explain.paths import numbers, written
from pricing.explain.unfold import explain
from tests.builders.command_line import crewquote
from tests.builders.quotes import base_quote
from tests.builders.server import example_engagement

pytestmark = pytest.mark.integration
OWN = {"id", "created_at", "variant_of", "lifecycle"}


@pytest.fixture(scope="module")
def quote() -> dict[str, Any]:
    """The example's quote, priced once for the whole session."""
    return {key: value for key, value in base_quote().items() if key not in OWN}


@pytest.fixture(scope="module")
def file(quote: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The quote as a user has it on disk."""
    path = tmp_path_factory.mktemp("explain") / "quote.json"
    path.write_text(json.dumps(quote))
    return path


def test_every_number_of_a_planned_quote_is_what_its_formula_gives(quote: dict[str, Any]) -> None:
    found = [explain(quote, written(steps), 0) for steps, _ in numbers(quote)]
    numbers_found = [one for one in found if isinstance(one, Explanation)]
    assert len(numbers_found) == len(found) > 2000
    assert [one.path for one in numbers_found if one.agrees is False] == []
    kinds = {one.kind for one in numbers_found}
    assert kinds == {"formula", "given", "search", "simulation", "constant"}


def test_a_price_is_shown_as_a_tree(file: Path, quote: dict[str, Any]) -> None:
    path = "offers.output_based.prices[0].price"
    run = crewquote("explain", file, path, "--depth", "2")
    assert run.returncode == 0, run.stderr
    price = quote["offers"]["output_based"]["prices"][0]["price"]["amount"]
    assert run.stdout.startswith(f"{price} USD  {path}")
    formula = explain(quote, path, 0).model_dump()["formula"]
    assert formula.startswith("sum(cost) / (1 - sga - capital_cost * dso_days / 365")
    assert f"= {formula}" in " ".join(run.stdout.split())
    assert "rounded to 4 places, half away from zero" in run.stdout
    assert "workings.teams[0].cost_by_line.labour_productive" in run.stdout
    assert "commercial.target_margin" in run.stdout
    assert max(len(line) for line in run.stdout.splitlines()) <= 100


def test_json_is_the_explanation_as_the_api_gives_it(file: Path, quote: dict[str, Any]) -> None:
    run = crewquote("explain", file, "/offers/input_based/term/margin", "--json")
    assert run.returncode == 0, run.stderr
    explained = explain(quote, "offers.input_based.term.margin", 1)
    assert json.loads(run.stdout) == explained.model_dump(mode="json")


def test_without_a_path_it_lists_what_can_be_explained(file: Path) -> None:
    run = crewquote("explain", file)
    assert run.returncode == 0, run.stderr
    assert "numbers can be explained" in run.stdout
    assert "offers" in run.stdout


def test_a_wrong_path_is_refused_with_what_lies_near(file: Path) -> None:
    run = crewquote("explain", file, "offers.output_based.price")
    assert run.returncode == 3
    assert run.stdout == ""
    assert "near: offers.output_based.prices" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_number_is_explained_over_http(tmp_path: Path) -> None:
    app = create_app(Settings(database=tmp_path / "quotes.sqlite"))
    with TestClient(app, base_url="http://127.0.0.1") as http:
        client = Client("http://127.0.0.1", http)
        stored = client.create_quote(example_engagement())
        found = client.explain(stored["id"], "offers.output_based.prices[0].price", 2)
        assert found["agrees"] is True
        assert found["inputs"][0]["numbers"][0]["inputs"]
        listed = client.explain(stored["id"])
        assert "offers" in {entry["path"] for entry in listed["entries"]}
        with pytest.raises(ApiError) as refused:
            client.explain(stored["id"], "offers.nothing")
        assert refused.value.status == 422
        assert refused.value.issues[0].pointer == "/path"
        with pytest.raises(ApiError, match="depth"):
            client.explain(stored["id"], "offers", 7)
