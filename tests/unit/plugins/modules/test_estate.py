# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module estate against the model of AWS, over real HTTP with real boto3."""

from __future__ import annotations

import json
import threading
from collections import Counter

import boto3
import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.modules import connection, estate, estate_info
from tests.fixtures.acme_document import KEYS, acme
from tests.fixtures.aws_model import OTHER_ACCESS_KEY, run_module

OPERATIONS = {
    ("create", "connection"): "CreateConnection",
    ("create", "gateway"): "CreateDirectConnectGateway",
    ("create", "association"): "CreateDirectConnectGatewayAssociation",
    ("create", "virtual_interface"): "Create{}VirtualInterface",
    ("create", "peer"): "CreateBGPPeer",
}


def reconcile(model, document=None, *, account="network", check=False, **options):
    model.forget_calls()
    session = options.pop("session", None) or model.options()
    return run_module(
        estate.main,
        check=check,
        estate=document or acme(),
        account=account,
        **session,
        **options,
    )


def build(model, document=None):
    """Take the whole estate to the end, cross-connect included."""
    reconcile(model, document)
    model.patch("fra-a")
    return reconcile(model, document)


def operations(plan):
    """Return the calls that a plan stands for, in any order."""
    types = {"fra-a-transit": "Transit", "fra-a-private": "Private"}
    return sorted(
        OPERATIONS[action["verb"], action["kind"]].format(types.get(action["name"]))
        for action in plan
    )


def test_the_plan_for_an_empty_account_is_what_the_real_runs_then_do(aws_model):
    planned = reconcile(aws_model, check=True)
    assert aws_model.changes() == []
    assert planned["changed"]

    first = reconcile(aws_model)
    ordered = aws_model.changes()
    aws_model.patch("fra-a")
    reconcile(aws_model)
    built = aws_model.changes()

    assert operations(planned["plan"]) == sorted(ordered + built)
    assert planned["plan_text"] == first["plan_text"]
    assert planned["diff"]["prepared"] == planned["plan_text"]


def test_the_first_run_orders_and_says_that_the_colocation_is_awaited(aws_model):
    result = reconcile(aws_model)

    (awaited,) = result["awaited"]
    assert (awaited["kind"], awaited["name"], awaited["state"], awaited["from"]) == (
        "connection",
        "fra-a",
        "pending",
        "colocation",
    )
    assert awaited["since"].endswith("Z")


def test_a_run_in_between_changes_nothing_and_predicts_that(aws_model):
    reconcile(aws_model)

    predicted = reconcile(aws_model, check=True)
    result = reconcile(aws_model)

    assert (predicted["changed"], result["changed"], aws_model.changes()) == (False, False, [])
    assert [action["kind"] for action in result["plan"]] == [
        "virtual_interface",
        "peer",
        "virtual_interface",
    ]


def test_a_finished_estate_costs_at_most_eight_reads_and_no_change(aws_model):
    build(aws_model)

    result = reconcile(aws_model)

    assert (result["changed"], result["plan"], result["awaited"]) == (False, [], [])
    assert aws_model.changes() == []
    assert len(aws_model.calls()) <= 8
    assert sum(result["calls"].values()) == len(aws_model.calls())


def test_what_is_observed_holds_both_peers_and_no_key(aws_model):
    observed = build(aws_model)["observed"]

    transit, private = observed["virtual_interfaces"]
    assert [peer["family"] for peer in transit["peers"]] == ["ipv4", "ipv6"]
    assert (transit["connection"], transit["gateway"]) == ("fra-a", "core")
    assert transit["customer_asn"] == 4200000001
    assert private["peers"][0]["customer_address"].startswith("169.254.")
    assert observed["account_id"] == "111122223333"
    assert observed["gateways"][0]["associations"][0]["target"] == "tgw-core"
    assert not [key for key in KEYS.values() if key in json.dumps(observed)]


def test_everything_that_is_made_carries_the_tags(aws_model):
    build(aws_model)
    document = acme()
    document["tags"] = {"owner": "network", "cost": "42"}

    result = reconcile(aws_model, document)

    # Only the new tag differs, so the others were set when the objects were made.
    assert {change["attribute"] for action in result["plan"] for change in action["changes"]} == {
        "tag cost"
    }
    assert aws_model.changes() == ["TagResource"] * 5
    assert reconcile(aws_model, document)["changed"] is False


