"""Numbers, plurals and durations as words. Grammar lives here, never in a template."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.language.phrasebook import phrasebook
from voicecoach.model import Language

_SECOND, _MINUTE, _HOUR = 1000, 60_000, 3_600_000


def number(n: int, language: Language) -> str:
    """The word for a whole number from 0 to 999,999: “enogtyve”, “twenty-one”. Raises `ValueError` outside."""
    if not 0 <= n < 1_000_000:
        raise ValueError(f"{n} is outside the numbers that are spoken")
    grammar = phrasebook(language).grammar
    words = grammar["numbers"]
    if n in words:
        return str(words[n])
    if n < 100:
        return str(grammar["ten-and-unit"].format(unit=words[n % 10], ten=words[n - n % 10]))
    if n < 1000:
        return _joined(n, 100, "hundreds", language)
    return _joined(n, 1000, "thousands", language)


def place(n: int, language: Language) -> str:
    """The number as a name: “nummer et”, “round one”."""
    return str(phrasebook(language).grammar.get("places", {}).get(n) or number(n, language))


def _joined(n: int, size: int, key: str, language: Language) -> str:
    forms = phrasebook(language).grammar[key]
    count, rest = divmod(n, size)
    head = str(forms["one"] if count == 1 else forms["many"].format(n=number(count, language)))
    if not rest:
        return head
    form = forms["joined-small"] if rest < 100 and "joined-small" in forms else forms["joined"]
    return str(form.format(**{key: head, "rest": number(rest, language)}))


def counted(n: int, unit: str, language: Language) -> str:
    """A number with its noun: “et minut”, “tre øvelser”, “one repetition”."""
    forms = phrasebook(language).units[unit]
    return forms["one"] if n == 1 else forms["many"].format(n=number(n, language))


def duration(ms: int, language: Language) -> str:
    """A length of time as people say it: “et minut og tredive sekunder” is said “halvandet minut”.

    Halves are said where there is nothing else to say: one and a half minutes, but two minutes and thirty
    seconds. A time that is not a multiple of half a second is rounded to the second.
    """
    forms = phrasebook(language).units
    if ms < 60 * _SECOND and ms % _SECOND == 500:
        return _halves(ms // _SECOND, "second", language)
    seconds = max(1, (ms + 500) // _SECOND)
    if seconds == 90:
        return forms["minute"]["one-and-half"]
    if seconds in (1800, 5400):
        return forms["hour"]["half" if seconds == 1800 else "one-and-half"]
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    parts = [
        counted(count, unit, language)
        for count, unit in ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
        if count
    ]
    return listed(parts, language)


def length(ms: int, language: Language) -> str:
    """How long something is going to last, before it begins: from three minutes up in whole minutes, since nobody
    hears more in “six minutes and twenty-five seconds”."""
    if ms < 3 * _MINUTE or ms % _MINUTE == 0:
        return duration(ms, language)
    minutes = (ms + _MINUTE // 2) // _MINUTE
    return phrasebook(language).phrases["about"].format(duration=duration(minutes * _MINUTE, language))


def listed(parts: Sequence[str], language: Language) -> str:
    """“A mat, a chair and a towel”."""
    joiner = str(phrasebook(language).grammar["and"])
    return joiner.join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def about(ms: int, language: Language) -> str:
    """A length of time for “about …”, in words."""
    return duration(about_ms(ms), language)


def about_ms(ms: int) -> int:
    """A length of time as roughly as it is told: whole minutes, and half minutes only below two."""
    if ms < 45 * _SECOND:
        return max(5 * _SECOND, round(ms / 5000) * 5 * _SECOND)
    if ms < 105 * _SECOND:
        return _MINUTE if ms < 75 * _SECOND else 90 * _SECOND
    return round(ms / _MINUTE) * _MINUTE


def _halves(whole: int, unit: str, language: Language) -> str:
    forms = phrasebook(language).units[unit]
    if whole < 2:
        return forms["half" if whole == 0 else "one-and-half"]
    return forms["and-half"].format(n=number(whole, language))
