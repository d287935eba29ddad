"""Every success that the OpenAPI document promises has an example, which fits its schema."""

import json

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from api.answer_examples import kept_examples
from api.app import create_app
from api.settings import Settings

# Files to look at, not to read.
FILES = {
    "text/html",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WHAT_TO_DO = (
    "ask for it in tests/builders/api_tour.py, and run tests/integration/test_api_examples.py "
    "with UPDATE_EXAMPLES=1"
)


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """The OpenAPI document as it is served."""
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "q.sqlite", log="off"))
    made = json.loads(json.dumps(app.openapi()))
    app.state.store.close()
    return made


def successes(document):
    """Every answer that is a success: operation, status, media type, and what is said of it."""
    return [
        (f"{method.upper()} {path}", status, media, content)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        for status, response in operation["responses"].items()
        for media, content in response.get("content", {}).items()
        if status < "300"
    ]


def test_every_success_has_an_example(document) -> None:
    found = successes(document)
    lacking = [one[:3] for one in found if "examples" not in one[3] and one[2] not in FILES]
    assert lacking == [], f"{WHAT_TO_DO}: {lacking}"
    assert len(found) > 100


def test_no_example_is_of_an_answer_that_is_not_documented(document) -> None:
    documented = {one[:3] for one in successes(document)}
    kept = {
        (operation, status, media)
        for operation, by_status in kept_examples().items()
        for status, by_media in by_status.items()
        for media in by_media
    }
    assert kept - documented == set()


def test_every_example_of_an_answer_fits_its_schema(document) -> None:
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:document", resource)
    for operation, status, media, content in successes(document):
        if media != "application/json" or "examples" not in content:
            continue
        schema = json.loads(json.dumps(content["schema"]).replace('"#/', '"urn:document#/'))
        validator = jsonschema.Draft202012Validator(schema, registry=registry)
        for example in content["examples"].values():
            found = [error.message for error in validator.iter_errors(example["value"])]
            assert found == [], (operation, status)
