# SPDX-License-Identifier: MIT
"""What can identify a person is in identified exports, and in no others, whatever the format."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from models.case import save_case
from models.exchange.deidentify import Kind
from models.exchange.profiles import FORMS, Profile
from models.exchange.shapes import Shape
from models.fields import Words
from models.logbook import Logbook
from models.partial_date import PartialDate
from models.schema import RECORD_TABLES, PatientIdentity
from models.settings import STORE_IDENTITY, change_setting
from tests.builders import a_case
from tests.models.exchange.kit import ordered


def told_everywhere(logbook: Logbook) -> None:
    """A case that says SECRET in every field of words that can identify, and so in its reasons."""
    change_setting(logbook, STORE_IDENTITY, True)
    case = a_case()
    case.identity = PatientIdentity(patient=case.patient.id)
    case.patient.birth_date = PartialDate("1931-01-01")
    case.assessments[0].explained = {"note": "SECRET"}
    for row in (*case.person_rows(), *case.case_rows()):
        for field in row.clinical_fields():
            if field.identifier and isinstance(field, Words):
                setattr(row, field.name, "SECRET")
    save_case(logbook, case)


def content_of(file: Path) -> str:
    """All that a file holds, unpacked."""
    if not zipfile.is_zipfile(file):
        return file.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(file) as archive:
        return "".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


FILES = [(profile, shape) for profile, form in FORMS.items() for shape in form.shapes]


@pytest.mark.parametrize("kind", [Kind.LIMITED, Kind.SAFE_HARBOR])
@pytest.mark.parametrize(("profile", "shape"), FILES)
def test_what_names_a_person_is_in_no_file_without_persons(
    logbook: Logbook, profile: Profile, shape: Shape, kind: Kind
) -> None:
    told_everywhere(logbook)
    content = content_of(ordered(logbook, profile, shape, kind=kind))
    assert "SECRET" not in content
    assert "1931-01-01" not in content


@pytest.mark.parametrize(("profile", "shape"), [one for one in FILES if one[0] is not Profile.FHIR])
def test_an_identified_file_holds_all_of_it_and_says_so(
    logbook: Logbook, profile: Profile, shape: Shape
) -> None:
    told_everywhere(logbook)
    content = content_of(ordered(logbook, profile, shape))
    columns = {field for table in RECORD_TABLES for field in table.clinical_fields()}
    words = [one for one in columns if one.identifier and isinstance(one, Words)]
    assert "SECRET" in content
    if profile is not Profile.XLSX:
        assert content.count("SECRET") >= len(words)
    assert "1931-01-01" in content
