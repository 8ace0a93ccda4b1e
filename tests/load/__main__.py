# SPDX-License-Identifier: MIT
"""The load test at length: ``python -m tests.load --clients 20 --seconds 60``."""

from __future__ import annotations

import argparse

from models.served import create
from tests.load.running import load, told
from tests.server import Server


def main() -> int:
    """Run it and print the counts; 1 where anything was lost, doubled or found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0)
    options = parser.parse_args()
    server = Server()
    try:
        with server.new() as address:
            create(address).close()
            loaded = load(address, options.clients, options.seconds)
    finally:
        server.stop()
    print(told(loaded))
    return int(bool(loaded.lost or loaded.doubled or loaded.findings or loaded.failed))


if __name__ == "__main__":
    raise SystemExit(main())
