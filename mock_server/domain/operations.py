"""The operations of a rehearsal: everything a proctor or a client can ask, by its wire name.

Scenario files, faults, the request log and the API all use these names and no others.
"""

from enum import StrEnum


class Operation(StrEnum):
    """One thing that can be asked of the station. The value is what ``on:`` says in a scenario."""

    MACHINE_USE = "machine.use"
    MACHINE_SET_CLOCK = "machine.set-clock"
    EXAMBRO_OPEN = "exambro.open"
    CBTSYNC_OPEN = "cbtsync.open"
    CBTSYNC_CLOSE = "cbtsync.close"
    SERVICE_START = "service.start"
    SERVICE_REFRESH = "service.refresh"
    PATCH_START = "patch.start"
    PATCH_STATUS = "patch.status"
    ID_SUBMIT = "id.submit"
    DASHBOARD_VIEW = "dashboard.view"
    MENU_OPEN = "menu.open"
    PORTAL_IDS = "portal.ids"
    PORTAL_SCHEDULE = "portal.schedule"
    PORTAL_REGISTRATION = "portal.registration"
    PORTAL_SN_RESET = "portal.sn-reset"
    PORTAL_REOPEN = "portal.reopen"
    BACKUP_START = "backup.start"
    BACKUP_STATUS = "backup.status"
    BACKUP_DOWNLOAD = "backup.download"
    DELETE_START = "delete.start"
    DELETE_STATUS = "delete.status"
    STATUS_REFRESH = "status.refresh"
    STATUS_CLOSE = "status.close"
    SYNC_START = "sync.start"
    SYNC_STATUS = "sync.status"
    PARTICIPANTS_LIST = "participants.list"
    TESTS_LIST = "tests.list"
    REPORT_SUBMIT = "report.submit"


CHANGING = frozenset(
    {
        Operation.MACHINE_USE,
        Operation.MACHINE_SET_CLOCK,
        Operation.EXAMBRO_OPEN,
        Operation.CBTSYNC_OPEN,
        Operation.CBTSYNC_CLOSE,
        Operation.SERVICE_START,
        Operation.SERVICE_REFRESH,
        Operation.PATCH_START,
        Operation.ID_SUBMIT,
        Operation.MENU_OPEN,
        Operation.PORTAL_SN_RESET,
        Operation.PORTAL_REOPEN,
        Operation.BACKUP_START,
        Operation.DELETE_START,
        Operation.STATUS_REFRESH,
        Operation.STATUS_CLOSE,
        Operation.SYNC_START,
        Operation.REPORT_SUBMIT,
    }
)
"""The operations that can change the truth; all others only look."""
