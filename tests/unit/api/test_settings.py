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
    assert Settings(
        environment="production", database=f"{URL}?sslmode=require", require_sign_in=True
    )
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
    settings = Settings(environment="production", database=database, require_sign_in=True)
    assert settings.database == database


def test_a_server_without_sign_in_is_refused_in_production_and_beyond_loopback(monkeypatch) -> None:
    lasting = "/srv/crewquote/quotes.sqlite"
    with pytest.raises(ValidationError, match="require_sign_in: should be true in production"):
        Settings(environment="production", database=lasting)
    with pytest.raises(ValidationError, match=r"without sign-in only loopback \(127.0.0.1"):
        Settings(host="0.0.0.0")
    monkeypatch.setenv("CREWQUOTE_REQUIRE_SIGN_IN", "true")
    assert Settings(host="0.0.0.0").host == "0.0.0.0"
    assert Settings(environment="production", database=lasting).require_sign_in


@pytest.mark.parametrize("host", ["*", "https://quotes.example", "quotes.example:443", ""])
def test_hosts_to_answer_for_are_names(host) -> None:
    with pytest.raises(ValidationError, match="name each host by itself"):
        Settings(allowed_hosts=(host,))


def test_another_environment_is_refused() -> None:
    with pytest.raises(ValidationError, match="'development' or 'production'"):
        Settings(environment="staging")
