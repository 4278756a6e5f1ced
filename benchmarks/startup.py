"""How long a cold process takes to say what commands there are."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def seconds_of(*arguments: str, runs: int = 11) -> float:
    """Return the median of cold runs of ``qcode`` with these arguments, in seconds."""
    taken = []
    for _run in range(runs):
        start = time.perf_counter()
        command = [sys.executable, "-m", "qcode", *arguments]
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    print(f"qcode --help, cold process: {seconds_of('--help'):.3f} s (bar 0.15 s)")


if __name__ == "__main__":
    main()
