"""ZIP containers from outside are looked at before anything is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from qcode.errors import BadInput
from qcode.formats import archive


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members:
            file.writestr(name, data)
    return buffer.getvalue()


def test_a_plain_container_opens_and_gives_its_members() -> None:
    opened = archive.guarded(packed(("word/document.xml", b"<a/>"), ("b/", b"")), "a.docx")
    assert archive.member(opened, "word/document.xml") == b"<a/>"


@pytest.mark.parametrize(
    "data",
    [b"", b"PK", b"plain text", packed(("a", b"1" * 500))[:-30]],
    ids=["empty", "two letters", "text", "cut off"],
)
def test_what_is_no_container_is_refused_with_its_file(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"^a\.docx: "):
        archive.guarded(data, "a.docx")


@pytest.mark.parametrize(
    "name", ["../evil", "a/../../evil", "/etc/passwd", "a\\b", "..\\evil", "C:/evil", "C:evil"]
)
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    with pytest.raises(BadInput, match="leads out"):
        archive.guarded(packed((info, b"x")), "a.docx")


def test_a_name_cut_by_a_nul_is_refused() -> None:
    data = packed(("a.xmlQ.exe", b"x")).replace(b"a.xmlQ.exe", b"a.xml\0.exe")
    with pytest.raises(BadInput, match="leads out"):
        archive.guarded(data, "a.docx")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BadInput, match="200 times"):
        archive.guarded(packed(("a", b"\0" * 5_000_000)), "a.docx")


def test_a_small_member_may_be_packed_tight() -> None:
    opened = archive.guarded(packed(("a", b"\0" * 500_000)), "a.docx")
    assert len(archive.member(opened, "a")) == 500_000


def test_limits_of_number_and_size_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(("a", b"12345"), ("b", b"12345"))
    for limit, value in (("MAX_MEMBERS", 1), ("MAX_MEMBER", 4), ("MAX_TOTAL", 9)):
        with monkeypatch.context() as patch:
            patch.setattr(archive, limit, value)
            with pytest.raises(BadInput, match=r"a\.docx: .*more than"):
                archive.guarded(data, "a.docx")


def test_a_table_of_contents_too_long_is_refused_before_it_is_read() -> None:
    with pytest.raises(BadInput, match="more than 10000 members"):
        archive.guarded(b"PK\x01\x02" * 100_001, "a.docx")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_doubled_encrypted_linked_and_oddly_packed_members_are_refused() -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    odd = zipfile.ZipInfo("odd")
    odd.compress_type = zipfile.ZIP_LZMA
    locked = bytearray(packed(("a", b"x")))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    cases = {
        "one name": packed(("a", b"1"), ("a", b"2")),
        "symbolic link": packed((link, b"/etc/passwd")),
        "unusual": packed((odd, b"x")),
        "password": bytes(locked),
    }
    for reason, data in cases.items():
        with pytest.raises(BadInput, match=reason):
            archive.guarded(data, "a.docx")


def test_members_that_share_their_bytes_are_refused() -> None:
    data = bytearray(packed(("a", bytes(range(200)))))
    at = data.index(b"PK\x01\x02")
    data[at + 20 : at + 24] = (100_000).to_bytes(4, "little")
    with pytest.raises(BadInput, match="overlap"):
        archive.guarded(bytes(data), "a.docx")


def test_a_member_is_read_up_to_its_limit_and_no_further() -> None:
    opened = archive.guarded(packed(("a", b"12345")), "a.docx")
    assert archive.member(opened, "a", 5) == b"12345"
    with pytest.raises(BadInput, match="larger than 4 bytes"):
        archive.member(opened, "a", 4)
    with pytest.raises(BadInput, match="lacks its part “b”"):
        archive.member(opened, "b")


def test_a_member_whose_bytes_were_changed_is_refused() -> None:
    data = bytearray(packed(("a", bytes(range(256)))))
    data[60] ^= 0xFF
    with pytest.raises(BadInput, match="damaged"):
        archive.member(archive.guarded(bytes(data), "a.docx"), "a")
