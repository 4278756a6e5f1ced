"""Addresses of codings: each has one, it leads back, and it stays when another is retired."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadInput, NotFound
from qcode.model.codebook import Code
from qcode.model.document import Transcript, Turn, paragraphs
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


def test_few_documents_are_asked_for_by_themselves_and_have_the_same_addresses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, who = create(str(tmp_path / "a.qcode"), "a", coder="sari")
    with project.write(who, "import") as step:
        other = Transcript(TEXT + "!", paragraphs(TEXT + "!"))
        names, _skipped = documents.add(step, [NewDocument("W1", TALK), NewDocument("W2", other)])
        codebook.add(step, [Code(step.mint(), "a")])
    with project.write(who, "apply") as step:
        (code,) = codebook.read(step.connection)
        codings.apply(
            step, [NewCoding(id, Span(3, 7), code.id) for id in names.values() for _n in "ab"]
        )
    with project.read() as connection:
        first, second = documents.listed(connection)
        asked = {len(some): addresses(connection, some) for some in ((), (first,), (first, second))}
        monkeypatch.setattr("qcode.workflows.addresses._FEW", 0)
        assert addresses(connection, (first,)) == asked[1]
        assert addresses(connection, (first, second)) == asked[2]
        assert sorted(asked[2].values()) == ["W1:1.1", "W1:1.2", "W2:1.1", "W2:1.2"]
        assert not asked[0]
    project.close()
