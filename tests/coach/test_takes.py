"""What is heard of a line is cut, and what is wrong with it is told."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach.coach.takes import FULL, Take, heard, judged

RATE = 48_000


class Blocks:
    """A microphone that hears what it was given."""

    def __init__(self, pcm: NDArray[np.int16]) -> None:
        self.pcm, self.place = pcm, 0

    def read(self, timeout_s: float) -> NDArray[np.int16] | None:
        if self.place >= len(self.pcm):
            return None
        self.place += 2400
        return self.pcm[self.place - 2400 : self.place]

    def forget(self) -> None:
        return

    def close(self) -> None:
        return


def spoken(
    *, level: float = 0.2, ms: int = 1000, room: float = 0.0005, before_ms: int = 500, after_ms: int = 1500
) -> NDArray[np.int16]:
    """A voice, which rises and falls, in a room with noise: parts of full scale."""
    at = np.arange(RATE * ms // 1000) / RATE
    word = level * np.sin(2 * np.pi * 300 * at) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * at))
    quiet = np.zeros(RATE * before_ms // 1000), np.zeros(RATE * after_ms // 1000)
    sound = np.concatenate([quiet[0], word, quiet[1]])
    sound += np.random.default_rng(1).normal(0, room, len(sound))
    pcm: NDArray[np.int16] = np.clip(sound * 32767, -32768, 32767).astype(np.int16)
    return pcm


def take(pcm: NDArray[np.int16], wanted_ms: int = 1000, max_ms: int | None = None) -> Take:
    return judged(pcm, wanted_ms, max_ms)


def test_a_good_take_is_cut_to_its_words_with_a_little_of_the_room() -> None:
    good = take(spoken())
    assert good.faults == ()
    assert good.length_ms == pytest.approx(1000, abs=100)
    assert len(good.samples) / RATE == pytest.approx(1.8, abs=0.12)


@pytest.mark.parametrize(
    ("pcm", "told"),
    [
        (spoken(level=2.0), "clipped"),
        (spoken(level=0.004, room=0.00001), "too quiet"),
        (spoken(room=0.03), "noisy"),
        (spoken(ms=400), "not all there"),
        (spoken(ms=1700), "without long pauses"),
        (spoken(level=0, room=0.0001), "Nothing was heard"),
        (np.zeros(RATE, dtype=np.int16), "Nothing was heard"),
        (np.zeros(0, dtype=np.int16), "Nothing was heard"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_do(pcm: NDArray[np.int16], told: str) -> None:
    (fault,) = take(pcm).faults
    assert told in fault
    assert fault.count(".") + fault.count("?") >= 2


def test_a_voice_that_only_touches_full_scale_is_not_clipped() -> None:
    pcm = spoken()
    pcm[RATE : RATE + 3] = FULL
    assert take(pcm).faults == ()


def test_a_count_has_to_be_over_in_its_second() -> None:
    assert take(spoken(ms=700), 500, 800).faults == ()
    (fault,) = take(spoken(ms=950), 700, 800).faults
    assert "0.8 s" in fault


def test_one_word_may_be_said_slowly() -> None:
    assert take(spoken(ms=650), 300).faults == ()


# --- when it is over ---


def never() -> bool:
    return False


def test_a_pause_ends_a_take_and_the_next_one_begins_behind_it() -> None:
    microphone = Blocks(np.concatenate([spoken(), spoken(ms=1300)]))
    first, second = heard(microphone, 60_000, never), heard(microphone, 60_000, never)
    assert first is not None
    assert second is not None
    assert take(first).length_ms == pytest.approx(1000, abs=100)
    assert take(second).length_ms == pytest.approx(1300, abs=100)


def test_quiet_before_the_words_ends_nothing() -> None:
    found = heard(Blocks(spoken(before_ms=4000)), 60_000, never)
    assert found is not None
    assert take(found).faults == ()


def test_a_take_ends_when_it_is_stopped_when_it_is_too_long_and_with_the_microphone() -> None:
    stops = iter([False] * 10 + [True])
    stopped = heard(Blocks(spoken(ms=5000)), 60_000, lambda: next(stops))
    assert stopped is not None
    assert len(stopped) == 11 * 2400 - RATE // 10  # without the noise of the key
    longest = heard(Blocks(spoken(ms=9000)), 2000, never)
    assert longest is not None
    assert len(longest) == 2 * RATE
    assert heard(Blocks(spoken()[:0]), 60_000, never) is None
