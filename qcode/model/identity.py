"""Names that never change: 32 hexadecimal digits of a UUID.

Derived ids stand for what is given (the same text imported on two machines is one document);
minted ids stand for what people make.
"""

from __future__ import annotations

import os
import uuid


def derived(project: str, *parts: str) -> str:
    """Return the id of something given: UUID version 5 of ``parts`` in the project's namespace."""
    return uuid.uuid5(uuid.UUID(project), "\x1f".join(parts)).hex


def minted(now_ms: int, noise: bytes | None = None) -> str:
    """Return a new id in order of time: UUID version 7 (RFC 9562, section 5.7)."""
    tail = int.from_bytes(noise or os.urandom(10), "big")
    value = (now_ms & (1 << 48) - 1) << 80 | tail & (1 << 80) - 1
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return f"{value:032x}"


def normalised(guid: str) -> str:
    """Return a GUID as other programs write it (braces, dashes, either case) as 32 digits.

    Raises ValueError where it is none.
    """
    return uuid.UUID(guid).hex