@pytest.mark.parametrize("mode", ["drop-answer", "error-after"])
@pytest.mark.parametrize(
    "operation",
    [
        "CreateConnection",
        "CreateDirectConnectGateway",
        "CreateDirectConnectGatewayAssociation",
    ],
)
def test_a_create_call_whose_answer_is_lost_is_read_back_and_not_sent_again(
    aws_model, operation, mode
):
    aws_model.break_call(operation, mode)

    result = reconcile(aws_model)

    assert result["changed"]
    assert aws_model.changes().count(operation) == (1 if operation == "CreateConnection" else 2)
    assert reconcile(aws_model)["changed"] is False


@pytest.mark.parametrize(
    "operation",
    ["CreateTransitVirtualInterface", "CreatePrivateVirtualInterface", "CreateBGPPeer"],
)
def test_an_interface_whose_answer_is_lost_is_made_once(aws_model, operation):
    reconcile(aws_model)
    aws_model.patch("fra-a")
    aws_model.break_call(operation, "drop-answer")

    result = reconcile(aws_model)

    assert aws_model.changes().count(operation) == 1
    assert len(result["observed"]["virtual_interfaces"]) == 2
    assert reconcile(aws_model)["changed"] is False


def test_a_create_call_that_cannot_be_read_back_is_left_to_the_next_run(aws_model):
    aws_model.break_call("CreateConnection", "error-before")

    failed = reconcile(aws_model, settle_seconds=0, scope=["connections"])

    assert failed["failed"]
    assert "sent once" in failed["msg"]
    assert aws_model.changes() == ["CreateConnection"]
    assert len(reconcile(aws_model)["observed"]["connections"]) == 1


def test_a_refused_call_is_told_in_a_sentence_with_what_was_done_before(aws_model):
    aws_model.ask("quotas", {"connections_per_location": 1})
    document = acme()
    document["connections"].insert(0, {**acme()["connections"][0], "name": "fra-b"})

    result = reconcile(aws_model, document, scope=["connections"])

    assert result["msg"] == (
        "create connection fra-a: AWS refused CreateConnection (DirectConnectClientException): "
        "You have reached the maximum number of connections (1) at location EqFA5."
    )
    assert result["done"] == ["create connection fra-b"]


def test_reads_are_retried(aws_model):
    aws_model.break_call("DescribeConnections", "throttle")

    assert reconcile(aws_model, scope=["connections"])["changed"]


def test_two_candidates_stop_the_run_before_the_first_change(aws_model):
    for _ in range(2):
        run_order(aws_model)
    aws_model.forget_calls()

    result = reconcile(aws_model)

    assert "2 objects carry its name" in result["msg"]
    assert aws_model.changes() == []


