from __future__ import annotations

from contextlib import closing
from pathlib import Path

from qcode.store import documents, texts
from qcode.store.documents import NewDocument
from qcode.store.opening import create
from tests.tui.harness import spoken


def test_the_label_of_a_speaker_is_kept_once_for_all_his_turns(tmp_path: Path) -> None:
    project, who = create(str(tmp_path / "t.qcode"), "T", coder="sari")
    with closing(project):
        with project.write(who, "import") as step:
            given = spoken(("INT", "Di mana?"), ("P01", "Di balai desa."), ("INT", "Baik."))
            added, _skipped = documents.add(step, [NewDocument("W01", given)])
        texts._kept.clear()
        with project.read() as connection:
            read = documents.current(connection, added["W01"]).transcript
    assert read == given
    assert read.turns[0].speaker is read.turns[2].speaker
