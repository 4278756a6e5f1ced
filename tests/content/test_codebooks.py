from __future__ import annotations

import itertools
import math
import re
import uuid
from collections import Counter

import pytest

from tests.content.shipped import Shipped, codebook, codes, sibling_groups

STAGES = "village-ecommerce-stages.toml"
WORKING = {"village-ecommerce.toml": (35, 45), "business-networks.toml": (35, 45), STAGES: (25, 25)}
"""How many codes a coder applies, at least and at most, by codebook."""
FILES = tuple(WORKING)
FIELDS = {
    "name", "label", "alias", "definition", "include", "exclude", "example",
    "color", "basis", "guid", "code",
}  # fmt: skip
CONFUSED = (
    ("kapasitas digital/kader digital", "pendukung/champion"),
    ("kapasitas digital/pelatihan literasi", "penghambat/literasi rendah"),
    ("pendukung/infrastruktur memadai", "penghambat/infrastruktur timpang"),
    ("kolaborasi/pemerintah desa", "pendukung/komitmen pemerintah desa"),
    ("pendukung/gotong royong", "dampak/sosial/modal sosial"),
    ("kolaborasi/pembiayaan lunak", "penghambat/sulit akses modal"),
    ("ekosistem inklusif/akses platform", "bisnis adaptif/pemasaran multikanal"),
    ("ekosistem inklusif/bagi hasil transparan", "bisnis adaptif/akuntabilitas"),
    ("dampak/sosial/partisipasi perempuan", "dampak/sosial/usaha luwes dari rumah"),
    ("kolaborasi/masyarakat sipil", "pendukung/pendampingan berkelanjutan"),
)
POINTER = re.compile(r"→ ([^→.]+?)(?= atau →|\.)")


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def working(file: str) -> list[Shipped]:
    return [code for code in codes(file).values() if code.working]


def test_a_codebook_says_what_it_is_and_under_which_licence(file: str) -> None:
    head = codebook(file)["codebook"]
    assert set(head) == {"name", "version", "language", "source", "licence", "note"}
    assert all(head.values())
    assert (head["version"], head["language"]) == ("1.0", "id")
    assert head["licence"] == "CC BY-SA 4.0"


def test_a_coder_applies_as_many_codes_as_can_be_kept_in_mind(file: str) -> None:
    least, most = WORKING[file]
    assert least <= len(working(file)) <= most


def test_every_working_code_has_definition_criteria_and_example(file: str) -> None:
    for code in working(file):
        for field in ("definition", "include", "exclude", "example"):
            assert code.text(field).strip(), (code.path, field)


def test_a_code_without_criteria_is_a_heading_or_a_detail_of_a_working_code(file: str) -> None:
    known = codes(file)
    above_working = {path for code in working(file) for path in code.ancestors}
    for code in known.values():
        below_working = any(known[path].working for path in code.ancestors)
        assert code.working + below_working + (code.path in above_working) == 1, code.path
        assert code.text("definition").strip(), code.path


def test_codes_have_known_fields_and_a_label_in_both_languages(file: str) -> None:
    for code in codes(file).values():
        assert set(code.fields) <= FIELDS, code.path
        assert set(code.fields["label"]) == {"id", "en"}, code.path
        assert all(code.fields["label"].values()), code.path


def test_a_name_is_lower_case_but_for_acronyms_and_holds_no_slash(file: str) -> None:
    for code in codes(file).values():
        name = code.text("name")
        assert name == name.strip(), code.path
        assert not re.search(r"[/,\t\n]", name), code.path
        assert all(word.islower() or word in {"SOP", "LSM"} for word in name.split()), code.path


def test_no_two_siblings_share_a_name(file: str) -> None:
    for siblings in sibling_groups(file):
        names = Counter(code.text("name").casefold() for code in siblings)
        assert max(names.values()) == 1, names


def test_a_typed_name_label_or_alias_means_one_code(file: str) -> None:
    meant: dict[str, set[str]] = {}
    for code in codes(file).values():
        typed = (code.text("name"), *code.fields["label"].values(), *code.fields.get("alias", ()))
        for word in typed:
            meant.setdefault(word.casefold(), set()).add(code.path)
    assert {word: paths for word, paths in meant.items() if len(paths) > 1} == {}


def test_every_guid_is_a_random_one_and_no_two_codes_of_any_codebook_share_it() -> None:
    guids = [code.text("guid") for file in FILES for code in codes(file).values()]
    assert len(guids) == len(set(guids))
    assert all(str(uuid.UUID(guid)) == guid and uuid.UUID(guid).version == 4 for guid in guids)


def test_every_basis_is_results_literature_or_constructed(file: str) -> None:
    study = "B" if file == "business-networks.toml" else "A"
    line = rf"{study}:\d+(-\d+)?"
    published = re.compile(rf"(results|literature) {line}( \(.+\))?(; .+)?")
    for code in codes(file).values():
        basis = code.text("basis")
        assert published.fullmatch(basis) or basis.split()[0] == "constructed", code.path


