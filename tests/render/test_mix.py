"""The mix: exact places, exact length, the same samples whatever the blocks and the start."""

from __future__ import annotations

import tracemalloc

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.render.sounds import audio_of, clip, fake_speech, timeline, utterance
from voicecoach.model import Audio, LevelledClip, LevelledTimeline, Sound, Tone
from voicecoach.render.clip import CEILING_DBTP
from voicecoach.render.loudness import true_peak_dbtp
from voicecoach.render.mix import render_blocks

CEILING = 10 ** (CEILING_DBTP / 20)
TEXTS = ("en", "to", "tre", "halvvejs", "en længere sætning")
clips = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.integers(0, 2500)).map(lambda pair: clip(utterance(pair[0]), pair[1])),
    max_size=5,
)


def whole(programme: LevelledTimeline, **options: int) -> NDArray[np.float32]:
    return np.concatenate([*render_blocks(programme, audio_of, **options), np.zeros(0, np.float32)])


def by_hand(clips: list[LevelledClip], duration_ms: int) -> NDArray[np.float32]:
    out = np.zeros(duration_ms * 48, np.float32)
    for placed in sorted(clips, key=lambda clip: clip.start_ms):
        samples = audio_of(placed.sound).samples
        room = out[placed.start_ms * 48 :]
        room[: len(samples)] += samples[: len(room)]
    return out


@given(clips, st.integers(0, 3000), st.integers(1, 20_000))
@settings(max_examples=50, deadline=None)
def test_every_sample_stands_where_the_plan_says(
    clips: list[LevelledClip], duration_ms: int, block_frames: int
) -> None:
    programme = timeline(clips, duration_ms)
    mixed, summed = whole(programme, block_frames=block_frames), by_hand(list(programme.clips), 12_000)
    loud = np.flatnonzero(np.abs(summed) > CEILING / 2)  # where the limiter may have turned it down
    far = np.ones(len(summed), bool)
    for peak in loud:
        far[max(peak - 500, 0) : peak + 500] = False
    far, summed = far[: len(mixed)], summed[: len(mixed)]
    np.testing.assert_array_equal(mixed[far], summed[far])
    assert np.all(np.abs(mixed) <= np.minimum(np.abs(summed), CEILING) * (1 + 1e-6))
    assert np.all(mixed * summed >= 0)


def test_what_sounds_together_keeps_the_ceiling_between_its_samples_too() -> None:
    """Each of the two would keep it alone."""
    gain_db = 20 * np.log10(CEILING / float(np.abs(fake_speech("en længere sætning").samples).max()))
    pair = [clip(utterance("en længere sætning"), at_ms, gain_db) for at_ms in (0, 3)]
    assert float(np.abs(whole(timeline(pair[:1], 2000))).max()) > CEILING * 0.8
    assert true_peak_dbtp(whole(timeline(pair, 2000))) <= CEILING_DBTP + 0.3


@given(clips, st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 20_000))
@settings(max_examples=50, deadline=None)
def test_a_part_is_the_part_of_the_whole(
    clips: list[LevelledClip], start_ms: int, end_ms: int, block_frames: int
) -> None:
    programme = timeline(clips, 3000)
    part = whole(programme, start_ms=start_ms, end_ms=end_ms, block_frames=block_frames)
    np.testing.assert_array_equal(part, whole(programme)[start_ms * 48 : end_ms * 48])


def test_blocks_are_full_and_the_last_is_the_rest() -> None:
    lengths = [len(block) for block in render_blocks(timeline([], 250), audio_of, block_frames=4800)]
    assert lengths == [4800, 4800, 2400]


def test_another_rate_is_brought_to_48_khz() -> None:
    tone = np.sin(2 * np.pi * 440 * np.arange(22050) / 22050).astype(np.float32) * np.float32(0.5)
    programme = timeline([clip(utterance("x" * 14), 0)], 1000)  # 980 ms by the plan
    (block,) = render_blocks(programme, lambda _: Audio(samples=tone, sample_rate_hz=22050), block_frames=48_000)
    spectrum = np.abs(np.fft.rfft(block))
    assert int(spectrum.argmax()) == 440


def test_a_gain_is_in_decibels() -> None:
    loud, soft = (whole(timeline([clip(utterance("en"), 0, gain)], 200)) for gain in (0.0, -20.0))
    np.testing.assert_allclose(soft, loud * 0.1, rtol=1e-5)


def test_a_clip_is_fetched_only_when_its_block_is_wanted() -> None:
    fetched: list[Sound] = []

    def fetch(sound: Sound) -> Audio:
        fetched.append(sound)
        return audio_of(sound)

    early, late = clip(Tone(name="start"), 0), clip(Tone(name="end"), 60_000)
    blocks = render_blocks(timeline([early, late], 61_000), fetch)
    next(blocks)
    assert fetched == [early.sound]


def test_memory_does_not_grow_with_the_programme() -> None:
    def peak(minutes: int) -> int:
        programme = timeline(
            [clip(utterance(f"nummer {n % 40}"), n * 2000) for n in range(minutes * 30)], minutes * 60_000
        )
        tracemalloc.start()
        for _ in render_blocks(programme, fresh):
            pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    def fresh(sound: Sound) -> Audio:
        audio = audio_of(sound)
        return Audio(samples=audio.samples.copy(), sample_rate_hz=audio.sample_rate_hz)

    fake_speech("warm")
    peak(2)
    assert peak(8) < 1.2 * peak(2)
