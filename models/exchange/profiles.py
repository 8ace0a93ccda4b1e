# SPDX-License-Identifier: MIT
"""The formats an export can have: one entry each, with what it takes and who writes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from models.errors import CannotWrite, LogbookError
from models.exchange.archive import Archive
from models.exchange.codebook import Format
from models.exchange.codebook import as_text as codebook_text
from models.exchange.content import Content
from models.exchange.dialects import write_sheet
from models.exchange.files import as_text
from models.exchange.manifest import MANIFEST, manifest
from models.exchange.shapes import Shape
from models.speech import both, say

Write = Callable[[BinaryIO, Content, Path], int]


class Profile(StrEnum):
    """How an export is written."""

    MACHINE = "machine"
    EXCEL = "excel"
    XLSX = "xlsx"
    PACKAGE = "package"
    REDCAP = "redcap"
    FHIR = "fhir"


@dataclass(frozen=True, slots=True)
class Form:
    """What is to be known of a format.

    Attributes:
        english: what the audit calls it, the same in every language.
        label: what people call it, in the language of the process.
        about: what it is good for, in a sentence.
        shapes: the shapes that it can have, the usual one first.
        write: writes the content; the path is the target, for what has to wait beside it.
        takes_columns: whether columns can be left out.
        row: what a row is, where it makes others of those of the shape.
        suffix: the ending of its files; "" where the shape decides.
    """

    english: str
    label: str
    about: str
    shapes: tuple[Shape, ...]
    write: Write
    takes_columns: bool = True
    row: str = ""
    suffix: str = ""

    def ending(self, shape: Shape) -> str:
        """The ending of the file's name."""
        return self.suffix or (".zip" if shape is Shape.TABLES else ".csv")


def check_target(profile: Profile, shape: Shape, target: Path) -> None:
    """Refuse a shape that the format does not have, and several tables in a file that is no zip.

    Raises:
        CannotWrite, LogbookError: with the cure.
    """
    form = FORMS[profile]
    if shape not in form.shapes:
        raise LogbookError(
            say(
                "An export of the profile {profile} has no shape {shape}.",
                profile=profile,
                shape=shape,
            ),
            say("Choose {shapes}.", shapes=say(" or ").join(form.shapes)),
        )
    ending = form.ending(shape)
    if ending == ".zip" and target.suffix.casefold() != ending:
        raise CannotWrite(
            say("{target} would hold several files.", target=target.name),
            say("Let the name end in .zip."),
        )


def _csv(file: BinaryIO, content: Content, _: Path) -> int:
    """One sheet as a CSV file, several as a zip of them with a codebook."""
    if content.shape is not Shape.TABLES:
        with as_text(file) as text:
            return write_sheet(text, content.sheets[0], content.dialect)
    rows = 0
    with Archive(file, content.made_at) as archive:
        for sheet in content.sheets:
            with archive.text(f"{sheet.name}.csv") as text:
                rows += write_sheet(text, sheet, content.dialect)
        archive.add("codebook.html", codebook_text(content.sheets, Format.HTML, content.told))
        profile = Profile.EXCEL if content.dialect.for_excel else Profile.MACHINE
        archive.add(MANIFEST, manifest(profile, content, archive.written))
    return rows


def _xlsx(file: BinaryIO, content: Content, target: Path) -> int:
    from models.exchange.workbook import write_workbook

    return write_workbook(file, content, target)


def _package(file: BinaryIO, content: Content, _: Path) -> int:
    from models.exchange.package import write_package

    return write_package(file, content)


def _redcap(file: BinaryIO, content: Content, _: Path) -> int:
    from models.exchange.redcap import write_redcap

    return write_redcap(file, content)


def _fhir(file: BinaryIO, content: Content, _: Path) -> int:
    from models.exchange.fhir import write_bundle

    return write_bundle(file, content)


_ANY = (Shape.FLAT, Shape.CASE, Shape.TABLES)
_TABLES = (Shape.TABLES,)

FORMS: Mapping[Profile, Form] = {
    Profile.MACHINE: Form(
        *both("CSV for programs"),
        say("UTF-8, commas, decimal points, codes; nothing is changed on the way."),
        _ANY,
        _csv,
    ),
    Profile.EXCEL: Form(
        *both("CSV for Excel"),
        say("Opens in Excel with a double click; no text in it can run as a formula."),
        _ANY,
        _csv,
    ),
    Profile.XLSX: Form(
        *both("Excel workbook"),
        say("A sheet a table and the codebook; text is always text."),
        _ANY,
        _xlsx,
        suffix=".xlsx",
    ),
    Profile.PACKAGE: Form(
        *both("Data package"),
        say(
            "A zip that explains itself: tables, codebook, checksums, and scripts for "
            "SPSS, Stata, R and Python."
        ),
        (Shape.TABLES, Shape.FLAT, Shape.CASE),
        _package,
        suffix=".zip",
    ),
    Profile.REDCAP: Form(
        *both("REDCap kit"),
        say("Data dictionary and data for a new REDCap project, with instructions."),
        _TABLES,
        _redcap,
        takes_columns=False,
        row=say(
            "records, one row a case and one more for each entry of an instrument that repeats"
        ),
        suffix=".zip",
    ),
    Profile.FHIR: Form(
        *both("FHIR R4 bundle"),
        say("One JSON document for hospital systems."),
        _TABLES,
        _fhir,
        takes_columns=False,
        row=say("resources, one for each patient, procedure, level, score and so on"),
        suffix=".json",
    ),
}
"""All formats in the order in which they are offered."""

ENDINGS = frozenset(form.ending(shape) for form in FORMS.values() for shape in form.shapes)
"""What the names of their files can end in."""
