"""A PostgreSQL server of our own in a temporary folder, for the tests that need one."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path

import psycopg

from api.store.database import Database

WAIT_S = 60
UNPRIVILEGED = ("postgres", "nobody")
# Quick, and safe against everything but a crash of the machine, which no test causes.
QUICK = "fsync=off", "synchronous_commit=off", "full_page_writes=off"
SMALL = "shared_buffers=16MB", "max_connections=60", "listen_addresses="


def programs():
    """The folder of initdb and pg_ctl, newest version first; None when there is none."""
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda file: float(file.parts[-3]),
        reverse=True,
    )
    found = str(versions[0]) if versions else shutil.which("initdb")
    return Path(found).parent if found else None


class Postgres:
    """One cluster on a unix socket, run by a user without rights; `stop` takes all of it away."""

    def __init__(self):
        self.bin = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="cq-pg-"))
        self.user = self._user()
        self.template = None
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self._run("initdb", "-D", "data", "-U", "crewquote", "-A", "trust", "-E", "UTF8", "-N")
        settings = "\n".join(
            line.replace("=", " = '", 1) + "'"
            for line in (*QUICK, *SMALL, f"unix_socket_directories={self.folder}")
        )
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.write(f"\n{settings}\n")
        self.start()

    def start(self):
        """Start the server and wait until it answers."""
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-t", str(WAIT_S), "start")

    def halt(self, mode="immediate"):
        """Stop the server, as a crash does (immediate) or closing its connections (fast)."""
        self._run("pg_ctl", "-D", "data", "-w", "-t", str(WAIT_S), "-m", mode, "stop")

    def stop(self):
        """End the server and remove its files."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self.halt()
        shutil.rmtree(self.folder)

    def url(self, name):
        """The URL of one of its databases."""
        return f"postgresql://crewquote@/{name}?host={self.folder}"

    def new_database(self):
        """An empty database; its URL."""
        return self._create("template0")

    def new_store(self):
        """A database at the schema of this version, copied from one that is made once; its URL."""
        if self.template is None:
            url = self.new_database()
            Database(url).close()
            self.template = url.partition("@/")[2].partition("?")[0]
        return self._create(self.template)

    def execute(self, statement, name="postgres"):
        """Run a statement outside a transaction, and return its rows if it has any."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            answer = connection.execute(statement)
            return answer.fetchall() if answer.description else None

    def _create(self, template):
        name = f"q{uuid.uuid4().hex}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def _user(self):
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return None
        known = {entry.pw_name for entry in pwd.getpwall()}
        return next(name for name in UNPRIVILEGED if name in known)

    def _run(self, program, *arguments):
        with tempfile.TemporaryFile("w+") as printed:  # a pipe would be held open by the server
            done = subprocess.run(
                [self.bin / program, *arguments],
                cwd=self.folder,
                user=self.user,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=printed,
                check=False,
            )
            printed.seek(0)
            assert done.returncode == 0, f"{program}: {printed.read()}"
