"""What is no ordinary file, wherever a person can put one: an answer at once, of every command, never a traceback.

Each has a time limit that fails.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.cli.running import CODE, Done, run
from tests.usual_voice import with_usual_voice

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")

SHORT = "title: {en: Calm}\nsteps: [{say: {en: Hi.}}]\n"
LIMIT_S = 60
"""Far beyond what an answer takes; what hangs, hangs for ever."""


def answer(
    *arguments: str | Path,
    code: str = "input",
    env: dict[str, str] | None = None,
    shell: str = "",
    before: tuple[str, ...] = (),
) -> str:
    """What is said, to either stream. Of a process of its own where its streams or its rights are others."""
    done = _by_itself(arguments, env or {}, shell, before) if shell or before else _here(arguments, env or {})
    said = done.out + done.err
    assert "Traceback" not in said
    assert done.code == CODE[code], said
    return said


def _here(arguments: tuple[str | Path, ...], env: dict[str, str]) -> Done:
    with patch.dict(os.environ, env), limited():
        return run(*arguments)


@contextmanager
def limited() -> Iterator[None]:
    """A wait that never ends, for a file or for another process, ends in an error."""

    def fail(*_: object) -> None:
        pytest.fail(f"no answer in {LIMIT_S} seconds")  # which nothing takes for an error of a file

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(LIMIT_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _by_itself(arguments: tuple[str | Path, ...], env: dict[str, str], shell: str, before: tuple[str, ...]) -> Done:
    command = [*before, sys.executable, "-m", "voicecoach", *map(str, arguments)]
    line = ["bash", "-c", f'"$@" {shell}', "bash", *command]
    environment = {**os.environ, "PYTHONUTF8": "1", **env}
    done = subprocess.run(
        line, env=environment, capture_output=True, text=True, timeout=LIMIT_S, stdin=subprocess.DEVNULL, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


def fifo(path: Path) -> None:
    os.mkfifo(path)


def zeros(path: Path) -> None:
    path.symlink_to("/dev/zero")


def large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


def folder(path: Path) -> None:
    path.mkdir()


def circle(path: Path) -> None:
    path.symlink_to(path)


ODD = [fifo, zeros, large, folder, circle]
odd = pytest.mark.parametrize("make", ODD, ids=lambda make: make.__name__)
"""All of them, at one place; elsewhere two that would hang or fill the memory: behind all is `reading_files`."""
two_odd = pytest.mark.parametrize("make", [fifo, large], ids=lambda make: make.__name__)
Make = Callable[[Path], None]


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    path = tmp_path / "short.yaml"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a person's own things."""
    path = with_usual_voice(tmp_path / "config" / "voicecoach")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return path


@odd
def test_as_a_routine(make: Make, tmp_path: Path) -> None:
    make(tmp_path / "x.yaml")
    commands = [["check"], ["export", "-o", str(tmp_path / "x.wav")]]
    if make is fifo:  # what would hang is tried with all that read a routine; they read it through one door
        commands += [["show"], ["record-list"]]
    for command, *rest in commands:
        said = answer(command, tmp_path / "x.yaml", *rest)
        assert re.search(r"ordinary file|100 MB|a folder|in a circle", said)


@two_odd
def test_as_the_configuration(make: Make, own: Path) -> None:
    (own / "config.toml").unlink()
    make(own / "config.toml")
    assert "config.toml:1:1: error" in answer("show", "contrast", "--lang", "en")


@two_odd
def test_as_own_routine_and_exercises(make: Make, own: Path, routine: Path) -> None:
    for name in ("routines", "exercises"):
        (own / name).mkdir()
        make(own / name / "x.yaml")
    assert "back-cool-down" in answer("list", code="done")
    assert "Hi." in answer("show", routine, code="done")
    assert f"{own / 'exercises' / 'x.yaml'}:1:1: error" in answer("check", own / "exercises" / "x.yaml")


@two_odd
def test_as_a_lexicon(make: Make, own: Path, routine: Path) -> None:
    make(own / "lexicon-en.toml")
    assert "lexicon-en.toml:1:1: error" in answer("show", routine)


@two_odd
def test_as_a_tone(make: Make, own: Path, routine: Path, tmp_path: Path) -> None:
    (own / "tones").mkdir()
    make(own / "tones" / "start.wav")
    held = "title: {en: Calm}\nsteps: [{exercise: {name: {en: Cat}, kind: mobility}, hold: 20 s}]\n"
    routine.write_text(held, encoding="utf-8")
    code = "done" if make is folder else "input"  # a folder is no tone; it may hold other versions of one
    said = answer("show", routine, code=code)
    assert make is folder or "start.wav could not be read" in said


@two_odd
def test_as_music(make: Make, routine: Path, tmp_path: Path) -> None:
    make(tmp_path / "x.mp3")
    said = answer("export", routine, "-o", tmp_path / "x.wav", "--music", tmp_path / "x.mp3")
    assert re.search(r"no music|no sound", said)
    assert not (tmp_path / "x.wav").exists()


@two_odd
def test_as_the_file_to_verify(make: Make, routine: Path, tmp_path: Path) -> None:
    make(tmp_path / "x.mp3")
    assert "x.mp3 could not be heard" in answer("verify", tmp_path / "x.mp3", routine)


@two_odd
def test_as_a_manifest_and_as_a_recording(make: Make, routine: Path, tmp_path: Path) -> None:
    voice = tmp_path / "mor"
    voice.mkdir()
    make(voice / "manifest.toml")
    answer("show", routine, "--voice", f"recordings:{voice}")
    make(tmp_path / "hi.wav")
    other = tmp_path / "far"
    other.mkdir()
    manifest = 'language = "en"\nfill_from = "pyttsx3:gmw/en-us"\n[clips]\n"Hi." = "../hi.wav"\n'
    (other / "manifest.toml").write_text(manifest, encoding="utf-8")
    answer("show", routine, "--voice", f"recordings:{other}", code="machine" if make is large else "done")


