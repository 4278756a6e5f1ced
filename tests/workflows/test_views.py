"""Pairs of codes, the matrix and saturation equal a second count of random studies."""

from __future__ import annotations

from qcode.analysis.cooccurrence import table
from qcode.analysis.cooccurrence.meeting import Way
from qcode.model.filter import Filter
from qcode.model.table import Share, Table
from qcode.model.theme import FOR, Theme
from qcode.store import codebook, documents, themes
from qcode.workflows.comparison import comparison
from qcode.workflows.cooccurrence import met
from qcode.workflows.frequency import Asked, frequency
from qcode.workflows.heatmap import Field, heatmap
from qcode.workflows.matrix import matrix
from qcode.workflows.saturation import How, saturation
from qcode.workflows.themes import themes_table
from tests.workflows.recount_views import Pairs, document_cell, matrix_cell, sitting_rows
from tests.workflows.stories import Story, titles
from tests.workflows.studies import Study, cells, column, spoken


def listed(found: Table) -> dict[frozenset[str], dict[str, str]]:
    keys = [column.key for column in found.columns]
    return {
        frozenset(map(str, row[:2])): dict(zip(keys[2:], map(str, row[2:]), strict=True))
        for row in found.rows
    }


def pairs_are_equal(story: Story, seed: int) -> None:
    name = titles(story.ledger)
    for by, words, rolled in (("overlap", 0, False), ("overlap", 0, True), ("turn", 0, True),
                              ("near", seed % 7, False)):  # fmt: skip
        with story.study.project.read() as connection:
            found = met(connection, Filter(), Way(by, words), rolled=rolled)
        rows = listed(table.listing(found))
        again = Pairs(story.ledger, by, words, rolled=rolled)
        wanted = {}
        for couple, meets in again.found.items():
            if meets.passages:
                row = again.row(*couple)
                wanted[frozenset(name[code] for code in couple)] = row
        assert {couple: {key: row[key] for key in found} for couple, row in wanted.items()
                for found in [rows.get(couple, {"passages": ""})]} == rows  # fmt: skip


def test_what_was_given_without_being_looked_for_is_in_no_passages_of_any_table() -> None:
    study = Study()
    top = study.code("dimensi")
    low = study.code("kader", top)
    papers = [study.document(name, spoken(("N", f"satu dua tiga {name}")),
                             cases_of={"N": study.case(f"I{name}")}) for name in ("W1", "W2")]  # fmt: skip
    study.give(papers[0], "satu", low)
    study.give(papers[0], "dua tiga", top)
    study.finish(papers[0])
    late = study.code("baru", top)
    with study.step(verb="revise code") as step:
        codebook.revise(step, top, {"meaning": step.mint()})
    study.finish(papers[1])
    study.give(papers[0], "tiga", late)
    with study.project.read() as connection:
        own, united = (frequency(connection, Filter(), Asked(rolled=one)) for one in (False, True))
        each = [matrix(connection, Filter(), "documents", "passages", rolled=one).table
                for one in (False, True)]  # fmt: skip
    wanted = {"dimensi": ("1 of 2", "0", "2"), "kader": ("1 of 2", "1", "1"),
              "baru": ("0 of 1", "0", "0")}  # fmt: skip
    for code, (cases, alone, together) in wanted.items():
        for table_, documents_, passages in ((own, each[0], alone), (united, each[1], together)):
            row, cell = cells(table_, code), column(documents_, code)
            assert (row["cases"], row["interviews"], row["passages"]) == (cases, cases, passages)
            assert sum(int(one) for one in cell.values() if one != "·") == int(passages)
    assert any(note.endswith("own passages are not counted: dimensi") for note in own.notes)
    for found in (own, united):
        assert any("not looked through for it" in note and "baru" in note for note in found.notes)


def test_what_notes_say_of_an_informant_makes_no_number_of_his() -> None:
    study = Study()
    top, ani = study.code("dimensi"), study.case("Ani")
    low, other = study.code("kader", top), study.code("modal")
    said = study.document("W1", spoken(("N", "satu dua tiga")), cases_of={"N": ani})
    seen = study.document("O1", spoken(("", "satu empat")), kind="observation", cases_of={"": ani})
    for words, document, code in (("satu", said, low), ("tiga", said, other), ("satu", seen, low),
                                  ("satu", seen, other)):  # fmt: skip
        study.give(document, words, code)
    with study.project.read() as connection:
        for way in (Way("overlap"), Way("turn"), Way("near", 0)):
            pair = listed(table.listing(met(connection, Filter(), way)))[
                frozenset({"kader", "modal"})
            ]
            shared = "1 of 1" if way.by == "turn" else "0 of 1"
            assert (pair["interviews"], pair["cases"], pair["observation"]) == (
                shared, shared, "1 of 1"
            )  # fmt: skip
        for value in ("passages", "words"):
            own = matrix(connection, Filter(), "cases", value).table
            assert list(cells(own, "Ani").values()) == ["Ani", "0", "1", "1"]
            rolled = matrix(connection, Filter(), "cases", value, rolled=True).table
            assert list(cells(rolled, "Ani").values()) == ["Ani", "1", "1", "1"]


