"""`voicecoach read`: the words that would be spoken, on one line, and what nobody can know on the error stream."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.cli.running import run


def test_the_words_stand_on_one_line() -> None:
    done = run("read", "Hold 30 sek.\nSlip; 3 x 10 reps/side", "--lang", "da")
    assert (done.code, done.err) == (0, "")
    assert done.out == "Hold tredive sekunder. Slip, tre gange ti gentagelser per side\n"
    assert run("read", "--lang", "da", "--", "-5 °C").out == "minus fem grader\n"


def test_what_nobody_can_know_is_told_and_stands() -> None:
    done = run("read", "Until 3/4/2024.", "--lang", "en")
    assert done.code == 0
    assert done.out == "Until 3/4/2024.\n"
    assert "“3/4/2024” stands as it is" in done.err


def test_without_a_text_the_usage_is_wrong() -> None:
    assert run("read", " ", "--lang", "da").code == 2
    assert run("read", "💪", "--lang", "da").code == 0


def test_the_standard_input() -> None:
    command = [sys.executable, "-m", "voicecoach", "read", "-", "--lang", "en"]
    done = subprocess.run(command, input=b"at 8:05", capture_output=True, env=os.environ, check=True)
    assert done.stdout.decode() == "at eight oh five" + os.linesep
