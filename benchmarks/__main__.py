"""Run the benchmarks, one after the other: all but those that take minutes, or what is named."""

import importlib
import pkgutil
import sys

import benchmarks

SLOW = ("corpus_c",)

asked = sys.argv[1:]
for found in pkgutil.iter_modules(benchmarks.__path__):
    if not found.name.startswith("_") and (
        found.name in asked or (not asked and found.name not in SLOW)
    ):
        # Each reads its own options from a command line of its own.
        sys.argv = [found.name]
        importlib.import_module(f"benchmarks.{found.name}").main()
