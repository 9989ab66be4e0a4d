"""What a voice really says for numbers, lengths of time and the names of exercises: its phonemes.

`phonemes/*.txt` hold them, a line a text: what is written, what the engine gets, the phonemes. After a change that is
meant, write them anew with `pytest tests/speech/test_pronunciation.py --update-golden`, read the diff, and listen.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.speech.espeak_phonemes import phonemes
from voicecoach.model import LANGUAGES, Language
from voicecoach.routine.library import load_library
from voicecoach.speech.lexicon import Lexicon
from voicecoach.wording.spoken import duration, number

LEXICON = Lexicon(number)
FOLDER = Path(__file__).parent / "phonemes"
VOWELS: dict[Language, str] = {"da": "aeiouyæøåé", "en": "aeiouy"}
LENGTHS: dict[Language, list[str]] = {
    "da": ["30 sek.", "1 min", "1 min.", "90 s", "1:30", "10-15 min.", "20–30 sek.", "2 t", "1 døgn", "2,5 kg"],
    "en": ["30 sec.", "1 min", "1 min.", "90 s", "1:30", "10-15 min.", "20–30 secs", "2 h", "1 hr", "2.5 kg"],
}
LOAN_WORDS = [
    *("Bird Dog", "Bird-dog", "Piriformis", "Cat-cow", "Child's pose", "Core", "Dead bug", "Foam roller", "Burpees"),
    *("Glute bridge", "Hamstring", "Hip hinge", "Lunges", "Side plank", "Squats", "Warm-up", "Workout", "Plank"),
]


def texts(language: Language) -> list[str]:
    names = [exercise.name.get(language) or "" for _, exercise in sorted(load_library().exercises.items())]
    return [*map(str, range(1, 61)), *LENGTHS[language], *names, *(LOAN_WORDS if language == "da" else [])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_is_what_was_heard_and_found_good(language: Language, update_golden: bool) -> None:
    said = [(text, LEXICON.spoken(text, language, "pyttsx3")) for text in texts(language)]
    lines = "".join(f"{text}\t{spoken}\t{phonemes(spoken, language)}\n" for text, spoken in said)
    golden = FOLDER / f"{language}.txt"
    if update_golden:
        golden.write_text(lines, encoding="utf-8")
    assert lines == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_spelled_and_nothing_is_read_in_another_language(language: Language) -> None:
    for text in texts(language):
        spoken = LEXICON.spoken(text, language, "pyttsx3")
        assert not re.search(r"\d", spoken)
        assert "(" not in phonemes(spoken, language)  # “(en)” is where eSpeak changes the language by itself
        for word in re.findall(r"\w\w+", spoken.lower()):  # eSpeak spells what it cannot pronounce: no vowel
            assert set(word) & set(VOWELS[language]), f"{word} in “{text}” would be spelled"
            assert phonemes(word, language) != phonemes(" ".join(word), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_digits_sound_like_the_words_that_the_coach_uses(language: Language) -> None:
    for n in range(1, 61):
        assert LEXICON.spoken(str(n), language, "pyttsx3") == number(n, language)
        written = {"da": f"{n} sek", "en": f"{n} sec"}[language]
        if n not in (30, 60):  # “et halvt minut” is another word for it
            assert LEXICON.spoken(written, language, "pyttsx3") == duration(n * 1000, language)


def test_the_danish_bird_dog_is_no_fugl_and_no_dog() -> None:
    """Alone, eSpeak reads "ird" as in "fird" and "dog" as the Danish word for however."""
    heard = phonemes(LEXICON.spoken("Bird Dog", "da", "pyttsx3"), "da")
    assert heard == "b'?W3-d d'?Vg"
    assert phonemes("Bird Dog", "da") == "b'?i3-d d'?Vw"
