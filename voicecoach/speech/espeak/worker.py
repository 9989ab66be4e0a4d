"""The process in which pyttsx3 speaks. Started by `pyttsx3_engine`; imports nothing of voicecoach.

One JSON object a line comes in on standard input, one goes out on standard output for each, in order:

    {"id": 1, "text": "fem", "voice": "gmq/da+coach", "rate": 155, "path": "…/1.wav", "limit_s": 10}
    {"id": 1}                          the sound is in the file          or  {"id": 1, "error": "why not"}
    {"id": 2, "list": true}
    {"id": 2, "voices": [{"id": "…", "name": "…", "languages": ["da_DK"]}]}

pyttsx3 prints, so standard output is moved aside first. The process ends when standard input does, that is, also
when its parent is killed, and takes the folder of its sounds with it.

With eSpeak, pyttsx3 is imported once and every clip is spoken by a child forked from that state. eSpeak's sound
depends on what it said before; a child has said nothing before, so the same words give the same bytes. A hang or a
crash in eSpeak costs one clip: the kernel's alarm ends the child.

Usage: python worker.py [--library PATH] [--plain] --folder PATH
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

Request = dict[str, Any]
Reply = dict[str, Any]


def main(arguments: list[str]) -> None:
    """Answers requests until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer; its end is ours
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    answer = _handler(arguments)
    try:
        for line in iter(sys.stdin.buffer.readline, b""):
            request: Request = json.loads(line)
            replies.write(json.dumps({"id": request["id"], **answer(request)}) + "\n")
            replies.flush()
    except BrokenPipeError:
        pass  # the parent has gone; so do we
    finally:
        _remove(arguments)


def _handler(arguments: list[str]) -> Callable[[Request], Reply]:
    try:
        if "--library" in arguments:
            _load_library(arguments[arguments.index("--library") + 1])
        import pyttsx3

        if sys.platform not in ("darwin", "win32"):  # there the system speaks, elsewhere eSpeak
            _prepare_espeak()
            if "--plain" not in arguments:
                return partial(_speak_in_child, pyttsx3.init)
        return _Plain(pyttsx3.init())
    except Exception as error:
        reason = f"pyttsx3 does not start: {error}"
        return lambda request: {"error": reason}


def _load_library(path: str) -> None:
    """Makes the bundled library the one that pyttsx3 finds: it asks for its soname, which is then loaded already."""
    ctypes.CDLL(path, ctypes.RTLD_GLOBAL)


def _prepare_espeak() -> None:
    """Imports the driver for all the children, mends the size that it gives for a text, and lets phonemes through.

    pyttsx3 gives ten times the length, and eSpeak copies that many bytes from beyond the text's end. Phonemes stand
    in double brackets, `[[pl'aNk]]`.
    """
    from pyttsx3.drivers import _espeak, espeak  # noqa: F401

    def synth(text: bytes, flags: int = 0) -> None:
        _espeak.cSynth(text, len(text) + 1, 0, _espeak.POS_CHARACTER, 0, flags | _espeak.PHONEMES, None, None)

    _espeak.Synth = synth


def _speak_in_child(init: Callable[[str], Any], request: Request) -> Reply:
    result, report = os.pipe()
    child = os.fork()
    if child == 0:
        _be_child(init, request, report)
    os.close(report)
    ready = select.select([result, 0], [], [])[0]
    if result not in ready:  # standard input has something while we are busy: its end
        os.kill(child, signal.SIGKILL)
    with os.fdopen(result, "rb") as pipe:
        error = pipe.read().decode("utf-8", "replace")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 0:
        return {}
    if status == -signal.SIGALRM:
        return {"error": f"eSpeak took longer than {request['limit_s']} s"}
    return {"error": error or f"eSpeak ended with code {status}"}


def _be_child(init: Callable[[str], Any], request: Request, report: int) -> NoReturn:
    """Speaks one clip and ends the process: code 0, or code 1 with the reason written to `report`."""

    def fail(error: object) -> NoReturn:
        os.write(report, str(error).encode("utf-8", "replace")[:4000])
        os._exit(1)

    signal.setitimer(signal.ITIMER_REAL, request["limit_s"])
    # What the driver raises, it raises inside a callback from C: it could not be caught anywhere else.
    sys.unraisablehook = lambda event: fail(event.exc_value)
    try:
        engine = init("espeak")
        engine.connect("error", lambda exception, **_: fail(exception))
        # Here the file is closed. To leave at once spares the driver's last nap, half of a clip's time.
        engine.connect("finished-utterance", lambda **_: os._exit(0))
        _say(engine, request)
        fail("eSpeak said nothing")
    except BaseException as error:
        fail(error)


def _say(engine: Any, request: Request) -> None:
    engine.setProperty("voice", request["voice"])
    engine.setProperty("rate", request["rate"])
    if engine.driver_name == "espeak":
        _settle(engine, request["voice"])
    engine.save_to_file(request["text"], request["path"])
    engine.runAndWait()


def _settle(engine: Any, voice: str) -> None:
    """Waits until eSpeak has taken the voice and the rate over.

    Left to itself, `runAndWait` queues its own end behind them, cancels what eSpeak has not done by then (often
    the rate), and returns after 10 ms whether the file is written or not.
    """
    from pyttsx3.drivers import _espeak

    engine.proxy.setBusy(False)
    while _espeak.IsPlaying():
        time.sleep(0.0005)
    if engine.getProperty("voice").lower() != voice.lower():
        raise ValueError(f"eSpeak has no voice {voice}")


class _Plain:
    """One clip after another in this very process, with whatever voices the system has (macOS, Windows)."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._errors: list[str] = []
        engine.connect("error", lambda exception, **_: self._errors.append(str(exception)))

    def __call__(self, request: Request) -> Reply:
        if request.get("list"):
            return {"voices": [_described(voice) for voice in self._engine.getProperty("voices")]}
        self._errors.clear()
        faulthandler.dump_traceback_later(request["limit_s"], exit=True, file=sys.stderr)
        try:
            _say(self._engine, request)
        except Exception as error:
            self._errors.append(str(error))
        finally:
            faulthandler.cancel_dump_traceback_later()
        return {"error": self._errors[0]} if self._errors else {}


def _described(voice: Any) -> dict[str, Any]:
    languages = [x.decode("utf-8", "replace") if isinstance(x, bytes) else str(x) for x in voice.languages or ()]
    return {"id": str(voice.id), "name": str(voice.name), "languages": languages}


def _remove(arguments: list[str]) -> None:
    shutil.rmtree(arguments[arguments.index("--folder") + 1], ignore_errors=True)


if __name__ == "__main__":
    sys.path.pop(0)  # this folder: its modules are not to be taken for others of the same name
    main(sys.argv[1:])
