"""One open page of the dashboard, spoken to as its browser does, and drawn nowhere."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets import Subprotocol
from websockets.sync.client import connect

if TYPE_CHECKING:
    from collections.abc import Iterator


class PageSession:
    """A page with a number to enter and a figure that follows it.

    Parameters
    ----------
    address : str
        Of the dashboard, ``http://127.0.0.1:8501``.
    page, query : str
        Path of the page, and what its address says, ``quote=…``.
    entry, figure : str
        How the labels of the number and of the figure begin.
    """

    def __init__(self, address: str, page: str, query: str, *, entry: str, figure: str) -> None:
        self._query, self._entry, self._figure = query, entry, figure
        self._page = self._widget = self._fragment = ""
        # A browser on another machine would have unpacked; here that would only take our own time.
        self._socket = connect(
            f"{address.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
        )
        opening = BackMsg()
        opening.rerun_script.query_string = query
        opening.rerun_script.page_name = page
        self._send(opening)
        for message in self._until_the_run_ends():
            self._note(message)
        if not self._widget:
            raise RuntimeError(f"the page {page} has no entry {entry!r}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def enter(self, value: float) -> float:
        """Enter a number; returns after how many seconds the figure came."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_script_hash = self._query, self._page
        run.fragment_id = self._fragment
        run.widget_states.widgets.add(id=self._widget, double_value=value)
        start, came = time.perf_counter(), None
        self._send(message)
        for answer in self._until_the_run_ends():
            label = answer.delta.new_element.metric.label.replace("\\", "")  # it is Markdown
            if came is None and label.startswith(self._figure):
                came = time.perf_counter() - start
        if came is None:
            raise RuntimeError(f"the page did not show {self._figure!r} again")
        return came

    def _note(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "navigation":
            self._page = message.navigation.page_script_hash
        number = message.delta.new_element.number_input
        if number.label.startswith(self._entry):
            self._widget, self._fragment = number.id, message.delta.fragment_id

    def _send(self, message: BackMsg) -> None:
        self._socket.send(message.SerializeToString())

    def _until_the_run_ends(self) -> Iterator[ForwardMsg]:
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._socket.recv(decode=False))
            if message.WhichOneof("type") == "script_finished":
                return
            yield message
