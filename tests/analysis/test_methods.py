"""A section on methods says what is recorded, and nothing else, in both languages."""

from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest

from qcode.analysis.methods.telling import paragraphs, title
from qcode.analysis.methods.wording import ENGLISH, INDONESIAN
from qcode.model.methods import LANGUAGES, Draw, Facts, Figures, Held, Resolved
from qcode.model.project import APPROACHES

FIGURES = Figures(0.741, 0.66, 0.82, 0.66, 2, 5, 7, 1)
CLOSED = Held("satu", "reliability", "2026-03-05", "2026-03-19", 8, 2, FIGURES)
FULL = Facts(
    "0.1", "codebook", {"interview": 24, "observation": 1}, 24, {"sari": 20, "bima": 8}, ("wati",), 20,
    40, (("2026-02-01", 3), ("2026-02-09", 7)), double=8, calibration=2,
    draws=(Draw("20%", "village", 7),), blind=8, rounds=(CLOSED,),
    resolved=Resolved(30, 0, 20, 10, 4, 1),
)  # fmt: skip


def told(facts: Facts, language: str = "en") -> str:
    return "\n".join(paragraphs(facts, language))


# What must be said of FULL, and what changes so that it may not be.
SAID = [
    ("24 interviews and one observation note", {"documents": {}}),
    ("24 informants took part", {"informants": 0}),
    ("2 coders coded 20 of 25 documents (sari 20, bima 8)", {"coded": 0}),
    ("wati supervised", {"supervisors": ()}),
    ("on 2 days after coding began, first on 1 February 2026, when 3 of 20", {"changes": ()}),
    ("8 of 20 coded documents (40 %) were coded by two", {"double": 0}),
    ("at random within village (share or number asked for: 20%; seed 7)", {"draws": ()}),
    ("coded these documents independently: the program hid", {"blind": 0}),
    ("2 further documents served to learn", {"calibration": 0}),
    ("from 5 March 2026 to 19 March 2026", {"rounds": (replace(CLOSED, closed=""),)}),
    ("Krippendorff's alpha", {"rounds": (replace(CLOSED, figures=None),)}),
    (("In round satu it was 0.74 (95 % interval 0.66 to 0.82, documents drawn again 1000 times, "
     "seed 1); on characters it was 0.66."), {"rounds": (replace(CLOSED, kind="calibration"),)}),
    ("2 of 5 codes with an alpha were below .667",
     {"rounds": (replace(CLOSED, figures=replace(FIGURES, alpha=None)),)}),
    ("2 further codes have no alpha",
     {"rounds": (replace(CLOSED, figures=replace(FIGURES, codes=5)),)}),
    ("[Reason for the choice of measure and unit.]", {"rounds": ()}),
    ("All 30 disagreements were resolved", {"resolved": Resolved(30, 1, 20, 9)}),
    ("20 were settled with two or more", {"resolved": Resolved(30, 30)}),
    ("10 were settled by one person", {"resolved": Resolved(30, 0, 30)}),
    ("4 were settled by rules", {"resolved": Resolved(30, 0, 30)}),
    ("One dissent is recorded", {"resolved": Resolved(30, 0, 30)}),
    ("[How disagreements were discussed.]", {"resolved": Resolved(30, 30)}),
    ("qcode 0.1.", {"program": "0.2"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "otherwise"), SAID)
def test_a_sentence_stands_only_while_what_it_says_holds(
    sentence: str, otherwise: dict[str, object]
) -> None:
    assert sentence in told(FULL)
    assert sentence not in told(replace(FULL, **otherwise))  # type: ignore[arg-type]


INSTEAD = [
    ({"coded": 0}, "No document has been coded yet"),
    ({"changes": ()}, "It was not changed after coding began"),
    ({"changes": (), "brought": True}, "Whether it was changed after coding began is not recorded"),
    ({"changes": (), "older": 3, "newer": 62},
     "3 of 20 coded documents were not looked through for 62 of the codes"),
    ({"rounds": (replace(CLOSED, opened=""),)}, "2 coders, 8 documents) was held [when]."),
    ({"changes": (("2026-02-01", 3),)}, "on one day after coding began (1 February 2026)"),
    ({"double": 0, "resolved": None}, "No document was coded by more than one coder"),
    ({"draws": (Draw("5", "", 3),)}, "were drawn at random (share or number asked for: 5; seed 3)"),
    ({"draws": ()}, "[How the documents to be coded twice were chosen.]"),
    ({"blind": 0}, "Whether coders saw each other's codings is not recorded"),
    ({"blind": 3}, "3 of these 8 documents were coded independently; of the others it is not"),
    ({"blind": 0, "apart": 8}, "each in a copy of the project"),
    ({"blind": 3, "apart": 5}, "in copies of their own or while the program hid"),
    ({"rounds": (replace(CLOSED, closed="", figures=None),)}, "is not closed"),
    ({"rounds": (replace(CLOSED, closed="2026-03-05"),)}, "opened and closed on 5 March 2026"),
    ({"rounds": ()}, "No round of reliability was closed"),
    ({"rounds": (replace(CLOSED, figures=replace(FIGURES, alpha=None)),)},
     "In round satu no alpha could be computed"),
    ({"rounds": (replace(CLOSED, figures=replace(FIGURES, low=None, characters=None)),)},
     "0.74 (too few documents for an interval)."),
    ({"resolved": Resolved(30, 12, 18)}, "18 of 30 disagreements were resolved; 12 are open"),
    ({"resolved": Resolved(30, 30)}, "None of the 30 disagreements has been resolved"),
    ({"resolved": Resolved(0, 0)}, "The codings as they stand hold no disagreement"),
]  # fmt: skip


@pytest.mark.parametrize(("otherwise", "sentence"), INSTEAD)
def test_where_it_does_not_hold_the_true_thing_is_said(
    otherwise: dict[str, object], sentence: str
) -> None:
    assert sentence in told(replace(FULL, **otherwise))  # type: ignore[arg-type]
    assert sentence not in told(FULL)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reflexive_project_names_no_coefficient_and_develops_themes(language: str) -> None:
    said = told(replace(FULL, approach="reflexive"), language)
    for word in ("alpha", "kappa", ".667", "0,667", "independen", "disagreement",
                 "ketidaksepakatan"):  # fmt: skip
        assert word not in said
    assert {"en": "Themes were developed", "id": "Tema dikembangkan"}[language] in said
    assert {"en": "companions in reading", "id": "teman membaca"}[language] in said
    alone = told(replace(FULL, approach="reflexive", double=0), language)
    assert {"en": "companion", "id": "teman membaca"}[language] not in alone


@pytest.mark.parametrize("approach", APPROACHES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_approach_is_told_in_both_languages(approach: str, language: str) -> None:
    said = told(replace(FULL, approach=approach), language)
    assert "{" not in said
    assert said.count("[") == said.count("]") > 2
    assert title(language) not in said
    if approach != "reflexive":
        assert {"en": "0.74", "id": "0,74"}[language] in said
        assert {"en": "19 March 2026", "id": "19 Maret 2026"}[language] in said


def test_both_languages_say_the_same_things() -> None:
    assert ENGLISH.keys() == INDONESIAN.keys()
    for key, english in ENGLISH.items():
        indonesian = INDONESIAN[key]
        fields = [
            {name for form in ([forms] if isinstance(forms, str) else forms)
             for _text, name, _spec, _conversion in string.Formatter().parse(form) if name}
            for forms in (english, indonesian)
        ]  # fmt: skip
        assert fields[0] - {"n"} == fields[1] - {"n"}, key
        blanks = [len(re.findall(r"\[", str(forms if isinstance(forms, str) else forms[-1])))
                  for forms in (english, indonesian)]  # fmt: skip
        assert blanks[0] == blanks[1], key
