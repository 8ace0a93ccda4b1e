# SPDX-License-Identifier: MIT
"""Contents are stored once, and stay for as long as a case, a draft or the audit names them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models.case import load_case, save_case
from models.errors import LogbookError
from models.images import store
from models.images.reading import Read, read
from models.logbook import Logbook
from models.schema import Draft, ImageContent
from models.snapshot import case_of, snapshot
from models.verify import verify
from tests.builders import a_case
from tests.radiographs import as_png, lateral

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def scan() -> Read:
    return read("scan.png", as_png(lateral(60, 80)))


def stored(logbook: Logbook) -> int:
    with logbook.session():
        return int(ImageContent.select().count(logbook.database))


def test_a_picture_is_stored_once_and_comes_back_as_it_was(logbook: Logbook, scan: Read) -> None:
    name = store.put(logbook, scan)
    assert store.put(logbook, scan) == name
    assert stored(logbook) == 1
    assert store.content(logbook, name) == scan.picture.content
    assert store.thumbnails(logbook, [name, name, "unknown"]) == {name: scan.thumbnail}
    assert store.thumbnails(logbook, []) == {}


def test_a_case_keeps_its_images_in_order_with_what_is_said_of_them(
    logbook: Logbook, scan: Read
) -> None:
    case = a_case("P-1")
    for caption in ("first", "second"):
        case.add_image(store.put(logbook, scan), caption=caption)
    save_case(logbook, case)
    loaded = load_case(logbook, case.id)
    assert [image.caption for image in loaded.images] == ["first", "second"]
    assert stored(logbook) == 1
    assert verify(logbook) == []


def test_an_entry_that_was_given_up_leaves_nothing_for_ever(logbook: Logbook, scan: Read) -> None:
    store.put(logbook, scan)
    assert store.sweep(logbook, NOW) == 0
    assert store.sweep(logbook, LATER - timedelta(seconds=1)) == 0
    assert stored(logbook) == 1
    assert store.sweep(logbook, LATER) == 1
    assert stored(logbook) == 0
    assert verify(logbook) == []


def test_a_picture_handed_in_again_gets_another_day(logbook: Logbook, scan: Read) -> None:
    store.put(logbook, scan)
    store.sweep(logbook, NOW)
    store.put(logbook, scan)
    assert store.sweep(logbook, LATER) == 0
    assert stored(logbook) == 1


def test_what_a_draft_names_stays(logbook: Logbook, scan: Read) -> None:
    name = store.put(logbook, scan)
    with logbook.transaction():
        Draft.insert(
            id="d", user="u", case_id="c", base_version=0, content=f'["{name}"]', kept_at=NOW
        ).execute(logbook.database)
    store.sweep(logbook, NOW)
    assert store.sweep(logbook, LATER) == 0
    assert stored(logbook) == 1


def test_what_the_history_of_a_case_names_can_be_brought_back(logbook: Logbook, scan: Read) -> None:
    case = a_case("P-1")
    image = case.add_image(store.put(logbook, scan))
    save_case(logbook, case)
    case.images.clear()
    save_case(logbook, case)
    store.sweep(logbook, NOW)
    store.sweep(logbook, LATER)
    case.images.append(image)
    save_case(logbook, case)
    assert store.content(logbook, str(image.content_id)) == scan.picture.content


def test_what_was_unused_then_used_and_then_removed_is_history_too(
    logbook: Logbook, scan: Read
) -> None:
    case = a_case("P-1")
    name = store.put(logbook, scan)
    store.sweep(logbook, NOW)
    case.add_image(name)
    save_case(logbook, case)
    case.images.clear()
    save_case(logbook, case)
    for days in (1, 2, 3):
        assert store.sweep(logbook, NOW + timedelta(days=days)) == 0
    assert stored(logbook) == 1


def test_a_case_with_images_comes_back_from_a_document(logbook: Logbook, scan: Read) -> None:
    case = a_case("P-1")
    case.add_image(store.put(logbook, scan), caption="Lateral")
    document = snapshot(case)
    again = case_of(document)
    assert snapshot(again) == document
    save_case(logbook, again)
    (image,) = load_case(logbook, case.id).images
    assert store.content(logbook, image.content_id) == scan.picture.content


def test_an_image_that_is_gone_is_told_in_a_sentence(logbook: Logbook) -> None:
    with pytest.raises(LogbookError, match="does not hold this image"):
        store.content(logbook, "0" * 64)


def test_verify_tells_of_a_content_that_was_changed_behind_the_program(
    logbook: Logbook, scan: Read
) -> None:
    case = a_case("P-1")
    name = store.put(logbook, scan)
    case.add_image(name)
    save_case(logbook, case)
    with logbook.transaction():
        ImageContent.update(content=b"other").execute(logbook.database)
    (found,) = verify(logbook)
    assert name[:12] in found
