# SPDX-License-Identifier: MIT
"""Scripts that read the tables of a package with labels: one module a program."""

from collections.abc import Callable, Mapping, Sequence

from models.exchange.package.scripts.python import python_script
from models.exchange.package.scripts.r import r_script
from models.exchange.package.scripts.spss import spss_script
from models.exchange.package.scripts.stata import stata_script
from models.exchange.sheet import Sheet

SCRIPTS: Mapping[str, Callable[[Sequence[Sheet]], str]] = {
    "load.do": stata_script,
    "load.R": r_script,
    "load.py": python_script,
}
"""By the name of the file; that for SPSS has to know more than the sheets."""

SPSS = "load.sps"

__all__ = ["SCRIPTS", "SPSS", "spss_script"]
