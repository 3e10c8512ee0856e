"""What is wrong with a scenario file: where, what, what is allowed; all of it at once."""

from collections.abc import Sequence

import msgspec

from mock_server.scenario.yaml_files import KeyPath, YamlDocument, YamlFileError, show_path


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is wrong. ``file`` is '' and ``line`` None for what came as JSON."""

    file: str
    line: int | None
    path: KeyPath
    problem: str
    allowed: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        said = f"{self.problem}; {self.allowed}" if self.allowed else self.problem
        return ": ".join(part for part in (place, show_path(self.path), said) if part)

    @property
    def pointer(self) -> str:
        """The place as a JSON Pointer (RFC 6901); '' is the whole document."""
        return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in self.path)


class ScenarioError(Exception):
    """A scenario that cannot be used as it is. Its text has one line for each problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class Problems:
    """Collects problems of one document."""

    def __init__(self, document: YamlDocument) -> None:
        self._document = document
        self._found: list[Problem] = []

    def add(self, path: KeyPath, problem: str, allowed: str = "") -> None:
        line = self._document.line_of(path)
        self._found.append(
            Problem(
                file=self._document.file, line=line, path=path, problem=problem, allowed=allowed
            )
        )

    def error(self) -> ScenarioError:
        """All that was found, in the order of the file."""
        return ScenarioError(sorted(self._found, key=lambda found: found.line or 0))

    def raise_if_any(self) -> None:
        """Raises ScenarioError."""
        if self._found:
            raise self.error()


def from_yaml(error: YamlFileError) -> ScenarioError:
    """A file that could not even be read as YAML."""
    path: KeyPath = (error.key_path,) if error.key_path else ()
    return ScenarioError(
        [
            Problem(
                file=error.file,
                line=error.line,
                path=path,
                problem=error.problem,
                allowed=error.allowed,
            )
        ]
    )
