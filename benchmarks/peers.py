"""Other ways to make the same programme: what one would write first, and what they need.

    python benchmarks/peers.py PEER PLAN.json OUT.mp3

A plan is {"duration_ms": …, "clips": [{"start_ms": …, "text": …}, …]}: the words of a routine where voicecoach would
put them. The peers leave out tones, levels, tags and exact lengths.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

RATE_HZ = 22_050
"""eSpeak's own."""


def pyttsx3_and_pydub(plan: dict[str, Any], out: Path, folder: Path) -> None:
    """The obvious script: say each text to a file, overlay the files on silence, export through ffmpeg.

    pyttsx3 writes one right file in a process, so each clip has its own.
    """
    from pydub import AudioSegment

    bed = AudioSegment.silent(duration=plan["duration_ms"], frame_rate=RATE_HZ)
    for number, clip in enumerate(plan["clips"]):
        wav = folder / f"{number}.wav"
        while not (wav.exists() and wav.read_bytes()[:4] == b"RIFF"):  # now and then the file stays empty
            subprocess.run([sys.executable, __file__, "say", clip["text"], str(wav)], check=True)
        bed = bed.overlay(AudioSegment.from_wav(wav), position=clip["start_ms"])
    bed.export(out, format="mp3", bitrate="96k")


def say(text: str, wav: str) -> None:
    """One clip with pyttsx3. Its eSpeak is that of the wheel, as voicecoach has it."""
    import ctypes

    import espeakng_loader

    os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
    ctypes.CDLL(espeakng_loader.get_library_path(), ctypes.RTLD_GLOBAL)
    import pyttsx3

    engine = pyttsx3.init("espeak")
    engine.setProperty("voice", "gmq/da")
    engine.setProperty("rate", 155)
    engine.save_to_file(text, wav)
    engine.runAndWait()


def espeak_and_ffmpeg(plan: dict[str, Any], out: Path, folder: Path) -> None:
    """The shell script: espeak-ng a clip, a file of silence for each pause, and ffmpeg to join them."""
    parts, at = [], 0.0
    for number, clip in enumerate(plan["clips"]):
        wav = folder / f"{number}.wav"
        subprocess.run(["espeak-ng", "-v", "da", "-s", "155", "-w", wav, clip["text"]], check=True)
        pause = clip["start_ms"] / 1000 - at
        if pause > 0:
            parts.append(_silence(folder / f"{number}-before.wav", pause))
            at += pause
        parts.append(wav)
        at += (wav.stat().st_size - 44) / 2 / RATE_HZ
    parts.append(_silence(folder / "end.wav", max(plan["duration_ms"] / 1000 - at, 0.01)))
    listing = folder / "list.txt"
    listing.write_text("".join(f"file '{part}'\n" for part in parts))
    join = ["-f", "concat", "-safe", "0", "-i", str(listing), "-b:a", "96k", "-y", str(out)]
    subprocess.run(["ffmpeg", "-v", "error", *join], check=True)


def _silence(path: Path, seconds: float) -> Path:
    source = ["-f", "lavfi", "-i", f"anullsrc=r={RATE_HZ}:cl=mono", "-t", f"{seconds:.3f}"]
    subprocess.run(["ffmpeg", "-v", "error", *source, "-y", str(path)], check=True)
    return path


PEERS: dict[str, tuple[Callable[[dict[str, Any], Path, Path], None], tuple[str, ...]]] = {
    "pyttsx3 + pydub": (pyttsx3_and_pydub, ("ffmpeg",)),
    "espeak-ng + ffmpeg": (espeak_and_ffmpeg, ("espeak-ng", "ffmpeg")),
}
"""Name → what makes the file, and the programs that it needs."""


def main() -> None:
    if sys.argv[1] == "say":
        say(*sys.argv[2:])
        return
    plan = json.loads(Path(sys.argv[2]).read_text())
    with tempfile.TemporaryDirectory() as folder:
        PEERS[sys.argv[1]][0](plan, Path(sys.argv[3]), Path(folder))


if __name__ == "__main__":
    main()
