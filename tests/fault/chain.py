"""A chain under test, with the people around it."""

import os
from dataclasses import dataclass
from pathlib import Path

from deploy.local.stack import Stack
from shared.settings import KafkaSettings
from tests.fault.citizens import Citizens, Clerks
from tests.fault.ledger import Ledger, Mailbox

FULL = os.environ.get("FULL") == "1"


@dataclass(frozen=True)
class Chain:
    """The chain under test."""

    stack: Stack
    citizens: Citizens
    clerks: Clerks
    ledger: Ledger
    kafka: KafkaSettings

    @property
    def routers(self) -> list[str]:
        """The routers' process names."""
        return [name for name in self.stack.crew.names if name.startswith("router")]


def size(small: int, full: int) -> int:
    """How many: small in CI, the full number with FULL=1."""
    return full if FULL else small


async def started(directory: Path, **given: object) -> Stack:
    """A stack of its own, whatever the shell's environment says."""
    stack = Stack(directory, outside={}, **given)  # type: ignore[arg-type]
    await stack.start()
    return stack


def chain_of(stack: Stack) -> Chain:
    """The people around a running stack."""
    info = stack.info
    kafka = KafkaSettings(kafka_bootstrap_servers=info["kafka"])
    clerks = Clerks(info["desk"], info["desk_tokens"])
    ledger = Ledger(kafka, clerks, Mailbox(Path(info["mail"])))
    return Chain(stack, Citizens(info["intake"]), clerks, ledger, kafka)
