# SPDX-License-Identifier: MIT
"""A report as an ODT file.

Qt writes the text; what it leaves out is put in here: the sheet with its margins, a footer with
page numbers, headings that are headings, table headings that repeat, and words for pictures.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from xml.etree import ElementTree as Xml

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QTextDocument, QTextDocumentWriter

from models import VERSION
from models.errors import CannotWrite
from models.reports.content import Beside, Block, Heading, Report
from models.reports.reading import Progress
from models.speech import say
from ui.printing.paper import TWIPS, Paper, SheetSize
from ui.reports.formats import Formats, Measures
from ui.reports.illustrations import Pictures
from ui.reports.odt_cells import Pieces, join_cells, pieces_of
from ui.reports.pages import MARGIN
from ui.reports.setting import Setter, tables_of
from ui.theme import FAMILY

_UNIT = 96 / 72
"""Qt counts in ninety-sixths of an inch when it writes points."""

_FAMILY = "Arial"
"""In place of ours, which few machines have: writers know what has its measures. They take one
name, and for a list of them whatever they like."""

_USUAL_SIZE = 7.5
_SHRINK_TO_ONE_PAGE = 0.88
"""Of a report on one sheet: nobody knows in which letters it will be shown."""

_WHOLE_ROW = "WholeRow"
_ABOVE_FOOTER = 12
"""Points between the text and the footer."""

_LINE = "0.5pt solid #b9bec5"

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
}

_PAGE = "\0"

_NO_ODT = say("The ODT file cannot be made.")


def odt_of(report: Report, pictures: Pictures, size: SheetSize, progress: Progress) -> bytes:
    """The whole file.

    Raises:
        CannotWrite: there is no memory for it.
    """
    paper = Paper.of(size, is_landscape=report.is_across)
    document = QTextDocument()
    width = paper.width / TWIPS - 2 * MARGIN
    shrink = _SHRINK_TO_ONE_PAGE if report.on_one_page else 1.0
    measures = Measures(_UNIT, width, shrink, in_points=True)
    setter = Setter(document, measures, pictures, progress)
    setter.set_report(report)
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QTextDocumentWriter(memory, b"ODF").write(document):
        raise CannotWrite(_NO_ODT, say("Close other programs and try again."))
    written = bytes(memory.data().data())
    return _completed(written, report, paper, setter.alts, pieces_of(document))


def _completed(
    written: bytes, report: Report, paper: Paper, alts: Sequence[str], pieces: Sequence[Pieces]
) -> bytes:
    for prefix, name in _NAMES.items():
        Xml.register_namespace(prefix, name)
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written)) as source,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        # The format wants it first and as it is.
        target.writestr("mimetype", source.read("mimetype"), zipfile.ZIP_STORED)
        for name in source.namelist():
            if name == "content.xml":
                target.writestr(name, _content(source.read(name), report, alts, pieces))
            elif name == "META-INF/manifest.xml":
                target.writestr(name, _manifest(source.read(name)))
            elif name != "mimetype":
                target.writestr(name, source.read(name))
        target.writestr("styles.xml", _styles(report, paper))
        target.writestr("meta.xml", _meta(report))
    return made.getvalue()


def _content(
    written: bytes, report: Report, alts: Sequence[str], pieces: Sequence[Pieces]
) -> bytes:
    root = Xml.fromstring(written)
    join_cells(root, pieces)
    for declared in root.findall(_name("office", "font-face-decls")):
        root.remove(declared)
    _declare_fonts(root)
    for column in root.iter(_name("style", "table-column-properties")):
        _with_unit(column, _name("style", "column-width"))
    for table in root.iter(_name("style", "table-properties")):
        _with_unit(table, _name("style", "width"))
    _set_tightly(root)
    headings = {Formats.unbroken(text): level for text, level in _headings(report)}
    # A column may be called what a heading is called.
    in_tables = {
        paragraph
        for table in _tables_of(root, report)
        for paragraph in table.iter(_name("text", "p"))
    }
    for paragraph in root.iter(_name("text", "p")):
        level = headings.get("".join(paragraph.itertext()))
        if level is not None and paragraph not in in_tables:
            paragraph.tag = _name("text", "h")
            paragraph.set(_name("text", "outline-level"), str(level))
    _keep_with_next(
        root, {*headings, *(Formats.unbroken(table.caption) for table in tables_of(report.blocks))}
    )
    for frame, alt in zip(root.iter(_name("draw", "frame")), alts, strict=True):
        Xml.SubElement(frame, _name("svg", "desc")).text = alt
    _dress_tables(root, report)
    return Xml.tostring(root, "utf-8", xml_declaration=True)


def _keep_with_next(root: Xml.Element, leading: Collection[str]) -> None:
    """Let no heading or caption stand alone at the foot of a page."""
    styles = {
        style.get(_name("style", "name")): style for style in root.iter(_name("style", "style"))
    }
    automatic = root.find(_name("office", "automatic-styles"))
    texts = root.find(f"{_name('office', 'body')}/{_name('office', 'text')}")
    assert automatic is not None
    assert texts is not None
    leads = False
    for part in texts:
        said = "".join(part.itertext())
        is_gap = part.tag == _name("text", "p") and not said and len(part) == 0
        leads = said in leading if said else leads and is_gap
        if not leads or part.tag == _name("table", "table"):
            continue
        key = _name("text", "style-name")
        name = f"{part.get(key)}-kept"
        if name not in styles:
            made = copy.deepcopy(styles[part.get(key)])
            made.set(_name("style", "name"), name)
            properties = made.find(_name("style", "paragraph-properties"))
            assert properties is not None
            properties.set(_name("fo", "keep-with-next"), "always")
            automatic.append(made)
            styles[name] = made
        part.set(key, name)


def _set_tightly(root: Xml.Element) -> None:
    """As close as on paper, and in letters that a machine without ours has, too."""
    for cell in root.iter(_name("style", "table-cell-properties")):
        for side in ("", "-top", "-bottom", "-left", "-right"):
            _with_unit(cell, _name("fo", f"padding{side}"))
    for paragraph in root.iter(_name("style", "paragraph-properties")):
        # Qt gives a fixed height a name that the format does not have.
        height = paragraph.attrib.pop(_name("style", "line-height"), None)
        if height is not None:
            paragraph.set(_name("fo", "line-height"), height)
    for letters in root.iter(_name("style", "text-properties")):
        if letters.get(_name("fo", "font-family")) == FAMILY:
            _set_family(letters)


def _declare_fonts(root: Xml.Element) -> None:
    """Say of what kind the letters are, so that a writer without them takes some like them."""
    fonts = Xml.Element(_name("office", "font-face-decls"))
    face = Xml.SubElement(fonts, _name("style", "font-face"), _style(name=_FAMILY))
    face.set(_name("svg", "font-family"), _FAMILY)
    face.set(_name("style", "font-family-generic"), "swiss")
    face.set(_name("style", "font-pitch"), "variable")
    root.insert(0, fonts)


def _set_family(letters: Xml.Element) -> None:
    letters.set(_name("fo", "font-family"), _FAMILY)
    letters.set(_name("style", "font-name"), _FAMILY)
    letters.set(_name("style", "font-family-generic"), "swiss")


def _with_unit(element: Xml.Element, key: str) -> None:
    """Qt writes its own unit and calls it points."""
    told = element.get(key, "")
    if told.endswith("pt"):
        element.set(key, f"{float(told.removesuffix('pt')) / _UNIT:.2f}pt")


def _headings(report: Report) -> Iterator[tuple[str, int]]:
    yield report.title, 1
    yield from _headings_in(report.blocks)


def _headings_in(blocks: tuple[Block, ...]) -> Iterator[tuple[str, int]]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text, block.level + 1
        elif isinstance(block, Beside):
            yield from _headings_in((*block.left, *block.right))


def _dress_tables(root: Xml.Element, report: Report) -> None:
    """Let the headings of tables repeat, keep rows whole, and give them a line below."""
    row_name, cell_name = _name("table", "table-row"), _name("table", "table-cell")
    lined: set[str] = set()
    for table in list(_tables_of(root, report)):
        first = table.find(row_name)
        assert first is not None
        lined |= {cell.get(_name("table", "style-name"), "") for cell in table.iter(cell_name)}
        place = list(table).index(first)
        heads = Xml.Element(_name("table", "table-header-rows"))
        table.remove(first)
        heads.append(first)
        table.insert(place, heads)
        for row in table.iter(row_name):
            row.set(_name("table", "style-name"), _WHOLE_ROW)
    styles = {
        style.get(_name("style", "name"), ""): style
        for style in root.iter(_name("style", "style"))
        if style.get(_name("style", "family")) == "table-cell"
    }
    automatic = root.find(_name("office", "automatic-styles"))
    assert automatic is not None
    family = {_name("style", "family"): "table-row"}
    whole = Xml.SubElement(
        automatic, _name("style", "style"), {**_style(name=_WHOLE_ROW), **family}
    )
    Xml.SubElement(
        whole, _name("style", "table-row-properties"), {_name("fo", "keep-together"): "always"}
    )
    for name in sorted(lined - {""}):
        style = styles.get(name)
        if style is None:
            # Qt names a style for a cell without a color, and does not write it.
            family = {_name("style", "family"): "table-cell"}
            style = Xml.SubElement(
                automatic, _name("style", "style"), {**_style(name=name), **family}
            )
        properties = style.find(_name("style", "table-cell-properties"))
        if properties is None:
            properties = Xml.SubElement(style, _name("style", "table-cell-properties"))
        properties.set(_name("fo", "border-bottom"), _LINE)


def _tables_of(root: Xml.Element, report: Report) -> Iterator[Xml.Element]:
    """The tables of the report, not those that only set things beside each other."""
    known = {
        tuple(Formats.unbroken(one.heading) for one in table.columns)
        for table in tables_of(report.blocks)
    }
    for table in root.iter(_name("table", "table")):
        first = table.find(_name("table", "table-row"))
        if first is not None and _texts(first) in known:
            yield table


def _texts(row: Xml.Element) -> tuple[str, ...]:
    return tuple("".join(cell.itertext()).strip() for cell in row)


def _styles(report: Report, paper: Paper) -> bytes:
    root = Xml.Element(_name("office", "document-styles"), {_name("office", "version"): "1.2"})
    _declare_fonts(root)
    usual = Xml.SubElement(
        Xml.SubElement(root, _name("office", "styles")),
        _name("style", "default-style"),
        {_name("style", "family"): "paragraph"},
    )
    # Also of the footer, and of empty cells, which would else be higher than the others.
    letters = Xml.SubElement(usual, _name("style", "text-properties"))
    letters.set(_name("fo", "font-size"), f"{_USUAL_SIZE}pt")
    _set_family(letters)
    automatic = Xml.SubElement(root, _name("office", "automatic-styles"))
    layout = Xml.SubElement(automatic, _name("style", "page-layout"), _style(name="Sheet"))
    properties = Xml.SubElement(layout, _name("style", "page-layout-properties"))
    for key, points in (
        ("page-width", paper.width / TWIPS),
        ("page-height", paper.height / TWIPS),
        *((f"margin-{side}", MARGIN) for side in ("top", "bottom", "left", "right")),
    ):
        properties.set(_name("fo", key), f"{points:.2f}pt")
    way = "landscape" if paper.is_landscape else "portrait"
    properties.set(_name("style", "print-orientation"), way)
    _set_off_footer(layout)
    masters = Xml.SubElement(root, _name("office", "master-styles"))
    about = {**_style(name="Standard"), _name("style", "page-layout-name"): "Sheet"}
    master = Xml.SubElement(masters, _name("style", "master-page"), about)
    footer = Xml.SubElement(master, _name("style", "footer"))
    line = Xml.SubElement(footer, _name("text", "p"))
    # The program that shows it counts its pages, so the sentence is taken apart where they stand.
    before, between, after = say("Page {page} of {pages}", page=_PAGE, pages=_PAGE).split(_PAGE)
    line.text = f"{report.footer} {before}"
    Xml.SubElement(line, _name("text", "page-number")).tail = between
    Xml.SubElement(line, _name("text", "page-count")).tail = after
    return Xml.tostring(root, "utf-8", xml_declaration=True)


def _set_off_footer(layout: Xml.Element) -> None:
    """Keep a distance between the text and the footer, which otherwise touches it."""
    style = Xml.SubElement(layout, _name("style", "footer-style"))
    properties = Xml.SubElement(style, _name("style", "header-footer-properties"))
    properties.set(_name("fo", "margin-top"), f"{_ABOVE_FOOTER}pt")


def _meta(report: Report) -> bytes:
    root = Xml.Element(_name("office", "document-meta"), {_name("office", "version"): "1.2"})
    meta = Xml.SubElement(root, _name("office", "meta"))
    Xml.SubElement(meta, _name("dc", "title")).text = report.title
    Xml.SubElement(meta, _name("meta", "generator")).text = f"Kypholog/{VERSION}"
    return Xml.tostring(root, "utf-8", xml_declaration=True)


def _manifest(written: bytes) -> bytes:
    root = Xml.fromstring(written)
    for name in ("styles.xml", "meta.xml"):
        entry = Xml.SubElement(root, _name("manifest", "file-entry"))
        entry.set(_name("manifest", "media-type"), "text/xml")
        entry.set(_name("manifest", "full-path"), name)
    return Xml.tostring(root, "utf-8", xml_declaration=True)


def _style(*, name: str) -> dict[str, str]:
    return {_name("style", "name"): name}


def _name(prefix: str, local: str) -> str:
    return f"{{{_NAMES[prefix]}}}{local}"
