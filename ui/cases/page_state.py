# SPDX-License-Identifier: MIT
"""What the page of cases remembers between two starts, as one piece of bytes."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from contextlib import suppress
from typing import NamedTuple, Self

from PySide6.QtCore import QByteArray

from models.caselist import Query, SortBy
from ui.cases.column_layout import ColumnLayout

_WAYS = ("up", "down")
_PARTS = 4


class PageState(NamedTuple):
    """What the user chose on the page.

    Attributes:
        split: where the edge of the pane is; empty where nobody moved it.
        columns: which columns are in sight, where, and how wide.
        tab: which tab of the pane is in sight.
        query: how the list is sorted. What it was narrowed to is kept by nobody: cases that are
            out of sight at a start would be missed.
    """

    split: QByteArray
    columns: ColumnLayout
    tab: QByteArray
    query: Query

    def written(self) -> QByteArray:
        """All of it, for ``read``."""
        order = f"{self.query.sort.name} {_WAYS[self.query.descending]}".encode()
        columns = self.columns.written().encode()
        parts = bytes(self.split.data()), columns, bytes(self.tab.data()), order
        return QByteArray(json.dumps([b64encode(part).decode() for part in parts]).encode())

    @classmethod
    def read(cls, state: QByteArray) -> Self:
        """What was written; what cannot be read is as it usually is.

        It is no stream of Qt, which has to know every type that there is before it reads any.
        """
        split, columns, tab, order = _parts(bytes(state.data()))
        text = columns.decode(errors="replace")
        return cls(QByteArray(split), ColumnLayout.read(text), QByteArray(tab), _order(order))


def _order(written: bytes) -> Query:
    with suppress(ValueError, KeyError):
        name, way = written.decode().split()
        return Query(sort=SortBy[name], descending=bool(_WAYS.index(way)))
    return Query()


def _parts(written: bytes) -> list[bytes]:
    """As many as there are; an older version had no order."""
    parts: list[bytes] = []
    with suppress(ValueError, TypeError):
        parts = [b64decode(part) for part in json.loads(written)][:_PARTS]
    return parts + [b""] * (_PARTS - len(parts))
