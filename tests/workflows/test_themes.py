"""Themes and triangulation: counted twice, released as all quotations are, verdicts chosen."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from qcode.analysis.triangulation import Square
from qcode.errors import NotFound, Refused
from qcode.model.document import Splice, Transcript, Turn
from qcode.model.filter import Filter
from qcode.model.theme import AGAINST, FOR, SIDES, Appraisal, Theme
from qcode.store import cases, codebook, documents, themes
from qcode.store.log import Edit
from qcode.store.project import Reader
from qcode.workflows import plain_themes
from qcode.workflows import triangulation as workflow
from qcode.workflows.plain_findings import Leaving
from qcode.workflows.theme_quotes import parts_of, quotations_table
from qcode.workflows.themes import Behind, Behinds, claims, put, theme_named, themes_table
from qcode.workflows.triangulation import Asked, appraise, behind, squares, triangulation
from tests.workflows.recount_themes import Claim, ThemeLedger
from tests.workflows.stories import Story
from tests.workflows.studies import Study, cells, interview, notes, spoken


class Claims:
    """Themes that somebody writes at random on a random study, and the ledger of them."""

    def __init__(self, story: Story) -> None:
        self.story, self.claims = story, dict[str, Claim]()
        rng, ledger = story.rng, story.ledger
        for number in range(3):
            claim = Claim(f"T{number}", rng.choice(["", *self.claims]), rng.random() < 0.2)
            status = "dropped" if claim.dropped else "reviewed"
            with story.study.step(verb="add theme") as step:
                theme = Theme("", claim.name, status=status, parent=claim.above)
                id = themes.add(step, theme)
            self.claims[id] = claim
            for _time in range(rng.randint(0, 4)):
                nouns = [one for one in ("code", "coding") if one == "code" or ledger.marks]
                noun = rng.choice(nouns)
                target = rng.choice(list(ledger.labels if noun == "code" else ledger.marks))
                side = rng.choice(SIDES)
                with story.study.step(verb="ground theme") as step:
                    themes.ground(step, id, side, **{noun: target})
                for other in SIDES:
                    if (noun, target) in claim.sides[other]:
                        claim.sides[other].remove((noun, target))
                claim.sides[side].append((noun, target))


@pytest.mark.parametrize("seed", range(20))
def test_themes_and_sources_equal_a_second_count_letter_by_letter(seed: int) -> None:
    story = Story(seed)
    written = Claims(story)
    ledger = ThemeLedger(story.ledger, written.claims)
    everyone = story.ledger.informants()
    with story.study.project.read() as connection:
        of = claims(connection)
        table = themes_table(connection, Filter())
        found = Behinds(connection, of)
        crossed = (
            {by: squares(connection, of, Asked(), by) for by in ("role", "")} if everyone else {}
        )
        behinds = {
            (square.subject.id, square.source.name, side): behind(found, square, side)
            for square in crossed.get("role", ()) for side in SIDES
        }  # fmt: skip
    for id, claim in written.claims.items():
        row = cells(table, claim.name)
        for side in SIDES:
            if ledger.put(id, side):
                assert row[f"{side} passages"] == str(ledger.passages(id, side))
                assert row[f"{side} informants"] == ledger.share(id, side, everyone)
    for by, some in crossed.items():
        for one in some:
            for side, cell in ((FOR, one.for_), (AGAINST, one.against)):
                if ledger.put(one.subject.id, side):
                    shown = behinds.get((one.subject.id, one.source.name, side), ())
                    equal(ledger, one, side, str(cell), shown if by else None)


def equal(
    ledger: ThemeLedger, one: Square, side: str, cell: str, shown: Iterable[Behind] | None
) -> None:
    """Check one number, and that the passages behind it are of as many informants."""
    theme, everyone = one.subject.id, ledger.ledger.informants()
    if shown is None:
        assert cell == ledger.share_in(theme, side, one.source.kind)
        return
    group = ledger.ledger.roles(everyone).get(one.source.name, [])
    assert cell == ledger.share(theme, side, group)
    who = {case for each in shown for case in each.cases} & set(group)
    assert cell == "·" or cell.startswith(f"{len(who)} of ")


# -- one small study ------------------------------------------------------------------------------


class Village:
    """Two informants and a note, of which some words are off the record or not to be used."""

    def __init__(self) -> None:
        study = self.study = Study(notice="data latihan")
        self.kader, self.takut = study.code("kader"), study.code("takut")
        people = {name: study.case(name, {"role": role, "village": village}, consent=True)
                  for name, role, village in (("Sri", "perajin", "A"), ("Adi", "aparat", "B"))}  # fmt: skip
        self.w1 = study.document(
            "W1", spoken(*interview("diajari anak muda", "takut salah", "jangan ditulis ini")),
            cases_of={"N": people["Sri"]},
        )  # fmt: skip
        self.w2 = study.document(
            "W2", spoken(*interview("semua sudah diajari", "rahasia kantor")),
            cases_of={"N": people["Adi"]},
        )  # fmt: skip
        self.o1 = study.document("O1", spoken(("", "kelas kosong")), kind="observation")
        self.given = {
            words: study.give(document, words, code) for document, words, code in (
                (self.w1, "diajari anak muda", self.kader), (self.w1, "takut salah", self.takut),
                (self.w1, "jangan ditulis ini", self.kader), (self.w2, "semua sudah diajari",
                self.kader), (self.w2, "rahasia kantor", self.kader),
                (self.o1, "kelas kosong", self.kader),
            )
        }  # fmt: skip
        study.mark(self.w1, "jangan ditulis ini", "off the record")
        study.mark(self.w2, "rahasia kantor", "not to be used")
        study.mark(self.w1, "diajari anak muda", "key quotation")
        for document in (self.w1, self.w2, self.o1):
            study.finish(document)

    def theme(self, name: str, statement: str = "", parent: str = "") -> str:
        with self.study.step(verb="add theme") as step:
            return themes.add(step, Theme("", name, statement, parent=parent))

    def put(self, theme: str, side: str, code: str = "", words: str = "") -> None:
        with self.study.step(verb="ground theme") as step:
            coding = self.given[words] if words else ""
            themes.ground(step, theme, side, code=code, coding=coding)


@pytest.fixture
def village() -> Village:
    return Village()


def test_a_theme_has_whom_its_codes_its_passages_and_its_sub_themes_have(village: Village) -> None:
    top = village.theme("Belajar")
    sub = village.theme("Kader", parent=top)
    village.put(sub, FOR, code=village.kader)
    village.put(top, AGAINST, words="takut salah")
    with village.study.project.read() as connection:
        table = themes_table(connection, Filter())
    assert cells(table, "Belajar") == {
        "theme": "Belajar", "status": "candidate", "for codes": "1", "for passages": "3",
        "for informants": "2 of 2", "against codes": "0", "against passages": "1",
        "against informants": "1 of 2", "observation": "1 of 1",
    }  # fmt: skip
    assert table.depths == (0, 1)
    with village.study.step(verb="theme status") as step:
        themes.revise(step, sub, {"status": "dropped"})
    with village.study.project.read() as connection:
        dropped = themes_table(connection, Filter())
    assert cells(dropped, "Belajar")["for informants"] == ""
    assert cells(dropped, "Kader")["for informants"] == "2 of 2"
    assert "a dropped theme counts for none" in notes(dropped)


def test_nothing_off_the_record_and_nothing_that_is_not_to_be_used_goes_out(
    village: Village,
) -> None:
    top = village.theme("Belajar", "Orang belajar dari kader.")
    village.put(top, FOR, code=village.kader)
    village.put(top, AGAINST, words="jangan ditulis ini")
    village.put(top, AGAINST, words="rahasia kantor")
    with village.study.project.read() as connection:
        theme = theme_named(connection, "bel")
        few = quotations_table(connection, Filter())
        every = quotations_table(connection, Filter(), every=True)
        parts = parts_of(connection, theme, Filter())
        behinds = workflow.passages(connection, Asked(by="kind"), Filter())
    for table in (few, every, behinds, *parts.values()):
        said = repr(table)
        assert "jangan ditulis" not in said
        assert "rahasia" not in said
    assert [row[3] for row in few.rows] == ["diajari anak muda"]
    assert {row[3] for row in every.rows} == {
        "diajari anak muda", "semua sudah diajari", "kelas kosong",
    }  # fmt: skip
    assert "withheld: off the record 1" in notes(every)
    assert all("data latihan" in str(row[4]) for row in every.rows)
    assert [str(row[1]) for row in parts["quotations"].rows] == ["diajari anak muda"]


def test_a_passage_put_against_a_theme_is_quoted_there_alone(village: Village) -> None:
    top = village.theme("Belajar")
    village.put(top, FOR, code=village.kader)
    village.put(top, AGAINST, words="diajari anak muda")
    with village.study.project.read() as connection:
        table = quotations_table(connection, Filter(), every=True)
        row = cells(themes_table(connection, Filter()), "Belajar")
    sides = {str(line[3]): str(line[5]) for line in table.rows}
    assert sides == {
        "kelas kosong": "for", "semua sudah diajari": "for", "diajari anak muda": "against",
    }  # fmt: skip
    assert (row["for informants"], row["against informants"]) == ("2 of 2", "1 of 2")


def test_who_is_in_a_cell_is_counted_and_the_verdict_on_it_is_chosen(village: Village) -> None:
    top = village.theme("Belajar")
    village.put(top, FOR, code=village.kader)
    village.put(top, AGAINST, words="takut salah")

    def table(by: str) -> dict[str, tuple[str, ...]]:
        with village.study.project.read() as connection:
            made = triangulation(connection, Asked(by=by), Filter())
        return {str(row[1]): tuple(map(str, row[2:])) for row in made.rows}

    assert table("role") == {
        "aparat": ("1 of 1", "0 of 1", "", "", ""), "perajin": ("1 of 1", "1 of 1", "", "", ""),
    }  # fmt: skip
    with village.study.step(verb="appraise") as step:
        appraise(step, ("theme", "Belajar"), "role", "per", "contradicts", "kata W1")
    with village.study.step(verb="appraise") as step:
        appraise(step, ("theme", "Belajar"), "role", "per", "partly", None)
    assert table("role")["perajin"][2:] == ("partly", "kata W1", "sari")
    assert list(table("role")) == ["perajin", "aparat"]
    assert table("kind")["observation notes"] == ("1 of 1", "0 of 1", "", "", "")
    with village.study.step(verb="appraise") as step:
        appraise(step, ("theme", "Belajar"), "role", "perajin", "", None)
    assert table("role")["perajin"][2:] == ("", "", "")
    with village.study.step(verb="appraise") as step:
        appraise(step, ("code", "takut"), "kind", "obs", "silent", "")
    with village.study.project.read() as connection:
        made = triangulation(connection, Asked(codes=("takut",), by="kind"), Filter())
    assert [tuple(map(str, row)) for row in made.rows][1] == (
        "takut", "observation notes", "0 of 1", "silent", "", "sari",
    )  # fmt: skip


def test_a_group_that_was_not_looked_through_shows_a_dot_and_never_0(village: Village) -> None:
    village.study.code("baru")
    top = village.theme("Baru")
    with village.study.step(verb="ground theme") as step:
        put(step, "Baru", FOR, "baru", "", "")
    with village.study.project.read() as connection:
        of = claims(connection)
        made = squares(connection, of, Asked(), "role")
        row = cells(themes_table(connection, Filter()), "Baru")
    assert {str(one.for_) for one in made} == {"·"}
    assert (row["for informants"], row["observation"]) == ("·", "·")
    assert top in of.themes.by_id


def test_what_is_left_out_of_view_still_says_what_was_looked_for(village: Village) -> None:
    top = village.theme("Belajar")
    village.put(top, FOR, words="takut salah")
    late = village.study.code("baru")
    with village.study.step(verb="ground theme") as step:
        themes.ground(step, top, FOR, code=late)
    with village.study.project.read() as connection:
        every = triangulation(connection, Asked(by="role"), Filter())
        rows = [
            cells(themes_table(connection, Filter(where=where)), "Belajar")
            for where in ((), (("village", "A"),), (("village", "B"),))
        ]
        alone = triangulation(connection, Asked(by="role"), Filter(documents=("W2",)))
    assert [row["for informants"] for row in rows] == ["1 of 2", "1 of 1", "0 of 1"]
    assert {str(row[1]): str(row[2]) for row in every.rows}["aparat"] == "0 of 1"
    assert [str(row[2]) for row in alone.rows] == ["0 of 1"]


def test_a_verdict_outlives_a_merge_of_its_code_and_is_out_of_view_with_its_theme(
    village: Village,
) -> None:
    top = village.theme("Belajar")
    with village.study.step(verb="appraise") as step:
        themes.appraise(step, Appraisal("", "role", "perajin", "agrees", theme=top))
        themes.appraise(step, Appraisal("", "role", "perajin", "partly", code=village.takut))
    with village.study.step(verb="merge codes") as step:
        codebook.merge(step, village.takut, village.kader)
    with village.study.step(verb="retire theme") as step:
        themes.retire(step, top)
    with village.study.project.read() as connection:
        assert [one.verdict for one in themes.appraisals(connection)] == ["partly"]
        made = triangulation(connection, Asked(codes=("kader",)), Filter())
    assert {str(row[1]): str(row[3]) for row in made.rows} == {"aparat": "", "perajin": "partly"}


def test_a_verdict_on_a_merged_code_keeps_its_memo_and_is_taken_back_by_the_other_name(
    village: Village,
) -> None:
    study, kader = village.study, ("code", "kader")
    with study.step(verb="appraise") as step:
        themes.appraise(
            step, Appraisal("", "role", "perajin", "partly", memo="sebab", code=village.takut)
        )
    with study.step(verb="merge codes") as step:
        codebook.merge(step, village.takut, village.kader)
    with study.step(verb="appraise") as step:
        assert appraise(step, kader, "role", "perajin", "agrees", None).memo == "sebab"
    with study.step(verb="appraise") as step:
        appraise(step, kader, "role", "perajin", "", None)
    with study.project.read() as connection:
        assert not themes.appraisals(connection)


def test_a_verdict_on_a_code_itself_stands_before_that_on_one_merged_into_it(
    village: Village,
) -> None:
    for code, verdict in ((village.kader, "agrees"), (village.takut, "partly")):
        with village.study.step(verb="appraise") as step:
            themes.appraise(step, Appraisal("", "role", "perajin", verdict, code=code))
    with village.study.step(verb="merge codes") as step:
        codebook.merge(step, village.takut, village.kader)
    with village.study.project.read() as connection:
        made = triangulation(connection, Asked(codes=("kader",)), Filter())
    assert {str(row[1]): str(row[3]) for row in made.rows} == {"aparat": "", "perajin": "agrees"}


def test_a_passage_of_observation_notes_counts_for_nobody_who_is_linked_to_them(
    village: Village,
) -> None:
    with village.study.step(verb="link") as step:
        cases.link(step, village.o1, cases.case_id(step, "informant", "Sri"), "")
    top = village.theme("Belajar")
    village.put(top, FOR, words="kelas kosong")
    with village.study.project.read() as connection:
        row = cells(themes_table(connection, Filter()), "Belajar")
    assert (row["for informants"], row["observation"]) == ("0 of 2", "1 of 1")


def test_what_is_odd_about_chosen_passages_is_said(village: Village) -> None:
    study = village.study
    top = village.theme("Belajar")
    other = study.give(village.w1, "takut salah", village.kader, study.coder("bima"))
    with study.step(verb="ground theme") as step:
        themes.ground(step, top, FOR, coding=other)
    village.put(top, FOR, words="kelas kosong")
    with study.project.read() as connection:
        old = documents.current(connection, village.o1).transcript
    with study.step(verb="correct") as step:
        gone = Transcript("\n", (Turn(0, 0, 1),))
        assert old.text == "kelas kosong\n"
        documents.correct(step, village.o1, gone, [Splice(0, 12, 0)])
    with study.project.read() as connection:
        table = themes_table(connection, Filter())
        grounds = parts_of(connection, theme_named(connection, "Belajar"), Filter())["grounds"]
    row = cells(table, "Belajar")
    assert (row["for passages"], row["for informants"], row["observation"]) == (
        "1", "1 of 2", "0 of 1",
    )  # fmt: skip
    assert "1 chosen passage needs a place and is not counted" in notes(table)
    assert "1 chosen passage was coded by somebody whose coding" in notes(table)
    assert [str(line[3]) for line in grounds.rows] == ["1", ""]


def test_two_themes_of_one_name_from_two_copies_are_told_apart(village: Village) -> None:
    top = village.theme("Belajar")
    with village.study.step(verb="add theme") as step:
        for parent in ("", top):
            edit = {"name": "Sama", "parent": parent, "retired": 0}
            step.record([Edit("theme", step.mint(), edit, new=True)])
    with village.study.project.read() as connection:
        assert theme_named(connection, "Belajar > Sama").parent == top
        rows = list(plain_themes.leave_themes(leaving(connection)))
    assert [(row["name"], row["under"]) for row in rows] == [
        ("Sama", ""), ("Belajar", ""), ("Sama (2)", "Belajar"),
    ]  # fmt: skip


def leaving(connection: Reader) -> Leaving:
    return Leaving(connection, {}, {}, {}, {})


def test_sources_by_an_attribute_of_nobody_are_refused_with_what_it_is(village: Village) -> None:
    village.study.case("A", {"luas": "3"}, kind="village")
    village.theme("Belajar")
    with village.study.project.read() as connection:
        with pytest.raises(NotFound, match="a value of “luas”"):
            triangulation(connection, Asked(by="luas"), Filter())
        with pytest.raises(Refused, match="a theme rests on codes"):
            claims(connection, Filter(text="takut"))
