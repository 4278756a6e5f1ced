"""What the page for a participant says, in both languages, by key.

It is read by, or to, somebody who never saw the program, in the language of the interviews, so it
stands here as data and not in a catalogue. Short sentences, no terms of research.
"""

from __future__ import annotations

from collections.abc import Mapping

Lines = tuple[str, ...]

INDONESIAN: Mapping[str, Lines] = {
    "title": ("Yang kami pahami dari cerita Bapak/Ibu",),
    "opening": (
        "Terima kasih Bapak/Ibu sudah mau bercerita kepada kami.",
        "Di bawah ini kata-kata Bapak/Ibu sendiri yang ingin kami pakai dalam penelitian.",
        "Mohon dibaca. Beri tanda pada jawaban yang cocok, dan tulis yang perlu diperbaiki.",
        "Tidak ada jawaban yang salah. Bapak/Ibu boleh menolak tanpa memberi alasan.",
    ),
    "opening aloud": (
        "Terima kasih sudah mau bercerita kepada kami.",
        "Saya akan membacakan kata-kata Bapak/Ibu sendiri.",
        "Sesudah tiap bagian saya bertanya.",
        "Tidak ada jawaban yang salah.",
        "Bapak/Ibu boleh menolak tanpa memberi alasan.",
    ),
    "findings": ("Yang kami pahami",),
    "findings aloud": ("Ini yang kami pahami.",),
    "points": ("Kata-kata Bapak/Ibu",),
    "points aloud": ("Sekarang kata-kata Bapak/Ibu.",),
    "number": ("Nomor {n}",),
    "codes": ("Kami mencatatnya sebagai: {codes}",),
    "choices": ("Benar, boleh dipakai", "Perlu diperbaiki", "Jangan dipakai", "Saya tarik kembali"),
    "room": ("Kata Bapak/Ibu:",),
    "question": (
        "Apakah benar begitu?",
        "Ada yang perlu diperbaiki?",
        "Boleh kami pakai, atau jangan?",
    ),
    "agree": ("Jawaban Bapak/Ibu dahulu: benar, boleh dipakai.",),
    "correct": ("Perbaikan dari Bapak/Ibu dahulu: {text}",),
    "closing": (
        "Bapak/Ibu boleh menarik semua yang pernah dikatakan, kapan saja.",
        "Nama Bapak/Ibu tidak kami tulis.",
    ),
    "signing": ("Tanggal", "Dibacakan oleh (bila dibacakan)"),
}
ENGLISH: Mapping[str, Lines] = {
    "title": ("What we understood from what you told us",),
    "opening": (
        "Thank you for talking with us.",
        "Below are your own words that we would like to use in the study.",
        "Please read them. Tick the answer that fits, and write down whatever should be put right.",
        "No answer is wrong. You may refuse without saying why.",
    ),
    "opening aloud": (
        "Thank you for talking with us.",
        "I will read out your own words.",
        "After each part I ask you something.",
        "No answer is wrong.",
        "You may refuse without saying why.",
    ),
    "findings": ("What we understood",),
    "findings aloud": ("This is what we understood.",),
    "points": ("Your own words",),
    "points aloud": ("Now your own words.",),
    "number": ("Number {n}",),
    "codes": ("We noted this as: {codes}",),
    "choices": ("Right, you may use it", "To be put right", "Do not use it", "I take it back"),
    "room": ("What you say:",),
    "question": ("Is that right?", "Should anything be put right?", "May we use it, or not?"),
    "agree": ("What you answered before: right, you may use it.",),
    "correct": ("What you put right before: {text}",),
    "closing": (
        "You may take back everything you said, at any time.",
        "We do not write down your name.",
    ),
    "signing": ("Date", "Read out by (if it was read out)"),
}
WORDING: Mapping[str, Mapping[str, Lines]] = {"en": ENGLISH, "id": INDONESIAN}
