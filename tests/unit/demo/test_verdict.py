"""Does one line say whether everything arrived?"""

import pytest

from deploy.demo.verdict import Verdict


@pytest.mark.parametrize(
    ("verdict", "complete", "says"),
    [
        (Verdict(171, 171, 249, 249, {}, 0), True, "everything arrived."),
        (Verdict(171, 170, 249, 249, {}, 0), False, "1 cases missing"),
        (Verdict(171, 171, 240, 249, {}, 0), False, "9 mails missing"),
        (Verdict(9, 9, 0, 0, {"HTTP 422": 2}, 0), False, "2 not taken (HTTP 422)"),
        (Verdict(0, 0, 0, 0, {}, 0), False, "nothing was played"),
    ],
)
def test_the_sentence_says_what_is_missing(verdict, complete, says):
    assert verdict.complete is complete
    assert says in verdict.sentence()
    assert verdict.sentence().startswith(f"received {verdict.received}, cases")
