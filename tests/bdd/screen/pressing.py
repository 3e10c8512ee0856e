"""What a person does at the page for each act that a program asks for, up to the click itself."""

import re
from collections.abc import Callable, Mapping

from mock_server.scenario.packs import load_coach, load_pack
from mock_server.settings import default_procedure
from tests.bdd.screen.desk import CBTSYNC, CONTENTS, ID_FIELD, SCHOOL, SERVER_ROOM, Desk, Json

MENU_LABELS = {
    "dashboard": "Dashboard",
    "backup": "BACKUP",
    "status-download": "Status Download",
    "participants": "Daftar Peserta",
    "tests": "Status Test",
}
"""What stands on the buttons of the menus that the procedure uses."""


class NoSuchButtonError(AssertionError):
    """A person cannot do this here: no page has such a button now."""


def use_machine(desk: Desk, asked: Json) -> None:
    desk.reach(desk.server_room)
    name = re.compile(rf"^{re.escape(str(asked['machine']))}\b")
    desk.click(desk.window(SERVER_ROOM).get_by_role("button", name=name))


def set_clock(desk: Desk, _asked: Json) -> None:
    desk.open()
    desk.click(desk.taskbar().get_by_role("link", name="Jam mesin, buka pengaturan:"))
    desk.press("Atur jam mesin ke WIB")


def open_exambro(desk: Desk, asked: Json) -> None:
    desk.open()
    desk.press(f"Exambro Admin {asked['version']}")


def open_cbtsync(desk: Desk, _asked: Json) -> None:
    desk.reach(lambda: desk.exambro("CBTSync"))
    desk.press("CBTSync")


def close_cbtsync(desk: Desk, _asked: Json) -> None:
    desk.reach(desk.cbtsync)
    desk.press("Tutup CBTSync Web (ALT+F4)")


def start_service(desk: Desk, _asked: Json) -> None:
    desk.reach(lambda: desk.exambro("Service Restart"))
    desk.press("Start Service")


def refresh_service(desk: Desk, _asked: Json) -> None:
    desk.reach(lambda: desk.exambro("Service Restart"))
    desk.press("Refresh")


def start_patch(desk: Desk, _asked: Json) -> None:
    desk.reach(desk.cbtsync)
    desk.press("Pembaharuan", desk.window(CBTSYNC))


def submit(desk: Desk, asked: Json) -> None:
    desk.reach(desk.id_form)
    desk.seat.write(ID_FIELD, str(asked["server_id"]))
    desk.press("Submit")


def type_id(desk: Desk, asked: Json) -> None:
    """Type an ID and go on to the next field: the page notes what was typed."""
    desk.reach(desk.id_form)
    desk.seat.write(ID_FIELD, str(asked["server_id"]))
    with desk.page.expect_response(re.compile("/lakukan$")):
        desk.page.keyboard.press("Tab")


def leave_form(desk: Desk, _asked: Json) -> None:
    desk.press("Kembali tanpa Submit")


def open_menu(desk: Desk, asked: Json) -> None:
    desk.reach(desk.cbtsync)
    label = MENU_LABELS[str(asked["menu"])]
    button = desk.menu_button(label)
    if not button.is_visible():
        raise NoSuchButtonError(f"CBTSync Web shows no menu {label} now")
    desk.click(button)


def start_backup(desk: Desk, _asked: Json) -> None:
    desk.reach(lambda: desk.menu("BACKUP"))
    desk.press("BACKUP", desk.window(CONTENTS))


def start_delete(desk: Desk, asked: Json) -> None:
    """Press HAPUS, which asks; or answer the question, pressing HAPUS first if nothing is asked.

    If HAPUS itself is refused, nothing is asked, and that refusal is what the page says.
    """
    desk.reach(lambda: desk.menu("BACKUP"))
    answers = {"yes": "Ya, hapus", "cancel": "Batal"}
    question = desk.page.get_by_role("alertdialog")
    answer = answers.get(str(asked["answer"]), "")
    if not answer or not question.is_visible():
        desk.press("HAPUS")
        answer_coach(desk)
    if answer and question.is_visible():
        desk.press(answer, question)


def answer_coach(desk: Desk) -> None:
    """Say what really follows, where the coach of L1 asks before a forbidden act, and go on."""
    go_on = desk.page.get_by_role("button", name="Jawab, lalu tetap lakukan")
    if go_on.is_visible():
        choices = load_coach(load_pack(default_procedure())).guard("K2").choices
        right = next(one.text.id for one in choices if one.right)
        desk.page.get_by_label(right).check()
        desk.click(go_on)


def start_sync(desk: Desk, _asked: Json) -> None:
    desk.reach(lambda: desk.menu("Status Download"))
    desk.press("START SYNC")


def refresh_status(desk: Desk, _asked: Json) -> None:
    desk.reach(lambda: desk.menu("Status Download"))
    desk.press("REFRESH STATUS")


def close_status(desk: Desk, _asked: Json) -> None:
    desk.reach(lambda: desk.menu("Status Download"))
    desk.press("Tutup", desk.page.get_by_role("dialog"))


def ask_school(button: str) -> Callable[[Desk, Json], None]:
    """Ask the centre for something, in the school's account, for one of its servers."""

    def ask(desk: Desk, asked: Json) -> None:
        desk.reach(lambda: desk.school("Permintaan"))
        boxes = desk.window(SCHOOL).locator(".box")
        desk.press(button, boxes.filter(has_text=str(asked["server_id"])))

    return ask


def report(desk: Desk, asked: Json) -> None:
    """Fill in the Berita Acara and hand it in."""
    desk.open()
    words = desk.seat.words
    ending = words.ready if asked["decision"] == "ready" else words.postpone
    typed = {
        words.machine: asked["machine"],
        "ID Server": asked["server_id"],
        words.version: asked["version"],
        words.time: asked["time"],
        words.datasets: asked["datasets_complete"],
        words.participants: asked["participants"],
        words.notes: asked.get("notes", ""),
    }
    texts = {label: "" if value is None else str(value) for label, value in typed.items()}
    desk.seat.report(ending, texts, tests=bool(asked["tests_visible"]))


ACTS: Mapping[str, Callable[[Desk, Json], None]] = {
    "machine/use": use_machine,
    "machine/set-clock": set_clock,
    "exambro/open": open_exambro,
    "cbtsync/open": open_cbtsync,
    "cbtsync/close": close_cbtsync,
    "service/start": start_service,
    "service/refresh": refresh_service,
    "patch/start": start_patch,
    "id/submit": submit,
    "id/draft": type_id,
    "id/leave": leave_form,
    "menu/open": open_menu,
    "backup/start": start_backup,
    "delete/start": start_delete,
    "sync/start": start_sync,
    "status/refresh": refresh_status,
    "status/close": close_status,
    "portal/sn-reset": ask_school("Minta reset SN"),
    "portal/reopen": ask_school("Minta akses dibuka kembali"),
    "report": report,
}
