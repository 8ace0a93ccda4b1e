# SPDX-License-Identifier: MIT
"""datapackage.json (Data Package 2), csv-metadata.json (CSVW) and the README of a package."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from datetime import datetime

from models import VERSION
from models.exchange.archive import Written
from models.exchange.codebook import MISSING_TOLD
from models.exchange.content import Content
from models.exchange.package.kinds import JsonObject, csvw_schema, table_schema
from models.exchange.pictures import FOLDER, IMAGES, SHA256
from models.exchange.sheet import Sheet
from models.speech import lowered, say

_PROFILES = "https://datapackage.org/profiles/2.0"
_NO_NAME = re.compile(r"[^a-z0-9._-]+")


def datapackage(content: Content, files: Sequence[Written]) -> str:
    """The descriptor; ``files`` are those of the sheets, in their order."""
    pairs = zip(content.sheets, files, strict=True)
    told: JsonObject = {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": _NO_NAME.sub("-", content.title.casefold()).strip("-.") or "kypholog",
        "id": str(uuid.uuid4()),
        "title": content.title,
        "description": content.told,
        "version": "1.0.0",
        "created": _moment(content.made_at),
        "licenses": [
            {
                "name": "other-closed",
                "title": "As the clinic decides; no licence is given with the file.",
            }
        ],
        "contributors": [{"title": f"Written by Kypholog {VERSION}", "roles": ["wrangler"]}],
        "keywords": ["vertebral augmentation", "kyphoplasty", "vertebroplasty"],
        "profile_of_csv": "machine",
        "resources": [_resource(sheet, file) for sheet, file in pairs],
    }
    if content.pictures is not None:
        amount = content.pictures.amount
        told["pictures"] = {
            "folder": FOLDER,
            "files": amount.contents,
            "bytes": amount.size,
            "named_by": {"resource": IMAGES, "fields": [SHA256]},
        }
    return _json(told)


def csvw(content: Content) -> str:
    """The metadata of all tables as CSVW."""
    return _json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
            "dc:title": content.title,
            "dialect": {
                "encoding": "utf-8",
                "header": True,
                "delimiter": ",",
                "quoteChar": '"',
                "doubleQuote": True,
                "lineTerminators": ["\r\n", "\n"],
                "skipBlankRows": False,
                "trim": False,
            },
            "tables": [
                {
                    "url": f"{sheet.name}.csv",
                    "dc:title": sheet.title,
                    "tableSchema": csvw_schema(sheet),
                }
                for sheet in content.sheets
            ],
        }
    )


def readme(content: Content, rows: Sequence[int]) -> str:
    """What lies in the package and how to begin."""
    tables = "\n".join(
        say("- {sheet}.csv: {title}, {n:,} rows", sheet=sheet.name, title=lowered(sheet.title), n=n)
        for sheet, n in zip(content.sheets, rows, strict=True)
    )
    pictures = ""
    if content.pictures is not None:
        amount = content.pictures.amount
        pictures = say(
            "{folder:<20}the pictures, named by column {sha256} of images.csv: ",
            folder=FOLDER,
            sha256=SHA256,
        )
        pictures += say("{contents:,} files\n", contents=amount.contents)
    return say(
        "{title}\n"
        "\n"
        "{content}\n"
        "Written by Kypholog {version} on {made_at:%Y-%m-%d}.\n"
        "\n"
        "{tables}\n"
        "\n"
        "{pictures}codebook.html       what every column means, its unit, limits and "
        "codes\n"
        "datapackage.json    the same for programs (Data Package 2): frictionless validate "
        "datapackage.json\n"
        "csv-metadata.json   the same as CSVW\n"
        "load.sps            reads the tables into SPSS\n"
        "load.do             reads them into Stata\n"
        "load.R              reads them into R\n"
        "load.py             reads them into Python (pandas)\n"
        "manifest.json       by this Kypholog knows the package again: import PACKAGE.zip\n"
        "SHA256SUMS          checksums: sha256sum -c SHA256SUMS\n"
        "\n"
        "All CSV files: UTF-8, commas, decimal points, CR LF, quotes as in RFC 4180. "
        "Codes, not labels.\n"
        "{missing_told}\n"
        "A date can be known to the year or month alone: 2011, 2011-03, 2011-03-14.\n"
        "Pain scores keep their own scale; do not mix or convert them. Words never became "
        "a number.\n",
        title=content.title,
        content=content.told,
        version=VERSION,
        made_at=content.made_at,
        tables=tables,
        pictures=pictures,
        missing_told=MISSING_TOLD,
    )


def _resource(sheet: Sheet, file: Written) -> JsonObject:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": sheet.name,
        "type": "table",
        "path": file.name,
        "title": sheet.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.length,
        "hash": f"sha256:{file.sha256}",
        "dialect": {
            "header": True,
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "skipInitialSpace": False,
        },
        "schema": table_schema(sheet),
    }


def _moment(made_at: datetime) -> str:
    return made_at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _json(told: JsonObject) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"
