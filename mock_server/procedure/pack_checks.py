"""What must hold within a pack beyond the types of its values, and between a pack and the texts.

Pure. Each check yields ``Problem``s; the loader turns the first into an error with file and line.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from mock_server.procedure.numbers import StepNumber, step_order
from mock_server.procedure.pack import ProcedurePack, Step, minute_of_day
from mock_server.procedure.texts import FIELD, LANGUAGES, Text, field_names

# The menus that the simulator has screens for; a pack may order and label them as it likes.
TRAINED_MENUS = ("dashboard", "status-download", "participants", "tests", "backup")


class Problem(msgspec.Struct, frozen=True):
    """Something that is not as it must be: where (key path), what, and what is allowed."""

    path: tuple[str | int, ...]
    said: str
    allowed: str


def pack_problems(pack: ProcedurePack) -> Iterator[Problem]:
    """Everything that is wrong within one pack, in the order of the file."""
    yield from _value_problems(pack)
    yield from _data_set_problems(pack)
    yield from _menu_problems(pack)
    yield from _step_problems(pack)
    yield from _reference_problems(pack)


def unknown_steps(
    pack: ProcedurePack, groups: Iterable[tuple[tuple[str | int, ...], Sequence[StepNumber]]]
) -> Iterator[Problem]:
    """References to steps that the pack does not have; ``groups`` says which stand where."""
    known = {step.number for step in pack.all_steps}
    for path, numbers in groups:
        for index, number in enumerate(numbers):
            if number not in known:
                said = f"the procedure {pack.id} has no step {number}"
                yield Problem((*path, index), said, "a step of the procedure")


def language_problems(text: Text, path: tuple[str | int, ...]) -> Iterator[Problem]:
    """A text that is empty, whose languages take other fields, or with a brace out of place."""
    for language in LANGUAGES:
        template = text.in_language(language)
        if not template.strip():
            yield Problem((*path, language), "this text is empty", "a text in both languages")
        if set("{}") & set(FIELD.sub("", template)):
            said = "a brace here belongs to no field"
            yield Problem((*path, language), said, "fields such as {exam_day}, and no other braces")
    if (left := field_names(text.id)) != (right := field_names(text.en)):
        fields = ", ".join(sorted(left ^ right))
        yield Problem(path, f"only one language has the field {fields}", "the same fields in both")


def _value_problems(pack: ProcedurePack) -> Iterator[Problem]:
    values = pack.values
    labels = [zone.label for zone in pack.zones]
    if values.patching_zone not in labels:
        said = f"{values.patching_zone!r} is none of the pack's zones"
        yield Problem(("values", "patching_zone"), said, f"allowed: {', '.join(labels)}")
    yield from _repeated(labels, ("zones",), "label")
    yield from _repeated([zone.iana for zone in pack.zones], ("zones",), "iana")
    if field_names(values.exambro_title) != {"version"}:
        said = f"{values.exambro_title!r} does not take the version"
        yield Problem(("values", "exambro_title"), said, "a title with the field {version}")
    for wrong, right in (
        ("wrong_exambro_version", "exambro_version"),
        ("old_cbtsync_version", "cbtsync_version"),
    ):
        if getattr(values, wrong) == getattr(values, right):
            yield Problem(("values", wrong), f"it equals {right}", "another version")
    if minute_of_day(pack.window.opens) >= minute_of_day(pack.window.closes):
        yield Problem(("window", "closes"), "it does not come after 'opens'", "a later time")
    if not pack.tests:
        yield Problem(("tests",), "the list is empty", "at least one test")
    groups = pack.exam_groups
    yield from _not_consecutive([group.n for group in groups], ("exam_groups",))
    if groups and groups[0].starts != values.exam_time:
        said = f"the first group starts at {groups[0].starts}, not at values.exam_time"
        yield Problem(("exam_groups", 0, "starts"), said, values.exam_time)


def _data_set_problems(pack: ProcedurePack) -> Iterator[Problem]:
    yield from _not_consecutive([data_set.n for data_set in pack.data_sets], ("data_sets",))
    total = sum(data_set.share_permille for data_set in pack.data_sets)
    if total != 1000:
        yield Problem(("data_sets",), f"the shares sum to {total} permille", "a sum of 1000")
    for feed in ("participants", "tests"):
        feeding = [i for i, data_set in enumerate(pack.data_sets) if data_set.feeds == feed]
        counting = [i for i, data_set in enumerate(pack.data_sets) if data_set.rows == feed]
        if len(feeding) != 1:
            said = f"{len(feeding)} data sets feed {feed}"
            yield Problem(("data_sets",), said, f"exactly one with 'feeds: {feed}'")
        elif counting != feeding:
            said = f"the data set that feeds {feed} must have as many rows as there are {feed}"
            yield Problem(("data_sets", feeding[0], "rows"), said, f"'rows: {feed}', only there")


def _menu_problems(pack: ProcedurePack) -> Iterator[Problem]:
    names = [menu.menu for menu in pack.menus]
    yield from _repeated(names, ("menus",), "menu")
    if names[:1] != ["dashboard"]:
        yield Problem(("menus", 0, "menu"), "the first menu is not dashboard", "dashboard first")
    trained = [menu.menu for menu in pack.menus if menu.trained]
    if sorted(trained) != sorted(TRAINED_MENUS):
        said = f"trained are {', '.join(trained) or 'none'}"
        yield Problem(("menus",), said, f"'trained: true' for {', '.join(TRAINED_MENUS)}, no other")


def _step_problems(pack: ProcedurePack) -> Iterator[Problem]:
    seen: list[StepNumber] = []
    for path, step in _placed_steps(pack):
        if step.number in seen:
            yield Problem((*path, "step"), f"step {step.number} stands here twice", "each once")
        elif seen and step_order(step.number) < step_order(seen[-1]):
            said = f"step {step.number} comes after {seen[-1]}"
            yield Problem((*path, "step"), said, "the order 1, 2, ..., 7, 7a, ..., NB")
        seen.append(step.number)
        if bool(step.official_wording) != bool(step.official_wording_gloss):
            said = "official_wording and official_wording_gloss go together"
            yield Problem(path, said, "both or neither")
        if step.official_wording and not step.gate:
            yield Problem(path, "a prohibition has no gate", "'gate:' with the violation's code")
        for index, substep in enumerate(step.substeps):
            if str(substep.number)[:-1] != str(step.number):
                said = f"{substep.number} is no part of step {step.number}"
                yield Problem((*path, "substeps", index, "step"), said, f"{step.number}a, ...")


def _placed_steps(pack: ProcedurePack) -> Iterator[tuple[tuple[str | int, ...], Step]]:
    for index, step in enumerate(pack.steps):
        yield ("steps", index), step
        for sub, substep in enumerate(step.substeps):
            yield ("steps", index, "substeps", sub), substep


def _reference_problems(pack: ProcedurePack) -> Iterator[Problem]:
    groups: list[tuple[tuple[str | int, ...], Sequence[StepNumber]]] = []
    groups += [(("menus", i, "steps"), menu.steps) for i, menu in enumerate(pack.menus)]
    groups += [(("blocks", i, "steps"), block.steps) for i, block in enumerate(pack.blocks)]
    groups += [
        (("competencies", i, "steps"), competency.steps)
        for i, competency in enumerate(pack.competencies)
    ]
    yield from unknown_steps(pack, groups)
    yield from _repeated([block.block for block in pack.blocks], ("blocks",), "block")
    names = [competency.competency for competency in pack.competencies]
    yield from _repeated(names, ("competencies",), "competency")
    in_blocks = sorted((n for block in pack.blocks for n in block.steps), key=step_order)
    if in_blocks != (steps := [step.number for step in pack.steps]):
        odd = {n for n in [*in_blocks, *steps] if in_blocks.count(n) != steps.count(n)}
        said = f"not in exactly one block: {', '.join(map(str, sorted(odd, key=step_order)))}"
        yield Problem(("blocks",), said, "each step in one block")


def _repeated(keys: Sequence[str], path: tuple[str | int, ...], name: str) -> Iterator[Problem]:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield Problem((*path, index, name), f"{key!r} stands here twice", "each once")


def _not_consecutive(numbers: list[int], path: tuple[str | int, ...]) -> Iterator[Problem]:
    for index, number in enumerate(numbers):
        if number != index + 1:
            said = f"number {number} stands in place {index + 1}"
            yield Problem((*path, index, "n"), said, "1, 2, 3, ... without a gap")
            return
    if not numbers:
        yield Problem(path, "the list is empty", "at least one entry")
