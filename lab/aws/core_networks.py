# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cloud WAN: moto's Network Manager with the attachments of Direct Connect gateways.

An attachment and the gateway's association with the core network are one and the same record.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from moto.core.exceptions import JsonRESTError
from moto.core.responses import ActionResult
from moto.networkmanager import urls
from moto.networkmanager.responses import NetworkManagerResponse

from . import lifecycle, neighbour_validation
from .clock import as_datetime
from .ids import gateway_arn, new_uuid
from .request import PAGE_SIZE
from .state import GLOBAL_REGION, Association

if TYPE_CHECKING:
    from .state import Gateway
    from .world import World

_TYPE = "DIRECT_CONNECT_GATEWAY"
_STATES = {
    "associating": "CREATING",
    "associated": "AVAILABLE",
    "updating": "UPDATING",
    "disassociating": "DELETING",
}
_CORE_NETWORK_ID = len("core-network-") + 17
_GATEWAYS, _ATTACHMENTS = "{0}/direct-connect-gateway-attachments", "{0}/attachments"


class NetworkManager(NetworkManagerResponse):
    """One HTTP request to Network Manager."""

    world: World

    def call_action(self) -> Any:
        """Answer, once nothing is found to be missing or wrong."""
        given = dict(self.params or {})
        if "CoreNetworkId" in given:  # moto's are a digit longer than AWS's
            given["CoreNetworkId"] = given["CoreNetworkId"][:_CORE_NETWORK_ID]
        call = ("networkmanager", self._get_action(), given)
        missing = neighbour_validation.missing(*call)
        fault = f"{missing} must not be null." if missing else neighbour_validation.wrong(*call)
        if fault is None:
            return super().call_action()
        error = JsonRESTError("ValidationException", fault)
        return error.code, dict(error.get_headers()), error.description

    def create_direct_connect_gateway_attachment(self) -> ActionResult:
        """Attach a gateway of the account to a core network of the account."""
        gateway = self._gateway(self._get_param("DirectConnectGatewayArn"))
        core_network = self._core_network(self._get_param("CoreNetworkId"))
        _check_free(self.world, gateway)
        made = Association(
            id=new_uuid(),
            gateway_id=gateway.id,
            account=gateway.account,
            target_id=core_network.core_network_id,
            target_type="coreNetwork",
            target_account=core_network.owner_account_id,
            region="",
            allowed_prefixes=(),
            created_at=self.world.now,
            attachment_id=f"attachment-{secrets.token_hex(9)[:17]}",
            edge_locations=tuple(self._get_param("EdgeLocations")),
            tags={tag["Key"]: tag["Value"] for tag in self._get_param("Tags") or []},
        )
        self.world.ledger(gateway.account, GLOBAL_REGION).associations[made.id] = made
        return self._answer(made)

    def get_direct_connect_gateway_attachment(self) -> ActionResult:
        """Return one attachment."""
        return ActionResult({"DirectConnectGatewayAttachment": self._describe(self._found())})

    def update_direct_connect_gateway_attachment(self) -> ActionResult:
        """Give the attachment other edge locations."""
        found = self._found()
        if _state(self.world, found) != "AVAILABLE":
            raise _conflict(f"Attachment {found.attachment_id} is not available.")
        found.edge_locations = tuple(self._get_param("EdgeLocations") or found.edge_locations)
        found.updated_at = self.world.now
        return self._answer(found)

    def delete_attachment(self) -> ActionResult:
        """Detach."""
        found = self._found()
        found.deleted_at = self.world.now
        self._changed()
        return ActionResult({"Attachment": self._attachment(found)})

    def list_attachments(self) -> ActionResult:
        """Return the attachments of the account; all are of Direct Connect gateways here."""
        wanted = {"CoreNetworkId": "target_id"}
        found = [
            each
            for each in self._attached()
            if all(
                self._get_param(name) in (None, getattr(each, key)) for name, key in wanted.items()
            )
            and self._get_param("AttachmentType") in (None, _TYPE)
            and self._get_param("EdgeLocation") in (None, *each.edge_locations)
            and self._get_param("State") in (None, _state(self.world, each))
        ]
        return ActionResult(self._page([self._attachment(each) for each in found]))

    def _page(self, rows: list[dict[str, Any]]) -> dict[str, Any]:
        token = self._get_param("NextToken") or "0"
        if not token.isdecimal():
            raise JsonRESTError("ValidationException", f"The token {token} is not valid.")
        end = int(token) + int(self._get_param("MaxResults") or PAGE_SIZE)
        more = {"NextToken": str(end)} if end < len(rows) else {}
        return {"Attachments": rows[int(token) : end], **more}

    def _gateway(self, arn: str) -> Gateway:
        gateways = self.world.ledger(self.current_account, GLOBAL_REGION).gateways
        for gateway in gateways.values():
            if gateway.deleted_at is None and gateway_arn(gateway.account, gateway.id) == arn:
                return gateway
        raise _missing(f"Direct Connect gateway {arn} does not exist.")

    def _core_network(self, core_network_id: str) -> Any:
        found = self.networkmanager_backend.core_networks.get(core_network_id)
        if found is None:
            raise _missing(f"Core network {core_network_id} does not exist.")
        return found

    def _attached(self) -> list[Association]:
        return [
            each
            for each in self.world.associations()
            if each.target_type == "coreNetwork"
            and self.current_account in (each.account, each.target_account)
            and _state(self.world, each) is not None
        ]

    def _found(self) -> Association:
        wanted = self._get_param("AttachmentId")
        for each in self._attached():
            if each.attachment_id == wanted and each.deleted_at is None:
                return each
        raise _missing(f"Attachment {wanted} does not exist.")

    def _changed(self) -> None:
        self.world.keep()
        self.world.nudge()

    def _answer(self, found: Association) -> ActionResult:
        self._changed()
        return ActionResult({"DirectConnectGatewayAttachment": self._describe(found)})

    def _describe(self, found: Association) -> dict[str, Any]:
        arn = gateway_arn(found.account, found.gateway_id)
        return {"Attachment": self._attachment(found), "DirectConnectGatewayArn": arn}

    def _attachment(self, found: Association) -> dict[str, Any]:
        owner = f"arn:aws:networkmanager::{found.target_account}"
        return {
            "CoreNetworkId": found.target_id,
            "CoreNetworkArn": f"{owner}:core-network/{found.target_id}",
            "AttachmentId": found.attachment_id,
            "OwnerAccountId": found.account,
            "AttachmentType": _TYPE,
            "State": _state(self.world, found),
            "EdgeLocations": list(found.edge_locations),
            "ResourceArn": gateway_arn(found.account, found.gateway_id),
            "Tags": [{"Key": key, "Value": value} for key, value in found.tags.items()],
            "CreatedAt": as_datetime(found.created_at),
            "UpdatedAt": as_datetime(found.updated_at or found.created_at),
        }


