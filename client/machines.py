"""Which machine and which ID are ours: derived from the desk and the school's account. Pure."""

from client.belief import Belief
from client.wire import Machine


def own_machine(belief: Belief) -> Machine | None:
    """Return the exam server on the desk that an ID is meant for; never a laptop."""
    if belief.desk is None or belief.ids is None:
        return None
    labels = {entry.server for entry in belief.ids.servers}
    servers = [one for one in belief.desk.machines if one.role == "exam-server"]
    return next((one for one in servers if one.label in labels), None)


def label_of(belief: Belief, machine: str) -> str:
    """Return what people read on a machine, its id if the desk does not show it, - for none."""
    machines = () if belief.desk is None else belief.desk.machines
    return next((one.label for one in machines if one.id == machine), machine or "-")


def own_id(belief: Belief) -> str:
    """Return the ID whose server bears the label of our machine, or '' while it is not known."""
    machine = own_machine(belief)
    if machine is None or belief.ids is None:
        return ""
    return next(one.server_id for one in belief.ids.servers if one.server == machine.label)


def shown_id(belief: Belief) -> str:
    """Return the ID that the Dashboard last showed in this opening of CBTSync Web, or ''."""
    if belief.status is None or belief.dashboard is None:
        return ""
    return belief.dashboard.server_id or ""


def is_patched(belief: Belief, version: str) -> bool:
    return belief.patch is not None and belief.patch.version == version
