"""What a voice really says for numbers, lengths of time and the names of exercises: its phonemes.

`phonemes/*.txt` hold them, a line a text: what is written, what the engine gets, the phonemes. After a change that is
meant, write them anew with `pytest tests/speech/test_pronunciation.py --update-golden`, read the diff, and listen.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.speech.espeak_phonemes import phonemes
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.spoken import duration, number
from voicecoach.language.wording import FOLDER as WORDS
from voicecoach.model import LANGUAGES, Language
from voicecoach.routine.library import load_library
from voicecoach.settings import read_toml

LEXICON = Lexicon(number)
FOLDER = Path(__file__).parent / "phonemes"
VOWELS: dict[Language, str] = {"da": "aeiouyæøåé", "en": "aeiouy"}
LENGTHS: dict[Language, list[str]] = {
    "da": ["30 sek.", "1 min", "1 min.", "90 s", "1:30", "10-15 min.", "20–30 sek.", "2 t", "1 døgn", "2,5 kg"],
    "en": ["30 sec.", "1 min", "1 min.", "90 s", "1:30", "10-15 min.", "20–30 secs", "2 h", "1 hr", "2.5 kg"],
}
READ_WRONGLY = {  # by eSpeak alone, with what must be among the phonemes
    "Planke, planken, planker": ("pl'?ANk@-", "pl'?ANk@-n", "pl'?ANk?V"),
    "anklen, ankel": ("'?ANkl@-n", "'?ANk@-l"),
    "sænk, sænke, tænk, synke, rank": ("s'?ENk", "s'?ENk@-", "t'?ENk", "s'?WNk@-", "R'?ANk"),
    "på stedet": ("st'ED@-D",),
    "halvtreds": ("h'?&ltR?Es",),
    "Ring et-et-to": ("'?et '?et t'?o",),
    "Vægtoverføring": ("'?Ow?Vf,WR?eN",),
    **{
        f"{unit}og{ten}": (f" V {heard}",)
        for unit in ("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
        for ten, heard in {
            "tyve": "t'y:w",
            "tredive": "tR'?&#Dv@-",
            "fyrre": "f'?W:_|V",
            "halvtreds": "h'?&ltR?Es",
            "tres": "tR'?Es",
            "halvfjerds": "h'?&lfj?e3-ds",
            "firs": "f'?i3-s",
            "halvfems": "h'?&lf?Ems",
        }.items()
    },
    "48 sek, 52, 67 kg": ("'?ot@-_! V f'?W:_|V", "t'?o V h'?&ltR?Es", "s'yw V tR'?Es"),
    "Piriformis, piriformis-stræk": ("p'?iR?if'O:m?is",),
    "Benstræk, små benløft": ("b'?enstR?&#k", "b'?enl?Wft"),
    "Core, coretræning, coremuskler": ("k'?O", "k'O:tREn,?eN", "k'O:m?uskl,?V"),
    "Deadlift, kettlebell": ("d'?Etl?ift", "k'?et@-lb'?El"),
    "Push-up, push ups, pull-up": ("p'?usj_! '?Vp", "p'?usj_! '?Vps", "p'?ul '?Vp"),
    "Jumping jacks, mountain climbers": ("dj'?Wmp?eN dj'?Eks", "m'?Awnd@-n kl'?Ajm?Vs"),
    "Downward dog, superman, clamshell": ("d'?Awnv?W3-d d'?Vg", "s'?up?Vm,?En", "kl'?Emsj?El"),
    "Hip thrust, wall sit": ("h'?ip tR'?Wst", "w'?Ol s'?it"),
    "Birddog, deadbug, sideplank": ("b'?W3-d d'?Vg", "d'?Et b'?Vg", "s'?Ajd pl'?ANk"),
    "Catcow, cat/cow, cat & cow": ("k'?Et k'Aw k'?Et k'Aw k'?Et k'Aw",),
    "Warmup, glute bridges": ("w'?O3-m '?Vp", "gl'?ut b3-'?isj@-_!s"),
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
        assert LEXICON.spoken(str(n), language, "pyttsx3") == LEXICON.spoken(number(n, language), language, "pyttsx3")
        written = {"da": f"{n} sek", "en": f"{n} sec"}[language]
        if n not in (30, 60):  # “et halvt minut” is another word for it
            said = LEXICON.spoken(duration(n * 1000, language), language, "pyttsx3")
            assert LEXICON.spoken(written, language, "pyttsx3") == said


@pytest.mark.parametrize("text", READ_WRONGLY)
def test_what_espeak_reads_wrongly_is_respelled_for_it(text: str) -> None:
    heard = phonemes(LEXICON.spoken(text, "da", "pyttsx3"), "da").replace("_:_:", "")
    heard, unspelled = re.sub(r"\s+", " ", heard), phonemes(text, "da")
    for expected in READ_WRONGLY[text]:
        assert expected in heard
    assert any(expected not in unspelled for expected in READ_WRONGLY[text])


def test_the_danish_bird_dog_is_no_fugl_and_no_dog() -> None:
    """Alone, eSpeak reads "ird" as in "fird" and "dog" as the Danish word for however."""
    heard = phonemes(LEXICON.spoken("Bird Dog", "da", "pyttsx3"), "da")
    assert heard == "b'?W3-d d'?Vg"
    assert phonemes("Bird Dog", "da") == "b'?i3-d d'?Vw"


def test_english_names_of_exercises_are_said_as_a_dane_says_them() -> None:
    """Some 150, whole: none is spelled, none is read in English, and the plural is known too."""
    names = {key: said for key, said in engine_words("da", "pyttsx3").items() if "*" not in key}
    assert len(names) >= 150
    for name, respelled in names.items():
        heard = phonemes(respelled, "da")
        assert "(" not in heard, name
        assert LEXICON.spoken(name.capitalize(), "da", "pyttsx3") == respelled
        assert LEXICON.spoken(name.replace(" ", "-"), "da", "pyttsx3") == respelled
    assert LEXICON.spoken("Mountain climbers & bench presses", "da", "pyttsx3").startswith("mavnten klajmers og ")
    assert len(engine_words("da", "piper")) >= 150


def engine_words(language: Language, engine: str) -> dict[str, str]:
    return {key: str(said) for key, said in read_toml(WORDS / f"{language}.lexicon.{engine}.toml").data.items()}
