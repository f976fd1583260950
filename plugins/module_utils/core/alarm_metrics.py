# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The metrics of Direct Connect that an alarm can watch, as data.

Names, dimensions and intervals are those of the user guide's page on CloudWatch (2026-09). AWS
publishes a point every five minutes: a shorter period would find gaps and take them for outages.

What has to be thought of for each is silence. A state is published as long as there is something
to have one, so silence is an outage or blindness, and both call for people: it is as bad as a zero.
A rate or a count is not published where nothing flows: its silence is no news. An optical level
that is missing says nothing of the light, and the state of the connection tells the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "AWS/DX"
PERIOD_SECONDS = 300
Bound = Literal["below", "above", "below_dbm", "above_dbm", "above_percent"]
BOUNDS: tuple[Bound, ...] = ("below", "above", "below_dbm", "above_dbm", "above_percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric, and how it is watched if nobody says otherwise.

    Attributes:
        of: What it is a metric of.
        name: Its name at AWS.
        bounds: The attributes that can set its threshold; none where it is a state.
        bound: The one that holds if none is given; None where one must be given.
        threshold: The value of that.
        silent: Treated as what, if a point is missing and the alarm goes off below its threshold.
        sums: Whether points of a period add up.
        periods: How many periods must be bad.
        dedicated: Whether hosted connections have none.
        per: What makes several of it: the family of a BGP session, the lane of the optics.
    """

    of: Literal["connection", "virtual_interface"]
    name: str
    bounds: tuple[Bound, ...] = ()
    bound: Bound | None = "below"
    threshold: int = 1
    silent: str = "breaching"
    sums: bool = False
    periods: int = 1
    dedicated: bool = False
    per: Literal["", "family", "lane"] = ""


def _rate(name: str, bound: Bound, threshold: int, periods: int, *, sums: bool = False) -> Metric:
    return Metric(
        of="connection",
        name=name,
        bounds=(bound,),
        bound=bound,
        threshold=threshold,
        silent="notBreaching",
        periods=periods,
        sums=sums,
        dedicated=True,
    )


def _light(name: str) -> Metric:
    return Metric(
        of="connection",
        name=name,
        bounds=("below_dbm", "above_dbm"),
        bound=None,
        silent="missing",
        periods=3,
        dedicated=True,
        per="lane",
    )


def _prefixes(name: str) -> Metric:
    return Metric(of="virtual_interface", name=name, bounds=("below", "above"), per="family")


# Throughput tells something over a quarter of an hour (AWS's knowledge center says so).
METRICS: Mapping[str, Metric] = {
    "connection_state": Metric(of="connection", name="ConnectionState"),
    "encryption_state": Metric(of="connection", name="ConnectionEncryptionState", dedicated=True),
    "light_level_rx": _light("ConnectionLightLevelRx"),
    "light_level_tx": _light("ConnectionLightLevelTx"),
    "error_count": _rate("ConnectionErrorCount", "above", 0, 1, sums=True),
    "discards": _rate("ConnectionDiscardsPpsEgress", "above", 0, 3),
    "utilisation_egress": _rate("ConnectionBpsEgress", "above_percent", 80, 3),
    "utilisation_ingress": _rate("ConnectionBpsIngress", "above_percent", 80, 3),
    "bgp_status": Metric(of="virtual_interface", name="VirtualInterfaceBgpStatus", per="family"),
    "prefixes_accepted": _prefixes("VirtualInterfaceBgpPrefixesAccepted"),
    "prefixes_advertised": _prefixes("VirtualInterfaceBgpPrefixesAdvertised"),
}
# What every circuit has a right answer for; all else needs a number that only its owner knows.
DEFAULTS = ("connection_state", "encryption_state", "bgp_status")
