"""The dashboard as a child of `crewquote serve`, ending when its parent does.

The parent holds the other end of standard input. However the parent ends, killed or not, the
system closes that end, on every platform; the dashboard then stops and frees its port.
"""

from __future__ import annotations

import os
import signal
import time
from argparse import ArgumentParser
from threading import Thread

from dashboard.web.application import serve

_STDIN = 0
_PATIENCE_S = 5


def _end_with_parent() -> None:
    while os.read(_STDIN, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE_S)  # for browsers that do not let go
    os._exit(1)


if __name__ == "__main__":
    options = ArgumentParser("dashboard")
    options.add_argument("--host", default="127.0.0.1")
    options.add_argument("--port", type=int, default=8501)
    Thread(target=_end_with_parent, daemon=True).start()
    serve(**vars(options.parse_args()))
