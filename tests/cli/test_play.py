"""Playing at a terminal: the real program, keys as keyboards send them, a window that changes."""

from __future__ import annotations

import re
import sys
import time

import pytest

if sys.platform == "win32":
    pytest.skip("pseudo-terminals are POSIX", allow_module_level=True)

from tests.cli.terminal import VOICECOACH, Terminal, terminal

ROUTINE = """\
title: Prøve
language: da
prepare: 20 s
steps:
  - {exercise: {name: Rolig gang, kind: cardio, instruction: Gå.}, duration: 60 s}
  - {exercise: {name: Planke, kind: strength, instruction: Løft kroppen.}, hold: 20 s}
  - stop: Gå ud og træn, som du plejer.
  - {exercise: {name: Fuglehunden, kind: strength, instruction: Stræk arm og ben.}, duration: 60 s}
"""


@pytest.fixture(scope="module")
def playing(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    path = tmp_path_factory.mktemp("play") / "prøve.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return (*VOICECOACH, "play", str(path), "--device", "null", "--lang", "da")


def begun(at: Terminal) -> None:
    at.shows(r"space pauses")
    at.shows(r"▶ Velkommen · 0:\d\d left · next: Rolig gang")  # the rest is known now


def test_special_keys_move_and_never_end(playing: tuple[str, ...]) -> None:
    with terminal(*playing) as at:
        begun(at)
        cooked = at.settings()
        at.press(b"\x1b[C")  # →
        at.shows(r"▶ Rolig gang · get ready 0:\d\d · next: Planke")
        at.press(b"\x1b[6", b"~", apart_s=0.05)  # PageDown, in two pieces
        at.shows(r"▶ Planke · get ready")
        at.press(b"\x1b", b"[5~", apart_s=0.05)  # PageUp
        at.shows(r"▶ Rolig gang")
        at.press(b"\x1b[15~")  # F5
        at.shows(r"n  → ↓  PageDown  next step")
        at.press(b"\x1b[200~qqq\x1b[201~", b"\x1b[<0;5;5M", b"\x1bq")  # a paste, a click, Alt-q
        at.shows(r"these keys")
        at.press(b"?")
        at.shows(r"these keys")
        at.press(b"\x1bOB")  # ↓ of a keypad in application mode
        at.shows(r"▶ Planke")
        at.press(b"\x1b")
        assert at.ends() == 0
        assert at.settings() != cooked or cooked == 0
        assert at.heard.rstrip().endswith(b"\x1b[?2004l")


def test_a_step_that_waits_is_not_jumped_over(playing: tuple[str, ...]) -> None:
    with terminal(*playing) as at:
        begun(at)
        at.press(b" ")
        at.shows(r"❚❚ Velkommen")
        at.press(b"n")
        at.shows(r"❚❚ Rolig gang")
        time.sleep(0.3)  # the key is let go of
        at.press(b"n" * 40)  # and held
        at.shows(r"❚❚ Planke")
        at.press(b" ")
        at.shows(r"▶ Planke")
        at.press(b"n")
        at.shows(r"▶ \S+ · in your own time · next: Fuglehunden")
        at.press(b"\x1b[B")
        at.shows(r"❚❚ \S+ · press space when you are ready · next: Fuglehunden")
        at.press(b" ")
        at.shows(r"▶ Fuglehunden · get ready")
        at.press(b"q")
        assert at.ends() == 0


def test_a_narrow_window_shows_the_time_in_one_line(playing: tuple[str, ...]) -> None:
    with terminal(*playing) as at:
        begun(at)
        at.press(b"n")
        at.shows(r"▶ Rolig gang · get ready 0:\d\d · next: Planke · 0:\d\d of 3:\d\d")
        for columns in (40, 24):
            at.resize(columns)
            line = at.shows(r"\r(▶ Rol[^\r]*get ready 0:\d\d)\x1b\[J\r")[1]
            assert len(line) < columns
        at.press(b"q")
        assert at.ends() == 0
    assert all(len(line) < 80 for line in re.findall("\r([▶❚][^\r\x1b]*)", at.heard.decode()))


def test_stopped_and_in_front_again_the_keys_work(playing: tuple[str, ...]) -> None:
    with terminal("bash", "--norc", "--noprofile", "--noediting", "-i") as at:
        at.shows(r"\$ ")
        at.press(" ".join(f"'{word}'" for word in playing).encode() + b"\n")
        begun(at)
        keys_at_once = at.settings()
        at.press(b"n")
        at.shows(r"▶ Rolig gang · get ready")
        at.press(b"\x1a")
        at.shows(r"Stopped(.|\n)*\$ ")
        assert at.settings() != keys_at_once
        at.press(b"fg\n")
        at.shows(r"▶ Rolig gang · get ready")
        at.press(b"n")
        at.shows(r"▶ Planke")
        assert at.settings() == keys_at_once
        at.press(b" ")
        at.shows(r"❚❚ Planke")
        at.press(b"\x1a")
        at.shows(r"Stopped(.|\n)*\$ ")
        at.press(b"fg\n")
        at.shows(r"❚❚ Planke")  # who paused stays paused
        at.press(b"q")
        at.shows(r"\$ ")
        at.press(b"exit\n")
        at.ends()
