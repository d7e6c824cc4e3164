"""Only the recipient reads sealed content, and only of its report."""

from uuid import uuid4

import pytest

from shared.contracts.content import MessageContent
from shared.sealing import CannotOpen, Opener, Sealer, UnknownRecipient, write_key_pair


@pytest.fixture
def keys(tmp_path):
    for name in ("router", "desk"):
        write_key_pair(name, tmp_path / "public", (tmp_path / name,))
    return tmp_path


def test_the_recipient_reads_what_was_sealed(keys):
    content = MessageContent(report_id=uuid4(), text="Der Müll liegt noch da.")

    sealed = Sealer(keys / "public").seal("router", content)
    opened = Opener(keys / "router").open(
        "router", sealed, content.report_id, MessageContent
    )

    assert opened == content
    assert "Müll" not in sealed


def test_nobody_else_reads_it(keys):
    content = MessageContent(report_id=uuid4(), text="geheim")
    sealed = Sealer(keys / "public").seal("router", content)
    (keys / "desk" / "router.key").write_bytes((keys / "desk/desk.key").read_bytes())

    with pytest.raises(CannotOpen):
        Opener(keys / "desk").open("router", sealed, content.report_id, MessageContent)


def test_content_cannot_be_moved_to_another_report(keys):
    content = MessageContent(report_id=uuid4(), text="geheim")
    sealed = Sealer(keys / "public").seal("router", content)

    with pytest.raises(CannotOpen, match="another report"):
        Opener(keys / "router").open("router", sealed, uuid4(), MessageContent)


def test_without_a_key_nothing_is_sealed_or_opened(keys):
    content = MessageContent(report_id=uuid4(), text="geheim")

    with pytest.raises(UnknownRecipient):
        Sealer(keys / "public").seal("nobody", content)
    with pytest.raises(UnknownRecipient):
        Opener(keys / "router").open("nobody", "eA==", uuid4(), MessageContent)


def test_a_private_key_is_for_its_owner_alone(keys):
    assert (keys / "router/router.key").stat().st_mode & 0o077 == 0
