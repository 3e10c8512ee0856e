"""Which files belong to the project."""

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Only to walk a copy that came without git; with git, .gitignore decides.
MADE_BY_TOOLS = re.compile(
    r"\.git|\.venv|__pycache__|\.\w+_cache|\.hypothesis|\.schemathesis|\.coverage.*|htmlcov"
    r"|build|dist|out|.*\.egg-info"
)


def project_files() -> list[Path]:
    """Every file that belongs to the project, relative to its top: tracked, or about to be."""
    if shutil.which("git") and (ROOT / ".git").exists():
        # safe.directory: build machines often check out as one user and test as another
        listed = subprocess.run(
            ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others",
             "--exclude-standard"],
            cwd=ROOT, capture_output=True, check=True,
        ).stdout.decode()  # fmt: skip
        found = [Path(name) for name in listed.split("\0") if name]
    else:
        found = [path.relative_to(ROOT) for path in ROOT.rglob("*")]
        found = [path for path in found if not any(map(MADE_BY_TOOLS.fullmatch, path.parts))]
    return sorted(path for path in found if (ROOT / path).is_file())
