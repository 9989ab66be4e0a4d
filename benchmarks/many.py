"""How long `list` and `check` take with many files of one's own, and after one change. See benchmarks/README.md.

    python benchmarks/many.py [--files N]

The files are shipped routines under other names, each tenth with an exercise of a person's own. Every figure is a
whole process, from its start to its end.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

ROUTINES = Path(__file__).parents[1] / "scripts" / "routines"
EXERCISE = "own-{0}:\n  name: {{en: Turn, da: Drej}}\n  kind: mobility\n  instruction: {{en: {1}, da: Drej.}}\n"
COMMANDS = ("list", "check")


def write_files(own: Path, count: int) -> None:
    """`count` routines, and an exercise for each tenth of them."""
    shipped = sorted(ROUTINES.glob("*.yaml"))
    for folder in ("routines", "exercises"):
        (own / folder).mkdir(parents=True)
    for number in range(count):
        text = shipped[number % len(shipped)].read_text(encoding="utf-8").rstrip()
        if number % 10 == 0:
            write_exercise(own, number, "Turn.")
            text = with_step(text, f"{{exercise: own-{number}, reps: 4}}")
        (own / "routines" / f"r{number:03}.yaml").write_text(f"# {number}\n{text}\n", encoding="utf-8")


def with_step(text: str, step: str) -> str:
    """The routine with one more step, the first."""
    return text.replace("\nsteps:\n", f"\nsteps:\n  - {step}\n", 1)


def write_exercise(own: Path, number: int, text: str) -> None:
    (own / "exercises" / f"own-{number}.yaml").write_text(EXERCISE.format(number, text), encoding="utf-8")


def change_routine(own: Path) -> None:
    path = own / "routines" / "r001.yaml"
    path.write_text(with_step(path.read_text(encoding="utf-8"), "{rest: 10 s}"), encoding="utf-8")


def seconds(command: str, environment: Mapping[str, str]) -> float:
    """One process, start to end; `check` may find problems."""
    start = time.perf_counter()
    arguments = [sys.executable, "-m", "voicecoach", command]
    done = subprocess.run(arguments, capture_output=True, env=dict(environment), check=False)
    if done.returncode > 1:
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - start


def measured(own: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, list[float]]]:
    """What was done before, and how long each command took then."""
    changes: list[tuple[str, Callable[[], object]]] = [
        ("nothing was read before", lambda: None),
        ("no change", lambda: None),
        ("one routine changed", lambda: change_routine(own)),
        ("one exercise changed", lambda: write_exercise(own, 20, "Turn round.")),
    ]
    for what, change in changes:
        change()
        yield what, [seconds(command, environment) for command in COMMANDS]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=500)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "own")
        write_files(own, files)
        (own / "config.toml").write_text(
            '[en]\nvoice = "pyttsx3"\n', encoding="utf-8"
        )  # the one that is always there
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            "VOICECOACH_CONFIG_DIR": str(own),
            "VOICECOACH_CACHE_DIR": f"{folder}/cache",
        }
        environment.pop("VOICECOACH_ROUTINES", None)
        print(f"| {files} files | " + " | ".join(f"{command} | × unchanged" for command in COMMANDS) + " |")
        print("|---|" + "---:|" * 2 * len(COMMANDS))
        rows = list(measured(own, environment))
    unchanged = rows[1][1]
    for what, taken in rows:
        cells = (f"{took:.2f} s | {took / least:.1f}" for took, least in zip(taken, unchanged, strict=True))
        print(f"| {what} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
