"""`crewquote serve` as an operator uses it: ports, hosts, Ctrl-C."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders.server import Server, free_port

CREWQUOTE = str(Path(sys.executable).parent / "crewquote")


def refused(*options):
    """Exit code and message of a server that must not start."""
    result = subprocess.run(
        [CREWQUOTE, "serve", *options], capture_output=True, text=True, timeout=60, check=False
    )
    return result.returncode, " ".join(result.stderr.replace("│", " ").split())


def nobody_listens(port):
    """Whether a connection to a loopback port is refused."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


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


def test_ctrl_c_stops_the_server_and_frees_its_port(tmp_path) -> None:
    with Server(tmp_path / "q.sqlite") as server:
        code, printed = server.stop()
        assert code == 0
        assert f"API at {server.url}" in printed
        assert "stopped" in printed
        assert nobody_listens(server.port)


@pytest.mark.slow
def test_ctrl_c_stops_the_dashboard_too(tmp_path) -> None:
    with Server(tmp_path / "q.sqlite", dashboard=True) as server:
        code, printed = server.stop()
        assert code == 0
        assert f"dashboard at {server.dashboard_url}" in printed
        assert nobody_listens(server.dashboard_port)
