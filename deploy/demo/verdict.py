"""Whether everything arrived: counted where it ends, not where it went through."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

import httpx

from deploy.demo.ledger import Ledger
from deploy.demo.mailbox import Mailbox
from services.notifier.rules import cause
from shared.contracts.vocabulary import Channel

PAGE = 200


@dataclass(frozen=True)
class Verdict:
    """What was played, and what of it is a case and a mail."""

    received: int
    cases: int
    mails: int
    mails_due: int
    refused: Mapping[str, int]
    repeated: int

    @property
    def complete(self) -> bool:
        """Nothing is missing."""
        return (
            self.received > 0
            and self.received == self.cases
            and self.mails == self.mails_due
            and not self.refused
        )

    def sentence(self) -> str:
        """In one line."""
        counts = f"received {self.received}, cases {self.cases}, mails {self.mails}"
        if self.repeated:
            counts += f" ({self.repeated} posts repeated)"
        if self.complete:
            return f"{counts}: everything arrived."
        lacks = [
            f"{self.received - self.cases} cases missing"
            * (self.received > self.cases),
            f"{self.mails_due - self.mails} mails missing"
            * (self.mails_due > self.mails),
            *(f"{count} not taken ({why})" for why, count in self.refused.items()),
        ]
        return f"{counts}: {', '.join(filter(None, lacks)) or 'nothing was played'}."


async def judge(
    desk: str, tokens: Mapping[str, str], ledger: Ledger, mailbox: Mailbox
) -> Verdict:
    """Ask the desk for its cases and the mailbox for its mails."""
    ours = {journey.report_id for journey in ledger}
    due = {
        f"{uuid5(journey.report_id, cause(version, Channel.MAIL))}"
        for journey in ledger
        for version in journey.due
    }
    mailbox.look()
    found = {
        message_id.strip("<>").partition("@")[0] for message_id in mailbox.message_ids
    }
    return Verdict(
        received=len(ours),
        cases=len(ours & await _cases(desk, tokens)),
        mails=len(due & found),
        mails_due=len(due),
        refused=dict(ledger.refused),
        repeated=ledger.repeated,
    )


async def _cases(desk: str, tokens: Mapping[str, str]) -> set[UUID]:
    """Every case of every department."""
    cases: set[UUID] = set()
    async with httpx.AsyncClient(base_url=desk, timeout=30) as client:
        for token in tokens.values():
            url = f"/api/v1/cases?status=all&limit={PAGE}"
            while url:
                page = await client.get(
                    url, headers={"Authorization": f"Bearer {token}"}
                )
                page.raise_for_status()
                cases |= {UUID(case["report_id"]) for case in page.json()}
                url = page.links.get("next", {}).get("url", "")
    return cases
