"""The guide to the API: every example in it is run, and its table is that of the routes."""

import re
import shlex
from pathlib import Path

from mock_server.web.routes.table import ROUTES
from tests.web.visitor import TOKEN, Simulator

GUIDE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
EXPECTED = re.compile(r"\s+# (\d{3})$")


def commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines()]


class Curl:
    """As much of curl as the guide needs."""

    def __init__(self) -> None:
        self.http = Simulator().http
        self.name = ""

    def run(self, line: str) -> int:
        for variable, value in (("$SIM", ""), ("$TOKEN", TOKEN), ("$NAME", self.name)):
            line = line.replace(variable, value)
        words = iter(shlex.split(line)[1:])
        method, path, headers, body = "GET", "", {}, None
        for word in words:
            match word:
                case "-X":
                    method = next(words)
                case "-H":
                    name, _, value = next(words).partition(": ")
                    headers[name] = value
                case "-d":
                    body = next(words).encode()
                case _:
                    path = word
        answer = self.http.open(path, method=method, headers=headers, data=body)
        if answer.status_code == 201 and path.endswith("/rehearsals"):
            self.name = answer.json["name"]
        return answer.status_code


def test_every_example_does_what_the_guide_says():
    curl = Curl()
    for line in commands():
        expected = EXPECTED.search(line)
        status = curl.run(EXPECTED.sub("", line))

        if expected:
            assert status == int(expected[1]), line
        else:
            assert status in (200, 201, 204), line


def test_there_are_examples():
    assert len(commands()) > 25


def test_the_table_is_that_of_the_routes():
    rows = re.findall(r"^\| (GET|POST) \| (\S+) \| (\S*) ?\| (.*) \|$", GUIDE, re.MULTILINE)
    routes = [
        (route.method, route.path, "" if route.op is None else route.op.value, route.summary)
        for route in ROUTES
    ]

    assert rows[:-1] == routes
    assert rows[-1][:3] == ("GET", "backup/download", "backup.download")


def test_every_status_that_the_guide_explains_is_one_of_the_planes():
    explained = set(re.findall(r"`(\d{3})`", GUIDE))

    assert explained == {"200", "201", "400", "404", "405", "409", "412", "413", "415", "422"}
