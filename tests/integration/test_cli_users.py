"""`crewquote users`: the first admin without a server, no password on the command line."""

import io
import os
import pty
import subprocess
import sys
from contextlib import closing

import pytest
from typer.testing import CliRunner

from api.cli.app import app, main
from api.identity import passwords
from api.store.database import Database
from api.store.identity_tables import CredentialRow
from tests.builders.identity import add_user, row_of, token_of

SECRET = "a long secret of hers"


def run(database, *words, said=SECRET):
    return CliRunner().invoke(app, ["users", *words, "--database", str(database)], input=said)


@pytest.fixture
def database(tmp_path):
    return tmp_path / "quotes.sqlite"


def test_the_first_admin_is_added_with_a_password_from_standard_input(database) -> None:
    result = run(database, "add", "--role", "admin", "--email", "Ana@Vendor.example")
    assert (result.exit_code, result.stdout) == (0, "added ana@vendor.example as admin\n")
    with closing(Database(database)) as store, store.reading() as session:
        row = row_of(session, "ana@vendor.example")
        assert (row.name, row.role) == ("Ana", "admin")
        assert passwords.check(SECRET, row.password_hash)[0]
        assert SECRET not in row.password_hash


@pytest.mark.slow
def test_at_a_terminal_the_password_is_asked_for_twice_and_not_shown(database) -> None:
    ours, theirs = pty.openpty()
    command = "from api.cli import main; main()"
    options = ["add", "--role", "admin", "--email", "a@v.example", "--database", str(database)]
    process = subprocess.Popen(
        [sys.executable, "-c", command, "users", *options],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while shown.count(b"Password") < 1:
        shown += os.read(ours, 1024)
    os.write(ours, SECRET.encode() + b"\n")
    while shown.count(b"Again") < 1:
        shown += os.read(ours, 1024)
    os.write(ours, b"something else\n")
    while b"the two differ" not in shown:
        shown += os.read(ours, 1024)
    process.wait(timeout=30)
    os.close(ours)
    assert process.returncode == 2
    assert SECRET.encode() not in shown


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("add", "--role", "admin", "--email", "nobody"), "should be of the form", 3),
        (("add", "--role", "boss", "--email", "a@v.example"), "is not one of", 2),
        (("add", "--role", "client", "--email", "a@v.example"), "the role client needs one", 3),
        (
            ("add", "--role", "sales", "--client", "X", "--email", "a@v.example"),
            "only the role client has one",
            3,
        ),
        (("disable", "--email", "a@v.example"), "nobody signs in with a@v.example", 2),
        (("reset-password", "--email", "a@v.example"), "nobody signs in with a@v.example", 2),
    ],
)
def test_what_cannot_be_is_refused_by_name(
    database, words, said, code, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["crewquote", "users", *words, "--database", str(database)])
    monkeypatch.setattr(sys, "stdin", io.StringIO(SECRET))
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == code
    assert said in " ".join(capsys.readouterr().err.replace("│", " ").split())


def test_users_are_listed_disabled_and_given_passwords(database) -> None:
    assert run(database, "list").stdout == "no users yet\n"
    with closing(Database(database)) as store:
        add_user(store, "admin", email="ana@v.example")
        kim = add_user(store, "client", email="kim@c.example", client="Lakeshore")
        token_of(store, kim)
    assert run(database, "reset-password", "--email", "kim@c.example").exit_code == 0
    assert run(database, "disable", "--email", "Kim@c.example").stdout == "disabled kim@c.example\n"
    ana, kim = run(database, "list").stdout.splitlines()
    assert ana == "ana@v.example  admin  (admin of the tests)"
    assert kim.startswith("kim@c.example  client of Lakeshore, disabled 20")
    with closing(Database(database)) as store, store.reading() as session:
        assert passwords.check(SECRET, row_of(session, "kim@c.example").password_hash)[0]
        assert session.query(CredentialRow).filter_by(revoked_at=None).all() == []
    result = run(database, "disable", "--email", "ana@v.example")
    assert result.exit_code == 2
    assert "this is the last admin" in result.stderr
