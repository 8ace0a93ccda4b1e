# SPDX-License-Identifier: MIT
"""Images in a data package: what they bring into a logbook, and which pictures are not taken."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from models.case import load_case, save_case
from models.images import picture as limits
from models.images import store
from models.images.pixels import png
from models.importing.package import archive as zips
from models.importing.preview import Preview
from models.importing.survey import Stopped
from models.importing.writing import write
from models.logbook import Logbook
from models.schema import CaseRow, ImageContent
from models.undo import SavedChange, last_change, redo, undo
from models.verify import verify
from models.vocabulary import ImagePhase
from tests.fresh import NewLogbook
from tests.models.importing.pictured import a_pictured_case, name_of, pictures, put_all
from tests.models.importing.records import (
    held,
    look,
    opened,
    package,
    problems,
    tables,
    take_in,
    verdicts,
)
from tests.models.importing.test_bad_packages import Change, Files, changed, refusal

GRAY, TURNED, COLORS = pictures()


@pytest.fixture
def source(new_logbook: NewLogbook, tmp_path: Path) -> Iterator[Logbook]:
    logbook = new_logbook(tmp_path / "other" / "Other.kypholog", user="ben")
    yield logbook
    logbook.close()


@pytest.fixture(scope="module")
def good(lasting_logbook: NewLogbook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of two cases with two images each; the second of A is the first of B."""
    logbook = lasting_logbook(tmp_path_factory.mktemp("good") / "Other.kypholog")
    a_pictured_case(logbook, "A", (GRAY, TURNED))
    a_pictured_case(logbook, "B", (TURNED, COLORS))
    file = package(logbook)
    logbook.close()
    return file


def contents(logbook: Logbook) -> set[str]:
    query = ImageContent.select(ImageContent.sha256).tuples()
    return {str(name) for (name,) in query.execute(logbook.database)}


def differences(shown: Preview) -> list[str]:
    return [str(one) for line in shown.lines for one in line.differences]


def test_images_come_in_with_their_pictures(good: Path, logbook: Logbook) -> None:
    shown, done = take_in(good, logbook)
    assert (done.new, problems(shown)) == (2, [])
    assert shown.table.written.endswith("checksums right; 4 images")
    assert contents(logbook) == {name_of(picture) for picture in pictures()}
    for picture in pictures():
        assert store.content(logbook, name_of(picture)) == picture.picture.content
        assert store.thumbnails(logbook, [name_of(picture)]) == {
            name_of(picture): picture.thumbnail
        }
    assert verify(logbook) == []


def test_a_new_image_changes_a_known_case(source: Logbook, logbook: Logbook) -> None:
    case = a_pictured_case(source, "A", (GRAY,))
    take_in(package(source), logbook)
    case = load_case(source, case.id)
    case.add_image(store.put(source, COLORS), phase=ImagePhase.AFTER, caption="Later")
    save_case(source, case)
    shown, done = take_in(package(source), logbook)
    assert (verdicts(shown), done.changed) == (["changed"], 1)
    assert differences(shown) == ["Image: After, Later is added."]
    assert held(logbook, case.id) == held(source, case.id)
    change = _last(logbook)
    undo(logbook, change)
    assert [row.content_id for row in load_case(logbook, case.id).images] == [name_of(GRAY)]
    redo(logbook, change)
    assert held(logbook, case.id) == held(source, case.id)
    assert verify(logbook) == []


def _last(logbook: Logbook) -> SavedChange:
    change = last_change(logbook)
    assert change is not None
    return change


def test_undo_takes_new_cases_back_and_redo_brings_their_pictures(
    good: Path, logbook: Logbook
) -> None:
    take_in(good, logbook)
    ids = {str(row.case_id) for row in CaseRow.select().execute(logbook.database)}
    before = {case_id: held(logbook, case_id) for case_id in ids}
    change = _last(logbook)
    undo(logbook, change)
    assert CaseRow.select().where(CaseRow.deleted == False).count(logbook.database) == 0  # noqa: E712
    redo(logbook, change)
    assert {case_id: held(logbook, case_id) for case_id in ids} == before


