"""Passages and words of a code together with those of the codes below it: united, never summed.

Two passages of two codes on the same words are one passage of the code above both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from qcode.analysis.cooccurrence.pairs import Ground
from qcode.analysis.layer import Layer
from qcode.analysis.looking import Joint
from qcode.analysis.uniting import families
from qcode.model.case import INFORMANT
from qcode.model.span import Span
from qcode.model.tally import Numbers


def rolled(layer: Layer, grounds: Iterable[Ground]) -> Mapping[str, Numbers]:
    """Return the passages and words of each code that stands in what is counted, or has one below
    it that does, in what was looked through for any of them.

    The texts are read only where two codes of one family stand in one document; else the tally of
    the layer tells the numbers.
    """
    joint = Joint(layer, INFORMANT)
    looked = cache(lambda code: joint.searched(layer.book.below(code)))
    total: dict[str, Numbers] = defaultdict(lambda: (0, 0))
    for ground in grounds:
        if ground.document not in layer.counted:
            continue
        for code, (passages, words) in _of_document(layer, ground).items():
            if ground.document not in looked(code):
                continue
            before = total[code]
            total[code] = before[0] + passages, before[1] + words
    return total


def _of_document(layer: Layer, ground: Ground) -> Mapping[str, Numbers]:
    """Return the numbers of every code of one document and of those above them.

    Of what is not to be used there are none.
    """
    book = layer.book
    own: dict[str, list[Span]] = defaultdict(list)
    for start, end, given in ground.given:
        own[book.end(given)].append(Span(start, end))
    found = {}
    for code, family in families(book, own).items():
        if len(family) == 1:
            own_tally = layer.standing.get(family[0], {})
            found[code] = own_tally.get(ground.document, (0, 0))
        else:
            spans = [span for one in family for span in own[one]]
            found[code] = ground.hearing().count(spans, ground.closed).get(None, (0, 0))
    return {code: numbers for code, numbers in found.items() if numbers[0]}
