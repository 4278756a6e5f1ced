"""Strings that a terminal, a wrap or a cursor may stumble over."""

from __future__ import annotations

from hypothesis import strategies as st

BITS = (
    *"ab ,.\n\t ",
    "hello",
    "नदी का",
    "क्षे",
    "水很少",
    "ไทย",
    "ရေ",
    "👩🏽‍🌾",
    "🇰🇪",
    "🇰",
    "❤️",
    "1️⃣",
    "e\u0301",
    " \u0301",
    "\u200d",
    "\ufe0f",
    "\u3000",
    "\x07",
    "\u202e",
    "ᄀ",
    "ᅡ",
    "[b]",
)
texts = st.lists(st.sampled_from(BITS), max_size=60).map("".join)
