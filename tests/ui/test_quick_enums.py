# SPDX-License-Identifier: MIT
"""Enumerations of Qt that are made quickly are what ``enum`` makes of the same names."""

from __future__ import annotations

import enum
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from PySide6.QtCore import QEvent, QLocale, Qt

from ui.quick_enums import _create, _made_by_enum

pytestmark = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="every other Python makes them itself"
)

_PLAIN = {"_member_map_", "_value2member_map_"}
_OF_QT = [
    *(Qt.Key, Qt.AlignmentFlag, Qt.WindowType, Qt.Orientation, Qt.TextFlag, Qt.MouseButton),
    *(QEvent.Type, QLocale.Language),
]


def _told(made: Any) -> dict[str, object]:
    """Everything that tells one enumeration from another."""
    # A member that has the name of an attribute is looked up by way of one that every class makes.
    own_attributes = (made, enum.property)
    told = {name: one for name, one in vars(made).items() if not isinstance(one, own_attributes)}
    members = {
        name: (one.name, one.value, vars(one) | {"__objclass__": None}, str(one), repr(one))
        for name, one in made.__members__.items()
    }
    numbers = {number: one.name for number, one in made._value2member_map_.items()}
    iterates = told.pop("_iter_member_", None)
    # Each has its own, and ``enum`` sets this one on when the class is made.
    for own in ("__dict__", "__weakref__", "__new__", *_PLAIN):
        told.pop(own, None)
    return {
        **told,
        "members": list(members.items()),
        "numbers": list(numbers.items()),
        "iterates": getattr(iterates, "__name__", None),
        "order": [one.name for one in made],
        "are its own": all(type(one) is made for one in made.__members__.values()),
        "by name": all(getattr(made, name) is made[name] for name in made.__members__),
        "new": made.__new__,
    }


def _made_both_ways(base: type[enum.Enum], names: list[tuple[str, int]]) -> tuple[Any, Any]:
    how = {"module": __name__, "boundary": enum.KEEP}
    return _create(base, "One", names, **how), _made_by_enum(base, "One", names, **how)


@pytest.mark.parametrize("of_qt", _OF_QT)
def test_an_enumeration_of_qt_is_as_enum_makes_it(of_qt: type[enum.Enum]) -> None:
    names = [(name, member.value) for name, member in of_qt.__members__.items()]
    quick, usual = _made_both_ways(of_qt.__mro__[1], names)
    assert _told(quick) == _told(usual)


_NAMES = some.lists(
    some.tuples(
        some.sampled_from(["A", "Bc", "None_", "name", "real", "mro", "_x_", "__d__", "_p"]),
        some.integers(-3, 70) | some.sampled_from([1 << 31, 0xFFFFFFFF, 1 << 40]),
    ),
    max_size=6,
    unique_by=lambda one: one[0],
)


@given(base=some.sampled_from([enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag]), names=_NAMES)
def test_whatever_is_in_it(base: type[enum.Enum], names: list[tuple[str, int]]) -> None:
    try:
        usual = _made_by_enum(base, "One", names, module=__name__, boundary=enum.KEEP)
    except (TypeError, ValueError) as error:
        with pytest.raises(type(error)):
            _create(base, "One", names, module=__name__, boundary=enum.KEEP)
    else:
        quick = _create(base, "One", names, module=__name__, boundary=enum.KEEP)
        assert _told(quick) == _told(usual)


def test_flags_answer_alike() -> None:
    quick, usual = _made_both_ways(enum.Flag, [("None_", 0), ("A", 4), ("B", 1), ("Both", 5)])
    for number in (0, 1, 5, 6, 64):
        assert str(quick(number)) == str(usual(number))
        assert (~quick(number)).value == (~usual(number)).value
        assert [one.name for one in quick(number)] == [one.name for one in usual(number)]


def test_what_is_no_list_of_names_and_numbers_is_left_to_enum() -> None:
    made = enum.Enum("made", "RED GREEN")
    assert [(one.name, one.value) for one in made] == [("RED", 1), ("GREEN", 2)]
    assert made.__module__ == __name__
