"""The model of Supertonic comes whole or not at all, by the way that Piper's voices come (`test_download`)."""

from __future__ import annotations

import gc
import hashlib
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import CODE, process, run
from tests.speech.lying_server import Server, serving
from tests.speech.stand_in import model_files
from voicecoach.errors import DownloadError, NotFoundError
from voicecoach.speech.download.voices import add_voice, find_voice, is_here, remove_voice
from voicecoach.speech.supertonic import files as supertonic_files
from voicecoach.speech.supertonic.engine import SupertonicEngine

LARGEST = "vocoder.onnx"
REAL = dict(supertonic_files.PINNED)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the model goes; not made yet. What is known of its files is what is true of the stand-in."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VOICECOACH_DATA_DIR", str(tmp_path / "data"))
    known = {path: (len(data), hashlib.sha256(data).hexdigest()) for path, data in model_files().items()}
    monkeypatch.setattr(supertonic_files, "PINNED", known)
    return tmp_path / "data" / "voices" / "supertonic-3"


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({path.rpartition("/")[2]: data for path, data in model_files().items()}) as made:
        yield made


def add(server: Server, limit_s: float = 5) -> Path:
    return add_voice(find_voice("supertonic"), base_url=server.url, limit_s=limit_s)


def there(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- what is known ---


def test_every_file_of_the_real_model_is_known() -> None:
    assert len(REAL) == 17
    assert sum(size for size, _ in REAL.values()) == 401_291_751
    assert all(len(sha256) == 64 and set(sha256) <= set("0123456789abcdef") for _, sha256 in REAL.values())
    assert all(not path.startswith("/") and ".." not in path for path in REAL)
    voice = find_voice("supertonic")
    assert voice.pinned
    assert voice.base_url.endswith(f"/Supertone/supertonic-3/resolve/{supertonic_files.REVISION}")


# --- what goes well ---


def test_it_is_added_whole_and_speaks(server: Server, folder: Path) -> None:
    seen: list[int] = []
    voice = find_voice("supertonic:M2")
    add_voice(voice, base_url=server.url, progress=seen.append)
    assert there(folder) == model_files()
    assert seen == sorted(seen)
    assert seen[-1] == voice.size_bytes
    assert is_here("supertonic")
    assert all(voice.installed for voice in SupertonicEngine().voices())
    assert {path for path, _ in server.asked} == {f"/voices/{path}" for path in model_files()}


def test_it_goes_on_after_breaks(server: Server, folder: Path) -> None:
    server.breaks = [*[10_000] * 3, 1000, 500, 0, 2000]  # the three small modules come first, and whole
    add(server)
    assert there(folder) == model_files()
    assert [asked for _, asked in server.asked if asked] == [f"bytes={start}-" for start in (1000, 1500, 1500, 3500)]


def test_the_next_command_goes_on_where_the_last_stopped(server: Server, folder: Path) -> None:
    server.status[LARGEST] = 503
    with pytest.raises(DownloadError, match="answered 503"):
        add(server)
    assert not is_here("supertonic")
    assert not [name for name in there(folder) if not name.endswith(".part")]
    server.status.clear()
    server.asked.clear()
    add(server)
    assert [path for path, _ in server.asked] == [f"/voices/onnx/{LARGEST}"]


def test_what_was_put_in_place_is_not_fetched_again(server: Server, folder: Path) -> None:
    """A kill between two renamings: what makes it a voice is the last to come, and the first to go."""
    add(server)
    (folder / supertonic_files.LAST).unlink()
    (folder / "voice_styles" / "F3.json").write_bytes(b"damaged")
    assert not is_here("supertonic")
    server.asked.clear()
    add(server)
    assert there(folder) == model_files()
    assert sorted(path for path, _ in server.asked) == ["/voices/onnx/tts.json", "/voices/voice_styles/F3.json"]


# --- servers that fail or lie ---


@pytest.mark.parametrize("name", [LARGEST, "tts.json", "F1.json", "LICENSE"])
@pytest.mark.parametrize("how", ["hash", "longer", "shorter", "empty"])
def test_what_is_not_as_it_is_known(server: Server, folder: Path, name: str, how: str) -> None:
    whole = server.files[name]
    changed = {"hash": whole[:-1] + b"\x07", "longer": whole + b"x", "shorter": whole[:-1], "empty": b""}[how]
    server.changes[name] = changed
    with pytest.raises(DownloadError, match=r"damaged|larger|shorter"):
        add(server)
    assert not is_here("supertonic")
    assert not [path for path in there(folder) if not path.endswith(".part")]
    server.changes.clear()
    add(server)
    assert there(folder) == model_files()


def test_a_trickle_is_a_hang(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voicecoach.speech.download.http.MIN_BYTES_A_SECOND", 100_000_000)
    server.pause_s = 0.05
    with pytest.raises(DownloadError, match="stopped sending"):
        add(server, limit_s=0.2)
    assert not is_here("supertonic")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # what the server of this test forgets
@pytest.mark.skipif(not shutil.which("openssl"), reason="nothing here makes a certificate")
def test_no_redirection_from_https_to_http(
    server: Server, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that people trust sends them on to one that anybody on the way can change."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -keyout {key} -out {certificate}"
    subprocess.run([*make.split(), "-addext", "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(server.files) as secure:
        secure.daemon_threads = (
            False  # they are waited for: what they forget is found in this test, not in a later one
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        url = secure.url.replace("http:", "https:")
        secure.redirect = f"{server.url}/onnx/tts.json"
        with pytest.raises(DownloadError, match="not https"):
            add_voice(find_voice("supertonic"), base_url=url)
        assert server.asked == []
        assert not is_here("supertonic")
        secure.redirect = ""
        add_voice(find_voice("supertonic"), base_url=url)
    gc.collect()
    assert there(folder) == model_files()


# --- this machine ---


def test_a_full_disk_is_told_before_and_what_has_come_counts(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sum(map(len, model_files().values()))
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=20_000_000 + whole - 1))
    with pytest.raises(DownloadError, match="the disk is full"):
        add(server)
    assert server.asked == []
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    server.status[LARGEST] = 503
    with pytest.raises(DownloadError):
        add(server)
    server.status.clear()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=20_000_000 + whole - 1))
    add(server)
    assert is_here("supertonic")


def test_it_is_removed_and_what_is_a_persons_own_stays(server: Server, folder: Path) -> None:
    add(server)
    (folder / "onnx" / f"{LARGEST}.0123.part").write_bytes(b"x")
    assert remove_voice("supertonic:F1") == folder
    assert not folder.exists()
    with pytest.raises(NotFoundError, match="Added were: none"):
        remove_voice("supertonic")
    add(server)
    (folder / "mine.txt").write_text("x")
    remove_voice("supertonic")
    assert there(folder) == {"mine.txt": b"x"}


# --- the command ---


def test_nobody_gets_it_without_agreeing(server: Server, folder: Path) -> None:
    done = process("voices", "add", "supertonic", "--base-url", server.url)
    assert done.code == CODE["usage"]
    assert "401 MB" in done.err
    assert "Not to give medical advice" in done.err
    assert "--yes" in done.err
    assert not folder.exists()
    assert server.asked == []


def test_who_agrees_gets_it_from_the_server_of_the_configuration(
    server: Server, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config"
    config.mkdir()
    (config / "config.toml").write_text(
        f'[voices]\nsupertonic_url = "{server.url}"\nbase_url = "http://127.0.0.1:9"\n'
    )
    monkeypatch.setenv("VOICECOACH_CONFIG_DIR", str(config))
    done = run("voices", "add", "supertonic", "--yes")
    assert (done.code, done.out) == (0, "Use it with: --voice supertonic:F1 --lang da\n")
    assert there(folder) == model_files()
    assert "here already" in run("voices", "add", "supertonic").err
    assert "Removed supertonic" in run("voices", "remove", "supertonic").out
