"""The command ``cbtsync-mock``: serving as a process of its own, and what it prints."""

import json
import os
import signal
import socket
import stat
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from mock_server.cli import main
from mock_server.scenario.library import Library
from mock_server.settings import (
    TOKEN_FILE,
    Settings,
    SettingsError,
    checked,
    control_token,
    data_folder,
    is_loopback,
)
from tests.server.processes import TOKEN, port_of, process
from tests.server.wire import Wire

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- never bound here


def run(*words: str, **environ: str):
    return CliRunner().invoke(main, words, env=environ)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_to_go_serves_and_stops_in_peace_when_told(tmp_path, number):
    with process(tmp_path, CBTSYNC_TOKEN=TOKEN) as (server, said):
        with Wire(port_of(said)) as wire:
            assert json.loads(wire.ask("GET", "/healthz")[2])["status"] == "ok"
        server.send_signal(number)
        rest, errors = server.communicate(timeout=20)

    assert server.returncode == 0
    assert errors == ""
    assert "LATIHAN, BUKAN SISTEM UJIAN" in said
    assert str(tmp_path / "cbtsync-sim" / "rehearsals.db") in said
    assert "$CBTSYNC_TOKEN" in said
    assert TOKEN not in said + rest


@pytest.mark.slow
def test_what_was_answered_is_there_after_a_restart(tmp_path):
    bearer = {"Authorization": f"Bearer {TOKEN}", "Content_Type": "application/json"}
    with process(tmp_path, CBTSYNC_TOKEN=TOKEN) as (server, said), Wire(port_of(said)) as wire:
        made = wire.ask("POST", "/control/v1/rehearsals", b'{"scenario":"normal"}', **bearer)
        name = json.loads(made[2])["name"]
        body = b'{"machine":"laptop"}'
        wire.ask("POST", f"/r/{name}/api/machine/use", body, Content_Type="application/json")
        server.kill()  # no time for a farewell
        server.communicate()

    with process(tmp_path, CBTSYNC_TOKEN=TOKEN) as (_, said), Wire(port_of(said)) as wire:
        desk = json.loads(wire.ask("GET", f"/r/{name}/api/desk")[2])

    assert desk["machine"] == "laptop"


@pytest.mark.slow
def test_a_taken_port_is_told_in_one_line(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        with process(tmp_path, "--port", port, "--db", "memory:") as (server, _):
            _, errors = server.communicate(timeout=20)

    assert server.returncode == 2
    assert errors.startswith("cbtsync-mock: ")
    assert errors.count("\n") == 1
    assert port in errors
    assert "--port" in errors


@pytest.mark.slow
def test_a_token_is_made_once_and_only_its_owner_may_read_it(tmp_path):
    with process(tmp_path, "--db", "memory:") as (_, said):
        path = tmp_path / "cbtsync-sim" / TOKEN_FILE
        first = path.read_text()
        assert str(path) in said
    with process(tmp_path, "--db", "memory:") as (_, said):
        bearer = {"Authorization": f"Bearer {first.strip()}"}
        with Wire(port_of(said)) as wire:
            assert wire.ask("GET", "/control/v1/rehearsals", **bearer)[0] == 200

    assert len(first.strip()) >= 32
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "steers", "says"),
    [
        (("--lan",), 403, "tetap hanya di komputer ini / steering"),
        (("--lan", "--lan-control"), 200, "mereka juga dapat mengendalikan"),
    ],
)
def test_lan_opens_the_pages_and_steering_only_if_told_and_says_so(tmp_path, words, steers, says):
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    with process(tmp_path, "--db", "memory:", *words, CBTSYNC_TOKEN=TOKEN) as (_, said):
        port = port_of(said)
        with Wire(port) as here:
            assert here.ask("GET", "/control/v1/rehearsals", **bearer)[0] == 200
        with Wire(port, address_on_the_network()) as there:
            assert there.ask("GET", "/")[0] == 200
            assert there.ask("GET", "/r/nobody/api/desk")[0] == 404
            assert there.ask("GET", "/control/v1/rehearsals", **bearer)[0] == steers

    assert "--lan" in said
    assert says in said


