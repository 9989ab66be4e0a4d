"""How long voicecoach takes to say what it can do, beside a Python that only imports click. See benchmarks/README.md.

    python benchmarks/start.py [--runs N]

Each figure is a whole process, from its start to its end. The ways take turns, so that a machine that is busy for a
while is busy for all of them; the median leaves out what happened once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence

CLICK = 'python -c "import click"'
WAYS: Mapping[str, tuple[Sequence[str], float]] = {
    CLICK: (("-c", "import click"), 1.0),
    "voicecoach --help": (("-m", "voicecoach", "--help"), 1.5),
    "voicecoach list": (("-m", "voicecoach", "list", "--lang", "en"), 2.0),
    "import voicecoach; voicecoach.Coach": (("-c", "import voicecoach; voicecoach.Coach"), 0.0),
}
"""What is run by this Python, and how many times as long as importing click it may take; 0: only told."""


def seconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    """One process, start to end. Raises CalledProcessError."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=dict(environment))
    return time.perf_counter() - start


def measured(runs: int, environment: Mapping[str, str]) -> dict[str, float]:
    """The median of each way. One run before them is not counted: it fills caches."""
    taken: dict[str, list[float]] = {way: [] for way in WAYS}
    for turn in range(runs + 1):
        for way, (arguments, _) in WAYS.items():
            took = seconds(arguments, environment)
            if turn:
                taken[way].append(took)
    return {way: statistics.median(times) for way, times in taken.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="of each way; 20 if not said")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        own = {"VOICECOACH_CACHE_DIR": f"{folder}/cache", "XDG_CONFIG_HOME": f"{folder}/config"}
        usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        medians = measured(runs, {**usual, **own})  # what is installed is compiled
    print(f"| way | median of {runs} | × click | at most |\n|---|---:|---:|---:|")
    for way, (_, limit) in WAYS.items():
        ratio = medians[way] / medians[CLICK]
        held = f"{limit:g}{' – not held' if ratio > limit else ''}" if limit else ""
        print(f"| `{way}` | {medians[way] * 1000:.0f} ms | {ratio:.2f} | {held} |")


if __name__ == "__main__":
    main()
