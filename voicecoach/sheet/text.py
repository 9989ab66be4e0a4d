"""A sheet as plain text: for a mail, or a printer that knows no more."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from voicecoach.errors import assert_never
from voicecoach.sheet import qr
from voicecoach.sheet.sheet import Block, Entry, Group, Note, Sheet

_WIDTH = 76
_INDENT = "   "


def written(sheet: Sheet, mark: str) -> str:
    return "\n".join(line.rstrip() for line in _lines(sheet, mark)) + "\n"


def _lines(sheet: Sheet, mark: str) -> Iterator[str]:
    yield from _underlined(sheet.title, "=")
    yield f"({mark})"
    yield from _paragraphs([sheet.about] if sheet.about else [])
    yield ""
    for fact in sheet.facts:
        yield from _wrapped(f"{fact.label}: {fact.value}", "")
    yield from _paragraphs(sheet.opening)
    for section in sheet.sections:
        if section.title:
            yield ""
            yield from _underlined(section.title, "-")
        for block in section.blocks:
            yield from _block(sheet, block, "")
    yield from _paragraphs(sheet.closing)
    if sheet.url:
        yield ""
        yield f"{sheet.labels.listen}: {sheet.url}"
        yield ""
        yield from qr.as_lines(sheet.url)
    if sheet.sources:
        yield ""
        yield from _underlined(sheet.labels.sources, "-")
        for source in sheet.sources:
            yield from _wrapped(f"- {source}", "  ")


def _underlined(title: str, with_: str) -> Iterator[str]:
    lines = textwrap.wrap(title, _WIDTH) or [""]
    yield from lines
    yield with_ * max(map(len, lines))


def _paragraphs(texts: tuple[str, ...] | list[str]) -> Iterator[str]:
    for text in texts:
        yield ""
        yield from _wrapped(text, "")


def _block(sheet: Sheet, block: Block, indent: str) -> Iterator[str]:
    yield ""
    if isinstance(block, Entry):
        yield from _entry(sheet, block, indent)
    elif isinstance(block, Note):
        yield from _wrapped(f"{indent}{f'{block.label}: ' if block.label else ''}{block.text}", indent + _INDENT)
    elif isinstance(block, Group):
        yield from _wrapped(f"{indent}{block.title}:", indent)
        for inner in block.blocks:
            yield from _block(sheet, inner, indent + _INDENT)
    else:
        assert_never(block)


def _entry(sheet: Sheet, entry: Entry, indent: str) -> Iterator[str]:
    number = f"{entry.number}. " if entry.number else ""
    yield from _wrapped(f"{indent}{number}{entry.title.upper()}", indent + _INDENT)
    inside = indent + _INDENT
    for fact in entry.facts:
        yield from _wrapped(f"{inside}{fact.label}: {fact.value}", inside + _INDENT)
    for text in entry.texts:
        yield from _wrapped(inside + text, inside)
    for tip in entry.tips:
        yield from _wrapped(f"{inside}- {tip}", f"{inside}  ")
    for caution in entry.cautions:
        yield from _wrapped(f"{inside}{sheet.labels.caution}: {caution}", inside)


def _wrapped(line: str, indent: str) -> list[str]:
    return textwrap.wrap(line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
