# SPDX-License-Identifier: MIT
"""What a file is that is no table of text, by its first bytes."""

from __future__ import annotations

import re

from models.speech import say

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_STARTS = (
    (_ZIP, say("an Excel workbook or a zip file")),
    (b"PK\x05\x06", say("an empty zip file")),
    (_OLE, say("an old Excel workbook")),
    (b"%PDF", say("a PDF")),
    (b"SQLite format 3\0", say("a database")),
    (b"\x89PNG", say("an image")),
    (b"\xff\xd8\xff", say("an image")),
    (b"\x1f\x8b", say("a compressed file")),
    (b"{\\rtf", say("a document (RTF)")),
    (b"$FL", say("a data file of SPSS")),
    (b"<stata_dta>", say("a data file of Stata")),
    (bytes(12) + b"\xc2\xea\x81\x60", say("a data file of SAS")),
    (b"PAR1", say("a Parquet file")),
)
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html|table|workbook)\b", re.IGNORECASE
)
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*[\[{"])')


def is_zip(head: bytes) -> bool:
    """Whether a file that begins so is a zip, as a new workbook is."""
    return head.startswith(_ZIP)


def is_ole(head: bytes) -> bool:
    """Whether a file that begins so is an old workbook, or a new one with a password."""
    return head.startswith(_OLE)


def other_kind(head: bytes) -> str:
    """What a file that begins so is, for people; "" for what may be text in rows."""
    if kind := next((told for start, told in _STARTS if head.startswith(start)), ""):
        return kind
    return say("a web page or XML") if _MARKUP.match(head) else ""


def is_json(head: bytes) -> bool:
    """Whether a file begins as JSON does, and as no row of headings would."""
    return _JSON.match(head) is not None