@two_odd
def test_in_the_cache(make: Make, routine: Path, tmp_path: Path) -> None:
    cache = {"VOICECOACH_CACHE_DIR": str(tmp_path / "cache")}
    answer("show", routine, code="done", env=cache)
    answer("list", code="done", env=cache)
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.suffix in (".kept", ".speech", ".json")]
    assert len(kept) >= 3
    for path in kept:
        path.unlink()
        make(path)
    assert "Hi." in answer("show", routine, code="done", env=cache)
    assert "back-cool-down" in answer("list", code="done", env=cache)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["show", "~nosuchuser/x.yaml"], "there is no such file"),
        (["export", "contrast", "-o", "~nosuchuser/x.wav"], "nobody's home"),
        (["export", "contrast", "--split", "-o", "~nosuchuser/x"], "nobody's home"),
        (["export", "contrast", "-o", "x.wav", "--music", "~nosuchuser/x.mp3"], "nobody's home"),
        (["show", "contrast", "--voice", "recordings:~nosuchuser/x"], "nobody's home"),
        (["record-list", "contrast", "-o", "~nosuchuser/x.tsv"], "nobody's home"),
        (["new", "~nosuchuser/x.yaml"], "nobody's home"),
        (["verify", "~nosuchuser/x.wav", "contrast"], "there is no file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_the_home_of_nobody(arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in answer(*arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["VOICECOACH_CACHE_DIR", "VOICECOACH_DATA_DIR"])
def test_the_home_of_nobody_in_a_variable(
    name: str, routine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = answer("show", routine, "--voice", "recordings:mor", env={name: "~nosuchuser/x"})
    assert "nobody's home" in said
    assert list(tmp_path.iterdir()) == [routine]


def test_streams_that_are_closed(routine: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.wav"
    for shell in ("2>&-", "<&- >&- 2>&-"):
        answer("export", routine, "-o", out, code="done", shell=shell)
        assert out.stat().st_size > 1000
        out.unlink()
    assert "standard output could not be written: it is closed" in answer("export", routine, "-o", "-", shell=">&-")
    assert "standard output could not be written: it is closed" in answer("list", shell=">&-")
    answer("lst", code="usage", shell="2>&-")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux has such a device")
def test_streams_that_are_full(routine: Path, tmp_path: Path) -> None:
    assert "standard output could not be written: the disk is full" in answer("list", shell=">/dev/full")
    assert "standard output could not be written: the disk is full" in answer(
        "export", routine, "-o", "-", shell=">/dev/full"
    )
    answer("export", routine, "-o", tmp_path / "x.wav", code="done", shell="2>/dev/full")
    assert (tmp_path / "x.wav").exists()


AS_A_GUEST = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
"""How root is asked for permission too."""


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A folder of somebody else's, with nothing in it that one could know of."""
    folder = tmp_path / "closed"
    (folder / "voicecoach" / "x").mkdir(parents=True)
    if os.geteuid() == 0:
        os.chown(folder, 65534, 65534)
    folder.chmod(0o700 if os.geteuid() == 0 else 0)
    yield folder
    folder.chmod(0o700)


@pytest.fixture(scope="module")
def guest() -> tuple[str, ...]:
    if os.geteuid() != 0:
        return ()
    if (
        not shutil.which("setpriv")
        or subprocess.run([*AS_A_GUEST, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("root may look into everything")
    return AS_A_GUEST


@pytest.mark.parametrize("name", ["VOICECOACH_CACHE_DIR", "XDG_CONFIG_HOME", "VOICECOACH_DATA_DIR"])
def test_a_folder_that_one_may_not_look_into_is_done_without(
    name: str, closed: Path, guest: tuple[str, ...], routine: Path
) -> None:
    inside = {name: str(closed / "x") if name == "VOICECOACH_CACHE_DIR" else str(closed)}
    assert "Hi." in answer("show", routine, code="done", env=inside, before=guest)
    assert "back-cool-down" in answer("list", code="done", env=inside, before=guest)


def test_a_folder_that_one_may_not_look_into_is_named(closed: Path, guest: tuple[str, ...], routine: Path) -> None:
    inside = closed / "voicecoach" / "x"
    cases: tuple[tuple[list[str | Path], str], ...] = (
        (["show", inside / "y.yaml"], "no permission to read it"),
        (["export", routine, "-o", closed / "y.wav"], f"you may not write in {closed}"),
        (["export", routine, "-o", inside / "y.wav"], f"you may not write in {closed}, or look into it"),
        (["export", routine, "--split", "-o", inside], f"you may not write in {closed}, or look into it"),
        (["show", routine, "--voice", f"recordings:{inside}"], "no permission to look into"),
    )
    for arguments, said in cases:
        heard = answer(*arguments, before=guest)
        assert said in heard
        assert "mkdir" not in heard


def test_a_folder_is_proposed_only_where_it_can_be_made(routine: Path, tmp_path: Path) -> None:
    long = "x" * 300
    for path, said in (
        (tmp_path / "no ne" / "x.wav", f"mkdir -p '{tmp_path / 'no ne'}'"),
        (routine / "a" / "x.wav", f"{routine} is no folder"),
        (tmp_path / long / "x.wav", "the name is too long"),
        (tmp_path / f"{long}.wav", "the name is too long"),
    ):
        heard = answer("export", routine, "-o", path)
        assert said in heard
        assert heard.count("mkdir") == said.count("mkdir")
