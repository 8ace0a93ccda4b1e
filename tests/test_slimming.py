# SPDX-License-Identifier: MIT
"""What is taken out of the libraries of the bundle leaves what is asked of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from resources.bundle.__main__ import largest
from resources.bundle.elf import without_symbols
from resources.bundle.slimming import stripped

ROOT = Path(__file__).parents[1]
CARRIED = sorted(Path(np.__file__).parents[1].glob("numpy.libs/libscipy_openblas64_*.so"))

SUM_OF_PRODUCTS = """
import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
three = (ctypes.c_double * 3)(1, 2, 3), (ctypes.c_double * 3)(4, 5, 6)
multiply = library.scipy_cblas_ddot64_
multiply.restype = ctypes.c_double
step = ctypes.c_int64(1)
print(multiply(ctypes.c_int64(3), three[0], step, three[1], step))
"""

WITH_STAND_INS = """
import sys
from resources.bundle import stand_ins
stand_ins.begin()
import numpy as np
from scipy import ndimage, stats
print(*(name for name in stand_ins.STOOD_IN_FOR if name not in sys.modules))
one, other = np.array([1.0, 2, 3, 5, 8]), np.array([2.0, 4, 6, 7.5, 9])
print(stats.mannwhitneyu(one, other).pvalue, stats.wilcoxon(other - one).pvalue)
print(stats.fisher_exact([[3, 1], [1, 4]]).pvalue, stats.spearmanr(one, other).pvalue)
print(stats.binomtest(3, 9).proportion_ci().low, ndimage.gaussian_filter1d(one, 1).sum())
try:
    stats.kendalltau(one, other)
except stand_ins.LeftOutError as error:
    print(error)
"""


def test_a_stand_in_is_imported_for_each_part_and_says_so_when_it_is_called() -> None:
    from scipy import ndimage, stats

    done = subprocess.run(
        [sys.executable, "-c", WITH_STAND_INS], cwd=ROOT, capture_output=True, text=True, check=True
    )
    unasked, *numbers, refused = done.stdout.splitlines()
    assert unasked == ""
    one, other = [1.0, 2, 3, 5, 8], [2.0, 4, 6, 7.5, 9]
    change = [after - before for before, after in zip(one, other, strict=True)]
    assert [float(number) for line in numbers for number in line.split()] == [
        *(stats.mannwhitneyu(one, other).pvalue, stats.wilcoxon(change).pvalue),
        *(stats.fisher_exact([[3, 1], [1, 4]]).pvalue, stats.spearmanr(one, other).pvalue),
        *(stats.binomtest(3, 9).proportion_ci().low, ndimage.gaussian_filter1d(one, 1).sum()),
    ]
    assert refused == "scipy.stats._stats._kendall_dis is not in this bundle."


@pytest.mark.skipif(not CARRIED, reason="numpy carries no library of its own here")
def test_a_library_answers_without_what_only_debuggers_read(tmp_path: Path) -> None:
    whole = CARRIED[0]
    small = tmp_path / whole.name
    small.write_bytes(without_symbols(whole.read_bytes()))
    assert small.stat().st_size < whole.stat().st_size - 500_000
    said = [
        subprocess.run(
            [sys.executable, "-c", SUM_OF_PRODUCTS, str(library)],
            env={**os.environ, "LD_LIBRARY_PATH": str(whole.parent)},
            capture_output=True,
            check=True,
        ).stdout
        for library in (whole, small)
    ]
    assert said == [b"32.0\n"] * 2


@pytest.mark.skipif(not CARRIED, reason="numpy carries no library of its own here")
def test_a_library_is_cut_also_where_it_cannot_be_loaded(tmp_path: Path) -> None:
    # Beside it is none of those that it needs. So it was with too little memory: it stayed whole.
    alone = tmp_path / CARRIED[0].name
    alone.write_bytes(CARRIED[0].read_bytes())
    entry = (f"numpy.libs/{alone.name}", str(alone), "BINARY")
    ((place, made, _),) = stripped([entry], tmp_path / "made")
    assert place == entry[0]
    assert Path(made).stat().st_size < alone.stat().st_size - 500_000


def test_what_is_no_library_is_not_cut() -> None:
    with pytest.raises(ValueError, match="no library"):
        without_symbols(b"MZ and more")


def test_the_largest_parts_are_named(tmp_path: Path) -> None:
    for name, size in {"_internal/numpy/a.so": 30, "_internal/numpy/b/c.so": 20, "run": 40}.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(bytes(size))
    (tmp_path / "link").symlink_to("run")
    assert largest(tmp_path) == [("_internal/numpy", 50), ("run", 40)]
