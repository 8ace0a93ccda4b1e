# SPDX-License-Identifier: MIT
"""Stands in for the compiled parts of scipy and numpy that nobody calls, though they are imported.

``import scipy.stats`` loads most of scipy: linear programs, sparse matrices, solvers of
differential equations. The tests that the program asks for need a third of that. To leave the rest
out needs something to import instead: a stand-in has every name that is asked of it, and whoever
calls one is told that it is not there. Nothing is computed in another way than in the sources.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib.abc import Loader
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import NoReturn

STOOD_IN_FOR: Mapping[str, Sequence[str]] = {
    # Optimizers; the limits of a share are found by those of one unknown, which stay.
    "scipy.optimize._highspy._core": (),
    "scipy.optimize._highspy._highs_options": (),
    "scipy.optimize._bglu_dense": (),
    "scipy.optimize._direct": (),
    "scipy.optimize._group_columns": (),
    "scipy.optimize._lbfgsb": (),
    "scipy.optimize._lsq.givens_elimination": (),
    "scipy.optimize._minpack": (),
    "scipy.optimize._moduleTNC": (),
    "scipy.optimize._pava_pybind": (),
    "scipy.optimize._slsqplib": (),
    "scipy.optimize._trlib._trlib": (),
    # Sparse matrices and graphs.
    "scipy.sparse._csparsetools": (),
    "scipy.sparse._sparsetools": (),
    "scipy.sparse.csgraph._flow": (),
    "scipy.sparse.csgraph._matching": (),
    "scipy.sparse.csgraph._min_spanning_tree": (),
    "scipy.sparse.csgraph._reordering": (),
    "scipy.sparse.csgraph._shortest_path": (),
    "scipy.sparse.csgraph._tools": (),
    "scipy.sparse.csgraph._traversal": (),
    "scipy.sparse.linalg._eigen.arpack._arpacklib": (),
    "scipy.sparse.linalg._propack": (),
    # Functions of whole matrices.
    "scipy.linalg._batched_linalg": (),
    "scipy.linalg._decomp_interpolative": (),
    "scipy.linalg._decomp_lu_cython": (),
    "scipy.linalg._decomp_update": ("qr_delete", "qr_insert", "qr_update"),
    "scipy.linalg._linalg_pythran": (),
    "scipy.linalg._matfuncs_expm": (),
    "scipy.linalg._matfuncs_schur_sqrtm": (),
    "scipy.linalg._solve_toeplitz": (),
    # Points and turns in space.
    "scipy.spatial._ckdtree": ("cKDTree",),
    "scipy.spatial._distance_pybind": (),
    "scipy.spatial._distance_wrap": (),
    "scipy.spatial._qhull": (
        *("Delaunay", "ConvexHull", "QhullError", "Voronoi", "HalfspaceIntersection", "tsearch"),
    ),
    "scipy.spatial._hausdorff": (),
    "scipy.spatial._voronoi": (),
    "scipy.spatial.transform._rigid_transform_cy": (),
    "scipy.spatial.transform._rotation_cy": (),
    # Fourier, differential equations, and curves through points.
    "numpy.fft._pocketfft_umath": (),
    "scipy.fft._pocketfft.pypocketfft": (),
    "scipy.integrate._dop": (),
    "scipy.integrate._odepack": (),
    "scipy.integrate._quadpack": (),
    "scipy.integrate._vode": (),
    "scipy.interpolate._dierckx": (),
    "scipy.interpolate._fitpack": (),
    "scipy.interpolate._interpnd": (),
    "scipy.interpolate._ppoly": (),
    "scipy.interpolate._rbfinterp_pythran": (),
    "scipy.interpolate._rgi_cython": (),
    # Of statistics: Kendall's tau, kernels, Fisher's other hypergeometric, tables by chance, the
    # tests of Ansari and of Shapiro, Lévy's distribution, and numbers of low discrepancy.
    "scipy.stats._ansari_swilk_statistics": (),
    "scipy.stats._biasedurn": (),
    "scipy.stats._levy_stable.levyst": (),
    "scipy.stats._qmc_cy": (),
    "scipy.stats._qmvnt_cy": (),
    "scipy.stats._rcont.rcont": (),
    "scipy.stats._sobol": (),
    "scipy.stats._stats": (),
    "scipy.stats._stats_pythran": (),
    "scipy.ndimage._ni_label": (),
}
"""Modules, and the names that ``from MODULE import *`` takes from them."""


class LeftOutError(RuntimeError):
    """Something was called that is in the sources' libraries and not in the bundle's."""


def begin() -> None:
    """From here on a stand-in is imported instead of each of the modules."""
    sys.meta_path.insert(0, _Finder())


class _Finder(Loader):
    """Finds the stand-ins, and makes them."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name in STOOD_IN_FOR else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        module.__all__ = list(STOOD_IN_FOR[module.__name__])  # type: ignore[attr-defined]


class _StandIn(ModuleType):
    def __getattr__(self, name: str) -> _Named:
        return _left_out(self.__name__, name)


class _Named(type):
    """A class, as a module that is imported may derive from it or ask it for a constant."""

    def __getattr__(cls, name: str) -> _Named:
        return _left_out(cls.__qualname__, name)


class _LeftOut(metaclass=_Named):
    def __new__(cls, *_arguments: object, **_named: object) -> NoReturn:
        raise LeftOutError(f"{cls.__qualname__} is not in this bundle.")


def _left_out(place: str, name: str) -> _Named:
    # What Python itself asks for, such as __path__, is either there or not.
    if name.startswith("__"):
        raise AttributeError(name)
    return _Named(name, (_LeftOut,), {"__qualname__": f"{place}.{name}"})
