"""An intake that is killed between Kafka's acknowledgement and its answer."""

import asyncio
from uuid import uuid4

import httpx
import pytest

from shared.contracts.reports import REPORTS
from shared.contracts.status import STATUS
from tests.integration.intake.process import running_intake

LAMP = {"description": "Die Laterne ist dunkel.", "contact": {"email": "a@example.org"}}


def post(intake, key):
    return httpx.post(
        f"{intake.url}/api/v1/reports", json=LAMP, headers=key, timeout=20
    )


def test_trying_again_after_a_kill_makes_no_second_report(tmp_path, broker, redis_url):
    armed = tmp_path / "armed"
    key = {"Idempotency-Key": str(uuid4())}
    failpoint = f"intake.after-ack={armed}"
    with running_intake(tmp_path, broker, redis_url, FAILPOINTS=failpoint) as intake:
        armed.touch()
        with pytest.raises(httpx.TransportError):
            post(intake, key)
        assert intake.process.wait(10) == 137

    with running_intake(tmp_path, broker, redis_url) as intake:
        again = post(intake, key)
        events = asyncio.run(intake.events(REPORTS))
        states = asyncio.run(intake.events(STATUS))

    assert again.status_code == 201
    assert {str(event.report_id) for event in events} == {again.json()["report_id"]}
    assert len({event.event_id for event in events}) == 1
    assert len({state.event_id for state in states}) == 1
