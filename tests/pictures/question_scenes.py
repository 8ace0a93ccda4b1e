# SPDX-License-Identifier: MIT
"""Questions before something is done, and what is told after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QMessageBox, QWidget

from models.audit import Fault
from models.backup.trouble import Kind
from models.copies.breaks import Breaks
from tests.pictures.backup_scenes import NOW, SECOND, backups_none, found_in, standing_of
from tests.pictures.stage import Stage
from ui.backups.asking import ask_to_restore
from ui.backups.dialog import BackupsDialog
from ui.cases.bin_dialog import BinDialog
from ui.data.check_dialog import CheckDialog
from ui.widgets.why_dialog import WhyDialog
