"""`play` as a program drives it: commands in, events out. The real thing, on the device that nobody hears."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Done, process, run
from voicecoach.playback.commands import WORDS

PATIENCE_S = 60
ROUTINE = """\
title: Prøve
language: da
prepare: 5 s
steps:
  - {exercise: {name: Rolig gang, kind: cardio, instruction: Gå.}, duration: 60 s}
  - stop: Gå ud og træn.
  - {exercise: {name: Fuglehunden, kind: strength, instruction: Stræk arm og ben.}, duration: 60 s}
"""
OWN_PACE = """\
title: Prøve
language: da
prepare: 5 s
steps:
  - {exercise: {name: Squat, kind: strength}, reps: 10, pace: own}
  - {exercise: {name: Rolig gang, kind: cardio}, duration: 20 s}
"""
WHOLE = ("next\n" * 40).encode()
"""More than enough to come to the end, however slowly it becomes known."""


@pytest.fixture(scope="module")
def routine(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("play") / "prøve.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    assert process("show", str(path)).code == 0  # all words are spoken
    return str(path)


class Session:
    """A program that is being played to: one that sends commands and reads events."""

    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        self.running = running

    def send(self, *commands: str) -> None:
        assert self.running.stdin
        self.running.stdin.write("".join(f"{command}\n" for command in commands).encode())
        self.running.stdin.flush()

    def happens(self, kind: str) -> dict[str, Any]:
        """The next event of that kind; what comes before it is left out."""
        assert self.running.stdout
        for line in self.running.stdout:
            event: dict[str, Any] = json.loads(line)
            if event["event"] == kind:
                return event
        raise AssertionError(f"it ended without {kind}")

    def ends(self) -> tuple[int, list[str]]:
        """Its exit code, and the kinds of all events until then."""
        out, _ = self.running.communicate(timeout=PATIENCE_S)
        return self.running.returncode, [json.loads(line)["event"] for line in out.splitlines()]


@contextmanager
def session(routine: str, *arguments: str) -> Iterator[Session]:
    command = [sys.executable, "-m", "voicecoach", "play", routine, "--device", "null", *arguments]
    with subprocess.Popen(
        [*command, "--events", "-", "--commands", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        try:
            yield Session(running)
        finally:
            running.kill()


def play(routine: str, *arguments: str) -> Done:
    """Played until it is over."""
    command = [sys.executable, "-m", "voicecoach", "play", routine, "--device", "null", *arguments]
    done = subprocess.run(
        command, capture_output=True, timeout=PATIENCE_S, stdin=subprocess.DEVNULL, encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    return Done(done.returncode, done.stdout, done.stderr)


def refused(routine: str, *arguments: str) -> Done:
    """What is wrong before anything is played needs no process of its own."""
    return run("play", routine, "--device", "null", *arguments)


def played(routine: str, *arguments: str, commands: bytes, tmp_path: Path) -> Done:
    """Played with the commands of a file."""
    (tmp_path / "commands").write_bytes(commands)
    return play(routine, "--commands", str(tmp_path / "commands"), *arguments)


def test_it_is_driven_line_by_line_and_tells_each_thing(routine: str) -> None:
    with session(routine) as playing:
        started = playing.happens("started")
        assert (started["wall_ms"], started["position_ms"], started["step"]) == (0, 0, 0)
        assert playing.happens("said")["text"] == "Prøve."
        playing.send("pause")
        assert playing.happens("command") | {"wall_ms": 0, "position_ms": 0} == {
            "wall_ms": 0, "position_ms": 0, "event": "command", "step": 0, "text": "pause", "accepted": True,
        }  # fmt: skip
        paused = playing.happens("paused")
        playing.send("toggle", "lnger", "longer")
        assert playing.happens("resumed")["position_ms"] <= paused["position_ms"]
        assert [playing.happens("command")["accepted"] for _ in range(2)] == [False, False]
        at = [0]
        while at[-1] < 2:  # on a busy machine the first one comes before the next step is known
            playing.send("next")
            at.append(playing.happens("moved")["step"])
        assert sorted(set(at)) == [0, 1, 2]
        assert playing.happens("step")["step"] in (1, 2)
        playing.send("next")
        assert playing.happens("waiting")["text"] == "Træning"
        playing.send("resume")
        assert playing.happens("step")["text"] == "Fuglehunden"
        playing.send("stop")
        code, kinds = playing.ends()
    assert (code, kinds[-1]) == (0, "stopped")


@pytest.mark.parametrize("word", ["next", "toggle"])
def test_it_waits_for_whoever_does_it_in_their_own_time(word: str, tmp_path: Path) -> None:
    (tmp_path / "eget.yaml").write_text(OWN_PACE, encoding="utf-8")
    with session(str(tmp_path / "eget.yaml"), "--from", "1") as playing:
        playing.happens("step")
        playing.send("next")
        waiting = playing.happens("waiting")
        assert (waiting["step"], waiting["text"]) == (1, "Squat")
        playing.send(word)
        assert (
            playing.happens("moved" if word == "next" else "resumed")["position_ms"] > waiting["position_ms"] + 20_000
        )
        assert (step := playing.happens("step"))["step"] == 2, step  # the step that was ended is not told again
        playing.send("stop")
        assert playing.ends()[0] == 0


def test_what_is_played_agrees_with_what_is_shown(routine: str) -> None:
    """Each sentence of the first steps is told at the place that `show --json` gives it."""
    shown = json.loads(process("show", routine, "--json").out)
    with session(routine, "--from", "1") as playing:
        step, first = playing.happens("step"), playing.happens("said")
        playing.send("stop")
        assert playing.ends()[0] == 0
    assert (step["step"], step["position_ms"]) == (1, shown["steps"][1]["start_ms"])
    places = [(cue["start_ms"], cue["text"]) for cue in shown["cues"] if cue["step"] == 1 and cue.get("text")]
    assert (first["position_ms"], first["text"]) == places[0]


def test_at_the_end_of_the_commands_it_plays_on(routine: str) -> None:
    with session(routine) as playing:
        playing.send("what?")
        assert playing.running.stdin
        playing.running.stdin.close()
        playing.running.stdin = None
        assert playing.happens("command")["accepted"] is False
        assert playing.happens("said")
        playing.running.send_signal(signal.SIGINT)
        code, kinds = playing.ends()
    assert (code, kinds[-1]) == (130, "stopped")


def test_the_events_of_a_whole_session_are_in_the_file(routine: str, tmp_path: Path) -> None:
    file = tmp_path / "events"
    for _ in range(2):  # a record of events may be written over
        done = played(routine, "--events", str(file), commands=WHOLE, tmp_path=tmp_path)
        assert done.code == 0
        events = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        assert events[0]["event"] == "started"
        assert events[-1]["event"] == "ended"
        assert [event["wall_ms"] for event in events] == sorted(event["wall_ms"] for event in events)


@pytest.mark.parametrize("holds", [ROUTINE, "{}\n", "pause\n", "[1]"])
def test_the_events_are_written_over_nothing_else(routine: str, tmp_path: Path, holds: str) -> None:
    (tmp_path / "mine").write_text(holds, encoding="utf-8")
    done = refused(routine, "--events", str(tmp_path / "mine"))
    assert done.code == 1
    assert "mine is already there" in done.err
    assert (tmp_path / "mine").read_text(encoding="utf-8") == holds


def test_the_commands_are_no_place_for_the_events(routine: str, tmp_path: Path) -> None:
    (tmp_path / "other").symlink_to(tmp_path / "commands")
    (tmp_path / "commands").touch()
    done = refused(routine, "--commands", str(tmp_path / "commands"), "--events", str(tmp_path / "other"))
    assert (done.code, "is read for commands" in done.err) == (1, True)


@pytest.mark.parametrize(("events", "why"), [("/nowhere/x", "No such file"), (".", "Is a directory"), ("/dev/full", "No space")])  # fmt: skip # noqa: E501
def test_events_that_cannot_be_written_are_told(routine: str, events: str, why: str) -> None:
    if events == "/dev/full" and not Path(events).exists():
        pytest.skip("no /dev/full here")
    done = refused(routine, "--events", events)
    assert (done.code, f"{events} could not be written" in done.err) == (1, True)
    assert why in done.err
    assert "Traceback" not in done.err


@pytest.mark.skipif(os.name == "nt", reason="pipes of a shell")
def test_who_reads_no_more_events_ends_it(routine: str) -> None:
    done = process("play", routine, "--device", "null", "--events", "-", shell="| head -1")
    assert json.loads(done.out)["event"] == "started"
    assert "Traceback" not in done.err


def test_plain_is_a_line_an_event(routine: str, tmp_path: Path) -> None:
    done = played(routine, "--plain", commands=b"longer\n" + WHOLE, tmp_path=tmp_path)
    lines = done.out.splitlines()
    assert lines[:2] == ["0:00 started: Prøve", "0:00 step 0: Velkommen"]
    assert lines[-1].endswith(" ended")
    assert any("There is no command “longer”" in line and all(word in line for word in WORDS) for line in lines)
    assert any(line.endswith(" waiting: Træning") for line in lines)
    assert "\x1b" not in done.out


def test_without_plain_what_is_refused_is_told_beside_the_steps(routine: str, tmp_path: Path) -> None:
    done = played(routine, commands=b"longer\n" + WHOLE, tmp_path=tmp_path)
    assert done.out.startswith("0:00 Velkommen\n")
    assert "There is no command “longer”" in done.err


def test_a_step_that_is_not_there_is_told(routine: str) -> None:
    done = refused(routine, "--from", "99")
    assert (done.code, done.out) == (1, "")
    assert "there is no step 99" in done.err
    assert "0 to 4" in done.err


@pytest.mark.parametrize("path", ["/nowhere/commands", "."])
def test_commands_that_are_not_there_are_a_wrong_usage(routine: str, path: str) -> None:
    done = refused(routine, "--commands", path)
    assert (done.code, path in done.err) == (2, True)
