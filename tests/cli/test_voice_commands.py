"""What can be done with voices, the configuration, and a voice of one's own, as a person meets them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest

from tests.cli.running import CODE, process, run
from tests.speech.clips import make_voice, write_clip

ROUTINE = """\
title: {da: Prøve}
language: da
prepare: 3 s
steps:
  - exercise: {name: {da: Katten}, kind: mobility, instruction: {da: Krum ryggen.}}
    hold: 8 s
    count: last 3
"""


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    path = tmp_path / "prøve.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's recordings."""
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "recordings"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    (tmp_path / "config" / "voicecoach").mkdir(parents=True)
    return tmp_path / "config" / "voicecoach" / "config.toml"


def sheet(routine: Path, *options: str) -> dict[str, str]:
    """Text → file, of `record-list` as TSV."""
    lines = run("record-list", routine, *options).out.splitlines()
    return {cells[2]: cells[3] for cells in (line.split("\t") for line in lines[1:])}


# --- the list ------------------------------------------------------------------------------------------------


def test_the_voice_that_speaks_by_default_has_a_star(data: Path, config: Path) -> None:
    make_voice(data / "mor", {"fem": "fem.wav"})
    stars = [line.split()[1] for line in run("voices").out.splitlines() if line.startswith("*")]
    assert len(stars) == 2
    assert "recordings:mor" not in stars
    config.write_text('[da]\nvoice = "recordings:mor"\n', encoding="utf-8")
    assert "*  recordings:mor" in run("voices").out


def test_the_list_as_json_and_in_one_language() -> None:
    entries = json.loads(run("voices", "--json").out)
    keys = {"engine", "id", "name", "language", "quality", "licence", "installed", "how_to_get", "default"}
    keys |= {"languages", "size_mb", "restriction"}
    assert all(set(entry) == keys for entry in entries)
    assert all(entry["installed"] or entry["how_to_get"] for entry in entries)
    danish = json.loads(run("voices", "--json", "--lang", "da").out)
    assert danish == [entry for entry in entries if "da" in entry["languages"]]
    assert sum(entry["default"] for entry in danish) == 1
    assert "gmw/en" not in run("voices", "--lang", "da").out


# --- say and warm --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("voice", ["pyttsx3:gmq/da", "gmq/da", "pyttsx3:gmw/en"])
def test_say_writes_a_sample(tmp_path: Path, voice: str) -> None:
    done = run("voices", "say", voice, "-o", tmp_path / "x.wav")
    assert done.code == 0
    with wave.open(str(tmp_path / "x.wav")) as file:
        assert 4 < file.getnframes() / file.getframerate() < 20
    assert voice.split(":")[-1] in done.err


def test_say_plays_a_text() -> None:
    done = run("voices", "say", "pyttsx3:gmq/da", "Hej.", "--device", "null")
    assert (done.code, done.out) == (0, "")
    assert done.err == "Voice: eSpeak Danish (pyttsx3:gmq/da, basic)\n"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["pyttsx3:gmq/dk"], "input", "Did you mean pyttsx3:gmq/da?"),
        (["nobody"], "input", "there is no voice “nobody”"),
        (["pyttsx3:gmq/da", "…"], "input", "there is no word in it"),
        (["pyttsx3:gmq/da", "x" * 121], "input", "a word of more than 120 characters"),
        (["pyttsx3:gmq/da", " "], "usage", "TEXT is empty"),
        (["pyttsx3:gmq/da", "-o", "x.xyz"], "input", "xyz"),
        (["recordings:nobody"], "input", "manifest.toml"),
    ],
)
def test_say_tells_what_is_wrong(data: Path, arguments: list[str], code: str, says: str) -> None:
    done = run("voices", "say", *arguments)
    assert says in done.err
    assert done.code == CODE[code]


