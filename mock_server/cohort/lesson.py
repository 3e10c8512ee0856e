"""The lesson plan of a three-hour class: what comes when, and what there is to say. Pure.

A part with a level takes its drill from that level's stories: one that its time is enough for.
"""

from collections.abc import Callable

import msgspec

from mock_server.cohort.events import Part, PartKind
from mock_server.procedure.texts import Text
from mock_server.scenario.model import Level


class LessonPart(msgspec.Struct, frozen=True, kw_only=True):
    """``minutes`` in all, in which ``sittings`` stories are worked at, one after the other."""

    topic: str
    kind: PartKind
    minutes: int
    title: Text
    talk: tuple[Text, ...]
    level: Level | None = None
    sittings: int = 1


def _t(indonesian: str, english: str) -> Text:
    return Text(id=indonesian, en=english)


LESSON: tuple[LessonPart, ...] = (
    LessonPart(
        topic="masuk",
        kind="talk",
        minutes=10,
        title=_t("Masuk dengan kode kelas", "Join by the class code"),
        talk=(
            _t("Setiap orang duduk di kursi yang nomornya ia ketik.",
               "Everybody sits at the seat whose number they type."),
            _t("Yang disimpan hanya nama, sekolah, kursi, dan langkah latihannya.",
               "Only name, school, seat and the steps of the drills are kept."),
        ),
    ),
    LessonPart(
        topic="pembukaan",
        kind="talk",
        minutes=5,
        title=_t("Pembukaan: salah itu boleh di sini", "Opening: mistakes are allowed here"),
        talk=(
            _t("Tombolnya sama, akibatnya nyata, tetapi hanya di sini.",
               "The buttons are the same and so is what follows, but only in here."),
            _t("Ada dua larangan: mengganti ID dan HAPUS setelah sinkron lengkap.",
               "There are two prohibitions: another ID, and HAPUS once the sync is complete."),
        ),
    ),
    LessonPart(
        topic="p0",
        kind="drill",
        minutes=15,
        level=Level.FIRST_TRY,
        title=_t("Tes awal, tanpa bantuan", "First try, without help"),
        talk=(
            _t("Tidak dinilai. Jangan membantu; amati langkah yang membuat kelas berhenti.",
               "Not marked. Do not help; watch which step stops the class."),
            _t("Lima belas menit cukup. Tidak harus selesai.",
               "Fifteen minutes are enough. Nobody has to finish."),
        ),
    ),
    LessonPart(
        topic="l0",
        kind="talk",
        minutes=10,
        title=_t("Contoh di layar depan", "Worked example on the wall"),
        talk=(
            _t("Putar contoh L0. Berhenti sebelum langkah 9, 14, dan 21 dan minta tebakan.",
               "Play the example L0. Stop before steps 9, 14 and 21 and ask for guesses."),
            _t("Tanyakan: tanda apa di layar yang membolehkan langkah berikutnya?",
               "Ask: which sign on the screen allows the next step?"),
        ),
    ),
    LessonPart(
        topic="l1",
        kind="drill",
        minutes=20,
        level=Level.GUIDED,
        title=_t("Dengan panduan", "Guided"),
        talk=(_t("Petunjuk boleh dibuka. Dahulukan kursi yang macet di langkah 7.",
                 "Hints may be opened. See first to the seats that are stuck at step 7."),),
    ),
    LessonPart(
        topic="l2a",
        kind="drill",
        minutes=20,
        level=Level.ALONE,
        title=_t("Mandiri", "On their own"),
        talk=(_t("Tanpa daftar langkah. Yang selesai mencatat tiga hal yang ia periksa.",
                 "No list of steps. Who is done writes down three things they checked."),),
    ),
    LessonPart(
        topic="l2b",
        kind="drill",
        minutes=15,
        level=Level.CONSEQUENCES,
        title=_t("Lihat akibatnya", "See what follows"),
        talk=(
            _t("Sekali ini boleh melanggar, dengan sengaja. Lalu lihat hari Senin.",
               "This once the rule may be broken, on purpose. Then look at Monday."),
            _t("Bicarakan lima menit: siapa yang menolong bila ini terjadi sungguhan?",
               "Talk for five minutes: who helps if this really happens?"),
        ),
    ),
    LessonPart(
        topic="istirahat",
        kind="break",
        minutes=10,
        title=_t("Istirahat", "Break"),
        talk=(),
    ),
    LessonPart(
        topic="l3",
        kind="drill",
        minutes=30,
        level=Level.ONE_TROUBLE,
        sittings=2,
        title=_t("Satu gangguan, berdua", "One trouble, in pairs"),
        talk=(_t("Satu mengerjakan, satu mengamati dengan lembar amatan. Tukar di tengah.",
                 "One works, one observes with the sheet. Swap half way."),),
    ),
    LessonPart(
        topic="l4",
        kind="drill",
        minutes=10,
        level=Level.TWO_TROUBLES,
        title=_t("Panggung: dua gangguan", "On stage: two troubles"),
        talk=(_t("Seorang sukarelawan di layar depan. Kelas menyarankan, ia yang memutuskan.",
                 "A volunteer on the wall. The class advises, the volunteer decides."),),
    ),
    LessonPart(
        topic="l5",
        kind="drill",
        minutes=25,
        level=Level.EXAM,
        title=_t("Ujian", "Exam"),
        talk=(_t("Tanpa bantuan. Prosedur tercetak boleh dibuka. Jangan membekukan kelas.",
                 "No help. The printed procedure may be used. Do not freeze the class."),),
    ),
    LessonPart(
        topic="penutup",
        kind="talk",
        minutes=10,
        title=_t("Pembahasan dan penutup", "Discussion and end"),
        talk=(
            _t("Apa yang terjadi? Mengapa masuk akal saat itu? Besok kita lakukan apa?",
               "What happened? Why did it make sense then? What do we do tomorrow?"),
            _t("Tetapkan tanggal penyegar: sehari sebelum tugas.",
               "Fix the date of the refresher: the day before duty."),
        ),
    ),
)  # fmt: skip
BY_TOPIC = {part.topic: part for part in LESSON}


def planned(first: Callable[[Level, int], str]) -> tuple[Part, ...]:
    """Return the plan with a drill for each rung. ``first`` names a level's story for so many
    minutes, '' for none; a rung without one is only talked about."""
    plan = []
    for part in LESSON:
        time = part.minutes // part.sittings
        scenario = "" if part.level is None else first(part.level, time)
        kind = part.kind if scenario or part.kind != "drill" else "talk"
        plan.append(Part(kind=kind, minutes=part.minutes, scenario=scenario, topic=part.topic))
    return tuple(plan)
