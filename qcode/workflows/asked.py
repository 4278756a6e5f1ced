"""Who was asked a question of the guide, for tables of those alone."""

from __future__ import annotations

from dataclasses import replace

from qcode.errors import Refused
from qcode.language import _
from qcode.model.filter import Filter
from qcode.store import codebook
from qcode.store.project import Reader
from qcode.workflows import blinding
from qcode.workflows.guide import question_named
from qcode.workflows.replies import coverage


def of_asked(
    connection: Reader, typed: str, wanted: Filter
) -> tuple[Filter, tuple[str, ...]]:  # fmt: skip
    """Return a filter of ids narrowed to who was asked a question, and the sentence that says so.

    Of its own codes; else of those on which the question bears, or of all. Who was not asked is in
    no denominator. Without a question, the filter as it is.
    """
    if not typed:
        return wanted, ()
    question = question_named(connection, typed)
    found = coverage(connection, wanted)
    asked = tuple(one.id for one in found.informants if (question.id, one.id) in found.asked)
    if not asked and (hidden := blinding.findings(connection)):
        raise Refused(hidden[0])
    if not asked:
        raise Refused(
            _("nobody was asked question {number} as far as it is marked; “qcode guide find” "
              "looks for it").format(number=question.number)
        )  # fmt: skip
    book = codebook.read(connection)
    codes = tuple(dict.fromkeys(book.end(code) for code in question.codes if code in book.codes))
    share = found.share(question)
    note = _(
        "only who was asked question {number}: {k} of {n} whom it is put to (“{text}”)"
    ).format(number=question.number, k=share.k, n=share.n, text=question.text)
    return replace(wanted, cases=asked, where=(), codes=wanted.codes or codes), (note,)
