# SPDX-License-Identifier: MIT
"""Zips of linked tables that this program wrote: the data package, and CSV for programs."""

from models.importing.package.table import PackageTable

__all__ = ["PackageTable"]
