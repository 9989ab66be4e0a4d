"""`voicecoach verify`: what a person and a machine read, and what is said of files that cannot be heard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest

from tests.verify.conftest import ROUTINE, Judge
from voicecoach.cli.main import main


def run(*args: object, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["voicecoach", "verify", *map(str, args)])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return path


def test_a_good_file_is_told_a_line_a_promise(
    danish: Judge, routine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report = danish.report(danish.samples, "mp3")
    code = run(danish.folder / "judged.mp3", routine, "--lang", "da", monkeypatch=monkeypatch)
    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert len(lines) == len(report.promises)
    for line, promise in zip(lines, report.promises, strict=True):
        assert re.match(f"ok +{promise.id.replace('-', ' ')}  ", line)


def test_a_damaged_file_is_told_with_times_and_words(
    danish: Judge, routine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    damaged = danish.samples.copy()
    name = next(clip for clip in danish.timeline.clips if clip.role == "name")
    damaged[name.start_ms * 48 : name.end_ms * 48] = 0
    danish.report(damaged, "wav")
    code = run(danish.folder / "judged.wav", routine, "--lang", "da", monkeypatch=monkeypatch)
    out = capsys.readouterr().out
    assert code == 1
    assert "BROKEN cues heard" in out
    assert "Lændestræk" in out
    code = run(danish.folder / "judged.wav", routine, "--json", monkeypatch=monkeypatch)
    report = json.loads(capsys.readouterr().out)
    assert code == 1
    assert (report["schema"], report["ok"], report["language"]) == (1, False, "da")
    heard = next(promise for promise in report["promises"] if promise["id"] == "cues-heard")
    assert heard["offenders"][0]["at_ms"] == name.start_ms


def test_the_json_holds_only_finite_numbers(danish: Judge) -> None:
    silent = danish.report(np.zeros_like(danish.samples), "wav")
    assert not silent.kept
    json.dumps(silent.as_json(), allow_nan=False)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("none.mp3", None, "there is no file"),
        ("empty.mp3", b"", "empty"),
        ("text.mp3", b"not a sound, only words " * 50, "could not be heard"),
        ("text.wav", b"RIFF", "could not be heard"),
        (
            "header.wav",
            b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\1\0\1\0\x80\xbb\0\0\0\x77\1\0\2\0\x10\0data\0\0\0\0",
            "no sound",
        ),
        ("folder", b"folder", "folder"),
    ],
)
def test_a_file_that_cannot_be_heard_is_a_clear_error(
    name: str,
    content: bytes | None,
    says: str,
    routine: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / name
    if content == b"folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    assert run(path, routine, monkeypatch=monkeypatch) == 1
    captured = capsys.readouterr()
    assert says in captured.err
    assert "Traceback" not in captured.err
    assert not captured.out
