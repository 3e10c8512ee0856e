"""How a story begins: the school, the hour, and what was done before the scenario starts."""

from pytest_bdd import given

from tests.bdd.step_rules import for_programs
from tests.bdd.steps.values import sentence
from tests.bdd.world import DAY, Story, Teller, ZoneWord

SERVER = "SRV-UJIAN-01"


@given(sentence("sekolah memakai {servers:Bilangan} server ujian"), target_fixture="story")
def school_with_servers(teller: Teller, story: Story, servers: int) -> Story:
    """Cara di layar: buka akun sekolah, menu **ID Sinkronisasi**. Hitung servernya."""
    return teller.tell(story, servers=servers)


@given(
    sentence("{slips:Bilangan} lembar ID tanpa nama server terletak di meja"),
    target_fixture="story",
)
def slips_on_the_desk(teller: Teller, story: Story, slips: int) -> Story:
    """Cara di layar: lembar ID tampak di meja, di halaman ruang server."""
    return teller.tell(story, slips=slips)


@given(
    sentence("proktor bekerja di mesin {label:Teks} yang dipakai ujian hari Senin"),
    target_fixture="story",
)
def at_the_exam_server(teller: Teller, story: Story, label: str) -> Story:
    """Cara di layar: di halaman ruang server, baca label mesin, lalu pilih mesin itu."""
    return teller.tell(story, machine=label)


@given(
    sentence("di server ujian terpasang Exambro Admin versi {old:Versi} dan {right:Versi}"),
    target_fixture="story",
)
def two_exambros(teller: Teller, story: Story, old: str, right: str) -> Story:
    """Cara di layar: pilih server ujian. Di layarnya tampak dua ikon Exambro Admin."""
    return teller.tell(story, installed=(old, right), machine=SERVER)


@given(sentence("Exambro Admin versi {version:Versi} sudah terbuka"), target_fixture="story")
def exambro_open(teller: Teller, story: Story, version: str) -> Story:
    """Cara di layar: klik ikon Exambro Admin yang nomor versinya benar."""
    return teller.tell(story, exambro=version)


@given(sentence("CBTSync masih versi {version:Versi}"), target_fixture="story")
def cbtsync_is_old(teller: Teller, story: Story, version: str) -> Story:
    """Cara di layar: baca nomor versi di bawah judul CBTSync Web."""
    return teller.tell(story, version=version)


@given(sentence("jam dinding sekolah menunjukkan {clock:Jam} {zone:Zona}"), target_fixture="story")
def wall_clock(teller: Teller, story: Story, clock: str, zone: ZoneWord) -> Story:
    """Cara di layar: lihat kedua jam di bagian atas halaman, WIB dan waktu setempat."""
    return teller.tell(story.at(clock, zone))


@given(
    sentence("CBTSync Web sudah dibuka pada pukul {clock:Jam} {zone:Zona}"),
    target_fixture="story",
)
def cbtsync_opened_at(teller: Teller, story: Story, clock: str, zone: ZoneWord) -> Story:
    """Cara di layar: di Exambro Admin, klik **CBTSync**. Halaman Auto Patching terbuka."""
    return teller.tell(story.at(clock, zone), cbtsync=True)


@given("patching sudah selesai", target_fixture="story")
def already_patched(teller: Teller, story: Story) -> Story:
    """Cara di layar: kerjakan langkah 4 sampai 6, sampai versi CBTSync benar."""
    return teller.tell(story, condition="patched")


@given("status Dashboard sudah Aktif", target_fixture="story")
def already_active(teller: Teller, story: Story) -> Story:
    """Cara di layar: kerjakan langkah 8 sampai 11. Di kanan atas tertulis **AKTIF**."""
    return teller.tell(story, condition="active")


@given("cadangan data lama sudah tersimpan", target_fixture="story")
def already_backed_up(teller: Teller, story: Story) -> Story:
    """Cara di layar: di menu **BACKUP**, tekan **BACKUP**. Unduh lewat **klik disini**."""
    return teller.tell(story, condition="backed-up")


@given("data lama sudah dihapus", target_fixture="story")
def already_deleted(teller: Teller, story: Story) -> Story:
    """Cara di layar: setelah cadangan tersimpan, tekan **HAPUS**, pilih **Ya, hapus**, lalu
    tunggu.
    """
    return teller.tell(story, condition="ready-to-sync")


@given("unduhan terhenti di data 7", target_fixture="story")
def stopped_at_seven(teller: Teller, story: Story) -> Story:
    """Cara di layar: menu **Status Download**. Enam baris hijau, DATA 7 tertulis terhenti."""
    return teller.tell(story, condition="partial")


@given("data 1 sampai 9 sudah lengkap", target_fixture="story")
def already_synced(teller: Teller, story: Story) -> Story:
    """Cara di layar: menu **Status Download**. Sembilan baris hijau dengan jumlah penuh."""
    return teller.tell(story, condition="synced")


@given(
    sentence("jadwal sinkronisasi sekolah pukul {opens:Jam} sampai {closes:Jam}"),
    target_fixture="story",
)
def scheduled(teller: Teller, story: Story, opens: str, closes: str) -> Story:
    """Cara di layar: buka akun sekolah, menu **Jadwal Sinkronisasi**. Jamnya dalam WIB."""
    return teller.tell(story, opens=f"{DAY}T{opens}:00+07:00", closes=f"{DAY}T{closes}:00+07:00")


@given(sentence("latihan {scenario:Teks} sudah disiapkan"), target_fixture="story")
def prepared(teller: Teller, story: Story, scenario: str) -> Story:
    """Cara di layar: di halaman awal simulator, pilih latihan dengan nama ini."""
    return teller.tell(story, scenario=scenario)


@for_programs
@given(sentence("latihan {scenario:Teks} untuk program sudah disiapkan"), target_fixture="story")
def prepared_for_programs(teller: Teller, story: Story, scenario: str) -> Story:
    """Cara di layar: tidak ada. Perintah dalam latihan ini menyebut keadaan data yang dilihat."""
    return teller.tell(story, scenario=scenario)
