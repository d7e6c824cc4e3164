"""
``make setup``: bring what the project needs, once.

Standard library only: it runs before anything is installed.
"""

import fcntl
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed

from deploy.local.places import FETCHED
from deploy.local.steps import Step, check_java, steps
from deploy.local.tools import MissingToolError, wants_wheel_java


def main() -> int:
    """Do what is left to do; say what is missing in one sentence."""
    broker = not os.environ.get("KAFKA_BOOTSTRAP_SERVERS")
    if all(step.is_done() for step in steps(broker=broker)):
        return 0
    FETCHED.mkdir(exist_ok=True)
    with (FETCHED / "setup.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)  # another set-up of this folder comes first
        return set_up(broker=broker)


def set_up(*, broker: bool) -> int:
    """Bring what is missing; 1 when something could not be had."""
    started = time.monotonic()
    todo = [step for step in steps(broker=broker) if not step.is_done()]
    try:
        if broker:
            check_java()
        problems = bring(todo)
    except MissingToolError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if todo and not problems:
        print(f"Set up in {time.monotonic() - started:.0f} s.")
    return 1 if problems else 0


def bring(todo: list[Step]) -> list[str]:
    """Do the steps side by side; returns what went wrong."""
    problems: list[str] = []
    first = [step for step in todo if step.name == "python" and wants_wheel_java()]
    for group in (first, [step for step in todo if step not in first]):
        with ThreadPoolExecutor(3) as pool:
            running = {pool.submit(timed, step): step for step in group}
            errors = (future.exception() for future in as_completed(running))
            problems.extend(say(error) for error in errors if error)
    return problems


def say(error: BaseException) -> str:
    """A known problem in its own words; anything else as it is."""
    if isinstance(error, MissingToolError):
        return str(error)
    raise error


def timed(step: Step) -> None:
    """Do one step, and show that it goes on."""
    started = time.monotonic()
    print(f"  … {step.says}", flush=True)
    step.do()
    print(f"  ✓ {step.says} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
