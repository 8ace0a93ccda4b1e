# SPDX-License-Identifier: MIT
"""A report as one HTML file that needs no other: its figures are in it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

from models.reports.content import (
    Beside,
    Block,
    Facts,
    Figure,
    Gallery,
    Heading,
    Paragraph,
    Report,
    Table,
)
from ui.reports.illustrations import Picture, Pictures, shown_mm

_STYLE = """
body { font: 15px/1.45 Inter, "Segoe UI", Roboto, Arial, sans-serif; color: #000;
  background: #fff; max-width: 1180px; margin: 24px auto; padding: 0 20px; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 26px 0 6px; }
h3 { font-size: 15px; margin: 20px 0 4px; } p { margin: 6px 0; }
.about, .note, figcaption, footer { color: #3d4652; font-size: 13px; }
table { border-collapse: collapse; width: 100%; font-size: 13px; margin: 4px 0; }
caption { text-align: left; font-weight: 600; padding: 12px 0 4px; }
th, td { text-align: left; vertical-align: top; padding: 3px 6px;
  border-bottom: 1px solid #b9bec5; }
thead th { border-bottom: 1.5px solid #000; } .n { text-align: right; }
tr.part td { font-weight: 600; background: #eef1f4; } dl { margin: 4px 0; }
dl div { display: flex; } dt { width: 30%; color: #3d4652; } dd { margin: 0; flex: 1; }
figure { margin: 14px 0; } figure img { max-width: 100%; height: auto; }
.gallery, .beside { display: flex; gap: 18px; flex-wrap: wrap; } .gallery figure { margin: 8px 0; }
.wide { overflow-x: auto; } footer { margin-top: 30px; border-top: 1px solid #b9bec5; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; }
  thead { display: table-header-group; } tr, figure { break-inside: avoid; }
  h2, h3, caption { break-after: avoid; }
  .wide { overflow: visible; } table { font-size: 8pt; } th, td { padding: 2px 4px; } }
"""
_ACROSS = "@page { size: landscape; }\n"
"""A wide table that scrolls on the screen has to fit on paper, where nothing scrolls."""


def html_of(report: Report, pictures: Pictures) -> str:
    """The whole file."""
    about = "".join(f'<p class="about">{escape(line)}</p>\n' for line in report.subtitle)
    body = "\n".join(_blocks(report.blocks, pictures))
    style = _STYLE + _ACROSS if report.is_across else _STYLE
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="Kypholog">\n'
        f"<title>{escape(report.title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<h1>{escape(report.title)}</h1>\n{about}{body}\n"
        f"<footer><p>{escape(report.footer)}</p></footer>\n</body>\n</html>\n"
    )


def _blocks(blocks: Sequence[Block], pictures: Pictures) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text=text, level=level):
                yield f"<h{level + 1}>{escape(text)}</h{level + 1}>"
            case Paragraph(text=text, is_note=is_note):
                kind = ' class="note"' if is_note else ""
                yield f"<p{kind}>{escape(text)}</p>"
            case Table():
                yield from _table(block)
            case Facts(rows=rows):
                yield _facts(rows)
            case Figure():
                yield _figure(block, pictures[id(block)])
            case Gallery(figures=figures):
                shown = "".join(_figure(figure, pictures[id(figure)]) for figure in figures)
                yield f'<div class="gallery">{shown}</div>'
            case Beside():
                yield from _beside(block, pictures)


def _facts(rows: Sequence[tuple[str, str]]) -> str:
    lines = (f"<div><dt>{escape(name)}</dt><dd>{escape(told)}</dd></div>" for name, told in rows)
    return f"<dl>{''.join(lines)}</dl>"


def _beside(block: Beside, pictures: Pictures) -> Iterator[str]:
    yield '<div class="beside">'
    for part, width in ((block.left, block.share), (block.right, 1 - block.share)):
        yield f'<div style="flex: {width:.2f}; min-width: 120px">'
        yield from _blocks(part, pictures)
        yield "</div>"
    yield "</div>"


def _table(table: Table) -> Iterator[str]:
    yield '<div class="wide"><table>'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    classes = [' class="n"' if column.is_right else "" for column in table.columns]
    headings = zip(table.columns, classes, strict=True)
    heads = "".join(f'<th scope="col"{kind}>{escape(one.heading)}</th>' for one, kind in headings)
    yield f"<thead><tr>{heads}</tr></thead><tbody>"
    for number, row in enumerate(table.rows):
        cells = "".join(
            f"<td{kind}>{escape(cell)}</td>" for cell, kind in zip(row, classes, strict=True)
        )
        opened = ' class="part"' if number in table.parts else ""
        yield f"<tr{opened}>{cells}</tr>"
    yield "</tbody></table></div>"
    if table.note:
        yield f'<p class="note">{escape(table.note)}</p>'


def _figure(figure: Figure, picture: Picture) -> str:
    source = f"data:image/png;base64,{b64encode(png_of(picture.image)).decode('ascii')}"
    caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
    return (
        f'<figure style="max-width: {shown_mm(figure, picture):.3g}mm"><img src="{source}" '
        f'alt="{escape(picture.alt)}">{caption}</figure>'
    )


def png_of(image: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(memory, "PNG")  # type: ignore[call-overload]
    return bytes(memory.data().data())
