"""What the trainee did, one line an act, in the words of the buttons; for the debrief's table.

Pure. Only what was pressed and what came of it: where somebody stood is ``position``'s, what it
was worth is ``marks``'s. What a copy brought about is nobody's act.
"""

from collections.abc import Iterator, Mapping

import msgspec

from mock_server.domain import events as e
from mock_server.domain.happened import DataBefore
from mock_server.procedure.course import Course, Moment
from mock_server.procedure.texts import Text

JUDGED: frozenset[DataBefore] = frozenset({"complete"})
"""HAPUS over such data is a violation, and told as one."""
_HAPUS: Mapping[DataBefore, Text] = {
    "old": Text(id="HAPUS: data lama dikosongkan.", en="HAPUS: the old data was cleared."),
    "partial": Text(
        id="HAPUS: data ujian yang baru sebagian ikut terhapus.",
        en="HAPUS: exam data that was there in part was deleted.",
    ),
    "empty": Text(id="HAPUS: server memang sudah kosong.", en="HAPUS: the server was empty."),
}
_MENUS: Mapping[str, Text] = {
    "participants": Text(id="Daftar Peserta dibuka.", en="Daftar Peserta was opened."),
    "tests": Text(id="Status Test dibuka.", en="Status Test was opened."),
}


class Act(msgspec.Struct, frozen=True, kw_only=True):
    seq: int
    at_ms: int
    text: Text


def acts(course: Course) -> tuple[Act, ...]:
    """Return the acts in the journal's order."""
    return tuple(
        Act(seq=moment.seq, at_ms=moment.at_ms, text=text)
        for moment in course.moments
        if not moment.is_copy and (text := _told(moment.event)) is not None
    )


def deletes_part(course: Course) -> Iterator[Moment]:
    """Yield the moments at which HAPUS took exam data that were not complete."""
    for moment, started in course.acts(e.DeleteStarted):
        if started.before == "partial":
            yield moment


def _told(event: e.Event) -> Text | None:
    match event:
        case e.ExambroOpened(version=version):
            return Text(id=f"Exambro {version} dibuka.", en=f"Exambro {version} was opened.")
        case e.CbtsyncOpened():
            return Text(id="CBTSync Web dibuka.", en="CBTSync Web was opened.")
        case e.CbtsyncClosed():
            return Text(id="CBTSync Web ditutup.", en="CBTSync Web was closed.")
        case e.MenuOpened(menu=menu):
            return _MENUS.get(menu)
        case e.ServiceStartRequested():
            return Text(id="Start Service ditekan.", en="Start Service was pressed.")
        case e.IdSubmitted(server_id=server_id):
            return Text(id=f"ID {server_id} dikirim.", en=f"ID {server_id} was submitted.")
        case e.SnResetRequested(server_id=server_id):
            return Text(id=f"Reset SN diminta: {server_id}.", en=f"SN reset asked: {server_id}.")
        case e.ReopeningRequested():
            return Text(id="Helpdesk diminta membuka akses.", en="Helpdesk was asked for access.")
        case e.ReportFiled(decision="ready"):
            return Text(id="Berita Acara: dinyatakan selesai.", en="Report: declared done.")
        case e.ReportFiled():
            return Text(id="Berita Acara: ditunda.", en="Report: postponed.")
        case _:
            return _patching(event) or _data(event)


def _patching(event: e.Event) -> Text | None:
    match event:
        case e.PatchStarted():
            return Text(id="Pembaharuan ditekan.", en="Pembaharuan was pressed.")
        case e.PatchSucceeded(version=version):
            return Text(id=f"Patching selesai: {version}.", en=f"Patching ended: {version}.")
        case e.PatchFailed():
            return Text(id="Patching gagal.", en="Patching failed.")
        case _:
            return None


def _data(event: e.Event) -> Text | None:
    match event:
        case e.BackupStarted():
            return Text(id="BACKUP ditekan.", en="BACKUP was pressed.")
        case e.BackupDownloaded(whole=True):
            return Text(id="Cadangan terunduh utuh.", en="The backup was downloaded whole.")
        case e.BackupDownloaded():
            return Text(id="Cadangan terunduh, tidak utuh.", en="A backup came, not whole.")
        case e.DeleteStarted(before=before):
            return None if before in JUDGED else _HAPUS[before]
        case e.StatusOpened():
            return Text(id="REFRESH STATUS ditekan.", en="REFRESH STATUS was pressed.")
        case e.SyncStarted(resumed=resumed):
            again = Text(id="START SYNC ditekan lagi.", en="START SYNC was pressed again.")
            first = Text(id="START SYNC ditekan.", en="START SYNC was pressed.")
            return again if resumed else first
        case e.SyncStopped(data=data):
            return Text(id=f"Sinkronisasi terhenti di data {data}.", en=f"Sync stopped at {data}.")
        case _:
            return None
