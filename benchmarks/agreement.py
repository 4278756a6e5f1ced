"""Agreement on corpus A coded by two, and on 100,000 segments of five coders, against the bars."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from pathlib import Path

from benchmarks import _corpus
from benchmarks.tables import median, row
from qcode.analysis.agreement import table
from qcode.analysis.agreement.comparing import Compared
from qcode.analysis.agreement.marking import Marking, Stretch, joined
from qcode.analysis.agreement.scales import Scale
from qcode.model.codebook import Code, Codebook
from qcode.model.document import Document
from qcode.model.filter import Filter
from qcode.model.span import Span
from qcode.store import documents
from qcode.store.codings import NewCoding
from qcode.store.opening import open_project
from qcode.store.project import Project
from qcode.workflows.agreement import Measure, agreement

LENGTH, TURN = 27_500, 275


def compared(number: int, codes: int, coders: str, segments: int) -> Compared:
    """Return a corpus in memory whose coders all coded every document, at random."""
    rng = random.Random(3)
    book = Codebook(
        Code(f"c{at}", f"kode {at}", parent="" if at % 5 == 0 else f"c{at - at % 5}")
        for at in range(codes)
    )
    given: dict[int, dict[str, dict[str, list[Stretch]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for _segment in range(segments):
        start = rng.randrange(LENGTH - 400)
        own = given[rng.randrange(number)][f"c{rng.randrange(codes)}"]
        own[rng.choice(coders)].append((start, start + rng.randint(15, 400)))
    made = tuple(Document(f"d{at}", f"W{at}") for at in range(number))
    answers = [(at + 3, at + TURN - 1) for at in range(TURN, LENGTH, 2 * TURN)]
    pieces = [(start, end + 1) for start, end in answers]
    return Compared(
        coders=tuple(coders),
        names={who: who for who in coders},
        book=book,
        documents=made,
        markings=tuple(
            Marking(one.id, LENGTH, tuple(coders), {
                code: {who: joined(some) for who, some in own.items()}
                for code, own in given[at].items()
            })
            for at, one in enumerate(made)
        ),
        scales={one.id: Scale(pieces, answers, [[one.id]] * len(answers)) for one in made},
        texts={},
        turns={},
        informants={one.id: one.name for one in made},
    )  # fmt: skip


def fresh(found: Compared) -> Compared:
    """Return the same without what was worked out before."""
    kept = Compared.__dataclass_fields__
    return Compared(**{name: getattr(found, name) for name in kept})


def in_memory() -> None:
    two = compared(200, 40, "AB", 10_000)
    default, everything = table.Asked(), table.Asked(all=True)
    drawn = table.Asked(seed=1)
    row("A, default columns, computed", median(lambda: table.agreement(fresh(two), default)), "")
    row("A, --all, computed", median(lambda: table.agreement(fresh(two), everything), 5), "")
    row("A, default with intervals", median(lambda: table.agreement(fresh(two), drawn), 3), "")
    five = compared(50, 100, "ABCDE", 100_000)
    taken = median(lambda: table.agreement(fresh(five), default), 5)
    row("100,000 segments, 100 codes, 5 coders, 50 documents", taken, "500 ms")


def doubly_coded(folder: Path) -> Project:
    """Return corpus A, of which each coder gave each document 25 codings near the other's."""
    project, coders = _corpus.founded(folder / "a.qcode")
    made = list(_corpus.transcripts())
    ids = _corpus.import_documents(project, coders[0], made)
    codes = _corpus.add_codes(project, coders[0])
    _corpus.add_cases(project, coders[0], ids)
    rng = random.Random(5)
    given = []
    for one in _corpus.new_codings(made, ids, codes, coders)[::2]:
        shift = rng.choice((0, 0, 0, 0, 5, 12))
        other = Span(one.span.start - shift, one.span.end - shift)
        code = one.code if rng.random() < 0.8 else rng.choice(codes)
        given.append(NewCoding(one.document, one.span, one.code, coder=coders[0]))
        given.append(NewCoding(one.document, other, code, coder=coders[1]))
    _corpus.code_in_bulk(project, coders[0], given)
    for coder in coders:
        with project.write(coder, "finish") as step:
            for document in ids:
                documents.finish(step, document)
    return project


def with_reading(project: Project, *, all: bool) -> object:
    with project.read() as connection:
        return agreement(connection, Filter(), Measure(), all=all)


def main() -> None:
    print("Agreement on corpus A, 200 documents coded by two, 40 codes, 10,000 codings")
    in_memory()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        doubly_coded(folder).close()
        project = open_project(str(folder / "a.qcode"))
        taken = median(lambda: with_reading(project, all=False), 5)
        row("A, default columns, with reading", taken, "50 ms")
        row("A, --all, with reading", median(lambda: with_reading(project, all=True), 3), "500 ms")
        project.close()


if __name__ == "__main__":
    main()
