# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The backup path against the model of AWS: made, moved, changed, taken down; keys stay secret."""

from __future__ import annotations

import json

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate, estate_info
from tests.fixtures.aws_model import run_module
from tests.fixtures.kills import kill_at_every_change
from tests.fixtures.living import client_of
from tests.fixtures.processes import both_find_nothing

KEY, OTHER_KEY = "first.secret_key", "second.secret_key"
TUNNELS = [
    {"inside_cidr": "169.254.10.0/30", "key": KEY},
    {"inside_cidr": "169.254.10.4/30", "key": KEY, "ike_versions": ["ikev2"]},
]
CUSTOMER = {"name": "fra-edge", "account": "network", "address": "192.0.2.10", "asn": 65001}
VPN = {
    "name": "fra-backup",
    "account": "network",
    "customer_gateway": "fra-edge",
    "virtual_gateway": "vgw-legacy",
    "static_routes": ["192.168.0.0/16"],
    "tunnels": TUNNELS,
}
MADE = ["CreateCustomerGateway", "CreateVpnConnection", "CreateVpnConnectionRoute"]


def document(*vpns, customers=(CUSTOMER,), **more):
    return {
        "name": "acme",
        "customer_gateways": list(customers),
        "vpn_connections": list(vpns or (VPN,)),
        **more,
    }


@pytest.fixture
def run(aws_model):
    """Return a way to run the estate's module; calls count from there."""

    def run(wanted, module=estate, **options):
        aws_model.forget_calls()
        part = {"estate": wanted, "account": "network"}
        return run_module(module.main, **aws_model.options(), **part, **options)

    return run


def vpn_of(result):
    (found,) = result["observed"]["vpn_connections"]
    return found


def test_the_backup_path_is_made_in_order_and_then_left_alone(run, aws_model):
    planned = run(document(), check=True)
    assert aws_model.changes() == []

    made = run(document())

    assert planned["plan"] == made["plan"]
    assert aws_model.changes() == MADE
    assert vpn_of(made)["routing"] == "static"
    assert [each["inside_cidr"] for each in vpn_of(made)["tunnels"]] == [
        "169.254.10.0/30",
        "169.254.10.4/30",
    ]
    assert run(document())["changed"] is False
    assert aws_model.changes() == []


def test_an_estate_without_a_backup_path_pays_no_call_for_it(run, aws_model):
    run({"name": "acme"})
    assert not {"DescribeCustomerGateways", "DescribeVpnConnections"} & set(aws_model.calls())
    run(document(), check=True)
    for once in ("DescribeCustomerGateways", "DescribeVpnConnections", "DescribeVpnGateways"):
        assert aws_model.calls().count(once) == 1


def test_tunnels_that_are_down_are_awaited_from_the_own_team(run, aws_model):
    made = run(document())
    ends = [each["outside_address"] for each in vpn_of(made)["tunnels"]]
    (awaited,) = [each for each in made["awaited"] if each["kind"] == "vpn_connection"]
    assert (awaited["from"], awaited["state"]) == ("own team", "DOWN")
    assert f"the tunnels to {ends[0]} and {ends[1]}" in awaited["what"]

    aws_model.ask("tunnels", {"vpn_connection": "fra-backup", "up": 1})
    (awaited,) = run(document())["awaited"]
    assert f"the tunnel to {ends[1]}," in awaited["what"]

    aws_model.ask("tunnels", {"vpn_connection": "fra-backup", "up": 2})
    seen = run(document())
    assert seen["awaited"] == []
    assert [each["status"] for each in vpn_of(seen)["tunnels"]] == ["UP", "UP"]


def test_static_routes_are_exact_and_the_last_way_needs_consent(run, aws_model):
    run(document())
    other = document({**VPN, "static_routes": ["192.168.0.0/17"]})

    assert "takes the way to 192.168.0.0/16 from vgw-legacy" in run(other)["msg"]
    changed = run(other, consent=["fra-backup"])

    assert vpn_of(changed)["static_routes"] == ["192.168.0.0/17"]
    assert aws_model.changes() == ["DeleteVpnConnectionRoute", "CreateVpnConnectionRoute"]


def test_a_tunnel_is_changed_one_after_the_other_and_with_consent_only(run, aws_model):
    run(document())
    tunnels = [{**each, "key": OTHER_KEY} for each in TUNNELS]
    tunnels[0]["dpd_timeout_action"] = "restart"
    other = document({**VPN, "tunnels": tunnels})

    refused = run(other)
    assert "interrupts the tunnel to" in refused["msg"]
    assert aws_model.changes() == []
    changed = run(other, consent=["fra-backup"])

    assert "key AWS's -> the estate's" in changed["plan_text"]
    assert aws_model.changes() == ["ModifyVpnTunnelOptions"] * 2
    assert vpn_of(changed)["tunnels"][0]["dpd_timeout_action"] == "restart"
    assert run(other)["changed"] is False


