"""A cast for scenarios in tests: fictional, the same for everybody."""

from mock_server.domain.setup import School
from mock_server.scenario.model import Scenario
from mock_server.scenario.prepare import Cast, machine_ids


def cast_for(scenario: Scenario) -> Cast:
    """IDs count down, so that our own is never the first in alphabetical order."""
    count = scenario.school.servers
    return Cast(
        school=School(name="SMA Latihan 1", npsn="99000001"),
        server_ids=tuple(f"U99-{count - index:04}-AAA" for index in range(count)),
        serial_numbers={machine: f"SN-{machine}" for machine in machine_ids(scenario)},
    )
