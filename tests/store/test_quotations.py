"""What is prepared of quotations, on both databases: kept beside the passage, field by field."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qcode.errors import BadInput
from qcode.model.codebook import Code
from qcode.model.quotation import Cut, Translation
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, exchange, history, quotations
from qcode.store.checking import check
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create, open_project
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


def test_what_two_copies_prepared_of_the_same_words_is_changed_as_one(tmp_path: Path) -> None:
    project, sari = create(str(tmp_path / "satu.qcode"), "Uji", coder="sari")
    with project.write(sari, "import") as step:
        added, _known = documents.add(step, [NewDocument("W01", spoken(("N", "takut salah kata")))])
        codes = codebook.add(step, [Code(step.mint(), name) for name in ("takut", "malu")])
        both = codings.apply(step, [NewCoding(added["W01"], Span(3, 14), code) for code in codes])
    project.close()
    shutil.copy(tmp_path / "satu.qcode", tmp_path / "dua.qcode")
    first, second = (open_project(str(tmp_path / f"{name}.qcode")) for name in ("satu", "dua"))
    for at, copy in enumerate((first, second)):
        with copy.write(sari, "shorten quotation") as step:
            quotations.shorten(step, both[at], [Cut(at, at + 1)])
            quotations.use(step, both[at], ["Bab 4"])
            quotations.give_role(step, both[at], "typical")
    exchange.merge([second], first, lambda *_all: None)
    for coding in both:
        with first.write(sari, "shorten quotation") as step:
            quotations.use(step, coding, ["Bab 4"], used=False)
            quotations.give_role(step, coding, "")
            quotations.shorten(step, coding, [Cut(1, 2)])
        with first.read() as connection:
            one = quotations.at(connection, codings.one(connection, coding))
        assert one is not None
        assert one.short is not None
        assert (one.short.cuts, one.used, one.role) == ((Cut(1, 2),), (), "")
        with first.write(sari, "shorten quotation") as step:
            quotations.shorten(step, coding, [])
        with first.read() as connection:
            assert quotations.listed(connection) == ()
    for project in (first, second):
        project.close()
