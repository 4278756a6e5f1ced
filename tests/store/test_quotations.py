"""What is prepared of quotations, on both databases: kept beside the passage, field by field."""

from __future__ import annotations

from pathlib import Path

import pytest

from qcode.errors import BadInput
from qcode.model.codebook import Code
from qcode.model.quotation import Cut, Translation
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, history, quotations
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from tests.workflows.studies import spoken


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "uji.qcode")
    found: str = request.getfixturevalue("postgres_place")
    return found


def test_what_is_prepared_holds_for_the_same_words_is_undone_by_steps_and_forgotten(
    place: str,
) -> None:
    project, sari = create(place, "Uji", coder="sari")
    with project.write(sari, "import") as step:
        added, _known = documents.add(step, [NewDocument("W01", spoken(("N", "takut salah kata")))])
        codes = codebook.add(step, [Code(step.mint(), name) for name in ("takut", "malu")])
        words = Span(3, 14)
        first, twin, other = codings.apply(step, [
            NewCoding(added["W01"], words, codes[0]), NewCoding(added["W01"], words, codes[1]),
            NewCoding(added["W01"], Span(3, 8), codes[1]),
        ])  # fmt: skip
    with project.write(sari, "shorten quotation") as step:
        quotations.shorten(step, first, [Cut(0, 1)])
        quotations.translate(step, twin, Translation("en", "wrong", "bima"))
    with project.write(coders.joined(project, "budi"), "use quotation") as step:
        quotations.use(step, twin, ["Bab 10", "Bab 4"])
        quotations.give_role(step, twin, "typical")
    with project.read() as connection:
        (one,) = quotations.listed(connection)
        assert quotations.at(connection, codings.one(connection, twin)) == one
        assert quotations.at(connection, codings.one(connection, other)) is None
        now = documents.current(connection, added["W01"]).id
    assert (one.coding, one.role, one.used) == (first, "typical", ("Bab 4", "Bab 10"))
    assert one.short == (now, 3, 14, (Cut(0, 1),)) == one.translations["en"].of
    with project.write(sari, "use quotation") as step:
        quotations.use(step, first, ["Bab 4"], used=False)
        quotations.untranslate(step, first, "en")
    history.undo(project, sari)
    with project.read() as connection:
        assert quotations.listed(connection) == (one,)
    with project.write(sari, "forget quotation") as step:
        quotations.forget(step, twin)
        with pytest.raises(BadInput, match="role of a quotation"):
            quotations.give_role(step, first, "lovely")
        with pytest.raises(BadInput, match="without"):
            quotations.use(step, first, ["Bab 4 | Bab 5"])
    with project.read() as connection:
        assert quotations.listed(connection) == ()
    with project.write(sari, "retire codings") as step:
        codings.retire(step, [twin])
        for language, said in (("english", "x"), ("en", " ")):
            with pytest.raises(BadInput):
                quotations.translate(step, first, Translation(language, said))
    assert not check(project)
    project.close()
