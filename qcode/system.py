"""The calls that differ by platform, each with a fallback; no other module asks which one it is."""

from __future__ import annotations

import gc
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from qcode.errors import BadInput, QcodeError, Refused, Unusable
from qcode.language import _

_SYNCED = frozenset(
    ("dropbox", "google drive", "googledrive", "my drive", "icloud", "icloud drive",
     "mobile documents", "cloudstorage", "nextcloud", "owncloud", "pcloud", "syncthing")
)  # fmt: skip
_SYNCED_BEGINNINGS = ("onedrive", "dropbox (", "icloud~", "googledrive-")
_NETWORK_TYPES = frozenset(
    ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "afpfs", "davfs", "glusterfs", "ceph",
     "lustre", "fuse.sshfs", "fuse.rclone", "fuse.davfs2", "fuse.glusterfs", "fuse.s3fs")
)  # fmt: skip
_MOUNTS = Path("/proc/mounts")
_REMOTE_DRIVE = 4  # GetDriveTypeW: DRIVE_REMOTE


def keep_private() -> None:
    """Let every file that this process creates be readable by its owner alone."""
    os.umask(0o077)


def machine() -> str:
    """Return the name of this computer."""
    return platform.node() or _("this computer")


def private_folder(folder: Path) -> Path:
    """Make a folder that only its owner may enter, with those above it, and return it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error
    return folder


def is_free(folder: Path) -> bool:
    """Tell whether a folder is not there, or holds nothing that could be written over."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def create_private(file: Path) -> None:
    """Create an empty file that only its owner may read; refuse one that exists."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise Refused(_("{file} exists already; nothing was written").format(file=file)) from error
    except OSError as error:
        raise _unwritable(file, error) from error


def readable_by_others(file: Path) -> bool:
    """Tell whether anyone but the owner may read or write; never on Windows, which has no bits."""
    return os.name != "nt" and bool(file.stat().st_mode & 0o077)


def typed_path(text: str) -> Path:
    """Return the path of a file or folder that a person typed; raise BadInput where it is none."""
    try:
        path = Path(text).expanduser()
        with suppress(FileNotFoundError):
            path.lstat()
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise BadInput(_("this cannot be the place of a file: {why}").format(why=why)) from error
    return path


def write_atomically(file: Path, data: bytes) -> None:
    """Write a file whole or not at all, readable by its owner alone, and on disk on return.

    A link is replaced and what it points to left alone; what is no file (a device, a folder) is
    refused.
    """
    if (file.exists() and not file.is_file()) or file.absolute().is_relative_to("/dev"):
        raise Refused(_("{file} is not a file that can be replaced").format(file=file))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    except OSError as error:
        raise _unwritable(file, error) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, file)  # noqa: PTH105 - the name comes from mkstemp, not as a Path
    except OSError as error:
        with suppress(OSError):
            Path(name).unlink()
        raise _unwritable(file, error) from error
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to disk, where the platform can open one."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    # Some network file systems refuse to sync a folder; the file itself is on disk.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def start_apart(words: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a program of its own that neither reads nor writes this terminal; no shell reads it.

    Raises Unusable where there is no such program.
    """
    # A program in a session of its own is not ended by ctrl+c here; Windows has groups for that.
    group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    try:
        started = subprocess.Popen(  # noqa: S603 - as its user wrote it into his own settings
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, creationflags=group,
        )  # fmt: skip
    except (OSError, ValueError) as error:
        raise _not_started(words[0], error) from error
    # Waited for, so that nothing is left of it when it ends.
    threading.Thread(target=started.wait, daemon=True).start()
    return started


def run(words: Sequence[str]) -> None:
    """Run a program in this terminal until it ends; raises as ``start_apart`` does."""
    try:
        subprocess.run(words, check=False)  # noqa: S603 - as above
    except (OSError, ValueError) as error:
        raise _not_started(words[0], error) from error


def stop(started: subprocess.Popen[bytes]) -> None:
    """End a program that was started apart, with those it started itself."""
    if started.poll() is not None:
        return
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(started.pid, signal.SIGTERM)
        else:
            started.terminate()


def _not_started(program: str, error: Exception) -> QcodeError:
    return Unusable(
        _("“{program}” cannot be started: {why}").format(
            program=program, why=getattr(error, "strerror", None) or error
        )
    )


def warning_about(place: Path) -> str:
    """Return what to know about a folder that is synchronised or on a network, else nothing."""
    whole = place.absolute()
    for part in whole.parts:
        name = part.casefold()
        if name in _SYNCED or name.startswith(_SYNCED_BEGINNINGS):
            return _(
                "{place} lies in a synchronised folder (“{part}”): let one person at a time work "
                "in it, or keep the project in a folder of this computer alone"
            ).format(place=place, part=part)
    if _on_network(whole):
        return _(
            "{place} lies on a network drive, where a lock may fail: let one person at a time "
            "work in it, or keep the project in a folder of this computer alone"
        ).format(place=place)
    return ""


def _on_network(place: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive = place.anchor
        remote = ctypes.windll.kernel32.GetDriveTypeW(drive) == _REMOTE_DRIVE
        return remote or drive.startswith("\\\\")
    return _mount_type(place) in _NETWORK_TYPES


def _mount_type(place: Path) -> str:
    """Return the type of the file system that holds ``place``, empty where nobody tells."""
    try:
        mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    nearest, type = 0, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t"))
        if len(point.parts) >= nearest and place.is_relative_to(point):
            nearest, type = len(point.parts), fields[2]
    return type


def _unwritable(place: Path, error: OSError) -> QcodeError:
    if isinstance(error, FileNotFoundError) and not place.parent.exists():
        return Unusable(
            _("cannot write {place}: there is no folder {folder}; make it, or name another").format(
                place=place, folder=place.parent)
        )  # fmt: skip
    return Unusable(
        _("cannot write {place}: {why}").format(place=place, why=error.strerror or error)
    )


def end_at_once() -> None:
    """Let the process end without a last search for cycles in all that it read."""
    gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many small values without the search for cycles, of which they have none.

    It goes through every value that was made, again and again, and takes as long as the work.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
