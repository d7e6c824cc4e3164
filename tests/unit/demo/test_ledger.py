"""Does the demonstration know when a report has arrived?"""

from uuid import uuid4

import pytest

from deploy.demo.ledger import Journey, Ledger, p95
from deploy.demo.observer import Observer
from shared.contracts.deliveries import NotificationDelivered, NotificationFailed
from shared.contracts.vocabulary import Channel, Lane, Status
from tests.builders import NOON, a_report, a_status, a_task


class Run:
    """One accepted report, and what is observed of it."""

    def __init__(self) -> None:
        self.ledger = Ledger()
        self.observer = Observer(self.ledger, ["cleaning"])
        self.report_id = uuid4()
        self.journey.begun, self.journey.accepted = 1.0, 1.2

    @property
    def journey(self) -> Journey:
        return self.ledger.journey(self.report_id)

    async def saw(self, builder, at: float, **given) -> None:
        await self.observer.note(builder(report_id=self.report_id, **given), at)

    async def told(self, version: int, at: float) -> None:
        await self.saw(NotificationDelivered, at, version=version, **BY_MAIL)


BY_MAIL = {"event_id": uuid4(), "occurred_at": NOON, "channel": Channel.MAIL}
ASSIGNED = {"version": 2, "status": Status.ASSIGNED, "department": "cleaning"}


async def test_a_report_has_arrived_when_its_department_has_it_and_all_is_told():
    run = Run()
    await run.saw(a_report, 1.1)
    await run.saw(a_status, 1.15, tell=True)
    await run.saw(a_task, 1.3)
    await run.saw(a_status, 1.4, tell=True, **ASSIGNED)
    await run.told(1, 1.5)
    assert run.ledger.under_way == 1

    await run.told(2, 1.6)

    assert run.ledger.under_way == 0
    assert run.ledger.counts() == {"received": 1, "routed": 1, "in work": 0, "told": 2}


async def test_a_confidential_report_has_arrived_when_it_is_a_task():
    run = Run()
    await run.saw(a_report, 1.1, lane=Lane.CONFIDENTIAL)
    await run.saw(a_status, 1.15, lane=Lane.CONFIDENTIAL)
    assert run.ledger.under_way == 1

    await run.saw(a_task, 1.3, lane=Lane.CONFIDENTIAL)

    assert run.ledger.under_way == 0


async def test_a_hand_over_is_nobodys_news():
    run = Run()
    await run.saw(a_status, 1.4, tell=True, **ASSIGNED)
    await run.told(2, 1.5)

    await run.saw(a_status, 1.6, tell=True, **{**ASSIGNED, "version": 3})

    assert run.ledger.under_way == 0


async def test_the_first_version_may_be_seen_after_the_second():
    run = Run()
    await run.saw(a_status, 1.4, **ASSIGNED)

    await run.saw(a_status, 1.5)

    assert (run.journey.version, run.journey.status) == (2, Status.ASSIGNED)


async def test_a_mail_that_failed_is_said_and_not_waited_for():
    run = Run()
    await run.saw(a_status, 1.4, tell=True, **ASSIGNED)

    failed = {"version": 2, "reason": "smtp.550", **BY_MAIL}
    await run.saw(NotificationFailed, 1.5, **failed)

    assert run.ledger.under_way == 0
    assert run.ledger.refused == {"mail: smtp.550": 1}


async def test_reports_of_others_do_not_count():
    run = Run()
    run.journey.accepted = None

    await run.saw(a_task, 1.3)

    assert run.ledger.counts()["routed"] == 0
    assert run.ledger.under_way == 0


async def test_the_slowest_step_is_named():
    run = Run()
    await run.saw(a_report, 1.1)
    await run.saw(a_task, 4.1)
    await run.saw(a_status, 4.2, **ASSIGNED)

    step, seconds = run.ledger.slowest() or ("", 0.0)

    assert (step, round(seconds, 3)) == ("router", 3.0)


async def test_a_new_case_is_offered_to_the_clerks_once():
    run = Run()
    offered: list[Journey] = []
    run.observer.offer = offered.append
    await run.saw(a_status, 1.4, **ASSIGNED)

    await run.saw(a_status, 1.6, **{**ASSIGNED, "version": 3})

    assert offered == [run.journey]


async def test_waiting_ends_with_the_event_or_with_patience():
    ledger = Ledger()

    assert await ledger.wait_for(lambda: True, 1)
    assert not await ledger.wait_for(lambda: False, 0.01)


@pytest.mark.parametrize(("values", "expected"), [([], None), ([3.0, 1.0, 2.0], 3.0)])
def test_p95_of_few_is_the_largest(values, expected):
    assert p95(values) == expected