def test_what_is_said_of_an_image_is_compared(source: Logbook, logbook: Logbook) -> None:
    case = a_pictured_case(source, "A", (GRAY,))
    take_in(package(source), logbook)
    case = load_case(source, case.id)
    case.images[0].caption, case.images[0].phase = "Other words", ImagePhase.AFTER
    save_case(source, case)
    shown, _ = take_in(package(source), logbook)
    assert verdicts(shown) == ["conflicting"]
    assert differences(shown) == [
        "Image, Phase: the logbook has Before, the file After.",
        "Image, Caption: the logbook has No. 0, the file Other words.",
    ]
    take_in(package(source), logbook, takes_conflicts=True)
    assert held(logbook, case.id) == held(source, case.id)


def test_a_picture_that_the_logbook_has_is_not_stored_twice(good: Path, logbook: Logbook) -> None:
    put_all(logbook)
    _, done = take_in(good, logbook)
    assert (done.new, len(contents(logbook))) == (2, 3)


def test_the_same_picture_added_by_hand_is_no_second_image(
    source: Logbook, logbook: Logbook
) -> None:
    case = a_pictured_case(source, "A", ())
    take_in(package(source), logbook)
    for where in (source, logbook):
        own = load_case(where, case.id)
        own.add_image(store.put(where, COLORS), caption="In the theater")
        save_case(where, own)
    shown, done = take_in(package(source), logbook)
    assert (verdicts(shown), done.changed) == (["same"], 0)
    assert len(load_case(logbook, case.id).images) == 3


def test_an_image_with_another_picture_is_a_conflict(source: Logbook, logbook: Logbook) -> None:
    case = a_pictured_case(source, "A", (GRAY,))
    take_in(package(source), logbook)
    own = load_case(logbook, case.id)
    own.images[0].content = store.put(logbook, COLORS)  # type: ignore[assignment]
    save_case(logbook, own)
    shown, _ = take_in(package(source), logbook, takes_conflicts=True)
    assert differences(shown) == [
        "Image, picture: the logbook has another picture, the file its own."
    ]
    assert load_case(logbook, case.id).images[0].content_id == name_of(GRAY)


def test_linked_tables_say_that_they_have_no_pictures(source: Logbook, logbook: Logbook) -> None:
    case = a_pictured_case(source, "A")
    shown, _ = take_in(tables(source), logbook)
    assert "2 images are named, and not in it" in shown.table.written
    assert load_case(logbook, case.id).images == []
    shown, _ = take_in(package(source), logbook)
    assert verdicts(shown) == ["changed"]
    assert held(logbook, case.id) == held(source, case.id)
    assert set(verdicts(look(tables(source), logbook))) == {"same"}


def test_a_stop_leaves_no_picture_behind(good: Path, logbook: Logbook) -> None:
    shown = look(good, logbook)
    with pytest.raises(Stopped):
        write(logbook, shown, cancelled=iter((False, True)).__next__)
    assert contents(logbook) == set()
    assert CaseRow.select().count(logbook.database) == 0
    write(logbook, shown)
    assert len(contents(logbook)) == 3


def swap(content: bytes) -> Change:
    """The second picture of B becomes another one, under its right checksum everywhere."""

    def change(files: Files) -> None:
        old, new = name_of(COLORS), hashlib.sha256(content).hexdigest()
        del files[f"images/{old}.png"]
        files[f"images/{new}.png"] = content
        for name in ("images.csv", "manifest.json"):
            files[name] = files[name].replace(old.encode(), new.encode())

    return change


def with_text() -> bytes:
    file, text = io.BytesIO(), PngInfo()
    text.add_text("Patient", "Somebody")
    Pillow.new("L", (4, 4)).save(file, "PNG", pnginfo=text)
    return file.getvalue()


def transparent() -> bytes:
    file = io.BytesIO()
    Pillow.new("RGBA", (4, 4), (9, 9, 9, 0)).save(file, "PNG")
    return file.getvalue()


def with_comment() -> bytes:
    file = io.BytesIO()
    Pillow.new("L", (4, 4)).save(file, "JPEG", comment=b"Somebody")
    return file.getvalue()


def wide() -> bytes:
    """A few bytes that say of themselves to be a billion pixels."""
    content = bytearray(png(np.zeros((2, 2), dtype=np.uint8)))
    content[16:24] = (40_000).to_bytes(4, "big") * 2
    return bytes(content)


def drop_colors(files: Files) -> None:
    del files[f"images/{name_of(COLORS)}.png"]


