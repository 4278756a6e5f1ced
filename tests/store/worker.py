"""A process that codes without pause and says of each step that it is on disk.

Run as ``python -m tests.store.worker PLACE CODER SECONDS``; every line it prints is the id of a
coding whose step has been committed.
"""

from __future__ import annotations

import random
import sys
import time

from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, history
from qcode.store.codings import NewCoding
from qcode.store.opening import open_project


def main(place: str, name: str, seconds: float) -> None:
    """Code at random until the time is over."""
    rng = random.Random(name)
    project = open_project(place)
    coder = coders.joined(project, name)
    with project.read() as connection:
        texts = [(one.id, documents.current(connection, one.id).transcript.text)
                 for one in documents.listed(connection)]  # fmt: skip
        codes = [code.id for code in codebook.read(connection)]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        document, text = rng.choice(texts)
        start = rng.randrange(len(text) - 2)
        span = Span(start, rng.randint(start + 1, len(text)))
        with project.write(coder, "apply") as step:
            made = codings.apply(
                step, [NewCoding(document, span, code) for code in rng.sample(codes, 2)]
            )
        sys.stdout.write(" ".join(made) + "\n")
        sys.stdout.flush()
        if rng.random() < 0.1:
            with project.write(coder, "recode") as step:
                codings.recode(step, made, rng.choice(codes))
        if rng.random() < 0.05:
            history.undo(project, coder)
            history.redo(project, coder)
    project.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