def client(model):
    """Return a client that does what people do at the console."""
    options = model.options()
    return boto3.client(
        "directconnect",
        region_name=options["region"],
        endpoint_url=options["endpoint_url"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
    )


def run_order(model):
    """Order a port called fra-a that belongs to nobody, past what the module would refuse."""
    client(model).create_connection(connectionName="fra-a", location="EqFA5", bandwidth="10Gbps")


def test_what_was_renamed_by_hand_is_known_by_its_tags_and_named_back(aws_model):
    observed = build(aws_model)["observed"]
    console = client(aws_model)
    console.update_connection(
        connectionId=observed["connections"][0]["id"], connectionName="port 1"
    )
    console.update_direct_connect_gateway(
        directConnectGatewayId=observed["gateways"][0]["id"], newDirectConnectGatewayName="gw 1"
    )

    result = reconcile(aws_model)

    assert aws_model.changes() == ["UpdateConnection", "UpdateDirectConnectGateway"]
    assert result["awaited"] == []
    assert reconcile(aws_model)["plan_text"] == ""


def untag(model, *keys):
    """Take tags off the port by hand."""
    (port,) = client(model).describe_connections()["connections"]
    arn = f"arn:aws:directconnect:eu-central-1:111122223333:dxcon/{port['connectionId']}"
    client(model).untag_resource(resourceArn=arn, tagKeys=list(keys))


@pytest.mark.parametrize(
    "keys",
    [
        pytest.param(["crossconnect:name"], id="name"),
        pytest.param(["crossconnect:estate"], id="estate"),
        pytest.param(["crossconnect:estate", "crossconnect:name"], id="both"),
    ],
)
def test_a_port_whose_tags_were_taken_off_by_hand_is_known_and_tagged_again(aws_model, keys):
    reconcile(aws_model, scope=["connections"])
    untag(aws_model, *keys)

    reconcile(aws_model, scope=["connections"])

    assert aws_model.changes() == ["TagResource"]
    assert reconcile(aws_model, scope=["connections"])["plan_text"] == ""


def test_an_estate_under_a_new_name_does_not_order_its_ports_again(aws_model):
    reconcile(aws_model)

    result = reconcile(aws_model, {**acme(), "name": "acme-2027"})

    assert "is named fra-a already and belongs to another by its tags" in result["msg"]
    assert "this needs fra-a in the consent list (dx_consent)" in result["msg"]
    assert aws_model.changes() == []


def test_a_peer_that_was_deleted_by_hand_a_moment_ago_is_made_anew(aws_model):
    transit = build(aws_model)["observed"]["virtual_interfaces"][0]
    (old,) = (peer for peer in transit["peers"] if peer["family"] == "ipv6")
    client(aws_model).delete_bgp_peer(virtualInterfaceId=transit["id"], bgpPeerId=old["id"])

    result = reconcile(aws_model)

    assert aws_model.changes() == ["CreateBGPPeer"]
    after = result["observed"]["virtual_interfaces"][0]
    assert [peer["family"] for peer in after["peers"]] == ["ipv4", "ipv6"]
    assert after["peers"][1]["id"] != old["id"]


def test_an_association_that_takes_long_to_go_is_awaited_from_aws(aws_model):
    (tie,) = build(aws_model)["observed"]["gateways"][0]["associations"]
    aws_model.let_time_pass(60)
    client(aws_model).delete_direct_connect_gateway_association(associationId=tie["id"])
    aws_model.let_time_pass(-30)

    early = reconcile(aws_model, settle_seconds=0)
    aws_model.let_time_pass(60)
    late = reconcile(aws_model)

    assert early["changed"] is False
    assert early["awaited"] == [
        {
            "kind": "association",
            "name": "core/tgw-core",
            "state": "disassociating",
            "from": "AWS",
            "what": f"the deletion of {tie['id']} to finish",
            "since": None,
        }
    ]
    assert (late["changed"], late["awaited"]) == (True, [])
    assert aws_model.changes() == ["CreateDirectConnectGatewayAssociation"]


def test_what_is_being_deleted_is_waited_for_and_then_made_anew(aws_model):
    observed = build(aws_model)["observed"]
    old = observed["virtual_interfaces"][0]["id"]
    console = client(aws_model)
    console.delete_virtual_interface(virtualInterfaceId=old)

    result = reconcile(aws_model)

    assert aws_model.changes() == ["CreateTransitVirtualInterface", "CreateBGPPeer"]
    assert result["awaited"] == []
    assert result["observed"]["virtual_interfaces"][0]["id"] != old
    assert reconcile(aws_model)["plan_text"] == ""


@pytest.mark.parametrize("state", ["down", "deleted"])
def test_check_mode_tells_what_a_port_that_is_down_or_gone_leads_to(aws_model, state):
    build(aws_model)
    if state == "down":
        aws_model.patch()
    else:
        reconcile(aws_model, state="absent", consent=["fra-a"])

    planned = reconcile(aws_model, check=True)

    if state == "down":
        assert (planned["changed"], planned["plan_text"]) == (False, "")
        assert [(thing["name"], thing["what"]) for thing in planned["awaited"]] == [
            ("fra-a", "light on the port")
        ]
    else:
        assert "create connection fra-a" in planned["plan_text"]
        assert "ORDERS A PHYSICAL PORT" in planned["plan_text"]
        assert planned["awaited"] == []
    assert aws_model.changes() == []


@pytest.mark.parametrize("mode", ["drop-answer", "error-after"])
@pytest.mark.parametrize(
    "operation",
    ["DeleteVirtualInterface", "DeleteDirectConnectGatewayAssociation", "DeleteConnection"],
)
def test_a_deletion_whose_answer_is_lost_is_looked_for_and_not_sent_again(
    aws_model, operation, mode
):
    build(aws_model)
    aws_model.break_call(operation, mode)

    result = reconcile(aws_model, state="absent", consent=["fra-a"])

    there = {"DeleteConnection": 1}.get(operation, 2)
    assert aws_model.changes().count(operation) == there
    assert result["observed"]["virtual_interfaces"] == []
    assert reconcile(aws_model, state="absent", consent=["fra-a"])["changed"] is False


def test_a_deletion_that_did_not_come_about_is_left_to_the_next_run(aws_model):
    build(aws_model)
    aws_model.break_call("DeleteConnection", "error-before")

    failed = reconcile(aws_model, state="absent", consent=["fra-a"], settle_seconds=1)
    reconcile(aws_model, state="absent", consent=["fra-a"])

    assert "whether AWS carried it out is unknown: run again" in failed["msg"]
    assert aws_model.changes().count("DeleteConnection") == 1


@pytest.mark.parametrize("mode", ["drop-answer", "error-after"])
@pytest.mark.parametrize(
    ("operation", "path", "value"),
    [
        ("UpdateVirtualInterfaceAttributes", ("virtual_interfaces", "mtu"), 1500),
        ("TagResource", ("virtual_interfaces", "tags"), {"cost": "42"}),
    ],
)
def test_a_change_whose_answer_is_lost_is_looked_for_and_not_sent_again(
    aws_model, operation, path, value, mode
):
    build(aws_model)
    document = acme()
    document[path[0]][0][path[1]] = value
    aws_model.break_call(operation, mode)

    result = reconcile(aws_model, document)

    assert (result["changed"], aws_model.changes()) == (True, [operation])
    assert reconcile(aws_model, document)["changed"] is False


def test_new_prefixes_whose_answer_is_lost_are_looked_for(aws_model):
    build(aws_model)
    document = acme()
    tie = document["gateways"][0]["associations"][0]
    tie["allowed_prefixes"] = ["10.20.0.0/16", "10.21.0.0/16"]
    aws_model.break_call("UpdateDirectConnectGatewayAssociation", "drop-answer")

    reconcile(aws_model, document)

    assert aws_model.changes() == ["UpdateDirectConnectGatewayAssociation"]
    assert reconcile(aws_model, document)["changed"] is False


def test_a_call_that_aws_has_no_time_for_is_sent_until_it_has(aws_model):
    aws_model.break_call("CreateConnection", "throttle", count=3)

    result = reconcile(aws_model, scope=["connections"])

    assert (result["changed"], aws_model.changes()) == (True, ["CreateConnection"] * 4)
    assert len(aws_model.ask("connections")) == 1


def test_a_call_that_aws_never_has_time_for_ends_the_run_within_its_patience(aws_model):
    aws_model.break_call("CreateConnection", "throttle", count=1000)

    failed = reconcile(aws_model, scope=["connections"], settle_seconds=0)

    assert aws_model.changes() == ["CreateConnection"]
    assert "AWS is too busy for CreateConnection" in failed["msg"]


def test_an_untagged_port_of_that_name_is_adopted_and_not_ordered_again(aws_model):
    run_order(aws_model)

    result = reconcile(aws_model, scope=["connections"])

    assert [(action["verb"], action["name"]) for action in result["plan"]] == [("adopt", "fra-a")]
    assert aws_model.changes() == ["TagResource"]
    assert reconcile(aws_model, scope=["connections"])["changed"] is False


def test_allowed_prefixes_are_changed_by_one_call_that_touches_nothing_else(aws_model):
    build(aws_model)
    document = acme()
    document["gateways"][0]["associations"][0]["allowed_prefixes"] = [
        "10.20.0.0/17",
        "10.21.0.0/16",
    ]

    result = reconcile(aws_model, document)

    assert aws_model.changes() == ["UpdateDirectConnectGatewayAssociation"]
    (tie,) = result["observed"]["gateways"][0]["associations"]
    assert sorted(tie["allowed_prefixes"]) == ["10.20.0.0/17", "10.21.0.0/16"]
    assert tie["state"] == "associated"


def test_another_mtu_is_changed_in_place(aws_model):
    build(aws_model)
    document = acme()
    document["virtual_interfaces"][0]["mtu"] = 1500

    result = reconcile(aws_model, document)

    assert aws_model.changes() == ["UpdateVirtualInterfaceAttributes"]
    assert result["observed"]["virtual_interfaces"][0]["mtu"] == 1500


def test_what_aws_fixes_at_birth_is_an_error_and_not_a_replacement(aws_model):
    build(aws_model)
    document = acme()
    document["virtual_interfaces"][0]["vlan"] = 103
    document["virtual_interfaces"][1]["peers"][0]["key"] = "another-private-key-89"

    result = reconcile(aws_model, document)

    assert "vlan is 101 at AWS and 103 in the estate" in result["msg"]
    assert "AWS holds another key than the estate" in result["msg"]
    assert "another-private-key-89" not in json.dumps(result)
    assert aws_model.changes() == []


def test_a_broken_estate_costs_no_call(aws_model):
    document = acme()
    document["virtual_interfaces"][0]["vlan"] = 5000

    result = reconcile(aws_model, document)

    assert "virtual_interfaces[0].vlan" in result["msg"]
    assert aws_model.calls() == []


def test_a_demolition_without_consent_is_shown_in_check_mode_and_refused_in_earnest(aws_model):
    build(aws_model)

    shown = reconcile(aws_model, state="absent", check=True)
    refused = reconcile(aws_model, state="absent")

    assert "consent fra-a: MISSING" in shown["plan_text"]
    assert "GIVES UP A PHYSICAL PORT" in refused["msg"]
    assert aws_model.changes() == []


def positions(order, call):
    return [place for place, each in enumerate(order) if each == call]


def test_a_demolition_goes_in_the_order_that_aws_demands(aws_model):
    build(aws_model)

    result = reconcile(aws_model, state="absent", consent=["fra-a"])

    # What hangs on nothing more may go at once: the port does not wait for the gateways.
    order = [call.removeprefix("Delete") for call in aws_model.changes()]
    assert order[:2] == ["VirtualInterface"] * 2
    assert Counter(order[2:]) == {
        "DirectConnectGatewayAssociation": 2,
        "DirectConnectGateway": 2,
        "Connection": 1,
    }
    for tie, gateway in zip(
        positions(order, "DirectConnectGatewayAssociation"),
        positions(order, "DirectConnectGateway"),
        strict=True,
    ):
        assert tie < gateway
    assert result["observed"]["connections"] == []
    assert reconcile(aws_model, state="absent", consent=["fra-a"])["changed"] is False


def test_pruning_deletes_what_the_estate_no_longer_declares(aws_model):
    build(aws_model)
    document = acme()
    del document["virtual_interfaces"][1], document["gateways"][1]

    kept = reconcile(aws_model, document)
    result = reconcile(
        aws_model,
        document,
        prune=True,
        consent=[
            name.split(" ")[-1].rstrip(";")
            for name in ("fra-a-private", "legacy", vgw_tie(aws_model))
        ],
    )

    assert (kept["changed"], kept["plan"]) == (False, [])
    assert "no longer declared: left alone" in kept["plan_text"]
    assert [action["name"] for action in result["plan"]][::2] == ["fra-a-private", "legacy"]
    assert reconcile(aws_model, document)["plan_text"] == ""


def test_an_association_that_is_no_longer_declared_is_told_for_it_announces_all_the_same(aws_model):
    build(aws_model)
    document = acme()
    (gone,) = document["gateways"][1].pop("associations")

    before, now = (
        reconcile(aws_model, each, check=True)["observed"]["gateways"][1]
        for each in (acme(), document)
    )

    (tie,) = before["associations"]
    assert before["undeclared_associations"] == []
    assert now["associations"] == []
    assert now["undeclared_associations"] == [{**tie, "target": None}]
    assert set(gone["allowed_prefixes"]) == set(tie["allowed_prefixes"])


def vgw_tie(model):
    """Return the name of the undeclared association, which only its target's id tells."""
    whole = reconcile(model, check=True)["observed"]["gateways"]
    return f"legacy/{whole[1]['associations'][0]['target_id']}"


def test_two_accounts_own_their_parts_and_see_nothing_of_each_other(aws_model):
    document = acme()
    document["connections"].append(
        {
            "name": "ams-a",
            "account": "partner",
            "location": "EqAM3",
            "bandwidth": "10Gbps",
        }
    )
    other = aws_model.options(OTHER_ACCESS_KEY)

    ours = reconcile(aws_model, document)
    theirs = reconcile(aws_model, document, account="partner", session=other)

    assert [thing["name"] for thing in ours["observed"]["connections"]] == ["fra-a"]
    assert [thing["name"] for thing in theirs["observed"]["connections"]] == ["ams-a"]
    assert theirs["observed"]["account_id"] == "444455556666"
    assert reconcile(aws_model, document)["changed"] is False
    assert reconcile(aws_model, document, account="partner", session=other)["changed"] is False


def test_a_run_that_waits_for_people_goes_on_when_the_cable_is_in(aws_model):
    reconcile(aws_model, scope=["connections"])
    colocation = threading.Timer(0.4, aws_model.patch, ["fra-a"])
    colocation.start()

    result = reconcile(aws_model, wait_seconds=30)
    colocation.join()

    assert result["awaited"] == []
    assert len(result["observed"]["virtual_interfaces"]) == 2


def test_a_page_is_a_hundred_objects_and_all_pages_are_read(aws_model):
    document = acme()
    document["gateways"] = [
        {"name": f"gateway-{number}", "account": "network", "amazon_asn": 64512}
        for number in range(101)
    ]
    document["virtual_interfaces"] = []

    reconcile(aws_model, document, scope=["gateways"])
    again = reconcile(aws_model, document, scope=["gateways"])

    assert again["changed"] is False
    assert again["calls"] == {"DescribeDirectConnectGateways": 2}


def test_the_single_module_and_the_estate_agree_on_a_connection(aws_model):
    made = run_module(
        connection.main,
        name="fra-a",
        location="EqFA5",
        bandwidth="10Gbps",
        provider="Equinix",
        estate="acme",
        tags={"owner": "network"},
        **aws_model.options(),
    )

    assert made["changed"]
    assert reconcile(aws_model, scope=["connections"])["changed"] is False


def test_a_session_that_ends_in_the_middle_leaves_word_of_what_was_done(aws_model):
    document = acme()
    reconcile(aws_model, document)
    aws_model.patch("fra-a")
    aws_model.break_call("CreatePrivateVirtualInterface", "expired-token")

    ended = reconcile(aws_model, document)

    assert ended["msg"] == (
        "create virtual_interface fra-a-private: AWS does not accept the credentials "
        "(ExpiredTokenException); renew them and run again"
    )
    assert (ended["done"], ended["changed"]) == (["create virtual_interface fra-a-transit"], True)
    assert reconcile(aws_model, document)["changed"] is True
    assert reconcile(aws_model, document)["changed"] is False


@pytest.mark.parametrize("looked", ["DescribeDirectConnectGateways", "DescribeVirtualInterfaces"])
def test_a_session_that_ends_before_the_last_look_leaves_word_of_what_was_done(aws_model, looked):
    aws_model.break_call(looked, "expired-token", count=1, skip=1)

    ended = reconcile(aws_model)

    assert "renew them and run again" in ended["msg"]
    assert "create connection fra-a" in ended["done"]
    assert ended["changed"] is True
    assert reconcile(aws_model)["changed"] is (looked == "DescribeDirectConnectGateways")


def test_the_documentation_shows_what_is_observed_with_all_of_its_attributes(aws_model):
    seen = build(aws_model)["observed"]
    sample = yaml.safe_load(estate.RETURN)["observed"]["sample"]

    assert yaml.safe_load(estate_info.RETURN)["observed"]["sample"] == sample
    assert set(sample) == set(seen)
    for kind in ("connections", "gateways", "virtual_interfaces"):
        assert set(sample[kind][0]) == set(seen[kind][0])
    for kind, part in (("gateways", "associations"), ("virtual_interfaces", "peers")):
        assert set(sample[kind][0][part][0]) == set(seen[kind][0][part][0])
