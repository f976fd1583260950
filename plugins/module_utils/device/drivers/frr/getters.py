# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""FRR's and iproute2's JSON in NAPALM's shapes (napalm.base.models); pure."""

from __future__ import annotations

from typing import Any

from ...languages.asns import plain_asn

DEFAULT = "default"
FAMILIES = {"ipv4Unicast": "ipv4", "ipv6Unicast": "ipv6"}
Document = dict[str, Any]


def version(text: str) -> str:
    """Take the release out of `show version`: `FRRouting 8.4.4 (edge) on Linux(...)`."""
    words = text.split()
    return words[1] if len(words) > 1 and words[0] == "FRRouting" else ""


def present(document: Document) -> Document:
    """Leave out what FRR remembers of interfaces that are gone."""
    return {name: entry for name, entry in document.items() if "index" in entry}


def interfaces(document: Document) -> dict[str, Document]:
    """From `show interface vrf all json`; FRR does not say when a link changed last."""
    return {
        name: {
            "is_up": entry.get("operationalStatus") == "up",
            "is_enabled": entry.get("administrativeStatus") == "up",
            "description": entry.get("description", ""),
            "last_flapped": -1.0,
            "mtu": int(entry.get("mtu", 0)),
            "speed": float(entry.get("speed", 0)),
            "mac_address": entry.get("hardwareAddress", "").upper(),
        }
        for name, entry in present(document).items()
    }


def interfaces_counters(links: list[Document]) -> dict[str, Document]:
    """From `ip -s -j link show`; Linux counts only what comes in as multicast on its own."""
    return {link["ifname"]: _counters(link["stats64"]) for link in links if "stats64" in link}


def _counters(found: Document) -> Document:
    came, went = found["rx"], found["tx"]
    return {
        "tx_errors": went["errors"],
        "rx_errors": came["errors"],
        "tx_discards": went["dropped"],
        "rx_discards": came["dropped"],
        "tx_octets": went["bytes"],
        "rx_octets": came["bytes"],
        "tx_unicast_packets": went["packets"],
        "rx_unicast_packets": came["packets"] - came["multicast"],
        "tx_multicast_packets": 0,
        "rx_multicast_packets": came["multicast"],
        "tx_broadcast_packets": 0,
        "rx_broadcast_packets": 0,
    }


def interfaces_ip(document: Document) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    """From `show interface vrf all json`; interfaces without addresses are left out."""
    result: dict[str, dict[str, dict[str, dict[str, int]]]] = {}
    for name, entry in document.items():
        for item in entry.get("ipAddresses", []):
            address, _, length = item["address"].partition("/")
            family = "ipv6" if ":" in address else "ipv4"
            families = result.setdefault(name, {})
            families.setdefault(family, {})[address] = {"prefix_length": int(length)}
    return result


def bgp_neighbors(summary: Document, neighbors: Document) -> Document:
    """From `show bgp vrf all summary json` and `show bgp vrf all neighbors json`."""
    result: Document = {}
    for vrf, families in summary.items():
        peers = neighbors.get(vrf, {})
        table: Document = {"router_id": "", "peers": {}}
        for family, entry in families.items():
            if family not in FAMILIES:
                continue
            table["router_id"] = entry.get("routerId", "")
            for address, peer in entry.get("peers", {}).items():
                detail = peers.get(address, {})
                row = table["peers"].setdefault(address, _peer(peer, detail))
                row["address_family"][FAMILIES[family]] = _prefixes(peer, detail, family)
        result[table_name(vrf)] = table
    return result


def table_name(vrf: str) -> str:
    """Return what NAPALM calls a VRF."""
    return "global" if vrf == DEFAULT else vrf


def _peer(peer: Document, detail: Document) -> Document:
    up = peer.get("state") == "Established"
    return {
        "local_as": plain_asn(peer.get("localAs") or detail.get("localAs") or 0),
        "remote_as": plain_asn(peer.get("remoteAs", 0)),
        "remote_id": detail.get("remoteRouterId", ""),
        "is_up": up,
        "is_enabled": not detail.get("adminShutDown", "Admin" in peer.get("state", "")),
        "description": detail.get("nbrDesc", peer.get("desc", "")),
        "uptime": int(peer.get("peerUptimeMsec", 0)) // 1000 if up else -1,
        "address_family": {},
    }