def address_on_the_network() -> str:
    """Return this machine's own address that is not loopback: who comes by it is a stranger."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unsent:
        try:
            unsent.connect(("192.0.2.1", 9))  # for documentation only; nothing is sent
        except OSError:
            pytest.skip("this machine is on no network")
        return str(unsent.getsockname()[0])


def test_steering_is_opened_only_to_those_who_are_let_in():
    answer = run("serve", "--lan-control", "--db", "memory:")

    assert answer.exit_code == 2
    assert "--lan" in answer.output


def test_the_help_of_serve_says_what_each_way_opens():
    helped = " ".join(run("serve", "--help").output.split())

    assert "steering stays on this one" in helped
    assert "whoever has the token may steer (/control/v1) from other computers too" in helped


@pytest.mark.parametrize("host", [EVERYWHERE, "192.168.0.7", "::", "school.example.test"])
def test_beyond_this_machine_only_on_purpose(host):
    answer = run("serve", "--host", host, "--db", "memory:")

    assert answer.exit_code == 2
    assert host in answer.output
    assert "--lan" in answer.output


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("127.3.2.1", True),
     (EVERYWHERE, False), ("10.0.0.1", False), ("example.test", False)],
)  # fmt: skip
def test_a_loopback_address_is_known(host, here):
    assert is_loopback(host) is here


def test_a_folder_of_scenarios_must_be_there(tmp_path):
    answer = run("serve", "--db", "memory:", "--scenarios", str(tmp_path / "nowhere"))

    assert answer.exit_code == 2
    assert "nowhere" in answer.output


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_a_port_that_does_not_exist_is_a_usage_error(port):
    assert run("serve", "--port", port).exit_code == 2


def test_a_database_that_cannot_be_used_is_told_in_one_line(tmp_path):
    answer = run("serve", "--port", "0", "--db", str(tmp_path), CBTSYNC_TOKEN=TOKEN)

    assert answer.exit_code == 2
    assert str(tmp_path) in answer.output
    assert "Traceback" not in answer.output


def settings(**keys) -> Settings:
    usual = {"host": "127.0.0.1", "port": 0, "database": "memory:", "scenarios": None, "lan": False}
    return Settings(**usual | keys)


def test_lan_allows_what_was_refused_without_it():
    assert checked(settings(host=EVERYWHERE, lan=True)).lan
    with pytest.raises(SettingsError):
        checked(settings(host=EVERYWHERE))


def test_a_token_from_the_environment_goes_first_and_must_be_long(tmp_path):
    assert control_token(tmp_path, {"CBTSYNC_TOKEN": TOKEN}) == (TOKEN, "$CBTSYNC_TOKEN")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SettingsError, match="16 or more"):
        control_token(tmp_path, {"CBTSYNC_TOKEN": "short"})
    with pytest.raises(SettingsError, match="ASCII"):
        control_token(tmp_path, {"CBTSYNC_TOKEN": "kata sandi yang panjang ✓"})


@pytest.mark.parametrize(
    "kept", ["", "short", "\x00" * 40, "ß" * 40, "two words that are long enough"]
)
def test_a_token_file_that_was_spoilt_is_made_anew(tmp_path, kept):
    (tmp_path / TOKEN_FILE).write_text(kept, encoding="utf-8")

    token, place = control_token(tmp_path, {})

    assert len(token) >= 32
    assert control_token(tmp_path, {}) == (token, place)


def test_a_token_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="CBTSYNC_TOKEN"):
        control_token(tmp_path / "file", {})


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("sqlite:////data/ani/cbtsync-sim/rehearsals.db",
         "/data/ani/cbtsync-sim"),
        ("sqlite:///D:/Data/Ani/cbtsync-sim/rehearsals.db",
         "D:/Data/Ani/cbtsync-sim"),
    ],
)  # fmt: skip
def test_the_users_folder_is_where_the_database_is(url, folder):
    assert data_folder(url).as_posix() == folder


# --- lists and checks -----------------------------------------------------------------------------


def test_help_and_version():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]

    assert "serve" in run("--help").output
    assert run("--version").output.endswith(f" {project['version']}\n")


def test_scenarios_are_listed_in_either_language():
    assert "Sinkronisasi tanpa gangguan" in run("scenarios", "list").output
    assert "Sinkronisasi tanpa gangguan" not in run("scenarios", "list", "--lang", "en").output


def test_the_shipped_scenarios_are_sound():
    answer = run("scenarios", "check")

    assert answer.exit_code == 0
    assert str(len(Library().paths())) in answer.output


def test_a_scenario_with_a_mistake_fails_and_says_where(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("schema: cbtsync-scenario/1\nid: mine\nlevl: L3\n", encoding="utf-8")

    answer = run("scenarios", "check", str(path))

    assert answer.exit_code == 1
    assert f"{path}:3: levl:" in answer.output
    assert run("scenarios", "check", str(tmp_path)).exit_code == 1


def test_a_path_that_is_not_there_is_a_mistake_too(tmp_path):
    answer = run("scenarios", "check", str(tmp_path / "nowhere.yaml"))

    assert answer.exit_code != 0
    assert "nowhere.yaml" in answer.output
    assert "Traceback" not in answer.output


def test_faults_are_listed_with_what_one_sees():
    listed = run("faults", "list").output

    assert "sync.drops" in listed
    assert "Traceback" not in listed


@pytest.mark.slow
def test_every_fault_that_is_carried_out_is_proved():
    answer = run("faults", "check")

    assert answer.exit_code == 0, answer.output
    assert "TIDAK" not in answer.output
    assert "net.reset" in answer.output


@pytest.mark.slow
def test_a_handbook_of_which_nothing_was_proved_is_not_built(tmp_path):
    answer = run("handbook", "--no-pdf", "--evidence", str(tmp_path), "--out", str(tmp_path / "b"))

    assert answer.exit_code == 1
    assert "features/01_persiapan.feature:26: no evidence" in answer.output
    assert not (tmp_path / "b").exists()
