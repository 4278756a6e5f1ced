"""Files from outside: opened without following a link, read up to a limit, decoded strictly."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from qcode.errors import BadInput
from qcode.language import _

MAX_TEXT = 50_000_000
"""Bytes of the largest table or list that is read."""

_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CONTROLS = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\N{REPLACEMENT CHARACTER}"),
    ord("\n"): "\n",
    ord("\t"): "\t",
}


def contents(path: Path, limit: int = MAX_TEXT) -> bytes:
    """Return the bytes of a regular file of at most ``limit`` bytes.

    Raises BadInput for a missing file, a folder, a device, a symbolic link or a larger file.
    """
    # O_NONBLOCK lets a pipe be opened, and then refused, instead of waiting for a writer.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        handle = os.open(path, flags | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    except FileNotFoundError as error:
        raise BadInput(_("there is no such file"), file=str(path)) from error
    except OSError as error:
        raise BadInput(_unreadable(path, error), file=str(path)) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise BadInput(_("this is no ordinary file"), file=str(path))
    with os.fdopen(handle, "rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise BadInput(
            _("the file is larger than {limit} MB").format(limit=limit // 1_000_000 or 1),
            file=str(path),
        )
    return data


def _unreadable(path: Path, error: OSError) -> str:
    if path.is_dir():
        return _("this is a folder, not a file")
    if path.is_symlink():
        return _("this is a link; name the file that it points to")
    return _("the file cannot be read: {why}").format(why=error.strerror)


def text(path: Path, limit: int = MAX_TEXT) -> str:
    """Return the text of a UTF-8 file, with or without a BOM, with a line feed between lines.

    Control characters become U+FFFD one for one. Raises BadInput with the line where the bytes
    are not UTF-8.
    """
    data = contents(path, limit).removeprefix(b"\xef\xbb\xbf")
    try:
        decoded = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(
            _("the file is not in UTF-8 (byte {byte}); save it as “CSV UTF-8” or as UTF-8 text")
            .format(byte=error.start + 1),
            file=str(path),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error  # fmt: skip
    return cleaned(decoded)


def cleaned(written: str) -> str:
    """Return a text whose lines end with a line feed and whose control characters are U+FFFD."""
    if written.isprintable() or not _ODD.search(written):
        return written
    return written.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
