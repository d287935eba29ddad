"""What the code names, the docs explain: rules, exit codes, cost lines, commands."""

import re
from pathlib import Path

import pytest

from api import errors
from api.cli.app import app
from api.errors import EXIT_CODES, HTTP_ERRORS, HttpError
from api.settings import Settings
from pricing.engagement import Engagement
from staffing.premiums import PREMIUM_CLASSES

ROOT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"(?<![\w/])(?:pricing|staffing|api|dashboard|docs)/[\w./*]*[\w/]")
RULE = re.compile(r'(?:Violation|InfeasibleError)\(\s*"(\w+)"')


def words(*pages: str) -> str:
    """Text of documentation pages."""
    return "\n".join((ROOT / page).read_text() for page in pages)


def rules_in_code() -> set[str]:
    """Every rule name that a violation or an infeasibility report can carry."""
    return {
        name
        for file in (ROOT / "staffing").rglob("*.py")
        for name in RULE.findall(file.read_text())
    }


def test_every_rule_is_explained_under_its_own_name() -> None:
    models = words(*(str(p.relative_to(ROOT)) for p in (ROOT / "docs/models").glob("*.md")))
    missing = {rule for rule in rules_in_code() if f"`{rule}`" not in models}
    assert len(rules_in_code()) >= 20
    assert not missing


def test_every_exit_code_is_documented_with_its_error() -> None:
    page = words("docs/errors.md")
    for error, code in EXIT_CODES.items():
        assert re.search(rf"\| {code} \| `{error.__name__}` \|", page), error.__name__


def test_every_problem_over_http_is_documented_with_its_status() -> None:
    page = words("docs/errors.md")
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, HttpError)]
    for kind in (*kinds, *HTTP_ERRORS.values()):
        assert re.search(rf"\| {kind.status} \| (`[\w-]+`, )?`{kind.code}`", page), kind.code
    assert len(kinds) >= 9


def test_every_folder_of_code_has_its_row_among_the_rooms() -> None:
    page = words("docs/architecture.md")
    packages = ("pricing", "staffing", "api", "dashboard")
    folders = {
        file.parent.relative_to(ROOT)
        for package in packages
        for file in (ROOT / package).rglob("*.py")
        if file.parent.name != "versions"  # of the migrations
    }
    missing = {folder for folder in folders if f"\n| `{folder}/` |" not in page}
    assert len(folders) > 15
    assert not missing


@pytest.mark.parametrize(
    "page", ["docs/architecture.md", "docs/errors.md", "docs/api.md", "docs/operate.md"]
)
def test_every_path_a_page_names_exists(page: str) -> None:
    named = set(PATH.findall(words(page)))
    assert {path for path in named if not list(ROOT.glob(path))} == set()


def test_the_path_rule_finds_paths_and_misses_none_of_the_architecture() -> None:
    named = set(PATH.findall(words("docs/architecture.md")))
    assert {"staffing/demand.py", "staffing/check/", "pricing/reference/*.csv"} <= named
    assert len(named) > 60


def test_every_command_is_mentioned_where_a_newcomer_reads() -> None:
    page = words("README.md", "docs/engagement.md")
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__ if command.callback else "")
        assert f"crewquote {name}" in page, name


def test_every_command_of_a_group_is_in_the_docs() -> None:
    pages = words(*(str(page.relative_to(ROOT)) for page in (ROOT / "docs").glob("*.md")))
    groups = [group.typer_instance for group in app.registered_groups if group.typer_instance]
    assert "database" in {group.info.name for group in groups}
    for group in groups:
        name = group.info.name
        for command in group.registered_commands:
            own = command.name or (command.callback.__name__ if command.callback else "")
            assert f"crewquote {name} {own.replace('_', '-')}" in pages, (name, own)


def test_premium_classes_are_named_in_the_coverage_model() -> None:
    page = words("docs/models/coverage.md").lower()
    for day in {name.removeprefix("night_") for name in PREMIUM_CLASSES}:
        assert day in page


def test_every_required_top_level_field_is_shown_by_each_example() -> None:
    required = {name for name, field in Engagement.model_fields.items() if field.is_required()}
    for name in (
        "claims",
        "helpdesk",
        "emergency_coding",
        "working_weeks",
        "hiring",
        "where_to_deliver",
    ):
        text = words(f"examples/{name}.yaml")
        for field in required:
            assert re.search(rf"^{field}:", text, re.MULTILINE), f"{name}: {field}"


def test_every_setting_is_explained_with_its_default() -> None:
    page = words("docs/operate.md")
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\| `{name}` \| `?([^|`]*)`? \|", page, re.MULTILINE)
        assert row, name
        shown = row[1].strip().replace(",", "")
        assert shown == str("" if field.default is None else field.default), name
