"""What only one of the stores could not hold is refused before either is asked."""

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings

NO_TEXT = ("a%00b", "%ed%a0%80")  # NUL; half a surrogate pair


@pytest.fixture(scope="module")
def http(module_database_url):
    app = create_app(Settings(database=module_database_url, log="off"))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client:
        yield client


def addresses(document, text):
    """Every operation, with this text as its parameters in the path, and as each of the query."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            names: dict[str, list[str]] = {"path": [], "query": []}
            for one in operation.get("parameters", []):
                names.get(one["in"], []).append(one["name"])
            address = path
            for name in names["path"]:
                address = address.replace(f"{{{name}}}", text)
            for query in [""] + [f"?{name}={text}" for name in names["query"]]:
                yield method.upper(), address + query


@pytest.mark.parametrize("text", NO_TEXT)
def test_no_parameter_reaches_a_store_that_cannot_hold_it(http, text) -> None:
    tried = list(addresses(http.get("/openapi.json").json(), text))
    assert len(tried) > 40
    answers = {
        (method, address): http.request(method, address).status_code for method, address in tried
    }
    assert {place: status for place, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("email", ["a\u0000b@x.example", "\u001f"])
def test_nobody_signs_in_with_what_is_no_text(http, email) -> None:
    body = {"email": email, "password": "a long secret of theirs"}
    assert http.post("/v1/sessions", json=body).status_code == 422
