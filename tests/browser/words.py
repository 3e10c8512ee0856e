"""What stands on the buttons, in both languages: all that a person has to find a way by.

Official labels are the same in both. What the English pages call it was read from the screens.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Words:
    language: Literal["id", "en"] = "id"
    start: str = "Mulai"
    exam_server: str = "Server ujian"
    other_machine: str = "Pindah ke mesin lain"
    exambro: str = "Exambro Admin 50.170406"
    cbtsync: str = "CBTSync"
    cbtsync_open: str = "CBTSync Web sedang terbuka."
    patched: str = "Patching Berhasil"
    patch_failed: str = "Patching gagal"
    go_to_id: str = "Lanjut ke ID Server"
    close_cbtsync: str = "Tutup CBTSync Web (ALT+F4)"
    school_page: str = "Laman sekolah"
    close_school_page: str = "Tutup Laman sekolah"
    schedule: str = "Jadwal Sinkronisasi"
    registered: str = "Peserta terdaftar"
    on_this_server: str = "Terdaftar:"
    downloads: str = "Unduhan"
    taskbar: str = "Jendela yang terbuka"
    menus: str = "Menu CBTSync"
    participants_menu: str = "Daftar Peserta"
    check_again: str = "Periksa lagi"
    click_here: str = "klik disini"
    delete_yes: str = "Ya, hapus"
    delete_no: str = "Batal"
    deleted: str = "Penghapusan selesai"
    close: str = "Tutup"
    sync_done: str = "Sinkronisasi selesai: 9 dari 9 data."
    participants_count: str = "Jumlah peserta:"
    tests_list: str = "Daftar Test"
    ready: str = "Nyatakan selesai"
    postpone: str = "Tunda & laporkan"
    machine: str = "Mesin"
    version: str = "Versi CBTSync"
    time: str = "Jam (WIB)"
    datasets: str = "Data lengkap, dari 9"
    participants: str = "Jumlah peserta yang tampil"
    tests_yes: str = "Ya, terisi"
    tests_no: str = "Belum terisi"
    notes: str = "Catatan untuk helpdesk (bila ditunda: sebab dan rencana)"
    hand_in: str = "Serahkan Berita Acara"
    yes: str = "Ya"
    no: str = "Tidak"
    see_result: str = "Lihat hasil"
    monday: str = "2. Putar ke Senin"
    verdict: str = "3. Putusan"
    passed: str = "Lulus."
    check_answers: str = "Periksa jawaban"
    all_steps: str = "Semua langkah"
    reload: str = "Muat ulang"
    raise_hand: str = "Angkat tangan"
    lower_hand: str = "Turunkan tangan"
    reply: str = "Balas"
    decline: str = "Tolak dengan sopan"


INDONESIAN = Words()
ENGLISH = Words(
    language="en",
    start="Start",
    exam_server="Exam server",
    other_machine="Go to another machine",
    cbtsync_open="CBTSync Web is open.",
    patched="Patching Berhasil (patching succeeded)",
    patch_failed="Patching gagal (patching failed)",
    go_to_id="Go on to the ID Server",
    close_cbtsync="Close CBTSync Web (ALT+F4)",
    school_page="School's page",
    close_school_page="Close School's page",
    schedule="Jadwal Sinkronisasi (sync schedule)",
    registered="Registered participants",
    on_this_server="Registered:",
    downloads="Downloads",
    taskbar="Open windows",
    menus="CBTSync menu",
    participants_menu="Daftar Peserta (list of participants)",
    check_again="Check again",
    click_here="klik disini (click here)",
    delete_yes="Yes, delete",
    delete_no="Cancel",
    deleted="Deletion done",
    close="Close",
    sync_done="Synchronisation done: 9 of 9 data sets.",
    participants_count="Participants:",
    tests_list="Daftar Test (list of tests)",
    ready="Declare done",
    postpone="Postpone and report",
    machine="Machine",
    version="CBTSync version",
    time="Time (WIB)",
    datasets="Data sets complete, of 9",
    participants="Participants listed",
    tests_yes="Yes, filled",
    tests_no="Not filled yet",
    notes="Notes for the helpdesk (if put off: why, and the plan)",
    hand_in="Hand in the report",
    yes="Yes",
    no="No",
    see_result="See the result",
    monday="2. Turn to Monday",
    verdict="3. Verdict",
    passed="Passed.",
    check_answers="Check the answers",
    all_steps="All steps",
    reload="Reload",
    raise_hand="Raise your hand",
    lower_hand="Lower your hand",
    reply="Answer",
    decline="Decline politely",
)
