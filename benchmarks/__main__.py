"""Run every benchmark, one after the other."""

import importlib
import pkgutil

import benchmarks

for found in pkgutil.iter_modules(benchmarks.__path__):
    if not found.name.startswith("_"):
        importlib.import_module(f"benchmarks.{found.name}").main()
