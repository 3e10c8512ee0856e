"""Conditions of the centre: closed, out of reach, slow. They hold for a stretch of time."""

from mock_server.domain.operations import Operation
from mock_server.faults.kind import AnyKind, FaultKind, PlansCentral, always
from mock_server.faults.params import Factor, Params

_DASHBOARD = frozenset(
    {
        Operation.ID_SUBMIT,
        Operation.DASHBOARD_VIEW,
        Operation.STATUS_REFRESH,
        Operation.SYNC_START,
        Operation.SYNC_STATUS,
    }
)
_PATCHING = frozenset({Operation.PATCH_START, Operation.PATCH_STATUS})


class CentralSlow(Params, frozen=True, kw_only=True):
    factor_permille: Factor = 4000


def _usual(_params: Params) -> int:
    return 1000


def _slow(params: CentralSlow) -> int:
    return params.factor_permille


KINDS: tuple[AnyKind, ...] = (
    FaultKind(
        name="central.closed",
        params=Params,
        act=PlansCentral(
            part="closures",
            met_by=_DASHBOARD - {Operation.STATUS_REFRESH},
            factor_permille=_usual,
        ),
        effects=always("none"),
        basis="documented",
    ),
    FaultKind(
        name="central.unreachable",
        params=Params,
        act=PlansCentral(part="outages", met_by=_DASHBOARD | _PATCHING, factor_permille=_usual),
        effects=always("none"),
        basis="reported",
    ),
    FaultKind(
        name="central.slow",
        params=CentralSlow,
        act=PlansCentral(
            part="slowdowns",
            met_by=frozenset({Operation.PATCH_START, Operation.SYNC_START}),
            factor_permille=_slow,
        ),
        effects=always("none"),
        basis="reported",
    ),
)
