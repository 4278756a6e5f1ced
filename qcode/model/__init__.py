"""Frozen values and their rules: no input, no output, nothing that depends on a database."""
