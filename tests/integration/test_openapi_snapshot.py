"""The promise of the API, `docs/openapi.json`, is what the code says; a change of it is seen.

Paths, fields and codes may be added; none may be taken away, renamed, narrowed or made required
under `/v1` (docs/api.md, "What may change"). `UPDATE_OPENAPI=1` writes the document anew.
"""

import json
import os
from pathlib import Path

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from api.app import create_app
from api.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "docs" / "openapi.json"
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """The OpenAPI document as it is served, without the version and examples of answers."""
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "q.sqlite", log="off"))
    made = json.loads(json.dumps(app.openapi()))
    app.state.store.close()
    made["info"].pop("version")
    for _, operation in operations(made):  # their own test: test_api_examples.py
        for status, response in operation["responses"].items():
            for content in response.get("content", {}).values() if status < "300" else ():
                content.pop("examples", None)
    return made


def test_the_document_is_the_one_that_was_agreed(document) -> None:
    text = json.dumps(document, indent=1, sort_keys=True) + "\n"
    if os.environ.get("UPDATE_OPENAPI") == "1":
        SNAPSHOT.write_text(text)
    agreed = json.loads(SNAPSHOT.read_text())
    remedy = "if it is meant, run this file with UPDATE_OPENAPI=1 and commit docs/openapi.json"
    assert differences(agreed, document) == [], remedy


def differences(before, after, place=""):
    """Where two documents differ, as pointers."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted(before.keys() | after.keys())
        return [
            found
            for name in names
            for found in differences(before.get(name), after.get(name), f"{place}/{name}")
        ]
    return [] if before == after else [place]


def operations(document):
    """Every operation with its address."""
    return [
        (f"{method} {path}", operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]


def request_examples(document):
    """Every example of a body, with its schema."""
    return [
        (name, content["schema"], example["value"])
        for name, operation in operations(document)
        for content in operation.get("requestBody", {}).get("content", {}).values()
        for example in content.get("examples", {}).values()
    ]


def test_every_example_of_a_body_fits_its_schema(document) -> None:
    resource = Resource.from_contents(document, default_specification=DRAFT202012)
    registry = Registry().with_resource("urn:document", resource)
    examples = request_examples(document)
    for name, schema, value in examples:
        absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:document#/'))
        validator = jsonschema.Draft202012Validator(absolute, registry=registry)
        assert [error.message for error in validator.iter_errors(value)] == [], name
    assert len(examples) >= 15


def test_every_answer_that_is_no_success_is_a_problem(document) -> None:
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if status >= "400":
                assert set(response["content"]) == {"application/problem+json"}, (name, status)


def test_a_lost_field_is_a_difference(document) -> None:
    changed = json.loads(json.dumps(document))
    del changed["components"]["schemas"]["Job"]["properties"]["state"]
    assert differences(document, changed) == ["/components/schemas/Job/properties/state"]
