"""The sentences of a section on methods in both languages, by key; two forms where number matters.

They go into a paper in a language that need not be the one the program speaks, so they stand here
as data and not in a catalogue. What stands in [brackets] the author fills in.
"""

from __future__ import annotations

from collections.abc import Mapping

Forms = str | tuple[str, str]
"""One form, or that for one and that for many."""

ENGLISH: Mapping[str, Forms] = {
    "and": "and",
    "title": "Methods: how the material was coded",
    "interview": ("one interview", "{n} interviews"),
    "focus group": ("one focus group", "{n} focus groups"),
    "observation": ("one observation note", "{n} observation notes"),
    "document": ("one further document", "{n} further documents"),
    "material": "The material comprised {kinds}.",
    "informants": ("One informant took part.", "{n} informants took part."),
    "sampling": "[How documents and informants were chosen.]",
    "codebook": "Coding followed a codebook approach [reason for the choice of approach].",
    "reliability": "Coding followed a coding reliability approach [reason for the choice of "
    "approach].",
    "framework": "Coding followed a framework approach [reason for the choice of approach].",
    "content": "The material was coded by qualitative content analysis [reason for the choice of "
    "approach].",
    "reflexive": "The material was analysed by reflexive thematic analysis [reason for the choice "
    "of approach].",
    "themes": "Themes were developed from the codes [how themes were developed and reviewed].",
    "companion": (
        (
            "A second coder read and coded one document as a companion in reading; no "
            "coefficient of agreement was computed, since the aim was not consensus [what "
            "the second reading added]."
        ),
        (
            "Second coders read and coded {n} documents as companions in reading; no "
            "coefficient of agreement was computed, since the aim was not consensus [what "
            "the second reading added]."
        ),
    ),
    "uncoded": "No document has been coded yet.",
    "coder": (
        "One coder ({names}) coded {k} of {all} documents [training and position of the coder].",
        "{n} coders coded {k} of {all} documents ({each}) [training and position of the coders].",
    ),
    "supervisor": ("{names} supervised the coding.", "{names} supervised the coding."),
    "codes": (
        "The codebook has one code [where codes come from].",
        "The codebook has {n} codes [where codes come from].",
    ),
    "unchanged": "It was not changed after coding began.",
    "brought": "Whether it was changed after coding began is not recorded.",
    "older": (
        (
            "{k} of {all} coded documents were not looked through for one code in its present meaning "
            "[what was changed and why]."
        ),
        (
            "{k} of {all} coded documents were not looked through for {n} of the codes in their present "
            "meaning [what was changed and why]."
        ),
    ),
    "changed": (
        (
            "It was changed on one day after coding began ({first}), when {k} of {all} "
            "documents had been begun [what was changed and why]."
        ),
        (
            "It was changed on {n} days after coding began, first on {first}, when {k} of {all} "
            "documents had been begun, and last on {last}, when {m} had [what was changed and "
            "why]."
        ),
    ),
    "double": (
        "One of {all} coded documents ({share} %) was coded by two or more coders.",
        "{n} of {all} coded documents ({share} %) were coded by two or more coders.",
    ),
    "single": "No document was coded by more than one coder.",
    "drawn": "Documents for this were drawn at random (share or number asked for: {share}; seed "
    "{seed}).",
    "drawn strata": "Documents for this were drawn at random within {strata} (share or number "
    "asked for: {share}; seed {seed}).",
    "chosen": "[How the documents to be coded twice were chosen.]",
    "calibrated": (
        "One further document served to learn the codebook together and is in no figure.",
        "{n} further documents served to learn the codebook together and are in no figure.",
    ),
    "blind": "The coders coded these documents independently: the program hid each one's codings "
    "from the others while the round was open.",
    "apart": "The coders coded these documents independently, each in a copy of the project; the "
    "copies were put together afterwards.",
    "independent": "The coders coded these documents independently, in copies of their own or "
    "while the program hid each one's codings from the others.",
    "partly": (
        (
            "One of these {all} documents was coded independently; of the others it is not "
            "recorded whether coders saw each other's codings."
        ),
        (
            "{n} of these {all} documents were coded independently; of the others it is not "
            "recorded whether coders saw each other's codings."
        ),
    ),
    "unrecorded": "Whether coders saw each other's codings is not recorded.",
    "calibration": "calibration",
    "reliability round": "reliability",
    "drift": "drift",
    "again": "the same coder again",
    "round": "Round {name} ({kind}; {coders} coders, {documents} documents) was held from {opened} "
    "to {closed}.",
    "round day": "Round {name} ({kind}; {coders} coders, {documents} documents) was opened and closed "
    "on {opened}.",
    "round undated": "Round {name} ({kind}; {coders} coders, {documents} documents) was held [when].",
    "round open": "Round {name} ({kind}; {coders} coders, {documents} documents) was opened on "
    "{opened} and is not closed.",
    "measure": "Agreement is Krippendorff's alpha: a code given or not, per participant's turn; pooled "
    "over codes as 1 - sum of observed / sum of expected disagreement.",
    "figure": "In round {name} it was {alpha}",
    "interval": " (95 % interval {low} to {high}, documents drawn again 1000 times, seed {seed})",
    "no interval": " (too few documents for an interval)",
    "on characters": "; on characters it was {characters}",
    "below": "{below} of {defined} codes with an alpha were below .667.",
    "undefined codes": ("One further code has no alpha.", "{n} further codes have no alpha."),
    "no alpha": "In round {name} no alpha could be computed.",
    "why alpha": "[Reason for the choice of measure and unit.]",
    "no figure": "No round of reliability was closed, so no frozen figures of agreement exist "
    "[figures of agreement, if any are reported, and why].",
    "all resolved": ("The one disagreement was resolved.", "All {n} disagreements were resolved."),
    "some resolved": "{k} of {n} disagreements were resolved; {open} are open.",
    "none resolved": (
        "The one disagreement has not been resolved.",
        "None of the {n} disagreements has been resolved.",
    ),
    "no disagreement": "The codings as they stand hold no disagreement.",
    "together": (
        "One was settled with two or more taking part.",
        "{n} were settled with two or more taking part.",
    ),
    "alone": ("One was settled by one person.", "{n} were settled by one person."),
    "by rule": (
        "One was settled by a rule stated for the code.",
        "{n} were settled by rules stated for codes.",
    ),
    "dissents": ("One dissent is recorded.", "{n} dissents are recorded."),
    "how": "[How disagreements were discussed.]",
    "program": "Coding and figures were made with qcode {program}.",
}

