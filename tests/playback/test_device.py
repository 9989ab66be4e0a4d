"""One contract for every device that can be opened here; miniaudio's null backend always can."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.output.programmes import FakeDevice, blocks_from, pcm, spoken_programme, steps, until
from voicecoach.errors import DeviceError, MissingError
from voicecoach.playback import devices
from voicecoach.playback.devices import DEVICES, open_device
from voicecoach.playback.devices.base import Device, Pull
from voicecoach.playback.player import Player
from voicecoach.playback.watch import WatchedDevice


@pytest.fixture(params=DEVICES)
def device(request: pytest.FixtureRequest) -> Iterator[Device]:
    made = open_device(request.param)
    try:
        made.start(lambda frames: np.zeros(frames, dtype=np.int16))
    except MissingError as error:
        pytest.skip(error.message)
    made.stop()
    yield made
    made.close()


class Source:
    """What a device may pull from; counts."""

    def __init__(self) -> None:
        self.frames = 0

    def pull(self, frames: int) -> NDArray[np.int16]:
        self.frames += frames
        return np.zeros(frames, dtype=np.int16)


def test_it_pulls_in_real_time_and_stops(device: Device) -> None:
    source = Source()
    device.start(source.pull)
    until(lambda: source.frames > 0)
    began, first = time.monotonic(), source.frames
    time.sleep(0.8)
    elapsed = time.monotonic() - began
    # A busy machine may wake us late, and the device too: what is held is that it neither races nor stands still.
    assert abs((source.frames - first) / 48_000 - elapsed) <= device.latency_frames / 48_000 + 0.5 * elapsed
    device.stop()
    stopped = source.frames
    time.sleep(0.25)
    assert source.frames == stopped
    device.start(source.pull)
    until(lambda: source.frames > stopped)
    assert device.error is None


def test_an_error_in_the_pull_is_kept(device: Device) -> None:
    def broken(frames: int) -> NDArray[np.int16]:
        raise ValueError("broken")

    device.start(broken)
    until(lambda: device.error is not None)
    assert isinstance(device.error, ValueError)


def test_closing_twice_is_fine(device: Device) -> None:
    device.close()
    device.close()


def test_every_file_is_a_device_that_can_be_opened() -> None:
    files = {path.stem for path in Path(devices.__file__).parent.glob("*.py")} - {"__init__", "base"}
    assert {made().__class__.__module__.rpartition(".")[2] for made in DEVICES.values()} == files


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(MissingError, match="no device kind x") as error:
        open_device("x")
    assert "simpleaudio" in error.value.hint


def test_without_a_sound_device_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    import miniaudio

    class Nothing:
        backend = "Null"

        def __init__(self, **_: object) -> None: ...
        def close(self) -> None: ...

    monkeypatch.setattr(miniaudio, "PlaybackDevice", Nothing)
    with pytest.raises(DeviceError, match="no sound device") as error:
        open_device("default").start(Source().pull)
    assert error.value.exit_code == 3
    assert "export" in error.value.hint


def test_without_simpleaudio_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simpleaudio", None)
    with pytest.raises(MissingError) as error:
        open_device("simpleaudio").start(Source().pull)
    assert 'pip install "voicecoach[simpleaudio]"' in error.value.hint


class Dying(FakeDevice):
    """Pulls for real, every 10 ms, until it dies."""

    lives = 0

    def start(self, pull: Pull) -> None:
        Dying.lives += 1
        if 2 <= Dying.lives <= 3:
            raise DeviceError("still gone")
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(pull,), daemon=True)
        self._thread.start()

    def _run(self, pull: Pull) -> None:
        for _ in range(20):
            self.heard.append(pull(480))
            if self._ends.wait(0.01):
                return

    def stop(self) -> None:
        if hasattr(self, "_ends"):
            self._ends.set()


def test_a_device_that_dies_is_opened_again_at_the_sentence_that_was_cut() -> None:
    made: list[Dying] = []

    def make() -> Dying:
        made.append(Dying())
        return made[-1]

    Dying.lives = 0
    device = WatchedDevice(make, patience_s=0.2)
    timeline = spoken_programme(5000)
    with Player(timeline, blocks_from, device) as player:
        player.play()
        until(lambda: device.reopened == 1)
        until(lambda: len(made[-1].heard) >= 10)
    heard = [np.concatenate(each.heard) for each in made if each.heard]
    cut_ms = next(clip.start_ms for clip in timeline.clips if clip.end_ms > len(heard[0]) / 48)
    np.testing.assert_array_equal(heard[0], pcm(timeline)[: len(heard[0])])
    np.testing.assert_array_equal(heard[1], pcm(timeline, cut_ms)[: len(heard[1])])
    happened = [event for event in player.events if event.kind.startswith("device")]
    assert [event.kind for event in happened[:2]] == ["device-lost", "device-back"]
    assert happened[1].position_ms == cut_ms
    assert player.error is None


def test_a_device_that_stays_dead_is_an_error() -> None:
    device = WatchedDevice(FakeDevice, patience_s=0.05, tries=2)
    with Player(spoken_programme(1000), blocks_from, device) as player:
        player.play()
        assert [event.kind for event in player.events] == ["device-lost", "failed"]  # nobody need ask for it
        assert isinstance(player.error, DeviceError)
        assert player.wait(0)


def test_a_player_on_a_real_device_plays_waits_and_ends() -> None:
    timeline = replace(spoken_programme(1200), steps=steps(600, 1200, stops=(0,)))
    with Player(timeline, blocks_from, open_device("null")) as player:
        began = time.monotonic()
        player.play()
        until(lambda: player.snapshot().state == "waiting")
        assert player.snapshot().position_ms == 600
        assert player.send("resume")
        assert player.wait(5)
        shown = player.snapshot()
        assert (shown.state, shown.position_ms) == ("ended", 1200)
        assert time.monotonic() - began > 1.0
        assert player.error is None


PLAYS_FOR_EVER = """
from tests.output.programmes import blocks_from, spoken_programme
from voicecoach.playback.devices import open_device
from voicecoach.playback.player import Player
try:
    with Player(spoken_programme(60_000), blocks_from, open_device("null")) as player:
        player.play()
        print("playing", flush=True)
        while not player.wait(0.5):
            pass
except KeyboardInterrupt:
    print("bye", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send there")
def test_ctrl_c_leaves_nothing_hanging() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PLAYS_FOR_EVER], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "playing\n"
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(5) == 0
        assert process.stdout.read() == "bye\n"
        assert process.stderr.read() == ""
