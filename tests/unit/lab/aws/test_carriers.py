# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which port of AWS's routers carries what rides on a connection or a LAG."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lab.aws import carriers
from lab.aws.sight import Light
from lab.aws.state import Connection, Lag, MacsecKey
from lab.aws.world import World

ACCOUNT, REGION = "111122223333", "eu-central-1"
PLACE = {"account": ACCOUNT, "region": REGION, "location": "EqFA5", "device": "EqFA5-1"}
PORT = Connection(
    id="dxcon-one",
    name="one",
    bandwidth="10Gbps",
    created_at=0.0,
    first_light_at=1.0,
    aws_port="aws-fra:eth1",
    **PLACE,
)
OTHER = replace(PORT, id="dxcon-two", aws_port="aws-fra:eth2")
MUST = {"macsec": True, "encryption_mode": "must_encrypt"}
KEY = MacsecKey(secret_arn="arn:one", ckn="a" * 64, associated_at=0.0)  # noqa: S106 - a name
BUNDLE = Lag(
    id="dxlag-one", name="pair", bandwidth="10Gbps", created_at=0.0, first_light_at=1.0,
    connection_ids=[PORT.id, OTHER.id], **PLACE,
)  # fmt: skip
BOTH_LIT = Light(cables={PORT.id: "aws-fra:eth1", OTHER.id: "aws-fra:eth2"})
FIRST_DARK = replace(BOTH_LIT, dark_ports=frozenset({"aws-fra:eth1"}))
UNPLUGGED = Light(cables={})


@pytest.mark.parametrize(
    ("carrier", "light", "port"),
    [
        pytest.param(PORT, BOTH_LIT, "aws-fra:eth1", id="its own"),
        pytest.param(PORT, UNPLUGGED, "aws-fra:eth1", id="what was plugged once stays"),
        pytest.param(replace(PORT, first_light_at=None), UNPLUGGED, None, id="never plugged"),
        pytest.param(replace(PORT, **MUST), BOTH_LIT, None, id="must encrypt without a key"),
        pytest.param(
            replace(PORT, **MUST, macsec_keys=[KEY]), BOTH_LIT, "aws-fra:eth1", id="with a key"
        ),
        pytest.param(
            replace(PORT, **MUST, macsec_keys=[KEY], router_ckns=["b" * 64]),
            BOTH_LIT,
            None,
            id="the router holds another key",
        ),
        pytest.param(
            replace(OTHER, id="dxcon-hosted", hosted_vlan=7, parent_id=PORT.id, aws_port=None),
            BOTH_LIT,
            "aws-fra:eth1",
            id="a hosted connection has its parent's",
        ),
        pytest.param(BUNDLE, BOTH_LIT, "aws-fra:eth1", id="the first member of a LAG"),
        pytest.param(BUNDLE, FIRST_DARK, "aws-fra:eth2", id="the first with light"),
        pytest.param(BUNDLE, UNPLUGGED, "aws-fra:eth1", id="all dark, and a minimum of 0"),
        pytest.param(replace(BUNDLE, minimum_links=2), FIRST_DARK, None, id="below the minimum"),
    ],
)
def test_one_port_carries_it_or_none(tmp_path, carrier, light, port):
    world = World(state_directory=tmp_path)
    world.ledger(ACCOUNT, REGION).connections.update({PORT.id: PORT, OTHER.id: OTHER})
    assert carriers.port_in(world, carrier, light) == port
