"""A real server of voices that breaks off, lies, hangs, knows no ranges and sends people on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


def about(data: bytes) -> dict[str, Any]:
    return {"size_bytes": len(data), "md5_digest": hashlib.md5(data).hexdigest()}


class Server(ThreadingHTTPServer):
    """Serves a voice; the attributes say how badly."""

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files = files
        """By the ending of a path."""
        self.index: dict[str, Any] = {}
        """What is served as `voices.json`."""
        self.asked: list[tuple[str, str]] = []
        """(path, range) of each request."""
        self.status: dict[str, int] = {}
        """By the ending of a path: what to answer instead."""
        self.breaks: list[int] = []
        """After how many bytes each of the next answers with the model is cut off."""
        self.ranges = True
        self.pause_s = 0.0
        """Between two blocks of the model."""
        self.changes: dict[str, bytes] = {}
        """By the ending of a path: what is served instead."""
        self.redirect = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/voices"

    @property
    def ranges_asked(self) -> list[str]:
        return [asked for path, asked in self.asked if path.endswith(".onnx")]


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.0"

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        server, name = self.server, self.path.rpartition("/")[2]
        asked = self.headers.get("Range", "")
        server.asked.append((self.path, asked))
        if server.redirect:
            self.answer(302, b"", Location=server.redirect)
        elif name in server.status:
            self.answer(server.status[name], b"")
        elif name == "voices.json":
            self.answer(200, server.changes.get(name, json.dumps(server.index).encode()))
        else:
            self.file({**server.files, **server.changes}[name], name, asked)

    def file(self, data: bytes, name: str, asked: str) -> None:
        cut = self.server.breaks.pop(0) if name.endswith(".onnx") and self.server.breaks else None
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and self.server.ranges else 0
        if asked and start >= len(data):
            self.answer(416, b"")
        elif start:
            total = len(data)
            self.answer(206, data[start:], cut, Content_Range=f"bytes {start}-{total - 1}/{total}")
        else:
            self.answer(200, data, cut)

    def answer(self, status: int, data: bytes, cut: int | None = None, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        data = data[:cut]
        size = 10_000 if self.server.pause_s else len(data) or 1
        try:
            for at in range(0, len(data), size):
                self.wfile.write(data[at : at + size])
                self.wfile.flush()
                time.sleep(self.server.pause_s)
        except OSError:
            return


@contextlib.contextmanager
def serving(files: Mapping[str, bytes]) -> Iterator[Server]:
    with Server(files) as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield made
        finally:
            made.shutdown()
            thread.join()
