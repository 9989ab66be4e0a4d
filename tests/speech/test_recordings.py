"""A person's own voice: the manifest, the clips, the gaps."""

from __future__ import annotations

import shutil
import subprocess
import wave
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.fakes import FakeEngine
from tests.speech.clips import make_voice, write_clip
from voicecoach.errors import MissingError, NotFoundError, SettingsError, SpeechError
from voicecoach.model import Utterance
from voicecoach.render.segment import read_audio
from voicecoach.speech.recordings.engine import RecordingsEngine
from voicecoach.speech.recordings.manifest import line_key, read_recordings
from voicecoach.speech.speaker import Speaker

LINES = {"Begynd.": "begynd.wav", "fem": "fem.wav", "Træk vejret ind, otte, æøå.": "ind.wav"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "recordings"


@pytest.fixture
def mor(folder: Path) -> Path:
    return make_voice(folder / "mor", LINES, head='licence = "private"')


def line(text: str, voice: str = "recordings:mor") -> Utterance:
    return Utterance(text=text, language="da", voice=voice)


def speaker(folder: Path, engine: FakeEngine | None = None) -> Speaker:
    return Speaker(
        engines={"fake": lambda: engine or FakeEngine(), "recordings": lambda: RecordingsEngine(read_audio, folder)},
        respell=lambda texts, language, engine: [text.upper() for text in texts],
    )


# --- texts and manifests -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["begynd", "BEGYND!", " Begynd . ", "Begynd…", "Begynd?!"])
def test_capitals_spaces_and_final_punctuation_do_not_matter(mor: Path, text: str) -> None:
    clip = read_recordings(mor).clip(text)
    assert clip
    assert clip.path == mor / "begynd.wav"


def test_other_words_and_inner_punctuation_do_matter() -> None:
    assert line_key("Skift side, nu  venstre.") == "skift side, nu venstre"
    assert line_key("Træk") != line_key("Traek")
    assert line_key("tra\u030ak") == line_key("tråk")


def test_every_problem_of_a_manifest_is_told_at_its_line(tmp_path: Path) -> None:
    text = (
        'nmae = "Mor"\nlanguage = "dk"\nfill_from = "recordings:far"\n\n[clips]\n"fem" = 5\n"Fem." = "a.wav"\n'
        '"FEM" = "b.wav"\n"..." = "c.wav"\n"to" = { fil = "d.wav" }\n"en" = { file = "e.wav", onset_ms = -1 }\n'
    )
    (tmp_path / "manifest.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_recordings(tmp_path)
    problems = caught.value.problems
    assert sorted(problem.location.line for problem in problems) == [1, 2, 3, 6, 8, 9, 10, 10, 11]
    assert "Did you mean `name`?" in {problem.hint for problem in problems}


@pytest.mark.parametrize("text", ["name = ", "clips = 3\nlanguage = 'da'", "\xff", "[clips]\n'a' = 'x.wav'"])
def test_a_manifest_that_is_none_is_told_and_still_listed(folder: Path, text: str) -> None:
    (folder / "mor").mkdir(parents=True)
    (folder / "mor" / "manifest.toml").write_text(text, encoding="latin-1")
    with speaker(folder) as door:
        (voice,) = [voice for voice in door.voices() if voice.quality == "own"]
        assert not voice.installed
        assert "manifest.toml:" in voice.how_to_get
        with pytest.raises(SettingsError):
            door.voice_for("da", "recordings:mor")


# --- choosing ------------------------------------------------------------------------------------------------


def test_own_recordings_speak_only_where_they_are_named(folder: Path, mor: Path) -> None:
    with speaker(folder) as door:
        assert door.voice_for("da").id == "fake:da"
        for wanted in ("recordings:mor", "mor", "recordings"):
            voice = door.voice_for("da", wanted)
            assert (voice.id, voice.name, voice.quality, voice.licence) == ("recordings:mor", "Mor", "own", "private")
        elsewhere = door.voice_for("da", f"recordings:{mor}")
        assert elsewhere.id == f"recordings:{mor}"
        with pytest.raises(NotFoundError, match="speaks Danish, not English"):
            door.voice_for("en", f"recordings:{mor}")


def test_a_name_that_nearly_is_one_is_suggested(folder: Path, mor: Path) -> None:
    with speaker(folder) as door, pytest.raises(NotFoundError, match="Did you mean recordings:mor"):
        door.voice_for("da", "recordings:morr")


@pytest.mark.parametrize("filler", ["fake:en", "fake:nobody", "piper:x"])
def test_who_cannot_fill_gaps_is_told_when_the_voice_is_chosen(folder: Path, filler: str) -> None:
    make_voice(folder / "mor", LINES, head=f'fill_from = "{filler}"')
    with speaker(folder) as door, pytest.raises((NotFoundError, MissingError)):
        door.voice_for("da", "recordings:mor")


# --- sound ---------------------------------------------------------------------------------------------------


def test_a_clip_is_heard_without_the_room_around_it(folder: Path, mor: Path) -> None:
    with speaker(folder) as door:
        for index, text in enumerate(LINES):
            audio = door.audio(line(text))
            assert audio.sample_rate_hz == 48_000
            assert 400 + 10 * index <= audio.duration_ms <= 400 + 10 * index + 110
            assert audio.onset_ms < 60


@pytest.mark.parametrize(
    ("level", "room"), [(0.02, 0.0), (0.02, 0.0003), (0.1, 0.002), (0.3, 0.0003), (0.3, 0.002), (1.0, 0.002)]
)
def test_quiet_and_loud_rooms(folder: Path, mor: Path, level: float, room: float) -> None:
    write_clip(mor / "fem.wav", level=level, room=room, rate_hz=44_100, channels=2)
    with speaker(folder) as door:
        assert 495 <= door.audio(line("fem")).duration_ms <= 610


def test_an_onset_that_the_person_set_is_from_the_beginning_of_the_file(folder: Path, mor: Path) -> None:
    manifest = mor / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    onsets = []
    for onset_ms in (450, 500):
        entry = f'{{ file = "fem.wav", onset_ms = {onset_ms} }}'
        manifest.write_text(text.replace('"fem.wav"', entry), encoding="utf-8")
        with speaker(folder) as door:
            onsets.append(door.audio(line("fem")).onset_ms)
            assert door.length(line("fem")).onset_ms == round(onsets[-1])
    assert onsets[1] - onsets[0] == pytest.approx(50)
    assert 50 <= onsets[0] <= 90  # the word begins 400 ms into the file, and a breath of the room is kept


def test_another_recording_is_heard_at_once(folder: Path, mor: Path) -> None:
    with speaker(folder) as door:
        before = door.length(line("fem")).duration_ms
    write_clip(mor / "fem.wav", word_ms=700)
    with speaker(folder) as door:
        assert door.length(line("fem")).duration_ms > before + 200


def test_a_recording_has_one_pace_and_its_own_text(folder: Path, mor: Path) -> None:
    with speaker(folder) as door:
        fast = replace(line("fem"), pace=1.4)
        assert door.audio(fast).samples.tobytes() == door.audio(line("fem")).samples.tobytes()


@pytest.mark.skipif(not shutil.which("ffmpeg"), reason="needs ffmpeg")
def test_a_telephones_format(folder: Path, mor: Path) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-i", mor / "fem.wav", mor / "fem.m4a"], check=True)
    manifest = mor / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("fem.wav", "fem.m4a"), encoding="utf-8")
    with speaker(folder) as door:
        assert 390 <= door.audio(line("fem")).duration_ms <= 560


def test_without_ffmpeg_a_telephones_format_says_so(folder: Path, mor: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mor / "fem.wav").rename(mor / "fem.m4a")
    manifest = mor / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("fem.wav", "fem.m4a"), encoding="utf-8")
    monkeypatch.setenv("PATH", "/nowhere")
    with speaker(folder) as door, pytest.raises(SpeechError, match=r"fem\.m4a.*ffmpeg, which is not installed"):
        door.audio(line("fem"))


