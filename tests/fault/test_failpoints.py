"""A process ends between two lines that belong together (T05, T06, outbox)."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from tests.fault.citizens import a_body
from tests.waiting import until

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(240)]


async def armed(chain, tmp_path, name, failpoint):
    """Restart a process with a failpoint; the file that is gone once it has fired."""
    file = tmp_path / failpoint
    file.touch()
    await chain.stack.restart(name, {"FAILPOINTS": f"{failpoint}={file}"})
    return file


@pytest.mark.parametrize(
    ("name", "failpoint", "copies"),
    [
        ("router-1", "router.after-ack", 0),
        ("desk", "desk.after-commit", 0),
        ("desk", "desk.after-publish", 0),
        ("notifier", "notifier.after-smtp-250", 1),
    ],
)
async def test_a_process_ends_between_deed_and_mark(
    chain, tmp_path, name, failpoint, copies
):
    file = await armed(chain, tmp_path, name, failpoint)

    # Enough reports that each router has some.
    await chain.citizens.report(30)

    await until(lambda: not file.exists(), what=f"{failpoint} fired")
    await chain.stack.ready(name)
    await chain.ledger.settled(chain.citizens.accepted)
    await chain.ledger.holds(chain.citizens.accepted, kills=copies)


async def test_after_a_kill_in_the_mailing_exactly_one_copy_has_the_same_id(
    chain, tmp_path
):
    file = await armed(chain, tmp_path, "notifier", "notifier.after-smtp-250")

    await chain.citizens.report(1)
    await until(lambda: not file.exists(), what="the failpoint fired")
    await chain.ledger.settled(chain.citizens.accepted)

    [one] = chain.citizens.accepted
    assert sorted(chain.ledger.mailbox.versions[one.email]) == [1, 1, 2]


async def test_intake_dies_before_it_answers_and_the_retry_gets_the_same_report(
    chain, tmp_path
):
    file = await armed(chain, tmp_path, "intake", "intake.after-ack")
    headers = {"Idempotency-Key": uuid4().hex}
    body = a_body(1, None)

    async with httpx.AsyncClient(base_url=chain.citizens.intake, timeout=5) as client:
        with pytest.raises(httpx.HTTPError):
            await client.post("/api/v1/reports", json=body, headers=headers)
        assert not file.exists()
        await chain.stack.ready("intake")
        answers = [
            await client.post("/api/v1/reports", json=body, headers=headers)
            for _ in range(2)
        ]

    assert [answer.status_code for answer in answers] == [201, 201]
    first, second = (answer.json() for answer in answers)
    assert first["tracking_code"] == second["tracking_code"]

    async def its_cases():
        cases = await chain.clerks.cases()
        return [c for c in cases if c["report_id"] == first["report_id"]]

    await until(its_cases, what="a case")
    await asyncio.sleep(1)  # a second case would have come by now
    assert len(await its_cases()) == 1
