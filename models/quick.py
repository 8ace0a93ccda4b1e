# SPDX-License-Identifier: MIT
"""What modules are full of, made quickly: dataclasses, and patterns of text.

``dataclass`` is as Python has it, made in a fifth of the time. Python writes each method of such a
class as source and compiles it by itself: 0.65 ms for a class that is frozen, and the list of cases
needs ninety of them. Here Python only keeps the books of the fields, and ``__init__`` alone is
compiled, when one is first made: of half of these classes none is. For a type checker it is
Python's own.

A ``pattern`` is compiled when it is first asked, which in most starts of the program it never is.
"""

from __future__ import annotations

import dataclasses
import re
from operator import attrgetter
from reprlib import recursive_repr
from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, slots: bool = False, repr: bool = True
    ) -> type | Callable[[type], type]:
        """As ``dataclasses.dataclass`` with these options, and with those alone.

        Keyword-only fields are none of them; a class that needs more takes Python's own.
        """

        def make(cls: type) -> type:
            return _made(cls, frozen=frozen, slots=slots, shows=repr)

        return make if cls is None else make(cls)


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> object:
        asked = getattr(re.compile(self._text, self._flags), name)
        # The next time it is found without asking.
        setattr(self, name, asked)
        return asked


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """As ``re.compile``; what is wrong with it shows when it is first used."""
    return cast("re.Pattern[str]", _Pattern(text, flags))


def _made(cls: type, *, frozen: bool, slots: bool, shows: bool) -> Any:
    keep_books = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)
    own = set(vars(cls))
    made: Any = keep_books(cls)
    fields = dataclasses.fields(made)
    methods: dict[str, object] = {"__init__": _InitLater(made, fields, frozen=frozen)}
    if shows:
        methods["__repr__"] = _repr(tuple(field.name for field in fields if field.repr))
    compared = tuple(field.name for field in fields if field.compare)
    methods["__eq__"], hashed = _equality(compared)
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
        if slots:
            methods |= {"__getstate__": _state, "__setstate__": _take_state}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    # Python itself takes the hash of a class that says when two are equal.
    if vars(cls).get("__hash__") is None:
        made.__hash__ = hashed if frozen else None
    return made


class _InitLater:
    """Stands for ``__init__`` until somebody asks for it."""

    def __init__(
        self, cls: type, fields: tuple[dataclasses.Field[Any], ...], *, frozen: bool
    ) -> None:
        self._cls, self._fields, self._frozen = cls, fields, frozen

    def __get__(self, one: object, owner: type | None = None) -> Any:
        made: Any = _init(self._cls, self._fields, frozen=self._frozen)
        type.__setattr__(self._cls, "__init__", made)
        return made.__get__(one, owner)


def _init(
    cls: type, fields: tuple[dataclasses.Field[Any], ...], *, frozen: bool
) -> Callable[..., None]:
    """What takes the values in; the only thing that is compiled."""
    given: dict[str, object] = {"unset": object(), "put": object.__setattr__}
    parameters, body = ["self"], []
    for field in fields:
        name, value = field.name, field.name
        if field.default_factory is not dataclasses.MISSING:
            given[f"make_{name}"] = field.default_factory
            value = f"make_{name}()"
            if field.init:
                parameters.append(f"{name}=unset")
                value += f" if {name} is unset else {name}"
        elif field.default is not dataclasses.MISSING:
            given[f"usual_{name}"] = field.default
            value = name if field.init else f"usual_{name}"
            parameters.extend([f"{name}=usual_{name}"] * field.init)
        elif field.init:
            parameters.append(name)
        else:
            continue
        body.append(f" put(self, {name!r}, {value})" if frozen else f" self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    head = f"def __init__({', '.join(parameters)}):"
    exec("\n".join([head, *(body or [" pass"])]), given)
    made = cast("FunctionType", given["__init__"])
    made.__annotations__ = {field.name: field.type for field in fields if field.init} | {
        "return": None
    }
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    made.__module__ = cls.__module__
    return made


def _repr(names: tuple[str, ...]) -> Callable[[object], str]:
    @recursive_repr()
    def show(self: object) -> str:
        shown = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__qualname__}({shown})"

    return show


def _equality(names: tuple[str, ...]) -> tuple[Callable[..., bool], Callable[[object], int]]:
    """When two are equal, and what is then the same of both."""
    get: Callable[[object], object] = attrgetter(*names) if names else lambda _one: ()

    def equals(self: object, other: object) -> bool:
        return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: object) -> int:
        return hash(get(self))

    return equals, hashed


def _refuse(self: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__name__}.{name} stays as it is")


def _state(self: Any) -> list[object]:
    """For copies and pickles, which would set the fields one by one."""
    return [getattr(self, field.name) for field in dataclasses.fields(self)]


def _take_state(self: Any, state: list[object]) -> None:
    for field, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
