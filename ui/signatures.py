# SPDX-License-Identifier: MIT
"""Spares the start what PySide compiles for telling how its functions are called.

PySide carries that part of itself as source in an archive, and compiles it anew in every process:
20 ms, two fifths of its own import. It is asked only by who made a mistake, for the words of the
error. Here each module of it is compiled when something is first wanted of it. A PySide that is
built in another way is left alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from importlib.machinery import ModuleSpec
from threading import RLock
from types import ModuleType
from typing import TYPE_CHECKING, Any, SupportsIndex, cast

if TYPE_CHECKING:
    from importlib.abc import Loader

_ARCHIVE = "EmbeddableZipImporter"
_MAPPING, _TAKEN_UNASKED = "shibokensupport.signature.mapping", "update_mapping"
"""A function that PySide takes out of what this module holds, without asking the module for it."""
_SELDOM_ASKED = {
    _MAPPING,
    *(f"shibokensupport.signature.{name}" for name in ("errorhandler", "layout", "parser")),
    *(f"shibokensupport.signature.lib.{name}" for name in ("enum_sig", "pyi_generator", "tool")),
}
_Find = Callable[..., ModuleSpec | None]
_compiling = RLock()


class _Uncompiled(ModuleType):
    """One of those modules until something is wanted of it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        if name == _MAPPING:
            vars(self)[_TAKEN_UNASKED] = partial(_call, self, _TAKEN_UNASKED)

    def __getattr__(self, name: str) -> Any:
        # What importing asks of every module is no wish for its contents.
        if name.startswith("__"):
            raise AttributeError(name)
        _fill(self)
        return getattr(self, name)


class _Later:
    """Loads one of those modules without compiling it. A loader by what it does."""

    def __init__(self, loader: Any) -> None:
        self.loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _Uncompiled(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """All is still to be done."""


class _Finders(list[Any]):
    """What Python asks for modules. PySide puts its archive in while it is imported."""

    def insert(self, index: SupportsIndex, finder: Any) -> None:
        super().insert(index, finder)
        if type(finder).__name__ == _ARCHIVE:
            finder.find_spec = partial(_find_later, finder.find_spec)

    def remove(self, finder: Any) -> None:
        super().remove(finder)
        if type(finder).__name__ == _ARCHIVE:
            sys.meta_path = [*self]


def _find_later(
    find: _Find, name: str, path: Sequence[str] | None, target: ModuleType | None = None
) -> ModuleSpec | None:
    spec = find(name, path, target)
    if spec is not None and name in _SELDOM_ASKED:
        spec.loader = cast("Loader", _Later(spec.loader))
    return spec


def _call(module: ModuleType, name: str) -> Any:
    _fill(module)
    return getattr(module, name)()


def _fill(module: ModuleType) -> None:
    with _compiling:
        if type(module) is _Uncompiled:
            module.__class__ = ModuleType  # type: ignore[assignment]
            _compile(module)


def _compile(module: ModuleType) -> None:
    spec: Any = module.__spec__
    # PySide has given it another name meanwhile, by which its archive does not know it.
    spec.name, told = module.__name__, spec.name
    try:
        spec.loader.loader.exec_module(module)
    finally:
        spec.name = told


def compile_signatures_later() -> None:
    """To be called before PySide is imported; afterwards it does nothing."""
    if "shiboken6" not in sys.modules:
        sys.meta_path = _Finders(sys.meta_path)
