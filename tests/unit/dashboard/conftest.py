"""A page, run without a browser and without a server."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest


@pytest.fixture(scope="session", autouse=True)
def scanned_once():
    """What is installed stays as it is: every page would read it through for components anew."""
    with pytest.MonkeyPatch.context() as patch:
        name = "scan_component_manifests"
        patch.setattr(manifest_scanner, name, cache(getattr(manifest_scanner, name)))
        yield


def _script(client, page):
    from importlib import import_module  # noqa: PLC0415 (only the source of this function is run)

    import_module(f"dashboard.views.{page}").render(client)


@pytest.fixture
def open_page():
    """Open a page on a client, with what its address says; no page may fail."""

    def run(page, client, **address):
        at = AppTest.from_function(_script, kwargs={"client": client, "page": page})
        at.default_timeout = 30
        for name, value in address.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception
        return at

    return run


@pytest.fixture
def shown():
    """All text of a page: headings, paragraphs, captions, messages."""

    def text(at):
        kinds = (at.title, at.header, at.subheader, at.markdown, at.caption)
        messages = (at.error, at.warning, at.info)
        return "\n".join(item.value for kind in (*kinds, *messages) for item in kind)

    return text
