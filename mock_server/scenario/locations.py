"""Where the project's data files stand: inside the installed package, or at the checkout's top.

A wheel carries ``scenarios/`` and ``features/`` in ``mock_server/_shipped/``; in a checkout they
stand where people look for them, beside ``mock_server/``.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


class DataFolderMissingError(Exception):
    """The installation is not whole: a folder of data files is not where it should be."""


def scenarios_folder() -> Path:
    """The folder with the rehearsal stories and, in ``procedures/``, the packs and texts."""
    return find_folder("scenarios")


def features_folder() -> Path:
    """The folder with the Gherkin features."""
    return find_folder("features")


def procedures_folder() -> Path:
    """The folder with the procedure packs; their texts are in its ``texts/``."""
    return scenarios_folder() / "procedures"


def find_folder(name: str, package: Path = PACKAGE) -> Path:
    """Find ``name`` for the package that lies at ``package``.

    Raises DataFolderMissingError if neither place has it. A folder beside an installed package is
    never taken: in site-packages it would be somebody else's.
    """
    shipped = package / "_shipped" / name
    if shipped.is_dir():
        return shipped
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / name).is_dir():
        return checkout / name
    raise DataFolderMissingError(
        f"no folder {name!r} in {shipped.parent} nor, as a checkout has it, in {checkout}; "
        "install the package again or work in a whole checkout"
    )
