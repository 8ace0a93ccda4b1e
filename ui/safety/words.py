# SPDX-License-Identifier: MIT
"""Words that several cards of the page need, in the user's language."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.widgets.text_table import Column


def tr(text: str) -> str:
    """``text`` in the user's language."""
    return QCoreApplication.translate("safety", text)


def rate_columns(first: str) -> tuple[Column, ...]:
    """Columns of a table of leakage rates, of which ``first`` says what is counted."""
    return (
        Column(first, stretches=True),
        Column(tr("Levels"), is_number=True),
        Column(tr("Rate (95 % CI)"), is_number=True),
        Column(tr("Patients"), is_number=True),
        Column(tr("Rate (95 % CI)"), is_number=True),
    )
