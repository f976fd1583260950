# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What no client checks before it sends: maxima, patterns, the last character of a name."""

from __future__ import annotations

import pytest

ORDER = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": "fra-a"}
NEW = {"virtualInterfaceName": "a", "vlan": 101, "asnLong": 65001}


def tagged(key, value="x"):
    return "CreateConnection", {**ORDER, "tags": [{"key": key, "value": value}]}


def named(name):
    return "CreateConnection", {**ORDER, "connectionName": name}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        pytest.param(
            tagged("k" * 129),
            "'tags.1.member.key' failed to satisfy constraint: Member must have "
            "length less than or equal to 128",
            id="long tag key",
        ),
        pytest.param(tagged("k", "v" * 257), "less than or equal to 256", id="long tag value"),
        pytest.param(tagged("k;"), "regular expression pattern: ^([", id="semicolon in a tag key"),
        pytest.param(tagged("k", "a\tb"), "regular expression pattern", id="tabulator in a tag"),
        pytest.param(tagged("k", "x\n"), "regular expression pattern", id="tag ends in a new line"),
        pytest.param(
            (
                "UpdateConnectionsBillingMode",
                {"connectionIds": ["dxcon-a"] * 201, "billingMode": "PayAsYouGo"},
            ),
            "'[...]' at 'connectionIds' failed",
            id="201 connections billed at once",
        ),
        pytest.param(
            (
                "CreateResiliencyGroup",
                {"resiliencyGroupName": "a b", "intendedResiliencyModel": "high-resiliency"},
            ),
            "at 'resiliencyGroupName' failed to satisfy constraint: Member must satisfy regular",
            id="space in the name of a group",
        ),
        pytest.param(
            ("GetResiliencyGroup", {"resiliencyGroupId": "dxrg-" + "a" * 18}),
            "less than or equal to 22",
            id="long identifier",
        ),
        pytest.param(
            ("DescribeConnections", {"maxResults": -5}),
            "maxResults",
            id="negative page",
        ),
        pytest.param(named("fra-a\n"), "is not valid", id="name ends in a new line"),
        pytest.param(named("n" * 201), "is not valid", id="long name"),
        pytest.param(named("Zürich"), "is not valid", id="name beyond ASCII"),
        pytest.param(
            ("CreateDirectConnectGateway", {"directConnectGatewayName": "core\n"}),
            "is not valid",
            id="gateway name ends in a new line",
        ),
    ],
)
def test_what_breaks_the_description_is_refused(aws, call, said):
    status, answer = aws.raw(*call)
    assert (status, answer["__type"]) == (400, "DirectConnectClientException")
    assert said in answer["message"]
    assert aws.control("GET", "connections") == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("k" * 128, "v" * 256, id="as long as can be"),
        pytest.param("Straße/1 a.b:c=d+e-f@g", "東京 1", id="letters of all languages"),
        pytest.param("k", "", id="no value"),
    ],
)
def test_tags_that_the_description_allows_are_kept(circuits, key, value):
    made = circuits.direct_connect.create_connection(**ORDER, tags=[{"key": key, "value": value}])
    assert made["tags"] == [{"key": key, "value": value}]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        pytest.param(
            (
                "UpdateDirectConnectGatewayAssociation",
                {"addAllowedPrefixesToDirectConnectGateway": [{}]},
            ),
            "CIDR  is not valid.",
            id="a prefix that says nothing",
        ),
        pytest.param(
            ("DeleteDirectConnectGatewayAssociation", {"associationId": ""}),
            "You must specify an association ID",
            id="an empty id",
        ),
    ],
)
def test_what_says_nothing_is_refused_and_fails_nothing(circuits, aws, call, said):
    gateway = circuits.gateway()
    made = circuits.association(gateway, circuits.targets()["tgw-core"], "10.20.0.0/16")
    operation, parameters = call
    status, answer = aws.raw(operation, {"associationId": made, **parameters})
    assert (status, answer["__type"]) == (400, "DirectConnectClientException")
    assert said in answer["message"]


def test_a_key_with_a_new_line_at_its_end_is_no_bgp_key(circuits, refusal):
    (port,) = circuits.available_connections("fra-a")
    gateway = circuits.gateway()
    create = circuits.direct_connect.create_transit_virtual_interface
    new = {**NEW, "directConnectGatewayId": gateway, "authKey": "secret-key\n"}
    told = refusal(create, connectionId=port, newTransitVirtualInterface=new)
    assert told.startswith("The BGP authentication key is not valid.")
