# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings: what the roles of one run left on their hosts, gathered for the report.

This is the one place that knows the names under which the roles leave it. A host that a run did not
come to has nothing, and that is fine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .check import check, failed, sentence
from .preflight import unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .check import Check

CONTROLLER = "localhost"
# What is asked of AWS, in the order of a run.
_ASKED = (
    *("dx_order_result", "__dx_order_pass", "dx_order_letters"),
    *("dx_network_result", "__dx_network_pass", "dx_verify_aws"),
)
_READS = ("Describe", "Get", "List")
# What a later look at a virtual interface knows better.
_YOUNGER = ("state", "peers")


def findings(
    hosts: Mapping[str, Mapping[str, Any]], groups: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Gather a run's findings.

    Args:
        hosts: What every host knows, by name, as Ansible's `hostvars`.
        groups: The inventory's groups.

    Returns:
        The options `observed`, `routers`, `checks`, `changed`, `figures` and `letters` of the
        module report, and `interfaces`: the virtual interfaces with their routes, as the
        verification saw them.
    """
    named = {name: hosts[name] for name in groups.get("aws_accounts", ())}
    accounts = list(named.values())
    routers = {name: hosts[name] for name in groups.get("edge_routers", ())}
    probes = {name: hosts[name] for name in groups.get("probes", ())}
    calls = [call for account in accounts for call in _calls(account)]
    return {
        "interfaces": [seen for account in accounts for seen in _interfaces(account)],
        "observed": [seen for account in accounts if (seen := _observed(account))],
        "routers": {name: _router(name, host) for name, host in routers.items()},
        "checks": [*_refused(named), *_judged(hosts), *_silent(routers), *_paths(probes)],
        "changed": {
            "aws": sum(count for name, count in calls if not name.startswith(_READS)),
            "routers": sum(bool(_result(host).get("changed")) for host in routers.values()),
        },
        "figures": {"api_calls": sum(count for _, count in calls)},
        "letters": {name: path for account in accounts for name, path in _letters(account)},
    }


def refreshed(
    observed: Mapping[str, Any], interfaces: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what AWS had, with states and peers from a later look at the virtual interfaces."""
    again = {thing["id"]: {key: thing[key] for key in _YOUNGER} for thing in interfaces}
    before = observed["virtual_interfaces"]
    return {
        **observed,
        "virtual_interfaces": [{**thing, **again.get(thing["id"], {})} for thing in before],
    }


def failures(found: Mapping[str, Any]) -> list[str]:
    """Return a sentence for everything that makes a run end in failure.

    What is merely awaited, or not ready to be touched yet, is no failure; a router that does not
    answer, a transaction that was taken back, and a failed check are.
    """
    taken_back = [
        f"{name}: {line}"
        for name, router in found["routers"].items()
        if router["configured"] is False
        for line in str(router["reason"]).splitlines()
    ]
    not_ready = [
        record for router in found["routers"].values() for record in failed(router["preflight"])
    ]
    told = [sentence(record) for record in [*not_ready, *failed(found["checks"])]]
    # A router that does not answer has told both the preflight and the verification so.
    return list(dict.fromkeys(taken_back + told))


def _observed(account: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the youngest look at an account: after the network was made, else after the order."""
    for name in ("dx_network_result", "dx_order_result"):
        if observed := account.get(name, {}).get("observed"):
            return refreshed(observed, _interfaces(account))
    return None


def _interfaces(account: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    interfaces: Sequence[Mapping[str, Any]]
    interfaces = account.get("dx_verify_aws", {}).get("virtual_interfaces", ())
    return interfaces


def _calls(account: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for name in ("dx_order_result", "dx_network_result", "dx_verify_aws"):
        yield from account.get(name, {}).get("calls", {}).items()


def _result(router: Mapping[str, Any]) -> Mapping[str, Any]:
    result: Mapping[str, Any] = router.get("edge_router_result", {})
    return result


def _letters(account: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield where the LOA-CFA of each connection is that waits for its cross-connect."""
    for letter in account.get("dx_order_letters", {}).get("results", ()):
        if letter.get("issued"):
            yield letter["item"]["name"], letter["dest"]


def _router(name: str, host: Mapping[str, Any]) -> dict[str, Any]:
    result = _result(host)
    told = host.get("dx_verify_router", {}).get("facts", {})
    # A gate's sentences begin with the router, and so do those that they go into.
    reason = str(result.get("reason") or "").replace(f"{name}: ", "") or None
    return {
        "preflight": list(host.get("edge_preflight_checks", ())),
        "configured": result.get("configured"),
        "reason": reason,
        "bgp_neighbors": told.get("bgp_neighbors"),
        "drained": told.get("drained") or result.get("drained") or [],
        "shut": told.get("shut") or result.get("shut") or [],
        "reasons": {
            record["target"]: record["measured"]
            for record in host.get("dx_verify_diagnosis", {}).get("checks", ())
            if record["verdict"] == "fail"
        },
    }


def _judged(hosts: Mapping[str, Mapping[str, Any]]) -> list[Check]:
    controller = hosts.get(CONTROLLER, {})
    return list(controller.get("dx_verify_checks", ()))


def _refused(accounts: Mapping[str, Mapping[str, Any]]) -> Iterator[Check]:
    """Yield a failed check for every account at which a run has ended: it is known in part."""
    for name, account in accounts.items():
        for result in (account.get(each, {}) for each in _ASKED):
            # Routes that are late failed no call: the checks of the routes tell of them.
            if result.get("failed") and "virtual_interfaces" not in result:
                parts = [each for each in result.get("results", ()) if each.get("failed")]
                said = "; ".join(str(each.get("msg", "no reason")) for each in parts or [result])
                yield check("account", name, "fail", said, "what was asked of AWS is done")


def _silent(routers: Mapping[str, Mapping[str, Any]]) -> Iterator[Check]:
    """Yield a failed check for every router that the verification got no answer from."""
    for name, host in routers.items():
        told = host.get("dx_verify_router", {})
        if told and "facts" not in told and not told.get("skipped"):
            yield from unreachable(name, str(told.get("msg", "no answer")).strip())


def _paths(probes: Mapping[str, Mapping[str, Any]]) -> Iterator[Check]:
    for name, host in probes.items():
        paths = host.get("dx_verify_paths", {})
        if paths and "checks" not in paths and not paths.get("skipped"):
            why = str(paths.get("msg", "no answer")).strip()
            wanted = "a login" if paths.get("unreachable") else "packets sent from it"
            yield check("probe", name, "fail", why, wanted)
        yield from paths.get("checks", ())