def test_a_matrix_of_pairs_holds_what_the_list_does() -> None:
    story = Story(3)
    with story.study.project.read() as connection:
        found = met(connection, Filter(), Way("turn"), rolled=True)
    rows = listed(table.listing(found))
    assert rows
    for measure, key in (("passages", "passages"), ("informants", "cases"), ("jaccard", "jaccard")):
        whole = table.matrix(found, (), measure, numbered=False)
        names = [str(column.title) for column in whole.columns[2:]]
        assert names == [str(row[1]) for row in whole.rows]
        for at, row in enumerate(whole.rows):
            assert str(row[2 + at]) == "-"
            for other, cell in enumerate(row[2:]):
                assert str(cell) == str(whole.rows[other][2 + at])
                couple = frozenset((names[at], names[other]))
                if couple in rows:
                    assert str(cell) == rows[couple][key]
                elif measure == "passages":
                    assert str(cell) in {"0", "·", "-"}


def matrices_are_equal(story: Story) -> None:
    ledger = story.ledger
    codes = list(titles(ledger))
    layer = story.study.layer()
    people = {one.id: one.name for one in layer.cases}
    for value in ("present", "passages", "words"):
        with story.study.project.read() as connection:
            cases = matrix(connection, Filter(), "cases", value)
            papers = matrix(connection, Filter(), "documents", value)
        labels = {one.label: at for at, one in enumerate(cases.variables)}
        rows = {str(row[0]): row for row in cases.table.rows}
        assert set(rows) == {people[id] for id in ledger.informants()}
        behind = {str(row[0]): row for row in papers.table.rows}
        assert set(behind) == {ledger.papers[id].name for id in ledger.live("interview",
                                                                            "observation")}  # fmt: skip
        for code in codes:
            path = layer.book.path(code)
            if path not in labels:
                assert ledger.labels[code].retired
                continue
            for id in ledger.informants():
                cell = str(rows[people[id]][labels[path]])
                assert cell == matrix_cell(ledger, id, code, value)
            for id in ledger.live("interview", "observation"):
                # A document has its kind behind its name.
                cell = str(behind[ledger.papers[id].name][labels[path] + 1])
                assert cell == document_cell(ledger, id, code, value)


def saturation_is_equal(story: Story) -> None:
    ledger, rng = story.ledger, story.rng
    dates: dict[str, str] = {}
    for id in ledger.live("interview"):
        if rng.random() < 0.8:
            dates[id] = f"2025-0{rng.randint(1, 9)}-{rng.randint(10, 28)}"
            with story.study.step(verb="document") as step:
                documents.set_details(step, id, {"date": dates[id]})
    # The ledger holds documents as they came in.
    order = sorted(ledger.papers, key=lambda one: (one not in dates, dates.get(one, "")))
    for by, wanted in (("date", order), ("import", list(ledger.papers))):
        with story.study.project.read() as connection:
            found = saturation(connection, Filter(), How(by, orders=20))
        assert [
            (set(str(row[1]).split(" + ")), *(row[at] for at in (3, 4, 6))) for row in found.rows
        ] == [
            ({ledger.papers[id].name for id in some}, *numbers)
            for some, *numbers in sitting_rows(ledger, wanted)
        ]


def test_a_split_that_moves_nothing_takes_nothing_from_a_code_above_nor_from_a_theme() -> None:
    study = Study()
    top, other = study.code("kapasitas"), study.code("akses")
    low, side = study.code("pelatihan", top), study.code("kader", top)
    for name, code in (("W1", low), ("W2", low), ("W3", side), ("O1", low)):
        kind = "observation" if name == "O1" else "interview"
        who = {} if name == "O1" else {"N": study.case(f"I{name}", {"village": name})}
        document = study.document(
            name, spoken(("N", f"belajar memakai HP {name}")), kind=kind, cases_of=who
        )
        coding = study.give(document, "belajar", code)
        study.give(document, "belajar memakai", other)
        study.finish(document)
    with study.step(verb="add theme") as step:
        theme = themes.add(step, Theme("", "Belajar"))
        for code in (low, side):
            themes.ground(step, theme, FOR, code=code)
        themes.ground(step, theme, FOR, coding=coding)

    def numbers() -> list[object]:
        """Return what is said of the code above, of a code beside it, and of the theme."""
        with study.project.read() as connection:
            tables = [
                frequency(connection, Filter()), frequency(connection, Filter(), Asked(rolled=True)),
                comparison(connection, "village", "", Filter()),
                table.listing(met(connection, Filter(), Way(), rolled=True)),
                themes_table(connection, Filter()),
            ]  # fmt: skip
            seen = heatmap(connection, Filter(), Field("documents", measure="passages"))
            united = matrix(connection, Filter(), "cases", "passages", rolled=True).table
        return [
            [
                row
                for one in tables
                for row in one.rows
                if row[0] in ("kapasitas", "kader", "Belajar")
            ],
            [row.cells for row in seen.rows if row.title == "kapasitas"],
            column(united, "kapasitas"),
        ]

    before = numbers()
    assert ("kapasitas", Share(3, 3), Share(3, 3), 0, 0, Share(1, 1)) in before[0]  # type: ignore[operator]
    study.code("pelatihan dasar", low)
    with study.step(verb="revise code") as step:
        codebook.revise(step, low, {"meaning": step.mint()})
    assert numbers() == before
    with study.project.read() as connection:
        row = cells(frequency(connection, Filter()), "pelatihan")
    assert [row["cases"], row["interviews"]] == ["·", "·"]
