"""Cases or documents by codes, as numbers that a statistics program reads.

0 is what was looked for and not found. What was not looked for is no number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import repeat

from qcode.analysis.cooccurrence.pairs import Ground
from qcode.analysis.frequency import Listed, listed_codes, unlooked
from qcode.analysis.layer import Layer, said_of
from qcode.analysis.looking import Found, Presence, gaps, presence
from qcode.analysis.uniting import united_numbers
from qcode.analysis.variables import Variable, safe_names
from qcode.language import _
from qcode.model.bound import NUMBER, number
from qcode.model.case import INFORMANT, Attribute
from qcode.model.table import Blank, Cell, Column, Table
from qcode.model.tally import Numbers

CASES, DOCUMENTS = "cases", "documents"
PRESENT, PASSAGES, WORDS = "present", "passages", "words"


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows are, what is counted in them, and the attributes that follow the codes."""

    rows: str = CASES
    value: str = PRESENT
    attributes: tuple[Attribute, ...] = ()
    kind: str = INFORMANT


@dataclass(frozen=True)
class Matrix:
    """The numbers, and what the columns stand for; one variable for each column."""

    table: Table
    variables: tuple[Variable, ...]

    def names(self) -> Table:
        """Return what each column stands for as a table."""
        return Table(
            _("What the columns of the matrix stand for"),
            (Column("column", _("column")), Column("of", _("of")), Column("label", _("stands for")),
             Column("values", _("values"))),
            tuple((one.name, one.of, one.label, _values(one)) for one in self.variables),
            self.table.notes,
        )  # fmt: skip

    def emptied(self) -> Table:
        """Return the numbers with nothing in the cells that hold a sign for no value."""
        return replace(self.table, rows=tuple(
            tuple(Blank("", cell.why) if isinstance(cell, Blank) else cell for cell in row)
            for row in self.table.rows
        ))  # fmt: skip


def _values(variable: Variable) -> str:
    if variable.width:
        return _("text")
    return _("1 found, 0 looked for and not found") if variable.yes else _("number")


def matrix(
    layer: Layer, shape: Shape, chosen: Iterable[str] = (), grounds: Iterable[Ground] | None = None
) -> Matrix:
    """Return the codes of each case, or of each document.

    With ``grounds``, where codes stand, passages and words are those of a code and of the codes
    below it, united.
    """
    places = presence(layer, shape.kind)
    codes = listed_codes(layer.book, layer.standing, chosen)
    heads = _heads(layer, shape)
    listed, ids = [one.code.id for one in codes], [id for id, _head, _further in heads]
    by_code: Iterable[Sequence[Cell]]
    if shape.value == PRESENT:
        by_code = _present(places, shape, listed, ids)
    elif grounds is None:
        by_code = _numbers(layer, places, shape, listed, ids)
    else:
        by_code = united_numbers(
            layer, grounds, listed, ids, by_case=shape.rows == CASES, words=shape.value == WORDS
        )
    cells = zip(*by_code, strict=True) if listed else repeat(())
    rows = [
        (*head, *own, *further) for (_id, head, further), own in zip(heads, cells, strict=False)
    ]  # fmt: skip
    variables = _variables(layer, shape, codes, rows)
    columns = tuple(Column(one.name, one.name, numeric=not one.width) for one in variables)
    rules = _rules(shape, united=grounds is not None)
    notes = (*said_of(layer, listed), *rules, *gaps(layer, places, listed))
    titles = {
        PRESENT: _("which codes stand there"), PASSAGES: _("passages of each code"),
        WORDS: _("participants' words of each code"),
    }  # fmt: skip
    title = _("Informants") if shape.rows == CASES else _("Documents")
    return Matrix(
        Table(f"{title}: {titles[shape.value]}", columns, tuple(rows), notes), variables
    )  # fmt: skip


Head = tuple[str, tuple[Cell, ...], tuple[Cell, ...]]
"""The id of a row, what stands before its codes and behind them."""


def _heads(layer: Layer, shape: Shape) -> Sequence[Head]:
    if shape.rows == DOCUMENTS:
        return [
            (one.id, (one.name, one.kind),
             tuple(one.details.get(field.name) or _missing() for field in shape.attributes))
            for one in layer.documents
        ]  # fmt: skip
    return [
        (case.id, (case.name,),
         tuple(_given(field, case.value(field.name)) for field in shape.attributes))
        for case in layer.of_kind(shape.kind)
    ]  # fmt: skip


def _given(attribute: Attribute, value: str) -> Cell:
    """Return the value of an attribute, a number where it is one."""
    if not value:
        return _missing()
    found = number(value) if attribute.type == NUMBER and not attribute.multiple else None
    if found is None:
        return value
    return int(found) if found.is_integer() else found


