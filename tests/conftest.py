"""What holds for all tests: markers by directory, hypothesis profiles, and no silent skip."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import settings

MARKED_DIRECTORIES = ("property", "golden", "integration")

# Most tests want what is priced, not a job to ask for it; those of jobs say how long they wait.
os.environ.setdefault("CREWQUOTE_WAIT_S", "600")

# The same examples on every run, so that a check never fails by luck; a longer, random search is
# had with --hypothesis-profile=thorough.
settings.register_profile("fast", derandomize=True, deadline=None)
settings.register_profile("thorough", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile("fast")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection():
    """Search for no garbage while all is loaded, nor among it later: it stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items):
    """Mark every test with the directory it lies in, when that is a kind of test."""
    here = Path(__file__).parent
    for item in items:
        kind = item.path.relative_to(here).parts[0]
        if kind in MARKED_DIRECTORIES:
            item.add_marker(kind)


@pytest.hookimpl(optionalhook=True)  # xdist may be absent, or left out
def pytest_xdist_make_scheduler(config, log):
    """Share out whole files (`--dist loadfile`) with the journeys of the browser as one."""
    if config.getvalue("dist") != "loadfile":
        return None
    from tests.builders.whole_files import WholeFiles  # noqa: PLC0415 (this file is also run alone)

    return WholeFiles(config, log)


def refuse_skip(report):
    """Turn a skip into a failure when REQUIRE_ALL=1; an expected failure is not a skip."""
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        path, line, reason = report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{path}:{line}: REQUIRE_ALL=1 allows no skip, but: {reason}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport():
    """Refuse a skip that is asked for in a test or its fixtures."""
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report():
    """Refuse the skip of a whole module."""
    return refuse_skip((yield))


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL server of this test process, ended with it; skipped where there is none."""
    # Not above: this file is also run alone, far from the rest.
    from tests.builders.postgres import Postgres, programs  # noqa: PLC0415

    if programs() is None:
        pytest.skip("PostgreSQL is not installed (no initdb)")
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def new_database(request, tmp_path_factory):
    """Makes empty stores: ``new_database("sqlite")`` or ``("postgresql")`` is the URL of one."""
    from api.store.database import Database  # noqa: PLC0415 (as above)

    template = tmp_path_factory.mktemp("store") / "template.sqlite"

    def make(kind):
        if kind == "postgresql":
            return request.getfixturevalue("postgres").new_store()
        if not template.exists():
            Database(template).close()
        file = tmp_path_factory.mktemp("store") / "quotes.sqlite"
        file.write_bytes(template.read_bytes())
        return f"sqlite:///{file}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, new_database):
    """An empty store of either kind: a test that takes it runs on both."""
    return new_database(request.param)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_database_url(request, new_database):
    """As `database_url`, one for all tests of a module."""
    return new_database(request.param)
