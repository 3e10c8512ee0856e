"""Stories as the web tells them: what a trainee may read, what rehearsals of one story share."""

import html
import re

import pytest

from mock_server.adapters.memory_store import MemoryEventStore
from mock_server.adapters.people import FakerPeople
from mock_server.engine import Engine
from mock_server.scenario.library import Library
from mock_server.scenario.loader import load_document
from mock_server.scenario.packs import load_pack
from mock_server.web.routes.table import ROUTES
from mock_server.web.stories import Stories, Story, public_names
from tests.fakes import FakeNames, FakeTime
from tests.web.visitor import SERVER, shared, story

EVERY_STORY = sorted(Library().paths())
OWN = {"Origin": "http://localhost"}


def giveaways(scenario_id: str) -> set[str]:
    """What only the debrief, the facilitator and the control plane may say of a story."""
    scenario = Library().find(scenario_id).scenario
    faults = {line.fault for line in scenario.faults}
    ids = {scenario_id} if "-" in scenario_id else set()  # "normal" is a word like others
    return {scenario.title.id, scenario.title.en, *ids, *faults}


def begun(scenario_id: str) -> str:
    """Begin a rehearsal as its button does, and return its address."""
    made = shared().http.post("/", data={"scenario": scenario_id}, headers=OWN)
    return str(made.headers["Location"])


def made_up(scenario_id: str, **keys) -> Story:
    scenario = load_document(story(**keys) | {"id": scenario_id})
    return Story(scenario=scenario, pack=load_pack(scenario.procedure))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_start_page_gives_no_story_away(language):
    page = html.unescape(shared().http.get(f"/?lang={language}").text)
    read = re.sub(r'(?:value|href|action)="[^"]*"', "", page)  # what is sent is read by nobody

    assert [word for one in EVERY_STORY for word in giveaways(one) if word in read] == []


@pytest.mark.parametrize(
    "scenario_id",
    ["normal", "patch-fails-once", "partial-sync", "short-but-green", "headmaster-says-delete"],
)
def test_a_rehearsal_gives_its_story_away_neither_on_its_page_nor_in_its_api(scenario_id):
    address, http = begun(scenario_id), shared().http
    http.post(f"{address}api/machine/use", json={"machine": SERVER})
    gets = [f"api/{route.path}" for route in ROUTES if route.method == "GET"]
    pages = [f"?lang={language}" for language in ("id", "en")]
    read = html.unescape("\n".join(http.get(address + path).text for path in (*gets, *pages)))

    assert [word for word in giveaways(scenario_id) if word in read] == []


@pytest.mark.parametrize(
    ("keys", "language", "name"),
    [
        ({"level": "L3", "teaches": [7, 5]}, "id", "L3-1 · langkah 5, 7"),
        ({"level": "L3", "teaches": [5, 6, 7]}, "en", "L3-1 · steps 5–7"),
        ({"level": "L4", "teaches": [18]}, "en", "L4-1 · step 18"),
        ({"level": "CI"}, "id", "CI-1"),
    ],
)
def test_a_story_is_called_by_its_level_its_number_and_its_steps(keys, language, name):
    assert public_names([made_up("a", **keys)], language) == {"a": name}


def test_a_story_with_an_alias_is_called_by_it():
    alias = {"id": "Satu modem", "en": "One modem"}

    assert public_names([made_up("a", level="L3", alias=alias)], "en") == {"a": "One modem"}


def test_stories_are_numbered_within_their_level():
    told = [made_up(one, level=level) for one, level in (("a", "L3"), ("b", "L4"), ("c", "L3"))]

    assert public_names(told, "id") == {"a": "L3-1", "b": "L4-1", "c": "L3-2"}


def test_no_two_shipped_stories_have_the_same_name():
    told = [
        Story(scenario=Library().find(one).scenario, pack=load_pack("unbk-2017"))
        for one in EVERY_STORY
    ]

    assert len(set(public_names(told, "id").values())) == len(EVERY_STORY)


def stories() -> Stories:
    engine = Engine(store=MemoryEventStore(), real=FakeTime(), names=FakeNames())
    return Stories(Library(), load_pack, FakerPeople(), engine)


def test_rehearsals_of_one_story_share_what_does_not_change_in_them():
    ours, sent = stories(), story("active")

    assert ours.prepared(ours.named("normal")) is ours.prepared(ours.named("normal"))
    assert ours.prepared(ours.sent(sent)) is ours.prepared(ours.sent(dict(sent)))


def test_another_seed_and_another_story_share_nothing():
    ours = stories()
    normal, other = ours.named("normal"), ours.sent(story("active") | {"id": "normal"})
    first, second = ours.prepared(normal, 1).setup, ours.prepared(normal, 2).setup

    assert (first.seed, second.seed) == (1, 2)
    assert first.servers != second.servers
    assert ours.prepared(other, 1).setup.condition != first.condition
