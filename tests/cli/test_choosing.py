"""The same options on every command: a plain recount of the exported codings, and a saved search."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from qcode.cli.commands import COMMANDS
from qcode.cli.main import load, qcode
from qcode.settings import shipped
from tests.cli.test_blindness import leaves

Row = Mapping[str, str]
Span = tuple[str, int, int, str, str]
"""Document, start, end, code and coder of a coding."""
ASKED: dict[str, tuple[str, ...]] = {
    "flagged": ("--code", "penghambat", "--and", "pendukung", "--within", "document",
                "--flag", "key-quotation"),
    "met": ("--code", "dampak", "--and", "produk lokal", "--within", "turn", "--kind",
            "interview"),
}  # fmt: skip


@dataclass
class Place:
    """A project in a folder, and the plain files of it."""

    folder: Path

    def run(self, *words: str, code: int | None = 0) -> Result:
        typed = [words[0], *words[1:], "-p", str(self.folder / "tiga.qcode")]
        result = CliRunner().invoke(qcode, typed)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert code is None or result.exit_code == code, result.output
        return result

    def rows(self, name: str) -> list[Row]:
        text = (self.folder / "out" / name).read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text)))

    def text(self, document: str) -> str:
        return (self.folder / "out" / "transcripts" / f"{document}.txt").read_bytes().decode()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("studi")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("QCODE_SETTINGS", str(folder / "settings.toml"))
        for name in ("QCODE_PROJECT", "QCODE_CODER"):
            patch.delenv(name, raising=False)
        for line in (("init", "tiga", "--coder", "sari"),
                     ("import", str(shipped("projects") / "three-villages")),
                     ("guide", "find", "--take"), ("export", "project", "--to", "out"),
                     *(("codings", "list", *asked, "--save", name)
                       for name, asked in ASKED.items())):  # fmt: skip
            assert CliRunner().invoke(qcode, line).exit_code == 0, line
        yield Place(folder)


class Recount:
    """What is chosen, letter by letter, from the plain files alone."""

    def __init__(self, place: Place, options: tuple[str, ...]) -> None:
        self.place, given = place, dict(zip(options[::2], options[1::2], strict=True))
        self.all = [(one["document"], int(one["start"]), int(one["end"]), one["code"], one["coder"])
                    for one in place.rows("codings.csv")]  # fmt: skip
        self.flags = place.rows("flags.csv")
        self.speakers = place.rows("speakers.csv")
        kept = {one["name"] for one in place.rows("documents.csv")
                if one["kind"] == given.get("--kind", one["kind"])}  # fmt: skip
        other, flag = given["--and"], given.get("--flag", "").replace("-", " ")
        meets = self._same_turn if given["--within"] == "turn" else self._same_document
        self.chosen = [
            one for one in self.all
            if _of(one, given["--code"]) and one[0] in kept and (not flag or self._flagged(one, flag))
            and any(_of(also, other) and also[4] == one[4] and meets(one, also)
                    for also in self.all if also[0] == one[0])
        ]  # fmt: skip

    def _flagged(self, one: Span, kind: str) -> bool:
        return any(
            flag["kind"] == kind and flag["document"] == one[0]
            and int(flag["start"]) < one[2] and one[1] < int(flag["end"])
            for flag in self.flags
        )  # fmt: skip

    def _same_document(self, one: Span, also: Span) -> bool:
        return one[0] == also[0]

    def _same_turn(self, one: Span, also: Span) -> bool:
        """Tell whether two codings have a letter in one turn; no passage of these is cut in two."""
        return any(
            all(self._said(one[0], self.letters([each]) & turn) for each in (one, also))
            for _label, turn in self.turns(one[0])
        )

    def _said(self, document: str, letters: set[int]) -> bool:
        text = self.place.text(document)
        return any(not text[at].isspace() for at in letters)

    def letters(self, some: list[Span]) -> set[int]:
        """Return the letters of codings of one document that may be used."""
        found = {at for _document, start, end, *_rest in some for at in range(start, end)}
        for flag in self.flags:
            if flag["kind"] == "not to be used" and flag["document"] == some[0][0]:
                found -= set(range(int(flag["start"]), int(flag["end"])))
        return found

    def turns(self, document: str) -> Iterator[tuple[str, set[int]]]:
        """Yield label and letters of the turns."""
        labels = [one["label"] for one in self.speakers if one["document"] == document]
        text = self.place.text(document)
        heads = list(re.finditer(rf"^({'|'.join(map(re.escape, labels))}):", text, re.MULTILINE))
        ends = [*(head.start() for head in heads[1:]), len(text)]
        for head, end in zip(heads, ends, strict=True):
            yield head[1], set(range(head.end(), end))

    def mine(self, coder: str = "sari") -> list[Span]:
        return [one for one in self.chosen if one[4] == coder]

    def passages(self, *, rolled: str = "") -> int:
        """Return the passages of each code by itself, or of one with all below it, united."""
        groups: dict[tuple[str, str], list[Span]] = {}
        for one in self.mine():
            groups.setdefault((one[0], rolled or one[3]), []).append(one)
        return sum(
            sum(at - 1 not in own for at in own) for own in map(self.letters, groups.values())
        )

    def informants(self) -> set[str]:
        """Return whose words stand in a chosen passage."""
        cases = {(one["document"], one["label"]): one["case"] for one in self.speakers
                 if one["kind"] == "participant"}  # fmt: skip
        return {
            cases[one[0], label] for one in self.mine() for label, turn in self.turns(one[0])
            if (one[0], label) in cases and self._said(one[0], self.letters([one]) & turn)
        }  # fmt: skip


def _of(one: Span, code: str) -> bool:
    return one[3] == code or one[3].startswith(f"{code}/")


@pytest.fixture(scope="module", params=list(ASKED))
def recount(request: pytest.FixtureRequest, place: Place) -> tuple[str, Recount]:
    found = Recount(place, ASKED[request.param])
    assert len(found.mine()) > 4
    return request.param, found


def table(place: Place, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(place.run(*words, "--format", "json").stdout)["rows"]
    return rows


def addressed(rows: list[dict[str, Any]]) -> list[Span]:
    return sorted((one["address"].partition(":")[0], one["start"], one["end"], one["code"],
                   one["coder"]) for one in rows)  # fmt: skip


def whole(place: Place, words: tuple[str, ...]) -> int:
    result = place.run("excerpts", *words, "--format", "csv")
    withheld = re.search(r"(\d+) passages? withheld", result.stderr)
    return len(list(csv.DictReader(io.StringIO(result.stdout)))) + int(
        withheld[1] if withheld else 0
    )


def numbers(row: dict[str, Any], prefix: str = "") -> int:
    return sum(cell.get("k", 0) if isinstance(cell, dict) else cell for key, cell in row.items()
               if key.startswith(prefix) and not isinstance(cell, str))  # fmt: skip


COUNTS: dict[str, tuple[Callable[[Place, tuple[str, ...]], Any], Callable[[Recount], Any]]] = {
    "codings list": (lambda at, asked: addressed(table(at, "codings", "list", *asked)),
                     lambda own: sorted(own.chosen)),
    "codings list --layer": (
        lambda at, asked: addressed(table(at, "codings", "list", *asked, "--layer", "record")),
        lambda own: sorted(own.mine())),
    "codings list --coder": (
        lambda at, asked: addressed(table(at, "codings", "list", *asked, "--coder", "bima")),
        lambda own: sorted(own.mine("bima"))),
    "excerpts": (whole, lambda own: len(own.mine())),
    "freq": (lambda at, asked: (sum(row["passages"] for row in table(at, "freq", *asked)),
                                table(at, "freq", *asked)[0]["cases"]["k"]),
             lambda own: (own.passages(), len(own.informants()))),
    "matrix": (lambda at, asked: sum(map(numbers, table(at, "matrix", "--documents", "--passages",
                                                        *asked))),
               lambda own: own.passages()),
    "matrix --rolled": (
        lambda at, asked: sum(row[list(row)[2]] for row in table(
            at, "matrix", "--documents", "--passages", "--rolled", *asked)),
        lambda own: own.passages(rolled="all")),
    "compare": (lambda at, asked: numbers(table(at, "compare", "--by", "desa", *asked)[0], "group:"),
                lambda own: len(own.informants())),
    # --kind is the kind of case there.
    "attributes": (lambda at, asked: sum(row["cases"]["k"] for row in table(
                       at, "attributes", "desa", *asked[: asked.index("--kind")]
                       if "--kind" in asked else asked)),
                   lambda own: len(own.informants())),
}  # fmt: skip


@pytest.mark.parametrize("command", COUNTS)
def test_chosen_passages_are_those_of_a_plain_recount(
    place: Place, recount: tuple[str, Recount], command: str
) -> None:
    name, own = recount
    asked, wanted = COUNTS[command]
    found = asked(place, ASKED[name])
    assert found == wanted(own)
    saved = "--search", name
    assert asked(place, saved) == found


CALLS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("compare",): ("--by", "desa"), ("patterns",): ("--by", "desa"), ("guide", "answers"): ("4",),
    ("guide", "codes"): ("4",), ("narrative", "show"): ("W02", "--outline"),
    ("narrative", "outline"): ("W17",), ("member-check", "page"): ("W02",), ("find",): ("yang",),
    ("themes", "show"): ("Kader",), ("attributes",): ("desa",), ("agenda", "list"): ("--all",),
}  # fmt: skip
WRITING = {("export", "report"), ("export", "tables"), ("narrative", "outline"), ("assign",),
           ("rounds", "open")}  # fmt: skip
"""Commands that write, or that need more than options of a filter."""


def filtering() -> list[tuple[str, ...]]:
    return [leaf for leaf in (one for name, entry in COMMANDS.items()
                              for one in leaves(load(entry), (name,)))
            if leaf not in WRITING and "wanted_searches" in declared(leaf)]  # fmt: skip


def declared(leaf: tuple[str, ...]) -> set[str]:
    command: click.Command = load(COMMANDS[leaf[0]])
    for name in leaf[1:]:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return {str(one.name) for one in command.params}


@pytest.mark.parametrize("leaf", filtering(), ids=" ".join)
def test_a_saved_search_means_its_options_on_every_command_or_is_refused(
    place: Place, leaf: tuple[str, ...]
) -> None:
    call = (*leaf, *CALLS.get(leaf, ()))
    everything = place.run(*call)
    saved = place.run(*call, "@met", code=None)
    if saved.exit_code:
        assert saved.exit_code == 1
        assert not saved.stdout
        assert saved.stderr.startswith("Error: ")
        return
    typed = place.run(*call, *ASKED["met"])
    assert "wanted_also" in declared(leaf)
    # The heading of find says what was looked for.
    assert typed.stdout.splitlines()[1:] == saved.stdout.splitlines()[1:]
    assert typed.stdout != everything.stdout


def test_what_an_option_means_nothing_to_is_refused_with_a_sentence(place: Place) -> None:
    for words, told in (
        (("framework", "@met"), "rest on all passages"),
        (("indicators", "@met"), "told of cases"),
        (("guide", "coverage", "@met"), "whole interviews"),
        (("guide", "show", "@met"), "whole interviews"),
        (("narrative", "@met"), "put into it"),
        (("narrative", "W02", "@met"), "add --outline"),
        (("narrative", "W02", "--outline", "--case", "W03"), "others than W02"),
        (("member-check", "W02", "@met", "--text", "takterucap"), "nothing to bring back"),
        (("codings", "list", "@met", "--retired"), "retired codings are chosen by"),
    ):
        result = place.run(*words, code=1)
        assert told in result.stderr
        assert not result.stdout
    assert place.run("codings", "@met").stdout == place.run("codings", "list", "@met").stdout
    assert table(place, "indicators", "--where", "desa=A", "--total")
    assert place.run("freq", "--question", "4").stdout == place.run("guide", "codes", "4").stdout


def test_a_story_begins_with_chosen_passages(place: Place) -> None:
    asked = ("--code", "penghambat", "--flag", "key-quotation")
    shown = place.run("narrative", "W17", "--outline", "--format", "txt", *asked)
    place.run("narrative", "outline", "W17", *asked)
    written = place.run("narrative", "W17", "--format", "txt").stdout
    body = written.partition("penghambat")[2]
    assert body
    assert shown.stdout.partition("penghambat")[2] == body
    assert "kapasitas digital" not in written
    place.run("undo")


def test_whole_documents_and_cases_are_chosen_as_a_plain_recount_chooses_them(
    place: Place,
) -> None:
    known = {one["name"] for one in place.rows("cases.csv")
             if 40 <= float(one["usia"] or 0) < 60 and one["desa"] == "B"}  # fmt: skip
    spoken = {one["document"] for one in place.rows("speakers.csv") if one["case"] in known}
    others = {one["document"] for one in place.rows("speakers.csv")} - spoken
    asked = ("--where", "usia>=40", "--where", "usia<60", "--where", "desa=B")
    assert len(known) > 1
    for command in ("cases", "member-check"):
        assert {str(row.get("name") or row.get("case")) for row in table(place, command, *asked)
                } == known  # fmt: skip
    for words in (("documents",), ("progress",), ("guide", "find", "--least", "30")):
        found = {row["document"] for row in table(place, *words, *asked)}
        assert found == spoken if words[0] != "guide" else found <= spoken
        assert found
        assert {row["document"] for row in table(place, *words)} & others
    share = place.run("progress", *asked).stderr + place.run("progress", *asked).stdout
    assert f"of {len(spoken)} documents finished" in share


def test_memos_are_chosen_by_what_they_are_on(place: Place) -> None:
    older = {one["name"] for one in place.rows("cases.csv") if float(one["usia"] or 0) >= 60}
    theirs = {one["document"] for one in place.rows("speakers.csv") if one["case"] in older}
    wanted: dict[tuple[str, ...], list[str]] = {
        ("--where", "usia>=60"): [], ("--document", "W02"): [], ("--code", "pendukung"): [],
        ("--code", "pendukung", "--document", "W02"): [],
    }  # fmt: skip
    by_people, by_text, by_code, both = wanted.values()
    for one in place.rows("memos.csv"):
        noun, name = one["about kind"], one["about name"]
        by_people += [one["text"]] * (name in (older if noun == "case" else theirs))
        by_text += [one["text"]] * (noun == "document" and name == "W02")
        by_code += [one["text"]] * (noun == "code" and name.startswith("pendukung"))
    for one in place.rows("codings.csv"):
        noted = [one["memo"]] * bool(one["memo"])
        below = one["code"].startswith("pendukung")
        by_people += noted * (one["document"] in theirs)
        by_text += noted * (one["document"] == "W02")
        by_code += noted * below
        both += noted * (below and one["document"] == "W02")
    for words, texts in wanted.items():
        found = [row["text"] for row in table(place, "memos", *words)]
        assert sorted(found) == sorted(" ".join(text.split()) for text in texts), words
        assert found
    refused = place.run("memos", "@met", code=1).stderr
    assert "--and, --within cannot be asked for here" in refused
