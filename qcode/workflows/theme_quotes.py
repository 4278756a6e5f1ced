"""Passages of themes on their way out: only what was released, each with its reference line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qcode.analysis.releasing import told
from qcode.analysis.themes import Claims, Reach, side_named
from qcode.language import _, counted
from qcode.model.excerpt import Excerpt, Manner
from qcode.model.filter import Filter
from qcode.model.table import Blank, Cell, Column, Table
from qcode.model.theme import AGAINST, DROPPED, FOR, SIDES, Theme
from qcode.store import themes
from qcode.store.project import Reader
from qcode.workflows import blinding, theme_changes
from qcode.workflows.choosing import resolved
from qcode.workflows.excerpts import PLAIN, of_passages
from qcode.workflows.quoting import Sight, seen
from qcode.workflows.themes import Behind, Behinds, claims


@dataclass(frozen=True, slots=True)
class Quoted:
    """Excerpts, None where a passage stays inside, and the sentences that belong to them."""

    excerpts: tuple[Excerpt | None, ...]
    notes: tuple[str, ...]


def quoted(
    connection: Reader, found: Behinds, passages: Sequence[Behind], manner: Manner = PLAIN
) -> Quoted:  # fmt: skip
    """Return passages as excerpts, those that may not leave the project left out and counted."""
    free = [one.passage for one in passages if not one.reason]
    made = of_passages(connection, found.shelf, free, manner)
    ready = {
        passage.segment.coding.id: excerpt
        for passage, excerpt in zip(free, made.excerpts, strict=True)
    }
    reasons = Counter({one.coding: one.reason for one in passages if one.reason}.values())
    notes = list(made.notes)
    if reasons:
        notes.insert(
            0,
            counted("{n} passage withheld: {{reasons}}", "{n} passages withheld: {{reasons}}",
                    reasons.total()).format(reasons=told(reasons)),
        )  # fmt: skip
    return Quoted(tuple(ready.get(one.coding) for one in passages), tuple(notes))


def cited(excerpt: Excerpt) -> str:
    """Return the reference line of an excerpt with what must stand beside it."""
    return " · ".join(filter(None, (excerpt.reference, excerpt.notice)))


def quotations_table(
    connection: Reader, asked: Filter, chosen: Iterable[Theme] = (), *, every: bool = False,
    manner: Manner = PLAIN,
) -> Table:  # fmt: skip
    """Return theme, sub-theme, code, quotation and informant: what theses append.

    Of each code those passages that are flagged as key quotations, and the passages that were put
    under the theme themselves; with ``every``, all passages of its codes. ``chosen`` themes
    with those below them, else all but dropped ones.
    """
    wanted = resolved(connection, asked)
    of = claims(connection, wanted)
    found = Behinds(connection, of, wanted)
    picked = [
        (theme, side, code, behind)
        for theme in _listed(of, chosen)
        for side in SIDES
        for code, behind in _of_theme(found, theme, side, every=every)
    ]
    made = quoted(connection, found, [behind for *_of, behind in picked if behind], manner)
    excerpts = iter(made.excerpts)
    rows: list[tuple[Cell, ...]] = []
    for theme, side, code, behind in picked:
        excerpt = next(excerpts) if behind else None
        if behind and not excerpt:
            continue
        top, *below = (one.name for one in of.themes.line(theme.id))
        said: tuple[Cell, ...] = (_none_flagged(), _none_flagged())
        if excerpt:
            said = (excerpt.text, cited(excerpt))
        rows.append((top, " > ".join(below), excerpt.code if excerpt else code, *said,
                     side_named(side)))  # fmt: skip
    return Table(
        _("Themes with their codes and quotations"),
        (
            Column("theme", _("theme")), Column("subtheme", _("sub-theme")),
            Column("code", _("code")), Column("quotation", _("quotation")),
            Column("informant", _("informant")), Column("side", _("side")),
        ),
        tuple(rows),
        (*made.notes, *_said(of, every=every), *blinding.findings(connection)),
    )  # fmt: skip


def _none_flagged() -> Blank:
    return Blank("", _("no passage of this code may be quoted or is flagged as key quotation"))


def _listed(of: Claims, chosen: Iterable[Theme]) -> Iterator[Theme]:
    tops = [one.id for one in chosen]
    for theme in of.themes:
        above = {one.id for one in of.themes.line(theme.id)}
        dropped = any(one.status == DROPPED for one in of.themes.line(theme.id))
        if (tops and not above.isdisjoint(tops)) or (not tops and not dropped):
            yield theme


def _of_theme(
    found: Behinds, theme: Theme, side: str, *, every: bool
) -> Iterator[tuple[str, Behind | None]]:
    """Yield the passages of each ground of a theme itself; a code without any stands alone."""
    own = [one for one in found.claims.grounds if one.theme == theme.id and one.side == side]
    book = found.claims.layer.book
    # A passage that was put on the other side itself is quoted there alone.
    given = {one.coding for one in found.claims.grounds
             if one.theme == theme.id and one.side != side and one.coding}  # fmt: skip
    for ground in own:
        if not ground.code:
            passages = found.of(Reach(codings=frozenset({ground.coding})))
        elif ground.code in book.codes:
            passages = found.of(Reach(codes=frozenset({book.end(ground.code)})))
            passages = tuple(one for one in passages if every or found.key(one))
        else:
            continue
        new = [one for one in passages if one.coding not in given]
        given.update(one.coding for one in new)
        if ground.code and not any(not one.reason for one in new):
            yield book.path(book.end(ground.code)), None
        for one in new:
            yield "", one


def _said(of: Claims, *, every: bool) -> Iterator[str]:
    if of.layer.notice:
        yield of.layer.notice
    if not every:
        yield _("of each code the passages flagged as key quotations, and the passages that were "
                "put under a theme themselves; --all writes every passage")  # fmt: skip
    if any(one.status == DROPPED for one in of.themes):
        yield _("dropped themes are left out unless they are named")


def passages_table(
    connection: Reader, found: Behinds, passages: Sequence[Behind], title: str
) -> Table:
    """Return passages with code, words and reference line; those that stay inside are counted."""
    made = quoted(connection, found, passages)
    rows = tuple((one.code, one.text, cited(one)) for one in made.excerpts if one)
    columns = (Column("code", _("code")), Column("quotation", _("quotation")),
               Column("informant", _("informant")))  # fmt: skip
    return Table(title, columns, rows, made.notes)


def parts_of(connection: Reader, theme: Theme, asked: Filter) -> dict[str, Table]:
    """Return what a theme rests on: ``grounds``, ``informants``, ``quotations`` and ``against``."""
    from qcode.workflows.triangulation import informants_table

    wanted = resolved(connection, asked)
    of = claims(connection, wanted)
    found = Behinds(connection, of, wanted)
    for_ = [one for one in found.of(of.reach(theme.id, FOR)) if found.key(one)]
    against = found.of(of.reach(theme.id, AGAINST))
    return {
        "grounds": _grounds_table(connection, of, theme),
        "informants": informants_table(connection, of, theme),
        "quotations": passages_table(connection, found, for_, _("Key quotations")),
        "against": passages_table(connection, found, against, _("Passages against it")),
    }


def _grounds_table(connection: Reader, of: Claims, theme: Theme) -> Table:
    from qcode.analysis.frequency import share_of_cases
    from qcode.analysis.themes import notes, reach
    from qcode.store import codings
    from qcode.workflows.addresses import addresses

    shown = {one.id for one in of.themes.counted(theme.id)}
    own = [one for one in of.grounds if one.theme in shown]
    places = {one.id: one.document for one in codings.of_ids(
        connection, {one.coding for one in own if one.coding})}  # fmt: skip
    kept = [one for one in of.layer.documents if one.id in places.values()]
    typed = addresses(connection, kept)
    book = of.layer.book
    rows: list[tuple[Cell, ...]] = []
    for side in SIDES:
        for one in (one for one in own if one.side == side):
            name = typed.get(one.coding, _("a passage that is not here"))
            if one.code:
                name = book.path(book.end(one.code)) if one.code in book.codes else "?"
            single = reach([one], book)
            counts = one.code in book.codes or one.coding in of.chosen
            gone = Blank("", _("the passage is out of view, or has no place"))
            rows.append((
                side_named(side), name, of.themes[one.theme].name if one.theme != theme.id else "",
                of.passages(single) if counts else gone,
                share_of_cases(of.found(single)) if counts else gone, one.why,
            ))  # fmt: skip
    return Table(
        _("What stands for and against it"),
        (
            Column("side", _("side")), Column("ground", _("code or passage")),
            Column("subtheme", _("sub-theme")), Column("passages", _("passages"), numeric=True),
            Column("informants", _("informants"), _("of those looked through"), numeric=True),
            Column("why", _("why")),
        ),
        tuple(rows),
        (*notes(of, [theme.id]), *theme_changes.told(connection, of, theme.id),
         *blinding.findings(connection)),
    )  # fmt: skip


def described(connection: Reader, theme: Theme) -> Iterator[str]:
    """Yield the lines that say what a theme is: name, status, statement, memo."""
    from qcode.analysis.themes import status_named

    everything = themes.read(connection)
    yield f"{everything.path(theme.id)} · {status_named(theme.status)}"
    if theme.statement:
        yield theme.statement
    if theme.memo:
        yield _("memo: {text}").format(text=theme.memo)
    for one in everything.children(theme.id):
        yield _("sub-theme: {name} · {status}").format(
            name=one.name, status=status_named(one.status)
        )


def sighted(connection: Reader, found: Behinds, passages: Sequence[Behind]) -> Sight:
    """Return passages as the project sees them, also those that stay inside."""
    return Sight(seen(connection, found.shelf, [one.passage for one in passages]), 0)
