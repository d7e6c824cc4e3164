"""Are new mails seen, once each, and only those of this run?"""

from deploy.demo.mailbox import Mailbox

MAIL = (
    "Message-ID: <{number}@stadt.example>\r\n"
    "Subject: =?utf-8?q?Neuigkeit_f=C3=BCr?=\r\n"
    "X-Meldekette-Version: 2\r\nTo: somebody@example.org\r\n\r\nwords\r\n"
)


def deliver(maildir, name: str, number: int) -> None:
    (maildir / "new").mkdir(parents=True, exist_ok=True)
    (maildir / "new" / name).write_text(MAIL.format(number=number), "utf-8")


def test_mails_of_an_earlier_run_are_not_ours(tmp_path):
    deliver(tmp_path, "1", 1)
    mailbox = Mailbox(tmp_path)
    deliver(tmp_path, "2", 2)

    mailbox.look()
    mailbox.look()

    assert [mail.subject for mail in mailbox.mails] == ["Neuigkeit für"]
    assert mailbox.message_ids == {"<2@stadt.example>"}


def test_a_copy_of_a_mail_is_no_second_mail(tmp_path):
    mailbox = Mailbox(tmp_path)
    deliver(tmp_path, "1", 1)
    deliver(tmp_path, "2", 1)

    mailbox.look()

    assert len(mailbox.mails) == 2
    assert len(mailbox.message_ids) == 1


def test_a_mailbox_outside_is_empty():
    mailbox = Mailbox(None)

    mailbox.look()

    assert mailbox.mails == []
