# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every operation that has pages: a hundred at most on each, all of them, each once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from botocore import xform_name

from lab.aws import routes
from lab.aws.request import Request
from lab.aws.router_routes import Route
from lab.aws.validation import service_model
from tests.fixtures import drives_gateways, drives_interfaces, drives_ports  # noqa: F401
from tests.fixtures.drives import DRIVES
from tests.unit.lab.aws.conftest import faults_in

MANY = 101
# The member that names an item; the records are found under the same id.
NAMED_BY = {
    "DescribeConnections": "connectionId",
    "DescribeDirectConnectGatewayAssociationProposals": "proposalId",
    "DescribeDirectConnectGatewayAssociations": "associationId",
    "DescribeDirectConnectGatewayAttachments": "virtualInterfaceId",
    "DescribeDirectConnectGateways": "directConnectGatewayId",
    "DescribeHostedConnections": "connectionId",
    "DescribeInterconnects": "interconnectId",
    "DescribeLags": "lagId",
    "DescribeVirtualInterfaces": "virtualInterfaceId",
    "ListResiliencyGroupAssociations": "connectionArn",
    "ListResiliencyGroups": "resiliencyGroupId",
    "ListVirtualInterfaceTestHistory": "testId",
}
OF_A_ROUTER = "ListVirtualInterfaceRoutes"


def paged():
    model = service_model()
    shapes = {name: model.operation_model(name).input_shape for name in model.operation_names}
    return {name for name, shape in shapes.items() if shape and "nextToken" in shape.members}


def items_of(answer):
    return next(value for value in answer.values() if isinstance(value, list))


def multiply(world, identifier):
    """Have a record a hundred times more, as if it had been made so often."""
    for _, _, ledger in world.ledgers():
        for test in [test for test in ledger.tests if test.id == identifier]:
            ledger.tests += [replace(test, id=f"{test.id}-{n}") for n in range(1, MANY)]
        for name in ledger.__slots__:
            held = getattr(ledger, name)
            if name != "tests" and identifier in held:
                copies = [replace(held[identifier], id=f"{identifier}-{n}") for n in range(1, MANY)]
                held.update({copy.id: copy for copy in copies})
        for group in ledger.resiliency_groups.values():
            if identifier in group.members:
                since = group.members[identifier]
                group.members.update({f"{identifier}-{n}": since for n in range(1, MANY)})


def test_every_operation_with_pages_is_swept():
    assert paged() == {*NAMED_BY, OF_A_ROUTER}


@pytest.mark.parametrize(("operation", "key"), NAMED_BY.items())
def test_the_pages_hold_each_item_once(operation, key, circuits, aws):
    parameters = DRIVES["directconnect", operation](circuits)
    call = getattr(circuits.direct_connect, xform_name(operation))
    first = items_of(call(**parameters))[0][key]
    with aws.world.lock:
        multiply(aws.world, first.rpartition("/")[2])
    everything = items_of(call(**parameters, maxResults=100))
    for size, pages in ((None, [100]), (1000, [100]), (40, [40, 40])):
        found, token, sizes = [], None, []
        while token or not sizes:
            limits = {"maxResults": size, "nextToken": token}
            answer = call(**parameters, **{k: v for k, v in limits.items() if v})
            found += [item[key] for item in items_of(answer)]
            sizes.append(len(items_of(answer)))
            token = answer.get("nextToken")
        assert sizes[:-1] == pages
        assert len(found) == len(set(found)) >= MANY
        assert found[:100] == [item[key] for item in everything]


def route(number, **changes):
    return Route(
        **{
            "cidr": f"10.{number}.0.0/16",
            "direction": "accepted",
            "family": "ipv4",
            "as_path": (65001, number),
            "communities": ("7224:7300",),
            "installed_at": 1_800_000_000.0,
            **changes,
        }
    )


@pytest.fixture
def told(circuits, aws):
    """Return a function that has the model tell 101 routes, as read from a router."""
    circuits.aws.plug(connection := circuits.connection())
    aws.pass_time(2)
    made = circuits.transit(connection, circuits.gateway())["virtualInterfaceId"]
    everything = [route(number) for number in range(MANY)]
    everything[7] = route(7, direction="advertised", communities=())
    everything[8] = route(8, cidr="2001:db8::/48", family="ipv6", installed_at=None, as_path=())

    def tell(**parameters):
        request = Request(
            world=aws.world,
            account="111122223333",
            region="eu-central-1",
            operation=OF_A_ROUTER,
            parameters=parameters,
        )
        found = aws.world.ledger("111122223333", "eu-central-1").virtual_interfaces[made]
        return routes.tell(request, found, everything)

    return tell


def test_the_routes_of_a_router_have_pages_too(told):
    first = told()
    second = told(nextToken=first["nextToken"])
    found = [each["cidr"] for answer in (first, second) for each in answer["routes"]]
    assert (len(first["routes"]), len(second["routes"])) == (100, 1)
    assert len(set(found)) == MANY
    assert "nextToken" not in second


def test_a_route_is_worded_as_the_service_describes_it(told):
    shape = service_model().operation_model(OF_A_ROUTER).output_shape
    answer = told()
    for each in answer["routes"]:
        if "routeInstalledAt" in each:
            each["routeInstalledAt"] = each["routeInstalledAt"].timestamp()
    assert list(faults_in(shape, answer)) == []


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        pytest.param({"routeDirection": "advertised"}, 1, id="direction"),
        pytest.param({"addressFamily": "ipv6"}, 1, id="family"),
        pytest.param({"cidrs": ["10.1.0.0/16", "10.2.0.0/16"]}, 2, id="cidrs"),
        pytest.param({"asPath": [65001, 3]}, 1, id="as path"),
        pytest.param({"asPath": [65001]}, 0, id="a part of an as path"),
        pytest.param({"communities": ["7224:7300"], "addressFamily": "ipv6"}, 1, id="community"),
        pytest.param({"communities": ["7224:7100"]}, 0, id="another community"),
    ],
)
def test_routes_are_filtered(told, filters, count):
    assert len(told(filters=filters)["routes"]) == count
