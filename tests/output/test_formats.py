"""One contract for every format; and the ending that chooses it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from tests.output.programmes import blocks_from, decoded, spoken_programme
from tests.render.sounds import timeline
from voicecoach.errors import OutputError
from voicecoach.model import Timeline
from voicecoach.output.base import programme_of
from voicecoach.output.formats import FORMATS, format_of


def exported(suffix: str, programme: Timeline) -> bytes:
    file = BytesIO()
    FORMATS[suffix].write(blocks_from(programme), programme_of(programme), file)
    return file.getvalue()


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("duration_ms", [0, 1, 23, 24, 25, 999, 5000, 7321])
def test_the_length_is_exact(suffix: str, duration_ms: int, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(exported(suffix, spoken_programme(duration_ms)))
    if duration_ms:  # miniaudio refuses to open a file without a sample
        assert len(decoded("miniaudio", path)) == duration_ms * 48


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_is_decoded_is_what_was_rendered(suffix: str, tmp_path: Path) -> None:
    programme = spoken_programme()
    path = tmp_path / f"a{suffix}"
    path.write_bytes(exported(suffix, programme))
    expected, heard = np.concatenate(list(blocks_from(programme))), decoded("miniaudio", path)
    noise = float(np.square(expected - heard).sum() / np.square(expected).sum())
    assert 10 * np.log10(noise) < -10  # the test's speech is noise, which MP3 keeps worst
    assert np.dot(expected, heard) / np.dot(expected, expected) == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_bytes_are_the_same_each_time(suffix: str) -> None:
    assert exported(suffix, spoken_programme(3000)) == exported(suffix, spoken_programme(3000))


def test_a_wav_that_its_header_cannot_count_is_refused() -> None:
    with pytest.raises(OutputError, match=r"12 h"):
        FORMATS[".wav"].write(iter(()), programme_of(timeline([], 13 * 3_600_000)), BytesIO())


@pytest.mark.parametrize("name", ["a.mp3", "a.MP3", "x.y/a.mp3"])
def test_the_ending_chooses(name: str) -> None:
    assert format_of(name).suffix == ".mp3"


@pytest.mark.parametrize(
    ("name", "said"), [("a.mp4", "Did you mean .mp3"), ("a.xyz", ".mp3, .wav"), ("a", "no ending")]
)
def test_an_unknown_ending_is_explained(name: str, said: str) -> None:
    with pytest.raises(OutputError) as error:
        format_of(name)
    assert said in str(error.value)
