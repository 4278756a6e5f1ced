"""One listing of excerpts, and the lines that every medium for people says about each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qcode.formats.bidi import isolated
from qcode.language import _
from qcode.model.excerpt import Excerpt, Group
from qcode.model.quotation import Translation


@dataclass(frozen=True, slots=True)
class Listing:
    """Excerpts with title and notes; ``groups`` is None where nobody asked for any."""

    excerpts: Sequence[Excerpt]
    title: str
    notes: Sequence[str] = ()
    groups: Sequence[Group] | None = None
    notice: str = ""
    language: str = ""

    def headed(self) -> Sequence[Group]:
        """Return the groups that were asked for, else one a code."""
        if self.groups is not None:
            return self.groups
        by_code: dict[str, list[Excerpt]] = {}
        for excerpt in self.excerpts:
            by_code.setdefault(excerpt.code, []).append(excerpt)
        return [Group(code, tuple(some)) for code, some in by_code.items()]

    def rows(self) -> Iterator[tuple[str, Excerpt]]:
        """Yield excerpts with their heading, which is empty where there are no groups."""
        if self.groups is None:
            yield from (("", excerpt) for excerpt in self.excerpts)
        else:
            for group in self.groups:
                yield from ((group.title, excerpt) for excerpt in group.excerpts)

    @property
    def numbered(self) -> bool:
        """Tell whether the excerpts have numbers."""
        return any(one.number for one in self.excerpts)

    def said_of_numbers(self) -> tuple[str, ...]:
        """Return what a reader of numbers should know."""
        if not self.numbered:
            return ()
        return (
            _("Numbers are those of this list, and the same in every format. When more is coded "
              "they change; the address, such as W07:15.2, stays."),
        )  # fmt: skip


def cited(one: Excerpt) -> tuple[str, ...]:
    """Return the parts of the line under a quotation."""
    address = "" if one.address in one.reference else one.address
    return tuple(part for part in (one.reference, address, one.notice) if part)


def remarks(one: Excerpt) -> Iterator[str]:
    """Yield the lines that follow: role, places of use, memo."""
    if one.role:
        yield _("Key quotation: {role}").format(role=role_named(one.role))
    if one.used:
        yield _("Used in: {places}").format(places="; ".join(map(isolated, one.used)))
    if one.memo:
        yield _("Memo: {text}").format(text=one.memo)


def role_named(role: str) -> str:
    """Return a role as a person reads it."""
    names = {
        "typical": _("typical"), "contrasting": _("contrasting"), "striking": _("striking"),
        "explaining": _("explaining"),
    }  # fmt: skip
    return names.get(role, role)


def translated(one: Translation) -> str:
    """Return the line under a translation: language, translator, who checked it."""
    parts = [_("translation ({language})").format(language=one.language)]
    if one.by:
        parts.append(_("by {name}").format(name=isolated(one.by)))
    parts.append(
        _("checked by {name}").format(name=isolated(one.checked))
        if one.checked else _("not checked")
    )  # fmt: skip
    return ", ".join(parts)
