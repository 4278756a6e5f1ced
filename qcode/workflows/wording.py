"""A filter in words, as a person reads what was chosen."""

from __future__ import annotations

from collections.abc import Iterator

from qcode.language import _, counted
from qcode.model.bound import Bound
from qcode.model.filter import (
    CASE,
    DOCUMENT,
    FUZZY,
    LITERAL,
    OVERLAP,
    PASSAGE,
    RECORD,
    REGEX,
    STEM,
    TURN,
    WORD,
    Filter,
)
from qcode.workflows.asking import related

_SIGNS = {">=": "≥", "<=": "≤"}


def in_words(asked: Filter) -> str:
    """Return what a filter of names means, as a sentence without a full stop."""
    passages = (
        _("passages of {codes}").format(codes=_any(asked.codes)) if asked.codes else _("passages")
    )
    meant = " ".join((passages, *_related_in_words(asked)))
    limits = list(_limits_in_words(asked))
    if limits and not related(asked):
        meant = f"{meant} {limits.pop(0)}"
    return ", ".join((meant, *limits))


def _any(names: tuple[str, ...]) -> str:
    return _(" or ").join(f"“{name}”" for name in names)


def _related_in_words(asked: Filter) -> Iterator[str]:
    if not related(asked):
        return
    names = {
        PASSAGE: _("on the very same words"), OVERLAP: _("on overlapping words"),
        TURN: _("in the same turn"), DOCUMENT: _("in the same document"),
        CASE: _("in the same case"),
    }  # fmt: skip
    near = asked.near
    where = names[asked.within] if near is None else counted(
        "with at most {n} word between", "with at most {n} words between", near)  # fmt: skip
    if asked.also:
        codes = _(" and ").join(f"“{name}”" for name in asked.also)
        yield _("that also have {codes} {where}").format(codes=codes, where=where)
    if asked.without:
        codes = _any(asked.without)
        yield (_("and not {codes} {where}") if asked.also else _("without {codes} {where}")).format(
            codes=codes, where=where
        )


def _limits_in_words(asked: Filter) -> Iterator[str]:
    if asked.text:
        ways = {
            LITERAL: _("with the words {text}"), WORD: _("with the whole words {text}"),
            REGEX: _("that fit the pattern {text}"),
            FUZZY: _("with the words {text}, also misspelt"),
            STEM: _("with the words {text} or others of their stem"),
        }  # fmt: skip
        yield ways[asked.match].format(text=f"“{asked.text}”")
    if asked.memo:
        yield _("with “{memo}” in a memo").format(memo=asked.memo)
    if asked.flags:
        yield _("flagged {flags}").format(flags=_any(asked.flags))
    yield from _people_in_words(asked)
    for told, some in (
        (_("in {names}"), asked.documents), (_("in documents of the kind {names}"), asked.kinds),
        (_("by {names}"), asked.coders), (_("in what was saved as {names}"), asked.searches),
    ):  # fmt: skip
        if some:
            yield told.format(names=_any(some))
    if asked.layer != RECORD:
        yield _("the codings of {layer}").format(layer=asked.layer)


def _people_in_words(asked: Filter) -> Iterator[str]:
    if asked.cases:
        yield _("of {names}").format(names=_any(asked.cases))
    by_attribute: dict[str, list[str | Bound]] = {}
    for name, value in asked.where:
        by_attribute.setdefault(name, []).append(value)
    for name, values in by_attribute.items():
        bounds = (f"{_SIGNS.get(one.sign, one.sign)} {one.value}"
                  for one in values if isinstance(one, Bound))  # fmt: skip
        alternatives = _any(tuple(one for one in values if isinstance(one, str)))
        meant = _(" and ").join(filter(None, (alternatives, *bounds)))
        yield _("of cases whose {attribute} is {values}").format(attribute=name, values=meant)
