"""Supertonic as an engine: ten neural voices that sound natural, offline. The extra `supertonic` installs it, and
`voices add supertonic` its model.

It speaks in a process of its own, which can be killed when it takes too long: the model is large, and what it does
with a text nobody here has heard. Text reaches it as data on a pipe. The package's own download is never used.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from voicecoach.forking import renew_after_fork
from voicecoach.language.phrasebook import sentences
from voicecoach.model import Audio, Utterance, Voice
from voicecoach.packages import named_version
from voicecoach.reading_files import read_limited
from voicecoach.speech.fingerprint import fingerprint
from voicecoach.speech.pieces import pieces
from voicecoach.speech.refusing import check, refusal
from voicecoach.speech.supertonic import voices as supertonic_voices
from voicecoach.speech.supertonic.files import SPOKEN_FROM, model_folder
from voicecoach.speech.supertonic.voices import ENGINE
from voicecoach.speech.worker import Worker, WorkerError

SPEED = 0.95
"""The coaching pace. The package's own is 1.05, that of someone who reads aloud."""
MIN_SPEED, MAX_SPEED = 0.7, 2.0
"""What the model can do."""
STEPS = 8
"""The package's own: 5 is quicker and rougher, 12 the best."""
MAX_CHARACTERS = 250
"""Of a piece that is said in one breath: the model's work grows with the square of its length."""
BETWEEN_SENTENCES_MS = 350
"""The pause that the schedule makes between two utterances. At pace 1."""
MAX_BYTES = 100_000_000
"""Nine minutes of one piece."""
_LOAD_S, _CHARACTER_S = 120.0, 0.5
"""How long a piece may take: once to load 400 MB from a slow disk, and eight times what it takes to be said."""
_CLOSE_S = 3.0


class SupertonicEngine:
    """See `engine.Engine`. The arguments are for tests: another worker, fewer tries, a shorter limit."""

    name = ENGINE
    parallel = 1
    """One process has all cores: a second one would need as much memory again."""

    def __init__(self, *, command: Sequence[str] | None = None, tries: int = 2, limit_s: float = _LOAD_S) -> None:
        self._command, self._tries, self._limit_s = command, tries, limit_s
        self._worker: Worker | None = None
        self._closed = False
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        """Whoever was speaking is not here; the process is the parent's, and `Worker` knows that."""
        self._lock = threading.Lock()

    @property
    def version(self) -> str:
        files = [model_folder() / path for path in SPOKEN_FROM]
        return " ".join([named_version("supertonic"), named_version("onnxruntime"), fingerprint(files)])

    def voices(self) -> tuple[Voice, ...]:
        return supertonic_voices.voices()

    def start(self) -> None:
        """Starts the process, which loads the model by itself."""
        if not self._closed and self.voices()[0].installed and self._lock.acquire(blocking=False):
            try:
                self._started().start()
            except OSError:  # a hint: whoever speaks gets the error
                return
            finally:
                self._lock.release()

    def synthesize(self, utterance: Utterance) -> Audio:
        from voicecoach.speech.supertonic.sound import joined  # loads numpy

        check(utterance, self.voices())
        speed = min(max(SPEED * utterance.pace, MIN_SPEED), MAX_SPEED)
        spoken, rate_hz = [], 0
        for piece in _pieces(utterance.text):
            data, rate_hz = self._say(utterance, piece, speed)
            spoken.append(data)
        try:
            samples = joined(spoken, rate_hz, BETWEEN_SENTENCES_MS * SPEED / speed)
        except ValueError as error:
            raise refusal(utterance, str(error)) from error
        return Audio(samples=samples, sample_rate_hz=rate_hz)

    def close(self) -> None:
        """Waits for the piece that is being spoken, three seconds at most."""
        self._closed = True
        waited = self._lock.acquire(timeout=_CLOSE_S)
        try:
            if self._worker is not None:
                end = self._worker.close if waited else self._worker.kill
                end()
        finally:
            if waited:
                self._lock.release()

    # --- one piece ---

    def _say(self, utterance: Utterance, piece: str, speed: float) -> tuple[bytes, int]:
        """Tries again only with what another process may do better: a text that the model refuses stays refused."""
        request = {
            "text": piece,
            "lang": utterance.language,
            "style": utterance.voice.partition(":")[2],
            "speed": round(speed, 4),
            "steps": STEPS,
        }
        request["seed"] = _seed(request)
        reason = ""
        for _ in range(self._tries):
            try:
                with self._lock:
                    if self._closed:
                        break
                    reply, data = self._ask(request)
            except (WorkerError, OSError) as error:
                reason = (isinstance(error, OSError) and error.strerror) or str(error)
                continue
            if "error" in reply:
                raise refusal(utterance, str(reply["error"]))
            return data, int(reply["rate_hz"])
        raise refusal(utterance, reason or "the engine is closed")

    def _ask(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        worker = self._started()
        path = worker.new_path(".raw")
        reply = worker.ask({**request, "path": str(path)}, self._limit_s + len(request["text"]) * _CHARACTER_S)
        if "error" in reply:
            return reply, b""
        try:
            data = read_limited(path, MAX_BYTES)
            path.unlink()
        except OSError:
            worker.kill()
            raise
        return reply, data

    def _started(self) -> Worker:
        """The one worker, with the model of the folder that it is in now."""
        if self._worker is None:
            threads = min(os.cpu_count() or 1, 4)
            script = str(Path(__file__).with_name("worker.py"))
            usual = [sys.executable, script, "--model", str(model_folder()), "--threads", str(threads)]
            self._worker = Worker(self._command or usual, partial(dict, HF_HUB_OFFLINE="1"))
        return self._worker


def _pieces(text: str) -> Iterator[str]:
    for sentence in sentences(text):
        for piece in pieces(" ".join(sentence.split()), MAX_CHARACTERS):
            if any(character.isalnum() for character in piece):
                yield "".join(piece).strip()


def _seed(request: dict[str, Any]) -> int:
    """Of the noise: the same for the same words, said in the same way."""
    words = json.dumps(request, sort_keys=True).encode()
    return int.from_bytes(hashlib.blake2b(words, digest_size=4).digest(), "big")
