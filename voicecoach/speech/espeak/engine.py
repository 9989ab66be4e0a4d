"""pyttsx3 as an engine. On Linux it drives eSpeak NG from the espeakng-loader wheel, on macOS and Windows the
voices of the system.

pyttsx3 is not safe to use in a program that wants to live: it hangs, prints, loses files, crashes with threads. So
it speaks in processes of its own (`worker`), and every file it writes is read and judged before it counts.
Text reaches it as data on a pipe: there is no shell and no command line.
"""

from __future__ import annotations

import contextlib
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from voicecoach.forking import renew_after_fork
from voicecoach.model import LANGUAGES, Audio, Utterance, Voice
from voicecoach.packages import version_of
from voicecoach.speech.espeak.data import VARIANT, make_private_data
from voicecoach.speech.espeak.voices import ESPEAK_VOICES
from voicecoach.speech.folders import cache_folder
from voicecoach.speech.refusing import check, refusal
from voicecoach.speech.sayable import printable
from voicecoach.speech.sound_file import read_speech
from voicecoach.speech.worker import Worker, WorkerError

BASE_RATE_WPM = 155
"""The coaching pace. eSpeak's own is 175, which is brisk for someone who is lying on the floor."""
MIN_RATE_WPM, MAX_RATE_WPM = 80, 450
"""What eSpeak can do."""

_LICENCE = "GPL-3.0-or-later"
_HOW_TO_GET = "pip install pyttsx3 espeakng-loader"
_BUNDLED = sys.platform not in ("darwin", "win32")
"""Whether eSpeak speaks, from the wheel. The other systems bring pyttsx3 voices of their own."""


