"""The line that `play` shows: the time of the step in any window, what matters least left out first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.output.programmes import FakeDevice, blocks_from, spoken_programme, steps
from voicecoach.cli.screen import SHORT_HELP, _shorter, status
from voicecoach.cli.width import columns, fitting
from voicecoach.model import TimelineStep
from voicecoach.playback.player import Player

TITLES = ("Velkommen", "Liggende knæ til bryst, venstre", "Træning", "Slut")


def shown(at_ms: int, width: int, *, paused: bool = False, stops: tuple[int, ...] = ()) -> str:
    """The first step is 10 s of words, the second has its timed part from 18 s to 38 s, and ends at 40 s."""
    named = [
        replace(step, planned=replace(step.planned, title=title))
        for step, title in zip(placed(stops), TITLES, strict=True)
    ]
    timeline = replace(spoken_programme(60_000), steps=tuple(named))
    with Player(timeline, blocks_from, FakeDevice()) as player:
        player.play(at_ms)
        if paused:
            player.send("pause")
        return status(player.snapshot(), width)


def placed(stops: tuple[int, ...]) -> list[TimelineStep]:
    first, second, third, last = steps(10_000, 40_000, 50_000, 60_000, stops=stops)
    return [
        first,
        replace(second, planned=replace(second.planned, kind="exercise"), work_start_ms=18_000, work_end_ms=38_000),
        third,
        replace(last, planned=replace(last.planned, kind="outro")),
    ]


@pytest.mark.parametrize(
    ("at_ms", "time"),
    [
        (0, "0:10 left"),
        (10_000, "get ready 0:08"),
        (17_001, "get ready 0:01"),
        (18_000, "0:20 left"),
        (18_001, "0:20 left"),
        (33_000, "0:05 left"),  # as “five” is heard
        (33_999, "0:05 left"),
        (37_001, "0:01 left"),
        (38_500, "0:00 left"),
    ],
)
def test_the_time_is_that_of_the_timed_part(at_ms: int, time: str) -> None:
    assert f" · {time} · next: " in shown(at_ms, 100)


def test_what_matters_least_is_left_out_first() -> None:
    whole = "▶ Liggende knæ til bryst, venstre · 0:20 left · next: Træning · 0:18 of 1:00"
    assert shown(18_000, 100) == whole
    assert shown(18_000, len(whole) - 1) == whole.removesuffix(" of 1:00")
    assert shown(18_000, 63) == "▶ Liggende knæ til bryst, venstre · 0:20 left · next: Træning"
    assert shown(18_000, 60) == "▶ Liggende knæ til bryst, venstre · 0:20 left"
    assert shown(18_000, 39) == "▶ Liggende knæ til bryst,… · 0:20 left"
    assert shown(18_000, 11) == "▶ 0:20 left"
    assert shown(18_000, 9) == "0:20 left"


@pytest.mark.parametrize("at_ms", [0, 12_000, 18_000, 45_000])
@pytest.mark.parametrize("paused", [False, True])
def test_it_is_never_wider_than_the_window_and_has_the_time(at_ms: int, paused: bool) -> None:
    for width in range(16, 120):
        line = shown(at_ms, width, paused=paused)
        assert columns(line) <= width
        assert any(word in line for word in ("left", "get ready 0:0"))


def test_a_step_that_waits_says_so() -> None:
    timeline = replace(spoken_programme(60_000), steps=tuple(placed((2,))))
    with Player(timeline, blocks_from, FakeDevice()) as player:
        player.play(45_000)
        player.send("next")
        assert "press space when you are ready" in status(player.snapshot(), 79)
        assert "press space when you are ready" in status(player.snapshot(), 39)


def test_the_short_help_names_the_long_one_in_any_window() -> None:
    for width in range(12, 90):
        line = fitting(_shorter(SHORT_HELP), width)
        assert len(line) <= width
        assert "?" in line