def test_a_vpn_connection_moves_to_a_transit_gateway_once_its_routes_are_off(run, aws_model):
    run(document())
    moved = {**VPN, "static_routes": [], "transit_gateway": "tgw-core"}
    del moved["virtual_gateway"]

    changed = run(document(moved), consent=["fra-backup"])

    assert aws_model.changes() == ["DeleteVpnConnectionRoute", "ModifyVpnConnection"]
    assert vpn_of(changed)["target_id"].startswith("tgw-")
    assert run(document(moved))["changed"] is False


def test_another_address_takes_another_customer_gateway_to_which_the_tunnels_move(run, aws_model):
    run(document())
    readdressed = {**CUSTOMER, "address": "192.0.2.20"}
    refused = run(document(customers=[readdressed]), replace=["fra-edge"], consent=["fra-edge"])
    assert "let fra-backup begin at it: AWS moves a VPN connection" in refused["msg"]

    second = {**readdressed, "name": "fra-edge-2"}
    moving = document({**VPN, "customer_gateway": "fra-edge-2"}, customers=[CUSTOMER, second])
    run(moving)
    assert aws_model.changes() == ["CreateCustomerGateway", "ModifyVpnConnection"]

    last = document({**VPN, "customer_gateway": "fra-edge-2"}, customers=[second])
    run(last, prune=True, consent=["fra-edge"])
    assert aws_model.changes() == ["DeleteCustomerGateway"]


def test_a_customer_gateway_that_nothing_uses_is_made_anew_with_consent(run, aws_model):
    wanted = {"name": "acme", "customer_gateways": [CUSTOMER]}
    run(wanted)
    other = {"name": "acme", "customer_gateways": [{**CUSTOMER, "asn": 4200000001}]}

    assert "asn is 65001 at AWS and 4200000001 in the estate" in run(other)["msg"]
    made = run(other, replace=["fra-edge"], consent=["fra-edge"])

    assert aws_model.changes() == ["DeleteCustomerGateway", "CreateCustomerGateway"]
    assert made["observed"]["customer_gateways"][0]["asn"] == 4200000001


def test_bgp_in_the_place_of_static_routes_takes_another_vpn_connection(run, aws_model):
    bgp = {key: value for key, value in VPN.items() if key != "static_routes"}
    run(document(bgp))

    assert "routing is bgp at AWS and static in the estate" in run(document())["msg"]
    made = run(document(), replace=["fra-backup"], consent=["fra-backup"])

    assert aws_model.changes() == [
        "DeleteVpnConnection",
        "CreateVpnConnection",
        "CreateVpnConnectionRoute",
    ]
    assert vpn_of(made)["static_routes"] == ["192.168.0.0/16"]


CORE = {
    "name": "core",
    "account": "network",
    "amazon_asn": 64512,
    "associations": [{"transit_gateway": "tgw-core", "allowed_prefixes": ["10.20.0.0/16"]}],
}
PRIVATE = {
    "name": "inside",
    "account": "network",
    "customer_gateway": "fra-edge",
    "transit_gateway": "tgw-core",
    "outside_address_type": "private",
}


def test_a_private_vpn_connection_runs_over_the_association_that_the_same_run_makes(run, aws_model):
    inside = {**CUSTOMER, "address": "10.1.1.1"}
    wanted = document(PRIVATE, customers=[inside], gateways=[CORE])

    made = run(wanted)

    assert aws_model.changes() == [
        "CreateDirectConnectGateway",
        "CreateCustomerGateway",
        "CreateDirectConnectGatewayAssociation",
        "CreateVpnConnection",
    ]
    assert vpn_of(made)["transport_attachment_id"].startswith("tgw-attach-")
    assert run(wanted)["changed"] is False
    assert run(wanted, scope=["vpn_connections"])["changed"] is False

    run(wanted, state="absent", consent=["core", "inside", "fra-edge", "core/tgw-core"])
    gone = aws_model.changes()
    assert gone.index("DeleteVpnConnection") < gone.index("DeleteDirectConnectGatewayAssociation")


def test_the_backup_path_goes_before_the_gateway_that_it_ends_on(run, aws_model):
    gateway = {"name": "vgw-apps", "account": "network", "amazon_asn": 64700, "vpc": "core"}
    wanted = document({**VPN, "virtual_gateway": "vgw-apps"}, virtual_gateways=[gateway])
    run(wanted)
    assert aws_model.changes() == [
        "CreateVpnGateway",
        "AttachVpnGateway",
        "CreateCustomerGateway",
        "CreateVpnConnection",
        "CreateVpnConnectionRoute",
    ]
    blocked = run(
        {"name": "acme", "virtual_gateways": [gateway]}, state="absent", consent=["vgw-apps"]
    )
    assert "virtual_gateway vgw-apps still has vpn_connection fra-backup" in blocked["msg"]

    gone = run(wanted, state="absent", consent=["vgw-apps"])

    assert gone["changed"]
    assert aws_model.changes() == [
        "DeleteVpnConnection",
        "DeleteCustomerGateway",
        "DetachVpnGateway",
        "DeleteVpnGateway",
    ]