class Pyttsx3Engine:
    """See `engine.Engine`. The arguments are for tests: another worker, fewer tries, a shorter limit."""

    name = "pyttsx3"
    parallel = 2

    def __init__(
        self,
        *,
        command: Sequence[str] | None = None,
        tries: int = 3,
        limit_s: float = 10,
        data: Path | None = None,
        cache: Path | None = None,
    ) -> None:
        self._command = command
        self._tries = tries
        self._limit_s = limit_s
        self._data, self._cache = data, cache
        self._system_voices: tuple[Voice, ...] | None = None
        self._closed = False
        self.after_fork()
        renew_after_fork(self)

    def after_fork(self) -> None:
        """Workers, and a folder that lasts as long as the process, are those of the parent."""
        self._lock = threading.Lock()
        self._temporary: Path | None = None
        self._workers: queue.LifoQueue[Worker] | None = None

    @property
    def version(self) -> str:
        if _BUNDLED:
            return f"{version_of('pyttsx3')} espeak {version_of('espeakng-loader')} {VARIANT} {BASE_RATE_WPM}"
        import platform

        return f"{version_of('pyttsx3')} {sys.platform} {platform.release()} {BASE_RATE_WPM}"

    def voices(self) -> tuple[Voice, ...]:
        if not _BUNDLED:
            return self._voices_of_the_system()
        installed = _is_installed("pyttsx3") and _is_installed("espeakng_loader")
        return tuple(
            Voice(
                id=f"{self.name}:{voice}",
                name=name,
                language=language,
                quality="basic",
                licence=_LICENCE,
                installed=installed,
                how_to_get="" if installed else _HOW_TO_GET,
            )
            for voice, name, language in ESPEAK_VOICES
        )

    def start(self) -> None:
        with contextlib.suppress(Exception), self._borrowed(block=False) as worker:
            worker.start()

    def synthesize(self, utterance: Utterance) -> Audio:
        request = self._request(utterance)
        reason = ""
        for _ in range(self._tries):
            if self._closed:
                break
            try:
                return self._speak(request)
            except (WorkerError, ValueError, OSError) as error:
                reason = str(error)
        raise refusal(utterance, reason or "the engine is closed")

    def close(self) -> None:
        with self._lock:
            self._closed = True
            workers, self._workers = self._workers, None
        if workers is not None:
            taken = [workers.get() for _ in range(self.parallel)]  # waits for clips that are being spoken
            for worker in taken:
                worker.release()
            for worker in taken:
                worker.close()
                workers.put(worker)  # for whoever waits for one: `_borrowed` tells them that it is over
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    # --- one clip ---

    def _request(self, utterance: Utterance) -> dict[str, Any]:
        text = printable(utterance.text).strip()
        check(utterance, self.voices(), text)
        rate = round(min(max(BASE_RATE_WPM * utterance.pace, MIN_RATE_WPM), MAX_RATE_WPM))
        voice = utterance.voice.partition(":")[2] + (f"+{VARIANT}" if _BUNDLED else "")
        return {"text": text, "voice": voice, "rate": rate, "limit_s": self._limit_s + len(text) / 100}

    def _speak(self, request: dict[str, Any]) -> Audio:
        with self._borrowed() as worker:
            path = worker.new_path(".wav" if sys.platform != "darwin" else ".aiff")
            # The worker keeps the time limit by itself; ours is for a worker that has stopped altogether.
            reply = worker.ask({**request, "path": str(path)}, request["limit_s"] * 1.5)
            try:
                if "error" in reply:
                    raise ValueError(str(reply["error"]))
                audio = read_speech(path)
            except (ValueError, OSError):
                worker.kill()  # the next one is started with data that was looked at
                raise
            path.unlink()
            return audio

    @contextlib.contextmanager
    def _borrowed(self, *, block: bool = True) -> Iterator[Worker]:
        workers = self._pool()
        worker = workers.get(block)
        try:
            if self._closed:
                raise ValueError("the engine is closed")
            yield worker
        finally:
            workers.put(worker)

    def _pool(self) -> queue.LifoQueue[Worker]:
        """The idle workers, last used first: a caller who asks for one clip at a time starts one process only."""
        with self._lock:
            if self._closed:
                raise ValueError("the engine is closed")
            if self._workers is None:
                command = self._how_to_run()
                self._workers = queue.LifoQueue()
                for _ in range(self.parallel):
                    self._workers.put(Worker(command, self._environment))
            return self._workers

    def _how_to_run(self) -> list[str]:
        command = list(self._command or (sys.executable, str(Path(__file__).with_name("worker.py"))))
        if _BUNDLED:
            command += ["--library", _loader().get_library_path()]
        return command

    def _environment(self) -> dict[str, str]:
        """Of a worker that is about to start: eSpeak's data is whole then, whatever became of it."""
        if not _BUNDLED:
            return {}
        with self._lock:
            return {"ESPEAK_DATA_PATH": str(self._espeak_data(Path(_loader().get_data_path())))}

    def _espeak_data(self, source: Path) -> Path:
        target = self._data or (self._cache or cache_folder()) / f"espeak-{version_of('espeakng-loader')}-{VARIANT}"
        try:
            make_private_data(source, target)
        except OSError:  # the cache folder cannot be written: a folder that lasts as long as we do
            self._temporary = self._temporary or Path(tempfile.mkdtemp(prefix="voicecoach-"))
            target = self._temporary / "espeak"
            make_private_data(source, target)
        return target

    # --- macOS and Windows ---

    def _voices_of_the_system(self) -> tuple[Voice, ...]:
        if self._system_voices is None:
            try:
                self._system_voices = tuple(self._ask_for_voices())
            except (WorkerError, ValueError, OSError):
                return ()
        return self._system_voices

    def _ask_for_voices(self) -> list[Voice]:
        with self._borrowed() as worker:
            reply = worker.ask({"list": True}, self._limit_s)
        return [
            Voice(
                id=f"{self.name}:{voice['id']}",
                name=voice["name"],
                language=language,
                quality="basic",
                licence="that of the operating system",
            )
            for voice in reply.get("voices", ())
            for language in LANGUAGES
            if any(tag.lower().startswith(language) for tag in voice["languages"])
        ]


def _loader() -> Any:
    import espeakng_loader

    return espeakng_loader


@lru_cache
def _is_installed(module: str) -> bool:
    return find_spec(module) is not None
