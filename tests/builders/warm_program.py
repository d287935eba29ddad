"""A process that has imported the program, and runs it in a child for every line it reads.

A child is a process of its own, with its own streams, environment and exit code, as the installed
program has; it only need not import again what takes most of its second. Nothing is solved here,
so no thread is lost with the fork.

A line that names a file of an ``ending`` is not waited for: its answer is the id of the child, and
the file is there, with the exit code, when that has ended.
"""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path
from typing import Any

import api.cli
from api.cli import main


def serve() -> None:
    """Run the program as each line of standard input says, and tell what became of it."""
    for module in pkgutil.walk_packages(api.cli.__path__, "api.cli."):
        importlib.import_module(module.name)
    for line in sys.stdin:
        asked = json.loads(line)
        ending = asked.pop("ending")
        if ending is None:
            tell(exit_code(start(asked)))
            continue
        importlib.import_module("api.app")  # of servers only, and once for all of them
        if not os.fork():
            child = start(asked)
            tell(child)
            unfinished = Path(f"{ending}.part")
            unfinished.write_text(str(exit_code(child)))
            unfinished.rename(ending)
            os._exit(0)


def start(asked: dict[str, Any]) -> int:
    """Run the program in a child; its process id."""
    child = os.fork()
    if not child:
        become(**asked)
        main()
        sys.exit()
    return child


def exit_code(child: int) -> int:
    """Wait for the end of a child; a signal is a negative code, as `subprocess` has it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def tell(number: int) -> None:
    """Answer with a line."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def become(
    program: str, arguments: list[str], cwd: str, environment: dict[str, str], streams: list[str]
) -> None:
    """Take the place of the program as it was asked for; errors end this process as its own."""
    written = os.O_WRONLY | os.O_APPEND  # both may go to one file
    for number, (name, flags) in enumerate(
        zip(streams, (os.O_RDONLY, written, written), strict=True)
    ):
        os.dup2(os.open(name, flags), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.argv = [program, *arguments]
    sys.path.remove("")  # the folder it is run in holds no modules of ours
