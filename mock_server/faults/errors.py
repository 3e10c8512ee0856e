"""A fault that cannot be armed as it was written: where, what is wrong, what is allowed."""


class FaultError(ValueError):
    """``path`` is the key path inside the fault, such as ``("with", "data")``.

    Whoever reads scenario files or requests puts its own place before it.
    """

    def __init__(self, path: tuple[str | int, ...], problem: str, allowed: str) -> None:
        self.path = path
        self.problem = problem
        self.allowed = allowed
        super().__init__(f"{self.key_path}: {problem}; allowed: {allowed}")

    @property
    def key_path(self) -> str:
        """The path as people read it: ``with.data[1]``."""
        text = ""
        for part in self.path:
            text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
        return text