def test_what_the_studies_do_not_report_is_not_said_to_be_a_result() -> None:
    villages, networks = codes("village-ecommerce.toml"), codes("business-networks.toml")
    assert villages["dampak/politik"].text("basis").startswith("literature")
    for path, code in networks.items():
        if path.startswith(("pendukung", "penghambat")):
            assert not code.text("basis").startswith("results"), path
    inaccurate = networks["penghambat/data jaringan tidak akurat"]
    assert inaccurate.text("basis") == "literature B:168-171"


def test_five_stages_have_five_activities_each_and_say_how_long_they_take() -> None:
    known = codes(STAGES)
    stages = {path: code.fields["code"] for path, code in known.items() if not code.ancestors}
    assert [len(activities) for activities in stages.values()] == [5] * 5
    lasting = ("3-6 bulan", "6-9 bulan", "6-12 bulan", "12-24 bulan", "sesudah bulan ke-24")
    for number, (stage, months) in enumerate(zip(stages, lasting, strict=True), 1):
        label = known[stage].fields["label"]["id"]
        assert label.startswith(f"Tahap {number}: "), stage
        assert label.endswith(f"({months})"), stage


def test_each_stage_details_a_code_of_the_large_codebook() -> None:
    large = codes("village-ecommerce.toml")
    for path, code in codes(STAGES).items():
        if not code.ancestors:
            assert f"tahap/{path} dalam buku kode village-ecommerce" in code.text("definition")
            assert code.text("basis") == large[f"tahap/{path}"].text("basis")


def test_activities_rest_on_lines_within_those_of_their_stage_and_in_their_order() -> None:
    known = codes(STAGES)
    for stage in (code for code in known.values() if not code.ancestors):
        lines = [
            [
                int(line)
                for line in re.findall(r"\d+", known[f"{stage.path}/{one['name']}"].text("basis"))
            ]
            for one in stage.fields["code"]
        ]
        assert lines == sorted(lines)
        first, last = (int(line) for line in re.findall(r"\d+", stage.text("basis")))
        assert all(first <= line <= last for some in lines for line in some), stage.path


def test_the_last_two_stages_are_said_to_lie_beyond_the_observation() -> None:
    stages = [code for code in codes(STAGES).values() if not code.ancestors]
    beyond = ["Melampaui masa pengamatan" in code.text("definition") for code in stages]
    assert beyond == [False, False, False, True, True]
    assert "Tahap 4 dan 5 melampaui masa pengamatan" in codebook(STAGES)["codebook"]["note"]


def test_every_code_that_criteria_point_to_exists(file: str) -> None:
    known = codes(file)
    for code in working(file):
        told = code.text("exclude")
        pointed = [path.strip() for path in POINTER.findall(told)]
        assert len(pointed) == told.count("→") > 0, code.path
        for path in pointed:
            assert path in known or path.startswith("kode "), (code.path, path)
            assert path != code.path


@pytest.mark.parametrize(("one", "other"), CONFUSED)
def test_codes_that_coders_confuse_name_each_other_with_an_example_on_each_side(
    one: str, other: str
) -> None:
    known = codes("village-ecommerce.toml")
    for here, there in ((one, other), (other, one)):
        told = known[here].text("exclude")
        line = re.search(
            rf"→ {re.escape(there)}\. Batasnya: “[^”]+” di sini; “[^”]+” di sana", told
        )
        assert line, (here, there)


Rgb = tuple[float, float, float]
# Machado, Oliveira and Fernandes 2009, full severity, on linear light.
PROTAN = (
    (0.152286, 1.052583, -0.204868),
    (0.114503, 0.786281, 0.099216),
    (-0.003882, -0.048116, 1.051998),
)
DEUTAN = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)


def light(color: str) -> Rgb:
    """Return the linear light of a colour written #rrggbb."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return r, g, b


def luminance(color: str) -> float:
    r, g, b = light(color)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def seen(rgb: Rgb, eye: tuple[Rgb, Rgb, Rgb]) -> Rgb:
    r, g, b = (min(1.0, max(0.0, sum(a * c for a, c in zip(row, rgb, strict=True)))) for row in eye)
    return r, g, b


def lab(rgb: Rgb) -> Rgb:
    """Return CIELAB under D65."""
    r, g, b = rgb
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def test_every_colour_reads_on_white_and_on_a_dark_terminal(file: str) -> None:
    for code in codes(file).values():
        color = code.text("color")
        assert re.fullmatch(r"#[0-9a-f]{6}", color), code.path
        assert contrast(color, "#ffffff") >= 3, code.path
        assert contrast(color, "#1e1e1e") >= 3, code.path


def test_colours_of_siblings_differ_for_every_eye(file: str) -> None:
    for siblings in sibling_groups(file):
        for one, other in itertools.combinations(siblings, 2):
            here, there = light(one.text("color")), light(other.text("color"))
            assert math.dist(lab(here), lab(there)) >= 15, (one.path, other.path)
            for eye in (PROTAN, DEUTAN):
                apart = math.dist(lab(seen(here, eye)), lab(seen(there, eye)))
                assert apart >= 12, (one.path, other.path)
