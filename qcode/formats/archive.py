"""ZIP containers from outside (DOCX, XLSX, ODT, QDPX): looked at before anything is unpacked.

Nothing is ever extracted to the disk; a member is read into memory up to a limit.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Iterable

from qcode.errors import BadInput
from qcode.language import _

MAX_MEMBERS = 10_000
MAX_MEMBER = 200_000_000
MAX_TOTAL = 400_000_000
MAX_RATIO = 200
SMALL = 1_000_000
"""Bytes up to which a member may be packed tighter than MAX_RATIO: MAX_TOTAL bounds their sum."""

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What reading a damaged container or member raises."""


def guarded(data: bytes, file: str) -> zipfile.ZipFile:
    """Open a ZIP container whose table of contents is harmless.

    Raises BadInput, with ``file`` in it, for what is no ZIP and for anything that no office
    program writes: too many or too large members, bombs, doubled or encrypted members, symbolic
    links, names that lead out of the container.
    """
    # Each entry of a table of contents costs memory before it can be counted; a container inside
    # the container has entries too, which is why this limit is wider.
    if data.count(b"PK\x01\x02") > 10 * MAX_MEMBERS:
        raise _unsafe(_("it holds more than {most} members").format(most=MAX_MEMBERS), file)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (*BROKEN, ValueError) as error:
        raise BadInput(
            _("this is no ZIP container, or a damaged one; open and save it again"), file=file
        ) from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise _unsafe(_("it holds more than {most} members").format(most=MAX_MEMBERS), file)
    if len({info.orig_filename for info in members}) < len(members):
        raise _unsafe(_("two of its members have one name"), file)
    for info in members:
        if reason := _objection(info):
            raise _unsafe(reason, file)
    _check_total(members, len(data), file)
    return archive


def member(archive: zipfile.ZipFile, name: str, limit: int = MAX_MEMBER) -> bytes:
    """Return the bytes of one member, at most ``limit``; sizes in the headers are not believed.

    Raises BadInput for a member that is missing, damaged or larger.
    """
    try:
        with archive.open(name) as stream:
            data = stream.read(limit + 1)
    except KeyError as error:
        raise BadInput(_("the file lacks its part “{name}”").format(name=name)) from error
    except BROKEN as error:
        raise BadInput(_("the part “{name}” is damaged").format(name=name)) from error
    if len(data) > limit:
        raise BadInput(
            _("the part “{name}” is larger than {limit} bytes").format(name=name, limit=limit)
        )
    return data


def _objection(info: zipfile.ZipInfo) -> str:
    """Return why a member is refused, or nothing."""
    if info.flag_bits & 0x1:
        return _("it is encrypted; save it without a password")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return _("it is packed in an unusual way")
    if stat.S_ISLNK(info.external_attr >> 16):
        return _("it holds a symbolic link")
    if not _harmless(info.orig_filename):
        return _("one of its members has a name that leads out of it")
    if info.file_size > MAX_MEMBER:
        return _("one of its parts would unpack to more than {most} MB").format(
            most=MAX_MEMBER // 10**6
        )
    if info.file_size > SMALL and info.file_size > MAX_RATIO * info.compress_size:
        return _("it would unpack to more than {most} times its size").format(most=MAX_RATIO)
    return ""


def _harmless(name: str) -> bool:
    if not name or any(sign in name for sign in "\\:\0"):
        return False
    return not name.startswith("/") and ".." not in name.split("/")


def _check_total(members: Iterable[zipfile.ZipInfo], size: int, file: str) -> None:
    if sum(info.file_size for info in members) > MAX_TOTAL:
        raise _unsafe(
            _("it would unpack to more than {most} MB").format(most=MAX_TOTAL // 10**6), file
        )
    # Members that overlap let one packed block be unpacked many times.
    if sum(info.compress_size for info in members) > size:
        raise _unsafe(_("its members overlap"), file)


def _unsafe(reason: str, file: str) -> BadInput:
    return BadInput(_("the container is refused: {reason}").format(reason=reason), file=file)
