"""Give qc its codings; run by the Python that has qc: its own way is an editor, one file a time."""

import json
import sys
import time
from pathlib import Path

from qualitative_coding.corpus import QCCorpus  # type: ignore[import-not-found]

settings, codings = sys.argv[1:]
by_document: dict[str, list[dict[str, object]]] = {}
for document, line, _start, _end, code in json.loads(Path(codings).read_text(encoding="utf-8")):
    by_document.setdefault(f"{document}.txt", []).append({"line": line, "code_id": code})
start = time.perf_counter()
corpus = QCCorpus(settings)
with corpus.session():
    for document, lines in by_document.items():
        corpus.update_coded_lines(document, "sari", lines)
print(time.perf_counter() - start)
