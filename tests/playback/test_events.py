"""What a player tells: each thing as it happens, to every guest, and when it is over, no more."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.output.programmes import FakeDevice, blocks_from, spoken_programme, steps, until
from voicecoach.errors import DeviceError, NotFoundError
from voicecoach.model import LevelledTimeline
from voicecoach.playback.commands import WORDS, Command
from voicecoach.playback.devices.base import Pull
from voicecoach.playback.events import Event, EventLog
from voicecoach.playback.player import Player

PERIOD = 1000


def programme(*ends_ms: int, stops: tuple[int, ...] = ()) -> LevelledTimeline:
    return replace(spoken_programme(ends_ms[-1]), steps=steps(*ends_ms, stops=stops))


@pytest.fixture
def device() -> FakeDevice:
    return FakeDevice()


def hear(player: Player, device: FakeDevice, frames: int) -> None:
    for at in range(0, frames, PERIOD):
        assert player._feed.wait_ready(5, PERIOD)
        device.pull(min(PERIOD, frames - at))


def told(events: list[Event]) -> list[tuple[str, int | None, int | None]]:
    return [(event.kind, event.position_ms, event.step) for event in events]


def test_a_session_is_told_from_its_first_frame_to_its_last(device: FakeDevice) -> None:
    with Player(programme(1500, 3000), blocks_from, device) as player:
        assert player.listen().pending() == []
        player.play()
        assert player.listen().pending() == []  # the device took nothing yet
        hear(player, device, 145_000)
        events = list(player.events)
    assert told(events) == [
        ("started", 0, 0),
        ("step", 0, 0),
        ("said", 0, 0),
        ("said", 1001, 0),
        ("step", 1500, 1),
        ("said", 2002, 0),  # the steps of this programme are not those of its words
        ("ended", 3000, 1),
    ]
    assert [event.text for event in events if event.kind == "said"] == ["ord 0", "ord 1", "ord 2"]
    assert events[0].wall_ms == 0
    assert [event.wall_ms for event in events] == sorted(event.wall_ms for event in events)


def test_a_sentence_is_told_with_its_first_frame(device: FakeDevice) -> None:
    with Player(programme(3000), blocks_from, device) as player:
        player.play()
        hear(player, device, 1001 * 48)
        assert [event.text for event in player.listen().pending() if event.kind == "said"] == ["ord 0"]
        assert player._feed.wait_ready(5, 1)
        device.pull(1)
        assert player.listen().pending()[-1] == replace(
            player.listen().pending()[-1], kind="said", position_ms=1001, text="ord 1"
        )


def test_a_sentence_that_was_cut_is_told_again_and_its_step_is_not(device: FakeDevice) -> None:
    with Player(programme(3000), blocks_from, device) as player:
        player.play()
        hear(player, device, 1100 * 48)
        listener = player.listen()
        listener.pending()
        assert player.send("pause")
        assert player.send("resume")
        hear(player, device, 5000)
        assert told(listener.pending()) == [
            ("command", 1100, 0),
            ("paused", 1100, 0),
            ("command", 1100, 0),
            ("resumed", 1001, 0),
            ("said", 1001, 0),
        ]


def test_a_step_that_waits_says_so_once(device: FakeDevice) -> None:
    with Player(programme(1000, 2000, 3000, stops=(0,)), blocks_from, device) as player:
        player.play(500)
        hear(player, device, 24_000)
        for _ in range(20):
            device.pull(PERIOD)
        listener = player.listen()
        assert [event.kind for event in listener.pending()].count("waiting") == 1
        player.send("toggle")
        hear(player, device, PERIOD)
        assert [event.kind for event in listener.pending()] == ["command", "resumed", "step", "said"]
        player.send("back")
        player.send("next")
        moved = [event.kind for event in listener.pending()]
        assert moved == ["command", "moved", "command", "moved", "waiting"]


@pytest.mark.parametrize("line", ["longer", "hurts", "7", "lnger", "paus", "", "pause now", "x" * 10_000, "\x1b[2J"])
def test_what_it_cannot_do_is_refused_and_told(device: FakeDevice, line: str) -> None:
    with Player(programme(3000), blocks_from, device) as player:
        player.play()
        before = player.snapshot()
        assert not player.send(line)
        assert player.snapshot() == before
        (event,) = player.listen().pending()
        assert (event.kind, event.accepted, event.refusal) == ("command", False, "unknown")
        assert line.lower().startswith(event.text)
        assert len(event.text) <= 200


def test_before_the_start_and_after_the_end_only_that_is_answered(device: FakeDevice) -> None:
    with Player(programme(3000), blocks_from, device) as player:
        for word in set(WORDS) - {"stop"}:
            assert not player.send(word)
        assert {event.refusal for event in player.listen().pending()} == {"not-begun"}
        assert player.send(Command(word="stop"))
        for word in WORDS:
            assert not player.send(word)
        player.play()
        assert (player.snapshot().state, device.started) == ("stopped", 0)
    assert [event.kind for event in player.events][-1] == "stopped"


@pytest.mark.parametrize("line", ["pause", " PAUSE \r", "Pause"])
def test_what_is_so_already_is_accepted_and_changes_nothing(device: FakeDevice, line: str) -> None:
    with Player(programme(3000), blocks_from, device) as player:
        player.play()
        assert player.send("resume")
        assert player.send(line)
        assert player.send(line)
        assert [event.kind for event in player.listen().pending()] == ["command", "command", "paused", "command"]


def test_every_guest_hears_everything_while_it_happens(device: FakeDevice) -> None:
    with Player(programme(1000, 2000), blocks_from, device) as player:
        heard: list[list[Event]] = [[], []]

        def listen(events: Iterator[Event], to: list[Event]) -> None:
            to.extend(events)

        guests = [threading.Thread(target=listen, args=(player.listen(), to)) for to in heard]
        for guest in guests:
            guest.start()
        player.play()
        hear(player, device, PERIOD)
        assert next(player.events).kind == "started"
        player.send("stop")
        for guest in guests:
            guest.join(5)
            assert not guest.is_alive()
    assert [event.kind for event in heard[0]] == ["started", "step", "said", "command", "stopped"]
    assert heard[1] == heard[0]
    assert [event.kind for event in player.events] == [
        "step",
        "said",
        "command",
        "stopped",
    ]


def test_leaving_it_is_stopping_it(device: FakeDevice) -> None:
    with Player(programme(1000), blocks_from, device) as player:
        player.play()
    assert [event.kind for event in player.events] == ["stopped"]
    with Player(programme(1000), blocks_from, device) as never_played:
        pass
    assert list(never_played.events) == []


def test_silence_because_nothing_was_ready_is_told_with_its_length(device: FakeDevice) -> None:
    ready = threading.Event()

    def slow(timeline: LevelledTimeline, start_ms: int) -> Iterator[NDArray[np.float32]]:
        yield np.full(4800, 0.1, np.float32)
        assert ready.wait(5)
        yield from blocks_from(timeline, start_ms + 100)

    with Player(programme(3000), slow, device) as player:
        player.play()
        device.pull(4800)
        for _ in range(10):
            device.pull(480)
        assert player.snapshot().late_ms == 100
        ready.set()
        hear(player, device, 4800)
        assert player.snapshot().late_ms == 100
        (late,) = (event for event in player.listen().pending() if event.kind == "late")
        assert (late.late_ms, late.position_ms) == (100, 100)


def test_the_moment_that_moving_takes_is_not_late(device: FakeDevice) -> None:
    ready = threading.Event()

    def slow(timeline: LevelledTimeline, start_ms: int) -> Iterator[NDArray[np.float32]]:
        assert not start_ms or ready.wait(5)
        yield from blocks_from(timeline, start_ms)

    with Player(programme(1000, 3000), slow, device) as player:
        player.play()
        hear(player, device, PERIOD)
        player.send("next")
        device.pull(9600)
        ready.set()
        hear(player, device, PERIOD)
        assert player.snapshot().late_ms == 0
        assert "late" not in [event.kind for event in player.listen().pending()]


def test_what_fails_is_told_and_is_the_end(device: FakeDevice) -> None:
    def broken(timeline: LevelledTimeline, start_ms: int) -> Iterator[NDArray[np.float32]]:
        raise ValueError("no such sound")
        yield

    with Player(programme(1000), broken, device) as player:
        player.play()
        device.pull(PERIOD)
        *_, last = player.events
        assert (last.kind, last.text) == ("failed", "no such sound")
        assert not player.send("pause")


class Gone(FakeDevice):
    """There the first time only."""

    def start(self, pull: Pull) -> None:
        super().start(pull)
        if self.started > 1:
            raise DeviceError("it is gone")


def test_a_device_that_is_gone_when_it_goes_on_is_told() -> None:
    device = Gone()
    with Player(programme(1000), blocks_from, device) as player:
        player.play()
        player.suspend()
        assert not player.send("resume")
        assert [event.kind for event in player.events] == ["paused", "command", "resumed", "failed"]
        assert isinstance(player.error, DeviceError)
        assert player.wait(0)


def test_where_a_step_begins_is_asked_before_it_is_known(device: FakeDevice) -> None:
    whole = programme(1000, 2000, 3000)
    beginning = replace(whole, duration_ms=1000, steps=whole.steps[:1], clips=whole.clips[:3])

    def more() -> Iterator[LevelledTimeline]:
        yield replace(whole, duration_ms=2000, steps=whole.steps[:2])
        yield whole

    with Player(beginning, blocks_from, device, more=more()) as player:
        assert player.start_of(2) == 2000
        with pytest.raises(NotFoundError, match="no step 3"):
            player.start_of(3)
        player.play(player.start_of(2))
        hear(player, device, PERIOD)
        assert told(player.listen().pending())[:2] == [("started", 2000, 2), ("step", 2000, 2)]


def test_what_keeps_a_step_from_being_known_is_raised(device: FakeDevice) -> None:
    def more() -> Iterator[LevelledTimeline]:
        raise ValueError("no voice")
        yield

    with Player(programme(300), blocks_from, device, more=more()) as player:
        with pytest.raises(ValueError, match="no voice"):
            player.start_of(1)
        assert player.snapshot().state == "failed"


def test_a_snapshot_shows_all_of_one_moment(device: FakeDevice) -> None:
    first, second, third = steps(1000, 3000, 4000)
    hold = replace(
        second, planned=replace(second.planned, side="left", round=2), work_start_ms=1500, work_end_ms=2500
    )
    timeline = replace(programme(4000), steps=(first, hold, third))
    with Player(timeline, blocks_from, device) as player:
        assert (player.snapshot().state, player.snapshot().position_ms) == ("stopped", 0)
        player.play(1100)
        shown = player.snapshot()
        assert (shown.state, shown.step, shown.title, shown.side, shown.round) == ("starting", 1, "step 1", "left", 2)
        assert (shown.get_ready_ms, shown.left_ms, shown.saying, shown.next_title) == (400, 1000, "ord 1", "step 2")
        assert shown.duration_ms == 4000
        player.play(1700)
        assert (player.snapshot().get_ready_ms, player.snapshot().left_ms) == (None, 800)
        player.play(2800)
        assert (player.snapshot().get_ready_ms, player.snapshot().left_ms) == (None, 0)
        player.play(3200)
        assert (player.snapshot().left_ms, player.snapshot().next_title) == (800, "")


def test_a_programme_whose_end_is_not_known_has_no_length(device: FakeDevice) -> None:
    known = threading.Event()

    def more() -> Iterator[LevelledTimeline]:
        assert known.wait(5)
        yield programme(1000, 2000)

    with Player(programme(1000), blocks_from, device, more=more()) as player:
        player.play()
        assert player.snapshot().duration_ms is None
        known.set()
        until(lambda: player.snapshot().duration_ms == 2000)


def test_commands_from_many_threads_are_done_one_after_another(device: FakeDevice) -> None:
    timeline = programme(*range(1000, 101_000, 1000))
    with Player(timeline, blocks_from, device) as player:
        player.play()
        threads = [
            threading.Thread(target=lambda: [player.send(word) for word in ("next", "next", "toggle") * 4])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        assert player.snapshot().step == 4 * 8
        events = player.listen().pending()
        assert [event.step for event in events if event.kind == "moved"] == list(range(1, 33))
        states = [event.kind for event in events if event.kind in ("paused", "resumed")]
        assert states == ["paused", "resumed"] * 8


def test_after_the_end_nothing_is_told() -> None:
    """A device may go away then."""
    event = Event(kind="ended", wall_ms=1, position_ms=1, step=0)
    log = EventLog()
    log.add(event)
    log.end()
    log.add(replace(event, kind="device-lost"))
    assert list(log.listen()) == [event]
