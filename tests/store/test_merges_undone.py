from __future__ import annotations

from qcode.model.codebook import Code
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, dialect, history
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument, add
from qcode.store.exchange import exchange
from qcode.store.project import Project, lay_tables
from tests.workflows.studies import STUDY, Study, spoken


def test_a_code_undone_elsewhere_takes_its_count_from_the_end_of_its_merges() -> None:
    study = Study("sari")
    with study.step(verb="import") as step:
        document = add(step, [NewDocument("W01", spoken(("N", "takut salah sekali")))])[0]["W01"]
    last = study.code("last")
    budi = study.coder("budi")
    with study.project.write(budi, "add code") as step:
        first, between = codebook.add(step, [Code(step.mint(), name) for name in ("a", "b")])
    engine = dialect.sqlite_engine(None)
    lay_tables(engine, STUDY)
    other = Project(engine, "other", here="other")
    exchange(study.project, other)
    sari = coders.joined(other, "sari")
    with other.write(sari, "apply") as step:
        for at, code in ((3, first), (9, between), (15, last)):
            codings.apply(step, [NewCoding(document, Span(at, at + 4), code)])
    for code, into in ((first, between), (between, last)):
        with other.write(sari, "merge codes") as step:
            codebook.merge(step, code, into)
    history.undo(study.project, budi)
    exchange(study.project, other)
    assert not [found for found in check(other) if found.damage]
