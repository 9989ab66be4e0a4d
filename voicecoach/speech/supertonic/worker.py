"""The process in which Supertonic speaks. Started by `engine`; imports nothing of voicecoach.

One JSON object a line comes in on standard input, one goes out on standard output for each, in order:

    {"id": 1, "text": "fem", "lang": "da", "style": "F1", "speed": 0.95, "steps": 8, "seed": 7, "path": "…/1.raw"}
    {"id": 1, "rate_hz": 44100}        the sound is in the file, float32  or  {"id": 1, "error": "why not"}

The model is loaded as soon as the process starts. Its noise comes from numpy's global generator, which is seeded for
each text: the same request gives the same samples, whatever was said before. The process ends when standard input
does, that is, also when its parent is killed, and takes the folder of its sounds with it.

Usage: python worker.py --model FOLDER --threads N --folder PATH
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Request = dict[str, Any]
Reply = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Answers requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer; its end is ours
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    try:
        answer = _handler(Path(_of(arguments, "--model")), int(_of(arguments, "--threads")))
        for line in iter(sys.stdin.buffer.readline, b""):
            request: Request = json.loads(line)
            replies.write(json.dumps({"id": request["id"], **answer(request)}) + "\n")
            replies.flush()
    except BrokenPipeError:
        pass  # the parent has gone; so do we
    finally:
        shutil.rmtree(_of(arguments, "--folder"), ignore_errors=True)


def _of(arguments: list[str], option: str) -> str:
    return arguments[arguments.index(option) + 1]


def _handler(model: Path, threads: int) -> Callable[[Request], Reply]:
    # What the package downloads with is never loaded: a model that is not whole is an error, not a download.
    sys.modules["huggingface_hub"] = None  # type: ignore[assignment]
    try:
        return _Speech(model, threads)
    except Exception as error:
        reason = f"its model failed: {_line(error)}"
        return lambda request: {"error": reason}


class _Speech:
    def __init__(self, model: Path, threads: int) -> None:
        from supertonic import TTS

        self._tts = TTS(
            "supertonic-3",
            model_dir=model,
            auto_download=False,
            intra_op_num_threads=threads,
            inter_op_num_threads=1,
        )
        self._styles: dict[str, Any] = {}

    def __call__(self, request: Request) -> Reply:
        try:
            return self._speak(request)
        except Exception as error:
            return {"error": f"its model failed: {_line(error)}"}

    def _speak(self, request: Request) -> Reply:
        import numpy as np

        text = self._sayable(request["text"])
        if not any(character.isalnum() for character in text):
            return {"error": "it has no letter that this voice knows"}
        np.random.seed(request["seed"])
        samples, _ = self._tts.synthesize(
            text,
            voice_style=self._style(request["style"]),
            total_steps=request["steps"],
            speed=request["speed"],
            max_chunk_length=len(text) + 10,  # the text comes in pieces that are short enough
            lang=request["lang"],
        )
        np.ascontiguousarray(samples, dtype="<f4").ravel().tofile(request["path"])
        return {"rate_hz": int(self._tts.sample_rate)}

    def _sayable(self, text: str) -> str:
        """Without what the model has no sign for: it would refuse the whole text."""
        _, unknown = self._tts.model.text_processor.validate_text(text)
        return "".join(" " if character in unknown else character for character in text)

    def _style(self, name: str) -> Any:
        if name not in self._styles:
            self._styles[name] = self._tts.get_voice_style(name)
        return self._styles[name]


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]


if __name__ == "__main__":
    sys.path.pop(0)  # this folder: its modules are not to be taken for others of the same name
    main(sys.argv[1:])
