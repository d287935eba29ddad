"""Pricing again over HTTP: what is staffed as before runs no solver."""

import highspy
import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.client import Client
from api.settings import Settings
from tests.builders.pricing import engagement_data

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture
def solves(monkeypatch):
    """How often the solver ran."""
    ran = []
    run = highspy.Highs.run

    def counted(highs):
        ran.append(highs)
        return run(highs)

    monkeypatch.setattr(highspy.Highs, "run", counted)
    return ran


def test_another_margin_or_knowledge_solves_nothing(tmp_path, solves):
    document = engagement_data({"commercial.prices_from": "risk"}, term_months=6)
    app = create_app(Settings(database=tmp_path / "quotes.sqlite"))
    with TestClient(app, base_url="http://127.0.0.1") as http:
        client = Client("http://127.0.0.1", http=http)
        first = client.create_quote(document)
        assert solves
        assert first["chosen"]["margin"] >= 0.18 - 1e-6
        solves.clear()
        dearer = client.create_variant(first["id"], {"target_margin": "0.22"})
        study = client.study_choice(document, {"knowledge_complexity": 1.0})
        assert solves == []
        assert dearer["chosen"]["margin"] >= 0.22 - 1e-6
        (lot,) = study["lots"]
        assert lot["quoted"]["output_premium"] > first["chosen"]["lots"][0]["output_level"] - 1
        again = client.create_quote(document)
        assert again["content_hash"] == first["content_hash"]
        assert solves == []
