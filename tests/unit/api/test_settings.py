"""Settings: from the environment, shown without secrets, and strict in production."""

import pytest
from pydantic import ValidationError

from api.settings import Settings, public_values

URL = "postgresql://me:hunter2@db.example:5432/quotes"


def test_a_database_is_named_by_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("CREWQUOTE_DATABASE", URL)
    assert Settings().database == URL


def test_no_secret_is_shown(monkeypatch) -> None:
    monkeypatch.setenv("CREWQUOTE_DATABASE", URL)
    shown = public_values(Settings())
    assert shown["database"] == "postgresql://me:***@db.example:5432/quotes"
    assert "hunter2" not in repr(shown)


def test_a_url_that_cannot_be_read_is_not_shown_at_all() -> None:
    assert public_values(Settings(database="postgresql://me:hunter2@db:x/q"))["database"] == "***"


@pytest.mark.parametrize("database", ["/tmp/q.sqlite", "sqlite:////var/tmp/q.sqlite"])
def test_quotes_in_a_temporary_folder_are_refused_in_production(database) -> None:
    with pytest.raises(ValidationError, match="is in a temporary folder, which is emptied"):
        Settings(environment="production", database=database)
    assert Settings(database=database).database == database


def test_a_database_away_must_say_whether_the_way_is_encrypted_in_production() -> None:
    with pytest.raises(ValidationError, match="add \\?sslmode=verify-full") as caught:
        Settings(environment="production", database=URL)
    assert "hunter2" not in caught.value.errors()[0]["msg"]
    assert Settings(environment="production", database=f"{URL}?sslmode=require")
    assert Settings(database=URL)


@pytest.mark.parametrize(
    "database",
    [
        "/srv/crewquote/quotes.sqlite",
        "postgresql://me@/quotes?host=/run/postgresql",
        "postgresql://me:hunter2@127.0.0.1/quotes",
    ],
)
def test_a_database_that_lasts_and_stays_here_is_fit_for_production(database) -> None:
    assert Settings(environment="production", database=database).database == database


def test_another_environment_is_refused() -> None:
    with pytest.raises(ValidationError, match="'development' or 'production'"):
        Settings(environment="staging")
