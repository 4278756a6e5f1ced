"""Transcript files to canonical texts with turns."""

from qcode.formats.transcripts.reading import SUFFIXES, Reading, read, read_bytes
from qcode.formats.transcripts.voices import Voice, likely_interviewer, voices

__all__ = ["SUFFIXES", "Reading", "Voice", "likely_interviewer", "read", "read_bytes", "voices"]
