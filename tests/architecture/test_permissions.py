"""Every operation has a permission, and the table says what the list written by hand says."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from api.identity.caller import Caller, Role
from api.identity.permissions import NEEDED, PUBLIC, ROLES, Permission, may
from api.settings import Settings
from tests.builders.comparisons import FORBIDDEN
from tests.unit.pricing.client_comparison.test_leaks import texts

LIST = Path(__file__).parents[1] / "golden" / "roles.txt"
WHAT_TO_DO = (
    "add the operation to NEEDED in api/identity/permissions.py and a row to tests/golden/roles.txt"
)


def listed() -> dict[str, dict[str, bool]]:
    """The list: per operation, who may call it."""
    lines = LIST.read_text().splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("operation "))
    names = lines[start].split()[1:]
    rows = {}
    for line in filter(None, lines[start + 1 :]):
        method, path, *marks = line.split()
        assert len(marks) == len(names), line
        assert set(marks) <= {"yes", "-"}, line
        rows[f"{method} {path}"] = {
            name: mark == "yes" for name, mark in zip(names, marks, strict=True)
        }
    return rows


@pytest.fixture(scope="module")
def document(tmp_path_factory) -> dict[str, Any]:
    """The OpenAPI document of a server that wants a sign-in."""
    database = str(tmp_path_factory.mktemp("store") / "quotes.sqlite")
    return create_app(Settings(database=database, require_sign_in=True)).openapi()


@pytest.fixture(scope="module")
def operations(document) -> set[str]:
    """Every operation the server documents."""
    paths = document["paths"]
    return {f"{method.upper()} {path}" for path in paths for method in paths[path]}


def test_every_operation_has_a_permission(operations) -> None:
    assert operations - NEEDED.keys() - PUBLIC == set(), WHAT_TO_DO


def test_no_permission_is_of_an_operation_that_is_gone(operations) -> None:
    assert (NEEDED.keys() | PUBLIC) - operations == set()
    assert NEEDED.keys() & PUBLIC == set()


def test_the_list_has_a_row_for_every_operation(operations) -> None:
    assert operations ^ listed().keys() == set(), WHAT_TO_DO


def test_the_table_says_what_the_list_says() -> None:
    table = {
        operation: {"nobody": operation in PUBLIC}
        | {
            role.value: operation in PUBLIC or may(Caller("id", "name", role), operation)
            for role in Role
        }
        for operation in NEEDED.keys() | PUBLIC
    }
    assert table == listed()


def test_every_permission_has_its_roles_and_is_needed_somewhere() -> None:
    assert ROLES.keys() == set(Permission)
    assert set(NEEDED.values()) == set(Permission)


def test_an_operation_without_a_row_is_an_admin_s() -> None:
    callers = [Caller("id", "name", role) for role in Role]
    assert [caller.role for caller in callers if may(caller, "GET /v1/new")] == [Role.ADMIN]
    assert not may(Caller("id", "name", Role.ADMIN, scope=frozenset(Permission)), "GET /v1/new")


def test_the_document_says_how_to_sign_in(document) -> None:
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["security"] == [{"bearer": []}]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            public = f"{method.upper()} {path}" in PUBLIC
            assert (operation.get("security") == []) == public, path
            wanted = {"429"} if public else {"401", "403", "429"}
            assert wanted <= operation["responses"].keys(), path


def test_no_schema_of_an_answer_holds_a_word_of_the_vendor_s_side(document) -> None:
    client = Caller("id", "name", Role.CLIENT)
    for operation in sorted(one for one in NEEDED if may(client, one)):
        method, path = operation.split()
        part = document["paths"][path][method.lower()]
        schemas = dict(reached(document, part["responses"]))
        words = [text for text in texts(schemas) if FORBIDDEN.search(text)]
        assert words == [], operation


def reached(document, part, seen=None):
    """Every schema that a part of the document leads to."""
    seen = set() if seen is None else seen
    for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(part)):
        if name not in seen:
            seen.add(name)
            yield name, document["components"]["schemas"][name]
            yield from reached(document, document["components"]["schemas"][name], seen)