def _missing() -> Blank:
    return Blank("·", _("no value"))


def _present(
    places: Presence, shape: Shape, codes: Iterable[str], ids: Sequence[str]
) -> Iterator[Sequence[Cell]]:  # fmt: skip
    """Yield for each code whether it stands, for each row."""
    nothing = unlooked()
    for code in codes:
        looked, standing = _sides(places.by_code[code], shape.rows)
        yield [int(id in standing) if id in looked else nothing for id in ids]


def _sides(found: Found, rows: str) -> tuple[frozenset[str], frozenset[str]]:
    if rows == CASES:
        return found.cases_looked, found.cases
    return found.everywhere, frozenset().union(*found.documents.values())


def _numbers(
    layer: Layer, places: Presence, shape: Shape, codes: Iterable[str], ids: Sequence[str]
) -> Iterator[Sequence[Cell]]:  # fmt: skip
    """Yield for each code its own passages or words in what was looked through, for each row."""
    nothing, words = unlooked(), shape.value == WORDS
    by_case = _by_case(layer, places) if shape.rows == CASES else {}
    of = _documents_of(layer) if shape.rows == CASES else {}
    for code in codes:
        looked = places.joint.looked.get(code, frozenset())
        if shape.rows == CASES:
            own = by_case.get(code, {})
            looked = frozenset(id for id in ids if not looked.isdisjoint(of.get(id, ())))
        else:
            own = layer.standing.get(code, {})
        yield [own.get(id, (0, 0))[words] if id in looked else nothing for id in ids]


def _by_case(layer: Layer, places: Presence) -> Mapping[str, Mapping[str, Numbers]]:
    """Return passages and words by code and case, of interviews looked through for the code."""
    spoken = {one.id for one in layer.spoken()}
    found: dict[str, dict[str, Numbers]] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    for code, case, document, _coder, passages, words in layer.tallies:
        if case and document in spoken and document in places.joint.looked.get(code, frozenset()):
            before = found[code][case]
            found[code][case] = before[0] + passages, before[1] + words
    return found


def _documents_of(layer: Layer) -> Mapping[str, set[str]]:
    """Return in which interviews a code could have been looked for, by case."""
    spoken = {one.id for one in layer.spoken()}
    found: dict[str, set[str]] = defaultdict(set)
    for part in layer.parts:
        if part.document in spoken:
            found[part.case].add(part.document)
    return found


def _variables(
    layer: Layer, shape: Shape, codes: Sequence[Listed], rows: Sequence[tuple[Cell, ...]]
) -> tuple[Variable, ...]:  # fmt: skip
    if shape.rows == DOCUMENTS:
        first = [("document", _("document")), ("kind", _("kind of document"))]
    else:
        first = [("case", _("case"))]
    labels = [
        *((name, label, shape.rows[:-1]) for name, label in first),
        *((one.code.name, layer.book.path(one.code.id), "code") for one in codes),
        *((field.name, field.name, "attribute") for field in shape.attributes),
    ]
    begun = labels[0][0]
    names = (begun, *safe_names((label[0] for label in labels[1:]), (begun,)))
    return tuple(
        _variable(name, label, of, [row[at] for row in rows], yes=shape.value == PRESENT)
        for at, (name, (_name, label, of)) in enumerate(zip(names, labels, strict=True))
    )


def _variable(name: str, label: str, of: str, cells: Iterable[Cell], *, yes: bool) -> Variable:
    """Return a variable; it holds text where one of its cells does, or none has a value."""
    values = [cell for cell in cells if not isinstance(cell, Blank)]
    if of != "code" and (not values or any(isinstance(value, str) for value in values)):
        return Variable(name, label, of, max((len(str(one).encode()) for one in values), default=1))
    whole = not any(isinstance(value, float) for value in values)
    return Variable(name, label, of, 0, whole, yes and of == "code")


def _rules(shape: Shape, *, united: bool) -> list[str]:
    own = partial((_("{what} of the code and those below it, united") if united
                   else _("{what} of the code itself, not of those below it")).format)  # fmt: skip
    rules = {
        PRESENT: _("1: the code or one below it stands there; 0: looked for and not found"),
        PASSAGES: own(what=_("passages")),
        WORDS: own(what=_("words of participants")),
    }
    said = [
        rules[shape.value],
        _("not looked for is no 0: the cell is empty in CSV and XLSX, NA in R, missing in SPSS"),
    ]
    if shape.attributes:
        said.append(_("attributes together may show who somebody is: for your analysis, not to be "
                      "handed on"))  # fmt: skip
    return said
