"""Any text, as a coach would say it: `reading.<language>.txt` hold what is written and said, under their kinds."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.language.lexicon import Lexicon
from voicecoach.language.reading.reader import Reading
from voicecoach.language.spoken import number
from voicecoach.model import LANGUAGES, Language

LEXICON = Lexicon(number)
FOLDER = Path(__file__).parent


def rows(language: Language) -> list[tuple[str, str, str]]:
    """(kind, written, said) of a table; `\\n` is a new line."""
    found, kind = [], ""
    for line in (FOLDER / f"reading.{language}.txt").read_text(encoding="utf-8").splitlines():
        written, tab, said = line.partition("\t")
        if line.startswith("# ") and not tab:
            kind = line[2:]
        elif line:
            found.append((kind, written.replace("\\n", "\n"), said))
    return found


def read(text: str, language: Language) -> Reading:
    return LEXICON.read(text, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_written_is_said_so(language: Language) -> None:
    table = rows(language)
    assert len(table) > 400
    assert len({kind for kind, _, _ in table}) >= 18
    wrong = [
        f"{kind}: “{written}” is “{got}”, not “{said}”"
        for kind, written, said in table
        if (got := read(written, language).words) != said
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_is_known_in_every_language(language: Language) -> None:
    assert {kind for kind, _, _ in rows(language)} == {kind for kind, _, _ in rows("en")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_is_words(language: Language) -> None:
    """And read once more they stay as they are."""
    for _, written, said in rows(language):
        assert re.fullmatch(r"(?:[^\W\d_]|[ .,?!'’-])*", said), written
        assert read(said, language) == Reading(text=said), written


SIGNS = st.sampled_from(
    [*"0123456789.,:;/-–—−+*x×<>≤~±=#&@→'\"°%()[]_|½ \n", *("kl. ", "min", " s", "kg", "L5", "a")]
)
TEXTS = st.lists(SIGNS | st.characters(), max_size=30).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=TEXTS)
@settings(max_examples=150, deadline=None)
def test_whatever_is_written(language: Language, text: str) -> None:
    """It ends, it is no book, no sign is left that can be known, and words stay words."""
    found = read(text, language)
    words = found.words
    assert len(words) <= 40 + 20 * len(text)
    assert "\n" not in words
    if not found.unknown:
        assert not re.search(r"[0-9<>≤≥~±=#&@→*+%°½¼/×_;:()\"]", words), words
        assert read(words, language).words == words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "part",
    [
        "1",
        "1-",
        "1,",
        "1:",
        "1x",
        "1'",
        "½",
        "1h",
        "1+",
        "a",
        "a/",
        "(",
        "<a ",
        "*a",
        "[",
        "_a ",
        "- ",
        "ca.",
        "💪",
        "\n",
        "http://a",
    ],
)
def test_fifty_thousand_signs_take_no_time(language: Language, part: str) -> None:
    """Eight times as many take about eight times as long, whatever the machine does beside it."""

    def seconds(size: int) -> float:
        start = time.thread_time()
        _ = read(part * (size // len(part)), language).words
        return time.thread_time() - start

    small = min(seconds(6_250) for _ in range(2))
    assert seconds(50_000) < 30 * small + 0.25


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Привет, hej", ("Привет",)),
        ("你好 og hej", ("你好",)),
        ("5 ^ 2", ("^",)),
        ("Se https://voicecoach.dk/a/b?c=1", ("https://voicecoach.dk/a/b?c=1",)),
    ],
)
def test_what_nobody_can_know_stands_and_is_told(text: str, unknown: tuple[str, ...]) -> None:
    found = read(text, "da")
    assert found.unknown == unknown
    assert all(part in found.words or "voicecoach punktum dk" in found.words for part in unknown)


def test_a_day_that_may_be_a_month_is_told() -> None:
    assert read("On 3/4/2024.", "en").unknown == ("3/4/2024",)
    assert read("Den 3/4/2024.", "da").unknown == ()
