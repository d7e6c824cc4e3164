"""Reporters are told each version once, in order, in their language."""

from shared.contracts.deliveries import NotificationFailed
from shared.contracts.vocabulary import Lane, Status
from shared.identity import shown
from tests.reporters import Reporter
from tests.waiting import until


def versions(mails):
    return [int(mail["X-Meldekette-Version"]) for mail in mails]


async def test_a_receipt_reaches_the_mailbox(notifier, told, keys, server, deliveries):
    ada = Reporter(keys)

    async with notifier():
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        [mail] = await server.until(1)
        [delivered] = await until(deliveries)

    assert mail["To"] == "ada@example.org"
    assert mail["Subject"] == "Ihre Meldung ist eingegangen"
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    assert f"http://127.0.0.1:1/track#{shown(ada.code)}" in text
    assert delivered.type == "notification.delivered.v1"
    assert (delivered.report_id, delivered.version) == (ada.report_id, 1)


async def test_versions_are_told_once_and_in_order(notifier, told, keys, server):
    reporters = [Reporter(keys, email=f"r{n}@example.org") for n in range(20)]
    life = (Status.RECEIVED, Status.ASSIGNED, Status.IN_PROGRESS, Status.DONE)

    async with notifier():
        for reporter in reporters:
            await told.contact(reporter)
            await told.status(reporter, *life)
        mails = await server.until(len(reporters) * len(life))

    for reporter in reporters:
        theirs = [mail for mail in mails if mail["To"] == reporter.email]
        assert versions(theirs) == [1, 2, 3, 4]
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)


async def test_an_address_with_foreign_letters_is_reached(notifier, told, keys, server):
    ada = Reporter(keys, email="jürgen@müller.example")

    async with notifier():
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        await server.until(1)

    assert server.recipients == ["jürgen@xn--mller-kva.example"]


async def test_a_status_waits_for_the_contact(notifier, told, keys, server):
    ada, bob = Reporter(keys), Reporter(keys, email="bob@example.org")

    async with notifier():
        await told.status(ada, Status.RECEIVED, Status.ASSIGNED)
        await told.contact(bob)
        await told.status(bob, Status.RECEIVED)
        await server.until(1)
        await told.contact(ada)
        mails = await server.until(3)

    assert [mail["To"] for mail in mails] == ["bob@example.org", *[ada.email] * 2]
    assert versions(mails) == [1, 1, 2]


async def test_who_is_forgotten_is_not_told(notifier, told, keys, server, settings):
    ada, bob = Reporter(keys), Reporter(keys, email="bob@example.org")

    async with notifier():
        await told.contact(ada)
        await told.forget(ada)
        await told.contact(bob)
        await told.status(bob, Status.RECEIVED)
        await server.until(1)
        await told.status(ada, Status.RECEIVED)
        await told.status(bob, Status.ASSIGNED)
        mails = await server.until(2)

    assert {mail["To"] for mail in mails} == {"bob@example.org"}


async def test_a_confidential_report_gets_one_neutral_receipt(
    notifier, told, keys, server
):
    ada = Reporter(keys, lane=Lane.CONFIDENTIAL)
    bob = Reporter(keys, email="bob@example.org")

    async with notifier():
        await told.contact(ada)
        await told.contact(bob)
        await told.status(ada, Status.RECEIVED)
        await server.until(1)
        await told.status(ada, Status.ASSIGNED, department="jugendamt")
        await told.status(ada, Status.DONE, department="jugendamt", words="Erledigt")
        await told.status(bob, Status.RECEIVED)
        mails = await server.until(2)

    [mail] = [mail for mail in mails if mail["To"] == ada.email]
    [other] = [mail for mail in mails if mail["To"] == bob.email]
    assert bare(mail, ada) == bare(other, bob)
    assert "jugend" not in mail.as_string().lower()


def bare(mail, reporter):
    """A mail without what names its report: what is left tells nothing."""
    own = ("To", "Message-ID", "Date", "Content-Type")
    headers = {name: value for name, value in mail.items() if name not in own}
    bodies = [part.get_content() for part in mail.iter_parts()]
    code = shown(reporter.code)
    return headers, [body.replace(code, "CODE") for body in bodies]


async def test_a_report_that_became_confidential_tells_no_more(
    notifier, told, keys, server
):
    ada, bob = Reporter(keys), Reporter(keys, email="bob@example.org")

    async with notifier():
        await told.status(ada, Status.RECEIVED, Status.ASSIGNED)
        ada.steps.pop()
        ada.lane = Lane.CONFIDENTIAL
        await told.status(ada, Status.RECEIVED, version=3, tell=False)
        await told.contact(ada)
        await server.until(1)
        await told.contact(bob)
        await told.status(bob, Status.RECEIVED)
        mails = await server.until(2)

    assert versions(m for m in mails if m["To"] == ada.email) == [1]


async def test_a_channel_that_does_not_exist_yet_is_said_to_have_failed(
    notifier, told, keys, deliveries
):
    ada = Reporter(keys, email=None, webhook="https://example.org/hook")

    async with notifier():
        await told.contact(ada)
        await told.status(ada, Status.RECEIVED)
        [failed] = await until(deliveries)

    assert isinstance(failed, NotificationFailed)
    assert failed.reason == "channel.unsupported"
