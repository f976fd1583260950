# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A LAG carries what its first connection carried, on the same router and port."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.lab


@pytest.fixture
def bundle(lab, circuit, wait_until):
    """Make a LAG of the circuit's connection, and leave the circuit as it was."""
    client = lab.direct_connect
    lag = client.create_lag(
        numberOfConnections=1,
        location="EqFA5",
        connectionsBandwidth="10Gbps",
        lagName="fra",
        connectionId=circuit.connection,
    )["lagId"]
    yield lag
    client.disassociate_connection_from_lag(connectionId=circuit.connection, lagId=lag)
    client.associate_virtual_interface(
        virtualInterfaceId=circuit.transit, connectionId=circuit.connection
    )
    client.delete_lag(lagId=lag)
    wait_until("the sessions", lambda: lab.status(circuit.transit), wanted=["up", "up"])


def test_a_connection_that_joins_a_lag_is_interrupted_and_goes_on_there(
    lab, circuit, bundle, wait_until
):
    assert lab.virtual_interface(circuit.transit)["connectionId"] == bundle
    wait_until("interrupted", lambda: lab.status(circuit.transit), wanted=["down", "down"])
    wait_until("up again", lambda: lab.status(circuit.transit), wanted=["up", "up"])


def test_a_lag_below_its_minimum_carries_nothing(lab, circuit, bundle, wait_until):
    def state():
        return lab.direct_connect.describe_lags(lagId=bundle)["lags"][0]["lagState"]

    def carried():
        return "eth1.101" in lab.on("aws-fra", "ls", "/sys/class/net").split()

    wait_until("available", state, wanted="available")
    lab.direct_connect.update_lag(lagId=bundle, minimumLinks=1)
    wait_until("up", lambda: lab.status(circuit.transit), wanted=["up", "up"])
    lab.command("unpatch", "fra-a")
    wait_until("down", state, wanted="down")
    wait_until("sessions down", lambda: lab.status(circuit.transit), wanted=["down", "down"])
    wait_until("nothing carried", carried, wanted=False)
    lab.command("patch", "fra-a")
    wait_until("available again", state, wanted="available")
    wait_until("sessions up", lambda: lab.status(circuit.transit), wanted=["up", "up"])
