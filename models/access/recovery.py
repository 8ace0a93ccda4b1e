# SPDX-License-Identifier: MIT
"""The recovery key as people write, print and type it.

128 random bits in the letters of Crockford's base 32, which has no I, L, O and U, and two check
characters: the number modulo 1021, the greatest prime below 32 * 32. As 1021 divides no difference
of two digits and not 31 either, every single wrong character and every swap of neighbors is found.
"""

from __future__ import annotations

import secrets

from models.access.errors import WrongPassword
from models.access.secret import Hidden
from models.quick import dataclass
from models.speech import say

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MEANT = str.maketrans("ILOU", "110V")
_BITS, _DATA, _CHECK, _GROUP, _PRIME = 128, 26, 2, 4, 1021
_PARTING = " -\u2010\u2011\u2012\u2013\u2014\u2212._\t\r\n\u00a0"


@dataclass(frozen=True, repr=False)
class RecoveryKey(Hidden):
    """128 random bits that open a logbook when no password does."""

    number: int

    @classmethod
    def new(cls) -> RecoveryKey:
        """One that was never there before."""
        return cls(secrets.randbits(_BITS))

    @property
    def text(self) -> str:
        """Seven groups of four characters, with hyphens between."""
        bare = self.bare
        return "-".join(bare[at : at + _GROUP] for at in range(0, len(bare), _GROUP))

    @property
    def bare(self) -> str:
        """Without the hyphens; what stands in the place of a password."""
        return _written(self.number, _DATA) + _written(self.number % _PRIME, _CHECK)

    @classmethod
    def read(cls, text: str) -> RecoveryKey:
        """What somebody typed: small letters, other or no parting, and I, L, O, U as one may read.

        Raises:
            WrongPassword: too short or long, a character that is in no key, or a slip of the pen.
        """
        bare = as_typed(text)
        strange = sorted({sign for sign in bare if sign not in _DIGITS})
        if strange:
            raise WrongPassword(
                say("{strange} is in no recovery key.", strange=strange[0]),
                say("Type it again as it was printed."),
            )
        if len(bare) != _DATA + _CHECK:
            raise WrongPassword(
                say(
                    "A recovery key has {data} characters, and these are {n}.",
                    data=_DATA + _CHECK,
                    n=len(bare),
                ),
                say("Type all seven groups as they were printed."),
            )
        number, check = _number(bare[:_DATA]), _number(bare[_DATA:])
        if number >> _BITS or number % _PRIME != check:
            raise WrongPassword(
                say("A character of the recovery key is wrong, or two are swapped."),
                say("Compare it with the printed one and type it again."),
            )
        return cls(number)


def as_typed(text: str) -> str:
    """A key, or a part of one, without what parts it, and with the letters that are meant."""
    return "".join(sign for sign in text.upper() if sign not in _PARTING).translate(_MEANT)


def _written(number: int, length: int) -> str:
    return "".join(_DIGITS[number >> 5 * place & 31] for place in reversed(range(length)))


def _number(text: str) -> int:
    found = 0
    for sign in text:
        found = found * len(_DIGITS) + _DIGITS.index(sign)
    return found
