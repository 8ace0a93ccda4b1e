# SPDX-License-Identifier: MIT
"""How a text file is written: its encoding, and the sign between its cells.

The encoding is found by signature, then by reading the whole file strictly: UTF-8 where that is
possible, else whatever makes words of it (see ``letters``). Where several do, or none does, that is
said. Whatever is found can be overruled.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from models.disk import NoFile, opened
from models.errors import LogbookError
from models.importing.letters import guessed, readings, words_shown, written_in_ascii
from models.importing.other_kinds import is_json, other_kind
from models.speech import say

MOST_BYTES = 1 << 30
"""A larger file is refused; a million cases with every column are half of it."""

MOST_IN_A_CELL = csv.field_size_limit()
"""Characters of one cell."""

DELIMITERS = {
    ",": say("comma"),
    ";": say("semicolon"),
    "\t": say("tab"),
    "|": say("vertical bar"),
}
"""The signs that part cells, with what they are called."""

ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": say("UTF-16, big-endian"),
    "cp1252": say("Windows Western (cp1252)"),
    "cp1250": say("Windows Central European (cp1250)"),
    "cp1251": say("Windows Cyrillic (cp1251)"),
    "cp1253": say("Windows Greek (cp1253)"),
    "cp1254": say("Windows Turkish (cp1254)"),
    "koi8-u": say("Cyrillic (KOI8)"),
    "cp1255": say("Windows Hebrew (cp1255)"),
    "cp1256": say("Windows Arabic (cp1256)"),
    "mac-roman": say("Macintosh Western"),
    "cp850": say("DOS Western (cp850)"),
    "cp932": say("Japanese (Shift JIS)"),
    "euc-jp": say("Japanese (EUC-JP)"),
    "iso2022-jp": say("Japanese (ISO-2022-JP)"),
    "gb18030": say("Chinese (GB 18030)"),
    "big5": say("Chinese (Big5)"),
    "cp949": say("Korean (cp949)"),
    "utf-7": "UTF-7",
}
"""What text may be written in, with what people call it."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4096
_SAMPLE = 1 << 16
_BLOCK = 1 << 20
_NEVER_IN_TEXT = frozenset({*range(1, 9), *range(14, 27), *range(28, 32), 127})
_SHARE_OF_NULS = 0.3
_SHARE_OF_ENDS = 0.8
_ASKED_ABOUT = 1 << 14
_IN_A_BOX = 2
"""So many words find room behind the name of an encoding."""

LOOKED_AT = 30
"""Among so many first rows, blank ones not counted, the headings are looked for."""

_SHARE_OF_TITLE = 3


