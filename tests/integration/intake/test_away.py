"""What intake says while Kafka or Redis is away, and that it goes on by itself."""

import asyncio
import os
import signal
import subprocess
import time
from contextlib import contextmanager

import httpx
import pytest

from deploy.local.kafka import Kafka
from deploy.local.places import Places
from deploy.local.ports import choose
from deploy.local.readiness import kafka_probe
from deploy.local.tools import find_redis
from shared.contracts.reports import REPORTS
from shared.settings import KafkaSettings
from tests.integration.intake.process import SOON, running_intake

LAMP = {"description": "Die Laterne ist dunkel.", "lat": 51.4508, "long": 7.0131}
AT_ONCE = 3.0
KEY = "one-try-and-another"


class Broker:
    """A broker of this test's own, that nobody starts again but the test."""

    def __init__(self, directory):
        ports = choose(["kafka", "controller"], directory / "ports.json")
        self.kafka = Kafka(
            Places(directory), broker=ports["kafka"], controller=ports["controller"]
        )
        self.kafka.prepare()
        self.log = (directory / "kafka.log").open("wb")
        self.settings = KafkaSettings(kafka_bootstrap_servers=self.kafka.address)
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            self.kafka.command(), stdout=self.log, stderr=self.log
        )

    def kill(self):
        self.process.kill()
        self.process.wait()


async def until_it_answers(broker):
    probe = kafka_probe(broker.kafka.address)
    async with asyncio.timeout(SOON):
        while not await probe():
            await asyncio.sleep(0.2)


@pytest.fixture(scope="module")
def broker_of_our_own(tmp_path_factory):
    broker = Broker(tmp_path_factory.mktemp("broker"))
    asyncio.run(until_it_answers(broker))
    yield broker
    broker.kill()
    broker.log.close()


@contextmanager
def a_redis(directory):
    port = choose(["redis"], directory / "ports.json")["redis"]
    command = [*find_redis(), "--port", str(port), "--dir", str(directory)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            yield process, f"redis://127.0.0.1:{port}/0"
        finally:
            process.send_signal(signal.SIGCONT)
            process.terminate()


@pytest.fixture(scope="module")
def redis_of_our_own(tmp_path_factory):
    with a_redis(tmp_path_factory.mktemp("redis")) as redis:
        yield redis


@pytest.fixture(scope="module")
def lonely(tmp_path_factory, broker_of_our_own, redis_of_our_own):
    """An intake whose broker and Redis the tests may take away."""
    directory = tmp_path_factory.mktemp("lonely")
    _, redis_url = redis_of_our_own
    with running_intake(directory, broker_of_our_own.settings, redis_url) as intake:
        yield intake


@pytest.fixture
async def client(lonely):
    async with lonely.client() as client:
        yield client


async def timed(client, path, *, key="", **body):
    headers = {"Idempotency-Key": key} if key else {}
    began = time.monotonic()
    answer = await client.post(path, json=body, headers=headers)
    return answer, time.monotonic() - began


async def accepted_again(client):
    """A report, as soon as one is taken."""
    async with asyncio.timeout(SOON):
        while True:
            answer = await client.post("/api/v1/reports", json=LAMP)
            if answer.status_code == httpx.codes.CREATED:
                return answer.json()
            await asyncio.sleep(0.2)


async def test_without_a_broker_it_says_so_in_time_and_recovers_by_itself(
    lonely, client, broker_of_our_own
):
    await accepted_again(client)
    broker_of_our_own.kill()
    try:
        answers = [await timed(client, "/api/v1/reports", **LAMP) for _ in range(3)]
        ready = await client.get("/readyz")
        alive = await client.get("/healthz")
    finally:
        broker_of_our_own.start()

    for answer, seconds in answers:
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert seconds < AT_ONCE
    assert ready.status_code == 503
    assert alive.status_code == 200
    receipt = await accepted_again(client)
    await lonely.event(REPORTS, receipt["report_id"])


async def test_a_broker_that_hangs_is_no_different(client, broker_of_our_own):
    await accepted_again(client)
    os.kill(broker_of_our_own.process.pid, signal.SIGSTOP)
    try:
        answer, seconds = await timed(client, "/api/v1/reports", **LAMP)
    finally:
        os.kill(broker_of_our_own.process.pid, signal.SIGCONT)

    assert answer.status_code == 503
    assert seconds < AT_ONCE
    await accepted_again(client)


async def test_without_redis_reports_are_taken_and_tracking_does_not_lie(
    client, redis_of_our_own
):
    process, _ = redis_of_our_own
    before = await accepted_again(client)
    code = {"tracking_code": before["tracking_code"]}
    process.send_signal(signal.SIGSTOP)
    try:
        answer, seconds = await timed(client, "/api/v1/reports", key=KEY, **LAMP)
        again, _ = await timed(client, "/api/v1/reports", key=KEY, **LAMP)
        tracking, _ = await timed(client, "/api/v1/tracking", **code)
        similar, _ = await timed(client, "/api/v1/reports/similar", **LAMP)
        form = await client.post("/", data=LAMP)
    finally:
        process.send_signal(signal.SIGCONT)

    assert answer.status_code == 201
    assert again.json() == answer.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert seconds < AT_ONCE
    assert (tracking.status_code, similar.status_code) == (503, 503)
    assert form.status_code == 201, "nobody waits for a question"
    async with asyncio.timeout(SOON):
        for known in (code, {"tracking_code": answer.json()["tracking_code"]}):
            while not (await client.post("/api/v1/tracking", json=known)).is_success:
                await asyncio.sleep(0.1)
