"""What a project holds, as tables: documents, coders, cases, codes, codings, memos."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from qcode.analysis.releasing import named, withheld
from qcode.language import _, counted
from qcode.model.coding import Coding
from qcode.model.document import Document, Transcript
from qcode.model.filter import Filter
from qcode.model.memo import Memo
from qcode.model.span import Span
from qcode.model.table import Cell, Column, Long, Table
from qcode.store import cases, codebook, coders, codings, documents, memos
from qcode.store.project import Reader
from qcode.system import uncollected
from qcode.workflows.addresses import addresses
from qcode.workflows.choosing import cases_of, whole_documents
from qcode.workflows.coders import role_names
from qcode.workflows.coding import Chosen
from qcode.workflows.retrieving import Page, Shelf

EVERYTHING = Filter()


def documents_table(
    connection: Reader, asked: Filter = EVERYTHING, *, retired: bool = False
) -> Table:  # fmt: skip
    """Return the documents with their turns and words, codings by coder, and who finished them.

    Those that a filter of names leaves.
    """
    why = _("documents are listed as wholes")
    some = whole_documents(connection, asked, why, retired=retired)
    everyone = coders.listed(connection)
    counts = codings.counts(connection)
    coded = [one for one in everyone if any(who == one.id for _document, who in counts)]
    finished = _finished(connection)
    columns = (
        Column("document", _("document")),
        Column("kind", _("kind")),
        Column("turns", _("turns"), numeric=True),
        Column("words", _("words"), _("said"), numeric=True),
        *(Column(f"codings.{one.name}", one.name, _("codings"), numeric=True) for one in coded),
        Column("finished", _("finished by")),
    )
    rows: list[tuple[Cell, ...]] = []
    for document in some:
        transcript = documents.current(connection, document.id).transcript
        rows.append(
            (
                document.name + (_(" (retired)") if document.retired else ""),
                document.kind,
                len(transcript.turns),
                _words_said(transcript),
                *(counts.get((document.id, one.id), 0) for one in coded),
                ", ".join(finished.get(document.id, ())),
            )
        )
    return Table(_("Documents"), columns, tuple(rows))


def _words_said(transcript: Transcript) -> int:
    return sum(transcript.words_in(turn.said, turn.end) for turn in transcript.turns)


def _finished(connection: Reader) -> Mapping[str, list[str]]:
    names = {one.id: one.name for one in coders.listed(connection)}
    found: dict[str, list[str]] = {}
    record = {one.id: one.record for one in documents.listed(connection, retired=True)}
    order = list(names)
    done = [status for status in documents.statuses(connection)
            if status.finished and status.coder in names]  # fmt: skip
    for status in sorted(
        done, key=lambda one: (one.coder != record[one.document], order.index(one.coder))
    ):
        name = names[status.coder]
        note = _("{name} (nothing to code)").format(name=name) if status.empty else name
        found.setdefault(status.document, []).append(note)
    return found


def speakers_table(connection: Reader, of: Iterable[Document]) -> Table:
    """Return who speaks under each label of some documents, and for which case."""
    names = {document.id: document.name for document in of}
    linked: dict[tuple[str, str], list[str]] = {}
    known = {case.id: case.name for case in cases.listed(connection)}
    for part in cases.participations(connection):
        if part.case in known:
            linked.setdefault((part.document, part.speaker), []).append(known[part.case])
    rows = [
        (names[one.document], one.label, one.kind, one.name,
         ", ".join(linked.get((one.document, one.id), ())))
        for one in documents.speakers(connection)
        if one.document in names
    ]  # fmt: skip
    rows += [
        (names[document], "-", "", "", ", ".join(some))
        for (document, speaker), some in linked.items()
        if not speaker and document in names
    ]
    order = list(names.values())
    titles = (_("document"), _("label"), _("kind"), _("name"), _("case"))
    columns = tuple(
        Column(key, title)
        for key, title in zip(("document", "label", "kind", "name", "case"), titles, strict=True)
    )
    return Table(
        _("Speakers"), columns, tuple(sorted(rows, key=lambda row: order.index(str(row[0])))),
        notes=_unknown([row[2] for row in rows]),
    )  # fmt: skip


def _unknown(kinds: Collection[str]) -> tuple[str, ...]:
    if "unknown" not in kinds:
        return ()
    return (_("A speaker of unknown kind is counted as a participant."),)


def coders_table(connection: Reader) -> Table:
    """Return the coders with what they are, and what they coded and finished."""
    known = {case.id: case.name for case in cases.listed(connection)}
    counts = codings.counts(connection)
    done = [status.coder for status in documents.statuses(connection) if status.finished]
    columns = (
        Column("coder", _("coder")),
        Column("role", _("role")),
        Column("knows", _("knows")),
        Column("documents", _("documents"), _("coded"), numeric=True),
        Column("codings", _("codings"), numeric=True),
        Column("finished", _("documents"), _("finished"), numeric=True),
    )
    rows = tuple(
        (
            one.name,
            _("second self") if one.of else role_names()[one.role],
            ", ".join(known[case] for case in one.knows if case in known),
            sum(who == one.id for _document, who in counts),
            sum(n for (_document, who), n in counts.items() if who == one.id),
            done.count(one.id),
        )
        for one in coders.listed(connection)
    )
    return Table(_("Coders"), columns, rows)


def cases_table(
    connection: Reader, kind: str = "", asked: Filter = EVERYTHING, *, retired: bool = False
) -> Table:  # fmt: skip
    """Return the cases with their attributes, consent and documents: those a filter leaves."""
    why = _("cases are listed whatever is said")
    some = cases_of(connection, asked, why, retired=retired)
    attributes = cases.attributes_of(connection)
    names = {document.id: document.name for document in documents.listed(connection)}
    linked: dict[str, list[str]] = {}
    for part in cases.participations(connection):
        if part.document in names:
            linked.setdefault(part.case, []).append(names[part.document])
    released = {None: "", True: _("yes"), False: _("no")}
    columns = (
        Column("kind", _("kind")),
        Column("name", _("name")),
        *(Column(one.name, one.name, numeric=one.type == "number") for one in attributes),
        Column("consent", _("quotation"), _("released")),
        Column("documents", _("documents")),
    )
    rows = tuple(
        (
            case.kind,
            case.name + (_(" (retired)") if case.retired else ""),
            *(case.value(one.name) for one in attributes),
            released[case.consent.quotation]
            + (f" ({case.consent.note})" if case.consent.note else ""),
            ", ".join(dict.fromkeys(linked.get(case.id, ()))),
        )
        for case in some
        if kind in ("", case.kind)
    )
    return Table(_("Cases"), columns, rows)


def codebook_table(connection: Reader, language: str = "", *, retired: bool = False) -> Table:
    """Return the tree of codes with labels and definitions."""
    book = codebook.read(connection)
    walked = tuple(book.walk(retired=retired))
    columns = (
        Column("code", _("code")),
        Column("label", _("label")),
        Column("definition", _("definition")),
    )
    rows = tuple(
        (
            code.name + (_(" (retired)") if code.retired else ""),
            code.label(language) if code.label(language) != code.name else "",
            code.definition,
        )
        for code, _depth in walked
    )
    return Table(_("Codebook"), columns, rows, depths=tuple(depth for _code, depth in walked))


@uncollected()
def codings_table(connection: Reader, chosen: Chosen) -> Table:
    """Return codings with their addresses and the beginning of their words, if released."""
    where = addresses(connection, chosen.documents)
    book = codebook.read(connection)
    known = coders.names(connection)
    columns = (
        Column("address", _("coding")),
        Column("code", _("code")),
        Column("coder", _("coder")),
        Column("start", _("start"), numeric=True),
        Column("end", _("end"), numeric=True),
        Column("fit", _("state")),
        Column("words", _("words")),
    )
    rows: list[tuple[Cell, ...]] = []
    shelf = Shelf(connection)
    page: Page | None = None
    for one in chosen.codings:
        if page is None or page.document.id != one.document:
            page = shelf.page(one.document)
        rows.append(
            (
                where[one.id], book.path(book.end(one.code)), known[one.coder], one.start,
                one.end, state(one), released(page, one.start, one.end),
            )
        )  # fmt: skip
    notes = [
        counted("{n} coding needs a place and is left out",
                "{n} codings need a place and are left out", chosen.lost)
    ] if chosen.lost else []  # fmt: skip
    return Table(_("Codings"), columns, tuple(rows), tuple(notes))


def released(page: Page, start: int, end: int) -> str:
    """Return some words, or why they are not shown."""
    transcript = page.hearing.transcript
    if start < end and (why := withheld(transcript, page.closed, Span(start, end))):
        return _("[withheld: {why}]").format(why=named(why))
    return shortened(transcript.text[start:end])


def state(one: Coding) -> str:
    """Return what to know about a coding: retired, on other words, without a place."""
    fits = {"changed": _("other words"), "lost": _("needs a place")}
    return _("retired") if one.retired else fits.get(one.fit, "")


def shortened(text: str) -> str:
    """Return a text in one line, of which a reader of a table sees the beginning."""
    return Long(" ".join(text.split()))


def memo_number(memo: Memo) -> str:
    """Return how a memo is typed: the last digits of its id."""
    return memo.id[-6:]


def memos_table(connection: Reader, some: Sequence[Memo] | None = None) -> Table:
    """Return all memos, or some, with what they are about."""
    known = coders.names(connection)
    found = memos.listed(connection) if some is None else some
    about = _subjects(connection, found)
    columns = (
        Column("memo", _("memo")),
        Column("about", _("about")),
        Column("coder", _("coder")),
        Column("text", _("text")),
    )
    rows = tuple(
        (memo_number(one), about(one), known[one.coder], " ".join(one.text.split()))
        for one in found
    )
    return Table(_("Memos"), columns, rows)


class _subjects:  # noqa: N801 - used as a function that remembers what it has read
    def __init__(self, connection: Reader, of: Iterable[Memo]) -> None:
        listed = documents.listed(connection, retired=True)
        noted = {id for noun, id in (memo.about for memo in of) if noun == "coding"}
        some = {one.document for one in codings.of_ids(connection, noted, all_there=True)}
        where = addresses(connection, [one for one in listed if one.id in some])
        book = codebook.read(connection)
        self.names: dict[tuple[str, str], str] = {
            **{("document", one.id): one.name for one in listed},
            **{("case", one.id): one.name for one in cases.listed(connection, retired=True)},
            **{("code", id): book.path(id) for id in book.codes},
            **{("coding", id): address for id, address in where.items()},
            **{("flag", one.id): one.id[-6:] for one in memos.flags(connection)},
        }

    def __call__(self, memo: Memo) -> str:
        noun, id = memo.about
        place = f" {memo.start}-{memo.end}" if memo.at else ""
        titles = {"document": _("document"), "case": _("case"), "code": _("code"),
                  "coding": _("coding"), "project": _("project"), "flag": _("flag")}  # fmt: skip
        return f"{titles[noun]} {self.names.get((noun, id), '')}".rstrip() + place
