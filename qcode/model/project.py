"""What is true of a whole study."""

from __future__ import annotations

APPROACHES = ("codebook", "reliability", "framework", "reflexive", "content")
"""Ways of working that a project may follow; the first is the default."""
