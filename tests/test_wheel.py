"""The wheel is enough: installed into an empty environment, in an empty folder, it lists, checks and exports."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NO_NETWORK = ("NewConnectionError", "ConnectTimeout", "name resolution", "ProxyError", "Network is unreachable")


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, ROOT, cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an environment that holds the wheel, what it needs, and nothing else."""
    environment = tmp_path_factory.mktemp("empty") / "venv"
    made = run(sys.executable, "-m", "venv", environment, cwd=environment.parent)
    assert made.returncode == 0, made.stdout + made.stderr
    programs = environment / ("Scripts" if os.name == "nt" else "bin")
    quick = ("--quiet", "--disable-pip-version-check", "--no-compile", "--retries", "1")
    done = run(programs / "pip", "install", *quick, wheel, cwd=environment.parent)
    if done.returncode and any(sign in done.stderr for sign in NO_NETWORK):
        pytest.skip("no package index can be reached, so that nothing can be installed")
    assert done.returncode == 0, done.stderr
    return programs


def test_the_wheel_holds_all_that_is_read(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    wanted = {f"voicecoach/{path.relative_to(ROOT).as_posix()}" for path in [*files("scripts"), *files("audio")]}
    wanted |= {path.relative_to(ROOT).as_posix() for path in files("voicecoach")}
    assert len(wanted) > 60
    assert {"voicecoach/py.typed", "voicecoach/language/da.yaml", "voicecoach/scripts/template.yaml"} <= wanted
    assert wanted <= held
    assert any(name.endswith("licenses/LICENSE") for name in held)
    assert not [name for name in held if name.startswith(("tests", "docs", "scripts", "audio"))]


def files(folder: str) -> list[Path]:
    return [path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def test_it_works_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VOICECOACH_", "XDG_"))}
    environment = {**kept, "HOME": str(tmp_path / "home"), "VOICECOACH_CACHE_DIR": str(tmp_path / "cache")}
    empty = tmp_path / "empty"
    empty.mkdir()

    def voicecoach(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = run(installed / "voicecoach", *arguments, cwd=empty, env=environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done

    listed = {line.split()[0] for line in voicecoach("list").stdout.splitlines()}
    assert listed == {path.stem for path in (ROOT / "scripts" / "routines").glob("*.yaml")}
    assert "no problems" in voicecoach("check", "screening").stderr
    assert not list(empty.iterdir())
    voicecoach("export", "screening", "--lang", "da", "-o", "screening.mp3")
    (written,) = empty.iterdir()
    assert written.read_bytes()[:3] == b"ID3"
    assert written.stat().st_size > 100_000