def _prefixes(peer: Document, detail: Document, family: str) -> dict[str, int]:
    accepted = detail.get("addressFamilyInfo", {}).get(family, {}).get("acceptedPrefixCounter", -1)
    return {
        "received_prefixes": int(peer.get("pfxRcd", -1)),
        "accepted_prefixes": int(accepted),
        "sent_prefixes": int(peer.get("pfxSnt", -1)),
    }


def bgp_neighbors_detail(neighbors: Document, wanted: str = "") -> Document:
    """From `show bgp vrf all neighbors json`: by table, then by remote AS."""
    result: Document = {}
    for vrf, peers in neighbors.items():
        for address, peer in peers.items():
            if not isinstance(peer, dict) or (wanted and address != wanted):
                continue
            table = result.setdefault(table_name(vrf), {})
            row = _session(address, peer, table_name(vrf)) | _messages(peer) | _counts(peer)
            table.setdefault(plain_asn(peer.get("remoteAs", 0)), []).append(row)
    return result


def _session(address: str, peer: Document, table: str) -> Document:
    policies = _first(peer.get("addressFamilyInfo", {}))
    return {
        "up": peer.get("bgpState") == "Established",
        "local_as": plain_asn(peer.get("localAs", 0)),
        "remote_as": plain_asn(peer.get("remoteAs", 0)),
        "router_id": peer.get("localRouterId", ""),
        "local_address": peer.get("hostLocal", ""),
        "routing_table": table,
        "local_address_configured": "updateSource" in peer,
        "local_port": int(peer.get("portLocal", 0)),
        "remote_address": address,
        "remote_port": int(peer.get("portForeign", 0)),
        "multihop": int(peer.get("externalBgpNbrMaxHopsAway", 1)) > 1,
        "multipath": False,
        "remove_private_as": "privateAsNumsRemovedInUpdatesToNbr" in policies,
        "import_policy": policies.get("routeMapForIncomingAdvertisements", ""),
        "export_policy": policies.get("routeMapForOutgoingAdvertisements", ""),
        "connection_state": peer.get("bgpState", ""),
        "previous_connection_state": "",
        "last_event": peer.get("lastResetDueTo", ""),
        "suppress_4byte_as": "4byteAs" not in peer.get("neighborCapabilities", {}),
        "local_as_prepend": not peer.get("localAsNoPrepend", False),
        "flap_count": int(peer.get("connectionsDropped", 0)),
    }


def _first(families: Document) -> Document:
    return next(iter(families.values()), {})


def _messages(peer: Document) -> dict[str, int]:
    stats = peer.get("messageStats", {})
    return {
        "input_messages": int(stats.get("totalRecv", 0)),
        "output_messages": int(stats.get("totalSent", 0)),
        "input_updates": int(stats.get("updatesRecv", 0)),
        "output_updates": int(stats.get("updatesSent", 0)),
        "messages_queued_out": int(stats.get("depthOutq", 0)),
        "holdtime": int(peer.get("bgpTimerHoldTimeMsecs", 0)) // 1000,
        "configured_holdtime": int(peer.get("bgpTimerConfiguredHoldTimeMsecs", 0)) // 1000,
        "keepalive": int(peer.get("bgpTimerKeepAliveIntervalMsecs", 0)) // 1000,
        "configured_keepalive": int(peer.get("bgpTimerConfiguredKeepAliveIntervalMsecs", 0))
        // 1000,
    }


def _counts(peer: Document) -> dict[str, int]:
    families = peer.get("addressFamilyInfo", {}).values()
    accepted = sum(int(family.get("acceptedPrefixCounter", 0)) for family in families)
    return {
        "active_prefix_count": accepted,
        "received_prefix_count": accepted,
        "accepted_prefix_count": accepted,
        "suppressed_prefix_count": 0,
        "advertised_prefix_count": sum(int(row.get("sentPrefixCounter", 0)) for row in families),
    }


def arp_table(neighbors: list[Document]) -> list[Document]:
    """From `ip -j -4 -s neigh show`: complete entries only."""
    return [
        {
            "interface": entry["dev"],
            "mac": entry["lladdr"].upper(),
            "ip": entry["dst"],
            "age": float(entry.get("updated", 0)),
        }
        for entry in neighbors
        if "lladdr" in entry
    ]


def ipv6_neighbors(neighbors: list[Document]) -> list[Document]:
    """From `ip -j -6 -s neigh show`: complete entries only."""
    return [
        {**row, "state": (entry.get("state") or [""])[0]}
        for entry in neighbors
        for row in arp_table([entry])
    ]
