"""What counts as evidence of each step, in words, for the report of an assessment."""

from collections.abc import Mapping

from mock_server.procedure.numbers import StepNumber
from mock_server.procedure.texts import Text

NOT_SCORED = Text(id="Tidak dinilai.", en="Not scored.")

ASSESSED: Mapping[StepNumber, Text] = {
    1: Text(
        id="ID Server yang benar dikirim, atau tercantum di berita acara.",
        en="The right ID Server was submitted, or stands in the report.",
    ),
    2: Text(
        id="Label mesin dilihat sebelum Submit, dan isian mesin di berita acara benar.",
        en="The machine's label was looked at before Submit, and the report names it rightly.",
    ),
    3: Text(
        id="Exambro versi yang benar dijalankan.",
        en="The right version of Exambro was started.",
    ),
    4: Text(id="CBTSync Web dibuka.", en="CBTSync Web was opened."),
    5: Text(id="Pembaharuan ditekan.", en="Pembaharuan was pressed."),
    6: Text(
        id="Versi yang benar dibaca sebelum Submit, atau tercantum di berita acara.",
        en="The right version was read before Submit, or stands in the report.",
    ),
    7: Text(
        id="Setelah patching gagal, 7a sampai 7f dikerjakan berurutan.",
        en="After a failed patching, 7a to 7f were done in order.",
    ),
    "7a": Text(id="Tab Service Restart dibuka.", en="The tab Service Restart was opened."),
    "7b": Text(
        id="Start Service ditekan, atau service terbaca sudah running.",
        en="Start Service was pressed, or the service was read as running already.",
    ),
    "7c": Text(id="Service terbaca running.", en="The service was read as running."),
    "7d": Text(id="CBTSync Web ditutup.", en="CBTSync Web was closed."),
    "7e": Text(
        id="CBTSync Web dibuka lagi dan patching diulang.",
        en="CBTSync Web was opened again and the patching repeated.",
    ),
    "7f": Text(
        id="Versi yang benar dibaca setelah patching berhasil.",
        en="The right version was read after the patching had succeeded.",
    ),
    8: Text(
        id="ID Server ini dikirim sebelum sinkronisasi.",
        en="This server's ID was submitted before the sync.",
    ),
    9: Text(
        id="Setelah sinkronisasi berhasil, ID tidak diganti.",
        en="After a successful sync the ID was not changed.",
    ),
    10: Text(
        id="Saat akses ditutup, jadwal sinkronisasi dilihat.",
        en="While access was closed, the sync schedule was looked at.",
    ),
    11: Text(
        id="Status Aktif terlihat sebelum START SYNC.",
        en="The status Aktif was seen before START SYNC.",
    ),
    12: Text(id="Menu BACKUP dibuka.", en="The BACKUP menu was opened."),
    13: Text(
        id="Backup selesai dan berkasnya diunduh utuh.",
        en="The backup was finished and its file downloaded whole.",
    ),
    14: Text(
        id="HAPUS selesai tanpa sisa, setelah cadangan diunduh.",
        en="HAPUS finished with nothing left, after the backup was downloaded.",
    ),
    15: Text(id="Menu Status Download dibuka.", en="The menu Status Download was opened."),
    16: Text(
        id="REFRESH STATUS ditekan sebelum START SYNC.",
        en="REFRESH STATUS was pressed before START SYNC.",
    ),
    17: Text(
        id="START SYNC ditekan setelah tampilan data awal ditutup.",
        en="START SYNC was pressed after the view of the initial data was closed.",
    ),
    18: Text(
        id="Semua baris terlihat hijau, atau kekurangannya dilaporkan dengan benar.",
        en="All rows were seen green, or what was missing was reported rightly.",
    ),
    19: Text(
        id="Daftar Peserta dibuka setelah sinkronisasi, dan jumlahnya di berita acara benar.",
        en="Daftar Peserta was opened after the sync, and the report gives its number rightly.",
    ),
    20: Text(
        id="Status Test dibuka setelah sinkronisasi.",
        en="Status Test was opened after the sync.",
    ),
    21: Text(
        id="Setelah semua data lengkap, HAPUS tidak ditekan.",
        en="Once all data were complete, HAPUS was not pressed.",
    ),
    "NB": NOT_SCORED,
}
