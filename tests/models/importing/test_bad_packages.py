# SPDX-License-Identifier: MIT
"""Zips that are damaged, changed, foreign, hostile or of another kind get a sentence, no more."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from models import commands
from models.case import load_case, save_case
from models.exchange.deidentify import Dates, Kind
from models.exchange.dialects import Dialect
from models.exchange.profiles import Profile
from models.exchange.shapes import Shape
from models.importing.columns import propose
from models.importing.own_files import zipped_records
from models.importing.package import archive as zips
from models.importing.recognizing import UnreadableTable
from models.importing.records import Records
from models.importing.survey import Survey, survey
from models.logbook import Logbook
from models.schema import CaseRow
from tests.builders import a_case
from tests.fresh import NewLogbook, named
from tests.models.exchange.kit import ordered
from tests.models.importing.records import look, package, problems, tables, take_in

Files = dict[str, bytes]
Change = Callable[[Files], None]


@pytest.fixture(scope="module")
def source(
    lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Logbook]:
    logbook = lasting_logbook(tmp_path_factory.mktemp("bad") / "Other.kypholog")
    save_case(logbook, a_case("A"))
    save_case(logbook, a_case("B", on="2026-03-05"))
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def good(source: Logbook) -> Path:
    return package(source)


def changed(good: Path, target: Path, change: Change, *, signed: bool = False) -> Path:
    """The package with its files changed; ``signed``: with right checksums all the same."""
    with zipfile.ZipFile(good) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    if signed:
        said = json.loads(files["manifest.json"])
        for name in said["files"]:
            said["files"][name]["sha256"] = hashlib.sha256(files.get(name, b"")).hexdigest()
        files["manifest.json"] = json.dumps(said).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target


def refusal(file: Path) -> str:
    with pytest.raises(UnreadableTable) as refused:
        zipped_records(file)
    return str(refused.value)


def put(name: str, content: bytes) -> Change:
    return lambda files: files.update({name: content})


def drop(name: str) -> Change:
    def change(files: Files) -> None:
        del files[name]

    return change


def replace(name: str, old: str, new: str) -> Change:
    def change(files: Files) -> None:
        assert old.encode() in files[name]
        files[name] = files[name].replace(old.encode(), new.encode())

    return change


def manifest(**members: object) -> Change:
    def change(files: Files) -> None:
        files["manifest.json"] = json.dumps(json.loads(files["manifest.json"]) | members).encode()

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (replace("levels.csv", ",T12,", ",T11,"), "levels.csv is not as it was written"),
        (replace("codebook.html", "<", "<!-- -->\n<"), "codebook.html is not as it was"),
        (drop("leaks.csv"), "has no leaks.csv any more"),
        (drop("manifest.json"), "is a zip that Kypholog did not write"),
        (put("manifest.json", b"[1]"), "is a zip that Kypholog did not write"),
        (put("manifest.json", b"[" * 100_000), "is a zip that Kypholog did not write"),
        (put("manifest.json", b'{"kypholog_export": 1, "files": 3}'), "was changed"),
        (manifest(kypholog_export=2), "was written by a newer version of Kypholog. Update"),
        (manifest(profile="excel"), "profile excel, which changes cells"),
        (manifest(persons="hashed"), "in a way that is not known here"),
        (put("../levels.csv", b""), "names a file outside of itself, ../levels.csv"),
        (put("/etc/cron", b""), "names a file outside of itself"),
        (put("a\\..\\b", b""), "names a file outside of itself"),
    ],
)
def test_what_is_not_as_we_wrote_it_is_refused(
    good: Path, tmp_path: Path, change: Change, told: str
) -> None:
    assert told in refusal(changed(good, tmp_path / "odd.zip", change))


def first_row(name: str, column: str, cell: str) -> Change:
    """Another cell in the first row of a table."""

    def change(files: Files) -> None:
        rows = list(csv.reader(io.StringIO(files[name].decode(), newline="")))
        rows[1][rows[0].index(column)] = cell
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        files[name] = text.getvalue().encode()

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (replace("levels.csv", ",cement_ml,", ",cement,"), "levels.csv, row 1: the column cement"),
        (replace("levels.csv", ",level_id,", ",cement_ml,"), "row 1: two columns have one name"),
        (put("levels.csv", b"case_id,level\r\n"), "row 1: the column level_id is missing"),
        (put("levels.csv", b""), "row 1: the column case_id is missing"),
        (replace("procedures.csv", ",synthetic,", ",version,"), "two columns have one name"),
    ],
)
def test_headings_that_are_not_ours_are_refused(
    good: Path, tmp_path: Path, change: Change, told: str
) -> None:
    file = changed(good, tmp_path / "odd.zip", change, signed=True)
    assert told in refusal(file)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (first_row("levels.csv", "case_id", "nobody"), "levels.csv, row 2: it belongs to no case"),
        (first_row("procedures.csv", "patient_id", "x"), "row 2: there is no such patient"),
        (put("leaks.csv", b'case_id,level_id,leak_id\r\n"a,b,c'), "unexpected end of data"),
        (put("leaks.csv", b"case_id,level_id,leak_id\r\na,b\r\n"), "row 2 has 2 cells, not 3"),
        (put("leaks.csv", b"case_id,level_id,leak_id\r\n\xff,,\r\n"), "codec can't decode"),
        (put("leaks.csv", b"case_id,level_id,leak_id\r\n" + b"a" * (1 << 23)), "is longer than"),
    ],
)
def test_tables_that_do_not_belong_together_are_refused(
    good: Path, logbook: Logbook, tmp_path: Path, change: Change, told: str
) -> None:
    file = changed(good, tmp_path / "odd.zip", change, signed=True)
    with pytest.raises(UnreadableTable, match=told):
        take_in(file, logbook)
    assert CaseRow.select().count(logbook.database) == 0


def test_a_cell_that_cannot_be_is_told_with_its_place(
    good: Path, logbook: Logbook, tmp_path: Path
) -> None:
    change = first_row("levels.csv", "cement_ml", "600")
    file = changed(good, tmp_path / "odd.zip", change, signed=True)
    shown, done = take_in(file, logbook)
    (told,) = problems(shown)
    assert told.startswith(
        "Row 2, column cement_ml of levels.csv, row 2: Cement 600 is not possible"
    )
    assert done.new == 1


def test_an_entry_that_two_cases_have_comes_in_once(
    good: Path, logbook: Logbook, tmp_path: Path
) -> None:
    def twice(files: Files) -> None:
        first, second = list(csv.DictReader(io.StringIO(files["levels.csv"].decode())))
        old, new = second["level_id"].encode(), first["level_id"].encode()
        files["levels.csv"] = files["levels.csv"].replace(old, new)

    shown, done = take_in(changed(good, tmp_path / "odd.zip", twice, signed=True), logbook)
    assert problems(shown) == [
        "Row 3: An entry of the case has the id of an entry of another case."
    ]
    assert done.new == 1


def test_what_is_cut_or_garbled_is_damaged(good: Path, tmp_path: Path) -> None:
    content, odd = good.read_bytes(), tmp_path / "odd.zip"
    for broken in (content[:-40], content[: len(content) // 2], content[:50]):
        odd.write_bytes(broken)
        assert refusal(odd).startswith("odd.zip is a damaged zip. ")
    middle = bytearray(content)
    for place in range(len(content) // 3, len(content) // 3 + 60):
        middle[place] ^= 0x55
    odd.write_bytes(middle)
    assert "damaged" in refusal(odd) or "not as it was written" in refusal(odd)


@settings(max_examples=60)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=6),
    at_end=st.booleans(),
)
def test_whatever_happens_to_its_bytes_it_is_read_as_it_was_or_refused(
    good: Path, changes: list[tuple[float, int]], at_end: bool
) -> None:
    content = bytearray(good.read_bytes())
    # The table of contents is at the end, and what can go wrong in it is manifold.
    first = len(content) - 3000 if at_end else 0
    for place, byte in changes:
        content[first + round(place * (len(content) - first - 1))] = byte
    file = good.with_name("fuzzed.zip")
    file.write_bytes(content)
    try:
        table = zipped_records(file)
        found = [] if table is None else [case.id for _, case in table.cases(survey_of(table))]
    except UnreadableTable:
        return
    table = zipped_records(good)
    assert table is not None
    assert found in ([], [case.id for _, case in table.cases(survey_of(table))])


def survey_of(table: Records) -> Survey:
    return survey(table, propose(table))


def test_a_bomb_is_refused_before_it_is_unpacked(good: Path, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(good) as archive:
        manifest = archive.read("manifest.json")
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("manifest.json", manifest)
        with archive.open("levels.csv", "w", force_zip64=True) as file:
            for _ in range(64):
                file.write(bytes(1 << 20))
    # Say what a bomb of its length would say: the table of contents alone decides.
    content = bomb.read_bytes()
    size = (64 << 20).to_bytes(4, "little")
    assert size in content
    bomb.write_bytes(content.replace(size, (0xFFFFFFF0).to_bytes(4, "little")))
    assert "would unpack to more than 2 GB" in refusal(bomb)
    many = tmp_path / "many.zip"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(zips.MOST_FILES + 1):
            archive.writestr(f"{number}.csv", "")
    assert "holds 201 files" in refusal(many)


def test_two_files_of_one_name_and_other_packings_are_refused(tmp_path: Path) -> None:
    twice = tmp_path / "twice.zip"
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("a.csv", "")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.csv", "")
    assert "two files of one name" in refusal(twice)
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.csv", "a" * 100)
    assert "packed in a way" in refusal(packed)


def test_workbooks_and_other_files_are_left_to_other_readers(tmp_path: Path) -> None:
    for name in ("[Content_Types].xml", "mimetype"):
        book = tmp_path / "book.zip"
        with zipfile.ZipFile(book, "w") as archive:
            archive.writestr(name, "")
        assert zipped_records(book) is None
    text = tmp_path / "package.zip"
    text.write_text("case;level\n")
    assert zipped_records(text) is None
    assert zipped_records(tmp_path) is None
    assert zipped_records(tmp_path / "nothing.zip") is None


@pytest.mark.parametrize(
    ("profile", "shape", "told"),
    [
        (Profile.PACKAGE, Shape.FLAT, "one row a treated level. Unpack it and import levels.csv"),
        (Profile.PACKAGE, Shape.CASE, "numbered. Unpack it and import cases.csv"),
        (Profile.EXCEL, Shape.TABLES, "profile excel, which changes cells"),
        (Profile.REDCAP, Shape.TABLES, "is a kit for a REDCap project. Unpack it and import data"),
    ],
)
def test_other_zips_of_ours_say_what_to_do(
    source: Logbook, profile: Profile, shape: Shape, told: str
) -> None:
    file = ordered(source, profile, shape, dialect=Dialect(profile is Profile.EXCEL))
    assert told in refusal(file)


@pytest.mark.parametrize(
    ("kind", "dates", "told"),
    [
        (Kind.SAFE_HARBOR, Dates.YEAR, "de-identified (safe-harbor): its dates are gone"),
        (Kind.SAFE_HARBOR, Dates.DAYS, "de-identified (safe-harbor): its dates are gone"),
        (Kind.LIMITED, Dates.SHIFTED, "de-identified (limited): its dates are shifted"),
    ],
)
@pytest.mark.parametrize("profile", [Profile.PACKAGE, Profile.MACHINE])
def test_false_dates_never_come_in(
    source: Logbook, kind: Kind, dates: Dates, told: str, profile: Profile
) -> None:
    assert told in refusal(ordered(source, profile, Shape.TABLES, kind=kind, dates=dates))


def test_a_limited_data_set_comes_in_as_new_patients(source: Logbook, logbook: Logbook) -> None:
    take_in(tables(source), logbook)
    file = ordered(source, Profile.PACKAGE, Shape.TABLES, kind=Kind.LIMITED)
    shown, done = take_in(file, logbook)
    assert "its patients come in as new ones" in shown.table.written
    assert done.new == 2
    assert [line.verdict for line in look(file, logbook).lines] == ["same", "same"]
    ids = {line.name for line in shown.lines}
    assert len(ids) == 2
    assert not ids & {"A", "B"}
    (new,) = (line for line in shown.lines if line.rows == (2,))
    query = CaseRow.select(CaseRow.case_id).where(CaseRow.patient_code == new.name).tuples()
    ((case_id,),) = query.execute(logbook.database)
    assert load_case(logbook, case_id).procedure.performed_on is not None


def test_a_file_that_changes_under_way_is_noticed(
    good: Path, logbook: Logbook, tmp_path: Path
) -> None:
    file = changed(good, tmp_path / "odd.zip", lambda files: None)
    table = zipped_records(file)
    assert table is not None
    file.write_bytes(file.read_bytes() + b"\0")
    with pytest.raises(UnreadableTable, match="was changed while it was read"):
        list(table.rows())


def test_the_command_knows_a_package_by_its_content(
    good: Path, logbook: Logbook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "no ending"
    file.write_bytes(good.read_bytes())
    base = ["--logbook", named(logbook), "import", str(file)]
    assert commands.run([*base, "--dry-run", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["cases"]["new"], said["saved"], said["not_read"]) == (2, 0, [])
    assert commands.run(base) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("no ending: data package, Kypholog ")
    assert out[1:] == ["Cases: 2 new.", "Wrote 2 cases."]
    assert commands.run([*base, "--mapping", str(_mapping(tmp_path))]) == 2
    assert "needs no mapping" in capsys.readouterr().err


def _mapping(folder: Path) -> Path:
    file = folder / "mapping.json"
    file.write_text('{"kypholog_mapping": 1, "columns": []}')
    return file
