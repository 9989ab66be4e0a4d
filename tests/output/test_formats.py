"""One contract for every format; and the ending that chooses it."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from tests.output.programmes import blocks_from, listened, spoken_programme
from tests.render.sounds import audio_of, timeline
from voicecoach.errors import MissingError, OutputError
from voicecoach.model import LevelledTimeline
from voicecoach.output.base import programme_of
from voicecoach.output.formats import FORMATS, format_of


def exported(suffix: str, programme: LevelledTimeline) -> bytes:
    file = BytesIO()
    FORMATS[suffix].write(blocks_from(programme), programme_of(programme), file)
    return file.getvalue()


AAC_FRAME = 1024
"""The format counts in these; the edit list tells the exact length, but ffmpeg plays the last one to its end."""


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("duration_ms", [0, 1, 23, 24, 25, 999, 7321])
def test_the_length_is_exact(suffix: str, duration_ms: int, tmp_path: Path) -> None:
    if duration_ms == 0 and suffix in (".flac", ".m4a", ".m4b"):
        pytest.skip("the format has no empty file")
    path = tmp_path / f"a{suffix}"
    path.write_bytes(exported(suffix, spoken_programme(duration_ms)))
    if duration_ms == 0:  # decoders refuse a file without a sample
        return
    if suffix in (".m4a", ".m4b"):
        assert told_frames(path) == duration_ms * 48
        assert 0 <= len(listened(path)) - duration_ms * 48 < AAC_FRAME
    else:
        assert len(listened(path)) == duration_ms * 48


def told_frames(path: Path) -> int:
    import av

    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        return int(stream.duration * stream.time_base * 48_000)


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_decoded_is_what_was_rendered(suffix: str, tmp_path: Path) -> None:
    programme = spoken_programme()
    path = tmp_path / f"a{suffix}"
    path.write_bytes(exported(suffix, programme))
    expected = np.concatenate(list(blocks_from(programme)))
    heard = listened(path)[: len(expected)]
    noise = float(np.square(expected - heard).sum() / np.square(expected).sum())
    assert 10 * np.log10(noise) < -10  # the test's speech is noise, which codecs keep worst
    assert np.dot(expected, heard) / np.dot(expected, expected) == pytest.approx(1, abs=0.03)
    clip = programme.clips[4]
    sound = audio_of(clip.sound).samples
    at, reach = clip.start_ms * 48, 40
    match = np.correlate(heard[at - reach : at + len(sound) + reach], sound, "valid")
    assert int(match.argmax()) == reach  # to the sample


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_bytes_are_the_same_each_time(suffix: str) -> None:
    assert exported(suffix, spoken_programme(3000)) == exported(suffix, spoken_programme(3000))


@pytest.mark.parametrize("suffix", [".opus", ".ogg", ".m4a"])
def test_real_files_are_written_as_buffers_are(suffix: str, tmp_path: Path) -> None:
    """Libraries treat a file with a name otherwise."""
    programme = spoken_programme(2000)
    with (tmp_path / "a").open("wb+") as file:
        FORMATS[suffix].write(blocks_from(programme), programme_of(programme), file)
    assert (tmp_path / "a").read_bytes() == exported(suffix, programme)


@pytest.mark.parametrize("suffix", sorted(set(FORMATS) - {".mp3"}))  # which encodes long pieces side by side
def test_memory_does_not_grow_with_the_programme(suffix: str, tmp_path: Path) -> None:
    def peak(seconds: int) -> int:
        block = np.zeros(4800, np.float32)
        programme = programme_of(timeline([], seconds * 1000))
        with (tmp_path / "a").open("wb+") as file:
            tracemalloc.start()
            FORMATS[suffix].write((block for _ in range(seconds * 10)), programme, file)
            top = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return top

    peak(1)  # imports
    assert peak(60) < peak(20) + 100_000


@pytest.mark.parametrize(("suffix", "extra"), [(".flac", "flac"), (".opus", "flac"), (".m4b", "m4a")])
def test_a_missing_library_is_named_before_anything_is_done(
    suffix: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voicecoach.output.formats.find_spec", lambda name: None)
    with pytest.raises(MissingError, match=rf"voicecoach\[{extra}\]"):
        format_of(f"a{suffix}")
    assert format_of("a.mp3").suffix == ".mp3"


def test_a_wav_that_its_header_cannot_count_is_refused() -> None:
    with pytest.raises(OutputError, match=r"12 h"):
        FORMATS[".wav"].write(iter(()), programme_of(timeline([], 13 * 3_600_000)), BytesIO())


@pytest.mark.parametrize("name", ["a.mp3", "a.MP3", "x.y/a.mp3"])
def test_the_ending_chooses(name: str) -> None:
    assert format_of(name).suffix == ".mp3"


@pytest.mark.parametrize(
    ("name", "said"), [("a.mp4", "Did you mean .m"), ("a.xyz", ".mp3, .wav"), ("a", "no ending")]
)
def test_an_unknown_ending_is_explained(name: str, said: str) -> None:
    with pytest.raises(OutputError) as error:
        format_of(name)
    assert said in str(error.value)
