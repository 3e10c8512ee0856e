"""What there is to choose from: scenarios and kinds of fault."""

from mock_server.faults import catalogue
from mock_server.scenario.library import UnknownScenarioError
from mock_server.scenario.model import Said, Title
from mock_server.scenario.problems import ScenarioError
from mock_server.web.control_v1 import asks, wire
from mock_server.web.control_v1.desk import Desk, expectation
from mock_server.web.control_v1.problems import not_found, of_scenario
from mock_server.web.stories import Story


def scenarios(desk: Desk, _asked: asks.NoFields) -> wire.ScenariosTold:
    sound, broken = desk.stories.all()
    return wire.ScenariosTold(
        scenarios=[_scenario(story) for story in sound],
        broken=[wire.BrokenScenario(id=key, problem=said) for key, said in broken.items()],
    )


def scenario(desk: Desk, _asked: asks.NoFields, scenario_id: str) -> wire.ScenarioTold:
    try:
        return _scenario(desk.stories.named(scenario_id))
    except UnknownScenarioError as error:
        raise not_found(str(error)) from None
    except ScenarioError as error:
        raise of_scenario(error, "") from None


def _scenario(story: Story) -> wire.ScenarioTold:
    of = story.scenario
    return wire.ScenarioTold(
        id=of.id,
        title=_text(of.title),
        brief=None if of.brief is None else _text(of.brief),
        procedure=of.procedure,
        level=of.level,
        teaches=list(of.teaches),
        seed=of.seed,
        expect=expectation(of.expect),
    )


def _text(said: Said | Title) -> wire.TextTold:
    return wire.TextTold(id=said.id, en=said.en)


def fault_kinds(_desk: Desk, _asked: asks.NoFields) -> wire.FaultKindsTold:
    return wire.FaultKindsTold(
        kinds=[catalogue.describe(kind) for kind in catalogue.KINDS.values()]
    )
