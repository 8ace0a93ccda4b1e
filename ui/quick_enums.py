# SPDX-License-Identifier: MIT
"""Makes the enumerations of Qt as ``enum`` makes them, in a fifth of the time.

PySide has ``enum`` make each enumeration of Qt when its class is first named: until the list of
cases is in sight 230 of them with 3,200 members, which takes 35 ms. Most of that is the care for
what somebody may have written into a class statement, none of which these have: they are plain
names and numbers. Everything that a class has beside its members is taken from one that ``enum``
made. What is not as expected, and every Python whose way of making them is not known here, is left
to ``enum``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import KEEP, Enum, EnumType, Flag
from functools import cache
from typing import Any

_KNOWN_WAY = (3, 11)
_OF_EACH = ("__dict__", "__weakref__")
_making: Any = EnumType
_made_by_enum = _making._create_


def make_enums_quickly() -> None:
    """From now on."""
    if sys.version_info[:2] == _KNOWN_WAY:
        _making._create_ = _create


def _create(
    cls: type[Enum],
    class_name: str,
    names: Any,
    *,
    module: str | None = None,
    **how: Any,
) -> type[Enum]:
    """Make a subclass of ``cls``; called as ``EnumType._create_`` is."""
    if module is None:
        # Whoever calls, above this function and ``EnumType.__call__``.
        module = sys._getframe(2).f_globals.get("__name__")
    if how.get("boundary") is not KEEP or how.get("type") or not _are_plain(cls, names):
        return _made_by_enum(cls, class_name, names, module=module, **how)
    contents = {**_contents_of_empty(cls), "__module__": module, "__qualname__": class_name}
    contents |= {"_member_names_": [], "_unhashable_values_": []}
    contents |= {"_member_map_": {}, "_value2member_map_": {}}
    made: Any = type.__new__(EnumType, class_name, (cls,), contents)
    if issubclass(cls, Flag):
        _add(made, names, _is_single_bit)
        _know_bits(made)
    else:
        _add(made, names, lambda _value: True)
    return made


@cache
def _contents_of_empty(cls: type[Enum]) -> dict[str, Any]:
    empty = _made_by_enum(cls, "Empty", [], module=__name__, boundary=KEEP)
    return {name: value for name, value in vars(empty).items() if name not in _OF_EACH}


@cache
def _taken_by(cls: type[Enum]) -> frozenset[str]:
    return frozenset(["mro", *dir(cls), *(name for base in cls.__mro__ for name in vars(base))])


def _are_plain(cls: type[Enum], names: Any) -> bool:
    """Whether these are names and numbers, and nothing else is meant by a name."""
    if type(names) is not list:
        return False
    numbers = dict(names)
    return (
        len(numbers) == len(names)
        and _taken_by(cls).isdisjoint(numbers)
        and not any(name[0] == "_" for name in numbers)
        and all(type(number) is int for number in numbers.values())
    )


def _add(made: Any, names: list[tuple[str, int]], is_counted: Callable[[int], bool]) -> None:
    """Add the members; a name whose number is there already is another name of that member."""
    order, by_name, by_value = made._member_names_, made._member_map_, made._value2member_map_
    make, takes_value = made._new_member_, made._use_args_
    for name, value in names:
        member = by_value.get(value)
        if member is None:
            by_value[value] = member = make(made, value) if takes_value else make(made)
            member._value_ = value
            member._name_ = name
            member.__objclass__ = made
            member._sort_order_ = len(order)
            if is_counted(value):
                order.append(name)
        by_name[name] = member
        type.__setattr__(made, name, member)


def _is_single_bit(value: int) -> bool:
    return value != 0 and value & (value - 1) == 0


def _know_bits(flag: Any) -> None:
    mask = singles = 0
    for value in flag._value2member_map_:
        mask |= value
        singles |= value if _is_single_bit(value) else 0
    flag._flag_mask_, flag._singles_mask_ = mask, singles
    flag._all_bits_ = 2 ** mask.bit_length() - 1
    values = [member._value_ for member in flag]
    if values != sorted(values):
        flag._iter_member_ = flag._iter_member_by_def_
