"""Every reader sees a report's versions in order, whoever dies meanwhile (T23)."""

import asyncio

import pytest

from tests.fault.chain import size

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(300)]


async def test_versions_count_without_gap_or_step_back(chain):
    reports, changes = size(20, 200), 8
    await chain.citizens.report(reports)
    accepted = chain.citizens.accepted
    await chain.ledger.settled(accepted)
    mine = {str(one.report_id) for one in accepted}
    cases = [c for c in await chain.clerks.cases() if c["report_id"] in mine]
    gate = asyncio.Semaphore(8)

    async def work(case):
        for number in range(changes):
            to = "question" if number % 2 else "in_progress"
            async with gate:
                await chain.clerks.move(case["department"], case["report_id"], to)

    async def kill():
        for name in ("router-1", "desk", "notifier"):
            await asyncio.sleep(0.5)  # somewhere in the middle of the work
            chain.stack.kill(name)
            await chain.stack.ready(name)

    await asyncio.gather(*(work(case) for case in cases), kill())

    await chain.ledger.settled(accepted, version=2 + changes)
    await chain.ledger.holds(accepted, kills=1)
    for one in accepted:
        told = list(dict.fromkeys(chain.ledger.mailbox.order(one.email)))
        assert told == list(range(1, 3 + changes)), "told in order"
