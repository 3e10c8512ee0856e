"""Steps 19 to 21: Daftar Peserta, Status Test, Berita Acara."""

from collections.abc import Mapping
from typing import Any

from pytest_bdd import given, then, when

from tests.bdd.steps.opening import SERVER
from tests.bdd.steps.values import sentence
from tests.bdd.world import Room, wib

PAGES = {
    "participants": "participants?per_page=500",
    "tests": "tests",
    "status-download": "sync",
    "backup": "backup",
}


def look_at(room: Room, menu: str) -> None:
    room.press("menu/open", menu=menu)
    room.look(PAGES[menu])


def file_report(room: Room, decision: str, **otherwise: object) -> None:
    """Fill in the form from what the screens say, but for what is to be said otherwise.

    The control plane is asked what they say: nobody has looked, so no menu counts as checked.
    """
    dashboard = room.screen("dashboard")
    fields: Mapping[str, object] = {
        "decision": decision,
        "machine": room.label_here(),
        "server_id": dashboard["server_id"],
        "version": dashboard["version"],
        "datasets_complete": room.screen("sync")["done"],
        "participants": len(set(room.screen("participants")["listed"])),
        "tests_visible": bool(room.screen("tests")["tests"]),
        "notes": ""
        if decision == "ready"
        else "Belum bisa hari ini. Kami coba lagi menurut jadwal.",
        "time": f"{wib(room.now_ms()):%H:%M}",
    }
    room.press("report", **{**fields, **otherwise})


def listed_names(room: Room) -> set[str]:
    return {row["username"] for row in room.listed()}


def missing_names(room: Room) -> set[str]:
    """Return who is registered for our server and not in Daftar Peserta, by User Name."""
    registered = {one["username"] for one in room.registered(SERVER)["participants"]}
    return registered - listed_names(room)


@given(sentence("menu {menu:Menu} sudah diperiksa"))
def checked(room: Room, menu: str) -> None:
    """Cara di layar: klik menu itu, lalu baca isinya sampai halaman terakhir."""
    look_at(room, menu)


@when(sentence("proktor membuka menu {menu:Menu}"))
def open_menu(room: Room, menu: str) -> None:
    """Cara di layar: klik menu itu di sebelah kiri, lalu baca isinya."""
    look_at(room, menu)


@when(sentence("proktor {decision:Keputusan} dengan isian yang benar"))
def report(room: Room, decision: str) -> None:
    """Cara di layar: buka Berita Acara, pilih tombolnya, isi menurut layar, lalu kirim."""
    file_report(room, decision)


@when("proktor menyatakan selesai dan menulis bahwa Daftar Test terisi")
def report_tests_wrongly(room: Room) -> None:
    """Cara di layar: buka Berita Acara, pilih **Nyatakan selesai**, dan centang **Daftar Test**
    terisi.
    """
    file_report(room, "ready", tests_visible=True)


@then(sentence("Daftar Peserta memuat {people:Bilangan} peserta"))
def participants_are(room: Room, people: int) -> None:
    """Cara di layar: menu **Daftar Peserta**. Baca Jumlah peserta di atas daftar."""
    assert room.look("participants?per_page=1")["count"] == people
    assert len(room.listed()) == people


@then("setiap peserta yang terdaftar tercantum")
def everybody_listed(room: Room) -> None:
    """Cara di layar: cocokkan nama dan User Name dengan pendaftaran di akun sekolah."""
    assert missing_names(room) == set()
    registered = {(one["username"], one["name"]) for one in room.registered(SERVER)["participants"]}
    assert {(one["username"], one["name"]) for one in room.listed()} == registered


@then(sentence("{people:Bilangan} peserta yang terdaftar tidak tercantum"))
def somebody_missing(room: Room, people: int) -> None:
    """Cara di layar: cari setiap nama dari pendaftaran di **Daftar Peserta**. Catat yang tidak
    ada.
    """
    assert len(missing_names(room)) == people


@then(sentence("Daftar Test {filled:IsiDaftar}"))
def tests_are(room: Room, filled: bool) -> None:
    """Cara di layar: menu **Status Test**. Baca **Daftar Test**, tetapi jangan memulai tes."""
    names: list[Any] = [test["name"] for test in room.look("tests")["tests"]]
    registered = room.registered(SERVER)["tests"]
    assert registered
    assert names == (registered if filled else [])


@then(sentence("berita acara {decision:Keputusan} tanpa isian yang keliru"))
def report_filed(room: Room, decision: str) -> None:
    """Cara di layar: buka Berita Acara yang tersimpan. Bandingkan setiap isian dengan layar."""
    (filed,) = room.events("report-filed")
    assert filed["decision"] == decision
    assert filed["wrong"] == []
