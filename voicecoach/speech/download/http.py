"""Fetches files over HTTP: with time limits, resumed after a break, and in plain words when it fails.

The time limits of sockets begin anew with every byte, so that a server which drips its headers could hold us for
ever, and looking a name up has none at all. So whatever waits for the network is done in a thread that is left alone
when it takes too long.
"""

from __future__ import annotations

import contextlib
import http.client
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from functools import partial
from typing import IO, Any, TypeVar
from urllib.parse import urlsplit

from voicecoach import __version__
from voicecoach.errors import DownloadError

BLOCK_BYTES = 65_536
MIN_BYTES_A_SECOND = 1000
"""What is slower than a modem, over a whole time limit, hangs."""
TRIES = 4
"""How often a connection may break without one byte more."""
_AGAIN = "Run the command again: it goes on where it stopped."


_T = TypeVar("_T")


class BrokenError(Exception):
    """The connection ended before the file did. What came so far is good."""


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirection only to the web, and never from https to http."""

    def redirect_request(self, req: urllib.request.Request, *args: Any) -> urllib.request.Request | None:
        check_url(args[-1])
        if urlsplit(req.full_url).scheme == "https" and urlsplit(args[-1]).scheme != "https":
            raise DownloadError(f"{urlsplit(req.full_url).hostname} sends us on to an address that is not https")
        return super().redirect_request(req, *args)


def check_url(url: str) -> None:
    """Raises `DownloadError` for what is no address of the web."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and url.isprintable()
    except ValueError:
        good = False
    if not good or " " in url:
        raise DownloadError(f"“{url}” is not an address that begins with https:// or http://")


def read_all(url: str, *, limit_s: float, max_bytes: int) -> bytes:
    """A small file, whole. Raises `DownloadError`."""
    with _clear(url), _opened(url, 0, limit_s) as response:
        data = b"".join(_blocks(response, limit_s, max_bytes + 1))
        if len(data) > max_bytes:
            raise DownloadError(f"{url} is larger than {max_bytes} bytes")
        if len(data) < (_length(response) or 0):
            raise DownloadError(f"the connection to {urlsplit(url).hostname} broke; try again")
        return data


def append_to(file: IO[bytes], url: str, size_bytes: int, *, limit_s: float, progress: Callable[[int], None]) -> None:
    """Adds to `file`, open for reading and writing, what it lacks of `size_bytes`, from wherever it ends.

    It tries again after a break, as long as more comes each time. `progress` gets the bytes there are. Raises
    `DownloadError`; what came before stays in the file.
    """
    tries = TRIES
    while (before := file.seek(0, 2)) < size_bytes:
        try:
            with _clear(url):
                _append_once(file, url, size_bytes, limit_s, progress)
        except BrokenError as error:
            tries = TRIES if file.seek(0, 2) > before else tries - 1
            if tries == 0:
                raise DownloadError(str(error), hint=_AGAIN) from error
    if before > size_bytes:
        file.truncate(0)
        raise DownloadError(f"{url} is larger than it should be")


def _append_once(file: IO[bytes], url: str, size_bytes: int, limit_s: float, progress: Callable[[int], None]) -> None:
    start = file.seek(0, 2)
    with _opened(url, start, limit_s) as response:
        if start and not _continues(response, start):
            start = file.seek(0)  # the server knows no ranges: from the beginning then
            file.truncate()
        for block in _blocks(response, limit_s, size_bytes - start + 1):
            file.write(block)
            progress(min(file.tell(), size_bytes))
        file.flush()
    came = file.tell() - start
    if came == _length(response) and file.tell() < size_bytes:
        file.truncate(0)
        raise DownloadError(f"{url} is shorter than it should be")
    if file.tell() < size_bytes:
        how_much = f"{file.tell()} of {size_bytes} bytes"
        raise BrokenError(f"the connection to {urlsplit(url).hostname} ended after {how_much}")


def _length(response: Any) -> int | None:
    """How many bytes the answer is to have, if it says so."""
    length = str(response.headers.get("Content-Length", ""))
    return int(length) if length.isdecimal() else None


def _continues(response: Any, start: int) -> bool:
    return response.status == 206 and str(response.headers.get("Content-Range", "")).startswith(f"bytes {start}-")


@contextlib.contextmanager
def _opened(url: str, start: int, limit_s: float) -> Iterator[Any]:
    response = _in_time(lambda: _open(url, start, limit_s), limit_s, late=_close)
    try:
        yield response
    finally:
        _close(response)


def _close(response: Any) -> None:
    """Someone may still be reading it, and would be waited for."""
    threading.Thread(target=response.close, name="close download", daemon=True).start()


def _in_time(wait: Callable[[], _T], limit_s: float, late: Callable[[_T], object] = bool) -> _T:
    """What `wait` returns or raises. Raises `TimeoutError` if that takes longer; `late` gets what comes after all."""
    future: Future[_T] = Future()

    def run() -> None:
        try:
            future.set_result(wait())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="download", daemon=True).start()
    try:
        return future.result(limit_s)
    except FutureTimeoutError as error:
        if not future.done():
            future.add_done_callback(lambda done: done.exception() or late(done.result()))
        raise TimeoutError from error


def _open(url: str, start: int, limit_s: float) -> Any:
    check_url(url)
    headers = {"User-Agent": f"voicecoach/{__version__}"}
    if start:
        headers["Range"] = f"bytes={start}-"
    opener = urllib.request.build_opener(_SafeRedirects)
    try:
        return opener.open(urllib.request.Request(url, headers=headers), timeout=limit_s)
    except urllib.error.HTTPError as error:
        error.close()
        if start and error.code == 416:  # our part is not a part of that file: ask for the whole
            return _open(url, 0, limit_s)
        raise


def _blocks(response: Any, limit_s: float, at_most: int) -> Iterator[bytes]:
    """What comes, `at_most` bytes of it. Raises `TimeoutError` also for a trickle."""
    since, came = time.monotonic(), 0
    while at_most > 0 and (block := _in_time(partial(response.read1, min(BLOCK_BYTES, at_most)), limit_s)):
        at_most -= len(block)
        came += len(block)
        yield block
        if (passed := time.monotonic() - since) > limit_s:
            if came < MIN_BYTES_A_SECOND * passed:
                raise TimeoutError
            since, came = time.monotonic(), 0


@contextlib.contextmanager
def _clear(url: str) -> Iterator[None]:
    """Turns what the network raises into one line that a person can use."""
    host = urlsplit(url).hostname
    try:
        yield
    except urllib.error.HTTPError as error:
        what = f"{host} has no {url}" if error.code in (404, 410) else f"{host} answered {error.code} {error.reason}"
        raise DownloadError(what, hint="Try again later." if error.code >= 500 else "") from error
    except urllib.error.URLError as error:
        reason = "no answer in time" if isinstance(error.reason, TimeoutError) else error.reason
        raise DownloadError(f"{host} cannot be reached ({reason})") from error
    except TimeoutError as error:
        raise DownloadError(f"{host} stopped sending", hint=_AGAIN) from error
    except (http.client.HTTPException, ConnectionError) as error:
        raise BrokenError(f"the connection to {host} broke") from error
