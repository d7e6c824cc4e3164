"""Which of the city's languages a text is written in."""

import re

from shared.city.models import Language

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_RUSSIAN = re.compile(r"[ыэъё]", re.IGNORECASE)
_TURKISH = re.compile(r"[ışğİ]")
_WORD = re.compile(r"\w+")

_GERMAN = """
der die das und ist ein eine einen einem einer nicht auf mit von dem den des im am zu
für fuer hier seit bitte ich es sich wird wurde sind auch an bei vor nach wir liegt
steht kein keine immer wieder noch schon sehr vom zum zur straße strasse defekt kaputt
müll
"""
_ENGLISH = """
the a and is of to there on at for with are it has been this that from my we you please
since by not no street light broken rubbish near our was have be people they does very
every night
"""
_TURKISH_WORDS = """
ve bir bu çok icin için var yok ile de da mi mu ne sokak sokakta lütfen lutfen gibi daha
her gün orada burada çöp cop bozuk yanmıyor yanmiyor park parkta çocuk cocuk biz ben
evin önünde onunde
"""

_FUNCTION_WORDS: dict[Language, frozenset[str]] = {
    "de": frozenset(_GERMAN.split()),
    "en": frozenset(_ENGLISH.split()),
    "tr": frozenset(_TURKISH_WORDS.split()),
}


def language_of(text: str) -> Language:
    """The language of *text*, German when nothing speaks for another."""
    if _ARABIC.search(text):
        return "ar"
    if _CYRILLIC.search(text):
        return _cyrillic(text)
    words = _WORD.findall(text.lower())
    scores: dict[Language, float] = {
        language: sum(word in known for word in words)
        for language, known in _FUNCTION_WORDS.items()
    }
    scores["tr"] += 2 * len(_TURKISH.findall(text))
    return max(scores, key=lambda language: scores[language])


def _cyrillic(text: str) -> Language:
    """Ukrainian or Russian: each has letters that the other does not know."""
    ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
    return "uk" if ukrainian >= russian else "ru"
