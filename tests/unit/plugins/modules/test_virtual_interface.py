# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module for one virtual interface: carriers, owners, replacement, and what it refuses."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import (
    connection,
    gateway,
    lag,
    virtual_interface,
)
from tests.fixtures.aws_model import OTHER_ACCESS_KEY, run_module

PORT = {"location": "EqFA5", "bandwidth": "10Gbps", "provider": "Equinix"}
TRANSIT = {"name": "it", "type": "transit", "vlan": 101, "customer_asn": 65001}
OURS = {**TRANSIT, "connection": "fra-a", "gateway": "core"}


@pytest.fixture
def ports(aws_model):
    """Return the model with a connection, a LAG and a gateway for each account."""
    options = aws_model.options()
    run_module(connection.main, name="fra-a", **PORT, **options)
    run_module(lag.main, name="fra", connections=["fra-1"], **PORT, **options)
    for access_key, name in ((None, "core"), (OTHER_ACCESS_KEY, "theirs")):
        session = aws_model.options(access_key) if access_key else options
        run_module(gateway.main, name=name, amazon_asn=64512, **session)
    aws_model.patch(*(thing["name"] for thing in aws_model.ask("connections")))
    run_module(connection.main, name="fra-a", wait_seconds=20, **PORT, **options)
    run_module(lag.main, name="fra", connections=["fra-1"], wait_seconds=20, **PORT, **options)
    aws_model.forget_calls()
    return aws_model


def run(model, *, key=None, **options):
    session = model.options(key) if key else model.options()
    return run_module(virtual_interface.main, **session, **options)


def test_it_moves_from_a_connection_to_a_lag_and_is_replaced_there(ports):
    assert run(ports, **OURS)["changed"]
    on_the_lag = {**TRANSIT, "lag": "fra", "gateway": "core"}

    moved = run(ports, **on_the_lag)
    refused = run(ports, **on_the_lag | {"vlan": 111})
    name = {"replace": ["it"], "consent": ["it"]}
    replaced = run(ports, **on_the_lag | {"vlan": 111}, **name)

    assert "name it in replace" in refused["msg"]
    assert (replaced["virtual_interface"]["vlan"], moved["virtual_interface"]["vlan"]) == (111, 101)
    assert ports.changes() == [
        "CreateTransitVirtualInterface",
        "AssociateVirtualInterface",
        "DeleteVirtualInterface",
        "CreateTransitVirtualInterface",
    ]
    assert run(ports, **on_the_lag | {"vlan": 111}, **name)["plan"] == []


def test_it_is_allocated_for_another_account_and_confirmed_there(ports):
    allocated = run(ports, **TRANSIT, connection="fra-a", account="444455556666")
    assert allocated["virtual_interface"]["state"] == "confirming"

    theirs = {**TRANSIT, "gateway": "theirs", "key": OTHER_ACCESS_KEY}
    confirmed = run(ports, **theirs)

    assert confirmed["virtual_interface"]["state"] == "down"
    assert run(ports, **theirs)["plan"] == []
    again = run(ports, **TRANSIT, connection="fra-a", account="444455556666")
    assert again["plan"] == []
    gone = {"name": "it", "state": "absent"}
    assert run(ports, **gone, key=OTHER_ACCESS_KEY)["changed"]
    assert run(ports, **gone, connection="fra-a", account="444455556666")["changed"] is False


def test_check_mode_predicts_a_public_interface_and_one_on_a_vgw(ports):
    public = {
        "name": "open",
        "type": "public",
        "connection": "fra-a",
        "vlan": 102,
        "customer_asn": 65001,
        "route_filter_prefixes": ["192.0.2.64/26"],
        "peers": [
            {
                "family": "ipv4",
                "amazon_address": "192.0.2.1/30",
                "customer_address": "192.0.2.2/30",
            }
        ],
    }
    private = {**OURS, "name": "old", "type": "private", "vlan": 103, "gateway": None}
    private |= {"virtual_gateway": "vgw-legacy", "rate_limit": "500Mbps"}
    for wanted in (public, private):
        planned = run_module(virtual_interface.main, check=True, **wanted, **ports.options())
        assert ports.changes() == []
        done = run(ports, **wanted)
        assert done["plan"] == planned["plan"] != []
        assert run(ports, **wanted)["changed"] is False
        ports.forget_calls()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        pytest.param({"mtu": 9000}, "9000 is no MTU of a transit interface", id="mtu"),
        pytest.param({"vlan": 5000}, "5000 is not a VLAN id", id="vlan"),
        pytest.param({"rate_limit": "3Mbps"}, "3Mbps is no rate limit", id="rate limit"),
        pytest.param({"gateway": None}, "gateway: is missing", id="no end"),
        pytest.param({"lag": "fra"}, "mutually exclusive", id="two carriers"),
    ],
)
def test_what_cannot_be_is_refused_without_a_call(aws_model, options, told):
    result = run(aws_model, **OURS | options)
    assert result["failed"]
    assert told in result["msg"]
    assert aws_model.calls() == []
