# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""moto's CloudWatch with alarms that follow the model: those on states know them at once.

No time passes over an alarm's periods: the one value that a metric has now stands for all points.
Metrics other than the two states have no points here, as on a circuit without traffic.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from moto.cloudwatch import urls
from moto.cloudwatch.exceptions import CloudWatchException, ValidationError
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from . import neighbour_validation
from .errors import ModelError
from .request import OPERATIONS, PAGE_SIZE, Request

if TYPE_CHECKING:
    from .world import World

_MISSING = {"breaching": "ALARM", "notBreaching": "OK"}
_UP = ("available", "up")


class InvalidNextTokenError(CloudWatchException):
    """The token is not one that was given out."""

    code = "InvalidNextToken"


class CloudWatch(CloudWatchResponse):
    """One HTTP request to CloudWatch."""

    world: World

    def call_action(self) -> Any:
        """Answer, once nothing is found to be missing or wrong."""
        call = ("cloudwatch", self._get_action(), self.params or {})
        missing = neighbour_validation.missing(*call)
        fault = f"The parameter {missing} is required." if missing else None
        fault = fault or neighbour_validation.wrong(*call)
        if fault is None:
            return super().call_action()
        return self.serialized(ActionResult(ValidationError(fault)))

    def describe_alarms(self) -> ActionResult:
        """Return one page of alarms, each in the state that its metric puts it in now."""
        for alarm in self.cloudwatch_backend.describe_alarms():
            state = self._state(alarm)
            if alarm.rule is None and alarm.state_value != state:
                alarm.update_state("The model's metric has changed", "{}", state)
        result = cast("dict[str, Any]", super().describe_alarms().result)
        alarms, start = result["MetricAlarms"], _start(self._get_param("NextToken"))
        end = start + min(int(self._get_param("MaxRecords") or PAGE_SIZE), PAGE_SIZE)
        more = {"NextToken": str(end)} if end < len(alarms) else {}
        return ActionResult({**result, "MetricAlarms": alarms[start:end], **more})

    def _state(self, alarm: Any) -> str:
        value = self._value(alarm)
        if value is None:
            return _MISSING.get(alarm.treat_missing_data, "INSUFFICIENT_DATA")
        below = alarm.comparison_operator == "LessThanThreshold"
        bad = value < alarm.threshold if below else value > alarm.threshold
        return "ALARM" if bad else "OK"

    def _value(self, alarm: Any) -> int | None:
        """Return what a metric shows now; None where it has no points."""
        dimensions = {each.name: each.value for each in alarm.dimensions}
        try:
            if alarm.metric_name == "ConnectionState":
                return self._light(dimensions)
            if alarm.metric_name == "VirtualInterfaceBgpStatus":
                return self._session(dimensions)
        except (KeyError, ModelError):  # it names nothing, or nothing that is there
            return None
        return None

    def _light(self, dimensions: dict[str, str]) -> int:
        wanted = {"connectionId": dimensions["ConnectionId"]}
        (found,) = self._ask("DescribeConnections", wanted)["connections"]
        return int(found["connectionState"] in _UP)

    def _session(self, dimensions: dict[str, str]) -> int | None:
        wanted = {"virtualInterfaceId": dimensions["VirtualInterfaceId"]}
        (found,) = self._ask("DescribeVirtualInterfaces", wanted)["virtualInterfaces"]
        family = dimensions.get("IpAddressFamily")
        status = [
            each["bgpStatus"] for each in found["bgpPeers"] if each["addressFamily"] == family
        ]
        return int(status[0] in _UP) if status else None

    def _ask(self, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        """Ask Direct Connect of the same account."""
        request = Request(
            world=self.world,
            account=self.current_account,
            region=self.region,
            operation=operation,
            parameters=parameters,
        )
        return OPERATIONS[operation](request)


def _start(token: str | None) -> int:
    """Return where a page starts."""
    if token and not token.isdecimal():
        raise InvalidNextTokenError(f"The token {token} is not valid.")
    return int(token or 0)


def install(world: World) -> None:
    """Put our responses in the place of moto's, in this world."""
    CloudWatch.world = world
    urls.url_paths = {"{0}/$": CloudWatch.dispatch}
