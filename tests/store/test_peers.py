"""Codes and searches while a round is open: as they stood, with one's own changes and no peer's."""

from __future__ import annotations

from pathlib import Path

from qcode.model.codebook import Code
from qcode.model.round import RELIABILITY, Assignment
from qcode.model.span import Span
from qcode.store import codebook, coders, codings, documents, history, rounds, searches
from qcode.store.codings import NewCoding
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from qcode.store.revisiting import birthdays
from tests.workflows.studies import spoken


def test_a_coder_of_a_round_sees_the_codes_it_was_opened_with_and_what_she_changed(
    tmp_path: Path,
) -> None:
    project, guru = create(str(tmp_path / "uji.qcode"), "Uji", coder="guru")
    sari, bima = (coders.joined(project, name) for name in ("sari", "bima"))
    with project.write(guru, "import") as step:
        new = [NewDocument("W01", spoken(("N", "takut salah")))]
        document = documents.add(step, new)[0]["W01"]
        codes = [
            Code(step.mint(), name, position=number)
            for number, name in enumerate(("takut", "sabar", "malu"))
        ]
        takut, sabar, malu = codebook.add(step, codes)
    with project.write(guru, "open round") as step:
        round = rounds.begin(step, "R1", RELIABILITY, [sari, bima])
        rounds.assign(step, [Assignment(document, who, round) for who in (sari, bima)])
    with project.read() as connection:
        meant = codebook.read(connection)[takut].meaning

    def revise(who: str, code: str, **values: str) -> None:
        with project.write(who, "revise code") as step:
            codebook.revise(step, code, values)

    def seen(who: str | None, code: str) -> tuple[str, str, str]:
        project.viewer = who
        with project.read() as connection:
            one = codebook.read(connection)[code]
            assert codebook.names(connection, [code]) == {code: one.name}
        project.viewer = None
        return one.name, one.definition, one.parent

    revise(guru, takut, definition="takut salah pencet")
    revise(bima, takut, name="cemas", parent=sabar, meaning="ab" * 16)
    revise(sari, takut, definition="punya sari")
    assert seen(sari, takut) == ("takut", "punya sari", "")
    assert seen("", takut) == ("takut", "takut salah pencet", "")
    assert seen(guru, takut) == seen(None, takut) == ("cemas", "punya sari", sabar)
    history.undo(project, sari)
    assert seen(sari, takut) == ("takut", "takut salah pencet", "")

    with project.write(bima, "retire code") as step:
        codebook.retire(step, malu)
    project.viewer = sari
    with project.write(sari, "apply") as step:
        codings.apply(step, [NewCoding(document, Span(3, 8), takut)])
    with project.write(sari, "finish") as step:
        documents.finish(step, document)
    with project.read() as connection:
        assert [code.name for code in codebook.read(connection)] == ["takut", "sabar"]
        (status,) = documents.statuses(connection)
        assert status.codes[takut] == meant
        assert takut in birthdays(connection)
    with project.write(guru, "close round") as step:
        rounds.close(step, round, "")
    with project.read() as connection:
        after = codebook.read(connection)[takut]
    assert (after.name, after.parent) == ("cemas", sabar)
    assert after.meaning != meant
    project.close()


def test_a_peers_search_and_one_of_a_hidden_code_wait_until_the_round_is_closed(
    tmp_path: Path,
) -> None:
    project, guru = create(str(tmp_path / "uji.qcode"), "Uji", coder="guru")
    sari, bima = (coders.joined(project, name) for name in ("sari", "bima"))
    with project.write(bima, "save search") as step:
        searches.save(step, "dulu", "--text dulu")
    with project.write(guru, "open round") as step:
        round = rounds.begin(step, "R1", RELIABILITY, [sari, bima])
    with project.write(bima, "add code") as step:
        (code,) = codebook.add(step, [Code(step.mint(), "usul")])
    for who, name in ((sari, "punya sari"), (bima, "usul"), (guru, "beda"), (guru, "umum")):
        with project.write(who, "save search") as step:
            meant = {"code": {"usul": code}} if name == "beda" else {}
            searches.save(step, name, f"--text {name}", meant)

    def seen(who: str) -> list[str]:
        project.viewer = who
        with project.read() as connection:
            return [one.name for one in searches.listed(connection)]

    assert seen(sari) == ["dulu", "punya sari", "umum"]
    assert seen(bima) == ["beda", "dulu", "umum", "usul"]
    assert len(seen(guru)) == 5
    with project.write(sari, "save search") as step:
        searches.save(step, "usul", "--text sari", {})
    assert seen(sari) == ["dulu", "punya sari", "umum", "usul"]
    with project.write(guru, "close round") as step:
        rounds.close(step, round, "")
    assert len(seen(sari)) == 5
    project.close()
