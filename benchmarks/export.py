"""How long it takes to make an MP3 of a routine, beside other ways to do it. See benchmarks/README.md.

    python benchmarks/export.py [--minutes 5 20 60] [--slowest MINUTES] [--runs N]

Every figure is a whole process, from its start to its end, measured here and now on the same words.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ROUND_MS = 143_000
WALK_MS = 90_000
OURS_WARM = "voicecoach, warm"
OBVIOUS = "pyttsx3 + pydub"


@dataclass(frozen=True)
class Run:
    seconds: float
    cpu_seconds: float
    """Of the process and all its children."""
    peak_mb: float
    """Of the largest process."""
    said: str


def run(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """One process, start to end. Raises CalledProcessError."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(environment))
    assert process.stdout is not None
    said = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.stdout.close()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1_000_000 if sys.platform == "darwin" else 1000
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, said)


def best(runs: Sequence[Run]) -> Run:
    """The quickest: whatever else the machine did only adds."""
    return min(runs, key=lambda one: one.seconds)


class Bench:
    def __init__(self, folder: Path, runs: int, slowest_minutes: int) -> None:
        self.folder, self.runs, self.slowest_minutes = folder, runs, slowest_minutes
        self.cache = folder / "cache"
        # Compiled code is kept, as in any installation.
        self.environment = {**os.environ, "VOICECOACH_CACHE_DIR": str(self.cache)}
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
        self.results: dict[tuple[str, int], Run] = {}
        self.inner: dict[int, tuple[float, float]] = {}
        self.skipped: dict[str, str] = {}

    def measure(self, minutes: int) -> None:
        routine = self._routine(minutes)
        out = self.folder / "out.mp3"
        export = [sys.executable, "-m", "voicecoach", "export", str(routine), "--lang", "da", "-o", str(out)]
        cold = []
        for _ in range(self.runs):
            shutil.rmtree(self.cache, ignore_errors=True)
            cold.append(self._run(export))
        self._keep("voicecoach, cold", minutes, cold)
        self._keep("voicecoach, words spoken", minutes, [self._without_renderings(export) for _ in range(self.runs)])
        self._keep(OURS_WARM, minutes, [self._run(export) for _ in range(self.runs + 2)])
        straight = [sys.executable, str(HERE / "straight.py"), str(routine), str(out)]
        done = self._run(straight)
        encoding, layout = done.said.split()
        self.inner[minutes] = float(encoding) / 1000, float(layout) / 1000
        self._peers(minutes, routine, out)

    def _peers(self, minutes: int, routine: Path, out: Path) -> None:
        from peers import PEERS

        plan = self._plan(routine)
        for name, (_, programs) in PEERS.items():
            missing = [program for program in programs if not shutil.which(program)]
            if missing:
                self.skipped[name] = f"{name}: not measured, as {' and '.join(missing)} is not installed"
            elif name == OBVIOUS and minutes > self.slowest_minutes:
                self.skipped[f"{name} {minutes}"] = (
                    f"{name}: {minutes} min not measured, as its time grows with the square (--slowest {minutes})"
                )
            else:
                self._keep(name, minutes, [self._run([sys.executable, str(HERE / "peers.py"), name, plan, str(out)])])

    def _run(self, command: Sequence[str]) -> Run:
        return run(command, self.environment)

    def _without_renderings(self, command: Sequence[str]) -> Run:
        shutil.rmtree(self.cache / "rendered")
        return self._run(command)

    def _keep(self, name: str, minutes: int, runs: Sequence[Run]) -> None:
        self.results[name, minutes] = best(runs)
        print(f"  {minutes:3} min  {name}: {best(runs).seconds:.2f} s", file=sys.stderr)

    def _routine(self, minutes: int) -> Path:
        path = self.folder / f"measured-{minutes}.yaml"
        rounds = max(round((minutes * 60_000 - WALK_MS) / ROUND_MS), 1)
        text = (HERE / "routine.yaml").read_text(encoding="utf-8")
        path.write_text(text.replace("{rounds}", str(rounds)), encoding="utf-8")
        return path

    def _plan(self, routine: Path) -> str:
        shown = self._run([sys.executable, "-m", "voicecoach", "show", str(routine), "--lang", "da", "--json"])
        timeline = json.loads(shown.said)
        words = [cue for cue in timeline["cues"] if cue["kind"] == "speech"]
        clips = [{"start_ms": cue["start_ms"], "text": cue["text"]} for cue in words]
        path = self.folder / "plan.json"
        path.write_text(json.dumps({"duration_ms": timeline["duration_ms"], "clips": clips}))
        return str(path)

    def report(self, lengths: Sequence[int]) -> str:
        warm = {minutes: self.results[OURS_WARM, minutes].seconds for minutes in lengths}
        rows = [
            "| way | " + " | ".join(f"{n} min | cpu | × ours | peak MB" for n in lengths) + " |",
            "|---" + "|---:" * 4 * len(lengths) + "|",
        ]
        for name in dict.fromkeys(name for name, _ in self.results):
            cells = [self._cells(self.results.get((name, n)), warm[n]) for n in lengths]
            rows.append(f"| {name} | " + " | ".join(cells) + " |")
        lines = ["\n".join(rows), "", *self.skipped.values(), ""]
        for n in lengths:
            encoding, layout = self.inner[n]
            lines.append(
                f"- {n} min inside the process: lameenc straight through {encoding:.2f} s, laying out kept frames "
                f"{layout * 1000:.0f} ms: {encoding / layout:.0f} times as fast"
            )
        if len(lengths) > 1:
            lines.append(
                f"- warm, {lengths[-1]} min against {lengths[-2]}: × {warm[lengths[-1]] / warm[lengths[-2]]:.2f}"
            )
        return "\n".join(lines)

    @staticmethod
    def _cells(found: Run | None, warm: float) -> str:
        if found is None:
            return "– | – | – | –"
        return f"{found.seconds:.2f} s | {found.cpu_seconds:.2f} s | {found.seconds / warm:.0f} | {found.peak_mb:.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=int, nargs="+", default=[5, 20, 60])
    parser.add_argument("--slowest", type=int, default=20, help="the longest routine for the slowest peer")
    parser.add_argument("--runs", type=int, default=3)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), wanted.runs, wanted.slowest)
        for minutes in wanted.minutes:
            bench.measure(minutes)
        print(
            f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()},"
        )
        print(f"{datetime.date.today()}, load {os.getloadavg()[0]:.1f}\n")
        print(bench.report(wanted.minutes))


if __name__ == "__main__":
    main()
