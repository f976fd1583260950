# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an account holds of ports: connections, LAGs, their MACsec keys, groups of them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class MacsecKey:
    """A pair of CKN and CAK on a connection or a LAG. The CAK leaves the model in no answer."""

    secret_arn: str
    ckn: str
    associated_at: float
    cak: str | None = field(default=None, repr=False)  # None: it came as a secret's ARN
    disassociated_at: float | None = None


@dataclass(slots=True, kw_only=True)
class Connection:
    """A port at a location, or a part of one. Times are the model's clock; None: not yet.

    Attributes:
        aws_port: The port of AWS's router ("aws-fra:eth1"); a hosted connection has its parent's.
        lag_id: The LAG that the port is a member of.
        interconnect: A partner's port, which carries hosted connections.
        parent_id: The interconnect, LAG or connection that carries this hosted connection; None
            if a partner outside of the model does.
        router_ckns: The CKNs that the customer's router holds; None: all that AWS holds.
        interrupted_at: When AWS last took the light for a moment, to move the port.
    """

    id: str
    name: str
    account: str
    region: str
    location: str
    bandwidth: str
    device: str
    created_at: float
    interrupted_at: float | None = None
    provider: str | None = None
    billing_mode: str = "PayAsYouGo"
    macsec: bool = False
    encryption_mode: str = "no_encrypt"
    tags: dict[str, str] = field(default_factory=dict)
    loa_issued_at: float | None = None
    first_light_at: float | None = None
    deleted_at: float | None = None
    aws_port: str | None = None
    partner: str | None = None
    hosted_vlan: int = 0
    awaits_confirmation: bool = False
    rejected: bool = False
    lag_id: str | None = None
    interconnect: bool = False
    parent_id: str | None = None
    jumbo_frame_capable: bool = True
    logical_redundancy: bool = False
    macsec_keys: list[MacsecKey] = field(default_factory=list)
    router_ckns: list[str] | None = None


@dataclass(slots=True, kw_only=True)
class Lag:
    """Ports of one AWS device in a bundle; `bandwidth` is that of one port.

    Attributes:
        connection_ids: The members, in the order in which they joined.
        minimum_links: With fewer lit members the LAG is down; with 0 it never is.
        interconnect: A partner's, which carries hosted connections.
    """

    id: str
    name: str
    account: str
    region: str
    location: str
    bandwidth: str
    device: str
    created_at: float
    connection_ids: list[str] = field(default_factory=list)
    minimum_links: int = 0
    provider: str | None = None
    billing_mode: str = "PayAsYouGo"
    macsec: bool = False
    encryption_mode: str = "no_encrypt"
    tags: dict[str, str] = field(default_factory=dict)
    first_light_at: float | None = None
    deleted_at: float | None = None
    interconnect: bool = False
    macsec_keys: list[MacsecKey] = field(default_factory=list)
    router_ckns: list[str] | None = None


@dataclass(slots=True, kw_only=True)
class ResiliencyGroup:
    """Connections that together shall meet a model of resiliency.

    Attributes:
        tokens: What was asked for under each client token, so that it can be asked again.
        members: When each connection or LAG was associated, by its id.
        leaving: When each was disassociated.
    """

    id: str
    name: str
    account: str
    intended_model: str
    created_at: float
    tokens: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    members: dict[str, float] = field(default_factory=dict)
    leaving: dict[str, float] = field(default_factory=dict)
    deleted_at: float | None = None
