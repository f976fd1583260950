# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A model of AWS without a lab, served over HTTP in this process, and clients that distrust it."""

from __future__ import annotations

import contextlib
import json
import threading
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import boto3
import botocore.session
import pytest
from botocore.config import Config

from lab.aws.server import listen
from lab.aws.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = "eu-central-1"
MODEL = botocore.session.get_session().get_service_model("directconnect")
ACCESS_KEYS = {
    "network": "AKIANETWORKNETWORK00",
    "workload": "AKIAWORKLOADWORKLOAD",
    "stranger": "AKIASTRANGERSTRANGER",
}
OTHER_ACCOUNT = "444455556666"
_JSON_TYPES = {
    "string": str,
    "integer": int,
    "long": int,
    "boolean": bool,
    "timestamp": (int, float),
    "double": (int, float),
    "blob": str,
}


def faults_in(shape: Any, value: Any, path: str = "$") -> Iterator[str]:
    """Yield what in a raw answer is not as botocore's description of the service says."""
    if shape.type_name == "structure":
        for name, member in value.items():
            if name not in shape.members:
                yield f"{path}.{name} is not known"
            else:
                yield from faults_in(shape.members[name], member, f"{path}.{name}")
    elif shape.type_name == "list":
        for number, member in enumerate(value):
            yield from faults_in(shape.member, member, f"{path}[{number}]")
    elif not isinstance(value, _JSON_TYPES[shape.type_name]):
        yield f"{path} is {value!r}, not a {shape.type_name}"
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path} is {value!r}, none of {shape.enum}"


def _distrust(http_response: Any, model: Any, **_: Any) -> None:
    """Hold every good answer against botocore's description."""
    if http_response.status_code < 300:
        found = list(faults_in(model.output_shape, json.loads(http_response.content)))
        assert not found, f"{model.name}: {found}"


