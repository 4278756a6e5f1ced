"""The language qcode speaks: every text that a person reads passes through here.

The language is ``QCODE_LANGUAGE``, else the first of ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and
``LANG`` for which a catalogue stands in ``qcode/locale``; without one, English.
"""

from __future__ import annotations

import gettext
import os
from pathlib import Path

_CATALOGUES = Path(__file__).parent / "locale"


def _translations() -> gettext.NullTranslations:
    asked = os.environ.get("QCODE_LANGUAGE")
    return gettext.translation("qcode", _CATALOGUES, [asked] if asked else None, fallback=True)


_active = _translations()


def spoken() -> str:
    """Return the language of the texts, as a page names it."""
    return _active.info().get("language", "").replace("_", "-") or "en"


def _(message: str) -> str:
    """Return ``message`` in the reader's language."""
    return _active.gettext(message)


def counted(one: str, many: str, number: int) -> str:
    """Return the form of a message that fits ``number``, with ``{n}`` filled in."""
    return _active.ngettext(one, many, number).format(n=number)
