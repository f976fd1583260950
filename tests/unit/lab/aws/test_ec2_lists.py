# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""EC2's lists of what has to do with Direct Connect: filters, pages."""

from __future__ import annotations

import pytest

from lab.aws.ec2_filters import passing

ROWS = [
    {
        "State": "available",
        "Options": {"StaticRoutesOnly": True},
        "Routes": [{"DestinationCidrBlock": "10.0.0.0/8"}, {"DestinationCidrBlock": "10.1.0.0/16"}],
        "Tags": [{"Key": "Name", "Value": "backup"}],
    },
    {"State": "deleted", "Options": {"StaticRoutesOnly": False}, "Routes": []},
]


def refused(ec2, call, **parameters):
    with pytest.raises(ec2.exceptions.ClientError) as caught:
        getattr(ec2, call)(**parameters)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        pytest.param("state", "a*", ROWS[:1], id="wildcard"),
        pytest.param("option.static-routes-only", "false", ROWS[1:], id="a truth in an option"),
        pytest.param("route.destination-cidr-block", "10.1.*", ROWS[:1], id="in a list"),
        pytest.param("route.destination-cidr-block", "11.*", [], id="not in the list"),
        pytest.param("tag-key", "Name", ROWS[:1], id="key of a tag"),
        pytest.param("tag:Name", "backup", ROWS[:1], id="tag"),
        pytest.param("vpn-gateway-id", "*", [], id="no value"),
    ],
)
def test_a_filter_looks_where_its_name_says(name, value, found):
    assert passing(ROWS, {name: [value]}) == found


@pytest.mark.parametrize(
    ("call", "more"),
    [
        pytest.param("describe_transit_gateway_attachments", {}, id="attachments"),
        pytest.param("describe_transit_gateways", {}, id="transit gateways"),
        pytest.param("describe_vpn_gateways", {}, id="virtual gateways"),
        pytest.param("describe_vpn_connections", {}, id="VPN connections"),
        pytest.param("describe_customer_gateways", {}, id="customer gateways"),
    ],
)
def test_a_filter_that_ec2_does_not_know_is_an_error(aws, call, more):
    wrong = [{"Name": "colour", "Values": ["red"]}]
    assert refused(aws.client("ec2"), call, Filters=wrong, **more) == (
        "InvalidParameterValue",
        "The filter 'colour' is invalid",
    )


def attachments(circuits):
    """Attach seven transit gateways to two gateways; one more is the seed's own VPC's."""
    ec2 = circuits.aws.client("ec2")
    made = [
        ec2.create_transit_gateway(Options={"AmazonSideAsn": 64620 + number})["TransitGateway"]
        for number in range(6)
    ]
    for number, gateway in enumerate((circuits.gateway("a"), circuits.gateway("b"))):
        for each in made[3 * number : 3 * number + 3]:
            prefix = f"10.{each['Options']['AmazonSideAsn'] - 64500}.0.0/16"
            circuits.association(gateway, each["TransitGatewayId"], prefix)
    return {each["TransitGatewayId"] for each in made}


def test_attachments_come_in_pages_of_the_size_that_is_asked_for(circuits):
    made = attachments(circuits)
    ec2 = circuits.aws.client("ec2")
    pages = list(
        ec2.get_paginator("describe_transit_gateway_attachments").paginate(
            PaginationConfig={"PageSize": 5}
        )
    )
    listed = [page["TransitGatewayAttachments"] for page in pages]
    assert [len(page) for page in listed] == [5, 2]
    assert made < {each["TransitGatewayId"] for page in listed for each in page}
    assert "NextToken" not in ec2.describe_transit_gateway_attachments()


def test_what_moto_lists_comes_in_pages_too(circuits):
    attachments(circuits)
    pages = circuits.aws.client("ec2").get_paginator("describe_transit_gateways")
    cut = pages.paginate(PaginationConfig={"PageSize": 6})
    assert [len(page["TransitGateways"]) for page in cut] == [6, 1]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param({"MaxResults": 4}, "InvalidParameterValue", id="small"),
        pytest.param({"MaxResults": 1001}, "InvalidParameterValue", id="large"),
        pytest.param({"MaxResults": "many"}, "InvalidParameterValue", id="no number"),
        pytest.param({"NextToken": "from-nowhere"}, "InvalidNextToken", id="token"),
    ],
)
def test_a_page_that_cannot_be_is_refused(aws, wrong, code):
    ec2 = aws.client("ec2", parameter_validation=False)
    assert refused(ec2, "describe_transit_gateway_attachments", **wrong)[0] == code
