# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The jobs, each a playbook or a part of site.yml, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass

PORT_KINDS = frozenset(
    {
        "connection",
        "lag",
        "billing_mode",
        "macsec_key",
        "encryption",
        "hosted_connection",
        "resiliency_group",
    }
)
# What only a demolition deletes: it gives something up. All else is deleted by a change: what a
# list that is set takes away, and what is made anew with consent.
GIVEN_UP = frozenset(
    {
        "alarm",
        "association",
        "connection",
        "gateway",
        "hosted_connection",
        "lag",
        "proposal",
        "resiliency_group",
        "virtual_gateway",
        "vpc_attachment",
    }
)
# What a change makes anew with consent, and a demolition takes down.
MADE_ANEW = ("customer_gateway", "virtual_interface", "vpn_connection")
# What a demolition does: it deletes these, and before a LAG goes it may lose its ports.
DEMOLISHED = frozenset((kind, "delete") for kind in (*GIVEN_UP, *MADE_ANEW)) | {
    ("connection", "leave"),
    ("lag", "update"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What a job may do beside reading.

    Attributes:
        about: What runs it, as a sentence.
        ports: It makes and changes ports and what belongs to them.
        network: It makes and changes gateways, interfaces and what belongs to them.
        deletes: It takes down anything.
        functions: Functions of the edge that it calls beside the executor: module and name.
    """

    about: str
    ports: bool = False
    network: bool = False
    deletes: bool = False
    functions: tuple[tuple[str, str], ...] = ()


JOBS = {
    "plan": Job(
        about="playbooks/find.yml, playbooks/plan.yml, playbooks/import.yml, every run with --check"
    ),
    "order": Job(
        about="playbooks/order.yml: the part of site.yml that orders ports, and costs money",
        ports=True,
        functions=(("connections", "read_loa"),),
    ),
    "network": Job(
        about="the part of site.yml that configures AWS",
        network=True,
        functions=(
            ("vpn_configuration", "find_device"),
            ("vpn_configuration", "read_configuration"),
        ),
    ),
    "verify": Job(
        about="playbooks/verify.yml, configure.yml, drain.yml, undrain.yml: no change at AWS",
        functions=(
            ("bgp", "look_at_interfaces"),
            ("router_configuration", "check_router_configuration"),
        ),
    ),
    "failover": Job(
        about="playbooks/failover.yml: takes BGP sessions down for a while, by AWS's own test",
        functions=(("failover_run", "run_failover_test"),),
    ),
    "teardown": Job(about="playbooks/teardown.yml", deletes=True),
}
