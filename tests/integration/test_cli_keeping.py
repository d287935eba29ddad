"""`crewquote database` and `crewquote settings`, as an operator uses them."""

import json
from contextlib import closing

import pytest
from typer.testing import CliRunner

from api.cli.app import app
from api.store.database import Database
from api.store.migrate import revisions
from api.store.tables import QuoteRow
from staffing.errors import BadInputError
from tests.builders.rows import quote_row

DATABASE = "CREWQUOTE_DATABASE"


def run(*arguments, **environment):
    """What a command prints, and how it ends; errors of ours are raised."""
    result = CliRunner().invoke(app, [str(one) for one in arguments], env=environment)
    if isinstance(result.exception, BadInputError):
        raise result.exception
    said = " ".join(result.output.replace("│", " ").split())
    return result.exit_code, said


def test_a_backup_and_its_restore(database_url, tmp_path) -> None:
    with closing(Database(database_url)) as store, store.writing() as session:
        session.add(quote_row("a" * 36))
    file, other = tmp_path / "b.jsonl.gz", tmp_path / "other.sqlite"
    code, said = run("database", "backup", file, **{DATABASE: database_url})
    assert (code, f"-> {file}: quotes 1" in said) == (0, True)
    code, said = run("database", "restore", file, "--database", other)
    assert (code, said.startswith(f"{file} -> {other}: quotes 1")) == (0, True)
    with closing(Database(other)) as store, store.reading() as session:
        assert session.get(QuoteRow, "a" * 36) is not None
    code, said = run("database", "restore", file, "--database", other)
    assert code == 2
    assert "is not empty" in said


def test_down_and_up(database_url) -> None:
    code, said = run("database", "downgrade", "0001", "--database", database_url)
    assert (code, said.endswith("schema 0001")) == (0, True)
    with pytest.raises(BadInputError, match="one of 0001"):
        run("database", "downgrade", "0002", "--database", database_url)
    code, said = run("database", "upgrade", "--database", database_url)
    assert (code, said.endswith(f"schema {revisions()[-1]}")) == (0, True)


def test_a_file_that_is_no_backup(tmp_path) -> None:
    (tmp_path / "b").write_text("claims")
    with pytest.raises(BadInputError, match="a whole backup; a line of it cannot be read"):
        run("database", "restore", tmp_path / "b", "--database", tmp_path / "q.sqlite")


@pytest.mark.parametrize("command", [("backup", "b"), ("downgrade", "0001")])
def test_a_database_that_is_not_there_is_not_made(tmp_path, command) -> None:
    code, said = run("database", *command, "--database", tmp_path / "q.sqlite")
    assert code == 2
    assert "does not exist" in said
    assert list(tmp_path.iterdir()) == []


def test_settings_are_shown_with_their_origin_and_without_secrets() -> None:
    code, said = run("settings", **{DATABASE: "postgresql://me:hunter2@127.0.0.1/q"})
    assert code == 0
    assert "database postgresql://me:***@127.0.0.1/q environment" in said
    assert "port 8000 default" in said
    assert "hunter2" not in said
    code, said = run("settings", "--json")
    assert json.loads(said)["environment"] == "development"


def test_a_misspelt_setting_is_guessed() -> None:
    _, said = run("settings", CREWQUOTE_DATABSE="x")
    assert "CREWQUOTE_DATABSE is no setting; did you mean CREWQUOTE_DATABASE?" in said


def test_unsafe_settings_are_told_without_their_values() -> None:
    url = "postgresql://me:hunter2@db.example/q"
    with pytest.raises(BadInputError, match=r"add .sslmode=verify-full") as caught:
        run("settings", CREWQUOTE_ENVIRONMENT="production", **{DATABASE: url})
    assert "hunter2" not in str(caught.value)
