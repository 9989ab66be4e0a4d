"""Texts that nobody meant to be read aloud: they are spoken, or it is told what is wrong with them. Real eSpeak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.speech.words import da, en
from voicecoach.errors import SpeechError, UnspeakableError
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.spoken import number
from voicecoach.speech.speaker import Speaker

SPOKEN = [
    "💪 Godt klaret 👍🏽",
    "<speak><break time='9s'/>Læg dig <b>ned</b></speak>",
    "$(rm -rf /); `ls` && echo | cat > /dev/null",
    "--help",
    "-v en",
    "%s %n {0} {name}",
    "[[hej]]",
    "Læg dig\n\tned\x00\x07.",
    "Привет, hej, 你好, مرحبا",
    "ho\u0308jre",
    "\ud800 en halv",
    "¿Hvad? “Ja” – «nej»…",
    "x" * 120,
    "Æ",
    "1",
    "½",
]
NOT_SPOKEN = ["", " ", "…", "...!?", "—", "💪", "🏋️‍♀️", "\u200b", "\ud800", "()", "x" * 121, "9" * 5000, "-" * 5000]


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Speaker]:
    with Speaker(respell=Lexicon(number).all_spoken) as speaker:
        yield speaker


@pytest.mark.parametrize("text", SPOKEN, ids=ascii)
def test_it_is_spoken(door: Speaker, text: str) -> None:
    for utterance in (da(text), en(text)):
        assert 50 < door.audio(utterance).duration_ms < 15_000


@pytest.mark.parametrize("text", NOT_SPOKEN, ids=lambda text: ascii(text[:20]))
def test_it_is_told_what_is_wrong(door: Speaker, text: str) -> None:
    for utterance in (da(text), en(text)):
        with pytest.raises(UnspeakableError) as caught:
            door.length(utterance)
        assert caught.value.exit_code == 1
        assert len(caught.value.message) < 200
        assert caught.value.hint == "Write it in words."


def test_five_thousand_characters_are_spoken_whole(door: Speaker) -> None:
    sentence = "Træk vejret roligt ind, og slip. "
    text = sentence * (5000 // len(sentence))
    assert door.audio(da(text)).duration_ms > 0.9 * 1000 * len(text) / 15  # about 15 characters a second


def test_no_text_leaves_its_language(door: Speaker) -> None:
    """Tags change nothing: they are neither read nor obeyed."""
    plain, marked = door.audio(da("hej")).duration_ms, door.audio(da("<voice name='en'>hej</voice>")).duration_ms
    assert marked == plain


def test_an_error_shows_the_words_that_were_written(door: Speaker) -> None:
    with pytest.raises(SpeechError) as caught:
        door.audio(replace(da("30 sek."), voice="pyttsx3:nobody"))
    assert "“30 sek.”" in caught.value.message
    assert caught.value.text == "30 sek."
