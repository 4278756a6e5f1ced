"""A table of codes among those who were asked a question."""

from __future__ import annotations

from dataclasses import replace

from qcode.analysis import frequency as analysis
from qcode.errors import Refused
from qcode.language import _
from qcode.model.filter import Filter
from qcode.model.table import Table
from qcode.store import codebook
from qcode.store.project import Reader
from qcode.workflows.counting import layer_of
from qcode.workflows.guide import question_named
from qcode.workflows.replies import asked_of, coverage


def codes_of_asked(connection: Reader, typed: str, wanted: Filter | None = None) -> Table:
    """Return how many of those who were asked a question speak of its codes, or of all codes.

    Who was not asked is in no denominator.
    """
    question = question_named(connection, typed)
    asked = asked_of(connection, question)
    if not asked:
        raise Refused(
            _("nobody was asked question {number} as far as it is marked; “qcode guide find” "
              "looks for it").format(number=question.number)
        )  # fmt: skip
    book = codebook.read(connection)
    codes = tuple(dict.fromkeys(book.end(code) for code in question.codes if code in book.codes))
    layer = layer_of(connection, replace(wanted or Filter(), cases=asked))
    table = analysis.frequency(layer, codes)
    share = coverage(connection).share(question)
    note = _(
        "only who was asked question {number}: {k} of {n} whom it is put to (“{text}”)"
    ).format(number=question.number, k=share.k, n=share.n, text=question.text)
    return replace(table, notes=(note, *table.notes))
