# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resiliency groups, billing modes and agreements of the model, through boto3."""

from __future__ import annotations

import re

import pytest

GROUP = {"resiliencyGroupName": "core", "intendedResiliencyModel": "maximum-resiliency"}
UNKNOWN = "dxrg-00000000000000000"


@pytest.fixture
def client(circuits):
    return circuits.direct_connect


@pytest.fixture
def group(client, aws):
    made = client.create_resiliency_group(**GROUP)["resiliencyGroup"]["resiliencyGroupId"]
    aws.pass_time(1)
    return made


def states(client, group):
    found = client.list_resiliency_group_associations(resiliencyGroupId=group)["items"]
    return {each["connectionArn"].rpartition("/")[2]: each["state"] for each in found}


def test_a_group_has_the_ids_and_states_of_the_real_service(client, aws):
    tags = [{"key": "a", "value": "b"}]
    made = client.create_resiliency_group(**GROUP, tags=tags)["resiliencyGroup"]
    assert re.fullmatch(r"dxrg-[a-z0-9]{17}", made["resiliencyGroupId"])
    assert (made["state"], made["resiliencyGroupType"], made["tags"]) == (
        "pending",
        "Managed",
        tags,
    )
    assert made["resiliencyGroupArn"].startswith("arn:aws:directconnect::111122223333:")
    aws.pass_time(1)
    which = {"resiliencyGroupId": made["resiliencyGroupId"]}
    assert client.get_resiliency_group(**which)["resiliencyGroup"]["state"] == "available"
    renamed = client.update_resiliency_group(**which, resiliencyGroupName="heart")
    assert renamed["resiliencyGroup"]["resiliencyGroupName"] == "heart"
    client.tag_resource(resourceArn=made["resiliencyGroupArn"], tags=[{"key": "c", "value": "d"}])
    assert len(client.get_resiliency_group(**which)["resiliencyGroup"]["tags"]) == 2
    assert client.delete_resiliency_group(**which)["resiliencyGroup"]["state"] == "deleting"
    aws.pass_time(1)
    assert [each["state"] for each in client.list_resiliency_groups()["items"]] == ["deleted"]
    aws.pass_time(900)
    assert client.list_resiliency_groups()["items"] == []


def test_the_same_order_under_the_same_token_is_one_group(client, refusal):
    first, again = (
        client.create_resiliency_group(**GROUP, clientToken="once")["resiliencyGroup"]
        for _ in range(2)
    )
    assert first["resiliencyGroupId"] == again["resiliencyGroupId"]
    other = {**GROUP, "resiliencyGroupName": "other", "clientToken": "once"}
    assert refusal(client.create_resiliency_group, **other) == (
        "The client token was used before with other parameters."
    )
    assert len(client.list_resiliency_groups()["items"]) == 1


def test_connections_join_by_id_or_arn_and_leave(client, circuits, aws, group):
    first, second = circuits.connection("a"), circuits.connection("b")
    arn = f"arn:aws:directconnect:eu-central-1:111122223333:dxcon/{second}"
    told = client.associate_connections_to_resiliency_group(
        resiliencyGroupId=group, connectionIdentifiers=[first, arn]
    )["resiliencyGroupAssociations"]
    assert [each["state"] for each in told] == ["associating", "associating"]
    aws.pass_time(1)
    assert states(client, group) == {first: "associated", second: "associated"}
    client.disassociate_connections_from_resiliency_group(
        resiliencyGroupId=group, connectionIdentifiers=[first]
    )
    assert states(client, group) == {first: "disassociating", second: "associated"}
    aws.pass_time(1)
    client.delete_connection(connectionId=second)
    assert states(client, group) == {}


