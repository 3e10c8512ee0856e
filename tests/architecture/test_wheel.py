"""The wheel: what an installed copy finds without the tree around it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, project_files

SHIPPED = {
    "scenarios": "mock_server/_shipped/scenarios",
    "features": "mock_server/_shipped/features",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of the files in a wheel built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert build.returncode == 0, build.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize("folder", sorted(SHIPPED))
def test_what_people_edit_at_the_top_travels_inside_the_package(
    folder: str, wheel_names: set[str]
) -> None:
    expected = {
        f"{SHIPPED[folder]}/{path.relative_to(folder).as_posix()}"
        for path in project_files()
        if path.parts[0] == folder
    }

    assert expected
    assert expected <= wheel_names


@pytest.mark.parametrize("package", ["mock_server", "client"])
def test_a_package_travels_whole_with_its_templates_and_data(
    package: str, wheel_names: set[str]
) -> None:
    expected = {path.as_posix() for path in project_files() if path.parts[0] == package}

    assert expected
    assert expected <= wheel_names


def test_nothing_else_travels(wheel_names: set[str]) -> None:
    tops = {Path(name).parts[0] for name in wheel_names}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"mock_server", "client"}