def _state(world: World, association: Association) -> str | None:
    return _STATES.get(lifecycle.association_state(association, world.now, world.delays))


def _check_free(world: World, gateway: Gateway) -> None:
    """Refuse a gateway that is not available, is tied already, or carries private interfaces."""
    if lifecycle.gateway_state(gateway, world.now, world.delays) != "available":
        raise _conflict(f"Direct Connect gateway {gateway.id} is not available.")
    for tie in world.associations_of(gateway.id):
        raise _conflict(f"Direct Connect gateway {gateway.id} is associated with {tie.target_id}.")
    for each in world.virtual_interfaces():
        if (each.gateway_id, each.type, each.deleted_at) == (gateway.id, "private", None):
            raise _conflict(f"Direct Connect gateway {gateway.id} has private interface {each.id}.")


def _conflict(message: str) -> JsonRESTError:
    error = JsonRESTError("ConflictException", message)
    error.code = 409
    return error


def _missing(message: str) -> JsonRESTError:
    error = JsonRESTError("ResourceNotFoundException", message)
    error.code = 404
    return error


def install(world: World) -> None:
    """Put our responses in the place of moto's, in this world."""
    NetworkManager.world = world
    ours = [
        f"{_GATEWAYS}$",
        f"{_GATEWAYS}/(?P<attachmentid>[^/.]+)$",
        f"{_ATTACHMENTS}$",
        f"{_ATTACHMENTS}/(?P<attachmentid>[^/.]+)$",
    ]
    paths = dict.fromkeys([*urls.url_paths, *ours], NetworkManager.dispatch)
    urls.url_paths = paths