class Aws:
    """The served model, and what tests do to its world."""

    def __init__(self, endpoint: str, world: World) -> None:
        self.endpoint = endpoint
        self.world = world
        self.state = world.state_directory
        self._clients: dict[str, Any] = {}

    def client(
        self, service: str, account: str = "network", region: str = REGION, **settings: Any
    ) -> Any:
        """Return a client; making one is slow, so equal ones are one."""
        known = f"{service} {account} {region} {sorted(settings.items())}"
        if known not in self._clients:
            self._clients[known] = self._new_client(service, account, region, settings)
        return self._clients[known]

    def _new_client(self, service: str, account: str, region: str, settings: Any) -> Any:
        settings.setdefault("retries", {"total_max_attempts": 1})
        client = boto3.client(
            service,
            region_name=region,
            endpoint_url=self.endpoint,
            aws_access_key_id=ACCESS_KEYS[account],
            aws_secret_access_key="not-a-secret-at-all",  # noqa: S106
            config=Config(**settings),
        )
        client.meta.events.register("after-call.directconnect", _distrust)
        return client

    def control(self, method: str, subject: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        url = f"{self.endpoint}/_lab/{subject}"
        request = urllib.request.Request(url, data=data, method=method)  # noqa: S310 - loopback
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            return json.loads(answer.read())

    def raw(self, operation: str, body: Any) -> tuple[int, Any]:
        """Call Direct Connect without boto3, which would not send what is wrong."""
        request = urllib.request.Request(  # noqa: S310 - loopback
            self.endpoint,
            data=json.dumps(body).encode(),
            headers={
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": f"OvertureService.{operation}",
                "Authorization": f"AWS4-HMAC-SHA256 Credential={ACCESS_KEYS['network']}/20261122/"
                f"{REGION}/directconnect/aws4_request, SignedHeaders=host, Signature=0",
            },
        )
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def refused(self, method: str, subject: str, body: Any = None) -> tuple[int, str]:
        with pytest.raises(urllib.error.HTTPError) as caught:
            self.control(method, subject, body)
        return caught.value.code, json.loads(caught.value.read())["error"]

    def pass_time(self, seconds: float) -> None:
        self.control("POST", "clock", {"advance_seconds": seconds})

    def plug(self, *connections: str) -> None:
        cables = {f"cable-{one}": {"id": one} for one in connections}
        (self.state / "cables.json").write_text(json.dumps(cables), encoding="utf-8")

    def calls(self) -> list[dict[str, Any]]:
        log = self.state / "calls.jsonl"
        return [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]


class Circuits:
    """What most tests need to exist before they begin."""

    def __init__(self, aws: Aws) -> None:
        self.aws = aws
        self.direct_connect = aws.client("directconnect")

    def targets(self) -> dict[str, str]:
        return self.aws.control("POST", "seed", {})

    def connection(self, name: str = "fra-a", **wanted: Any) -> str:
        order = {"location": "EqFA5", "bandwidth": "10Gbps", "connectionName": name, **wanted}
        return self.direct_connect.create_connection(**order)["connectionId"]

    def available_connections(self, *names: str) -> list[str]:
        made = [self.connection(name) for name in names]
        self.aws.plug(*made)
        self.aws.pass_time(2)
        return made

    def gateway(self, name: str = "core", **wanted: Any) -> str:
        made = self.direct_connect.create_direct_connect_gateway(
            directConnectGatewayName=name, **wanted
        )
        self.aws.pass_time(1)
        return made["directConnectGateway"]["directConnectGatewayId"]

    def association(self, gateway: str, target: str, *prefixes: str) -> str:
        made = self.direct_connect.create_direct_connect_gateway_association(
            directConnectGatewayId=gateway,
            gatewayId=target,
            addAllowedPrefixesToDirectConnectGateway=[{"cidr": prefix} for prefix in prefixes],
        )
        self.aws.pass_time(1)
        return made["directConnectGatewayAssociation"]["associationId"]

    def transit(self, connection: str, gateway: str, **wanted: Any) -> dict[str, Any]:
        new = {
            "virtualInterfaceName": "fra-a-transit",
            "vlan": 101,
            "asnLong": 65001,
            "directConnectGatewayId": gateway,
            **wanted,
        }
        made = self.direct_connect.create_transit_virtual_interface(
            connectionId=connection, newTransitVirtualInterface=new
        )
        return made["virtualInterface"]

    def private(self, connection: str, **wanted: Any) -> dict[str, Any]:
        new = {"virtualInterfaceName": "fra-a-private", "vlan": 201, "asnLong": 65001, **wanted}
        return self.direct_connect.create_private_virtual_interface(
            connectionId=connection, newPrivateVirtualInterface=new
        )


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aws]:
    state = tmp_path_factory.mktemp("aws")
    accounts = {ACCESS_KEYS["workload"]: OTHER_ACCOUNT, ACCESS_KEYS["stranger"]: "777788889999"}
    (state / "accounts.json").write_text(json.dumps(accounts), encoding="utf-8")
    world = World(state_directory=state)
    server = listen(world, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Aws(f"http://127.0.0.1:{server.port}", world)
    server.shutdown()


@pytest.fixture
def aws(served: Aws) -> Aws:
    """Return the model with nothing in it but the seed."""
    with contextlib.suppress(FileNotFoundError):
        (served.state / "cables.json").unlink()
    served.control("POST", "reset", {})
    (served.state / "calls.jsonl").write_text("", encoding="utf-8")
    return served


@pytest.fixture
def circuits(aws: Aws) -> Circuits:
    return Circuits(aws)


@pytest.fixture
def refusal() -> Any:
    """Return a function that gives the text of the DirectConnectClientException of a call."""

    def text_of(call: Any, **parameters: Any) -> str:
        client = call.__self__
        with pytest.raises(client.exceptions.DirectConnectClientException) as caught:
            call(**parameters)
        return caught.value.response["Error"]["Message"]

    return text_of
