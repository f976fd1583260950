# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a location does not have is refused before anything is ordered, all of it at once."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import connection, estate, lag
from tests.fixtures.aws_model import run_module

PORT = {"account": "network", "location": "EqFA5", "bandwidth": "10Gbps"}
SCOPE = ["connections", "lags"]


@pytest.fixture
def run(aws_model):
    """Return a way to reconcile the ports of an estate, by name."""

    def reconcile(ports, *, check=False, **more):
        connections = [{"name": name, **PORT, **port} for name, port in ports.items()]
        document = {"name": "acme", "connections": connections, **more}
        options = {"estate": document, "account": "network", "scope": SCOPE, "settle_seconds": 0}
        aws_model.forget_calls()
        return run_module(estate.main, check=check, **options, **aws_model.options())

    return reconcile


def paths(result):
    return [line.partition(":")[0] for line in result["msg"].splitlines()]


WRONG = {
    "fra-a": {},
    "fra-b": {"location": "EqFA6"},
    "prg-a": {"location": "CEPRG", "bandwidth": "100Gbps", "provider": "Colt"},
    "prg-b": {"location": "CEPRG", "request_macsec": True},
    "fra-c": {"bandwidth": "1Gbps", "billing_mode": "FlatRateTier1"},
}
PATHS = [
    "connections[1].location",
    "connections[2].bandwidth",
    "connections[2].provider",
    "connections[3].request_macsec",
    "connections[4].billing_mode",
]


@pytest.mark.parametrize("check", [False, True], ids=["for real", "check mode"])
def test_everything_that_is_not_there_is_told_at_once_and_nothing_is_ordered(run, aws_model, check):
    result = run(WRONG, check=check)

    assert result["failed"]
    assert paths(result) == PATHS
    assert result["msg"].splitlines()[0] == (
        "connections[1].location: AWS has no location EqFA6 for eu-central-1: if you mean EqFA5 "
        "(Equinix FR5, Frankfurt, DEU), write that code"
    )
    assert (aws_model.changes(), aws_model.ask("connections")) == ([], [])


def test_the_locations_are_asked_once_and_only_if_something_is_ordered(run, aws_model):
    ports = {"fra-a": {}, "ams-a": {"location": "EqAM3"}}
    bundle = {"name": "fra", **PORT, "connections": ["fra-1"]}

    run({**ports, "fra-1": {}}, lags=[bundle])
    assert aws_model.calls().count("DescribeLocations") == 1
    assert aws_model.changes()[:3] == ["CreateConnection", "CreateConnection", "CreateLag"]

    assert run({**ports, "fra-1": {}}, lags=[bundle])["changed"] is False
    run({"fra-a": {"billing_mode": "FlatRateTier1"}})
    assert "DescribeLocations" not in aws_model.calls()


def test_a_lag_is_told_where_it_can_be_had(run, aws_model):
    place = {"location": "EqAM3", "bandwidth": "400Gbps"}

    result = run(
        {"ams-1": place}, lags=[{"name": "ams", **PORT, **place, "connections": ["ams-1"]}]
    )

    assert result["msg"] == (
        "lags[0].bandwidth: EqAM3 (Equinix AM3, Amsterdam, NLD) has no ports of 400Gbps, only of "
        "1Gbps, 10Gbps and 100Gbps; all of it can be had at EqFA5 (Equinix FR5, Frankfurt, DEU; "
        "364 km away) or EqDC2 (Equinix DC2/DC11, Ashburn, VA; 6208 km away)"
    )
    assert aws_model.changes() == []


def test_other_faults_are_told_beside_it(run, aws_model):
    run({"fra-a": {}})

    result = run({"fra-a": {"bandwidth": "1Gbps"}, "fra-b": {"location": "EqFA6"}})

    first, second = result["msg"].splitlines()
    assert first.startswith("connection fra-a: bandwidth is 10Gbps at AWS and 1Gbps in the estate")
    assert second.startswith("connections[1].location: AWS has no location EqFA6")
    assert aws_model.changes() == []


@pytest.mark.parametrize(
    ("module", "options"),
    [
        pytest.param(connection, {"bandwidth": "400Gbps"}, id="connection"),
        pytest.param(lag, {"bandwidth": "400Gbps", "connections": ["ams-1"]}, id="lag"),
    ],
)
def test_a_single_port_is_refused_as_well(aws_model, module, options):
    where = {"name": "ams", "location": "EqAM3", **options, **aws_model.options()}

    result = run_module(module.main, **where)

    assert "EqAM3 (Equinix AM3, Amsterdam, NLD) has no ports of 400Gbps" in result["msg"]
    assert aws_model.changes() == []


def test_when_the_locations_cannot_be_had_nothing_is_ordered(run, aws_model):
    aws_model.let_in(
        {"AKIATESTTESTTESTTEST": "111122223333"},
        {
            "AKIATESTTESTTESTTEST": [
                "directconnect:DescribeConnections",
                "directconnect:DescribeLags",
            ]
        },
    )

    result = run({"fra-a": {}})

    assert "directconnect:DescribeLocations" in result["msg"]
    assert aws_model.changes() == []
