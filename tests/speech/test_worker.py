"""The helper process: it may hang, die and talk rubbish, and its parent may be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from voicecoach.errors import SpeechError
from voicecoach.speech.espeak.engine import Pyttsx3Engine
from voicecoach.speech.worker import Worker, WorkerError

from .words import da

answering = "import json,sys\nfor line in sys.stdin:\n    r = json.loads(line)\n    "
HANGS = "import time; time.sleep(60)"
DIES = "pass"
DIES_LATER = answering + "sys.exit(3)"
NOT_JSON = answering + "print('Audio saved to nowhere', flush=True)"
NOT_A_DICT = answering + "print('[1]', flush=True)"
WRONG_ID = answering + "print(json.dumps({'id': 99}), flush=True)"
NOTHING_WRITTEN = answering + "print(json.dumps({'id': r['id']}), flush=True)"
EMPTY_FILE = answering + "open(r['path'], 'w').close(); print(json.dumps({'id': r['id']}), flush=True)"
TALKS_ON = answering + "print(json.dumps({'id': r['id']}))\n    while True: print(json.dumps({'id': r['id']}))"
ONE_LONG_LINE = "import sys\nwhile True: sys.stdout.write('x' * 100_000)"
FLOOD = "import sys\nwhile True: sys.stdout.write('x' * 100 + chr(10))"
ALL = {name: code for name, code in globals().items() if name.isupper() and isinstance(code, str)}


def command(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


@pytest.mark.parametrize("code", ALL.values(), ids=ALL.keys())
def test_a_bad_worker_gives_a_speech_error(code: str) -> None:
    engine = Pyttsx3Engine(command=command(code), tries=2, limit_s=0.2)
    try:
        with pytest.raises(SpeechError, match="“fem”") as caught:
            engine.synthesize(da("fem"))
        assert caught.value.reason
        assert caught.value.voice == "pyttsx3:gmq/da"
    finally:
        engine.close()


def test_a_worker_that_fails_once_is_started_again(tmp_path: Path) -> None:
    flag = tmp_path / "tried"
    code = f"""
import pathlib, runpy, sys
flag = pathlib.Path({str(flag)!r})
if not flag.exists():
    flag.touch(); sys.exit(1)
