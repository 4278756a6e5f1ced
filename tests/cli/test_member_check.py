"""Bringing words back to a participant, and the interview guide, by command."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_page_is_made_answered_and_taken_back(study: Run, here: Path) -> None:
    study("cases", "add", "Ani")
    study("cases", "link", "W01", "Ani")
    study("apply", "W01", "32", "60", "belajar")
    assert "0 of 1 participant was asked" in study("member-check").output
    shown = study("member-check", "Ani", "--language", "en").stdout
    assert "Number 1" in shown
    assert "Siapa yang mengajari" not in shown
    study("member-check", "answer", "Ani", "1", "agree", code=1)
    study("member-check", "Ani", "-o", "ani.md")
    assert "Do not use it" in (here / "ani.md").read_text(encoding="utf-8")
    assert "exists" not in study("member-check", "Ani", "--read-aloud", "-o", "ani.txt").stderr
    study("quotations", "use", "W01:2.1", "Bab 4.3")
    told = study("member-check", "answer", "Ani", "1", "do-not", "--how", "phone").stderr
    assert "take it out of: Bab 4.3 (W01:2)" in told
    assert "no table counts them" in told
    assert "withheld: not to be used 1" in study("member-check", "Ani", code=1).stderr
    assert "[withheld: not to be used]" in study("codings", "list").stdout
    study("codings", "mark", "W01", "32", "60", "not-to-be-used", "--remove", code=1)
    study("undo")
    assert "diajari" in study("codings", "list").stdout
    assert "--yes" in study("member-check", "withdraw", "Ani", code=1).stderr
    taken = study("member-check", "withdraw", "Ani", "--yes").stderr
    assert "take it out of: Bab 4.3 (W01:2)" in taken
    assert "took back everything" in study("member-check", "Ani", code=1).stderr
    assert "took everything back" in study("member-check").stdout
    study("undo")
    study("cases", "consent", "Ani", "--checking", "no")
    assert "did not want" in study("member-check", "Ani", code=1).stderr


def test_an_answer_that_takes_the_place_of_another_says_so(study: Run, here: Path) -> None:
    study("cases", "add", "Ani")
    study("cases", "link", "W01", "Ani")
    study("apply", "W01", "32", "60", "belajar")
    assert "that -o FILE writes" in study("member-check", "Ani").stderr
    assert "-o FILE" not in study("member-check", "Ani", "-o", "ani.md").stderr
    answered = ("member-check", "answer", "Ani", "1")
    assert "Before" not in study(*answered, "do-not").stderr
    assert "Before" not in study(*answered, "do-not", "--how", "phone").stderr
    told = study(*answered, "agree").stderr
    assert "Before, he had answered: do not use" in told
    assert "“not to be used” that obeyed it is taken away" in told
    told = study(*answered, "correct", "--text", "Bukan begitu.").stderr
    assert "Before, he had answered: agrees" in told
    assert "taken away" not in told


def test_a_guide_is_brought_in_marked_and_read(study: Run, here: Path) -> None:
    (here / "guide.toml").write_text(
        '[[question]]\nnumber = 1\ntext = "Siapa yang mengajari Ibu?"\n', encoding="utf-8"
    )
    study("guide", "answers", "1", code=1)
    assert "1 question imported" in study("guide", "import", "guide.toml").stderr
    study("cases", "add", "Ani")
    study("cases", "link", "W01", "Ani")
    assert "100" in study("guide", "find").stdout
    assert "2 turns marked" in study("guide", "find", "--take").stderr
    assert "Dulu takut" in study("guide", "answers", "1").stdout
    study("guide", "unmark", "W02", "1")
    study("guide", "mark", "W02", "1", "1")
    assert "1 of 1" in study("guide", "show").stdout
    study("guide", "export", "-o", "lagi.toml")
    assert "1 was there already" in study("guide", "import", "lagi.toml").stderr
    study("guide", "retire", "1")
    study("guide", "coverage")
