"""Themes and codes by groups of sources, asked for by names; verdicts as researchers choose them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qcode.analysis import triangulation as analysis
from qcode.analysis.comparison import ROLES
from qcode.analysis.looking import KINDS
from qcode.analysis.referring import usual
from qcode.analysis.themes import Claims, notes, side_named
from qcode.analysis.triangulation import Source, Square, Subject, reach_of, source_named
from qcode.errors import BadInput, NotFound
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.naming import chosen
from qcode.model.table import Cell, Column, Table
from qcode.model.theme import DROPPED, SIDES, VERDICTS, Appraisal, Theme
from qcode.store import cases, codebook, coders, themes
from qcode.store.project import Reader, Step
from qcode.workflows import blinding
from qcode.workflows.choosing import resolved
from qcode.workflows.named import attribute_named, attribute_of
from qcode.workflows.themes import Behind, Behinds, claims, theme_named

KIND = "kind"
"""What is typed for the kind of source."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: names of themes, or of codes, as typed, and by what.

    Without a name: all themes that were not dropped.
    """

    themes: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    by: str = ""


def by_named(connection: Reader, typed: str) -> str:
    """Return the attribute that makes the groups, or nothing for the kind of source.

    ``role`` is the attribute called role or peran; nothing typed is that, or the kind of source
    where there is none.
    """
    if typed.strip().casefold() == KIND:
        return ""
    if not typed.strip():
        found = attribute_of(connection, ROLES)
        return found.name if found else ""
    return attribute_named(connection, typed).name


def subjects(connection: Reader, of: Claims, asked: Asked) -> tuple[Subject, ...]:
    """Return what is asked about; themes with those below them, in the order of their tree."""
    book = of.layer.book
    if asked.codes:
        found = [book.find(name, retired=True) for name in asked.codes]
        return tuple(Subject("code", book.end(one.id), book[book.end(one.id)].name)
                     for one in found)  # fmt: skip
    tops = {theme_named(connection, name).id for name in asked.themes}
    return tuple(
        Subject("theme", theme.id, theme.name, depth)
        for theme, depth in of.themes.walk()
        if (theme.id in tops if tops else not _dropped(of, theme))
    )


def _dropped(of: Claims, theme: Theme) -> bool:
    """Tell whether a theme, or one that it is a part of, was dropped."""
    return any(one.status == DROPPED for one in of.themes.line(theme.id))


def squares(connection: Reader, of: Claims, asked: Asked, by: str) -> tuple[Square, ...]:
    """Return every theme or code asked for with every group."""
    return analysis.squares(
        of, subjects(connection, of, asked), by, themes.appraisals(connection)
    )  # fmt: skip


def triangulation(connection: Reader, asked: Asked, within: Filter) -> Table:
    """Return what groups of sources say, contradictions first; names are as typed."""
    of = claims(connection, resolved(connection, within))
    by = by_named(connection, asked.by)
    made = squares(connection, of, asked, by)
    if not made:
        if hidden := blinding.findings(connection):
            raise NotFound(_("{why}; --code asks about a code").format(why=hidden[0]))
        raise NotFound(_("there are no themes yet; “qcode themes add” makes one, --code asks "
                         "about a code"))  # fmt: skip
    about = [one.subject for one in made]
    said = notes(of, [one.id for one in about if one.noun == "theme"],
                 [one.id for one in about if one.noun == "code"])  # fmt: skip
    said = (*said, *blinding.findings(connection))
    return analysis.triangulation_table(made, by, coders.names(connection), said)


def behind(found: Behinds, square: Square, side: str) -> tuple[Behind, ...]:
    """Return the passages behind one number."""
    of = reach_of(found.claims, square.subject, side)
    return tuple(one for one in found.of(of) if _of_source(one, square.source))


def _of_source(one: Behind, source: Source) -> bool:
    if not source.kind:
        return not one.cases.isdisjoint(source.cases)
    kind = one.passage.page.document.kind
    return KINDS.get(kind, kind) == source.kind


def passages(connection: Reader, asked: Asked, within: Filter) -> Table:
    """Return the passages behind each number, as far as they may be quoted."""
    from qcode.workflows.theme_quotes import cited, quoted

    wanted = resolved(connection, within)
    of = claims(connection, wanted)
    by = by_named(connection, asked.by)
    found = Behinds(connection, of, wanted)
    made = analysis.contradictions_first(squares(connection, of, asked, by))
    picked = [
        (square, side, one)
        for square in made for side in SIDES for one in behind(found, square, side)
    ]  # fmt: skip
    ready = quoted(connection, found, [one for *_square, one in picked])
    rows: list[tuple[Cell, ...]] = [
        (square.subject.title, source_named(square.source), side_named(side),
         analysis.verdict_named(square.verdict), excerpt.code, excerpt.text, cited(excerpt))
        for (square, side, _one), excerpt in zip(picked, ready.excerpts, strict=True) if excerpt
    ]  # fmt: skip
    titles = (("about", _("theme or code")), ("source", by or _("kind of source")),
              ("side", _("side")), ("verdict", _("verdict")), ("code", _("code")),
              ("quotation", _("quotation")), ("informant", _("informant")))  # fmt: skip
    return Table(
        _("Passages behind what sources say, by {group}").format(group=by or _("kind of source")),
        tuple(Column(key, title) for key, title in titles),
        tuple(rows),
        (*([of.layer.notice] if of.layer.notice else []), *ready.notes),
    )


def informants_table(connection: Reader, of: Claims, theme: Theme) -> Table:
    """Return who stands for and against a theme, by role, village and kind of source."""
    attributes = usual(cases.attributes_of(connection))
    subject = Subject("theme", theme.id, theme.name)
    rows: list[tuple[Cell, ...]] = []
    for by in (*reversed(attributes), ""):
        if by and not any(case.values.get(by) for case in of.layer.of_kind("informant")):
            continue
        rows += [
            (by or _("kind of source"), source_named(one.source), one.for_, one.against)
            for one in analysis.squares(of, [subject], by, ())
        ]
    return Table(
        _("Who stands for and against it"),
        (
            Column("by", _("by")), Column("group", _("group")),
            Column("for", _("for"), _("of those looked through"), numeric=True),
            Column("against", _("against"), _("of those looked through"), numeric=True),
        ),
        tuple(rows),
    )  # fmt: skip


def appraise(
    step: Step, subject: tuple[str, str], by: str, group: str, verdict: str, memo: str | None
) -> Appraisal:
    """Write a verdict on a group of sources; names are as typed.

    ``subject`` is ``theme`` or ``code`` with its name. Without a memo the earlier one stays; an
    empty verdict takes back what was said.
    """
    connection = step.connection
    noun, name = subject
    attribute = by_named(connection, by)
    known = {_typed(one): one.name for one in _sources(connection, attribute)}
    book = codebook.read(connection)
    wanted = {
        "theme": theme_named(connection, name).id if noun == "theme" else "",
        "code": "" if noun == "theme" else book.end(book.find(name, retired=True).id),
    }
    given = Appraisal("", attribute, chosen(group, known, _("group")), verdict, **wanted)
    old = analysis.appraised(themes.appraisals(connection), book, given)
    given = replace(given, memo=old[-1].memo if old and memo is None else memo or "")
    if verdict:
        themes.appraise(step, given)
    else:
        themes.withdraw(step, [one.id for one in old])
    return given


def _sources(connection: Reader, by: str) -> Sequence[Source]:
    return analysis.sources(claims(connection), by)


def _typed(source: Source) -> str:
    return source.kind or source.name


def verdict_typed(typed: str) -> str:
    """Return the verdict that was typed, or a clear beginning of it; nothing for ``none``."""
    if typed.casefold() in ("", "none"):
        return ""
    try:
        return chosen(typed.replace("-", " "), {one: one for one in VERDICTS}, _("verdict"))
    except NotFound as error:
        raise BadInput(str(error)) from error
