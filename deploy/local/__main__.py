"""``python -m deploy.local up|down|status|doctor``: the stack of this machine."""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence

from deploy.local.doctor import doctor, status
from deploy.local.foreground import down, up
from deploy.local.keeper import NotReadyError
from deploy.local.plan import ALL
from deploy.local.process import CommandFailedError
from deploy.local.record import AlreadyRunningError
from deploy.local.tools import MissingToolError

TROUBLES = (
    AlreadyRunningError,
    CommandFailedError,
    MissingToolError,
    NotReadyError,
    ValueError,
)


def options() -> argparse.ArgumentParser:
    """What can be asked."""
    parser = argparse.ArgumentParser(prog="deploy.local", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    starting = commands.add_parser("up", help="start everything, until Ctrl-C")
    starting.add_argument("--parts", default=",".join(ALL), help="some parts only")
    stopping = commands.add_parser("down", help="stop what `up` has started")
    stopping.add_argument("--reset", action="store_true", help="forget the data too")
    commands.add_parser("status", help="what runs, and where")
    commands.add_parser("doctor", help="say in words what is wrong")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Do it; troubles are sentences, not tracebacks."""
    chosen = options().parse_args(arguments)
    try:
        match chosen.command:
            case "up":
                return asyncio.run(up(chosen.parts.split(",")))
            case "down":
                return down(reset=chosen.reset)
            case "status":
                return asyncio.run(status())
            case _:
                return asyncio.run(doctor())
    except TROUBLES as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # no waiting for a thread that formats a disk after Ctrl-C
