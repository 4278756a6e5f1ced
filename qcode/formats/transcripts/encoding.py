"""Which letters the bytes of a text stand for, or a refusal that says what to do."""

from __future__ import annotations

import re
from itertools import pairwise

from qcode.errors import BadInput
from qcode.language import _

MAX_STRANGE = 0.2
"""Share of the characters beyond ASCII that may look misread before cp1252 is refused."""
MIN_ORDINARY = 0.99
_SAMPLE = 1 << 16
_SHOWN = 5
_FEW = 16

_HINT = "--encoding NAME"
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_RUN = re.compile(r"[^\W\d_a-zA-Z]{2,}")
_RAISED = re.compile(r"(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŽŒŸ](?![A-ZÀ-ÖØ-ÞŠŽŒŸ])")
# Quotes, dashes, accents and dots that writers do put between two letters.
_WEDGED = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘–—…´·\xad](?=[^\W\d_])")
_PUNCTUATION = frozenset(
    "\n\t .,;:!?'\"()[]{}<>/\\|-_+*=&%$#@^`~’‘“”„‚‹›«»–—…´·¡¿°§€£©®™²³½¼¾×\xa0\xad"
)
_PAIRS = frozenset(("çã", "çõ", "üí"))


def decode(data: bytes, *, encoding: str = "", file: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text that ``data`` stands for and the warnings; refuse what cannot be told."""
    if encoding:
        return _named(data, encoding, file), ()
    wide = _utf16(data)
    if wide:
        return _strict(data, wide, file), ()
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as fault:
        first = fault
    if b"\0" in data:
        raise _not_a_text(file)
    return _western(data, first, file)


def _named(data: bytes, encoding: str, file: str) -> str:
    try:
        text = _strict(data, encoding, file)
        text.encode()
    except (LookupError, UnicodeEncodeError) as fault:
        raise BadInput(
            _("“{encoding}” is not an encoding of texts").format(encoding=encoding), file=file
        ) from fault
    return text.removeprefix("\ufeff")


def _strict(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as fault:
        raise BadInput(
            _("byte {byte} is not {encoding}; name the right one: {hint}").format(
                byte=fault.start + 1, encoding=encoding, hint=_HINT
            ),
            file=file,
            line=_line(data, fault.start),
        ) from fault


def _utf16(data: bytes) -> str:
    """Name the UTF-16 that a byte order mark or the pattern of NUL bytes tells, if any."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:_SAMPLE]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if even == 0 and _is_pattern(odd, len(sample)):
        return "utf-16-le"
    if odd == 0 and _is_pattern(even, len(sample)):
        return "utf-16-be"
    return ""


def _is_pattern(nuls: int, size: int) -> bool:
    """Tell whether NUL bytes are as many as Latin letters, or at least blanks, leave in UTF-16."""
    return nuls > size * 0.2 or (nuls > size * 0.02 and nuls > _FEW)


def _western(data: bytes, first: UnicodeDecodeError, file: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if not text or not reads_as_western(text):
        raise BadInput(
            _(
                "byte {byte} is not UTF-8, and the text makes no sense as Windows-1252; "
                "name its encoding: {hint}"
            ).format(byte=first.start + 1, hint=_HINT),
            file=file,
            line=_line(data, first.start),
        )
    return text, (_look_at(text),)


def reads_as_western(text: str) -> bool:
    """Tell whether a text decoded as cp1252 looks like one that was written in it.

    Nearly all of it must be ordinary characters, and few beyond ASCII may stand where western
    languages do not put them: beside another accented letter (Cyrillic and Greek misread), as a
    capital inside a word (Macintosh), or as a sign wedged between letters (DOS, Polish).
    """
    places = [match.span() for match in _BEYOND.finditer(text)]
    beyond = sum(end - start for start, end in places)
    odd = sum(
        text.count(sign)
        for sign in set(text)
        if not (sign.isalpha() or sign.isdigit() or sign in _PUNCTUATION or sign in "\r\v\f\x85")
    )
    near = " ".join(text[max(0, start - 1) : end + 1] for start, end in places)
    strange = sum(map(_strange_in, _RUN.findall(near)))
    strange += len(_RAISED.findall(near)) + len(_WEDGED.findall(near))
    return odd <= (1 - MIN_ORDINARY) * len(text) and strange + odd <= MAX_STRANGE * beyond


def _strange_in(run: str) -> int:
    """Count the letters of a run beyond ASCII that stand beside one they do not belong to."""
    low = run.casefold() if "ß" not in run else run.lower()
    odd = [_unusual(first, second) for first, second in pairwise(low)]
    return sum(before or after for before, after in zip([False, *odd], [*odd, False], strict=True))


def _unusual(first: str, second: str) -> bool:
    return second not in (first, "ß") and first + second not in _PAIRS


def _look_at(text: str) -> str:
    lines = dict.fromkeys(_lines_of(text))
    shown = ", ".join(map(str, list(lines)[:_SHOWN]))
    if len(lines) > _SHOWN:
        shown += ", …"
    return _(
        "not UTF-8: read as Windows-1252; look at the letters of {count} lines ({lines}), "
        "and if they are wrong name the encoding: {hint}"
    ).format(count=len(lines), lines=shown, hint=_HINT)


def _lines_of(text: str) -> list[int]:
    line, seen, lines = 1, 0, []
    for match in _BEYOND.finditer(text):
        line += text.count("\n", seen, match.start())
        seen = match.start()
        lines.append(line)
    return lines


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _not_a_text(file: str) -> BadInput:
    return BadInput(
        _("it holds NUL bytes, so it is not a text; a text in an old encoding needs {hint}").format(
            hint=_HINT
        ),
        file=file,
    )
