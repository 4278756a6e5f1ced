"""Bytes to values and back: transcripts, codebooks, tables, excerpts."""
