"""Every operation has a permission, and the table says what the list written by hand says."""

from pathlib import Path

import pytest

from api.app import create_app
from api.identity.caller import Caller, Role
from api.identity.permissions import NEEDED, PUBLIC, ROLES, Permission, may
from api.settings import Settings

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
def operations(tmp_path_factory) -> set[str]:
    """Every operation the server documents."""
    app = create_app(Settings(database=tmp_path_factory.mktemp("store") / "quotes.sqlite"))
    paths = app.openapi()["paths"]
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
