"""Corpus A as files that every program can read, and its codings as lines of them."""

from __future__ import annotations

import html
import json
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path

from benchmarks import _corpus

COLUMNS = ("document", "start", "end", "code", "coder", "text")


@dataclass(frozen=True)
class Files:
    """Corpus A on disk: a text and a page a document, and the codings as JSON."""

    folder: Path

    @property
    def texts(self) -> Path:
        return self.folder / "texts"

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def codings(self) -> Path:
        """Document, line (from 0), start and end in UTF-8 bytes, and code of each coding."""
        return self.folder / "codings.json"

    @property
    def table(self) -> Path:
        """The same codings as a table for qcode."""
        return self.folder / "codings.csv"


def written(folder: Path) -> Files:
    """Write corpus A."""
    files = Files(folder)
    files.texts.mkdir()
    files.pages.mkdir()
    made = list(_corpus.transcripts())
    for document in made:
        text = document.transcript.text
        (files.texts / f"{document.name}.txt").write_text(text, encoding="utf-8", newline="")
        lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.splitlines())
        (files.pages / f"{document.name}.html").write_text(
            f"<!DOCTYPE html><html><body>{lines}</body></html>", encoding="utf-8"
        )
    names = [document.name for document in made]
    codes = [f"kode {number}" for number in range(_corpus.CODES)]
    given = _corpus.new_codings(made, tuple(names), tuple(codes), ("sari", "bima"))
    texts = {document.name: document.transcript.text for document in made}
    rows: list[list[object]] = []
    table = ['"document","start","end","code","coder"']
    for one in given:
        breaks = [at for at, sign in enumerate(texts[one.document]) if sign == "\n"]
        start, end = one.span.start, one.span.end
        line = bisect_right(breaks, start)
        # A page has no line breaks: its text is that much shorter before the place.
        rows.append([one.document, line, start - line, end - line, one.code])
        table.append(f'"{one.document}",{start},{end},"{one.code}","{one.coder}"')
    files.codings.write_text(json.dumps(rows), encoding="utf-8")
    files.table.write_text("\n".join(table) + "\n", encoding="utf-8")
    return files
