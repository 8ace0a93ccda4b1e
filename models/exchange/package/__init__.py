# SPDX-License-Identifier: MIT
"""A data package: a zip of CSV files that explains itself to people and to programs."""

from models.exchange.package.writing import write_package

__all__ = ["write_package"]
