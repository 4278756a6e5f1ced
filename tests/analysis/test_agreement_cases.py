"""The worked cases beside the project: published values, and values of independent programs."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from qcode.analysis.agreement import matching, nominal, presence, sets, unitizing
from qcode.analysis.agreement.figure import Figure
from qcode.analysis.agreement.marking import Marking, added, bits, counts, joined
from qcode.analysis.agreement.scales import Scale, on_units
from qcode.analysis.disagreement import confusion, disagreements

Case = dict[str, Any]


@pytest.fixture(scope="module")
def cases(shared: Path) -> list[Case]:
    file = shared / "agreement" / "cases.json"
    found = json.loads(file.read_text(encoding="utf-8"))["cases"]
    return [case for case in found if not case.get("optional")]


def of_kind(cases: list[Case], *kinds: str) -> list[Case]:
    found = [case for case in cases if case["kind"] in kinds]
    assert found
    return found


def holds(figure: Figure | float | None, expected: float | None, what: str) -> None:
    value = figure.value if isinstance(figure, Figure) else figure
    if isinstance(figure, Figure) and value is None:
        assert figure.why, what
    if expected is None or value is None:
        assert value is expected, what
    else:
        assert value == pytest.approx(expected, abs=1e-9), what


def markings(case: Case, *, code: str = "") -> list[Marking]:
    """Return the documents of a case; segments without a code are of ``code``."""
    found = []
    for number, document in enumerate(case["input"]["documents"]):
        marks: dict[str, dict[str, list[tuple[int, int]]]] = {}
        for who, segments in document["coders"].items():
            for start, end, *given in segments:
                own = marks.setdefault(given[0] if given else code, {})
                own.setdefault(who, []).append((start, end))
        united = {name: {who: joined(some) for who, some in own.items()}
                  for name, own in marks.items()}  # fmt: skip
        found.append(Marking(str(number), document["length"], tuple(document["coders"]), united))
    return found


def everyone(case: Case) -> list[str]:
    return sorted({who for one in case["input"]["documents"] for who in one["coders"]})


def test_published_matrices_of_categories_hold(cases: list[Case]) -> None:
    for case in of_kind(cases, "nominal_matrix"):
        units, q = case["input"]["units"], case["input"]["categories"]
        seen = sorted({value for unit in units for value in unit if value is not None})
        names = [*seen, *range(q - len(seen))]
        rows = [(1, [unit.count(name) for name in names]) for unit in units]
        pairs = {
            f"{i},{j}": nominal.cohen(
                Counter((u[i], u[j]) for u in units if None not in (u[i], u[j]))
            )
            for i, j in combinations(range(len(units[0])), 2)
        }
        figures = {
            "pa": nominal.percent(rows), "alpha_nominal": nominal.alpha(rows),
            "fleiss": nominal.fleiss(rows, singles=True),
            "gwet_ac1": nominal.ac1(rows, singles=True),
            "brennan_prediger": nominal.brennan_prediger(rows),
            "cohen": pairs["0,1"], "scott": nominal.fleiss(rows),
        }  # fmt: skip
        for key, expected in case["expected"].items():
            if key == "pairwise_cohen":
                for pair, value in expected.items():
                    holds(pairs[pair], value, f"{case['id']} {pair}")
            elif key == "fleiss_per_category":
                for name, value in expected.items():
                    own = [
                        (1, (6 - unit.count(int(name)), unit.count(int(name)))) for unit in units
                    ]
                    holds(nominal.fleiss(own), value, f"{case['id']} {name}")
            else:
                holds(figures[key], expected, f"{case['id']} {key}")


def test_one_code_on_characters_holds(cases: list[Case]) -> None:
    for case in of_kind(cases, "char_binary", "char_binary_degenerate"):
        bit = bits("AB")
        found = added(counts(one, ["c"], bit) for one in markings(case, code="c"))
        rows = presence.ratings(found)
        table = presence.crossed(found, 1, 2)
        figures: dict[str, Figure | float] = {
            "both": table.both, "only_A": table.first, "only_B": table.second,
            "neither": table.neither, "pa": nominal.percent(rows),
            "cohen": presence.cohen(found, 1, 2), "scott": nominal.fleiss(rows),
            "alpha": presence.alpha(presence.coincidence(found)),
            "gwet_ac1": nominal.ac1(rows), "brennan_prediger": nominal.brennan_prediger(rows),
            "dice": presence.dice(found), "jaccard": presence.jaccard(found),
        }  # fmt: skip
        for key, expected in case["expected"].items():
            holds(figures[key], expected, f"{case['id']} {key}")
        alpha = nominal.alpha(rows)
        holds(figures["alpha"], alpha.value, f"{case['id']} both ways to alpha")


def test_corpora_with_missing_coders_hold(cases: list[Case]) -> None:
    for case in of_kind(cases, "corpus_char"):
        documents, coders = markings(case), everyone(case)
        bit, codes = bits(coders), case["input"]["codes"]
        by_code = {code: added(counts(one, [code], bit) for one in documents) for code in codes}
        for code, found in by_code.items():
            expected, rows = case["expected"][code], presence.ratings(found)
            figures = {
                "pa": nominal.percent(rows),
                "alpha": presence.alpha(presence.coincidence(found)),
                "fleiss": nominal.fleiss(rows, singles=True),
                "gwet_ac1": nominal.ac1(rows, singles=True),
                "positive_agreement": presence.dice(found),
            }
            for key, figure in figures.items():
                holds(figure, expected[key], f"{case['id']} {code} {key}")
            for pair, values in expected["pairs"].items():
                first, second = (bit[who] for who in pair.split("|"))
                table = presence.crossed(found, first, second)
                assert [
                    values[key] for key in ("both", "only_first", "only_second", "neither")
                ] == [*table]
                holds(presence.cohen(found, first, second), values["cohen"], pair)
                holds(presence.dice(presence.between(found, first, second)), values["dice"], pair)
        overall = case["expected"]["_overall"]
        pooled = presence.pooled(presence.coincidence(one) for one in by_code.values())
        holds(pooled, overall["pooled_alpha"], case["id"])
        values = sets.given(documents, codes, coders)
        for name, distance in (
            ("masi", sets.masi), ("jaccard", sets.jaccard), ("nominal", sets.nominal)
        ):  # fmt: skip
            holds(sets.alpha(values, distance), overall[f"alpha_set_{name}"], name)


def test_sets_of_labels_hold(cases: list[Case]) -> None:
    (matrix,) = of_kind(cases, "set_matrix")
    values: Counter[sets.Given] = Counter(
        tuple(frozenset(one) for one in unit) for unit in matrix["input"]["units"]
    )
    holds(sets.alpha(values), matrix["expected"]["masi2006"], "masi")
    holds(sets.alpha(values, sets.jaccard), matrix["expected"]["jaccard"], "jaccard")
    holds(sets.alpha(values, sets.nominal), matrix["expected"]["nominal"], "nominal")
    (distances,) = of_kind(cases, "set_distance")
    for number, (one, other) in enumerate(distances["input"]["pairs"]):
        for name, distance in (("masi2006", sets.masi), ("jaccard", sets.jaccard)):
            expected = distances["expected"][name][number]
            holds(distance(frozenset(one), frozenset(other)), expected, name)


def test_the_unitizing_family_of_2016_holds(cases: list[Case]) -> None:
    for case in of_kind(cases, "u_alpha_2016"):
        found = unitizing.continua(
            (one["length"], one["coders"]) for one in case["input"]["documents"]
        )
        expected = case["expected"]
        holds(found.alpha(), expected["u"], "u")
        holds(found.relevance(), expected["bar_u"], "|u")
        holds(found.coding(), expected["cu"], "cu")
        holds(found.coverage(), expected["cu_coverage"], "coverage")
        for value, of in expected["ku"].items():
            alpha, coverage = found.coding_of(value)
            holds(alpha, of["alpha"], value)
            holds(coverage, of["coverage"], value)


def test_the_unitizing_family_holds_on_sets_of_labels(cases: list[Case]) -> None:
    for case in of_kind(cases, "u_alpha_2016_label_sets"):
        (document,) = markings(case)
        found = unitizing.continua([(document.length, {
            who: unitizing.runs({code: own.get(who, []) for code, own in document.marks.items()})
            for who in document.coders
        })])  # fmt: skip
        expected = case["expected"]
        holds(found.alpha(), expected["u"], "u")
        holds(found.relevance(), expected["bar_u"], "|u")
        holds(found.coding(), expected["cu_nominal"], "cu")
        holds(found.coding(sets.masi), expected["cu_masi"], "cu masi")
        short = found.coding(sets.masi, sets.expected_distance)
        holds(short, expected["cu_masi"], "cu masi, by what sets share")


@pytest.mark.parametrize("rule", ["any", "half"])
def test_presence_in_turns_holds(cases: list[Case], rule: str) -> None:
    for case in of_kind(cases, "unit_presence"):
        bit, documents = bits(case["input"]["coder_order"]), markings(case)
        scales = [Scale([(0, one["length"])], one["units"]) for one in case["input"]["documents"]]
        placed = [on_units(one, scale, half=rule == "half")
                  for one, scale in zip(documents, scales, strict=True)]  # fmt: skip
        for code, expected in case["expected"][rule].items():
            found = added(counts(one, [code], bit) for one in placed)
            rows = Counter((row[0] + 2 * row[1]) for row in expected["rows"])
            assert {mask: weight for (_looked, mask), weight in found.items()} == rows
            ratings = presence.ratings(found)
            holds(nominal.alpha(ratings), expected["alpha"], code)
            holds(nominal.ac1(ratings), expected["gwet_ac1"], code)
            holds(nominal.percent(ratings), expected["pa"], code)
            holds(presence.cohen(found, 1, 2), expected["cohen"]["A|B"], code)


def test_codes_taken_together_with_those_below_hold(cases: list[Case]) -> None:
    for case in of_kind(cases, "hierarchy_rollup"):
        documents, bit, parent = markings(case), bits("AB"), case["input"]["parent"]
        for code, expected in case["expected"].items():
            family = [code]
            for one in family:
                family += [child for child, above in parent.items() if above == one]
            together = added(counts(one, family, bit) for one in documents)
            own = added(counts(one, [code], bit) for one in documents)
            rolled = presence.alpha(presence.coincidence(together))
            holds(rolled, expected["rolled_up"], code)
            holds(presence.alpha(presence.coincidence(own)), expected["own"], code)
            holds(nominal.percent(presence.ratings(together)), expected["pa"], code)


def test_kinds_of_disagreement_hold(cases: list[Case]) -> None:
    for case in of_kind(cases, "disagreement_list"):
        first, second = case["input"]["coder_a"], case["input"]["coder_b"]
        documents, expected = markings(case), case["expected"]
        (document,) = documents
        items = disagreements(document, first, second, lambda _one, _other: False)
        kinds = Counter(f"missed_by_{one.by.lower()}" if one.by else one.kind for one in items)
        assert kinds == Counter(expected["counts"])
        listed = [[f"missed_by_{one.by.lower()}" if one.by else one.kind,
                   [*one.first[0], one.code] if one.first else None,
                   [*one.second[0], one.other] if one.second else None] for one in items]  # fmt: skip
        for kind, ours, theirs, _overlap in expected.get("items", ()):
            assert [kind, ours, theirs] in listed
        crossed = {f"{one or '-'}>{other or '-'}": width
                   for (one, other), width in confusion(documents, first, second).items()}  # fmt: skip
        assert crossed == expected.get("confusion", crossed)
        for key, overlap in (("f1_iou50", 0.5), ("f1_iou90", 0.9), ("f1_any", 0.0)):
            figure = matching.f1(
                matching.matched(own.get(first, ()), own.get(second, ()), overlap)
                for own in document.marks.values()
            )
            holds(figure, expected.get(key, figure.value), f"{case['id']} {key}")
