"""One spelling for what people write in many ways."""

import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ı": "i",
        "ى": "ي",
        "ة": "ه",
        **dict.fromkeys("'’ʼ`´\u00ad\u0640\u200c\u200d\u200e\u200f"),
    }
)
_MARKS = re.compile(r"[\u0300-\u036f\u064b-\u065f\u0670]+")
_GAPS = re.compile(r"[\W_]+")


def plain(text: str) -> str:
    """
    Words in small letters between single blanks, with one at each end.

    Umlauts and ß are written out; marks over and under letters are dropped.
    """
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", composed))
    return f" {_GAPS.sub(' ', bare).strip()} "
