# SPDX-License-Identifier: MIT
"""Puts counts into words: a table for the terminal, and the one of the page on promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

Counts = dict[str, Counter[str]]

BEGIN, END = "<!-- counts: begin -->", "<!-- counts: end -->"

HEADINGS = {
    "kill": "Killed (SIGKILL)",
    "full": "Files that may not grow",
    "disk": "A small disk that is full",
    "damage": "Damaged files",
    "denied": "What may not be written or read",
    "clock": "A clock that was wrong",
    "writers": "Two programs at once",
}


def total(found: Mapping[str, Counts], part: str, *names: str) -> int:
    """How often something was counted in one part, in all kinds of work together."""
    return sum(counts[name] for counts in found.get(part, {}).values() for name in names)


def table_of(found: Mapping[str, Counts]) -> str:
    """One line for each kind of work or file."""
    lines = []
    for part, counts in found.items():
        lines.append(f"\n{HEADINGS[part]}")
        if not counts:
            lines.append("  not tried: this machine does not let it be done")
        for name, counted in counts.items():
            said = ", ".join(f"{word} {n:,}" for word, n in sorted(counted.items()))
            lines.append(f"  {name:20} {said}")
    return "\n".join(lines)


def rows_of(page: str, said: Mapping[str, object], found: Mapping[str, Counts]) -> str:
    """The page with the counts of this run in the place of the former ones."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    lines = [
        BEGIN,
        f"Run on {str(said['at'])[:10]} by `{said['command']}`, seed {said['seed']}.",
        "",
    ]
    if kills := found.get("kill"):
        lines += ["| killed while | kills | at a system call | after a time | done | not done |"]
        lines += ["| --- | ---: | ---: | ---: | ---: | ---: |"]
        for name, counts in [*kills.items(), ("all", sum(kills.values(), Counter[str]()))]:
            columns = ("kills", "by system call", "by time", "next done", "next not done")
            lines.append(f"| {name} | " + " | ".join(f"{counts[one]:,}" for one in columns) + " |")
        lines += ["", "*Done*: the step that was not acknowledged yet was on the disk, whole.", ""]
    for part in ("full", "disk", "denied"):
        lines += _counted(HEADINGS[part], found.get(part), "refused in words", "refused", "done")
    lines += _counted(HEADINGS["clock"], found.get("clock"), "set back", "set back", "set forward")
    if damaged := found.get("damage"):
        columns = ("tries", "exactly right", "found by verify", "refused in words", "restored")
        lines += [f"| damaged file | {' | '.join(columns)} |"]
        lines += [f"| --- |{' ---: |' * len(columns)}"]
        for name, counts in damaged.items():
            lines.append(f"| {name} | " + " | ".join(f"{counts[one]:,}" for one in columns) + " |")
        lines.append("")
    for counts in found.get("writers", {}).values():
        summary = "; ".join(f"{name}: {n:,}" for name, n in counts.items())
        lines += [f"{HEADINGS['writers']}: {summary}.", ""]
    return before + "\n".join([*lines, END]) + after


def _counted(heading: str, found: Counts | None, of_first: str, *names: str) -> list[str]:
    """The table of a part with two ends; nothing where it was not tried."""
    if not found:
        return []
    lines = [f"| {heading.lower()} | tries | {of_first} | {names[-1]} |"]
    lines += ["| --- | ---: | ---: | ---: |"]
    for name, counts in found.items():
        numbers = " | ".join(f"{counts[one]:,}" for one in ("tries", *names))
        lines.append(f"| {name} | {numbers} |")
    return [*lines, ""]
