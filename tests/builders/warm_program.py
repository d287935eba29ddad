"""A process that has imported the command line, and runs it in a child for every line it reads.

A child is a process of its own, with its own streams, environment and exit code, as the installed
program has; it only need not import again what takes most of its second. Nothing is solved here,
so no thread is lost with the fork.
"""

import importlib
import json
import os
import pkgutil
import sys

import api.cli
from api.cli import main


def serve() -> None:
    """Run the program as each line of standard input says, and tell its exit code."""
    for module in pkgutil.walk_packages(api.cli.__path__, "api.cli."):
        importlib.import_module(module.name)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            become(**json.loads(line))
            main()
            sys.exit()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def become(
    program: str, arguments: list[str], cwd: str, environment: dict[str, str], streams: list[str]
) -> None:
    """Take the place of the program as it was asked for; errors end this process as its own."""
    for number, (name, flags) in enumerate(
        zip(streams, (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY), strict=True)
    ):
        os.dup2(os.open(name, flags), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.argv = [program, *arguments]
    sys.path.remove("")  # the folder it is run in holds no modules of ours
