# SPDX-License-Identifier: MIT
"""What a bundle has to be able to do: every command, every format, every page.

The sizes of the bundle are kept down by leaving parts of libraries out. Whatever would miss one of
them is tried here.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from xml.sax.saxutils import escape

from models.exchange.options import PROFILES
from tests.models.importing.binary_workbook import write_xlsb
from tests.models.importing.hostile import ods, ods_row
from tests.radiographs import as_compressed_dicom, as_dicom, as_jpeg, as_png, as_tiff, lateral
from tests.server import Server, why_none
from ui.charts.kinds import FILE_KINDS, FigureKind

ROOT = Path(__file__).parents[2]
STORED = ROOT / "tests" / "data" / "logbooks" / "0001_initial.sqlite"

_A_TABLE = 500
"""Bytes; the two cases of the example take more."""

_ENDINGS = {"xlsx": ".xlsx", "package": ".zip", "redcap": ".zip", "fhir": ".json"}
"""Of what is not CSV."""

_SYNTAXES = (
    *("JPEGBaselineProcess1", "JPEGLosslessProcess14", "JPEGLSLossless", "JPEGLSNearLossless"),
    *("JPEGExtendedProcess2_4", "JPEG2000Lossless", "JPEG2000", "RLELossless"),
)
"""How DICOM may be compressed, as gdcm names it, beside what the first radiograph has."""

_BEGINNINGS = {".pdf": b"%PDF", ".odt": b"PK", ".html": b"<!"}

TOUR = ("-m", "resources.bundle.tour")


@dataclass(frozen=True, slots=True)
class Task:
    """Something the bundle has to be able to do.

    Attributes:
        arguments: of the program.
        is_right: whether what it wrote on stdout, or left behind, is what was asked for.
        exits: the exit code that is right.
        given: what it reads from stdin.
    """

    name: str
    arguments: Sequence[str]
    is_right: Callable[[bytes], bool] = lambda _: True
    exits: int = 0
    given: bytes = b""


def tasks(place: Path) -> Iterator[Task]:
    """One after the other; each has what the ones before left."""
    book = ("--logbook", str(place / "Try.kypholog"))
    sample = ("--logbook", str(place / "Sample.kypholog"))
    yield Task("example", [*book, "example"])
    yield Task("sample", [*sample, "sample", "--cases", "50"])
    for logbook in (book, sample):
        yield from _numbers(logbook)
    yield from _as_the_sources(sample)
    yield from _files_out(book, place)
    yield from _files_in(book, place)
    yield from _reports(sample, place)
    yield from _kept(book)
    yield from _encrypted(place)
    yield from _of_the_first_version(place)
    yield from _windows(place)
    yield from _figures(place)
    yield from _pictures(place)
    yield from _served(book, place)
    # There is nothing to be seen, and no help for that.
    yield Task("no screen", ["--logbook", str(place)], exits=2)


def _numbers(book: Sequence[str]) -> Iterator[Task]:
    yield Task("outcomes", [*book, "outcomes", "--json"], lambda said: b'"n_cases"' in said)
    yield Task("outcomes, words", [*book, "outcomes", "--by", "technique"])
    yield Task("safety", [*book, "safety", "--json"], lambda said: said.startswith(b"{"))
    for form in ("observed_minus_expected", "sprt", "bernoulli", "lc_cusum"):
        yield Task(f"safety, {form}", [*book, "safety", "--form", form])
    yield Task("due", [*book, "due", "--json"])
    yield Task("audit", [*book, "audit", "--json"])
    yield Task("verify", [*book, "verify"], lambda said: b"as Kypholog wrote it" in said)


def _as_the_sources(book: Sequence[str]) -> Iterator[Task]:
    """No number is another one, though the bundle has less of the libraries."""
    asked = (["outcomes", "--json"], ["outcomes", "--by", "technique"], ["safety", "--json"])
    for arguments in asked:
        yield Task(
            f"{' '.join(arguments)}, as the sources",
            [*book, *arguments],
            lambda said, whole=[*book, *arguments]: said == _said_by_the_sources(whole),  # type: ignore[misc]
        )


def _said_by_the_sources(arguments: Sequence[str]) -> bytes:
    command = [sys.executable, str(ROOT / "main.py"), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout


def _files_out(book: Sequence[str], place: Path) -> Iterator[Task]:
    for profile in PROFILES:
        file = _exported(place, profile)
        yield Task(
            f"export, {profile}",
            [*book, "export", "--profile", profile, "--out", str(file)],
            lambda _, file=file: file.stat().st_size > _A_TABLE,  # type: ignore[misc]
        )
    safe = [*book, "export", "--profile", "package", "--deidentify", "safe-harbor"]
    yield Task("export, safe-harbor", [*safe, "--out", str(place / "safe.zip")])
    for ending in (".pdf", ".html", ".md", ".csv"):
        file = place / f"codebook{ending}"
        yield Task(f"codebook, {ending}", ["codebook", "--out", str(file)])


def _exported(place: Path, profile: str) -> Path:
    return place / f"{profile}{_ENDINGS.get(profile, '.csv')}"


def _files_in(book: Sequence[str], place: Path) -> Iterator[Task]:
    # A workbook is read by another process.
    for profile in ("machine", "excel", "xlsx", "package"):
        file = _exported(place, profile)
        yield Task(
            f"import, {profile}, the same",
            [*book, "import", str(file), "--dry-run"],
            lambda said: b"Cases: 2 same" in said,
        )
        other = ("--logbook", str(place / f"From-{profile}.kypholog"))
        yield Task(f"create for {profile}", [*other, "create", "--plain"])
        yield Task(
            f"import, {profile}, new",
            [*other, "import", str(file)],
            lambda said: b"2 new" in said,
        )
    yield from _other_workbooks(book, place)
    yield Task("import, a logbook", [*book, "import", str(place / "Sample.kypholog"), "--dry-run"])


def _other_workbooks(book: Sequence[str], place: Path) -> Iterator[Task]:
    with _exported(place, "machine").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    opened = place / "machine.ods"
    opened.write_bytes(ods("".join(ods_row(*map(escape, row)) for row in rows)))
    for workbook in (write_xlsb(place / "machine.xlsb", rows), opened):
        yield Task(
            f"import, {workbook.suffix}, the same",
            [*book, "import", str(workbook), "--dry-run"],
            lambda said: b"Cases: 2 same" in said,
        )


def _reports(book: Sequence[str], place: Path) -> Iterator[Task]:
    kinds = (
        ("case-series",),
        ("operator",),
        ("year", "--year", "2024"),
        ("case-summary", "--case", "SYN-1-00001"),
    )
    for (kind, *more), (ending, begins) in product(kinds, _BEGINNINGS.items()):
        file = place / f"{kind}{ending}"
        yield Task(
            f"report, {kind}, {ending}",
            [*book, "report", kind, *more, "--out", str(file)],
            lambda _, file=file, begins=begins: file.read_bytes().startswith(begins),  # type: ignore[misc]
        )


def _kept(book: Sequence[str]) -> Iterator[Task]:
    for more in ([], ["--list"], ["--check"], ["--prove"]):
        yield Task(" ".join(["backup", *more]), [*book, "backup", *more])
    yield Task("restore", [*book, "restore", "latest"])
    yield Task("verify, restored", [*book, "verify"])


def _encrypted(place: Path) -> Iterator[Task]:
    secret, second = place / "password", place / "second"
    for file in (secret, second):
        file.write_text(f"a long enough password, {file.stem}\n", encoding="utf-8")
    book = ["--logbook", str(place / "Locked.kypholog"), "--user", "admin"]
    known = [*book, "--password-file", str(secret)]
    yield Task("encrypted, new", [*book, "create", "--new-password-file", str(secret)])
    yield Task("encrypted, example", [*known, "example"])
    yield Task("encrypted, verify", [*known, "verify"])
    yield Task("encrypted, backup", [*known, "backup"])
    yield Task("encrypted, restore", [*known, "restore", "latest"])
    yield Task("encrypted, who may", [*known, "user", "list"], lambda said: b"admin" in said)


def _of_the_first_version(place: Path) -> Iterator[Task]:
    old = place / "Old.kypholog"
    old.mkdir()
    shutil.copyfile(STORED, old / "logbook.db")
    yield Task("migrations", ["--logbook", str(old), "outcomes", "--json"])


def _windows(place: Path) -> Iterator[Task]:
    yield Task(
        "all pages, help, About",
        [*TOUR, str(place / "Sample.kypholog"), "all"],
        lambda said: b" parts" in said,
    )
    for code, file, cancel in (("de", "Datei", "Abbrechen"), ("es", "Archivo", "Cancelar")):
        yield Task(
            f"all pages, {code}",
            [*TOUR, str(place / "Sample.kypholog"), "all", "--language", code],
            lambda said, file=file, cancel=cancel: {file, cancel} <= set(said.decode().split()),  # type: ignore[misc]
        )


def _figures(place: Path) -> Iterator[Task]:
    folder = place / "figures"
    folder.mkdir()
    wanted = {f"{kind}.{suffix}" for kind in FigureKind for suffix in ("svg", "csv")}
    wanted |= {f"{form.dpi}.{form.suffix}" for form in FILE_KINDS}
    yield Task(
        "figures as files",
        [*TOUR, str(place / "Sample.kypholog"), "figures", str(folder)],
        lambda _: wanted <= {file.name for file in folder.iterdir()},
    )


def _pictures(place: Path) -> Iterator[Task]:
    pixels = lateral()
    radiograph = as_compressed_dicom(pixels, "JPEGLosslessProcess14_1", place / "xa.dcm")
    yield Task(
        "radiograph, compressed",
        ["-m", "models.images.apart", "0"],
        lambda said: said.startswith(b"\x93NUMPY"),
        given=radiograph,
    )
    plain = {
        "a.png": as_png(pixels),
        "a.jpg": as_jpeg(pixels),
        "a.tif": as_tiff(pixels, compression="tiff_lzw"),
        "a.dcm": as_dicom(pixels),
    }
    for name, content in plain.items():
        (place / name).write_bytes(content)
    files = [place / "xa.dcm", *(place / name for name in plain)]
    for syntax in _SYNTAXES:
        files.append(place / f"{syntax}.dcm")
        # The plain kind has no more than 8 bits.
        is_deep = syntax != "JPEGBaselineProcess1"
        as_compressed_dicom(pixels if is_deep else (pixels >> 4).astype("uint8"), syntax, files[-1])
    yield Task(
        "pictures of every kind",
        [*TOUR, str(place / "Sample.kypholog"), "read", *map(str, files)],
        lambda said: said.count(b"640") == len(files),
    )


def _served(book: Sequence[str], place: Path) -> Iterator[Task]:
    # The driver is there, and the server is not.
    nowhere = ["--logbook", "postgresql://nobody@127.0.0.1:9/none", "verify"]
    yield Task("PostgreSQL, no server", nowhere, exits=2)
    with _server() as server:
        if server is not None:
            address = server.address(server.make()).uri
            back = str(place / "Back.kypholog")
            yield Task("copy to a server", ["copy", "--from", book[1], "--to", address])
            yield Task("PostgreSQL, outcomes", ["--logbook", address, "outcomes", "--json"])
            yield Task("copy from a server", ["copy", "--from", address, "--to", back])


@contextmanager
def _server() -> Iterator[Server | None]:
    if why_none():
        yield None
        return
    server = Server()
    try:
        yield server
    finally:
        server.stop()
