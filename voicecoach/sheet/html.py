"""A sheet as a page to print: on A4, dark on white, with nothing that lies elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from voicecoach.errors import assert_never
from voicecoach.sheet import qr
from voicecoach.sheet.sheet import Block, Entry, Fact, Group, Note, Sheet

_STYLE = """
@page { size: A4; margin: 15mm 16mm }
* { box-sizing: border-box }
body { max-width: 178mm; margin: 0 auto; padding: 6mm; color: #111; background: #fff;
  font: 11pt/1.38 "Helvetica Neue", Arial, "Liberation Sans", sans-serif; overflow-wrap: anywhere }
@media print { body { padding: 0; max-width: none } }
h1 { font-size: 22pt; line-height: 1.15; margin: 0 0 2mm }
h2, h3, h4, h5, h6 { font-size: 13pt; line-height: 1.25; margin: 0 0 1mm; break-after: avoid }
h2.section { font-size: 16pt; margin: 7mm 0 2mm; border-bottom: .4mm solid #111 }
p { margin: .7mm 0 }
header { border-bottom: .6mm solid #111; padding-bottom: 3mm; margin-bottom: 4mm }
header:has(.qr)::after { content: ""; display: block; clear: both }
.qr { float: right; width: 34mm; margin: 0 0 2mm 5mm; font-size: 9pt; line-height: 1.2; text-align: center }
.qr svg { display: block; width: 30mm; height: 30mm; margin: 0 auto }
dl { margin: 1mm 0; display: flex; flex-wrap: wrap; gap: .5mm 6mm }
dl div { display: flex; gap: 1.5mm }
dt { font-weight: bold }
dt::after { content: ":" }
dd { margin: 0 }
ul { margin: 1mm 0; padding-left: 5mm }
article { break-inside: avoid; margin: 0 0 2.5mm; padding: 2mm 3mm; border: .3mm solid #777; border-radius: 1.5mm }
.caution { border-left: 1.2mm solid #111; padding-left: 2.5mm; font-weight: bold }
.note { break-inside: avoid; margin: 0 0 3mm; padding: 0 3mm }
.group { margin: 0 0 3mm; padding-left: 3mm; border-left: .8mm solid #111 }
.sources { margin-top: 6mm }
.sources li { break-inside: avoid }
""".strip()


def written(sheet: Sheet, mark: str) -> str:
    return "\n".join(_lines(sheet, mark)) + "\n"


def _lines(sheet: Sheet, mark: str) -> Iterator[str]:
    yield f'<!DOCTYPE html>\n<html lang="{escape(sheet.language)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta name="generator" content="{escape(mark)}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(sheet.title)}</title>\n<style>\n{_STYLE}\n</style>\n</head>\n<body>\n<header>"
    if sheet.url:
        yield from _qr(sheet)
    yield f"<h1>{escape(sheet.title)}</h1>"
    yield from _paragraphs([sheet.about] if sheet.about else [])
    yield _facts(sheet.facts)
    yield "</header>\n<main>"
    yield from _paragraphs(sheet.opening)
    for section in sheet.sections:
        yield "<section>"
        if section.title:
            yield f'<h2 class="section">{escape(section.title)}</h2>'
        for block in section.blocks:
            yield from _block(sheet, block, 3 if section.title else 2)
        yield "</section>"
    yield from _paragraphs(sheet.closing)
    yield "</main>"
    if sheet.sources:
        yield f'<footer class="sources">\n<h2>{escape(sheet.labels.sources)}</h2>\n<ul>'
        yield from (f"<li>{escape(source)}</li>" for source in sheet.sources)
        yield "</ul>\n</footer>"
    yield "</body>\n</html>"


def _qr(sheet: Sheet) -> Iterator[str]:
    yield f'<div class="qr">{qr.as_svg(sheet.url, sheet.labels.listen)}'
    yield f'{escape(sheet.labels.listen)}<br><a href="{escape(sheet.url)}">{escape(sheet.url)}</a></div>'


def _paragraphs(texts: tuple[str, ...] | list[str]) -> Iterator[str]:
    return (f"<p>{escape(text)}</p>" for text in texts)


def _facts(facts: tuple[Fact, ...]) -> str:
    told = (f"<div><dt>{escape(fact.label)}</dt><dd>{escape(fact.value)}</dd></div>" for fact in facts)
    return f"<dl>{''.join(told)}</dl>" if facts else ""


def _block(sheet: Sheet, block: Block, level: int) -> Iterator[str]:
    heading = f"h{min(level, 6)}"
    if isinstance(block, Entry):
        number = f"{block.number}. " if block.number else ""
        yield f"<article>\n<{heading}>{number}{escape(block.title)}</{heading}>"
        yield _facts(block.facts)
        yield from _paragraphs(block.texts)
        if block.tips:
            yield f"<ul>{''.join(f'<li>{escape(tip)}</li>' for tip in block.tips)}</ul>"
        for caution in block.cautions:
            yield f'<p class="caution">{escape(sheet.labels.caution)}: {escape(caution)}</p>'
        yield "</article>"
    elif isinstance(block, Note):
        label = f"<strong>{escape(block.label)}:</strong> " if block.label else ""
        yield f'<p class="note">{label}{escape(block.text)}</p>'
    elif isinstance(block, Group):
        yield f'<section class="group">\n<{heading}>{escape(block.title)}</{heading}>'
        for inner in block.blocks:
            yield from _block(sheet, inner, level + 1)
        yield "</section>"
    else:
        assert_never(block)
