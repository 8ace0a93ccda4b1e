# SPDX-License-Identifier: MIT
"""The keys on the disk: two copies, and what is told when one or both are not what they were."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import access
from models.access import Password, keyfile
from models.access.attempts import FREE
from models.access.errors import (
    AccessError,
    KeysDamaged,
    KeysNotWritten,
    KeysOutdated,
    KeysTampered,
    NewerCipher,
    NewerKeys,
    WrongPassword,
)
from models.access.keyfile import KEYS, SECOND_COPY, KeyFile
from models.logbook import DATABASE_NAME
from tests.encrypted import ADMIN, ENTRY, READER, SECRETS, WEAK, enter, make, told

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    logbook, _ = make(tmp_path / "Clinic.kypholog", READER, ENTRY)
    logbook.close()
    return logbook.folder


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("keys")
    return access.found(folder, ADMIN, SECRETS[ADMIN], WEAK).unlocked.keys.as_bytes()


def edit(folder: Path, change: Change, *names: str) -> None:
    """As somebody would who knows how the checksum is made, but no password."""
    for name in names or (KEYS, SECOND_COPY):
        whole = json.loads((folder / name).read_text())
        change(whole["kypholog_keys"])
        text = json.dumps(whole["kypholog_keys"], sort_keys=True, separators=(",", ":"))
        whole["sha256"] = sha256(text.encode()).hexdigest()
        (folder / name).write_text(json.dumps(whole))


def slot_of(content: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(
        slot for slot in content["rings"][-1]["slots"] if slot["name"] == name
    )
    return found


def test_both_copies_say_the_same_and_no_secret(folder: Path) -> None:
    one, other = (folder / KEYS).read_bytes(), (folder / SECOND_COPY).read_bytes()
    assert one == other
    for secret in SECRETS.values():
        assert secret.encode() not in one


@given(st.data())
def test_a_flipped_byte_is_found_wherever_it_is(raw: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(raw) - 1))
    bit = data.draw(st.integers(0, 7))
    flipped = raw[:place] + bytes([raw[place] ^ 1 << bit]) + raw[place + 1 :]
    # A blank that became another blank says the same.
    try:
        read = KeyFile.of_bytes(Path("keys.json"), flipped)
    except KeysDamaged:
        return
    assert read == KeyFile.of_bytes(Path("keys.json"), raw)


@given(st.integers(0, 400).map(lambda left: left / 400))
def test_a_file_cut_short_is_damaged(raw: bytes, part: float) -> None:
    cut = raw[: int((len(raw) - 2) * part)]
    with pytest.raises(KeysDamaged):
        KeyFile.of_bytes(Path("keys.json"), cut)


@pytest.mark.parametrize("name", [KEYS, SECOND_COPY])
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1]", b"[" * 100_000, None])
def test_one_damaged_copy_is_mended_from_the_other(
    folder: Path, name: str, content: bytes | None
) -> None:
    whole = (folder / name).read_bytes()
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    logbook = enter(folder)
    assert (folder / name).read_bytes() == whole
    assert (ADMIN, "keys", f"{name} was damaged or missing; it was written anew.") in told(logbook)
    logbook.close()


def test_when_both_are_damaged_it_is_told_and_nothing_is_written(folder: Path) -> None:
    for name in (KEYS, SECOND_COPY):
        (folder / name).write_bytes(b"broken")
    with pytest.raises(KeysDamaged, match=r"keys\.json and keys\.backup\.json are damaged"):
        enter(folder)
    assert (folder / KEYS).read_bytes() == b"broken"


def test_keys_without_a_ring_are_damaged(folder: Path) -> None:
    edit(folder, lambda keys: keys.update(rings=[]))
    with pytest.raises(KeysDamaged, match="are damaged"):
        enter(folder)


def test_without_any_copy_the_database_is_not_taken_for_another_file(folder: Path) -> None:
    for name in (KEYS, SECOND_COPY):
        (folder / name).unlink()
    with pytest.raises(KeysDamaged, match=r"has no keys\.json"):
        enter(folder)


def test_a_newer_form_is_told_apart_from_damage(folder: Path) -> None:
    edit(folder, lambda keys: keys.update(format=2))
    with pytest.raises(NewerKeys, match="written by a newer Kypholog"):
        enter(folder)


def test_a_newer_cipher_is_told_apart_from_damage(folder: Path) -> None:
    edit(folder, lambda keys: keys["cipher"].update(compatibility=5))
    with pytest.raises(NewerCipher, match="encrypted in a way"):
        enter(folder)


@pytest.mark.parametrize(
    "change", [{"name": "argon2x"}, {"memory_kib": 1 << 40}, {"time": 0}, {"more": 1}]
)
def test_a_password_protected_in_an_unknown_way_is_not_tried(
    folder: Path, change: dict[str, object]
) -> None:
    edit(folder, lambda keys: slot_of(keys, ADMIN)["strength"].update(change))
    with pytest.raises(NewerKeys, match="protected in a way"):
        enter(folder)


def test_a_role_changed_in_both_copies_is_found(folder: Path) -> None:
    edit(folder, lambda keys: slot_of(keys, READER).update(role="admin"))
    with pytest.raises(KeysTampered, match="changed by something other than Kypholog"):
        enter(folder, READER)
    # The password was right each time, so nobody has to wait.
    for _ in range(FREE + 1):
        with pytest.raises(KeysTampered):
            enter(folder, ADMIN)


def test_a_role_changed_in_one_copy_does_not_count(folder: Path) -> None:
    edit(folder, lambda keys: slot_of(keys, READER).update(role="admin"), KEYS)
    logbook = enter(folder, READER)
    assert logbook.door.role.value == "reader"
    logbook.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda keys: slot_of(keys, READER).update(public="00" * 32),
        lambda keys: keys["rings"][0].update(journal="00" * 32),
        lambda keys: keys["rings"][0].update(generation=99),
        lambda keys: keys["rings"][0]["slots"].remove(slot_of(keys, ENTRY)),
        lambda keys: keys["rings"][0]["former"].update({"00": "00"}),
        lambda keys: slot_of(keys, READER).update(name="Mallory"),
    ],
)
def test_whatever_is_changed_in_the_keys_is_found(folder: Path, change: Change) -> None:
    edit(folder, change)
    with pytest.raises(KeysTampered):
        enter(folder, ADMIN)


def test_slots_cannot_be_swapped(folder: Path) -> None:
    def swap(keys: dict[str, Any]) -> None:
        one, other = slot_of(keys, READER), slot_of(keys, ADMIN)
        one["name"], other["name"] = other["name"], one["name"]

    edit(folder, swap)
    with pytest.raises((WrongPassword, KeysTampered)):
        enter(folder, READER)
    with pytest.raises((WrongPassword, KeysTampered)):
        access.unlock(folder / DATABASE_NAME, Password(ADMIN, SECRETS[READER]))


def test_keys_of_an_earlier_day_open_nothing_but_for_the_recovery_key(tmp_path: Path) -> None:
    from models import accounts
    from models.access import Recovery

    logbook, recovery = make(tmp_path / "Clinic.kypholog", READER)
    folder, early = logbook.folder, (tmp_path / "Clinic.kypholog" / KEYS).read_bytes()
    accounts.remove_user(logbook, READER)
    logbook.close()
    for name in (KEYS, SECOND_COPY):
        (folder / name).write_bytes(early)
    for name in (READER, ADMIN):
        with pytest.raises(KeysOutdated, match="older than the logbook"):
            enter(folder, name)
    logbook = accounts.sign_in(folder, Recovery(recovery.text))
    assert any("generation 2; the last known was 3" in reason for _, _, reason in told(logbook))
    logbook.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write")
def test_keys_that_cannot_be_written_stay_what_they_were(folder: Path) -> None:
    keys = keyfile.read(folder).best
    folder.chmod(0o500)
    try:
        with pytest.raises(KeysNotWritten, match="cannot be written"):
            keyfile.write(folder, keys)
    finally:
        folder.chmod(0o700)


def test_a_place_taken_by_a_folder_leaves_the_former_keys(folder: Path) -> None:
    keys, before = keyfile.read(folder).best, (folder / KEYS).read_bytes()
    (folder / SECOND_COPY).unlink()
    (folder / SECOND_COPY / "taken").mkdir(parents=True)
    with pytest.raises(KeysNotWritten):
        keyfile.write(folder, KeyFile((*keys.rings, *keys.rings)))
    assert (folder / KEYS).read_bytes() == before


def test_every_refusal_is_a_sentence_with_a_cure(folder: Path) -> None:
    edit(folder, lambda keys: slot_of(keys, READER).update(role="admin"))
    with pytest.raises(AccessError) as caught:
        enter(folder)
    assert caught.value.message.endswith(".")
    assert caught.value.cure.endswith(".")
