"""Every screen there is, one after the other: what axe looks at, and what is photographed.

A tour brings a page to a screen and yields its name. What stands behind a screen is done over the
API, so that a tour takes seconds; that people can get there by clicking is shown elsewhere.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mock_server.pytest_plugin.rehearsal import Rehearsal
from tests.browser.class_screens import classes
from tests.browser.people import People, Person

if TYPE_CHECKING:
    from playwright.sync_api import Page

Screens = Iterator[tuple[str, "Page"]]
SERVER, EXAMBRO = "exam-server", "50.170406"
BAD_FORM, GONE = 400, 404


class Desk:
    """A rehearsal that is brought somewhere over the API, and looked at in a browser."""

    def __init__(self, people: People, scenario: str, condition: str = "", language: str = "id"):
        self.rehearsal: Rehearsal = people.begin(scenario, condition)
        self.person: Person = people.person()
        self.person.visit(f"batas?lang={language}")  # the choice is kept in a cookie
        self.page = self.person.page

    def do(self, path: str, **body: Any) -> None:
        answer = self.page.request.post(f"{self.rehearsal.url}api/{path}", data=body)
        assert answer.ok, f"{path}: {answer.text()}"

    def look(self, path: str) -> dict[str, Any]:
        return self.page.request.get(f"{self.rehearsal.url}api/{path}").json()

    def wait(self, length: str) -> None:
        self.rehearsal.clock.advance(length)

    def show(self, query: str = "") -> "Page":
        self.page.goto(f"{self.rehearsal.url}{query}")
        return self.page

    def sit_down(self) -> None:
        machines = self.look("desk")["machines"]
        here = next(one["id"] for one in machines if one["role"] == SERVER)
        self.do("machine/use", machine=here)
        self.do("exambro/open", version=EXAMBRO)

    def open_cbtsync(self) -> None:
        self.sit_down()
        self.do("cbtsync/open")

    def identify(self) -> str:
        server_id = str(self.look("portal/ids")["servers"][0]["server_id"])
        self.do("id/submit", server_id=server_id)
        return server_id

    def menu(self, menu: str) -> "Page":
        self.do("menu/open", menu=menu)
        return self.show()


def start(people: People, language: str = "id") -> Screens:
    person = people.person()
    person.visit(f"?lang={language}")
    yield "mulai", person.page
    person.watch.expected |= {GONE}
    person.visit("gabung?kode=ABCDEF")
    person.page.locator("#kursi").fill("1")
    person.page.locator("#nama").fill("Sari")
    person.page.locator("#sekolah").press("Enter")
    person.page.get_by_role("alert").wait_for()
    yield "mulai-kode-salah", person.page
    alone = people.person()
    alone.visit(f"?lang={language}")
    alone.page.locator(".card-next .btn-main").click()
    alone.page.locator('[data-kunci="jeda"]').click()
    alone.page.locator('[data-kunci="lanjut"]').wait_for()
    yield "kursi-dijeda", alone.page
    person.visit("batas")
    yield "batas", person.page
    person.visit("tidak-ada")
    yield "halaman-tidak-ada", person.page
    person.visit("buku/")  # 404 where none was built
    yield "buku", person.page
    person.visit("periksa")
    yield "periksa-sertifikat", person.page


def opening(people: People, language: str = "id") -> Screens:
    """From the room to the Dashboard."""
    desk = Desk(people, "normal", language=language)
    yield "ruang", desk.show()
    yield "laman-sekolah", desk.show("?j=portal")
    yield "laman-jadwal", desk.show("?j=portal&t=jadwal")
    yield "laman-peserta", desk.show("?j=portal&t=peserta")
    yield "laman-permintaan", desk.show("?j=portal&t=permintaan")
    yield "klien", desk.show("klien")
    desk.sit_down()
    yield "exambro", desk.show()
    desk.do("cbtsync/open")
    yield "patching-belum-dibuka", desk.show()
    desk.wait("6m")
    yield "patching-tersedia", desk.show()
    desk.do("patch/start")
    desk.wait("40s")
    yield "patching-berjalan", desk.show()
    desk.wait("2m")
    yield "patching-berhasil", desk.show()
    yield "id-server", desk.show("?j=cbtsync&id=1")
    yield "id-server-dan-laman", desk.show("?j=cbtsync&id=1&b=portal")
    desk.page.get_by_label("Versi CBTSync yang tampil", exact=True).or_(
        desk.page.get_by_label("The CBTSync version on the screen", exact=True)
    ).fill("5.0.4")
    desk.page.locator("[data-kunci=periksa-jawaban]").click()
    yield "jeda-satu-salah", desk.page
    desk.identify()
    yield "dashboard-standby", desk.show()
    desk.wait("15m")
    yield "dashboard-aktif", desk.show()
    yield "menu-tidak-dilatih", desk.menu("reports")


def clearing(people: People, language: str = "id") -> Screens:
    """Backup and HAPUS, and the small windows of the desk."""
    desk = Desk(people, "normal", "active", language)
    desk.wait("30m")
    desk.open_cbtsync()
    yield "backup-kosong", desk.menu("backup")
    desk.do("backup/start")
    desk.wait("50s")
    yield "backup-berjalan", desk.show()
    desk.wait("3m")
    yield "backup-selesai", desk.show()
    desk.page.request.get(f"{desk.rehearsal.url}unduh")
    yield "unduhan", desk.show("?j=unduhan&sha=1")
    yield "catatan", desk.show("?j=catatan")
    yield "jam-mesin", desk.show("?j=jam")
    desk.do("delete/start", answer="ask")
    yield "hapus-yakin", desk.show()
    desk.do("delete/start", answer="yes")
    desk.wait("20s")
    yield "hapus-berjalan", desk.show()
    desk.wait("1m")
    yield "hapus-selesai", desk.show()
    desk.page.locator("[data-kunci=petunjuk-1]").click()
    yield "petunjuk-terbuka", desk.page


def syncing(people: People, language: str = "id") -> Screens:
    """Status Download in all its states, the lists, and the report."""
    desk = Desk(people, "partial-sync", "ready-to-sync", language)
    desk.open_cbtsync()
    page = desk.menu("status-download")
    page.get_by_role("button", name="START SYNC").click()
    page.get_by_role("alert").wait_for()
    yield "ditolak", page
    desk.wait("21m")
    yield "status-download-awal", desk.menu("status-download")
    desk.do("status/refresh")
    yield "refresh-status", desk.show()
    desk.do("status/close")
    desk.do("sync/start")
    desk.wait("15m")
    yield "status-download-berjalan", desk.show()
    desk.wait("25m")
    yield "status-download-terhenti", desk.show()
    yield "pesan", desk.show("?j=pesan")
    yield "pesan-dibalas", desk.show("?balas=0")
    desk.do("sync/start")
    desk.wait("30m")
    yield "status-download-lengkap", desk.show()
    yield "daftar-peserta", desk.menu("participants")
    yield "daftar-peserta-dicari", desk.show("?j=cbtsync&q=an")
    yield "status-test", desk.menu("tests")
    yield "berita-acara", desk.show("berita-acara?akhir=ready")
    desk.person.watch.expected |= {BAD_FORM}
    desk.page.locator(".paper .btn-main").click()
    yield "berita-acara-belum-lengkap", desk.page


def troubles(people: People, language: str = "id") -> Screens:
    """What goes wrong on the desk."""
    desk = Desk(people, "patch-fails-until-service-restart", language=language)
    desk.open_cbtsync()
    desk.do("patch/start")
    desk.wait("3m")
    yield "patching-gagal", desk.show()
    yield "service-belum-dibaca", desk.show("?j=exambro&t=service")
    desk.do("service/refresh")
    yield "service-berhenti", desk.show("?j=exambro&t=service")
    desk.rehearsal.arm("http.status", on="patch.status", with_={"status": 503})
    yield "halaman-tidak-tampil", desk.show("?j=cbtsync")
    desk = Desk(people, "sn-mismatch", language=language)
    desk.wait("30m")
    desk.open_cbtsync()
    yield "mesin-lain", desk.show("?j=ruang")
    desk = Desk(people, "normal", "active", language)
    desk.wait("30m")
    desk.rehearsal.arm("central.unreachable")
    desk.open_cbtsync()
    yield "dashboard-offline", desk.menu("dashboard")
    desk = Desk(people, "normal", "synced", language)
    desk.wait("2h")
    desk.open_cbtsync()
    page = desk.menu("backup")
    page.locator("[data-kunci=delete-start]").click()
    page.get_by_role("radio").first.wait_for()
    yield "pertanyaan-akibat", page


def debrief(people: People, language: str = "id") -> Screens:
    """Guess first, then a run that passed and one that did not."""
    for name, ruined in (("lulus", False), ("belum-lulus", True)):
        desk = Desk(people, "partial-sync", "synced", language)
        desk.wait("80m")
        desk.open_cbtsync()
        desk.menu("dashboard")
        server_id = str(desk.look("portal/ids")["servers"][0]["server_id"])
        for menu in ("status-download", "participants", "tests"):
            desk.menu(menu)
        desk.show("?j=portal&t=peserta")
        if ruined:
            desk.menu("backup")
            desk.do("delete/start", answer="yes")
            desk.wait("2m")
        desk.do("report", **_claim(server_id))
        yield f"tebak-{name}", desk.show("tebak")
        desk.page.locator("[name=siap][value=yes]").check()
        desk.page.locator("[name=yakin][value='80']").check()
        desk.page.locator("main .btn-main").click()
        yield f"bahas-{name}", desk.page
        if ruined:
            yield "rekaman-layar", desk.show(f"layar/{len(desk.rehearsal.journal) - 3}")
        else:
            yield "sertifikat", desk.show("sertifikat")


def example(people: People, language: str = "id") -> Screens:
    desk = Desk(people, "worked-example", language=language)
    yield "contoh-pertama", desk.show("contoh/1")
    yield "contoh-pertanyaan", desk.show("contoh/3")


def _claim(server_id: str) -> dict[str, Any]:
    return {
        "decision": "ready",
        "machine": "SRV-UJIAN-01",
        "server_id": server_id,
        "version": "5.1.0",
        "datasets_complete": 9,
        "participants": 36,
        "tests_visible": True,
        "time": "09:00",
        "notes": "",
    }


TOURS = {
    "start": start,
    "opening": opening,
    "clearing": clearing,
    "syncing": syncing,
    "troubles": troubles,
    "debrief": debrief,
    "example": example,
    "classes": classes,
}
