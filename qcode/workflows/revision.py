"""The codebook looked through for what may need a change, with names instead of ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from qcode.analysis import revision
from qcode.analysis.revision import ALIKE_FROM, TOGETHER_FROM, Coded, Finding, Revision
from qcode.language import _, counted
from qcode.model.codebook import UNSORTED, Codebook
from qcode.model.filter import Filter
from qcode.model.identity import derived
from qcode.model.span import Span, without
from qcode.model.table import Blank, Cell, Column, Table
from qcode.store import codebook, coders, codings, documents, memos
from qcode.store.project import Reader
from qcode.store.settings import get_local


def kinds() -> Mapping[str, str]:
    """Return what each kind of finding is called, in the order in which they are listed."""
    names = {
        revision.UNSORTED: _("waits to be sorted"),
        revision.ALIKE: _("named nearly the same"),
        revision.TOGETHER: _("always on the same passages"),
        revision.UNDEFINED: _("without definition"),
        revision.ONCE: _("used once"),
        revision.NEVER: _("never used"),
        revision.ONE_CODER: _("used by one coder only"),
        revision.RETIRED: _("retired, with codings"),
    }
    return {kind: names[kind] for kind in revision.KINDS}


def found(connection: Reader) -> tuple[Codebook, tuple[Finding, ...]]:
    """Return the codebook and what may need a change in it."""
    book = codebook.read(connection)
    number = len(documents.listed(connection))
    waiting = _waiting(connection, book)
    return book, Revision(book, _coded(connection, book), number, waiting).findings()


def _waiting(connection: Reader, book: Codebook) -> str:
    """Return the code under which new ones wait, or nothing."""
    id = derived(get_local(connection, "project"), "code", UNSORTED)
    if id in book.codes:
        return book.end(id)
    named = (code for code in book.children() if code.name.casefold() == UNSORTED)
    return next((code.id for code in named if book.offered(code)), "")


def _coded(connection: Reader, book: Codebook) -> Iterator[Coded]:
    """Yield the places of everyone's codings, without what is not to be used."""
    holes = memos.unusable(connection)
    everyone = tuple(one.id for one in coders.listed(connection))
    for document, some in groupby(
        codings.listed(connection, Filter(coders=everyone), book), key=lambda one: one.document
    ):
        for one in some:
            if one.fit == "lost":
                continue
            span = Span(one.start, one.end)
            for piece in without([span], holes[document]) if document in holes else (span,):
                yield Coded(document, one.coder, book.end(one.code), piece)


def revision_table(connection: Reader, only: str = "") -> Table:
    """Return what may need a change in the codebook; ``only`` keeps one kind."""
    book, findings = found(connection)
    names, titles = coders.names(connection), kinds()
    columns = (
        Column("finding", _("finding")),
        Column("code", _("code")),
        Column("other", _("other code")),
        Column("passages", _("used"), _("passages"), numeric=True),
        Column("documents", _("in"), _("documents"), numeric=True),
        Column("overlap", _("overlap the other's"), _("passages"), numeric=True),
        Column("back", _("the other's overlap"), _("passages"), numeric=True),
        Column("likeness", _("likeness"), _("of 100"), numeric=True),
        Column("coder", _("coder")),
        Column("shared", _("in those of several coders"), _("documents"), numeric=True),
    )
    rows = tuple(
        (
            titles[one.kind], book.path(one.codes[0]),
            book.path(one.codes[1]) if len(one.codes) > 1 else "",
            one.passages, one.documents, _or_blank(one.overlap), _or_blank(one.back),
            _or_blank(one.likeness), names.get(one.coder, ""), _or_blank(one.shared),
        )
        for one in findings
        if only in ("", one.kind)
    )  # fmt: skip
    return Table(_("Codebook review"), columns, rows, tuple(notes(findings, only)))


def _or_blank(cell: Cell | None) -> Cell:
    return Blank("-", _("not asked of this kind of finding")) if cell is None else cell


def notes(findings: Iterable[Finding], only: str = "") -> Iterator[str]:
    """Yield the rules of the kinds that are shown."""
    shown = {one.kind for one in findings if only in ("", one.kind)}
    if not shown:
        yield _("Nothing of this kind was found.") if only else _("Nothing was found.")
    yield _("A passage is what codings of one code cover without a gap, whoever made them.")
    if revision.ALIKE in shown:
        yield _("Named nearly the same: names, labels or aliases that are at least {least} of 100 "
                "alike.").format(least=f"{ALIKE_FROM:.0f}")  # fmt: skip
    if revision.TOGETHER in shown:
        yield _("Always on the same passages: every passage of a code, of at least {least}, "
                "overlaps one of the other code by the same coder; passages are counted for each "
                "coder.").format(least=TOGETHER_FROM)  # fmt: skip
    if revision.ONE_CODER in shown:
        yield _("Used by one coder only: in the documents that more than one coder coded.")


def told(finding: Finding, names: Mapping[str, str]) -> str:
    """Return the numbers of a finding in words; ``names`` are those of the coders."""
    if finding.overlap is not None and finding.back is not None:
        return _("{k} of {n} passages overlap; the other way {back_k} of {back_n}").format(
            k=finding.overlap.k, n=finding.overlap.n, back_k=finding.back.k, back_n=finding.back.n
        )
    if finding.likeness is not None:
        one, other = finding.names
        return _("{likeness} of 100: “{one}”, “{other}”").format(
            likeness=f"{finding.likeness:.0f}", one=one, other=other
        )
    if finding.shared is not None:
        return _("{coder}, in {k} of {n} documents of several coders").format(
            coder=names.get(finding.coder, "?"), k=finding.shared.k, n=finding.shared.n
        )
    return _("{passages} in {k} of {n} documents").format(
        passages=counted("{n} passage", "{n} passages", finding.passages),
        k=finding.documents.k, n=finding.documents.n,
    )  # fmt: skip
