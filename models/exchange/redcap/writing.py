# SPDX-License-Identifier: MIT
"""Puts the kit together."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from models.exchange.archive import Archive
from models.exchange.codebook import Format, as_text
from models.exchange.columns import Holds
from models.exchange.content import Content
from models.exchange.manifest import MANIFEST, manifest
from models.exchange.mark import export_mark
from models.exchange.redcap.data import DataRows
from models.exchange.redcap.dictionary import HEADING, dictionary, plain
from models.exchange.redcap.variables import Form, forms_of
from models.fields import Number
from models.speech import say

DICTIONARY, DATA, RULES = "data_dictionary.csv", "data.csv", "data_quality_rules.csv"
REPEATING = "repeating_instruments.json"


def write_redcap(file: BinaryIO, content: Content) -> int:
    """Write the zip; how many rows its data have."""
    data = data_of(content)
    forms = data.forms
    with Archive(file, content.made_at) as archive:
        _write(archive, DICTIONARY, HEADING, dictionary(forms))
        rows = _write(archive, DATA, data.heading, data.rows())
        _write(archive, RULES, ("rule_name", "rule_logic", "real_time_execution"), rules(forms))
        repeating = [{"event_name": "", "form_name": form.name} for form in forms if form.repeats]
        archive.add(REPEATING, json.dumps(repeating, indent=2) + "\n")
        archive.add("codebook.html", as_text(content.sheets, Format.HTML, content.told))
        archive.add("README.txt", _readme(content, forms, rows))
        archive.add(MANIFEST, manifest("redcap", content, archive.written))
    return rows


def data_of(content: Content) -> DataRows:
    """The rows of the data import."""
    return DataRows(content.sheets, forms_of(content.sheets), export_mark(content.rules))


def rules(forms: Sequence[Form]) -> Iterator[tuple[str, str, str]]:
    """A rule a number with usual limits; it finds what is possible but unusual."""
    for form in forms:
        for variable in form.known():
            field = variable.column.field
            if not isinstance(field, Number) or variable.column.holds is Holds.TERM:
                continue
            low, high = field.usual
            name = f"[{variable.name}]"
            outside = [f"{name} < {low:g}"] if low is not None else []
            outside += [f"{name} > {high:g}"] if high is not None else []
            if outside:
                limits = f"{field.usual} {field.shown_unit}".strip()
                told = plain(say("{field} is unusual: {limits}", field=field.label, limits=limits))
                yield told, f'{name} <> "" and ({" or ".join(outside)})', "n"


def _write(
    archive: Archive,
    name: str,
    heading: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> int:
    written = 0
    with archive.text(name) as file:
        writer = csv.writer(file)
        writer.writerow(heading)
        for row in rows:
            writer.writerow(row)
            written += 1
    return written


def _readme(content: Content, forms: Sequence[Form], rows: int) -> str:
    repeating = ", ".join(form.name for form in forms if form.repeats)
    return say(
        "{title}: kit for REDCap\n"
        "\n"
        "{content}\n"
        "\n"
        "For a NEW project only: uploading a data dictionary replaces the whole design of "
        "a project.\n"
        "\n"
        "1. Make a classic project (not longitudinal) and upload {dictionary} under Data "
        "Dictionary.\n"
        "2. Under Project Setup, enable repeating instruments for: {repeating}.\n"
        "   By the API: import {repeating2} with content=repeatingFormsEvents.\n"
        "3. Upload {rules} under Data Quality, if you want numbers outside the usual "
        "limits found.\n"
        "4. Upload {data} with the Data Import Tool: comma as delimiter, dates as YMD, "
        "{rows:,} rows.\n"
        "\n"
        "A record is one procedure; its id is that of the case in the logbook. Patient and "
        "procedure are\n"
        "forms of the record, everything else repeats. Raw codes, decimal points, UTF-8 "
        "without a mark.\n"
        "Dates are text, because a date can be known to the year or month alone: YYYY, "
        "YYYY-MM, YYYY-MM-DD.\n"
        "Variables that end in missing say why fields are empty. A leak, balloon or later "
        "measure names its\n"
        "level by the level's id, or by its name such as T12.\n"
        "\n"
        "What was entered in REDCap comes back: export all fields as CSV, raw data, and "
        "give the file to\n"
        "Kypholog: import FILE.csv. Images stay in the logbook.\n",
        title=content.title,
        content=content.told,
        dictionary=DICTIONARY,
        repeating=repeating,
        repeating2=REPEATING,
        rules=RULES,
        data=DATA,
        rows=rows,
    )
