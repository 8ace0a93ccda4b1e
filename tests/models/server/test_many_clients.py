# SPDX-License-Identifier: MIT
"""Several programs save at the same time; ``python -m tests.load`` does it at length."""

from __future__ import annotations

from models.address import Address
from models.served import create
from tests.load.running import load


def test_nothing_is_lost_and_nothing_doubled(address: Address) -> None:
    create(address).close()
    loaded = load(address, clients=3, seconds=3)
    assert loaded.failed == 0
    assert loaded.acknowledged > 0
    assert (loaded.lost, loaded.doubled, loaded.findings) == (0, 0, [])