def test_joining_is_all_or_nothing(client, circuits, group, refusal):
    first = circuits.connection("a")
    associate = client.associate_connections_to_resiliency_group
    which = {"resiliencyGroupId": group}
    assert refusal(associate, **which, connectionIdentifiers=[first, "dxcon-none"]) == (
        "Could not find Connection with ID dxcon-none"
    )
    assert states(client, group) == {}
    associate(**which, connectionIdentifiers=[first])
    second = circuits.connection("b")
    assert refusal(associate, **which, connectionIdentifiers=[second, first]) == (
        f"Connection {first} is already associated with {group}."
    )
    assert list(states(client, group)) == [first]
    assert refusal(
        client.disassociate_connections_from_resiliency_group,
        **which,
        connectionIdentifiers=[first, second],
    ) == (f"Connection {second} is not associated with {group}.")
    assert states(client, group)[first] == "associating"


def test_joining_again_under_the_same_token_is_no_error(client, circuits, group):
    wanted = {"resiliencyGroupId": group, "connectionIdentifiers": [circuits.connection()]}
    for _ in range(2):
        client.associate_connections_to_resiliency_group(**wanted, clientToken="join")
    for _ in range(2):
        client.disassociate_connections_from_resiliency_group(**wanted, clientToken="leave")


@pytest.mark.parametrize(
    "call",
    [
        pytest.param("get_resiliency_group", id="get"),
        pytest.param("delete_resiliency_group", id="delete"),
        pytest.param("list_resiliency_group_associations", id="list"),
    ],
)
def test_an_unknown_group_is_told(client, refusal, call):
    assert refusal(getattr(client, call), resiliencyGroupId=UNKNOWN) == (
        f"Resiliency group {UNKNOWN} does not exist."
    )


def test_the_quota_of_groups_is_typed(client, aws):
    aws.control("POST", "quotas", {"resiliency_groups_per_account": 0})
    with pytest.raises(client.exceptions.LimitExceededException):
        client.create_resiliency_group(**GROUP)


def test_billing_changes_for_all_that_are_named_or_for_none(client, circuits, refusal):
    first, second = circuits.connection("a"), circuits.connection("b")
    update = client.update_connections_billing_mode
    told = update(connectionIds=[first, second], billingMode="FlatRateTier2")
    assert told["billingMode"] == "FlatRateTier2"
    assert {each["billingMode"] for each in told["connections"]} == {"FlatRateTier2"}
    slow = circuits.connection("slow", bandwidth="1Gbps")
    assert refusal(update, connectionIds=[first, slow], billingMode="FlatRateTier1") == (
        "Billing mode FlatRateTier1 is not available for 1Gbps at EqFA5."
    )
    modes = [each["billingMode"] for each in client.describe_connections()["connections"]]
    assert modes == ["FlatRateTier2", "FlatRateTier2", "PayAsYouGo"]


def test_billing_changes_for_200_ports_at_once_and_no_more(client, refusal):
    many = [f"dxcon-{number:08}" for number in range(201)]
    assert refusal(
        client.update_connections_billing_mode, connectionIds=many, billingMode="PayAsYouGo"
    ).endswith("Member must have length less than or equal to 200")


def test_an_agreement_is_signed_once_and_for_all(client, refusal):
    before = client.describe_customer_metadata()
    assert before["nniPartnerType"] == "nonPartner"
    assert {each["status"] for each in before["agreements"]} == {"unsigned"}
    name = before["agreements"][0]["agreementName"]
    assert client.confirm_customer_agreement(agreementName=name)["status"] == "signed"
    assert client.confirm_customer_agreement()["status"] == "signed"
    after = client.describe_customer_metadata()["agreements"]
    assert {each["status"] for each in after} == {"signed"}
    assert refusal(client.confirm_customer_agreement, agreementName="x") == (
        "Agreement x does not exist."
    )


def test_who_owns_an_interconnect_is_a_partner(client):
    client.create_interconnect(interconnectName="nni", bandwidth="10Gbps", location="EqFA5")
    assert client.describe_customer_metadata()["nniPartnerType"] == "v2"
