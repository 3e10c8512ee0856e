"""A simulator of a school's CBTSync exam-sync server. Nothing runs at import."""

VERSION = "0.1.0"  # as in pyproject.toml; to ask the installation takes as long as to load Jinja
