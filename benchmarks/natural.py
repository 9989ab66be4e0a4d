"""A cold export with a voice of Piper's, beside Piper alone on the same texts. See benchmarks/README.md.

    python benchmarks/natural.py [--routine back-cool-down] [--runs N]

Both are whole processes, one after the other in turns, so that a machine that is busy is so for both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import wave
from pathlib import Path

from export import Run, run

from voicecoach.coach.options import Options
from voicecoach.coach.planning import plan_cues
from voicecoach.coach.reading import load
from voicecoach.coach.sounds import Sounds
from voicecoach.language.lexicon import Lexicon
from voicecoach.language.spoken import number
from voicecoach.model import Utterance
from voicecoach.speech.piper.voices import installed

VOICE = "en_US-joe-medium"


def texts(routine: str) -> list[str]:
    """Every different text of the routine, as the voice gets it."""
    with Sounds() as sounds:
        sheet = plan_cues(load(routine)[0], Options(language="en", voice=f"piper:{VOICE}"), sounds)
    said = dict.fromkeys(cue.sound.text for cue in sheet.cues if isinstance(cue.sound, Utterance))
    lexicon = Lexicon(number)
    return [lexicon.spoken(text, "en", "piper") for text in said]


def alone(model: str, file: str) -> None:
    """What one writes first: the voice is loaded, and each text becomes a WAV file."""
    from piper.voice import PiperVoice

    voice = PiperVoice.load(model)
    for index, text in enumerate(json.loads(Path(file).read_text(encoding="utf-8"))):
        with wave.open(f"{file}.{index}.wav", "wb") as out:
            voice.synthesize_wav(text, out)


def measured(routine: str, runs: int, folder: Path) -> tuple[list[Run], list[Run]]:
    said = folder / "texts.json"
    said.write_text(json.dumps(texts(routine)), encoding="utf-8")
    environment = {**os.environ, "VOICECOACH_CACHE_DIR": str(folder / "cache")}
    export = [sys.executable, "-m", "voicecoach", "export", routine, "--lang", "en", "--voice", f"piper:{VOICE}"]
    piper = [sys.executable, __file__, "--alone", str(installed()[VOICE].model), str(said)]
    ours, theirs = [], []
    for _ in range(runs):
        shutil.rmtree(folder / "cache", ignore_errors=True)
        ours.append(run([*export, "-o", str(folder / "out.mp3"), "--force"], environment))
        theirs.append(run(piper, environment))
    return ours, theirs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--routine", default="back-cool-down")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--alone", nargs=2, metavar=("MODEL", "TEXTS"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.alone:
        alone(*chosen.alone)
        return
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = measured(chosen.routine, chosen.runs, Path(folder))
    for name, found in (("voicecoach, cold", ours), ("Piper alone", theirs)):
        best = min(found, key=lambda one: one.seconds)
        print(f"{name}: {best.seconds:.2f} s, cpu {best.cpu_seconds:.2f} s, peak {best.peak_mb:.0f} MB")
    pairs = [mine.seconds / other.seconds for mine, other in zip(ours, theirs, strict=True)]
    print(f"median of {len(pairs)} pairs: × {statistics.median(pairs):.2f}")


if __name__ == "__main__":
    main()