INDONESIAN: Mapping[str, Forms] = {
    "and": "dan",
    "title": "Metode: cara bahan dikodekan",
    "interview": "{n} wawancara",
    "focus group": "{n} diskusi kelompok terarah",
    "observation": "{n} catatan observasi",
    "document": "{n} dokumen lain",
    "material": "Bahan penelitian terdiri atas {kinds}.",
    "informants": "Sebanyak {n} informan terlibat.",
    "sampling": "[Cara dokumen dan informan dipilih.]",
    "codebook": "Pengodean mengikuti pendekatan buku kode [alasan memilih pendekatan].",
    "reliability": "Pengodean mengikuti pendekatan reliabilitas pengodean [alasan memilih "
    "pendekatan].",
    "framework": "Pengodean mengikuti pendekatan kerangka kerja (framework) [alasan memilih "
    "pendekatan].",
    "content": "Bahan dikodekan dengan analisis isi kualitatif [alasan memilih pendekatan].",
    "reflexive": "Bahan dianalisis dengan analisis tematik refleksif [alasan memilih pendekatan].",
    "themes": "Tema dikembangkan dari kode-kode [cara tema dikembangkan dan ditinjau].",
    "companion": "Pengode kedua membaca dan mengodekan {n} dokumen sebagai teman membaca; koefisien "
    "kesepakatan tidak dihitung karena tujuannya bukan konsensus [apa yang "
    "ditambahkan oleh pembacaan kedua].",
    "uncoded": "Belum ada dokumen yang dikodekan.",
    "coder": (
        (
            "Seorang pengode ({names}) mengodekan {k} dari {all} dokumen [pelatihan dan posisi "
            "pengode]."
        ),
        (
            "Sebanyak {n} pengode mengodekan {k} dari {all} dokumen ({each}) [pelatihan dan posisi "
            "pengode]."
        ),
    ),
    "supervisor": "Pengodean disupervisi oleh {names}.",
    "codes": "Buku kode memuat {n} kode [asal kode].",
    "unchanged": "Buku kode tidak diubah setelah pengodean dimulai.",
    "brought": "Apakah buku kode diubah setelah pengodean dimulai tidak tercatat.",
    "older": "Sebanyak {k} dari {all} dokumen yang dikodekan belum dibaca untuk {n} kode dalam "
    "arti kode yang sekarang [apa yang diubah dan mengapa].",
    "changed": (
        (
            "Buku kode diubah pada satu hari setelah pengodean dimulai ({first}), ketika {k} "
            "dari {all} dokumen sudah mulai dikodekan [apa yang diubah dan mengapa]."
        ),
        (
            "Buku kode diubah pada {n} hari setelah pengodean dimulai, pertama pada {first}, "
            "ketika {k} dari {all} dokumen sudah mulai dikodekan, dan terakhir pada {last}, "
            "ketika {m} dokumen sudah mulai dikodekan [apa yang diubah dan mengapa]."
        ),
    ),
    "double": "Sebanyak {n} dari {all} dokumen yang dikodekan ({share} %) dikodekan oleh dua "
    "pengode atau lebih.",
    "single": "Tidak ada dokumen yang dikodekan oleh lebih dari satu pengode.",
    "drawn": "Dokumen untuk itu diambil secara acak (bagian atau jumlah yang diminta: {share}; "
    "seed {seed}).",
    "drawn strata": "Dokumen untuk itu diambil secara acak menurut strata {strata} (bagian atau "
    "jumlah yang diminta: {share}; seed {seed}).",
    "chosen": "[Cara dokumen untuk pengodean ganda dipilih.]",
    "calibrated": "Sebanyak {n} dokumen lain dipakai untuk mempelajari buku kode bersama-sama dan "
    "tidak masuk ke dalam angka mana pun.",
    "blind": "Para pengode mengodekan dokumen-dokumen ini secara independen: program "
    "menyembunyikan hasil pengodean masing-masing selama putaran dibuka.",
    "apart": "Para pengode mengodekan dokumen-dokumen ini secara independen, masing-masing dalam "
    "salinan proyek sendiri; salinan-salinan itu digabungkan sesudahnya.",
    "independent": "Para pengode mengodekan dokumen-dokumen ini secara independen, dalam salinan "
    "masing-masing atau selagi program menyembunyikan hasil pengodean pengode lain.",
    "partly": "Sebanyak {n} dari {all} dokumen ini dikodekan secara independen; untuk yang lain "
    "tidak tercatat apakah pengode melihat hasil pengodean satu sama lain.",
    "unrecorded": "Tidak tercatat apakah pengode melihat hasil pengodean satu sama lain.",
    "calibration": "kalibrasi",
    "reliability round": "reliabilitas",
    "drift": "pemeriksaan pergeseran",
    "again": "pengode yang sama sekali lagi",
    "round": "Putaran {name} ({kind}; {coders} pengode, {documents} dokumen) berlangsung dari "
    "{opened} sampai {closed}.",
    "round day": "Putaran {name} ({kind}; {coders} pengode, {documents} dokumen) dibuka dan ditutup "
    "pada {opened}.",
    "round undated": "Putaran {name} ({kind}; {coders} pengode, {documents} dokumen) berlangsung "
    "[kapan].",
    "round open": "Putaran {name} ({kind}; {coders} pengode, {documents} dokumen) dibuka pada "
    "{opened} dan belum ditutup.",
    "measure": "Kesepakatan dinyatakan dengan alpha Krippendorff: kode diberikan atau tidak, per "
    "giliran bicara partisipan; digabung atas semua kode sebagai 1 - jumlah ketidaksepakatan "
    "teramati / jumlah ketidaksepakatan yang diharapkan.",
    "figure": "Pada putaran {name} nilainya {alpha}",
    "interval": " (interval 95 % dari {low} sampai {high}, dokumen diambil ulang 1000 kali, seed "
    "{seed})",
    "no interval": " (dokumen terlalu sedikit untuk interval)",
    "on characters": "; pada tingkat karakter {characters}",
    "below": "Sebanyak {below} dari {defined} kode yang memiliki alpha berada di bawah 0,667.",
    "undefined codes": "Sebanyak {n} kode lain tidak memiliki alpha.",
    "no alpha": "Pada putaran {name} alpha tidak dapat dihitung.",
    "why alpha": "[Alasan memilih ukuran dan satuan.]",
    "no figure": "Tidak ada putaran reliabilitas yang sudah ditutup sehingga tidak ada angka "
    "kesepakatan yang dibekukan [angka kesepakatan, jika dilaporkan, dan alasannya].",
    "all resolved": "Seluruh {n} ketidaksepakatan sudah diselesaikan.",
    "some resolved": "Sebanyak {k} dari {n} ketidaksepakatan sudah diselesaikan; {open} masih "
    "terbuka.",
    "none resolved": "Belum satu pun dari {n} ketidaksepakatan diselesaikan.",
    "no disagreement": "Hasil pengodean yang ada sekarang tidak memuat ketidaksepakatan.",
    "together": "Sebanyak {n} diputuskan oleh dua orang atau lebih bersama-sama.",
    "alone": "Sebanyak {n} diputuskan oleh satu orang.",
    "by rule": "Sebanyak {n} diputuskan dengan aturan yang dirumuskan untuk kode.",
    "dissents": "Sebanyak {n} pendapat berbeda tercatat.",
    "how": "[Cara ketidaksepakatan didiskusikan.]",
    "program": "Pengodean dan angka dibuat dengan qcode {program}.",
}

MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September",
           "October", "November", "December"),
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
           "Oktober", "November", "Desember"),
}  # fmt: skip
SENTENCES: Mapping[str, Mapping[str, Forms]] = {"en": ENGLISH, "id": INDONESIAN}
