# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that goes through, and runs whose candidate or whose gate fails."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from .ground import Case
from .site import ADDED, interface_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .site import Site

    Live = Callable[[Site], str]

SHUT_SECONDS = 8
OWN_ADDRESS = "10.255.1.1/30"  # of its link to the other router
OTHER_KEY = "A-Key-That-Aws-Does-Not-Have"


def cases() -> Iterator[Case]:
    """Yield them all."""
    yield Case(title="nothing goes wrong", end="new", live=_run())
    yield Case(
        title="the router does not understand the candidate",
        end="old",
        live=_run(edge_router_platform="eos"),
        told="no link statement makes it|does not understand",
    )
    yield Case(
        title="the router refuses a part of it at the commit",
        end="old",
        live=_with_own_address,
        told="FRR refused a part of the configuration",
    )
    yield from gates()


def gates() -> Iterator[Case]:
    """Yield those in which a gate stays shut: of AWS's own record first, then of the sessions."""
    for name, (live, words) in WRONG.items():
        compared = live(edge_router_compare_with_aws=True)
        yield Case(title=f"AWS's record: {name}", end="old", live=compared, told="AWS")
        yield Case(title=f"gate: {name}", end="old", live=live(), told=words)
    yield Case(title="gate: VLAN lost on the way", end="old", live=_with_a_lost_vlan, told="VLAN")
    yield Case(title="gate: peer deleted in AWS", end="old", live=_without_peer, told="169.254.101")
    yield Case(title="gate: AWS does not answer", end="old", live=_without_aws, told="AWS|network")


def _run(observed: dict[str, Any] | None = None, **variables: Any) -> Live:
    """Return what runs the role to its end, and tells its reason."""

    def live(site: Site) -> str:
        result = site.start(observed, **variables).result()
        return str(result["reason"])

    return live


def _shut(site: Site, observed: dict[str, Any] | None = None, **variables: Any) -> str:
    terms = {
        "edge_router_gate_seconds": SHUT_SECONDS,
        # Else AWS's own record of the interface would tell what is wrong before the commit.
        "edge_router_compare_with_aws": False,
    }
    return _run(observed, **{**terms, **variables})(site)


def _with_own_address(site: Site) -> str:
    """Have the session lead to the router itself, which FRR finds out when it is told to."""
    observed = site.altered()
    interface_in(observed)["peers"][0]["amazon_address"] = OWN_ADDRESS
    return _shut(site, observed)


def _with_another_key(**variables: Any) -> Live:
    def live(site: Site) -> str:
        return _shut(site, vault_dx_keys={**site.keys, ADDED: OTHER_KEY}, **variables)

    return live


def _with_another_asn(**variables: Any) -> Live:
    def live(site: Site) -> str:
        return _shut(site, site.altered(amazon_asn=64999), **variables)

    return live


def _with_another_vlan(**variables: Any) -> Live:
    def live(site: Site) -> str:
        estate = {**site.estate, "virtual_interfaces": list(site.estate["virtual_interfaces"])}
        place = estate["virtual_interfaces"].index(interface_in(estate))
        estate["virtual_interfaces"][place] = {**interface_in(estate), "vlan": 109}
        return _shut(site, site.altered(vlan=109), dx_estate=estate, **variables)

    return live


WRONG: dict[str, tuple[Callable[..., Live], str]] = {
    "another key": (_with_another_key, "different keys"),
    "another ASN": (_with_another_asn, "different ASNs"),
    "another VLAN": (_with_another_vlan, "VLAN|link"),
}


@contextmanager
def fault(site: Site, what: str, *words: str) -> Iterator[None]:
    """Have the lab break something for a while."""
    site.lab("fault", what, *words)
    try:
        yield
    finally:
        site.lab("heal", what)


def _with_a_lost_vlan(site: Site) -> str:
    with fault(site, "fra-a", "vlan", "--vlan", "101"):
        return _shut(site)


def _without_peer(site: Site) -> str:
    """Have somebody delete the peer in AWS after the run has looked; put it back afterwards."""
    site.delete_peer()
    try:
        return _shut(site)
    finally:
        site.observed = site.make()


def _without_aws(site: Site) -> str:
    with fault(site, "aws", "--only", "reading", "--mode", "error-before"):
        return _run(edge_router_aws_gate_seconds=SHUT_SECONDS)(site)
