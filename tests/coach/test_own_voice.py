"""A voice that grows a line at a time loses at most the one that was being written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from voicecoach.coach import own_voice
from voicecoach.coach.own_voice import OwnVoice
from voicecoach.coach.sounds import Sounds


def killed(*arguments: object) -> None:
    raise KeyboardInterrupt


def test_what_ends_between_the_entry_and_the_file_loses_that_line_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = np.ones(4800, dtype=np.int16)
    voice = OwnVoice(str(tmp_path / "anna"))
    with Sounds() as sounds:
        voice.speaks("en", sounds)
    assert not (tmp_path / "anna").exists()
    voice.keep("One.", words)
    with monkeypatch.context() as patch:
        patch.setattr(own_voice, "write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            voice.keep("Two.", words)
    again = OwnVoice(str(tmp_path / "anna"))
    assert (again.has("one"), again.has("two")) == (True, False)
    assert again.keep("Two.", words) == tmp_path / "anna" / "two.wav"
    assert OwnVoice(str(tmp_path / "anna")).has("two")
