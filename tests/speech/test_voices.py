"""Who speaks."""

from __future__ import annotations

import pytest

from tests.fakes import fake_voice
from voicecoach.errors import MissingError, NotFoundError
from voicecoach.model import Language
from voicecoach.speech.speaker import Speaker
from voicecoach.speech.voices import choose_voice

BASIC = fake_voice("da", id="a:basic")
NATURAL = fake_voice("da", id="b:natural", quality="natural")
ABSENT = fake_voice("da", id="c:absent", quality="own", installed=False, how_to_get="voicecoach voices get x")
ENGLISH = fake_voice("en", id="a:english")
VOICES = (BASIC, ENGLISH, NATURAL, ABSENT)


def test_the_best_that_is_installed() -> None:
    assert choose_voice(VOICES, "da", None) == NATURAL
    assert choose_voice(VOICES, "en", None) == ENGLISH


@pytest.mark.parametrize("wanted", ["a:basic", "basic", "a"])
def test_a_voice_can_be_chosen_by_id_or_engine(wanted: str) -> None:
    assert choose_voice(VOICES, "da", wanted) == BASIC


def test_an_unknown_voice_suggests_the_nearest() -> None:
    with pytest.raises(NotFoundError, match=r"a:basci.*\n.*a:basic\?") as caught:
        choose_voice(VOICES, "da", "a:basci")
    assert caught.value.exit_code == 1


def test_a_voice_of_another_language_is_refused() -> None:
    with pytest.raises(NotFoundError, match=r"speaks English, not Danish\nDanish is spoken by a:basic, b:natural"):
        choose_voice(VOICES, "da", "a:english")


def test_a_voice_that_is_not_installed_says_how_to_get_it() -> None:
    with pytest.raises(MissingError, match="voicecoach voices get x") as caught:
        choose_voice(VOICES, "da", "c:absent")
    assert caught.value.exit_code == 3


@pytest.mark.parametrize(("wanted", "language"), [(None, "da"), ("c", "da"), ("c", "en")])
def test_no_voice_at_all_exits_with_3_and_the_command(wanted: str | None, language: Language) -> None:
    with pytest.raises(MissingError) as caught:
        choose_voice((ABSENT,), language, wanted)
    assert caught.value.exit_code == 3
    assert "voices" in caught.value.hint


def test_the_shipped_voices() -> None:
    with Speaker() as speaker:
        assert speaker.voice_for("da").id == "pyttsx3:gmq/da"
        assert speaker.voice_for("en", "pyttsx3").id == "pyttsx3:gmw/en-us"
        natural = any(voice.installed and voice.id == "piper:en_US-joe-medium" for voice in speaker.voices())
        assert speaker.voice_for("en").id == ("piper:en_US-joe-medium" if natural else "pyttsx3:gmw/en-us")
        assert speaker.voice_for("en", "pyttsx3:gmw/en").id == "pyttsx3:gmw/en"
        with pytest.raises(NotFoundError):
            speaker.voice_for("da", "pyttsx3:gmw/en-us")
