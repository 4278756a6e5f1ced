"""Quotations on their way into a write-up, with all that is needed to cite them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qcode.errors import BadInput
from qcode.formats.markdown import escaped, quoted
from qcode.formats.tabular.cells import Value, csv_bytes, xlsx_bytes
from qcode.language import _
from qcode.model.excerpt import Excerpt

_BEFORE = ("address", "code", "text", "document", "turn", "first line", "last line", "speakers",
           "cases", "coder")  # fmt: skip
_AFTER = ("memo", "reference", "notice")


@dataclass(frozen=True, slots=True)
class _Listing:
    excerpts: Sequence[Excerpt]
    title: str
    notes: Sequence[str]


def write(
    excerpts: Sequence[Excerpt], format: str, *, title: str, notes: Sequence[str] = ()
) -> bytes:
    """Return excerpts as ``csv``, ``xlsx``, ``json`` or ``markdown``, in the order given.

    Markdown groups them by code, in the order in which the codes first appear. CSV holds neither
    title nor notes. Each attribute of the cases is a column of CSV and XLSX.
    """
    if format not in FORMATS:
        raise BadInput(
            _("excerpts are written as {formats}, not “{format}”").format(
                formats=", ".join(FORMATS), format=format
            )
        )
    return FORMATS[format](_Listing(excerpts, title, notes))


def _csv(listing: _Listing) -> bytes:
    header, *rows = _sheet(listing.excerpts)
    return csv_bytes([str(name) for name in header], rows)


def _xlsx(listing: _Listing) -> bytes:
    notes: list[list[Value]] = [[note] for note in (listing.title, *listing.notes)]
    return xlsx_bytes([(_("excerpts"), _sheet(listing.excerpts)), (_("notes"), notes)])


def _sheet(excerpts: Sequence[Excerpt]) -> list[list[Value]]:
    """Return the header and one row an excerpt."""
    names = list(dict.fromkeys(name for excerpt in excerpts for name in excerpt.values))
    taken = {*_BEFORE, *_AFTER}
    # An attribute may have the name of a column, which readers of the file must tell apart.
    titles = [f"{name} (case)" if name in taken else name for name in names]
    sheet: list[list[Value]] = [[*_BEFORE, *titles, *_AFTER]]
    sheet += (_row(excerpt, names) for excerpt in excerpts)
    return sheet


def _row(one: Excerpt, names: Sequence[str]) -> list[Value]:
    return [
        one.address, one.code, one.text, one.document, one.turn, *one.lines,
        " | ".join(one.speakers), " | ".join(one.cases), one.coder,
        *(one.values.get(name, "") for name in names),
        one.memo, one.reference, one.notice,
    ]  # fmt: skip


def _json(listing: _Listing) -> bytes:
    whole = {
        "title": listing.title,
        "notes": list(listing.notes),
        "excerpts": [_plain(excerpt) for excerpt in listing.excerpts],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(excerpt: Excerpt) -> dict[str, object]:
    return {
        "address": excerpt.address,
        "code": excerpt.code,
        "text": excerpt.text,
        "document": excerpt.document,
        "turn": excerpt.turn,
        "lines": list(excerpt.lines),
        "speakers": list(excerpt.speakers),
        "cases": list(excerpt.cases),
        "coder": excerpt.coder,
        "attributes": dict(excerpt.values),
        "memo": excerpt.memo,
        "reference": excerpt.reference,
        "notice": excerpt.notice,
    }


def _markdown(listing: _Listing) -> bytes:
    by_code: dict[str, list[Excerpt]] = {}
    for excerpt in listing.excerpts:
        by_code.setdefault(excerpt.code, []).append(excerpt)
    blocks = [f"# {escaped(listing.title)}"]
    if listing.notes:
        blocks.append("\n".join(f"- {escaped(note)}" for note in listing.notes))
    for code, excerpts in by_code.items():
        blocks.append(f"## {escaped(code)}")
        for excerpt in excerpts:
            blocks += [quoted(excerpt.text), f"— {_cited(excerpt)}"]
            if excerpt.memo:
                blocks.append(escaped(_("Memo: {text}").format(text=excerpt.memo)))
    return ("\n\n".join(blocks) + "\n").encode()


def _cited(excerpt: Excerpt) -> str:
    parts = [excerpt.reference]
    if excerpt.address not in excerpt.reference:
        parts.append(excerpt.address)
    return " · ".join(escaped(part) for part in (*parts, excerpt.notice) if part)


FORMATS: Mapping[str, Callable[[_Listing], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "markdown": _markdown,
}
"""The formats of excerpts, by name."""
