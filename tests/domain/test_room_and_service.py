"""Machines, Exambro Admin, the tab Service Restart, opening and closing CBTSync Web."""

from mock_server.domain import commands as c
from mock_server.domain import events as e
from mock_server.domain import screens
from mock_server.domain.hazards import Hazard
from tests.builders import (
    EXAMBRO,
    LAPTOP,
    MINUTE,
    OWN_ID,
    SECOND,
    SERVER,
    Proctor,
    at_dashboard,
    syncing,
)


def at_exambro() -> Proctor:
    return Proctor().does(c.UseMachine(machine=SERVER), c.OpenExambro(version=EXAMBRO))


def test_nothing_can_be_done_before_a_machine_is_chosen():
    assert Proctor().tries(c.OpenExambro(version=EXAMBRO)) == "room.choose"


def test_a_machine_that_is_not_in_the_room_is_refused():
    assert Proctor().tries(c.UseMachine(machine="tablet")) == "room.unknown"


def test_a_version_that_is_not_installed_is_refused():
    proctor = Proctor().does(c.UseMachine(machine=SERVER))

    assert proctor.tries(c.OpenExambro(version="1.0")) == "exambro.not_installed"


def test_cbtsync_web_opens_from_exambro_only():
    proctor = Proctor().does(c.UseMachine(machine=SERVER))

    assert proctor.tries(c.OpenCbtsync()) == "exambro.closed"


def test_each_machine_keeps_its_own_state():
    proctor = at_exambro().does(c.OpenCbtsync(), c.UseMachine(machine=LAPTOP))

    assert screens.desk(proctor.station, proctor.now_ms).page == "closed"
    assert proctor.does(c.UseMachine(machine=SERVER)).machine.cbtsync_open


def test_opening_twice_is_once():
    proctor = at_exambro().does(c.OpenCbtsync(), c.OpenCbtsync())

    assert len(proctor.happened(e.CbtsyncOpened)) == 1


def test_the_tab_shows_the_state_that_was_last_read():
    proctor = at_exambro().does(c.StopService(), c.RefreshService(), c.StartService())

    proctor.wait(MINUTE)
    assert screens.service(proctor.station, proctor.now_ms).shown == "stopped"
    assert proctor.machine.service.running

    proctor.does(c.RefreshService())
    assert screens.service(proctor.station, proctor.now_ms).shown == "running"


def test_the_service_takes_its_seconds_to_start():
    proctor = at_exambro().does(c.StopService(), c.StartService())

    proctor.wait(8 * SECOND - 1).does(c.RefreshService())
    assert proctor.machine.service.shown == "starting"
    assert proctor.wait(1).machine.service.running


def test_start_service_pressed_twice_starts_once():
    proctor = at_exambro().does(c.StopService(), c.StartService(), c.StartService())

    assert len(proctor.happened(e.ServiceStartRequested)) == 1


def test_a_start_that_fails_can_be_tried_again():
    proctor = at_exambro().does(c.StopService(), c.StartService(fails=True)).wait(MINUTE)
    assert not proctor.machine.service.running

    assert proctor.does(c.StartService()).wait(MINUTE).machine.service.running


def test_after_reopening_the_id_must_be_submitted_again():
    proctor = at_dashboard().does(c.CloseCbtsync(), c.OpenCbtsync())

    assert screens.condition(proctor.station, proctor.now_ms) is None
    assert proctor.tries(c.StartBackup()) == "identity.none"
    proctor.does(c.SubmitId(server_id=OWN_ID))
    assert screens.condition(proctor.station, proctor.now_ms) == "active"


def test_jobs_of_the_server_go_on_behind_a_closed_window():
    proctor = at_dashboard().does(c.StartBackup(), c.CloseCbtsync()).wait(3 * MINUTE)

    assert proctor.happened(e.BackupFinished)
    assert proctor.happened(e.CbtsyncClosed)[0].during == "backup"


def test_a_crash_closes_the_window_once_and_leaves_the_job():
    proctor = at_dashboard().does(c.StartBackup(hazard=Hazard(crash_permille=500)))
    proctor.wait(61 * SECOND)
    assert not proctor.machine.cbtsync_open

    proctor.does(c.OpenCbtsync(), c.SubmitId(server_id=OWN_ID)).wait(2 * MINUTE)
    assert proctor.machine.cbtsync_open
    assert len(proctor.happened(e.CbtsyncCrashed)) == 1
    assert proctor.machine.backup.phase == "done"


def test_leaving_the_page_of_a_running_job_names_the_job():
    proctor = syncing().wait(MINUTE).does(c.OpenMenu(menu="participants"))

    assert proctor.happened(e.MenuOpened)[-1].during == "sync"


def test_staying_on_the_page_of_a_running_job_names_nothing():
    proctor = syncing().wait(MINUTE).does(c.OpenMenu(menu="status-download"))

    assert proctor.happened(e.MenuOpened)[-1].during == ""


def test_an_unknown_menu_is_refused():
    assert at_dashboard().tries(c.OpenMenu(menu="secret")) == "menu.unknown"
