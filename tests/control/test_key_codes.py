"""What keyboards, mice, clickers and terminals send, whole and in every way of being cut in pieces."""

from __future__ import annotations

import pytest

from voicecoach.control.key_codes import ESCAPE_S, PIECE_S, KeyCodes

SENT = [
    (b"n", ["n"]),
    ("ø€🧘".encode(), ["ø", "€", "🧘"]),
    (b"\x1b[A", ["up"]),
    (b"\x1b[B", ["down"]),
    (b"\x1b[C", ["right"]),
    (b"\x1b[D", ["left"]),
    (b"\x1bOA", ["up"]),
    (b"\x1bOD", ["left"]),
    (b"\x1b[1;5C", ["right"]),
    (b"\x1b[5~", ["page-up"]),
    (b"\x1b[6~", ["page-down"]),
    (b"\x1b[6;2~", ["page-down"]),
    (b"\x1b[H", ["home"]),
    (b"\x1bOF", ["end"]),
    (b"\x1b[4~", ["end"]),
    (b"\x1b[15~", ["unknown"]),  # F5
    (b"\x1bOP", ["unknown"]),  # F1
    (b"\x1b[[E", ["unknown"]),  # F5 on the Linux console
    (b"\x1b[Z", ["unknown"]),  # Shift-Tab
    (b"\x1bq", ["unknown"]),  # Alt-q
    ("\x1bø".encode(), ["unknown"]),
    (b"\x1b\x1b[C", ["right"]),  # Alt-→ of rxvt
    (b"\x1b[M qn", []),  # a mouse
    (b"\x1b[<0;10;5M\x1b[<0;10;5m", []),
    (b"\x1b[32;10;5M", []),
    (b"\x1b[200~quit now\nnnn\x1b[C\x1b[201~", []),  # a paste
    (b"\x1b[I\x1b[O", []),  # the window comes to the front and goes
    (b"\x1b[12;40R", []),  # where the cursor is
    (b"\x1b[?62;22c", []),
    (b"\x1b]11;rgb:0000/0000/0000\x07", []),  # a colour
    (b"\x1b]11;rgb:0/0/0\x1b\\\x1bP1$r0q\x1b\\", []),
]


def named(codes: KeyCodes, now_s: float) -> list[str]:
    found = []
    while (key := codes.next(now_s)) is not None:
        found.append(key)
    return found


@pytest.mark.parametrize(("sent", "keys"), SENT)
def test_a_sequence_is_one_key_or_none(sent: bytes, keys: list[str]) -> None:
    codes = KeyCodes()
    codes.feed(sent + b"n", 0.0)
    assert named(codes, 0.0) == [*keys, "n"]


@pytest.mark.parametrize(("sent", "keys"), SENT)
def test_however_it_is_cut(sent: bytes, keys: list[str]) -> None:
    for size in (1, 2, 3, 5):
        codes, found, now_s = KeyCodes(), list[str](), 0.0
        for at in range(0, len(sent), size):
            codes.feed(sent[at : at + size], now_s)
            found += named(codes, now_s)
            now_s += ESCAPE_S * 0.9
            found += named(codes, now_s)
        assert found == keys


def test_a_lone_escape_is_one_after_a_moment() -> None:
    for sent in (b"\x1b", b"\x1b\x1b"):
        codes = KeyCodes()
        codes.feed(sent, 5.0)
        assert codes.next(5.0 + ESCAPE_S * 0.9) is None
        assert named(codes, 5.0 + ESCAPE_S) == ["escape"]


@pytest.mark.parametrize("sent", [b"\x1b[", b"\x1bO", b"\x1b]", b"\x1b[200~never ended", "ø".encode()[:1]])
def test_what_is_never_whole_is_given_up(sent: bytes) -> None:
    codes = KeyCodes()
    codes.feed(sent, 0.0)
    assert codes.next(PIECE_S * 0.9) is None
    assert len(named(codes, PIECE_S)) == 1
    codes.feed(b"n", 2.0)
    assert named(codes, 2.0) == ["n"]


def test_a_long_paste_is_not_kept() -> None:
    codes = KeyCodes()
    codes.feed(b"\x1b[200~", 0.0)
    for _ in range(1000):
        codes.feed(b"q" * 1000, 0.0)
        assert named(codes, 0.0) == []
        assert len(codes._read) < 100
    codes.feed(b"\x1b[2", 0.0)
    codes.feed(b"01~n", 0.0)
    assert named(codes, 0.0) == ["n"]
