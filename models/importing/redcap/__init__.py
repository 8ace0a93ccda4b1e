# SPDX-License-Identifier: MIT
"""Records that were entered in a REDCap project with our dictionary, or went out with our kit."""

from models.importing.redcap.table import RedcapTable, is_redcap

__all__ = ["RedcapTable", "is_redcap"]
