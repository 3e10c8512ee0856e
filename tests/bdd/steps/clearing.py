"""Steps 12 to 14: BACKUP, the download, HAPUS."""

import hashlib
from typing import Any

from pytest_bdd import given, then, when

from tests.bdd.happenings import called
from tests.bdd.step_rules import for_programs
from tests.bdd.steps.values import sentence
from tests.bdd.world import Reply, Room

Json = dict[str, Any]
START = {"backup": "backup/start", "sync": "sync/start"}


def back_up(room: Room) -> Json:
    room.press("backup/start")
    return room.wait_while("backup", "running")


def delete(room: Room) -> Json:
    room.press("delete/start", answer="ask")
    room.press("delete/start", answer="yes")
    return room.wait_while("delete", "running")


@given("backup sudah selesai, tetapi belum diunduh")
def backed_up_only(room: Room) -> None:
    """Cara di layar: menu **BACKUP**, tekan **BACKUP**, tunggu sampai selesai. Tautannya belum
    diklik.
    """
    assert back_up(room)["link"]


@given("data lama sudah dihapus tanpa cadangan")
def deleted_without_backup(room: Room) -> None:
    """Cara di layar: menu **BACKUP**, langsung tekan **HAPUS**, lalu pilih **Ya, hapus**."""
    assert delete(room)["left"] == 0


@given("semua data terhapus karena HAPUS")
def all_lost(room: Room) -> None:
    """Cara di layar: menu **BACKUP**, **HAPUS**, **Ya, hapus**. Daftar Peserta menjadi kosong."""
    assert delete(room)["left"] == 0


@for_programs
@given("unduhan cadangan terputus di tengah", target_fixture="received")
def broken_download(room: Room) -> bytes:
    """Cara di layar: klik tautan **klik disini**, lalu putuskan jaringan sebelum selesai."""
    half = room.look("backup")["file"]["size_bytes"] // 2
    return room.fetch("backup/download", Range=f"bytes=0-{half - 1}")


@given(sentence("{job:Pekerjaan} sedang berjalan"))
def at_work(room: Room, job: str) -> None:
    """Cara di layar: tekan tombol pekerjaan itu. Persennya mulai bertambah."""
    if job == "delete":
        room.press("delete/start", answer="yes")
    else:
        room.press(START[job])
    assert room.look(job)["phase"] == "running"


@given(sentence("penghapusan pertama menyisakan {left:Bilangan} data"))
def partly_deleted(room: Room, left: int) -> None:
    """Cara di layar: tekan **HAPUS** dan tunggu. Tertulis selesai, beserta jumlah sisanya."""
    room.arm("delete.partial", left=left)
    assert delete(room)["left"] == left


@when("proktor membuat cadangan dan mengunduhnya lewat klik disini", target_fixture="received")
def save_backup(room: Room) -> bytes:
    """Cara di layar: menu **BACKUP**, tekan **BACKUP**, tunggu sampai selesai, lalu klik tautan
    **klik disini**.
    """
    room.press("menu/open", menu="backup")
    assert back_up(room)["link"]
    return room.fetch("backup/download")


@for_programs
@when("proktor melanjutkan unduhan cadangan", target_fixture="received")
def resume_download(room: Room, received: bytes) -> bytes:
    """Cara di layar: di daftar unduhan peramban, tekan **Lanjutkan**."""
    return received + room.fetch("backup/download", Range=f"bytes={len(received)}-")


@when(sentence("proktor menekan HAPUS, lalu memilih {answer:Jawaban}"), target_fixture="reply")
def press_delete(room: Room, answer: str) -> Reply:
    """Cara di layar: menu **BACKUP**, tekan **HAPUS**. Jawab pertanyaan yang muncul."""
    room.try_press("delete/start", answer="ask")
    return room.try_press("delete/start", answer=answer)


@when("proktor menghapus semua data dan menunggu sampai selesai", target_fixture="page")
def delete_and_wait(room: Room) -> Json:
    """Cara di layar: menu **BACKUP**, tekan **HAPUS**, pilih **Ya, hapus**. Tunggu sampai tertulis
    selesai.
    """
    room.press("menu/open", menu="backup")
    return delete(room)


@then("data lama masih ada di server")
def old_data_there(room: Room) -> None:
    """Cara di layar: menu **Status Download**, tekan **REFRESH STATUS**. Jumlah di server lebih
    dari 0.
    """
    assert room.screen("delete")["left"] > 0
    assert called(room.happened(), "HAPUS") == []


@then("berkas cadangan cocok dengan nilai SHA-256 di layar")
def backup_is_whole(room: Room, received: bytes) -> None:
    """Cara di layar: bandingkan ukuran dan nilai SHA-256 berkas dengan yang tertulis di layar."""
    file = room.look("backup")["file"]
    assert len(received) == file["size_bytes"]
    assert hashlib.sha256(received).hexdigest() == file["sha256"]


@then(sentence("cadangan memuat {whole:IsiCadangan}"))
def backup_holds(room: Room, whole: bool) -> None:
    """Cara di layar: baca jumlah data di bawah pesan Backup selesai."""
    rows = room.look("backup")["rows"]
    here = room.screen("delete")["left"]
    assert rows == here
    assert (rows > 0) == whole


@then("penghapusan selesai tanpa sisa data")
def nothing_left(page: Json) -> None:
    """Cara di layar: tertulis Penghapusan selesai, tanpa sisa data."""
    assert (page["phase"], page["left"]) == ("done", 0)
