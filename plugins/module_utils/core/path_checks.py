# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `ping` printed, read and judged: loss, round trip and MTU of a path, as check records."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from .check import check

if TYPE_CHECKING:
    from .check import Check, Verdict

# Header bytes that stand between a ping's payload and the packet's size: IP plus ICMP.
HEADER_BYTES = {4: 28, 6: 48}

_COUNTS = re.compile(r"(\d+) packets transmitted, (\d+) (?:packets )?received")
_ROUND_TRIP = re.compile(r"(?:rtt|round-trip) min/avg/max(?:/mdev)? = ([\d.]+)/([\d.]+)/([\d.]+)")
_PACKET_TOO_BIG = re.compile(r"(?:From (\S+?):? icmp_seq.*|message too long, )mtu ?[=:] ?(\d+)")
_COMPLAINT = re.compile(r"^(?:ping6?: (?!local error)|From \S+ icmp_seq=\d+ )(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ping:
    """One run of `ping`; times in milliseconds, None when nothing came back."""

    transmitted: int = 0
    received: int = 0
    rtt_min_ms: float | None = None
    rtt_avg_ms: float | None = None
    rtt_max_ms: float | None = None
    # The largest packet that the path carries, as a router or this host's kernel said, and who.
    told_mtu: int | None = None
    told_by: str | None = None
    complaint: str | None = None

    @property
    def loss_percent(self) -> float:
        """Share of packets without an answer; 100 when none could be sent."""
        if not self.transmitted:
            return 100.0
        return round(100 * (self.transmitted - self.received) / self.transmitted, 1)

    @property
    def answered(self) -> bool:
        """Whether anything came back at all."""
        return self.received > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PathProbe:
    """The runs of `ping` towards one target.

    The last two are there only where an MTU was asked for and small packets pass.
    """

    address: str
    name: str | None
    plain: Ping
    mtu: int | None = None
    interface_mtu: int | None = None
    whole: Ping | None = None
    larger: Ping | None = None

    @property
    def target(self) -> str:
        """What a reader calls the far end: its name, where it has one, and its address."""
        return f"{self.name} {self.address}" if self.name else self.address


def ping_command(
    address: str, *, count: int, timeout: int, packet: int | None = None, discovery: str = "do"
) -> list[str]:
    """Say how to ping an address; `packet` is the size of an unfragmentable IP packet in bytes."""
    version = ip_address(address).version
    command = ["ping", f"-{version}", "-n", "-c", str(count), "-i", "0.2", "-W", str(timeout)]
    if packet is not None:
        command += ["-M", discovery, "-s", str(packet - HEADER_BYTES[version])]
    return [*command, address]


def read_ping(text: str) -> Ping:
    """Read what `ping` wrote on both its outputs, in the words of iputils or of BusyBox."""
    counts = _COUNTS.search(text)
    times = _ROUND_TRIP.search(text)
    too_big = _PACKET_TOO_BIG.search(text)
    complaint = _COMPLAINT.search(text)
    low, mean, high = (float(time) for time in times.groups()) if times else (None, None, None)
    return Ping(
        transmitted=int(counts[1]) if counts else 0,
        received=int(counts[2]) if counts else 0,
        rtt_min_ms=low,
        rtt_avg_ms=mean,
        rtt_max_ms=high,
        told_mtu=int(too_big[2]) if too_big else None,
        told_by=too_big[1] if too_big else None,
        complaint=complaint[1] if complaint else None,
    )


def judge(probe: PathProbe) -> list[Check]:
    """Judge one target: reachability, and both sides of the MTU where one was asked for."""
    checks = [_reachability(probe)]
    if probe.mtu is not None:
        checks += [_whole_packet(probe, probe.mtu), _limit(probe, probe.mtu)]
    return checks


def _reachability(probe: PathProbe) -> Check:
    ping = probe.plain
    verdict: Verdict = "pass" if ping.received == ping.transmitted else "warn"
    if not ping.answered:
        verdict = "fail"
    return _check(probe, "ping{}", verdict, _reachability_words(ping), "0 % lost")


def _reachability_words(ping: Ping) -> str:
    if not ping.answered:
        return ping.complaint or f"no answer to {ping.transmitted} packets"
    words = f"{ping.loss_percent:g} % of {ping.transmitted} lost"
    if ping.rtt_avg_ms is None:
        return words
    times = f"{ping.rtt_min_ms:g}/{ping.rtt_avg_ms:g}/{ping.rtt_max_ms:g}"
    return f"{words}, round trip min/avg/max {times} ms"


def _whole_packet(probe: PathProbe, mtu: int) -> Check:
    expected = f"a packet of {mtu} bytes passes whole"
    if probe.whole is None:
        measured = "not tried: small packets get no answer either"
        return _check(probe, "mtu{}", "na", measured, expected)
    if probe.whole.answered:
        return _check(probe, "mtu{}", "pass", f"{mtu} bytes pass whole", expected)
    cause = _memory(probe, mtu) or _cause(probe.whole)
    return _check(probe, "mtu{}", "fail", f"{mtu} bytes do not pass{cause}", expected)


def _limit(probe: PathProbe, mtu: int) -> Check:
    """Judge the other side: a packet one byte larger must be refused."""
    expected = f"a packet of {mtu + 1} bytes is refused"
    if probe.larger is None:
        return _check(probe, "mtu{}_limit", "na", _untried(probe, mtu), expected)
    if probe.larger.answered:
        measured = f"{mtu + 1} bytes pass too: the path is wider than declared"
        return _check(probe, "mtu{}_limit", "warn", measured, expected)
    measured = f"{mtu + 1} bytes do not pass{_cause(probe.larger)}"
    return _check(probe, "mtu{}_limit", "pass", measured, expected)


def _untried(probe: PathProbe, mtu: int) -> str:
    if probe.whole is None or not probe.whole.answered:
        return f"not tried: {mtu} bytes do not pass either"
    if probe.interface_mtu is None:
        return "not tried: the MTU of this host's own interface is not known"
    return f"not tried: this host's own interface carries {probe.interface_mtu} bytes at most"


def _memory(probe: PathProbe, mtu: int) -> str | None:
    """Name a limit that this host only remembers: its own interface would carry the packet."""
    limit = probe.whole.told_mtu if probe.whole and not probe.whole.told_by else None
    if limit is None or probe.interface_mtu is None or probe.interface_mtu < mtu:
        return None
    return (
        f": this host remembers from an earlier answer that {limit} is the limit; Linux forgets it"
        " within 10 minutes, and at once by ip route flush cache"
    )


def _cause(ping: Ping) -> str:
    if ping.told_mtu is None:
        return ": no answer and no word from the path"
    teller = ping.told_by or "this host, which has it from its interface or an earlier answer,"
    return f": {teller} says {ping.told_mtu} is the limit"


def _check(probe: PathProbe, kind: str, verdict: Verdict, measured: str, expected: str) -> Check:
    name = kind.format(ip_address(probe.address).version)
    return check(name, probe.target, verdict, measured, expected)
