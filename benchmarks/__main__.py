"""Run the benchmarks, one after the other: all of them, or those that are named."""

import importlib
import pkgutil
import sys

import benchmarks

asked = sys.argv[1:]
for found in pkgutil.iter_modules(benchmarks.__path__):
    if not found.name.startswith("_") and (not asked or found.name in asked):
        # Each reads its own options from a command line of its own.
        sys.argv = [found.name]
        importlib.import_module(f"benchmarks.{found.name}").main()
