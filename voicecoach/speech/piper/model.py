"""One loaded Piper voice: text to samples, the same bytes each time. Imports all that is heavy, for 0.3 s."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from piper.config import PhonemeType, PiperConfig, SynthesisConfig
from piper.voice import PiperVoice

from voicecoach.reading_files import read_limited
from voicecoach.speech.pieces import pieces
from voicecoach.speech.piper.text import MAX_PHONEMES, is_speech, sayable
from voicecoach.speech.piper.voices import MAX_DESCRIPTION_BYTES, PiperFiles
from voicecoach.speech.trim import trim

if TYPE_CHECKING:
    from numpy.typing import NDArray

BETWEEN_SENTENCES_MS = 350
"""The pause that the schedule makes between two utterances: a breath. At pace 1."""
NO_NOISE = 0.0
"""Piper draws random numbers for the shade of the voice and the lengths of its sounds. With none of either, the
same text is the same bytes."""
MIN_LENGTH_SCALE, MAX_LENGTH_SCALE = 0.3, 4.0


class PiperModel:
    """Safe for several threads. To load it takes 0.2 to 0.4 s, most of it not holding the interpreter lock.

    Raises whatever onnxruntime, piper or the files do.
    """

    def __init__(self, files: PiperFiles) -> None:
        config = PiperConfig.from_dict(json.loads(read_limited(files.description, MAX_DESCRIPTION_BYTES)))
        if config.phoneme_type != PhonemeType.ESPEAK or not config.espeak_voice.startswith(files.language):
            raise ValueError(f"it reads “{config.espeak_voice}”, not “{files.language}”")
        self._voice = PiperVoice(session=_session(files.model), config=config)
        self.sample_rate_hz: int = config.sample_rate

    def speak(self, text: str, stretch: float, stop: threading.Event) -> NDArray[np.float32] | None:
        """Shape (frames,), about ±1; None if there is nothing to say, or if `stop` was set meanwhile.

        `stretch` is how much longer than the model's own pace it takes.
        """
        pause = np.zeros(round(self.sample_rate_hz * BETWEEN_SENTENCES_MS / 1000 * stretch), dtype=np.float32)
        spoken: list[NDArray[np.float32]] = []
        for phonemes in self._pieces(text):
            if stop.is_set():
                return None
            spoken += [pause, self._say(phonemes, stretch)] if spoken else [self._say(phonemes, stretch)]
        return np.concatenate(spoken) if spoken else None

    def _pieces(self, text: str) -> Iterator[list[str]]:
        known = self._voice.config.phoneme_id_map
        for sentence in self._voice.phonemize(sayable(text)):
            for piece in pieces([phoneme for phoneme in sentence if phoneme in known], MAX_PHONEMES):
                if is_speech(piece):
                    yield list(piece)

    def _say(self, phonemes: list[str], stretch: float) -> NDArray[np.float32]:
        own = self._voice.config.length_scale
        scale = min(max(own * stretch, MIN_LENGTH_SCALE), MAX_LENGTH_SCALE)
        # Not `voice.synthesize`: it scales each sentence to full, and a soft word would be as loud as a shout.
        config = SynthesisConfig(length_scale=scale, noise_scale=NO_NOISE, noise_w_scale=NO_NOISE)
        sound: Any = self._voice.phoneme_ids_to_audio(self._voice.phonemes_to_ids(phonemes), config)
        return trim(np.clip(np.atleast_1d(sound), -1, 1).astype(np.float32), self.sample_rate_hz)


def _session(model: Path) -> Any:
    """One thread a call: two calls at once gain more than one call on two threads. Without graph optimisation, which
    takes 0.3 s of loading to gain a tenth of the speaking, and which depends on the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.enable_mem_pattern = False  # kept for each length of a text, 50 MB in all, and no quicker
    options.log_severity_level = 4  # errors are raised; the library would print them as well
    return onnxruntime.InferenceSession(str(model), sess_options=options, providers=["CPUExecutionProvider"])