def silence(path: Path) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22_050, 0, "NONE", ""))
        file.writeframes(np.zeros(22_050, dtype="<i2").tobytes())


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (silence, "is silent"),
        (lambda path: path.write_bytes(b""), "could not be read"),
        (lambda path: path.write_bytes(b"RIFF" + bytes(60)), "could not be read"),
        (lambda path: path.write_text("no sound"), "could not be read"),
        (lambda path: path.write_bytes(path.read_bytes()[:44]), "cut off: 0 of"),
        (lambda path: path.write_bytes(path.read_bytes()[:60]), "cut off: 16 of"),
        (lambda path: path.write_bytes(path.read_bytes()[:20_000]), "cut off"),
    ],
)
def test_a_clip_that_cannot_be_heard_is_named(folder: Path, mor: Path, damage: object, reason: str) -> None:
    damage(mor / "fem.wav")  # type: ignore[operator]
    with speaker(folder) as door, pytest.raises(SpeechError, match=reason) as caught:
        door.prepare([line("Begynd."), line("fem")])
    assert str(mor / "fem.wav") in caught.value.message
    assert caught.value.text == "fem"


# --- gaps ----------------------------------------------------------------------------------------------------


def test_what_is_missing_is_told_and_nobody_says_it(folder: Path, mor: Path) -> None:
    (mor / "fem.wav").unlink()
    with speaker(folder) as door:
        assert door.gap(line("Begynd")) is None
        assert door.gap(line("fem")) == f"{mor / 'fem.wav'} is not there"
        assert door.gap(line("seks")) == "not in the manifest"
        for text in ("fem", "seks"):
            with pytest.raises(SpeechError):
                door.audio(line(text))


def test_gaps_are_filled_by_the_voice_that_was_named_and_by_no_other(folder: Path) -> None:
    mor = make_voice(folder / "mor", LINES, head='fill_from = "fake:da"')
    (mor / "fem.wav").unlink()
    engine = FakeEngine()
    with speaker(folder, engine) as door:
        said = [line("Begynd."), line("fem"), replace(line("seks"), pace=1.4)]
        assert door.prepare(said) == 3
        assert all(door.gap(each) is None for each in said)
        assert [door.audio(each).duration_ms > 100 for each in said] == [True] * 3
    asked = {(each.text, each.voice, each.pace) for each in engine.spoken}
    assert asked == {("FEM", "fake:da", 1.0), ("SEKS", "fake:da", 1.4)}  # as the lexicon says it, at its pace


def test_a_new_recording_takes_the_place_of_the_voice_that_filled_the_gap(folder: Path) -> None:
    mor = make_voice(folder / "mor", LINES, head='fill_from = "fake:da"')
    (mor / "fem.wav").unlink()
    with speaker(folder) as door:
        filled = door.audio(line("fem")).samples.tobytes()
    write_clip(mor / "fem.wav")
    with speaker(folder) as door:
        assert door.audio(line("fem")).samples.tobytes() != filled
