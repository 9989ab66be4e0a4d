"""voicecoach as it would be without kept frames: every sample rendered, and one encoder straight through.

    python benchmarks/straight.py ROUTINE.yaml OUT.mp3

Prints, in ms: encoding alone, and for comparison laying the same programme out of kept frames (tag, frames, file).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from voicecoach.coach.compiling import compile_routine, levelled
from voicecoach.coach.options import Options
from voicecoach.coach.reading import load
from voicecoach.coach.sounds import Sounds
from voicecoach.output.base import programme_of
from voicecoach.output.mp3.format import Mp3, encode
from voicecoach.output.mp3.frames import in_stretches
from voicecoach.output.mp3.tag_frame import write_frames
from voicecoach.render.mix import render_blocks
from voicecoach.render.pieces import Mix


def main(routine: str, out: Path) -> None:
    with Sounds() as sounds:
        timeline = levelled(compile_routine(load(routine)[0], Options(), sounds), sounds)
        blocks = list(render_blocks(timeline, sounds.audio)) if timeline.duration_ms < 90 * 60_000 else None
        out.unlink(missing_ok=True)  # or the time to empty it would count
        start = time.perf_counter()
        with out.open("wb") as file:
            frames = encode(blocks or render_blocks(timeline, sounds.audio))
            write_frames(in_stretches(frames), timeline.duration_ms * 48, file)
        encoding = time.perf_counter() - start
        layouts = []
        for _ in range(6):  # the first one reads the frames from the disk, or makes them
            out.unlink(missing_ok=True)
            start = time.perf_counter()
            with out.open("wb") as file:
                Mp3().write(Mix(timeline, sounds.audio, sounds.identity, sounds.kept), programme_of(timeline), file)
            layouts.append(time.perf_counter() - start)
    print(f"{encoding * 1000:.1f} {min(layouts[1:]) * 1000:.1f}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
