# SPDX-License-Identifier: MIT
"""Reports as PDF, ODT and HTML, read back: everything is there, on every page, and nothing cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree as Xml

import pytest
from PySide6.QtWidgets import QApplication

from models.bulk import save_many
from models.case import save_case
from models.example import add_example
from models.images import store
from models.images.reading import read
from models.logbook import Logbook
from models.reports.kinds import ReportKind
from models.reports.wanted import Wanted
from models.sample import make_cases
from models.vocabulary import ImagePhase, Level
from tests.builders import a_case
from tests.fresh import new_logbook
from tests.radiographs import as_jpeg, lateral
from tests.ui.reports.made import TABLE, TEXT, made, odt, pages, pdf, quietly
from ui.printing.paper import SheetSize
from ui.reports.writing import Drawn, Format, bytes_of
from ui.theme import load_fonts

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SERIES = Wanted(ReportKind.CASE_SERIES)


@pytest.fixture(scope="module")
def example(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    """The series of the two published cases."""
    load_fonts()
    logbook = new_logbook(tmp_path_factory.mktemp("reports") / "Example.kypholog", user="anna")
    add_example(logbook)
    yield made(logbook, SERIES)
    logbook.close()


@pytest.fixture(scope="module")
def many(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logbook]:
    """A logbook that fills several pages."""
    load_fonts()
    logbook = new_logbook(tmp_path_factory.mktemp("reports") / "Synthetic.kypholog")
    save_many(logbook, make_cases(80, seed=1))
    yield logbook
    logbook.close()


@pytest.mark.parametrize(
    ("size", "points"), [(SheetSize.A4, (842, 595)), (SheetSize.LETTER, (792, 612))]
)
def test_a_series_lies_across_the_sheet(
    example: Drawn, size: SheetSize, points: tuple[int, int]
) -> None:
    file = pdf(example, size)
    box = file.pages[0].mediabox
    assert (round(box.width), round(box.height)) == points
    assert file.metadata is not None
    assert file.metadata.title == "Case series"


def test_the_pdf_has_the_published_patients_and_no_mean(example: Drawn) -> None:
    said = " ".join(pages(pdf(example)))
    for words in (
        "Jones2009-I 38, M L5",
        "Jones2009-II 75, F T12",
        "0–1 (VAS 0–10)",
        "10 (VAS 0–10)",
        "“totally resolved”",
        "No complete pair",
    ):
        assert words in said
    assert not re.search(r"\bp = |Wilcoxon|mean change", said)


def test_the_published_patients_fill_three_pages_and_their_table_comes_first(
    example: Drawn,
) -> None:
    read = pages(pdf(example))
    assert len(read) == 3
    assert read[1].startswith("Patients Table 2. Patients.")
    assert "Table 3. What the cases are like." in read[1]
    assert "Figure 1." in read[2]
    assert "Table 5. Adverse events." in read[2]


def test_every_page_has_its_number_the_title_and_the_notice(many: Logbook) -> None:
    read = pages(pdf(made(many, SERIES)))
    assert len(read) > 4
    for number, text in enumerate(read, 1):
        assert f"Page {number} of {len(read)}" in text
        assert "Synthetic data: every case in this report is made up." in text
        assert "Case series" in text


def test_headings_of_a_long_table_are_repeated(many: Logbook) -> None:
    read = pages(pdf(made(many, SERIES)))
    patients = [text for text in read if "Complications" in text and "SYN-1-" in text]
    assert len(patients) >= 3
    codes = re.findall(r"SYN-1-\d+ \(synthetic\)", " ".join(read))
    assert len(codes) == 80


def test_no_heading_stands_alone_at_the_foot_of_a_page(many: Logbook) -> None:
    for text in pages(pdf(made(many, Wanted(ReportKind.YEAR, year=2024)))):
        before_the_foot = text.partition("Clinic data,")[0].rstrip()
        assert not re.search(
            r"(Table \d+\. [\w ,'-]+\.|Safety|Literature|Methods)$", before_the_foot
        )


@pytest.mark.parametrize("size", list(SheetSize))
def test_a_case_summary_stays_on_one_page(
    qapp: QApplication, logbook: Logbook, size: SheetSize
) -> None:
    load_fonts()
    case = a_case("P-6", Level.T7, Level.T8, Level.T11, Level.T12, Level.L1, Level.L2)
    save_case(logbook, case)
    sheets = pages(pdf(made(logbook, Wanted(ReportKind.CASE_SUMMARY, case_id=case.id)), size))
    assert len(sheets) == 1
    assert all(level in sheets[0] for level in ("T7", "T8", "T11", "T12", "L1", "L2"))


def test_html_has_everything_and_needs_no_other_file(example: Drawn) -> None:
    text = bytes_of(example, Format.HTML, SheetSize.A4, quietly).decode("utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert text.count("<table>") == text.count("<caption>") == 5
    assert '<th scope="col">Complications</th>' in text
    assert "“totally resolved”" in text
    assert '<img src="data:image/png;base64,' in text
    assert not re.search(r'(src|href)="(?!data:)', text)
    assert re.search(r'alt="[^"]{20,}"', text)


def test_html_loses_no_column_of_a_wide_table_on_paper(example: Drawn) -> None:
    text = bytes_of(example, Format.HTML, SheetSize.A4, quietly).decode("utf-8")
    assert "@page { size: landscape; }" in text
    printed = text[text.index("@media print") : text.index("</style>")]
    assert ".wide { overflow: visible; }" in printed, "what scrolls on a screen is cut on paper"


def test_the_colors_of_a_figure_are_told_below_it(qapp: QApplication, logbook: Logbook) -> None:
    for number, after in enumerate((1, 7)):
        save_case(logbook, a_case(f"P-{number}", before=8, after=after))
    drawn = made(logbook, Wanted(ReportKind.CASE_SERIES))
    text = bytes_of(drawn, Format.HTML, SheetSize.A4, quietly).decode("utf-8")
    [told] = re.findall(r"<figcaption>(.*?)</figcaption>", text)
    assert told.endswith("A line for each case. Orange: improved by less than 2 points.")
    assert "Mean" not in told, "two pairs have no mean in a report"


def test_html_takes_no_text_for_markup(qapp: QApplication, logbook: Logbook) -> None:
    save_case(logbook, a_case("<b>P&1</b>", operator="A <script>"))
    for kind in (ReportKind.CASE_SERIES, ReportKind.OPERATOR):
        text = bytes_of(made(logbook, Wanted(kind)), Format.HTML, SheetSize.A4, quietly).decode(
            "utf-8"
        )
        assert "&lt;b&gt;P&amp;1&lt;/b&gt;" in text
        assert "<b>P" not in text
        assert "<script>" not in text


def test_odt_has_everything_in_the_words_of_its_format(example: Drawn) -> None:
    parts, root = odt(bytes_of(example, Format.ODT, SheetSize.A4, quietly))
    assert parts.namelist()[0] == "mimetype"
    assert parts.getinfo("mimetype").compress_type == 0
    assert parts.read("mimetype") == b"application/vnd.oasis.opendocument.text"
    said = " ".join("".join(root.itertext()).split())
    assert "Jones2009-I" in said
    assert "“totally resolved”" in said
    headings = [
        ("".join(h.itertext()), h.get(f"{TEXT}outline-level")) for h in root.iter(f"{TEXT}h")
    ]
    assert headings[:2] == [("Case series", "1"), ("Methods", "2")]
    assert len(list(root.iter(f"{TABLE}table-header-rows"))) == 5
    assert b"-1pt" not in parts.read("content.xml")
    styles = parts.read("styles.xml").decode("utf-8")
    assert 'fo:page-width="842.00pt"' in styles
    footer = Xml.fromstring(styles).find(".//{*}footer")
    assert footer is not None
    assert "".join(footer.itertext()).endswith(" Page  of ")
    assert [part.tag for part in footer.iter()][2:] == [f"{TEXT}page-number", f"{TEXT}page-count"]
    manifest = parts.read("META-INF/manifest.xml").decode("utf-8")
    assert all(name in manifest for name in ("styles.xml", "meta.xml", "content.xml"))


def test_odt_pictures_have_words(example: Drawn) -> None:
    _parts, root = odt(bytes_of(example, Format.ODT, SheetSize.LETTER, quietly))
    name = "urn:oasis:names:tc:opendocument:xmlns"
    frames = list(root.iter(f"{{{name}:drawing:1.0}}frame"))
    assert frames
    assert all(frame.find(f"{{{name}:svg-compatible:1.0}}desc") is not None for frame in frames)


def test_a_tall_image_is_no_larger_than_those_beside_it(
    qapp: QApplication, logbook: Logbook
) -> None:
    case = a_case()
    for number, (width, height) in enumerate([(480, 640), (240, 960), (640, 480)]):
        content = as_jpeg(lateral(width, height, seed=number))
        name = store.put(logbook, read(f"{number}.jpg", content))
        case.add_image(name, phase=ImagePhase.BEFORE, level=Level.T12)
    save_case(logbook, case)
    report = made(logbook, Wanted(ReportKind.CASE_SUMMARY, case_id=case.id))
    page = bytes_of(report, Format.HTML, SheetSize.A4, quietly).decode("utf-8")
    shown = re.findall(r"max-width: ([\d.]+)mm", page)
    upright, tall, lying = map(float, shown[-3:])
    assert upright == lying
    assert tall * 4 <= 1.5 * lying + 0.1


def test_odt_keeps_together_what_stands_in_one_cell(qapp: QApplication, logbook: Logbook) -> None:
    case = a_case("P-6", Level.T11, Level.T12)
    for number in range(3):
        name = store.put(logbook, read("1.jpg", as_jpeg(lateral(90, 90, seed=number))))
        case.add_image(name, phase=ImagePhase.BEFORE, level=Level.T12)
    save_case(logbook, case)
    report = made(logbook, Wanted(ReportKind.CASE_SUMMARY, case_id=case.id))
    _, root = odt(bytes_of(report, Format.ODT, SheetSize.A4, quietly))
    tables = list(root.iter(f"{TABLE}table"))
    for table in tables:
        columns = len(table.findall(f"{TABLE}table-column"))
        for row in table.findall(f"{TABLE}table-row"):
            assert [cell.tag for cell in row] == [f"{TABLE}table-cell"] * columns
    beside = next(table for table in tables if table.findall(f".//{TABLE}table"))
    left, right = next(beside.iter(f"{TABLE}table-row"))
    said = " ".join(left.itertext())
    assert all(word in said for word in ("Operator", "Treated levels", "T11", "T12"))
    assert "The spine with the treated levels." in " ".join(right.itertext())
    [captions] = [
        [" ".join(cell.itertext()) for cell in row]
        for table in tables
        for row in table.findall(f"{TABLE}table-row")
        if "Before, T12" in " ".join(row.itertext())
    ]
    assert len(captions) == 3
    assert all("Before, T12" in caption for caption in captions)


def test_odt_is_set_as_closely_as_paper(example: Drawn) -> None:
    parts, root = odt(bytes_of(example, Format.ODT, SheetSize.A4, quietly))
    said = parts.read("content.xml").decode("utf-8")
    assert "style:line-height" not in said, "no such name in the format"
    paddings = [
        float(told.removesuffix("pt"))
        for element in root.iter()
        for key, told in element.attrib.items()
        if key.endswith("}padding-top")
    ]
    assert paddings
    assert max(paddings) < 4, "in points, not in pixels"
    usual = Xml.fromstring(parts.read("styles.xml")).find(".//{*}default-style/{*}text-properties")
    assert usual is not None
    assert "7.5pt" in usual.attrib.values(), "else footer and empty cells have 12 points"


def test_odt_keeps_rows_whole_and_its_footer_off_the_text(example: Drawn) -> None:
    parts, root = odt(bytes_of(example, Format.ODT, SheetSize.A4, quietly))
    footer = Xml.fromstring(parts.read("styles.xml")).find(".//{*}header-footer-properties")
    assert footer is not None
    assert [told for key, told in footer.items() if key.endswith("}margin-top")] == ["12pt"]
    whole = {
        style.get(f"{_STYLE}name")
        for style in root.findall(".//{*}style")
        if (row := style.find("{*}table-row-properties")) is not None
        and "always" in row.attrib.values()
    }
    rows = [row for table in root.findall(".//{*}table-header-rows/..") for row in table.iter()]
    named = [row.get(f"{TABLE}style-name") for row in rows if row.tag == f"{TABLE}table-row"]
    assert named
    assert set(named) == whole


def test_odt_asks_for_letters_that_writers_have(example: Drawn) -> None:
    parts, root = odt(bytes_of(example, Format.ODT, SheetSize.A4, quietly))
    for part in (root, Xml.fromstring(parts.read("styles.xml"))):
        (face,) = part.findall("{*}font-face-decls/{*}font-face")
        assert {"Arial", "swiss"} <= set(face.attrib.values())
        told = [one.attrib for one in part.iter() if one.tag.endswith("}text-properties")]
        families = {one[key] for one in told for key in one if key.endswith("}font-family")}
        assert families == {"Arial"}, "a list of names is no name, and Inter is nowhere"


def test_odt_has_a_line_below_every_cell_of_a_table_with_a_caption(example: Drawn) -> None:
    _parts, root = odt(bytes_of(example, Format.ODT, SheetSize.A4, quietly))
    lined = {
        value
        for style in root.iter(f"{_STYLE}style")
        for key, value in style.attrib.items()
        if key.endswith("}name") and any("border-bottom" in k for one in style for k in one.attrib)
    }
    heads = list(root.iter(f"{TABLE}table-header-rows"))
    tables = [table for table in root.iter(f"{TABLE}table") if any(h in table for h in heads)]
    assert len(tables) == 5
    for cell in (cell for table in tables for cell in table.iter(f"{TABLE}table-cell")):
        assert cell.get(f"{TABLE}style-name") in lined


def test_odt_keeps_headings_and_captions_with_what_follows(example: Drawn) -> None:
    _, root = odt(bytes_of(example, Format.ODT, SheetSize.A4, quietly))
    kept = {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if any(key.endswith("}keep-with-next") for one in style for key in one.attrib)
    }
    leading = [
        part
        for part in root.iter()
        if part.tag in (f"{TEXT}h", f"{TEXT}p")
        and (part.tag == f"{TEXT}h" or "".join(part.itertext()).startswith("Table "))
    ]
    assert len(leading) > 8
    assert {part.get(f"{TEXT}style-name") for part in leading} <= kept


def test_no_number_is_parted_from_its_percent_sign(many: Logbook) -> None:
    _, root = odt(bytes_of(made(many, SERIES), Format.ODT, SheetSize.A4, quietly))
    spans = root.iter(f"{TEXT}span")
    said = "\n".join(span.text for span in spans if span.text)
    assert "95\N{NO-BREAK SPACE}% CI" in said
    assert " %" not in said
    headings = root.iter("{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-header-rows")
    assert any("95\N{NO-BREAK SPACE}% CI" in "".join(head.itertext()) for head in headings)
