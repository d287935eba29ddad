"""The command line: one short file per command, each calling the function the API calls.

Only this page is imported to show help; a command imports what it needs when it runs.
"""

from api.cli.app import main

__all__ = ["main"]
