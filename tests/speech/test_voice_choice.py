"""Who speaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import FakeEngine, fake_voice
from tests.speech.clips import make_voice
from voicecoach.errors import MissingError, NotFoundError
from voicecoach.model import Language
from voicecoach.render.segment import read_audio
from voicecoach.speech.engine import Engine
from voicecoach.speech.recordings.engine import RecordingsEngine
from voicecoach.speech.speaker import Speaker
from voicecoach.speech.voice_choice import choose_voice, find_voice, natural_voice

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


# --- who speaks when nobody is named ---

RESTRICTED = fake_voice("da", id="d:free", quality="natural", restriction="not for this")
BOTH = fake_voice("da", id="e:both", quality="natural", also=("en",), name="Both of them")


def test_a_voice_that_is_restricted_speaks_only_where_it_is_named() -> None:
    voices = (RESTRICTED, BASIC)
    assert choose_voice(voices, "da", None) == BASIC
    assert choose_voice(voices, "da", "d") == choose_voice(voices, "da", "d:free") == RESTRICTED


def test_a_voice_may_speak_two_languages() -> None:
    assert choose_voice((BOTH,), "da", None) == choose_voice((BOTH,), "en", "both") == BOTH


def test_a_name_alone_is_enough_where_only_one_is_called_that() -> None:
    joe, other = (fake_voice("en", id=f"p:en-{name}", name=f"{name} (US)") for name in ("Joe", "Ann"))
    second = fake_voice("en", id="p:en-joe-2", name="Joe (GB)")
    assert find_voice((joe, other), "joe") == find_voice((joe, other), "Joe") == joe
    assert find_voice((joe, other, second), "joe") is None
    assert find_voice((joe, second), "p:en-joe-2") == second


def test_the_natural_voice_to_get() -> None:
    absent = fake_voice("da", id="f:absent", quality="natural", installed=False, how_to_get="get it")
    bound = fake_voice("da", id="g:bound", quality="natural", installed=False, restriction="no", how_to_get="get it")
    assert natural_voice((BASIC, bound, absent), "da") == absent
    assert natural_voice((BASIC, bound, NATURAL), "da") is None
    assert natural_voice((absent,), "en") is None


def test_own_recordings_speak_unasked_where_somebody_fills_their_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    folder = make_voice(tmp_path / "recordings" / "mor", {"fem": "fem.wav"})
    engines: dict[str, Callable[[], Engine]] = {
        "fake": lambda: FakeEngine(), "recordings": lambda: RecordingsEngine(read_audio)
    }  # fmt: skip

    def chosen() -> str:
        with Speaker(engines=engines) as speaker:
            return speaker.voice_for("da").id

    assert chosen() == "fake:da"  # most lines would be missing
    make_voice(folder, {"fem": "fem.wav"}, head='fill_from = "fake:da"')
    assert chosen() == "recordings:mor"
    make_voice(folder, {"fem": "fem.wav"}, head='fill_from = "nobody:da"')
    assert chosen() == "fake:da"
    (folder / "manifest.toml").write_text("[[[")
    assert chosen() == "fake:da"