class UnreadableTable(LogbookError):
    """The file as a whole cannot be read as a table; the sentence names place and cure."""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a text file is written.

    Attributes:
        encoding: a key of ``ENCODINGS``.
        delimiter: a key of ``DELIMITERS``.
        mark: bytes of the signature before the text.
        others: encodings in which it would be words too, other ones; the same where it is none in
            any, or () where there is no doubt.
        beyond: the first lines that are more than ASCII, where the file does not say how it is
            written.
    """

    encoding: str
    delimiter: str
    mark: int = 0
    others: tuple[str, ...] = field(default=(), compare=False)
    beyond: bytes = field(default=b"", compare=False, repr=False)

    def shown_in(self, encoding: str) -> str:
        """Some words as they would read in an encoding; "" where there are none to show."""
        return words_shown(self.beyond, encoding)

    def told_in(self, encoding: str) -> str:
        """An encoding for people, with some words as they would read in it."""
        words = words_shown(self.beyond, encoding, _IN_A_BOX)
        return f"{ENCODINGS[encoding]}: {words}" if words else ENCODINGS[encoding]

    @property
    def question(self) -> str:
        """What a person has to look at, where the text does not decide how it reads; ""."""
        if not self.others:
            return ""
        read = [
            say("{words} in {encoding}", words=words, encoding=ENCODINGS[name])
            for name in dict.fromkeys((self.encoding, *self.others))
            if (words := self.shown_in(name))
        ]
        return say(
            "The file does not tell how its letters are written. They read {readings}. The first "
            "is taken: choose another encoding if the words look wrong.",
            readings="; ".join(read),
        )

    def __str__(self) -> str:
        return say(
            "{encodings}, separated by {delimiters}",
            encodings=ENCODINGS[self.encoding],
            delimiters=DELIMITERS[self.delimiter],
        )


def recognize(file: Path, encoding: str = "", delimiter: str = "") -> Writing:
    """How ``file`` is written; what is named is not looked for.

    Raises:
        UnreadableTable: it cannot be read, holds no text, is too large, or is not in the encoding
            that was named.
    """
    _refuse_unknown(encoding, delimiter)
    try:
        return _recognized(file, encoding, delimiter)
    except OSError as error:
        raise unreadable(file.name, error) from error


def unreadable(name: str, error: OSError) -> UnreadableTable:
    """Why the system does not let a file be read: no permission, a drive that is gone."""
    why = (error.strerror or say("unknown reason")).lower()
    cure = say(
        "Close it in other programs, look whether its drive is there, or choose another file."
    )
    return UnreadableTable(say("{name} cannot be read: {why}.", name=name, why=why), cure)


def opened_file(file: Path) -> BinaryIO:
    """The file, opened; never something that can be waited for, such as a pipe.

    Raises:
        UnreadableTable: it is none, or cannot be opened.
    """
    try:
        return opened(file)
    except (FileNotFoundError, NoFile) as error:
        what = error.strerror if isinstance(error, NoFile) else say("there is no such file")
        raise UnreadableTable(
            say("{file} cannot be read: {what}.", file=file, what=what), say("Choose a CSV file.")
        ) from error
    except OSError as error:
        raise unreadable(file.name, error) from error


def _recognized(file: Path, encoding: str, delimiter: str) -> Writing:
    with opened_file(file) as opened:
        head = opened.read(_HEAD)
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise UnreadableTable(
                say(
                    "{file} is larger than {most_bytes} GB.",
                    file=file.name,
                    most_bytes=MOST_BYTES >> 30,
                ),
                say("Write its rows into several files."),
            )
        _refuse_other_kinds(file, head, encoding)
        marked, mark = _marked(head)
        if encoding and marked != encoding:
            # A signature is none in another encoding.
            mark = 0
        encoding = encoding or marked or _by_nuls(head)
        others: tuple[str, ...] = ()
        beyond = b""
        if encoding:
            _check(file, opened, encoding, mark)
        else:
            encoding, others = _by_reading(file, opened)
        if not mark and not encoding.startswith("utf-"):
            beyond = _beyond_ascii(opened)
        opened.seek(mark)
        sample = opened.read(_SAMPLE).decode(encoding, "ignore")
    return Writing(encoding, delimiter or _delimiter(sample), mark, others, beyond)


def _refuse_unknown(encoding: str, delimiter: str) -> None:
    if encoding and encoding not in ENCODINGS:
        known = ", ".join(ENCODINGS)
        raise UnreadableTable(
            say("The encoding {encoding} is not known.", encoding=encoding),
            say("Known are: {known}.", known=known),
        )
    if delimiter and delimiter not in DELIMITERS:
        known = ", ".join(DELIMITERS.values())
        raise UnreadableTable(
            say("{delimiter!r} parts no cells.", delimiter=delimiter),
            say("Known are: {known}.", known=known),
        )


def _refuse_other_kinds(file: Path, head: bytes, encoding: str) -> None:
    if not head.strip():
        raise UnreadableTable(
            say("{file} is empty.", file=file.name), say("Choose a file with a row of headings.")
        )
    kind = say("JSON, such as a FHIR bundle") if is_json(head) else other_kind(head)
    is_wide = encoding.startswith("utf-16") or _marked(head)[0] or _by_nuls(head)
    if not kind and not is_wide:
        odd = sum(byte in _NEVER_IN_TEXT for byte in head)
        kind = say("no text") if odd > len(head) // 20 + 1 else ""
    if kind:
        cure = say("Open it in its program and save the sheet as CSV in UTF-8.")
        if is_json(head):
            cure = say("Kypholog reads its own data package, CSV and Excel: export one of these.")
        raise UnreadableTable(say("{file} is {kind}, and no CSV.", file=file.name, kind=kind), cure)


def _marked(head: bytes) -> tuple[str, int]:
    found = ((encoding, len(mark)) for mark, encoding in _MARKS if head.startswith(mark))
    return next(found, ("", 0))


def _by_nuls(head: bytes) -> str:
    """UTF-16 without a signature: every second byte of Western text is NUL.

    In any script one is beside the end of each line.
    """
    half = len(head) // 2 or 1
    even, odd = head[0::2].count(0), head[1::2].count(0)
    ends = _SHARE_OF_ENDS * head.count(b"\n") or 1
    if (odd > half * _SHARE_OF_NULS and not even) or head.count(b"\n\0") >= ends:
        return "utf-16-le"
    if (even > half * _SHARE_OF_NULS and not odd) or head.count(b"\0\n") >= ends:
        return "utf-16-be"
    return ""


def _by_reading(file: Path, opened: BinaryIO) -> tuple[str, tuple[str, ...]]:
    """The encoding, and others in which the text would be words too."""
    try:
        _check(file, opened, "utf-8", 0)
    except UnreadableTable:
        return _by_words(file, opened)
    opened.seek(0)
    if encoding := written_in_ascii(opened.read(_SAMPLE)):
        with suppress(UnreadableTable):
            _check(file, opened, encoding, 0)
            return encoding, ()
    return "utf-8", ()


def _by_words(file: Path, opened: BinaryIO) -> tuple[str, tuple[str, ...]]:
    beyond = _beyond_ascii(opened)
    found = readings(beyond)
    names = [name for name in (found.best, *found.others) if name]
    known = [name for name in names if _is_written_in(file, opened, name)]
    if known:
        return known[0], tuple(known[1:])
    likely = [
        name
        for name in ("cp1252", *guessed(beyond, ENCODINGS))
        if _is_written_in(file, opened, name)
    ]
    if not likely:
        _check(file, opened, "cp1252", 0)
    # No reading makes words of all of it, so it is told in any case.
    return likely[0], tuple(dict.fromkeys(likely))


def _is_written_in(file: Path, opened: BinaryIO, encoding: str) -> bool:
    try:
        _check(file, opened, encoding, 0)
    except UnreadableTable:
        return False
    return True


def _beyond_ascii(opened: BinaryIO) -> bytes:
    """The first lines that are more than ASCII."""
    opened.seek(0)
    found = bytearray()
    while len(found) < _ASKED_ABOUT and (block := opened.read(_BLOCK)):
        for line in block.splitlines(keepends=True):
            if not line.isascii():
                found += line[:_ASKED_ABOUT]
                if len(found) >= _ASKED_ABOUT:
                    break
    return bytes(found)


def _check(file: Path, opened: BinaryIO, encoding: str, mark: int) -> None:
    """Read all of the file strictly, a block at a time."""
    opened.seek(mark)
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines = 1
    while True:
        block = opened.read(_BLOCK)
        try:
            lines += decoder.decode(block, final=not block).count("\n")
        except UnicodeDecodeError as error:
            lines += error.object[: error.start].decode(encoding, "ignore").count("\n")
            raise UnreadableTable(
                say(
                    "{file}, line {lines}: it is not written in {encodings}.",
                    file=file.name,
                    lines=lines,
                    encodings=ENCODINGS[encoding],
                ),
                say("Name another encoding, or save the file as CSV in UTF-8."),
            ) from error
        if not block:
            return


def heading_place(rows: Sequence[Sequence[str]]) -> int:
    """Which of the first rows names the columns: the first that is no title.

    A title fills at most a third of as many cells as the fullest row: "Cases 2026", "Clinic: ...".
    """
    filled = [sum(bool(cell.strip()) for cell in cells) for cells in rows]
    of_title = max(filled, default=0) // _SHARE_OF_TITLE
    return next((place for place, count in enumerate(filled) if count > of_title), 0)


def _delimiter(sample: str) -> str:
    """The sign by which most rows have equally many cells, and more than one."""
    first = sample.split("\n", 1)[0].strip()
    if first.casefold().startswith("sep=") and first[4:5] in DELIMITERS:
        return first[4]
    # The last row may be cut.
    whole = sample if len(sample) < _SAMPLE // 4 else sample[: sample.rfind("\n") + 1] or sample
    return max(DELIMITERS, key=lambda sign: _fit(whole, sign))


def _fit(sample: str, delimiter: str) -> tuple[float, bool, int]:
    widths: list[int] = []
    try:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        widths.extend(len(row) for row in reader if any(cell.strip() for cell in row))
    except csv.Error:
        # What was read until then decides.
        pass
    parted = Counter(width for width in widths if width > 1)
    if not parted:
        return 0, False, 0
    width, rows = parted.most_common(1)[0]
    return rows / len(widths), widths[0] == width, width
