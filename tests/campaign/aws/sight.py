# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What there is in an account, past all that the product believes, in the words of `expected`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fixtures.aws_model import ACCESS_KEY, OTHER_ACCESS_KEY
from tests.fixtures.living import GONE, PATIENT, client_of, living

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from tests.fixtures.aws_model import AwsModel

KEYS = {"network": ACCESS_KEY, "partner": OTHER_ACCESS_KEY}
NUMBERS = {"network": "111122223333", "partner": "444455556666"}
TABLES = {"edge": "tgw-core", "shared": "tgw-core", "apps-a": "core", "apps-b": "core"}


def there(model: AwsModel, account: str) -> Counter[str]:
    """Count what exists, what is on its way out left aside."""
    options = model.options(KEYS[account])
    direct, ec2 = (client_of(model, service, **options) for service in ("directconnect", "ec2"))
    found = living(model, **options)
    found.update([*_places(direct), *_groups(direct), *_hosted(direct)])
    named = _tables(ec2)
    found.update([*_lookups(ec2, named), *_virtual_gateways(ec2, named), *_backup(ec2)])
    found.update(_alarms(client_of(model, "cloudwatch", **options), direct))
    return found


def _alarms(watcher: Any, direct: Any) -> Iterator[str]:
    """Tell of each alarm what lives under the id that it looks at."""
    names = {
        thing["connectionId"]: thing["connectionName"]
        for thing in direct.describe_connections()["connections"]
        if thing["connectionState"] not in GONE
    } | {
        thing["virtualInterfaceId"]: thing["virtualInterfaceName"]
        for thing in direct.describe_virtual_interfaces()["virtualInterfaces"]
        if thing["virtualInterfaceState"] not in GONE
    }
    for alarm in watcher.describe_alarms()["MetricAlarms"]:
        ids = {each["Name"]: each["Value"] for each in alarm["Dimensions"]}
        thing = ids.get("VirtualInterfaceId", ids["ConnectionId"])
        yield f"alarm {alarm['AlarmName'].split('/', 2)[2]} of {names.get(thing, thing)}"


def neighbours(model: AwsModel, account: str) -> list[dict[str, Any]]:
    """Return what the other account would tell this one of its gateways and targets."""
    return [
        {"account": name, "account_id": NUMBERS[name], **_offers(model, name)}
        for name in KEYS
        if name != account
    ]


def _offers(model: AwsModel, account: str) -> dict[str, list[dict[str, str]]]:
    options = model.options(KEYS[account])
    gateways = _gateways(client_of(model, config=PATIENT, **options))
    ec2 = client_of(model, "ec2", config=PATIENT, **options)
    found = ec2.describe_transit_gateways()["TransitGateways"]
    return {
        "gateways": [{"name": name, "id": gateway} for gateway, name in gateways.items()],
        "targets": [{"name": _name(each), "id": each["TransitGatewayId"]} for each in found],
    }


def _gateways(direct: Any) -> dict[str, str]:
    return {
        thing["directConnectGatewayId"]: thing["directConnectGatewayName"]
        for thing in direct.describe_direct_connect_gateways()["directConnectGateways"]
        if thing["directConnectGatewayState"] not in GONE
    }


def _places(direct: Any) -> Iterator[str]:
    """Tell where each interface is, as far as the account sees its port."""
    lags = direct.describe_lags()["lags"]
    ports = direct.describe_connections()["connections"]
    names = {thing["connectionId"]: thing["connectionName"] for thing in ports}
    names |= {thing["lagId"]: thing["lagName"] for thing in lags}
    for thing in direct.describe_virtual_interfaces()["virtualInterfaces"]:
        if thing["virtualInterfaceState"] not in GONE and thing["connectionId"] in names:
            on = names[thing["connectionId"]]
            yield f"{thing['virtualInterfaceName']} on {on}, VLAN {thing['vlan']}"


def _groups(direct: Any) -> Iterator[str]:
    ports = direct.describe_connections()["connections"]
    names = {thing["connectionId"]: thing["connectionName"] for thing in ports}
    for group in direct.list_resiliency_groups()["items"]:
        if group["state"] in GONE:
            continue
        name = group["resiliencyGroupName"]
        yield f"group {name}"
        listed = direct.list_resiliency_group_associations(
            resiliencyGroupId=group["resiliencyGroupId"]
        )
        for each in listed["items"]:
            if each["state"] not in GONE:
                yield f"{names[each['connectionArn'].rpartition('/')[2]]} in {name}"


