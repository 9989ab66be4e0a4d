"""How long compiling takes, and whether it stays linear in the number of steps: python benchmarks/compile_time.py

Prints the time of reading, planning and placing for routines of up to 10,000 steps, and the time a step relative to
the smallest: a ratio near 1 is linear. Word lengths are estimated, so no voice is needed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_routine
from voicecoach.coach.ruling import rule_problems
from voicecoach.compiler.estimate import estimate
from voicecoach.compiler.schedule import schedule
from voicecoach.model import Voice
from voicecoach.routine.library import load_library
from voicecoach.routine.read import read_routine

SIZES = (100, 1000, 3000, 10_000)
_VOICE = Voice(id="none:en", name="none", language="en", quality="basic", licence="none")
_HEAD = "title: {da: Lang, en: Long}\nsteps:\n"
_STEPS = (
    "  - {exercise: slow-walk, duration: 2-4 min, halfway: true}\n",
    "  - {exercise: childs-pose, hold: 20-30 s, breathing: {in: 4 s, out: 6 s}, count: down}\n",
    "  - {rest: 20 s}\n",
    "  - {exercise: glute-bridge, reps: 8}\n",
    "  - {say: {da: Godt gået., en: Well done.}}\n",
)
_T = TypeVar("_T")


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def main() -> None:
    library = load_library().exercises
    print(f"{'steps':>7} {'read':>9} {'rules':>9} {'plan':>9} {'place':>9} {'a step':>9}  ratio")
    smallest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            path = Path(folder) / f"{size}.yaml"
            path.write_text(_HEAD + "".join(_STEPS[index % len(_STEPS)] for index in range(size)), encoding="utf-8")
            (routine, problems), read_s = _timed(lambda path=path: read_routine(path, library))  # type: ignore[misc]
            if routine is None:
                sys.exit(str(problems[0]))
            _, rules_s = _timed(lambda routine=routine: rule_problems(routine))  # type: ignore[misc]
            sheet, plan_s = _timed(lambda routine=routine: plan_routine(routine, Options(), "en", _VOICE))  # type: ignore[misc]
            _, place_s = _timed(lambda sheet=sheet: schedule(sheet, estimate))  # type: ignore[misc]
            a_step = (read_s + rules_s + plan_s + place_s) / size
            smallest = smallest or a_step
            times = " ".join(f"{seconds * 1000:6.0f} ms" for seconds in (read_s, rules_s, plan_s, place_s))
            print(f"{size:>7} {times} {a_step * 1000:6.2f} ms  {a_step / smallest:.2f}")


if __name__ == "__main__":
    main()
