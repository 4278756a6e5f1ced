"""Addresses of codings: each has one, it leads back, and it stays when another is retired."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound
from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn
from qcode.model.span import Span
from qcode.store import codebook, codings, documents
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.workflows.addresses import addresses, coding_at

TEXT = "P: Halo?\nN: Halo juga, Mas.\n"
TALK = Transcript(TEXT, (Turn(0, 3, 9, "P"), Turn(9, 12, len(TEXT), "N")))


def test_every_coding_has_an_address_that_leads_back(tmp_path: Path) -> None:
    project, who = create(str(tmp_path / "a.qcode"), "a", coder="sari")
    with project.write(who, "import") as step:
        names, _skipped = documents.add(step, [NewDocument("W1:2.3", TALK)])
        codebook.add(step, [Code(step.mint(), "a")])
    with project.write(who, "apply") as step:
        (code,) = codebook.read(step.connection)
        spans = (Span(12, 16), Span(0, 20), Span(12, 16), Span(3, 7))
        made = codings.apply(step, [NewCoding(names["W1:2.3"], span, code.id) for span in spans])
        codings.retire(step, made[:1])
    with project.read() as connection:
        found = addresses(connection, documents.listed(connection))
        assert [found[id] for id in made] == [
            "W1:2.3:2.1", "W1:2.3:1.1", "W1:2.3:2.2", "W1:2.3:1.2",
        ]  # fmt: skip
        assert [coding_at(connection, found[id]) for id in made] == list(made)
        assert coding_at(connection, "w1:2.2") == made[2]
        for wrong in ("W1:2.3:2.9", "W1:2.3:9.1", "X:1.1"):
            with pytest.raises(NotFound):
                coding_at(connection, wrong)
        for odd in ("", "W1", "W1:a.b", "W1:1"):
            with pytest.raises(BadInput):
                coding_at(connection, odd)
    project.close()
