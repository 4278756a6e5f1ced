"""A ZIP file from a stranger, looked at before anything in it is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable

from qcode.errors import BadInput
from qcode.language import _

MAX_MEMBERS = 10_000
MAX_MEMBER = 200_000_000
MAX_TOTAL = 400_000_000
MAX_RATIO = 200
_SMALL = 1_000_000
"""Bytes up to which a member may be squeezed harder than ``MAX_RATIO``: it cannot do harm."""
_MAX_DIRECTORY = 4_000_000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_END = b"PK\x05\x06"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def open_archive(data: bytes, *, file: str = "") -> zipfile.ZipFile:
    """Open a ZIP held in memory, or refuse it for what its directory says."""
    _check_directory(data, file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _DAMAGED as fault:
        raise _damaged(file) from fault
    fault_found = _fault(archive.infolist())
    if fault_found:
        archive.close()
        raise BadInput(_("the archive is refused: {reason}").format(reason=fault_found), file=file)
    return archive


def read_member(archive: zipfile.ZipFile, name: str, *, limit: int, file: str = "") -> bytes:
    """Return the bytes of one member, at most ``limit``; what its header says is not believed."""
    try:
        with archive.open(name) as member:
            data = member.read(limit + 1)
    except KeyError as fault:
        raise BadInput(_("the archive lacks {name}").format(name=name), file=file) from fault
    except _DAMAGED as fault:
        raise _damaged(file) from fault
    if len(data) > limit:
        raise BadInput(_("a part of it is too large"), file=file)
    return data


def _check_directory(data: bytes, file: str) -> None:
    """Refuse a directory so long that listing it would take the memory of the machine."""
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22:
        raise _damaged(file)
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if entries > MAX_MEMBERS or size > _MAX_DIRECTORY:
        raise BadInput(_("the archive is refused: it has too many parts"), file=file)


def _fault(members: list[zipfile.ZipInfo]) -> str:
    """Return what is wrong with a directory, empty if nothing is."""
    names = [member.filename for member in members]
    if len(names) > MAX_MEMBERS:
        return _("it has too many parts")
    if len(set(names)) != len(names):
        return _("two parts have one name")
    if not all(map(_is_tame, members)):
        return _("a part is encrypted, a link, or has a name that leads elsewhere")
    if _is_bomb(members):
        return _("it would unpack to far more than a transcript can be")
    return ""


def _is_tame(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    leads_out = name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")
    strange = "\\" in name or ":" in name or "\0" in name
    linked = stat.S_ISLNK(member.external_attr >> 16)
    encrypted = bool(member.flag_bits & 0x1)
    return not (leads_out or strange or linked or encrypted) and member.compress_type in _METHODS


def _is_bomb(members: Iterable[zipfile.ZipInfo]) -> bool:
    total = 0
    for member in members:
        total += member.file_size
        squeezed = member.file_size > MAX_RATIO * max(1, member.compress_size)
        if member.file_size > MAX_MEMBER or (squeezed and member.file_size > _SMALL):
            return True
    return total > MAX_TOTAL


def _damaged(file: str) -> BadInput:
    return BadInput(_("the file is damaged, or not what its ending says"), file=file)
