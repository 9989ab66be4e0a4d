"""What docs/voices.md says is tried: its commands, its files, and what is said for what is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.running import CODE, run
from tests.speech.clips import write_clip
from voicecoach.coach.config import load_config
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.spoken import number
from voicecoach.speech.recordings.manifest import read_recordings

ROOT = Path(__file__).parent.parent.parent
DOC = (ROOT / "docs" / "voices.md").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CONFIG, MANIFEST, LEXICON = re.findall(r"^```toml\n(.*?)^```$", DOC, re.M | re.S)
COMMANDS = [line for block in re.findall(r"^```sh\n(.*?)^```$", DOC, re.M | re.S) for line in block.splitlines()]
SAID = re.findall(r"^\| `([^`]+)` \| ([^`|]+) \| `([^`]+)` \| ([^`|]+) \|$", DOC, re.M)


def test_the_files_are_without_problems(tmp_path: Path) -> None:
    for name, text in (("config.toml", CONFIG), ("manifest.toml", MANIFEST), ("lexicon-da.toml", LEXICON)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert load_config(tmp_path / "config.toml").speaking("da").pace == 0.85
    assert read_recordings(tmp_path).fill_from == "pyttsx3:gmq/da"
    lexicon = Lexicon(number, tmp_path)
    assert lexicon.spoken("L5, Planke", "da", "pyttsx3") == "femte lændehvirvel, [[pl'?Ank@-]]"


def test_what_is_written_is_said_so() -> None:
    assert len(SAID) == 9
    lexicon = Lexicon(number)
    for danish, said, english, spoken in SAID:
        assert lexicon.spoken(danish, "da", "pyttsx3") == said
        assert lexicon.spoken(english, "en", "pyttsx3") == spoken


@pytest.mark.parametrize("command", [command for command in COMMANDS if command.startswith("voicecoach ")])
def test_every_command_runs(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the large voice as far as one comes without its 400 MB, and without agreeing to its licence."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    done = run(*command.split()[1:])
    if "supertonic" not in command:
        assert done.code == 0
    elif " add " in command:
        assert (done.code, "Read it; who agrees says so with --yes." in done.err) == (CODE["usage"], True)
    else:
        assert (done.code, "Get it: voicecoach voices add supertonic" in done.err) == (CODE["machine"], True)


def test_what_is_installed_is_an_extra() -> None:
    others = [command for command in COMMANDS if not command.startswith("voicecoach ")]
    named = re.findall(r'^pip install "voicecoach\[(\w+)\]"$', "\n".join(others), re.M)
    assert len(named) == len(others) > 0
    assert all(f"\n{name} = [" in PROJECT for name in named)


def test_what_the_manifest_names_speaks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path))
    folder = tmp_path / "recordings" / "mor"
    folder.mkdir(parents=True)
    (folder / "manifest.toml").write_text(MANIFEST, encoding="utf-8")
    write_clip(folder / "011-begynd.wav")
    write_clip(folder / "012-fem.wav")
    assert run("voices", "say", "recordings:mor", "-o", tmp_path / "x.wav").code == 0
    assert "lines to record in recordings:mor" in run("record-list", "screening", "--missing-from", "mor").err