runpy.run_path({str(worker_file())!r}, run_name="__main__")
"""
    engine = Pyttsx3Engine(command=[sys.executable, "-c", code])
    try:
        assert engine.synthesize(da("fem")).duration_ms > 100
    finally:
        engine.close()


def test_ask_kills_what_is_too_slow(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "voicecoach")
    worker = Worker(command(HANGS))
    worker.start()
    started = time.monotonic()
    with pytest.raises(WorkerError, match="longer than"):
        worker.ask({}, 0.2)
    assert "killed, another will be started: the speech process took longer than" in caplog.text
    assert time.monotonic() - started < 60  # it hangs for good
    worker.close()


@pytest.mark.parametrize("code", [FLOOD, ONE_LONG_LINE, TALKS_ON])
def test_what_floods_is_not_listened_to(code: str) -> None:
    """It takes no memory, and is killed as soon as it is asked or closed."""
    worker = Worker(command(code))
    worker.start()
    pid = worker._process.pid if worker._process else 0
    if code == TALKS_ON:
        worker.ask({}, 10)
    worker._listener.join(10)
    assert not worker._listener.is_alive()
    assert worker._lines.qsize() < 100_000
    with pytest.raises(WorkerError):
        worker.ask({}, 10)
    assert not is_running(pid)
    worker.start()
    worker.close()
    assert worker._process is None


def test_what_does_not_read_is_killed() -> None:
    worker = Worker(command(HANGS))
    with pytest.raises(WorkerError):
        worker.ask({"text": "x" * 1_000_000}, 0.2)
    worker.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_forked_process_speaks_and_so_does_its_parent(espeak: Pyttsx3Engine) -> None:
    """The locks were held, and the workers are busy: neither is the child's affair."""
    before = espeak.synthesize(da("fem")).samples
    worker = espeak._pool().get()
    espeak._pool().put(worker)
    assert worker._process is not None
    pid = worker._process.pid
    with espeak._lock:
        child = os.fork()
        if child == 0:
            signal.alarm(20)
            same = (espeak.synthesize(da("fem")).samples == before).all()
            espeak.close()
            os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert (espeak.synthesize(da("fem")).samples == before).all()
    assert worker._process.pid == pid


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_fork_does_not_keep_a_worker_alive(espeak: Pyttsx3Engine) -> None:
    espeak.synthesize(da("fem"))
    worker = espeak._pool().get()
    espeak._pool().put(worker)
    process = worker._process
    assert process is not None
    child = os.fork()
    if child == 0:
        time.sleep(30)
        os._exit(0)
    try:
        worker.release()
        assert process.wait(10) == 0
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def test_a_child_that_hangs_costs_one_clip(tmp_path: Path, espeak: Pyttsx3Engine) -> None:
    """A pipe that nobody reads: pyttsx3 waits for ever when it opens it."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    espeak.synthesize(da("fem"))
    worker = espeak._pool().get()
    request = {"text": "fem", "voice": "gmq/da+coach", "rate": 155, "limit_s": 0.3}
    reply = worker.ask({**request, "path": str(pipe)}, 10)
    assert "longer than 0.3 s" in reply["error"]
    assert "error" not in worker.ask({**request, "path": str(tmp_path / "1.wav"), "limit_s": 10}, 10)
    espeak._pool().put(worker)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"path": "/nowhere/1.wav"}, "nowhere"),
        ({"voice": "gmq/none"}, "gmq/none"),
        ({"text": "\ud800"}, "surrogates"),
    ],
)
def test_what_goes_wrong_in_a_child_is_told(
    tmp_path: Path, espeak: Pyttsx3Engine, change: dict[str, str], reason: str
) -> None:
    worker = espeak._pool().get()
    request = {"text": "fem", "voice": "gmq/da+coach", "rate": 155, "limit_s": 5, "path": str(tmp_path / "1.wav")}
    assert reason in worker.ask({**request, **change}, 10)["error"]
    espeak._pool().put(worker)


@pytest.mark.parametrize("moment", ["idle", "busy"])
def test_the_worker_ends_when_its_parent_is_killed(tmp_path: Path, moment: str) -> None:
    text = "fem" if moment == "idle" else "Træk vejret. " * 300
    code = f"""
import os, sys, threading, time
from voicecoach.speech.espeak.engine import Pyttsx3Engine
from voicecoach.model import Utterance
engine = Pyttsx3Engine()
engine.synthesize(Utterance(text="fem", language="da", voice="pyttsx3:gmq/da"))
worker = engine._pool().get(); engine._pool().put(worker)
print(worker._process.pid, worker._folder, flush=True)
engine.synthesize(Utterance(text={text!r}, language="da", voice="pyttsx3:gmq/da"))
time.sleep(60)
"""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=environment, text=True) as parent:
        assert parent.stdout is not None
        worker, folder = parent.stdout.readline().split()
        time.sleep(0.2)
        parent.kill()
    wait_until(lambda: not is_running(int(worker)) and not Path(folder).exists())
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("voicecoach-")]


def test_interrupting_does_not_reach_the_worker(espeak: Pyttsx3Engine) -> None:
    espeak.synthesize(da("fem"))
    worker = espeak._pool().get()
    espeak._pool().put(worker)
    assert worker._process is not None
    pid = worker._process.pid
    os.kill(pid, signal.SIGINT)
    espeak.synthesize(da("seks"))
    assert worker._process.pid == pid


def worker_file() -> Path:
    import voicecoach.speech.espeak

    return Path(voicecoach.speech.espeak.__file__).with_name("worker.py")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition: object, seconds: float = 60) -> None:
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)
