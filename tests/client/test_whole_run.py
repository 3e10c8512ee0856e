"""The whole procedure against a fake station: what is sent, in which order, and what comes out."""

from tests.client.fake_station import OWN_ID, FakeSender, FakeStation
from tests.client.support import acts, run


def test_the_nominal_run_sends_the_procedure_and_nothing_else(tmp_path):
    sender = FakeSender(FakeStation())

    result = run(sender, tmp_path)

    assert result.ending == "ready"
    assert acts(sender) == [
        "machine.use",
        "exambro.open",
        "cbtsync.open",
        "patch.start",
        "id.submit",
        "menu.open:backup",
        "backup.start",
        "delete.start:ask",
        "delete.start:yes",
        "menu.open:status-download",
        "status.refresh",
        "status.close",
        "sync.start",
        "status.refresh",
        "status.close",
        "menu.open:participants",
        "menu.open:tests",
        "report.submit:ready",
    ]
    assert result.requests <= 60


def test_the_form_states_what_was_seen(tmp_path):
    station = FakeStation()

    run(FakeSender(station), tmp_path)

    (form,) = station.filed
    assert form == {
        "decision": "ready",
        "machine": "SRV-UJIAN-01",
        "server_id": OWN_ID,
        "version": "5.1.0",
        "datasets_complete": 3,
        "participants": 10,
        "tests_visible": True,
        "time": "08:34",
    }


def test_the_old_data_are_kept_in_a_file_before_they_are_deleted(tmp_path):
    station = FakeStation()
    sender = FakeSender(station)
    saved_when_deleted = []
    sender.before = lambda call: (
        saved_when_deleted.append((tmp_path / "latihan.Source").read_bytes() == station.file)
        if call.name == "delete.start:yes"
        else None
    )

    run(sender, tmp_path)

    assert saved_when_deleted == [True]
    assert station.log.count("HAPUS") == 1
