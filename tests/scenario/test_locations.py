"""Where data files are found: in a checkout and in an installed package, and never elsewhere."""

from pathlib import Path

import pytest

from mock_server.scenario.locations import (
    DataFolderMissingError,
    features_folder,
    find_folder,
    procedures_folder,
    scenarios_folder,
)


def test_this_installation_is_whole() -> None:
    assert (procedures_folder() / "unbk-2017.yaml").is_file()
    assert procedures_folder().parent == scenarios_folder()
    assert features_folder().is_dir()


def test_an_installed_package_uses_what_it_was_shipped_with(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "mock_server"
    shipped = package / "_shipped" / "scenarios"
    shipped.mkdir(parents=True)

    assert find_folder("scenarios", package) == shipped


def test_a_checkout_uses_what_stands_at_its_top(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "scenarios").mkdir()

    assert find_folder("scenarios", tmp_path / "mock_server") == tmp_path / "scenarios"


def test_a_folder_of_that_name_among_other_peoples_packages_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()

    with pytest.raises(DataFolderMissingError, match="install the package again"):
        find_folder("scenarios", tmp_path / "mock_server")
