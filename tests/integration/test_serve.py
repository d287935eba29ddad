"""`crewquote serve` as an operator uses it: ports, hosts, Ctrl-C."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders.server import Server, free_port

CREWQUOTE = str(Path(sys.executable).parent / "crewquote")
ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


def refused(*options, env=None):
    """Exit code and message of a server that must not start."""
    result = subprocess.run(
        [CREWQUOTE, "serve", *options],
        env=env,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return result.returncode, " ".join(result.stderr.replace("│", " ").split())


def nobody_listens(port):
    """Whether a connection to a loopback port is refused."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def wait_until(condition):
    """Wait for something another process does; the limit only ends a test that has failed."""
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.05)


@pytest.mark.parametrize("option", ["--port", "--dashboard-port"])
def test_a_taken_port_is_refused_by_name_before_anything_starts(tmp_path, option) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ports = {"--port": str(free_port()), option: port}
        options = [word for pair in ports.items() for word in pair]
        code, message = refused(*options, "--database", str(tmp_path / "q.sqlite"))
    assert code == 2
    assert f"port {port}" in message
    assert "taken" in message
    assert not (tmp_path / "q.sqlite").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7"])
def test_another_host_than_loopback_is_refused(tmp_path, host) -> None:
    code, message = refused("--host", host, "--database", str(tmp_path / "q.sqlite"))
    assert code == 2
    assert "loopback" in message


def test_settings_that_are_not_fit_for_production_are_refused_with_the_remedy(tmp_path) -> None:
    environment = os.environ | {"CREWQUOTE_ENVIRONMENT": "production"}
    code, message = refused("--database", str(tmp_path / "q.sqlite"), env=environment)
    assert code == 2
    assert "CREWQUOTE_ENVIRONMENT: require_sign_in: should be true" in message
    assert "is in a temporary folder" in message


def test_ctrl_c_stops_the_server_and_frees_its_port(tmp_path) -> None:
    with Server(tmp_path / "q.sqlite", installed=True) as server:
        code, printed = server.stop()
        assert code == 0
        assert f"API at {server.url}" in printed
        assert "stopped" in printed
        assert nobody_listens(server.port)


@pytest.mark.slow
def test_ctrl_c_stops_the_dashboard_too(tmp_path) -> None:
    with Server(tmp_path / "q.sqlite", dashboard=True, installed=True) as server:
        code, printed = server.stop()
        assert code == 0
        assert f"dashboard at {server.dashboard_url}" in printed
        assert nobody_listens(server.dashboard_port)


def test_one_port_for_both_is_refused(tmp_path) -> None:
    port = str(free_port())
    database = tmp_path / "q.sqlite"
    code, message = refused("--port", port, "--dashboard-port", port, "--database", str(database))
    assert code == 2
    assert f"--dashboard-port: port {port} is the API's (--port)" in message
    assert not database.exists()


def test_a_check_starts_nothing_and_ends_well_when_all_is_free(tmp_path) -> None:
    database = tmp_path / "q.sqlite"
    code, message = refused("--check", "--port", str(free_port()), "--database", str(database))
    assert (code, message) == (0, "")


def test_without_its_packages_it_says_what_to_install(tmp_path) -> None:
    (tmp_path / "uvicorn.py").write_text("raise ModuleNotFoundError(name='uvicorn')")
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", str(ROOT))])
    code, message = refused(env=os.environ | {"PYTHONPATH": paths})
    assert code == 2
    assert "install crewquote[api]" in message


@pytest.mark.slow
def test_a_killed_server_takes_its_dashboard_along(tmp_path) -> None:
    with Server(tmp_path / "q.sqlite", dashboard=True, installed=True) as server:
        wait_until(lambda: not nobody_listens(server.dashboard_port))
        server.kill()
        wait_until(lambda: nobody_listens(server.dashboard_port))


def test_a_dashboard_that_ends_by_itself_stops_the_whole_service(tmp_path) -> None:
    (tmp_path / "streamlit.py").write_text("raise SystemExit(7)")
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", str(ROOT))])
    port = free_port()
    ports = ("--port", str(port), "--dashboard-port", str(free_port()))
    result = subprocess.run(
        [CREWQUOTE, "serve", *ports, "--database", str(tmp_path / "q.sqlite")],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert result.returncode == 1
    assert "the dashboard ended by itself (exit code 7)" in result.stderr
    assert "Traceback" not in result.stderr
    assert nobody_listens(port)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("variable", ["PORT", "DASHBOARD_PORT"])
def test_make_run_tries_its_ports_before_it_prices(tmp_path, variable) -> None:
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "bin").symlink_to(Path(sys.executable).parent)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ports = {"PORT": free_port(), "DASHBOARD_PORT": free_port(), variable: port}
        result = subprocess.run(
            [
                *("make", "-f", ROOT / "Makefile", "run", "VENV=venv", "-o", "venv/.project"),
                *(f"{name}={value}" for name, value in ports.items()),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
    assert result.returncode == 2
    assert f"port {port}" in result.stderr
    assert "make run PORT=" in result.stderr
    assert "pricing" not in result.stderr
    assert list((tmp_path / "out").iterdir()) == []
