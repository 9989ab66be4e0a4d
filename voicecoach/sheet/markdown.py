"""A sheet as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicecoach.errors import assert_never
from voicecoach.sheet import qr
from voicecoach.sheet.sheet import Block, Entry, Fact, Group, Note, Sheet

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!]|^[-+=](?=\s|$)|^\d+(?=[.)]))")
"""What would be markup: signs anywhere, and what makes a list at the beginning."""


def written(sheet: Sheet, mark: str) -> str:
    return "\n\n".join(_parts(sheet, mark)) + "\n"


def escaped(text: str) -> str:
    return _MARKUP.sub(lambda found: found[0] + "\\" if found[0].isdigit() else "\\" + found[0], text)


def _parts(sheet: Sheet, mark: str) -> Iterator[str]:
    yield f"<!-- {mark} -->"
    yield f"# {escaped(sheet.title)}"
    yield from filter(None, [escaped(sheet.about), _facts(sheet.facts), *map(escaped, sheet.opening)])
    for section in sheet.sections:
        if section.title:
            yield f"## {escaped(section.title)}"
        for block in section.blocks:
            yield from _block(sheet, block, 3 if section.title else 2)
    yield from map(escaped, sheet.closing)
    if sheet.url:
        yield f"![QR]({qr.as_data_uri(sheet.url)})"
        yield f"{sheet.labels.listen}: <{sheet.url}>"
    if sheet.sources:
        yield f"## {sheet.labels.sources}"
        yield "\n".join(f"- {escaped(source)}" for source in sheet.sources)


def _facts(facts: tuple[Fact, ...]) -> str:
    return "\n".join(f"- **{escaped(fact.label)}:** {escaped(fact.value)}" for fact in facts)


def _block(sheet: Sheet, block: Block, level: int) -> Iterator[str]:
    heading = "#" * min(level, 6)
    if isinstance(block, Entry):
        number = f"{block.number}\\. " if block.number else ""
        yield f"{heading} {number}{escaped(block.title)}"
        yield from filter(None, [_facts(block.facts), *map(escaped, block.texts)])
        if block.tips:
            yield "\n".join(f"- {escaped(tip)}" for tip in block.tips)
        for caution in block.cautions:
            yield f"> **{sheet.labels.caution}:** {escaped(caution)}"
    elif isinstance(block, Note):
        yield (f"**{escaped(block.label)}:** " if block.label else "") + escaped(block.text)
    elif isinstance(block, Group):
        yield f"{heading} {escaped(block.title)}"
        for inner in block.blocks:
            yield from _block(sheet, inner, level + 1)
    else:
        assert_never(block)
