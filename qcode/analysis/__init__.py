"""Computation on values: formulas with their sources, no input and no output."""