def test_warm_says_how_much_and_then_that_it_is_there(
    routine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    done = run("voices", "warm", routine)
    assert done.code == 0
    count = len(sheet(routine)) + 3  # each count also at the pace for a second that is too short for it
    assert done.out.startswith(f"prøve: {count} lines, 0:")
    assert "0 of them new (pyttsx3:gmq/da)" in run("voices", "warm", routine, "--lang", "da").out


@pytest.mark.skipif(sys.platform == "win32", reason="there, no signal ends it")
def test_warm_can_be_stopped_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cache"))
    command = [sys.executable, "-m", "voicecoach", "voices", "warm", "back-cool-down", "--lang", "da"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as warming:
        until = time.monotonic() + 60
        while not any((tmp_path / "cache").glob("speech/**/*.speech")) and time.monotonic() < until:
            time.sleep(0.005)
        warming.send_signal(signal.SIGINT)
        warming.communicate()
    assert warming.returncode == 130
    kept = len(list((tmp_path / "cache").glob("speech/**/*.speech")))
    done = run("voices", "warm", "back-cool-down", "--lang", "da")
    total, new = (int(number) for number in re.findall(r"(\d+) lines, .*?, (\d+) of them new", done.out)[0])
    assert 0 < total - new <= kept


# --- which voice ---


def test_where_a_plain_voice_speaks_a_natural_one_is_told_of_once_a_day(
    routine: Path, data: Path, config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not config.exists()  # nobody chose a voice
    cache = tmp_path / "cache"
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(cache))
    line = "A natural Danish voice (63 MB, licence CC0): "
    advice = "voicecoach voices add da_DK-talesyntese-medium"

    def told(*arguments: str) -> int:
        done = run(*arguments)
        assert done.code == 0
        assert line not in done.out
        return done.err.count(line)

    (tmp_path / "stop").write_text("stop\n")
    play = ("play", str(routine), "--device", "null", "--commands", str(tmp_path / "stop"))
    export = ("export", str(routine), "--force", "-o")
    assert told(*play, "--plain") == told(*play, "--events", str(tmp_path / "events")) == 0
    assert line not in process(*export, "-", shell="2>&1 >/dev/null").out
    assert told("show", str(routine), "--json") == 0
    assert told(*export, str(tmp_path / "x.wav"), "--voice", "pyttsx3") == 0  # somebody chose it
    done = run(*export, str(tmp_path / "x.wav"))
    assert line in done.err
    assert advice in done.err
    assert told(*export, str(tmp_path / "x.wav")) == 0
    kept = next(cache.glob("told-*"))
    os.utime(kept, (1, 1))
    assert told(*play) == 1
    assert told(*play) == 0


def test_the_list_tells_how_to_get_a_natural_voice(data: Path, config: Path) -> None:
    config.write_text("", encoding="utf-8")
    done = run("voices", "--lang", "da")
    assert "A natural Danish voice (63 MB, licence CC0): " in done.err
    assert "voicecoach voices add da_DK-talesyntese-medium (63 MB)" in done.out
    (row,) = (line for line in done.out.splitlines() if "supertonic" in line)
    assert "supertonic:F1 … M5" in row
    assert "da, en" in row
    assert "voicecoach voices add supertonic (401 MB)" in row
    config.write_text('[da]\nvoice = "pyttsx3"\n', encoding="utf-8")
    assert run("voices", "--lang", "da").err == ""


def test_voices_are_compared(tmp_path: Path, data: Path) -> None:
    make_voice(data / "mor", {"Hej.": "hej.wav"})
    make_voice(data / "nobody", {})
    done = run("voices", "compare", "--lang", "da", "-o", tmp_path / "x.wav")
    assert done.code == 0
    assert [line.partition("  ")[2] for line in done.err.splitlines()[:-1] if line[0].isdigit()] == [
        "eSpeak Danish (pyttsx3:gmq/da, basic)",
        "Mor (recordings:mor, own)",
    ]
    assert "recordings:nobody says nothing" in done.err
    assert (tmp_path / "x.wav").exists()
    assert run("voices", "compare", "--lang", "da", "-o", tmp_path / "x.xyz").code == CODE["input"]


# --- what to record ------------------------------------------------------------------------------------------


def test_the_sheet_has_every_line_that_may_be_said(routine: Path) -> None:
    done = run("record-list", routine)
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert rows[0] == ["number", "role", "text", "file", "at most", "needed"]
    assert [row[0] for row in rows[1:]] == [f"{number:03}" for number in range(1, len(rows))]
    by_text = {row[2]: row for row in rows[1:]}
    assert by_text["tre"][4] == "0.8 s"
    assert by_text["Begynd."][3].endswith("-begynd.wav")
    said = {cue["text"] for cue in json.loads(run("show", routine, "--json").out)["cues"] if cue["kind"] == "speech"}
    assert said <= set(by_text)
    assert len({row[3] for row in rows[1:]}) == len(rows) - 1
    assert done.err == f"{len(rows) - 1} lines to record.\n"


def test_markdown_manifest_and_what_is_neither(routine: Path, tmp_path: Path) -> None:
    assert run("record-list", routine, "-o", tmp_path / "x.md").code == 0
    assert (tmp_path / "x.md").read_text(encoding="utf-8").startswith("| number | role |")
    run("record-list", routine, "-o", tmp_path / "x.toml")
    assert (tmp_path / "x.toml").read_text(encoding="utf-8") == run("record-list", routine, "--manifest").out
    assert run("record-list", routine, "-o", tmp_path / "x.pdf").code == CODE["input"]
    assert run("record-list", "back-cool-down", "--lang", "en").out.count("\n") > 40


def test_from_the_list_to_a_routine_in_an_own_voice(routine: Path, data: Path, config: Path) -> None:
    mor = data / "mor"
    mor.mkdir(parents=True)
    run("record-list", routine, "-o", mor / "manifest.toml")
    done = run("export", routine, "--voice", "recordings:mor", "-o", data / "x.wav")
    files = sheet(routine)
    assert done.code == CODE["machine"]
    optional = "“Katten.”"
    assert done.err.count("is not there)") == len(files) - (optional not in done.err)  # every line, not the first
    assert f"voicecoach record-list {routine} --voice recordings:mor" in done.err

    for name in files.values():
        write_clip(mor / name, word_ms=400)
    done = run("export", routine, "--voice", "recordings:mor", "-o", data / "x.wav")
    assert done.code == 0
    assert "Voice: My voice (recordings:mor, own)" in done.err
    assert run("record-list", routine, "--missing-from", "mor").err == "0 lines to record in recordings:mor.\n"

    (mor / files["tre"]).unlink()
    assert list(sheet(routine, "--voice", "recordings:mor")) == ["tre"]
    assert list(sheet(routine, "--missing-from", str(mor))) == ["tre"]
    config.write_text('[da]\nvoice = "recordings:mor"\n', encoding="utf-8")
    assert run("show", routine).code == CODE["machine"]
    checked = run("check", routine)
    assert "[not-recorded]" in checked.out
    assert "“tre”" in checked.out
    assert checked.code == 0

    manifest = mor / "manifest.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("# fill_from", "fill_from"), encoding="utf-8")
    done = run("export", routine, "-o", data / "x.wav")
    assert done.code == 0
    assert "what is not recorded: pyttsx3:gmq/da" in done.err


def test_an_own_voice_says_its_first_lines(data: Path, tmp_path: Path) -> None:
    make_voice(data / "mor", {f"linje {number}": f"{number}.wav" for number in range(10)})
    assert run("voices", "say", "mor", "-o", tmp_path / "x.wav").code == 0
    assert words_in(tmp_path / "x.wav") == 8


def words_in(path: Path) -> int:
    """How many sounds there are with silence between them."""
    with wave.open(str(path)) as file:
        samples, rate = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2"), file.getframerate()
    loud = np.abs(samples[: len(samples) // (rate // 50) * (rate // 50)]).reshape(-1, rate // 50).max(axis=1) > 1000
    return int(np.count_nonzero(np.diff(loud, prepend=False) & loud))


# --- the configuration ---------------------------------------------------------------------------------------


def test_errors_of_the_configuration_are_told_with_their_lines(config: Path, routine: Path) -> None:
    config.write_text("[da]\nvoise = 'x'\n", encoding="utf-8")
    done = run("show", routine)
    assert done.code == CODE["input"]
    assert f"{config}:2:1: error: there is no `voise` here [unknown-key]" in done.err
    assert "Did you mean `voice`?" in done.err


def test_play_export_show_and_check_agree(config: Path, routine: Path, tmp_path: Path) -> None:
    usual = json.loads(run("show", routine, "--json").out)
    config.write_text("[da]\npace = 'calm'\n", encoding="utf-8")
    calm = json.loads(run("show", routine, "--json").out)
    assert calm["duration_ms"] > usual["duration_ms"]
    run("export", routine, "-o", tmp_path / "x.wav")
    with wave.open(str(tmp_path / "x.wav")) as file:
        assert file.getnframes() == calm["duration_ms"] * 48
    assert json.loads(run("show", routine, "--json", "--pace", "normal").out) == usual
    assert run("show", routine, "--pace", "4").code == CODE["usage"]


def test_loudness_is_beside_the_usual(config: Path, routine: Path, tmp_path: Path) -> None:
    levels = []
    for loudness in (0, -6):
        config.write_text(f"[da]\nloudness = {loudness}\n", encoding="utf-8")
        run("export", routine, "-o", tmp_path / "x.wav")
        levels.append(_rms(tmp_path / "x.wav"))
    assert levels[1] / levels[0] == pytest.approx(10 ** (-6 / 20), rel=0.1)


def _rms(path: Path) -> float:
    import numpy as np

    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(float)
    return float(np.sqrt((samples**2).mean()))


# --- what is told beside -------------------------------------------------------------------------------------


def test_the_voice_is_told_where_it_is_heard_and_nowhere_else(routine: Path, tmp_path: Path) -> None:
    assert run("export", routine, "-o", tmp_path / "x.wav").err.startswith(
        "Voice: eSpeak Danish (pyttsx3:gmq/da, basic)"
    )
    assert "Voice:" not in run("show", routine, "--json").err
    assert "Voice" not in process("export", str(routine), "-o", "-", shell="2>&1 >/dev/null").out


def test_a_cache_that_cannot_be_written_is_told_once(
    routine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "file" / "cache"))
    done = run("export", routine, "-o", tmp_path / "x.wav")
    assert done.code == 0
    assert done.err.count("The speech cache in") == 1


@pytest.mark.parametrize("command", ["--help", "list", "voices --help", "record-list --help", "voices warm --help"])
def test_help_and_list_load_nothing_heavy(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))  # a config.toml is read with tomllib
    run("list")  # reads the routines, if they were not read before; what it tells is kept
    code = (
        f"import sys; sys.argv = ['voicecoach', *{command.split()!r}]\n"
        "from voicecoach.cli.main import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'pydantic', 'tomllib', 'tomli', 'yaml', 'soxr'} & set(sys.modules)\n"
        "print(sorted(heavy), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.strip().endswith("[]")
