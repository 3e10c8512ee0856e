"""Without a browser: a build says what to install, a draft goes on; what is written is said."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mock_server import publishing
from mock_server.handbook.evidence import write
from tests.handbook.made import feature_in, run_of

pytest.importorskip("playwright", reason="playwright is not installed")


@pytest.fixture(params=["nowhere on the path", "one that does not start"])
def no_browser(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("CBTSYNC_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    if request.param == "one that does not start":
        monkeypatch.setenv("CBTSYNC_CHROMIUM", str(tmp_path / "gone"))


def take_pictures(folder: Path, tell: Callable[[str], None], *, draft: bool) -> None:
    """Take them in a thread of its own: this one may hold a browser open for other tests."""
    with ThreadPoolExecutor(1) as alone:
        alone.submit(publishing.take_pictures, folder, None, tell, draft=draft).result()


@pytest.mark.slow
@pytest.mark.usefixtures("no_browser")
def test_without_chromium_the_build_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(publishing.CannotPublishError, match="make handbook ARGS=--draft") as told:
        take_pictures(tmp_path, print, draft=False)

    assert "Chromium" in str(told.value) or "gone" in str(told.value)


@pytest.mark.slow
@pytest.mark.usefixtures("no_browser")
def test_a_draft_goes_on_without_chromium_and_says_so(tmp_path: Path) -> None:
    said: list[str] = []
    take_pictures(tmp_path, said.append, draft=True)

    assert "pictures are missing" in said[0]


def test_messages_are_written_where_they_were_wanted(tmp_path: Path) -> None:
    write(tmp_path, run_of(feature_in(tmp_path)), {"steps_s": []})
    said: list[str] = []
    publishing.write_messages(tmp_path, tmp_path / "new" / "run.ndjson", said.append)

    assert (tmp_path / "new" / "run.ndjson").read_bytes().startswith(b'{"meta"')
    assert str(tmp_path / "new") in said[0]


def test_messages_that_cannot_be_written_name_their_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(publishing.CannotPublishError, match="--messages"):
        publishing.write_messages(tmp_path, tmp_path / "file" / "run.ndjson", print)
