"""House numbers as they are spoken on the telephone."""

from shared.city.geocoding.keys import letters

_ONES = "eins zwei drei vier fünf sechs sieben acht neun"
_TEENS = "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn"
_TENS = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"


def _below_hundred() -> dict[str, int]:
    spoken = {one: number for number, one in enumerate(_ONES.split(), start=1)}
    spoken |= {teen: number for number, teen in enumerate(_TEENS.split(), start=10)}
    for tens, word in enumerate(_TENS.split(), start=2):
        spoken[word] = tens * 10
        for ones, one in enumerate(_ONES.replace("eins", "ein").split(), start=1):
            spoken[f"{one}und{word}"] = tens * 10 + ones
    return spoken


def _below_two_hundred() -> dict[str, int]:
    small = _below_hundred()
    hundreds = {"hundert": 100, "einhundert": 100}
    return {
        **small,
        **hundreds,
        **{f"{word}{more}": 100 + n for word in hundreds for more, n in small.items()},
    }


NUMERALS = {letters(word): number for word, number in _below_two_hundred().items()}
"""Every spoken number below two hundred, in small letters without marks."""
