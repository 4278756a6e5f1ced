"""qcode, qc and Taguette at the same work on corpus A, in one run: seconds, and how many times.

Makes an environment for each peer in the folder of peers (``--peers``, kept for the next run).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks._peers import corpus, in_taguette
from benchmarks._peers.corpus import Files

QC, TAGUETTE = "qualitative-coding==1.7.8", "taguette==1.5.2"
ROOT = Path(__file__).parents[2]
WORK = {
    "import": "import 200 documents",
    "codings": "give 10,000 codings",
    "counts": "code x document",
    "excerpts": "all excerpts",
}


def program(folder: Path, requirement: str, name: str) -> Path:
    """Return a program of a peer, installed into an environment of its own where it is not."""
    place = folder / name
    found = place / ("Scripts" if os.name == "nt" else "bin")
    if not (found / name).exists():
        print(f"installing {requirement} …", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        subprocess.run(
            [found / "python", "-m", "pip", "install", "--quiet", requirement], check=True
        )
    return found / name


def seconds(command: Sequence[object], folder: Path, out: str = "") -> float:
    """Run a command to its end; return how long that took, its start included."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QCODE_SETTINGS": str(folder / "s.toml")}
    written = (folder / out).open("wb") if out else subprocess.DEVNULL
    start = time.perf_counter()
    subprocess.run(list(map(str, command)), cwd=folder, env=environment, stdout=written,
                   stderr=subprocess.PIPE, check=True)  # fmt: skip
    return time.perf_counter() - start


def of_qcode(files: Files, folder: Path) -> dict[str, float]:
    """Return the seconds of qcode: each a command, its start included."""
    qcode = [sys.executable, "-m", "qcode"]
    book = "".join(f'[[code]]\nname = "kode {number}"\n' for number in range(40))
    (folder / "codes.toml").write_text(book, encoding="utf-8")
    seconds([*qcode, "init", "A", "--codebook", "codes.toml", "--coder", "sari"], folder)
    seconds([*qcode, "coders", "add", "bima"], folder)
    return {
        "import": seconds([*qcode, "import", files.texts], folder),
        "codings": seconds([*qcode, "codings", "import", files.table], folder),
        "counts": seconds([*qcode, "matrix", "--documents", "--passages", "-o", "c.csv"], folder),
        "excerpts": seconds([*qcode, "excerpts", "-o", "e.csv"], folder),
    }


def of_qc(qc: Path, files: Files, folder: Path) -> dict[str, float]:
    """Return the seconds of qc; its codings are given through its own functions."""
    seconds([qc, "init"], folder)
    imported = seconds([qc, "corpus", "import", "-r", "-i", "verbatim", files.texts], folder)
    helper = Path(__file__).with_name("in_qc.py")
    command = [qc.with_name("python"), helper, folder / "settings.yaml", files.codings]
    seconds(command, folder, "given")
    return {
        "import": imported,
        "codings": float((folder / "given").read_text().split()[-1]),
        "counts": seconds([qc, "codes", "stats", "-D", "-o", "c.csv"], folder),
        "excerpts": seconds([qc, "codes", "find", "-j"], folder, "e.json"),
    }


def table(taken: Mapping[str, Mapping[str, float]]) -> str:
    """Return seconds and, for the peers, how many times those of qcode."""
    peers = [name for name in taken if name != "qcode"]
    lines = [f"{'':<24}{'qcode':>12}" + "".join(f"{name:>24}" for name in peers)]
    for key, what in WORK.items():
        own = taken["qcode"][key]
        cells = [f"{own:>10.2f} s"]
        for name in peers:
            other = taken[name].get(key)
            cells.append(
                f"{'-':>24}" if other is None else f"{other:>12.2f} s {other / own:>7.1f} x"
            )
        lines.append(f"{what:<24}" + "".join(cells))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv-peers")
    parser.add_argument("--highlights", type=int, default=10_000, help="of Taguette, one by one")
    asked = parser.parse_args()
    qc = program(asked.peers.absolute(), QC, "qc")
    taguette = program(asked.peers.absolute(), TAGUETTE, "taguette")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = corpus.written(folder)
        taken = {}
        for who in ("qcode", "qc", "taguette"):
            (folder / who).mkdir()
        taken["qcode"] = of_qcode(files, folder / "qcode")
        taken["qc 1.7.8"] = of_qc(qc, files, folder / "qc")
        with in_taguette.serving(taguette, folder / "taguette") as server:
            found = in_taguette.timed(server, files, asked.highlights)
        if asked.highlights < (whole := len(json.loads(files.codings.read_text()))):
            found["codings"] *= whole / asked.highlights
            del found["excerpts"]
        taken["Taguette 1.5.2"] = found
    print(
        "corpus A: 200 documents of 27.5 KB, 40 codes, 10,000 codings; seconds, and times qcode\n"
    )
    print(table(taken))
    print(
        "\nqcode and qc: cold commands, their start included; qc's codings through its own "
        "functions\n(it has an editor only); Taguette: requests to its running server, "
        f"{asked.highlights:,} highlights one by one; it has no counts."
    )


if __name__ == "__main__":
    main()
