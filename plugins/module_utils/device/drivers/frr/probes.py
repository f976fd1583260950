# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ping and traceroute of iputils in NAPALM's shapes; pure."""

from __future__ import annotations

import re
from typing import Any

SUMMARY = re.compile(r"(\d+) packets transmitted, (\d+)(?: packets)? received")
TIMES = re.compile(r"= ([\d.]+)/([\d.]+)/([\d.]+)/([\d.]+)")
ECHO = re.compile(r"from (\S+?):? (?:\(\S+\):? )?icmp_seq=\d+.* time=([\d.]+)")
HOP = re.compile(r"^\s*(\d+)\s+(.*)$")
PROBE = re.compile(r"(?:(\S+) \((\S+)\)\s+)?([\d.]+) ms|\*")


def ping_command(  # noqa: PLR0913 - as many as NAPALM has
    destination: str, *, source: str, vrf: str, ttl: int, timeout: int, size: int, count: int
) -> list[str]:
    """Write ping's argument list; the size is the payload's, as iputils counts it."""
    command = ["ping", "-n", "-c", str(count), "-i", "0.2", "-W", str(timeout), "-t", str(ttl)]
    command += ["-s", str(size)]
    # To be bound to the VRF's device is enough, and needs no control groups as `ip vrf exec` does.
    bound = [word for name in (vrf, source) if name for word in ("-I", name)]
    return [*command, *bound, destination]


def traceroute_command(
    destination: str, *, source: str, vrf: str, ttl: int, timeout: int
) -> list[str]:
    """Write traceroute's argument list."""
    bound = [*(["-i", vrf] if vrf else []), *(["-s", source] if source else [])]
    return ["traceroute", "-m", str(ttl), "-w", str(timeout), *bound, destination]


def ping(output: str, error: str, destination: str) -> dict[str, Any]:
    """Read ping's output."""
    found = SUMMARY.search(output)
    if not found:
        return {"error": (error or output).strip() or f"ping {destination} gave no answer"}
    sent, received = int(found[1]), int(found[2])
    times = TIMES.search(output)
    low, mean, high, spread = (float(part) for part in times.groups()) if times else (0.0,) * 4
    echoes = [{"ip_address": address, "rtt": float(rtt)} for address, rtt in ECHO.findall(output)]
    return {
        "success": {
            "probes_sent": sent,
            "packet_loss": sent - received,
            "rtt_min": low,
            "rtt_max": high,
            "rtt_avg": mean,
            "rtt_stddev": spread,
            "results": echoes,
        }
    }


def traceroute(output: str, error: str) -> dict[str, Any]:
    """Read traceroute's output: three probes a hop."""
    hops: dict[int, dict[str, dict[int, dict[str, Any]]]] = {}
    for line in output.splitlines()[1:]:
        if found := HOP.match(line):
            hops[int(found[1])] = {"probes": _probes(found[2])}
    return {"success": hops} if hops else {"error": (error or output).strip()}


def _probes(text: str) -> dict[int, dict[str, Any]]:
    probes: dict[int, dict[str, Any]] = {}
    name, address = "", ""
    for number, found in enumerate(PROBE.finditer(text), start=1):
        name, address = (found[1] or name, found[2] or address) if found[3] else (name, address)
        answered = found[3] is not None
        probes[number] = {
            "rtt": float(found[3]) if answered else 0.0,
            "ip_address": address if answered else "",
            "host_name": name if answered else "",
        }
    return probes