def _hosted(direct: Any) -> Iterator[str]:
    for port in direct.describe_connections()["connections"]:
        # A hosted connection hosts none.
        if port.get("vlan") or port["connectionState"] in GONE:
            continue
        hosted = direct.describe_hosted_connections(connectionId=port["connectionId"])
        for thing in hosted["connections"]:
            if thing["connectionState"] not in GONE:
                yield f"hosted {thing['connectionName']} on {port['connectionName']}"


def make_tables(model: AwsModel) -> None:
    """Make the route tables of others: two of the transit gateway, two of a VPC."""
    ec2 = client_of(model, "ec2")
    (transit,) = ec2.describe_transit_gateways()["TransitGateways"]
    (vpc,) = (each for each in ec2.describe_vpcs()["Vpcs"] if _name(each) == "core")
    for table, on in TABLES.items():
        tags = [{"Key": "Name", "Value": table}]
        if on == "core":
            of_vpc = [{"ResourceType": "route-table", "Tags": tags}]
            ec2.create_route_table(VpcId=vpc["VpcId"], TagSpecifications=of_vpc)
        else:
            of_transit = [{"ResourceType": "transit-gateway-route-table", "Tags": tags}]
            ec2.create_transit_gateway_route_table(
                TransitGatewayId=transit["TransitGatewayId"], TagSpecifications=of_transit
            )


def _tables(ec2: Any) -> dict[str, str]:
    """Return the names of the tables that `make_tables` has made, by their ids."""
    of_transit = ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]
    of_vpcs = ec2.describe_route_tables()["RouteTables"]
    ids = {each["TransitGatewayRouteTableId"]: _name(each) for each in of_transit}
    ids |= {each["RouteTableId"]: _name(each) for each in of_vpcs}
    return {table: name for table, name in ids.items() if name in TABLES}


def _lookups(ec2: Any, named: dict[str, str]) -> Iterator[str]:
    kind = {"Name": "resource-type", "Values": ["direct-connect-gateway"]}
    found = ec2.describe_transit_gateway_attachments(Filters=[kind])
    for attachment in found["TransitGatewayAttachments"]:
        if attachment["State"] in GONE:
            continue
        table = attachment.get("Association", {}).get("TransitGatewayRouteTableId")
        if table in named:
            yield f"looked up in {named[table]}"
        fed = ec2.get_transit_gateway_attachment_propagations(
            TransitGatewayAttachmentId=attachment["TransitGatewayAttachmentId"]
        )["TransitGatewayAttachmentPropagations"]
        for each in fed:
            if each["State"] == "enabled" and each["TransitGatewayRouteTableId"] in named:
                yield f"announced to {named[each['TransitGatewayRouteTableId']]}"


def _virtual_gateways(ec2: Any, named: dict[str, str]) -> Iterator[str]:
    ours = {
        thing["VpnGatewayId"]: thing
        for thing in ec2.describe_vpn_gateways()["VpnGateways"]
        if any(tag["Key"] == "crossconnect:estate" for tag in thing.get("Tags", ()))
    }
    for thing in ours.values():
        for each in thing.get("VpcAttachments", ()):
            if thing["State"] not in GONE and each["State"] == "attached":
                yield f"{_name(thing)} in a VPC"
    for table in ec2.describe_route_tables()["RouteTables"]:
        for each in table.get("PropagatingVgws", ()):
            if each["GatewayId"] in ours and table["RouteTableId"] in named:
                routes = f"routes of {_name(ours[each['GatewayId']])}"
                yield f"{routes} in {named[table['RouteTableId']]}"


def _backup(ec2: Any) -> Iterator[str]:
    """Tell of customer gateways and VPN connections; AWS names the tunnels that nobody names."""
    customers = {}
    for thing in ec2.describe_customer_gateways()["CustomerGateways"]:
        if thing["State"] not in GONE:
            customers[thing["CustomerGatewayId"]] = _name(thing)
            yield f"customer_gateway {_name(thing)}"
    for thing in ec2.describe_vpn_connections()["VpnConnections"]:
        if thing["State"] in GONE:
            continue
        name = _name(thing)
        yield f"vpn_connection {name}"
        yield f"{name} from {customers[thing['CustomerGatewayId']]}"
        yield from (f"route {name} {each['DestinationCidrBlock']}" for each in thing["Routes"])
        inside = (each["TunnelInsideCidr"] for each in thing["Options"]["TunnelOptions"])
        yield from (f"tunnel {name} {each}" for each in inside if each.startswith("169.254.10."))


def _name(thing: dict[str, Any]) -> str:
    return next((tag["Value"] for tag in thing.get("Tags", ()) if tag["Key"] == "Name"), "")
