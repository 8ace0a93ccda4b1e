# SPDX-License-Identifier: MIT
"""What the page of cases remembers between two starts, as one piece of bytes."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from contextlib import suppress
from typing import NamedTuple, Self

from PySide6.QtCore import QByteArray

from ui.cases.column_layout import ColumnLayout


class PageState(NamedTuple):
    """What the user chose on the page.

    Attributes:
        split: where the edge of the pane is; empty where nobody moved it.
        columns: which columns are in sight, where, and how wide.
        tab: which tab of the pane is in sight.
    """

    split: QByteArray
    columns: ColumnLayout
    tab: QByteArray

    def written(self) -> QByteArray:
        """All of it, for ``read``."""
        parts = bytes(self.split.data()), self.columns.written().encode(), bytes(self.tab.data())
        return QByteArray(json.dumps([b64encode(part).decode() for part in parts]).encode())

    @classmethod
    def read(cls, state: QByteArray) -> Self:
        """What was written; what cannot be read is as it usually is.

        It is no stream of Qt, which has to know every type that there is before it reads any.
        """
        split, columns, tab = _parts(bytes(state.data()))
        text = columns.decode(errors="replace")
        return cls(QByteArray(split), ColumnLayout.read(text), QByteArray(tab))


def _parts(written: bytes) -> tuple[bytes, bytes, bytes]:
    with suppress(ValueError, TypeError):
        split, columns, tab = map(b64decode, json.loads(written))
        return split, columns, tab
    return b"", b"", b""
