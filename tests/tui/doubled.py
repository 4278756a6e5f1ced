"""A study of which two coders coded the same documents."""

from __future__ import annotations

from qcode.model.span import Span
from qcode.store import coders, documents
from qcode.store.codings import NewCoding, apply
from tests.tui.harness import TEXT
from tests.tui.study import OTHER, Study

TAKUT, KADER, KIRIM = "literasi digital rendah", "kader digital", "biaya kirim"
SARI = (("takut kepencet", TAKUT), ("anaknya tetangga", KADER), ("Ongkirnya mahal", KIRIM),
        ("Sabar dia", KADER))  # fmt: skip
BIMA = (("Saya ini kan sepuh, takut kepencet", TAKUT), ("Ongkirnya mahal", KIRIM),
        ("Sabar dia", TAKUT))  # fmt: skip
"""One boundary, one missed, one agreement, one different."""


def give(study: Study, coder: str, given: object, document: str = "W01") -> None:
    text = TEXT if document == "W01" else OTHER.text
    with study.project.write(coder, "apply") as step:
        new = []
        for words, code in given:  # type: ignore[attr-defined]
            start = text.index(words)
            span = Span(start, start + len(words))
            new.append(NewCoding(study.documents[document], span, study.codes[code]))
        apply(step, new)
        documents.finish(step, study.documents[document])


def coded_twice(study: Study) -> Study:
    """Return the study with W01 coded by two, and a document in which both agree."""
    bima = coders.joined(study.project, "bima")
    for who, given in ((study.sari, SARI), (bima, BIMA)):
        give(study, who, given)
        give(study, who, [("Ramai", KADER)], "W02")
    return study
