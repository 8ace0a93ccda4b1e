# SPDX-License-Identifier: MIT
"""A connection to a D-Bus by libdbus, which Qt itself speaks with; no package of Python is needed.

``PySide6.QtDBus`` cannot read a structure that it gets, and every child comes as one.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from ctypes import byref, c_char_p, c_void_p

TIMEOUT_MS = 20_000

Value = bool | int | float | str | list["Value"] | tuple["Value", ...] | None

_NUMBERS: dict[str, type[ctypes._SimpleCData[int]] | type[ctypes.c_double]] = {
    "y": ctypes.c_uint8,
    "b": ctypes.c_uint32,
    "n": ctypes.c_int16,
    "q": ctypes.c_uint16,
    "i": ctypes.c_int32,
    "u": ctypes.c_uint32,
    "x": ctypes.c_int64,
    "t": ctypes.c_uint64,
    "d": ctypes.c_double,
}
_TEXTS = "sog"
_TUPLES = "re"
"""Structures, and entries of a map."""


class BusError(Exception):
    """The bus, or who was asked over it, answers with an error."""


class _Error(ctypes.Structure):
    _fields_ = (
        ("name", c_char_p),
        ("message", c_char_p),
        ("flags", ctypes.c_uint),
        ("padding", c_void_p),
    )


class _Iter(ctypes.Structure):
    """A place in a message; libdbus keeps within what it declares as 14 pointers at most."""

    _fields_ = (("padding", c_void_p * 16),)


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libdbus-1.so.3")
    for name in (
        *("dbus_connection_open_private", "dbus_message_new_method_call"),
        "dbus_connection_send_with_reply_and_block",
    ):
        getattr(library, name).restype = c_void_p
    return library


class Bus:
    """One connection, which waits for each answer.

    Raises:
        OSError: libdbus is not there.
        BusError: nobody listens at the address.
    """

    def __init__(self, address: str) -> None:
        self._dbus = _library()
        error = self._error()
        opened = self._dbus.dbus_connection_open_private(address.encode(), byref(error))
        self._check(error)
        self._connection = c_void_p(opened)
        self._dbus.dbus_connection_set_exit_on_disconnect(self._connection, 0)
        self._dbus.dbus_bus_register(self._connection, byref(error))
        self._check(error)

    def close(self) -> None:
        """Hang up."""
        self._dbus.dbus_connection_close(self._connection)
        self._dbus.dbus_connection_unref(self._connection)

    def call(
        self, whom: tuple[str, str], door: str, what: str, signature: str = "", *given: object
    ) -> Value:
        """Ask an object (who has it, and its path) something, and return the first of the answers.

        Raises:
            BusError: the answer is an error, or does not come.
        """
        names = (text.encode() for text in (*whom, door, what))
        message = c_void_p(self._dbus.dbus_message_new_method_call(*names))
        self._append(message, signature, given)
        error = self._error()
        reply = self._dbus.dbus_connection_send_with_reply_and_block(
            self._connection, message, TIMEOUT_MS, byref(error)
        )
        self._dbus.dbus_message_unref(message)
        self._check(error)
        answer = c_void_p(reply)
        try:
            return self._answer(answer)
        finally:
            self._dbus.dbus_message_unref(answer)

    def _append(self, message: c_void_p, signature: str, given: Sequence[object]) -> None:
        place = _Iter()
        self._dbus.dbus_message_iter_init_append(message, byref(place))
        for kind, value in zip(signature, given, strict=True):
            boxed = c_char_p(str(value).encode()) if kind in _TEXTS else _NUMBERS[kind](value)  # type: ignore[arg-type]
            self._dbus.dbus_message_iter_append_basic(byref(place), ord(kind), byref(boxed))

    def _answer(self, message: c_void_p) -> Value:
        place = _Iter()
        if not self._dbus.dbus_message_iter_init(message, byref(place)):
            return None
        return self._read(place)

    def _read(self, place: _Iter) -> Value:
        kind = chr(self._dbus.dbus_message_iter_get_arg_type(byref(place)))
        if kind in _TEXTS:
            text = c_char_p()
            self._dbus.dbus_message_iter_get_basic(byref(place), byref(text))
            return (text.value or b"").decode()
        if kind in _NUMBERS:
            number = _NUMBERS[kind]()
            self._dbus.dbus_message_iter_get_basic(byref(place), byref(number))
            return bool(number.value) if kind == "b" else number.value
        within = _Iter()
        self._dbus.dbus_message_iter_recurse(byref(place), byref(within))
        if kind == "v":
            return self._read(within)
        found: list[Value] = []
        while self._dbus.dbus_message_iter_get_arg_type(byref(within)):
            found.append(self._read(within))
            self._dbus.dbus_message_iter_next(byref(within))
        return tuple(found) if kind in _TUPLES else found

    def _error(self) -> _Error:
        error = _Error()
        self._dbus.dbus_error_init(byref(error))
        return error

    def _check(self, error: _Error) -> None:
        if not self._dbus.dbus_error_is_set(byref(error)):
            return
        said = (error.message or error.name or b"").decode()
        self._dbus.dbus_error_free(byref(error))
        raise BusError(said)
