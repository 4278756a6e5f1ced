"""Verbs that need more than one of store, formats and analysis."""
