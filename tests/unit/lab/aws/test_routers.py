# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The thread that has the AWS routers follow the model goes on, whatever fails beside it."""

from __future__ import annotations

from lab.aws.routers import Routers
from lab.aws.state import Ledger, VirtualInterface
from lab.aws.world import World
from tests.fixtures.polling import until


def of_an_earlier_life():
    return VirtualInterface(
        id="dxvif-00000000",
        name="fra-a-transit",
        type="transit",
        account="111122223333",
        region="eu-central-1",
        connection_id="dxcon-00000000",
        vlan=101,
        mtu=1500,
        created_at=0.0,
        peers=[],
    )


def test_it_asks_again_when_ec2_did_not_come_up(tmp_path):
    asked = []

    def wait():
        asked.append(True)
        if len(asked) == 1:
            raise RuntimeError("EC2 of the model did not come up")

    world = World(state_directory=tmp_path, wait_for_ec2=wait)
    found = of_an_earlier_life()
    world.put(found.account, found.region, Ledger(virtual_interfaces={found.id: found}))
    Routers(world).start()
    until(lambda: len(asked) > 1, "it asks again", pause=0.01)