def test_what_is_no_longer_declared_is_told_and_goes_with_prune_and_consent(run, aws_model):
    run(document())
    rest = {"name": "acme"}
    pruned = run(rest, prune=True, consent=["fra-backup", "fra-edge"])
    assert pruned["changed"]
    assert aws_model.changes() == ["DeleteVpnConnection", "DeleteCustomerGateway"]


def test_no_key_is_told_by_plan_result_or_export(run):
    results = [run(document(), check=True), run(document())]
    other = document({**VPN, "tunnels": [{**each, "key": OTHER_KEY} for each in TUNNELS]})
    results += [run(other), run(other, consent=["fra-backup"]), run(other)]
    results += [run(other, estate_info, everything=True), run(other, estate_info)]
    bad = document({**VPN, "tunnels": [{**TUNNELS[0], "key": "0" + KEY}]})
    results.append(run(bad))
    assert "is no key for AWS" in results[-1]["msg"]

    for result in results:
        text = json.dumps(result)
        assert KEY not in text
        assert OTHER_KEY not in text
        assert "pre_shared_key" not in text


def test_the_keys_that_aws_makes_are_told_by_nothing(run, aws_model, capfd):
    """Ansible masks what it was given; of these keys it knows nothing."""
    plain = {**VPN, "tunnels": []}
    results = [run(document(plain)), run(document(plain), estate_info, everything=True)]
    moved = {**plain, "static_routes": [], "transit_gateway": "tgw-core"}
    del moved["virtual_gateway"]
    aws_model.break_call("ModifyVpnConnection", "error-after")
    results.append(run(document(moved), consent=["fra-backup"]))
    aws_model.break_call("DeleteVpnConnection", "error-before")
    results.append(run(document(moved), state="absent", settle_seconds=1))

    (there,) = client_of(aws_model, "ec2").describe_vpn_connections()["VpnConnections"]
    keys = [each["PreSharedKey"] for each in there["Options"]["TunnelOptions"]]
    assert len(set(keys)) == 2
    assert "failed" in results[-1]
    told = json.dumps(results) + "".join(capfd.readouterr())
    assert not any(key in told for key in keys)


def test_the_export_of_a_backup_path_plans_nothing_when_it_is_fed_back(run):
    inside = {**CUSTOMER, "name": "inner", "address": "10.1.1.1"}
    private = {**PRIVATE, "customer_gateway": "inner"}
    run(document(VPN, private, customers=[CUSTOMER, inside], gateways=[CORE]))

    told = run(document(), estate_info, everything=True)["document"]

    assert [each["name"] for each in told["vpn_connections"]] == ["fra-backup", "inside"]
    assert run(told)["changed"] is False
    assert run(told)["plan"] == []


def test_what_aws_would_answer_with_another_estates_is_refused(run, aws_model):
    run(document())

    refused = run({**document(), "name": "other"})

    assert "fra-edge: cgw-" in refused["msg"]
    assert "is named fra-edge already and belongs to another by its tags" in refused["msg"]
    assert aws_model.changes() == []


def alive(aws_model):
    """Return the ids of the customer gateways and VPN connections that are there."""
    ec2 = client_of(aws_model, "ec2")
    customers = ec2.describe_customer_gateways()["CustomerGateways"]
    vpns = ec2.describe_vpn_connections()["VpnConnections"]
    return (
        [each["CustomerGatewayId"] for each in customers if each["State"] == "available"],
        [each["VpnConnectionId"] for each in vpns if each["State"] == "available"],
    )


@pytest.mark.parametrize("end", ["transit_gateway: tgw-core", "virtual_gateway: vgw-legacy"])
def test_of_two_made_on_two_control_nodes_one_stays(aws_model, tmp_path, end):
    kind, target = end.split(": ")
    plain = {key: VPN[key] for key in ("name", "account", "customer_gateway")}
    homes = tmp_path / "one", tmp_path / "two"

    results = both_find_nothing(
        aws_model,
        "DescribeVpnConnections",
        *homes,
        estate=document({**plain, kind: target}),
        settle_seconds=10,
    )

    assert not [result["msg"] for result in results if result.get("failed")]
    assert aws_model.changes().count("CreateVpnConnection") == 2
    customers, vpns = alive(aws_model)
    assert (len(customers), len(vpns)) == (1, 1)
    assert {vpn_of(result)["id"] for result in results} == set(vpns)


def test_a_run_killed_at_any_change_is_completed_by_the_next_with_nothing_twice(run, aws_model):
    options = {"estate": document(), "account": "network"}
    assert kill_at_every_change(aws_model, estate.main, **options) == MADE
    assert run(document())["changed"] is False

    assert [len(each) for each in alive(aws_model)] == [1, 1]
