# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a call costs grows with its page, not with all that the account holds."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pytest

import lab.aws.service  # noqa: F401 - registers the operations
from lab.aws.request import OPERATIONS, Request
from lab.aws.world import World

ACCOUNT, REGION = "111122223333", "eu-central-1"


class Estate:
    """A world with many connections that are plugged, each with a virtual interface."""

    def __init__(self, directory, size):
        self.world = World(state_directory=directory)
        order = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "c"}
        first = self.call("CreateConnection", **order)["connectionId"]
        self.plug(directory, [first])
        self.world.clock.advance(60)
        gateway = self.call("CreateDirectConnectGateway", directConnectGatewayName="core")
        self.world.clock.advance(60)
        new = {"virtualInterfaceName": "v", "vlan": 101, "asnLong": 65001}
        new["directConnectGatewayId"] = gateway["directConnectGateway"]["directConnectGatewayId"]
        self.call(
            "CreateTransitVirtualInterface", connectionId=first, newTransitVirtualInterface=new
        )
        self._multiply(size)
        self.plug(directory, list(self.ledger.connections))

    @property
    def ledger(self):
        return self.world.ledger(ACCOUNT, REGION)

    def _multiply(self, size):
        (connection,) = self.ledger.connections.values()
        (interface,) = self.ledger.virtual_interfaces.values()
        for number in range(1, size):
            port, vif = f"dxcon-{number:08}", f"dxvif-{number:08}"
            self.ledger.connections[port] = replace(connection, id=port)
            self.ledger.virtual_interfaces[vif] = replace(interface, id=vif, connection_id=port)

    @staticmethod
    def plug(directory, connections):
        cables = {one: {"id": one} for one in connections}
        (directory / "cables.json").write_text(json.dumps(cables), encoding="utf-8")

    def call(self, operation, **parameters):
        return OPERATIONS[operation](
            Request(
                world=self.world,
                account=ACCOUNT,
                region=REGION,
                operation=operation,
                parameters=parameters,
            )
        )

    def effort(self, operation):
        """Return how many functions of Python a page takes, once all is warm."""
        self.call(operation)
        count = 0

        def seen(_frame, event, _argument):
            nonlocal count
            count += event == "call"

        sys.setprofile(seen)
        try:
            answer = self.call(operation)
        finally:
            sys.setprofile(None)
        assert "nextToken" in answer
        return count


@pytest.mark.parametrize("operation", ["DescribeConnections", "DescribeVirtualInterfaces"])
def test_a_page_of_a_big_estate_costs_little_more_than_one_of_a_small(
    tmp_path, monkeypatch, operation
):
    monkeypatch.setattr("lab.aws.fabric._COARSE_SECONDS", -1.0)
    efforts = []
    for size in (150, 3000):
        (tmp_path / str(size)).mkdir()
        efforts.append(Estate(tmp_path / str(size), size).effort(operation))
    small, big = efforts
    # What is left is the choice of what is listed: a few functions for each object.
    assert big - small < 8 * (3000 - 150)
