"""Piper as an engine: neural voices that sound natural, offline. The extra `neural` installs it.

It speaks inside this process: the model computes without the interpreter lock, so playback goes on beside it, and a
process of its own would cost half a second more before the first word. Piper reads text with eSpeak's rules, and
text reaches it as data: there is no shell and no command line.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from voicecoach.errors import SpeechError
from voicecoach.forking import renew_after_fork
from voicecoach.model import Audio, Utterance, Voice
from voicecoach.packages import named_version
from voicecoach.speech.fingerprint import fingerprint
from voicecoach.speech.piper import voices as piper_voices
from voicecoach.speech.piper.voices import ENGINE, PiperFiles
from voicecoach.speech.refusing import check, refusal

if TYPE_CHECKING:
    from voicecoach.speech.piper.model import PiperModel

STRETCH = 1.2
"""The coaching pace: that much slower than the voice's own, which is that of someone who reads aloud."""
_CLOSE_S = 3.0


class PiperEngine:
    """See `engine.Engine`. `load` is for tests."""

    name = ENGINE

    def __init__(self, *, load: Callable[[PiperFiles], PiperModel] | None = None) -> None:
        self._load = load or (lambda files: _model_class()(files))
        self._models: dict[str, PiperModel] = {}
        self._closed = threading.Event()
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        """Who was loading or speaking is not here; models, which have no threads of their own, are."""
        self._lock = threading.Lock()
        self._loading = threading.Lock()
        self._idle = threading.Condition(self._lock)
        self._speaking = 0

    @property
    def version(self) -> str:
        here = piper_voices.installed()
        models = (f"{name} {fingerprint((files.description, files.model))}" for name, files in here.items())
        return " ".join([named_version("piper-tts"), named_version("onnxruntime"), *sorted(models)])

    @property
    def parallel(self) -> int:
        return min(os.cpu_count() or 1, 4)

    def voices(self) -> tuple[Voice, ...]:
        return piper_voices.voices()

    def start(self) -> None:
        """Loads the libraries, and the model if there is only one."""
        if not self._closed.is_set() and piper_voices.has_extra():
            # No daemon: the interpreter must not end inside the library's own threads.
            threading.Thread(target=self._warm_up, name="piper").start()

    def synthesize(self, utterance: Utterance) -> Audio:
        files = _files_for(utterance)
        with self._lock:
            if self._closed.is_set():
                raise refusal(utterance, "the engine is closed")
            self._speaking += 1
        try:
            return self._speak(utterance, files)
        except SpeechError:
            raise
        except Exception as error:  # a damaged model raises whatever it likes
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            raise refusal(utterance, f"its model failed: {reason}") from error
        finally:
            with self._lock:
                self._speaking -= 1
                self._idle.notify_all()

    def close(self) -> None:
        """Waits for the sentences that are being spoken, three seconds at most."""
        self._closed.set()
        with self._lock:
            self._idle.wait_for(lambda: self._speaking == 0, _CLOSE_S)
            self._models.clear()

    # --- inside ---

    def _speak(self, utterance: Utterance, files: PiperFiles) -> Audio:
        model = self._model(files)
        samples = model.speak(utterance.text, STRETCH / utterance.pace, self._closed)
        if samples is None or not len(samples):
            raise refusal(utterance, "the engine is closed" if self._closed.is_set() else "there is nothing to say")
        return Audio(samples=samples, sample_rate_hz=model.sample_rate_hz)

    def _model(self, files: PiperFiles) -> PiperModel:
        with self._loading:  # once, however many ask
            if files.id not in self._models:
                self._models[files.id] = self._load(files)
            return self._models[files.id]

    def _warm_up(self) -> None:
        here = list(piper_voices.installed().values())
        try:
            if len(here) == 1:
                self._model(here[0])
            else:
                _model_class()
        except Exception:  # a hint: whoever speaks gets the error
            return


def _model_class() -> type[PiperModel]:
    from voicecoach.speech.piper.model import PiperModel

    return PiperModel


def _files_for(utterance: Utterance) -> PiperFiles:
    """Raises `SpeechError` for what no model needs to be asked about."""
    check(utterance, piper_voices.voices())
    files = piper_voices.installed().get(utterance.voice.partition(":")[2])
    if files is None:
        raise refusal(utterance, "it is not installed")
    return files
