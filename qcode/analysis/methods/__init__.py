"""Paragraphs for a section on methods, in English and Indonesian."""
