"""The dashboard as a child of `crewquote serve`, ending when its parent does.

The parent holds the other end of standard input. However the parent ends, killed or not, the
system closes that end, on every platform; the dashboard then stops and frees its port.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from threading import Thread

from streamlit.web import cli

_STDIN = 0


def _end_with_parent() -> None:
    while os.read(_STDIN, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=_end_with_parent, daemon=True).start()
    app = Path(__file__).with_name("app.py")
    sys.exit(cli.main(["run", str(app), *sys.argv[1:]], prog_name="streamlit"))