def garble_colors(files: Files) -> None:
    files[f"images/{name_of(COLORS)}.png"] = GRAY.picture.content


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (garble_colors, "… is not as it was written. Export the cases anew"),
        (drop_colors, "… is not as it was written. Export the cases anew"),
        (swap(b"%PDF-1.7 no picture"), "… is no picture as a logbook keeps it"),
        (swap(b""), "… is empty"),
        (swap(GRAY.picture.content[:-30]), "… is damaged or ends too early"),
        (swap(GRAY.picture.content + b"Somebody"), "… holds more than pixels"),
        (swap(with_text()), "… holds more than pixels, and that could name somebody. Add"),
        (swap(transparent()), "… holds more than pixels"),
        (swap(with_comment()), "… holds more than pixels"),
        (swap(wide()), "… is damaged or ends too early"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_case_with_a_bad_picture_is_refused_and_no_other(
    good: Path, logbook: Logbook, tmp_path: Path, change: Change, told: str
) -> None:
    shown, done = take_in(changed(good, tmp_path / "odd.zip", change, signed=True), logbook)
    assert sorted(verdicts(shown)) == ["new", "refused"]
    (problem,) = problems(shown)
    assert problem.startswith("Row ")
    assert ", column sha256 of images.csv: images/" in problem
    assert told in problem
    assert (done.new, contents(logbook)) == (1, {name_of(GRAY), name_of(TURNED)})


def cell(column: str, value: str) -> Change:
    """Another cell in every row of the table of images."""

    def change(files: Files) -> None:
        rows = list(csv.DictReader(io.StringIO(files["images.csv"].decode())))
        text = io.StringIO(newline="")
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows(row | {column: value} for row in rows)
        files["images.csv"] = text.getvalue().encode()

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (cell("sha256", "../../secret"), "This is no SHA-256."),
        (cell("sha256", "0" * 64), "The package has no picture images/000000000000…."),
        (cell("added_at", "yesterday"), "This is no moment in UTC"),
        (cell("added_at", "2026-01-01T12:00:00.000"), "This is no moment in UTC"),
        (cell("phase", "sometime"), "sometime"),
    ],
)
def test_what_is_said_of_an_image_has_to_be_readable(
    good: Path, logbook: Logbook, tmp_path: Path, change: Change, told: str
) -> None:
    shown, done = take_in(changed(good, tmp_path / "odd.zip", change, signed=True), logbook)
    assert verdicts(shown) == ["refused", "refused"]
    assert all(told in problem for problem in problems(shown))
    assert (done.new, contents(logbook)) == (0, set())


def test_a_picture_that_is_cut_in_the_zip_spoils_one_case(
    good: Path, logbook: Logbook, tmp_path: Path
) -> None:
    content = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as archive:
        entry = archive.getinfo(f"images/{name_of(COLORS)}.png")
    content[entry.header_offset + 30 + len(entry.filename) + 40] ^= 0x55
    odd = tmp_path / "odd.zip"
    odd.write_bytes(content)
    shown, done = take_in(odd, logbook)
    assert (sorted(verdicts(shown)), done.new) == (["new", "refused"], 1)


def test_a_package_may_have_many_pictures_but_not_any_number(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def many(files: Files) -> None:
        for number in range(zips.MOST_FILES + 50):
            files[f"images/{number}.png"] = b""

    assert opened(changed(good, tmp_path / "many.zip", many)).columns
    monkeypatch.setattr(zips, "MOST_PICTURES", 3)
    assert "more than any package has" in refusal(tmp_path / "many.zip")
    monkeypatch.setattr(zips, "MOST_BYTES_OF_PICTURES", 100)
    assert "holds pictures of more than" in refusal(good)
    monkeypatch.setattr(limits, "MOST_BYTES", 50)
    assert "holds pictures of more than" in refusal(good)
    monkeypatch.undo()
    monkeypatch.setattr(limits, "MOST_BYTES", 50)
    assert "holds a picture of more than 0 MB" in refusal(good)


def test_what_comes_in_can_be_handed_on(
    new_logbook: NewLogbook, good: Path, logbook: Logbook, tmp_path: Path
) -> None:
    take_in(good, logbook)
    again = new_logbook(tmp_path / "third" / "Third.kypholog")
    _, done = take_in(package(logbook), again)
    assert done.new == 2
    assert contents(again) == contents(logbook)
    again.close()
