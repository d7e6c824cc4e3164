"""Is the language of a text recognised?"""

import pytest

from shared.city.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Die Laterne ist seit Tagen aus", "de"),
        ("Laterne", "de"),
        ("", "de"),
        ("The lamp has been out for days", "en"),
        ("Rubbish on the street", "en"),
        ("Sokak lambası yanmıyor", "tr"),
        ("Parkta cok cop var", "tr"),
        ("المصباح لا يعمل", "ar"),
        ("Ліхтар не горить", "uk"),
        ("Фонарь не горит, темно и страшно ночью, мы боимся выходить", "ru"),
    ],
)
def test_a_text_tells_its_language(text, language):
    assert language_of(text) == language
