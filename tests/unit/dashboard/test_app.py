"""The entry of the dashboard."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[3] / "dashboard" / "app.py"


def test_it_opens_on_the_quote_page_and_needs_no_server_to_do_so(monkeypatch):
    monkeypatch.setenv("CREWQUOTE_API_URL", "http://127.0.0.1:9")
    at = AppTest.from_file(APP, default_timeout=30).run()
    assert not at.exception
    assert at.title[0].value == "A quote with two offers"
    assert "not for clients" in at.caption[-1].value
    assert not at.sidebar.children  # 300 pixels that a narrow page does not have
