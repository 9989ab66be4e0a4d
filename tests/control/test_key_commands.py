"""What keys do, with a clock of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.output.programmes import FakeDevice, blocks_from, spoken_programme, steps
from voicecoach.control.key_commands import COMMANDS, SLOW_S, Hand
from voicecoach.control.keyboard import Presses
from voicecoach.playback.player import Player


class Person:
    """Presses keys at a player of steps of ten seconds; the fourth (3) waits."""

    def __init__(self, player: Player) -> None:
        self.player, self._hand, self._presses, self.now_s = player, Hand(), Presses(), 100.0

    def press(self, *keys: str, apart_s: float = 0.4) -> bool:
        """Whether all of them mean something."""
        for key in keys:
            press = self._presses.press(key, self._later(apart_s))
            waiting = self.state() == "waiting"
            if (command := self._hand.command(press, self.now_s, waiting=waiting)) is not None:
                assert self.player.send(command)
        return all(key in COMMANDS for key in keys)

    def holds(self, key: str, for_s: float, first_s: float = 0.5, every_s: float = 0.03) -> None:
        self.press(key)
        self.press(key, apart_s=first_s)
        self.press(*[key] * round((for_s - first_s) / every_s), apart_s=every_s)

    def state(self) -> str:
        return self.player.snapshot().state

    def at(self) -> int | None:
        return self.player.snapshot().step

    def _later(self, apart_s: float) -> float:
        self.now_s += apart_s
        return self.now_s


@pytest.fixture
def person() -> Iterator[Person]:
    timeline = replace(spoken_programme(200_000), steps=steps(*range(10_000, 200_001, 10_000), stops=(3,)))
    device = FakeDevice()
    with Player(timeline, blocks_from, device) as player:
        player.play(40_000)
        device.pull(1000)
        yield Person(player)


@pytest.mark.parametrize(("forward", "back"), [("n", "b"), ("N", "B"), ("right", "left"), ("down", "up"), ("page-down", "page-up")])  # fmt: skip # noqa: E501
def test_next_and_back_have_several_keys(person: Person, forward: str, back: str) -> None:
    person.press(forward, forward)
    assert person.at() == 6
    person.press(back)
    assert person.at() == 5


def test_a_key_that_is_held_goes_one_step_at_a_time(person: Person) -> None:
    person.holds("n", for_s=3.2)
    assert person.at() in range(4 + 3, 4 + 6)
    person.press("n", apart_s=0.3)
    assert person.at() in range(4 + 4, 4 + 7)


@pytest.mark.parametrize("first_s", [0.25, 0.5, 0.66])
def test_a_key_that_is_held_stays_at_a_step_that_waits(person: Person, first_s: float) -> None:
    for start_ms in (0, 10_000, 20_000, 30_000):
        person.player.play(start_ms)
        person.holds("n", for_s=10, first_s=first_s)
        assert (person.at(), person.state()) == (3, "waiting")
    person.press("n", apart_s=SLOW_S)
    assert (person.at(), person.state()) == (4, "playing")


def test_space_pauses_and_goes_on_however_long_it_is_held(person: Person) -> None:
    person.press(" ")
    assert person.state() == "paused"
    person.press(*" " * 41, apart_s=0.03)
    assert person.state() == "paused"
    person.press(" ")
    assert person.state() == "playing"


@pytest.mark.parametrize("key", ["?", "h", "x", "\n", "home", "unknown", "ø"])
def test_another_key_does_nothing_and_says_so(person: Person, key: str) -> None:
    before = person.player.snapshot()
    assert not person.press(key)
    assert person.player.snapshot() == before


@pytest.mark.parametrize("key", ["q", "Q", "escape"])
def test_several_keys_end_it(person: Person, key: str) -> None:
    person.press(key)
    assert person.state() == "stopped"
