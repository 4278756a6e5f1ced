"""The screens: read and code."""
