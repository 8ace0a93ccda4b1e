# SPDX-License-Identifier: MIT
"""A dataclass that is made quickly does what Python's own does."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from typing import Any, ClassVar

import pytest

from models import quick

MAKERS: list[Any] = [dataclass, quick.dataclass]


def kinds(make: Any) -> dict[str, Any]:
    """The same classes, made by ``make``."""

    @make(frozen=True, slots=True)
    class Frozen:
        a: int
        b: list[int] = field(default_factory=list, compare=False)
        c: str = field(default="c", repr=False)
        total: ClassVar[int] = 3

        @property
        def twice(self) -> int:
            return 2 * self.a

    @make(slots=True)
    class Open:
        a: int
        later: int = field(init=False, default=0)

        def __post_init__(self) -> None:
            self.later = self.a + 1

    @make
    class Child(Open):
        d: float = 0.5

    @make(frozen=True, repr=False)
    class Own:
        a: int = 1

        def __hash__(self) -> int:
            return 7

    @make(frozen=True, slots=True)
    class Empty:
        pass

    return {made.__name__: made for made in (Frozen, Open, Child, Own, Empty)}


def told(act: Callable[[], object]) -> object:
    try:
        return act()
    except (TypeError, AttributeError) as error:
        return type(error)


@pytest.mark.parametrize("number", range(16))
def test_it_does_what_pythons_own_does(number: int) -> None:
    def say(make: Any) -> object:
        frozen, opened, child, own, empty = kinds(make).values()
        acts: list[Callable[[], object]] = [
            lambda: repr(frozen(1, [2])).split(".")[-1],
            lambda: (
                frozen(1, [2]) == frozen(1, [3]),
                frozen(1) == frozen(2),
                frozen(1) == opened(1),
            ),
            lambda: hash(frozen(1, [2])) == hash(frozen(1, [3])),
            lambda: (opened(1) == opened(1), opened(1).later, told(lambda: hash(opened(1)))),
            lambda: (child(1, 2.0).later, child(1) == opened(1), repr(child(2)).split(".")[-1]),
            lambda: (hash(own()), own() == own(), "object at" in repr(own())),
            lambda: (empty() == empty(), hash(empty()) == hash(empty())),
            lambda: (asdict(frozen(1)), [one.name for one in fields(child)], is_dataclass(frozen)),
            lambda: (replace(frozen(1), a=5).twice, frozen.total, frozen.__match_args__),
            lambda: (copy.copy(frozen(1)) == frozen(1), copy.deepcopy(frozen(1, [9])).b),
            lambda: (
                told(lambda: frozen()),
                told(lambda: frozen(1, x=2)),
                told(lambda: opened(1, 2)),
            ),
            lambda: (
                told(lambda: setattr(frozen(1), "a", 2)),
                told(lambda: delattr(frozen(1), "a")),
            ),
            lambda: (hasattr(frozen(1), "__dict__"), frozen(1).b is frozen(1).b),
            lambda: frozen.__init__.__annotations__,
            # ``__init__`` is compiled when it is first asked for, in whichever way.
            lambda: [*inspect.signature(opened).parameters, *inspect.signature(child).parameters],
            lambda: (child(a=3, d=1.0).later, opened(4).later, child(5).d),
        ]
        return told(acts[number])

    assert say(quick.dataclass) == say(dataclass)


@quick.dataclass(frozen=True, slots=True)
class Kept:
    """Found by its name again."""

    a: int
    b: str = "b"


def test_a_frozen_one_outlasts_a_pickle_and_stays_as_it_is() -> None:
    kept = pickle.loads(pickle.dumps(Kept(4)))
    assert kept == Kept(4)
    with pytest.raises(FrozenInstanceError):
        kept.a = 5
