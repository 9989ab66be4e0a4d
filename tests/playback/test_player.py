"""The player on a device that pulls when told: exact samples over every way of moving about."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.output.programmes import FakeDevice, blocks_from, pcm, spoken_programme, steps, until
from tests.render.sounds import clip
from voicecoach.model import LevelledTimeline, Tone
from voicecoach.playback.player import Player

PERIOD = 1000


def programme(*ends_ms: int, stops: tuple[int, ...] = ()) -> LevelledTimeline:
    return replace(spoken_programme(ends_ms[-1]), steps=steps(*ends_ms, stops=stops))


@pytest.fixture
def device() -> FakeDevice:
    return FakeDevice()


def state(player: Player) -> str:
    return player.snapshot().state


def at_ms(player: Player) -> int:
    return player.snapshot().position_ms


def where(player: Player) -> tuple[str, int]:
    shown = player.snapshot()
    return shown.state, shown.position_ms


def hear(player: Player, device: FakeDevice, frames: int) -> NDArray[np.int16]:
    """Pull `frames` as a device does, but never faster than the feed: only what is really heard."""
    heard = []
    for at in range(0, frames, PERIOD):
        assert player._feed.wait_ready(5, PERIOD)
        heard.append(device.pull(min(PERIOD, frames - at)))
    return np.concatenate(heard)


def test_what_is_heard_is_what_is_rendered(device: FakeDevice) -> None:
    timeline = programme(5000)
    with Player(timeline, blocks_from, device) as player:
        player.play()
        np.testing.assert_array_equal(hear(player, device, 240_000), pcm(timeline))
        assert at_ms(player) == 5000
        assert player.snapshot().late_ms == 0


def test_it_ends_when_the_last_frame_was_heard() -> None:
    device = FakeDevice(latency_frames=4800)
    with Player(programme(1000), blocks_from, device) as player:
        player.play()
        hear(player, device, 48_000)
        assert state(player) == "playing"
        assert not player.wait(0)
        device.pull(4800)
        assert state(player) == "ended"
        assert player.wait(0)


@pytest.mark.parametrize("start_ms", [0, 1, 777, 4999])
def test_it_plays_from_anywhere(device: FakeDevice, start_ms: int) -> None:
    timeline = programme(5000)
    with Player(timeline, blocks_from, device) as player:
        player.play(start_ms)
        frames = (5000 - start_ms) * 48
        np.testing.assert_array_equal(hear(player, device, frames), pcm(timeline, start_ms))


def test_a_pause_between_sentences_loses_nothing(device: FakeDevice) -> None:
    timeline = programme(5000)
    between_ms = (timeline.clips[2].end_ms + 1002) // 2 + 300
    assert not any(clip.start_ms <= between_ms <= clip.end_ms for clip in timeline.clips)
    with Player(timeline, blocks_from, device) as player:
        player.play()
        before = hear(player, device, between_ms * 48)
        player.send("pause")
        assert not hear(player, device, 30_000).any()
        assert where(player) == ("paused", between_ms)
        player.send("resume")
        after = hear(player, device, 240_000 - between_ms * 48)
        np.testing.assert_array_equal(np.concatenate([before, after]), pcm(timeline))


def test_a_sentence_that_was_cut_is_said_from_its_beginning(device: FakeDevice) -> None:
    timeline = programme(5000)
    cut = timeline.clips[2]  # the first word and a tone come before it
    with Player(timeline, blocks_from, device) as player:
        player.play()
        hear(player, device, (cut.start_ms + 50) * 48)
        player.send("pause")
        player.send("resume")
        assert where(player) == ("playing", cut.start_ms)
        np.testing.assert_array_equal(hear(player, device, 48_000), pcm(timeline, cut.start_ms)[:48_000])


def test_a_tone_is_no_sentence(device: FakeDevice) -> None:
    timeline = replace(programme(5000), clips=(clip(Tone(name="start"), 480),))
    with Player(timeline, blocks_from, device) as player:
        player.play()
        hear(player, device, 490 * 48)
        player.send("pause")
        player.send("resume")
        assert at_ms(player) == 490


def test_moving_about_while_paused_stays_paused(device: FakeDevice) -> None:
    timeline = programme(1000, 6000, 8000)
    with Player(timeline, blocks_from, device) as player:
        player.play()
        hear(player, device, 5000)
        player.send("pause")
        for move, expected_ms in (("next", 1000), ("next", 6000), ("back", 1000)):
            player.send(move)
            assert where(player) == ("paused", expected_ms)
            assert not hear(player, device, 5000).any()
        player.send("resume")
        np.testing.assert_array_equal(hear(player, device, 5000), pcm(timeline, 1000)[:5000])
        player.send("pause")
        player.send("next")
        player.send("next")  # nothing is left to be paused in
        assert state(player) == "playing"


def test_next_stops_at_a_step_that_waits(device: FakeDevice) -> None:
    timeline = programme(1000, 2000, 3000, stops=(1,))
    with Player(timeline, blocks_from, device) as player:
        player.play()
        player.send("next")
        assert where(player) == ("starting", 1000)
        player.send("next")
        assert where(player) == ("waiting", 2000)
        assert player.snapshot().step == 1
        assert not hear(player, device, 5000).any()
        player.send("next")
        assert where(player) == ("starting", 2000)
        np.testing.assert_array_equal(hear(player, device, 5000), pcm(timeline, 2000)[:5000])


def own_pace(waits_at_ms: int = 1500) -> LevelledTimeline:
    """Its second step waits in its middle, and goes on with what ends it."""
    first, own, last = programme(1000, 4000, 5000, stops=(1,)).steps
    own = replace(own, pause_ms=(waits_at_ms, 3000))
    return replace(spoken_programme(5000), steps=(first, own, last))


@pytest.mark.parametrize("word", ["next", "resume", "toggle"])
def test_who_is_done_in_their_own_time_hears_the_end_of_the_step(device: FakeDevice, word: str) -> None:
    timeline = own_pace()
    with Player(timeline, blocks_from, device) as player:
        player.play()
        first = hear(player, device, 2000 * 48)
        np.testing.assert_array_equal(first[: 1500 * 48], pcm(timeline)[: 1500 * 48])
        assert not first[1500 * 48 :].any()
        assert (where(player), player.snapshot().step) == (("waiting", 1500), 1)
        player.send(word)
        assert where(player) == ("playing", 3000)
        np.testing.assert_array_equal(hear(player, device, 2000 * 48), pcm(timeline, 3000)[: 2000 * 48])
    kinds = [event.kind for event in player.events if event.kind in ("waiting", "moved", "resumed")]
    assert kinds == ["waiting", "moved" if word == "next" else "resumed"]


def test_next_before_one_is_done_goes_to_where_it_waits_and_is_told(device: FakeDevice) -> None:
    with Player(own_pace(), blocks_from, device) as player:
        player.play()
        for place in (("starting", 1000), ("waiting", 1500), ("starting", 3000), ("starting", 4000)):
            player.send("next")
            assert where(player) == place
        player.send("back")
        assert where(player) == ("starting", 1000)


def test_the_end_of_the_step_is_heard_also_where_the_words_before_it_last_until_then(device: FakeDevice) -> None:
    with Player(own_pace(waits_at_ms=3000), blocks_from, device) as player:
        player.play()
        for place in (("starting", 1000), ("waiting", 3000), ("starting", 3000), ("starting", 4000)):
            player.send("next")
            assert where(player) == place


def test_paused_at_the_end_of_what_is_known_yet_stays_paused(device: FakeDevice) -> None:
    whole = programme(1000, 2000, 3000, stops=(1,))
    beginning = replace(whole, duration_ms=2000, steps=whole.steps[:2])
    known = threading.Event()

    def more() -> Iterator[LevelledTimeline]:
        known.wait(5)
        yield whole

    with Player(beginning, blocks_from, device, more=more()) as player:
        player.play()
        player.send("pause")
        player.send("next")
        player.send("next")
        assert where(player) == ("waiting", 2000)
        known.set()
        until(lambda: player.timeline is whole)
        assert (state(player), player.snapshot().step) == ("waiting", 1)


def test_a_suspended_player_lets_go_of_its_device(device: FakeDevice) -> None:
    timeline = programme(5000)
    with Player(timeline, blocks_from, device) as player:
        player.play()
        hear(player, device, 1020 * 48)
        player.suspend()
        assert (state(player), device._pull) == ("paused", None)
        player.send("resume")
        begin_ms = timeline.clips[2].start_ms
        assert (*where(player), device.started) == ("playing", begin_ms, 2)
        np.testing.assert_array_equal(hear(player, device, 5000), pcm(timeline, begin_ms)[:5000])


def test_next_and_back_go_to_exact_places(device: FakeDevice) -> None:
    timeline = programme(1000, 6000, 8000, 10_000)
    whole = pcm(timeline)
    with Player(timeline, blocks_from, device) as player:
        player.play()
        hear(player, device, 5000)
        for move, expected_ms in (("next", 1000), ("next", 6000), ("back", 1000), ("back", 0), ("back", 0)):
            player.send(move)
            assert at_ms(player) == expected_ms
            at = expected_ms * 48
            np.testing.assert_array_equal(hear(player, device, 5000), whole[at : at + 5000])
        player.play(1000)
        hear(player, device, 3100 * 48)
        player.send("back")  # more than three seconds in: the same step again
        assert at_ms(player) == 1000


def test_next_in_a_rest_goes_to_what_it_tells_of_the_next_step_and_back_past_a_heading(device: FakeDevice) -> None:
    timeline = programme(1000, 9000, 9000, 15_000)
    before, rest, heading, timed = timeline.steps
    rest = replace(rest, planned=replace(rest.planned, kind="rest", leads_on=True))
    clips = tuple(replace(one, step_index=2 if one.start_ms > 5000 else 1) for one in timeline.clips)
    timeline = replace(timeline, steps=(before, rest, heading, timed), clips=clips)
    told_ms = next(one.start_ms for one in clips if one.step_index == 2)
    moves = (("next", 1000, 1), ("next", told_ms, 1), ("next", 9000, 3), ("back", 1000, 1))
    with Player(timeline, blocks_from, device) as player:
        player.play()
        for move, expected_ms, step in moves:
            player.send(move)
            shown = player.snapshot()
            assert (shown.position_ms, shown.step) == (expected_ms, step)
            assert shown.next_title == ("step 3" if step == 1 else "")  # a heading of no time is not waited for


def test_twenty_quick_nexts_do_not_stick(device: FakeDevice) -> None:
    timeline = programme(*range(300, 30 * 300 + 1, 300))
    with Player(timeline, blocks_from, device) as player:
        player.play()
        for _ in range(20):
            player.send("next")
        assert player.snapshot().step == 20
        np.testing.assert_array_equal(hear(player, device, 48_000), pcm(timeline, 6000)[:48_000])


def test_next_at_the_end_ends_and_what_is_over_is_over(device: FakeDevice) -> None:
    with Player(programme(1000, 5000), blocks_from, device) as player:
        player.play(1500)
        player.send("next")
        until(lambda: player._feed.exhausted)
        device.pull(PERIOD)
        assert state(player) == "ended"
        assert not player.send("back")
        assert where(player) == ("ended", 5000)


def test_a_step_that_waits_holds_until_resumed(device: FakeDevice) -> None:
    timeline = programme(1000, 2000, 3000, stops=(0,))
    with Player(timeline, blocks_from, device) as player:
        player.play()
        first = hear(player, device, 60_000)
        np.testing.assert_array_equal(first[:48_000], pcm(timeline)[:48_000])
        assert not first[48_000:].any()
        assert state(player) == "waiting"
        assert player.snapshot().step == 0
        player.send("resume")
        np.testing.assert_array_equal(hear(player, device, 96_000), pcm(timeline)[48_000:])


def test_next_at_a_step_that_waits_goes_on(device: FakeDevice) -> None:
    timeline = programme(1000, 2000, 3000, stops=(0, 1, 2))
    with Player(timeline, blocks_from, device) as player:
        player.play()
        hear(player, device, 50_000)
        player.send("next")
        assert where(player) == ("playing", 1000)
        hear(player, device, 50_000)
        assert state(player) == "waiting"
        player.send("back")
        assert where(player) == ("playing", 0)  # it waited one second into a step
        player.play(2500)
        hear(player, device, 24_000 + PERIOD)
        assert state(player) == "ended"  # the last one has nothing to wait for


def test_it_begins_with_the_beginning_and_goes_on_with_the_whole(device: FakeDevice) -> None:
    whole = programme(1000, 5000)
    beginning = replace(whole, duration_ms=1000, steps=whole.steps[:1], clips=whole.clips[:3])
    known, asked = threading.Event(), threading.Event()

    def more() -> Iterator[LevelledTimeline]:
        asked.set()
        known.wait(5)
        yield whole

    with Player(beginning, blocks_from, device, more=more()) as player:
        player.play()
        assert asked.wait(5)
        assert player._feed.wait_ready(5, 48_000)  # the beginning is ready without the rest
        first = device.pull(40_000)
        player.send("next")
        player.play()
        known.set()
        until(lambda: player.timeline is whole)
        np.testing.assert_array_equal(first, pcm(whole)[:40_000])
        np.testing.assert_array_equal(hear(player, device, 240_000), pcm(whole))


def test_a_whole_that_comes_late_leaves_silence_and_then_the_next_frame(device: FakeDevice) -> None:
    whole = programme(1000, 3000)
    beginning = replace(whole, duration_ms=1000, steps=whole.steps[:1], clips=whole.clips[:3])
    known = threading.Event()

    def more() -> Iterator[LevelledTimeline]:
        known.wait(5)
        yield whole

    with Player(beginning, blocks_from, device, more=more()) as player:
        player.play()
        assert player._feed.wait_ready(5, 48_000)
        first, silence = device.pull(48_000), device.pull(4800)
        assert not silence.any()
        assert (state(player), player.snapshot().late_ms) == ("playing", 100)
        known.set()
        assert player._feed.wait_ready(5)
        heard = np.concatenate([first, hear(player, device, 96_000)])
        np.testing.assert_array_equal(heard, pcm(whole))


def test_a_beginning_that_grows_step_by_step_is_heard_without_a_seam(device: FakeDevice) -> None:
    whole = programme(700, 900, 1300)
    ends = [step.end_ms for step in whole.steps]
    beginnings = [
        replace(
            whole,
            duration_ms=end,
            steps=whole.steps[:count],
            clips=tuple(clip for clip in whole.clips if clip.start_ms < end),
        )
        for count, end in enumerate(ends[:-1], 1)
    ]
    with Player(beginnings[0], blocks_from, device, more=iter([*beginnings[1:], whole])) as player:
        player.play()
        until(lambda: player.timeline is whole)
        np.testing.assert_array_equal(hear(player, device, len(pcm(whole))), pcm(whole))


def test_what_keeps_the_rest_from_being_known_reaches_the_player(device: FakeDevice) -> None:
    def more() -> Iterator[LevelledTimeline]:
        raise ValueError("no voice")
        yield

    with Player(programme(300), blocks_from, device, more=more()) as player:
        player.play()
        until(lambda: player.error is not None)
        assert str(player.error) == "no voice"


def test_an_error_while_rendering_reaches_the_player(device: FakeDevice) -> None:
    def broken(timeline: LevelledTimeline, start_ms: int) -> Iterator[NDArray[np.float32]]:
        yield np.ones(4800, np.float32)
        raise ValueError("no such sound")

    with Player(programme(1000), broken, device) as player:
        player.play()
        until(lambda: player.error is not None)
        assert device.pull(4800).all()  # what was ready is still heard
        device.pull(4800)
        assert state(player) == "failed"
        assert player.wait(0)
        assert isinstance(player.error, ValueError)


def test_an_error_of_the_device_reaches_the_player(device: FakeDevice) -> None:
    with Player(programme(1000), blocks_from, device) as player:
        player.play()
        assert player.error is None
        device.error = OSError("gone")
        assert player.wait(0)
        assert player.error is device.error


def test_the_feed_is_bounded(device: FakeDevice) -> None:
    with Player(programme(60_000), blocks_from, device, ahead_frames=48_000) as player:
        player.play()
        assert player._feed.wait_ready(5, 48_000)
        hear(player, device, 100_000)
        assert player._feed._queued_frames < 48_000 + 4800


def test_closing_ends_the_threads(device: FakeDevice) -> None:
    before = threading.active_count()
    with Player(programme(60_000), blocks_from, device) as player:
        player.play()
    assert device.closed
    until(lambda: threading.active_count() == before)
    player.close()


def test_what_was_stopped_stays_so(device: FakeDevice) -> None:
    with Player(programme(3000), blocks_from, device) as player:
        player.play()
        hear(player, device, 10_000)
        assert player.send("stop")
        assert state(player) == "stopped"
        assert player.wait(0)
        player.play()
        assert (state(player), device.started) == ("stopped", 1)


@pytest.mark.parametrize("word", ["next", "toggle", "resume", "back"])
def test_a_device_that_was_let_go_of_is_taken_again_whatever_goes_on(device: FakeDevice, word: str) -> None:
    timeline = programme(1000, 2000, 3000, stops=(0,))
    with Player(timeline, blocks_from, device) as player:
        player.play(900)
        hear(player, device, 4800)
        assert state(player) == "waiting"
        player.suspend()
        assert device._pull is None
        assert player.send(word)
        assert (state(player), device.started) == ("playing", 2)
        assert hear(player, device, 4800).any()
