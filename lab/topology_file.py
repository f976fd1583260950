# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a containerlab file, and checking it as a whole.

Only what this runner honours is accepted, so that no line of the file is silently without effect.
All faults are reported at once, each with its place in the file.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from typing import TYPE_CHECKING, Any

import yaml

from .errors import LabError
from .topology import (
    DEFAULT_MTU,
    NAME,
    STARTUP_CONFIG,
    Bind,
    Endpoint,
    Link,
    Node,
    Topology,
    TopologyError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

INTERFACE = re.compile(r"[a-z][a-z0-9_-]{0,14}")
TOP_FIELDS = {"name", "mgmt", "topology"}
MGMT_FIELDS = {"network", "ipv4-subnet"}
TOPOLOGY_FIELDS = {"defaults", "kinds", "nodes", "links"}
NODE_FIELDS = {"kind", "image", "mgmt-ipv4", "binds", "exec", "labels", "env", "startup-config"}
LINK_FIELDS = {"endpoints", "mtu"}
LINK_ENDS = 2
DEFAULT_SUBNET = "172.20.20.0/24"
SMALLEST_MTU, LARGEST_MTU = 576, 65535


def read_topology(source: Path) -> Topology:
    """Read and check a topology file.

    Raises:
        TopologyError: It breaks rules; every fault is named.
        LabError: It cannot be read, or is not YAML.
    """
    document = _load(source)
    reader = _Reader(source)
    topology = reader.topology(document)
    if reader.faults:
        # What kinds and defaults say wrong is met once for each node.
        raise TopologyError(list(dict.fromkeys(reader.faults)))
    return topology


def _load(source: Path) -> Any:
    try:
        return yaml.safe_load(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise LabError(f"cannot read the topology {source}: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise LabError(f"{source} is not YAML: {error}") from error


def _digest(source: Path, nodes: Mapping[str, Node]) -> str:
    hashed = hashlib.sha256(source.read_bytes())
    binds = sorted({bind.source for node in nodes.values() for bind in node.binds})
    for bind in binds:
        for file in _files(bind):
            hashed.update(str(file).encode() + b"\0" + file.read_bytes())
    return hashed.hexdigest()


def _files(place: Path) -> Iterator[Path]:
    if place.is_file():
        yield place
    else:
        yield from sorted(file for file in place.rglob("*") if file.is_file())


class _Reader:
    """Turns the document into values and collects what is wrong with it on the way."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.faults: list[str] = []
        self.subnet = ipaddress.IPv4Network(DEFAULT_SUBNET)

    def topology(self, document: Any) -> Topology:
        top = self.mapping(document, "the file", TOP_FIELDS)
        name = str(top.get("name", ""))
        if not NAME.fullmatch(name):
            self.fault("name", f"{name!r} is not 1 to 31 of a-z, 0-9 and -")
        self.read_subnet(self.mapping(top.get("mgmt"), "mgmt", MGMT_FIELDS))
        body = self.mapping(top.get("topology"), "topology", TOPOLOGY_FIELDS)
        nodes = self.nodes(body)
        links = self.links(body.get("links"), nodes)
        return Topology(
            name=name,
            source=self.source,
            mgmt_subnet=str(self.subnet),
            nodes=nodes,
            links=links,
            digest="" if self.faults else _digest(self.source, nodes),
        )

    def fault(self, path: str, rule: str) -> None:
        self.faults.append(f"{path}: {rule}")

    def mapping(self, value: Any, path: str, fields: set[str]) -> dict[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(path, "must be a mapping")
            return {}
        for key in sorted(str(key) for key in value):
            if key not in fields:
                self.fault(f"{path}.{key}", f"this runner knows {', '.join(sorted(fields))} only")
        return value

    def strings(self, value: Any, path: str) -> tuple[str, ...]:
        if not isinstance(value, list):
            self.fault(path, "must be a list")
            return ()
        return tuple(str(item) for item in value)

    def pairs(self, value: Any, path: str) -> dict[str, str]:
        if not isinstance(value, dict):
            self.fault(path, "must be a mapping")
            return {}
        return {str(key): str(item) for key, item in value.items()}

    def read_subnet(self, mgmt: dict[str, Any]) -> None:
        text = str(mgmt.get("ipv4-subnet", DEFAULT_SUBNET))
        try:
            self.subnet = ipaddress.IPv4Network(text)
        except ValueError:
            self.fault("mgmt.ipv4-subnet", f"{text} is not an IPv4 network")

    def nodes(self, body: dict[str, Any]) -> dict[str, Node]:
        declared = body.get("nodes")
        if not isinstance(declared, dict) or not declared:
            self.fault("topology.nodes", "must name at least one node")
            return {}
        nodes = {str(name): self.node(str(name), value, body) for name, value in declared.items()}
        self.refuse_shared_addresses(nodes)
        return nodes

    def inherited(self, own: dict[str, Any], body: dict[str, Any], path: str) -> dict[str, Any]:
        """Lay the node's fields over its kind's, and those over the defaults, as containerlab."""
        defaults = self.mapping(body.get("defaults"), "topology.defaults", NODE_FIELDS)
        kind = own.get("kind", defaults.get("kind", "linux"))
        kinds = self.mapping(body.get("kinds"), "topology.kinds", {"linux"})
        of_kind = self.mapping(kinds.get(kind), f"topology.kinds.{kind}", NODE_FIELDS)
        layers = {"topology.defaults": defaults, f"topology.kinds.{kind}": of_kind, path: own}
        merged = {**defaults, **of_kind, **own, "kind": kind}
        for key in ("labels", "env"):
            merged[key] = {}
            for place, layer in layers.items():
                merged[key].update(self.pairs(layer.get(key) or {}, f"{place}.{key}"))
        return merged

    def node(self, name: str, value: Any, body: dict[str, Any]) -> Node:
        path = f"topology.nodes.{name}"
        if not NAME.fullmatch(name):
            self.fault(path, "a node's name is 1 to 31 of a-z, 0-9 and -")
        fields = self.inherited(self.mapping(value, path, NODE_FIELDS), body, path)
        if fields["kind"] != "linux":
            self.fault(
                f"{path}.kind", f"{fields['kind']} is not linux, the one kind that runs here"
            )
        return Node(
            name=name,
            image=str(fields.get("image", "")),
            mgmt_ipv4=self.address(fields.get("mgmt-ipv4"), f"{path}.mgmt-ipv4"),
            binds=self.binds(fields, path),
            exec=self.strings(fields.get("exec") or [], f"{path}.exec"),
            labels=fields["labels"],
            env=fields["env"],
        )

    def address(self, value: Any, path: str) -> str | None:
        if value is None:
            return None
        try:
            inside = ipaddress.IPv4Address(str(value)) in self.subnet
        except ValueError:
            self.fault(path, f"{value} is not an IPv4 address")
            return None
        if not inside:
            self.fault(path, f"{value} is not in mgmt.ipv4-subnet {self.subnet}")
        return str(value)

    def binds(self, fields: dict[str, Any], path: str) -> tuple[Bind, ...]:
        binds = [
            self.bind(text, f"{path}.binds[{index}]")
            for index, text in enumerate(self.strings(fields.get("binds") or [], f"{path}.binds"))
        ]
        if startup := fields.get("startup-config"):
            binds.append(self.bind(f"{startup}:{STARTUP_CONFIG}", f"{path}.startup-config"))
        return tuple(bind for bind in binds if bind)

    def bind(self, text: str, path: str) -> Bind | None:
        source, _, rest = text.partition(":")
        target = rest.partition(":")[0]
        if not target.startswith("/"):
            self.fault(path, f"{text} is not SOURCE:/TARGET[:ro]")
            return None
        place = (self.source.parent / source).resolve()
        if not place.exists():
            self.fault(path, f"{source} does not exist beside the topology file")
        return Bind(source=place, target=target)

    def refuse_shared_addresses(self, nodes: dict[str, Node]) -> None:
        owners: dict[str, str] = {}
        for node in nodes.values():
            if node.mgmt_ipv4 is None:
                continue
            if owner := owners.get(node.mgmt_ipv4):
                rule = f"{node.mgmt_ipv4} is {owner}'s already"
                self.fault(f"topology.nodes.{node.name}.mgmt-ipv4", rule)
            owners.setdefault(node.mgmt_ipv4, node.name)

    def links(self, value: Any, nodes: dict[str, Node]) -> tuple[Link, ...]:
        if value is not None and not isinstance(value, list):
            self.fault("topology.links", "must be a list")
            return ()
        found: list[Link] = []
        taken: set[Endpoint] = set()
        for index, item in enumerate(value or []):
            if link := self.link(item, f"topology.links[{index}]", nodes, taken):
                found.append(link)
        return tuple(found)

    def link(
        self, value: Any, path: str, nodes: dict[str, Node], taken: set[Endpoint]
    ) -> Link | None:
        fields = self.mapping(value, path, LINK_FIELDS)
        texts = self.strings(fields.get("endpoints"), f"{path}.endpoints")
        if len(texts) != LINK_ENDS:
            self.fault(f"{path}.endpoints", "a link has two ends, each NODE:INTERFACE")
            return None
        ends = [self.endpoint(text, f"{path}.endpoints", nodes, taken) for text in texts]
        mtu = fields.get("mtu", DEFAULT_MTU)
        if not isinstance(mtu, int) or not SMALLEST_MTU <= mtu <= LARGEST_MTU:
            self.fault(f"{path}.mtu", f"{mtu} is not an MTU ({SMALLEST_MTU} to {LARGEST_MTU})")
            return None
        return Link(ends=(ends[0], ends[1]), mtu=mtu)

    def endpoint(
        self, text: str, path: str, nodes: dict[str, Node], taken: set[Endpoint]
    ) -> Endpoint:
        node, _, interface = text.partition(":")
        end = Endpoint(node, interface)
        if node not in nodes:
            self.fault(path, f"{text}: there is no node {node}")
        if not INTERFACE.fullmatch(interface) or interface in {"lo", "eth0"}:
            self.fault(path, f"{text}: an interface has 1 to 15 characters and is not lo or eth0")
        if end in taken:
            self.fault(path, f"{text} is the end of another link already")
        taken.add(end)
        return end
