# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resiliency verdict: judged by where AWS put the ports, told as data and as a sentence."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Association,
    Estate,
    Gateway,
    ResiliencyGroup,
    VirtualInterface,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model_vpn import VpnConnection
from ansible_collections.crossconnect.dx.plugins.module_utils.core.resiliency import verdicts


def ride(on, **end):
    return VirtualInterface(
        name=f"{on}-transit",
        on=on,
        type="transit",
        vlan=101,
        customer_asn=65001,
        **(end or {"gateway": "core"}),
    )


def port(name, location, device, state="available"):
    return {"name": name, "location": location, "aws_logical_device": device, "state": state}


def seen(*ports, confirming=(), kind="connections"):
    states = dict.fromkeys(confirming, "confirming")
    interfaces = [
        {"name": f"{each['name']}-transit", "state": states.get(each["name"], "available")}
        for each in ports
    ]
    return [{"account": "network", kind: list(ports), "virtual_interfaces": interfaces}]


def judge(*ports, **others):
    estate = Estate(name="acme", virtual_interfaces=tuple(ride(each["name"]) for each in ports))
    (verdict,) = verdicts(estate, seen(*ports, **others))
    return verdict


FRA_1, FRA_2 = port("fra-a", "EqFA5", "fa5-1"), port("fra-b", "EqFA5", "fa5-2")
AMS_1, AMS_2 = port("ams-a", "EqAM3", "am3-1"), port("ams-b", "EqAM3", "am3-2")

CASES = {
    "nothing": ((), "none", None),
    "one port": ((FRA_1,), "basic-resiliency", "95"),
    "two ports on one device": (
        (FRA_1, {**FRA_2, "aws_logical_device": "fa5-1"}),
        "basic-resiliency",
        "95",
    ),
    "two devices at one location": ((FRA_1, FRA_2), "basic-resiliency", "95"),
    "two locations": ((FRA_1, AMS_1), "high-resiliency", "99.9"),
    "two devices at one of two locations": ((FRA_1, FRA_2, AMS_1), "high-resiliency", "99.9"),
    "two devices at two locations": ((FRA_1, FRA_2, AMS_1, AMS_2), "maximum-resiliency", "99.99"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_model_follows_from_locations_and_devices(case):
    ports, model, sla = CASES[case]
    estate = Estate(
        name="acme", virtual_interfaces=(ride("fra-a"), *map(ride, ("fra-b", "ams-a", "ams-b")))
    )
    (verdict,) = verdicts(estate, seen(*ports))
    assert (verdict["of"], verdict["model"], verdict["sla"]) == ("gateway core", model, sla)


def test_what_the_next_better_model_lacks_is_told():
    assert judge(FRA_1)["sentence"] == (
        "gateway core meets basic-resiliency (95 %); for high-resiliency it lacks a circuit at a "
        "second location"
    )
    assert judge(FRA_1, FRA_2, AMS_1)["missing"] == [
        "a circuit on a second AWS device at EqAM3 (all end on am3-1)"
    ]
    assert judge(FRA_1, FRA_2, AMS_1, AMS_2)["sentence"] == (
        "gateway core meets maximum-resiliency (99.99 %)"
    )


def test_two_ports_whose_devices_are_not_told_count_for_one():
    silent = [{**each, "aws_logical_device": None} for each in (FRA_1, FRA_2, AMS_1, AMS_2)]
    verdict = judge(*silent)
    assert verdict["model"] == "high-resiliency"
    assert verdict["missing"][0].endswith("at EqAM3 (AWS has not told the devices)")


def test_the_device_s_other_id_will_do():
    named = [{**each, "aws_device": each["aws_logical_device"]} for each in (FRA_1, FRA_2)]
    verdict = judge(*({**each, "aws_logical_device": None} for each in named))
    assert verdict["locations"] == [{"location": "EqFA5", "devices": ["fa5-1", "fa5-2"]}]


def test_what_is_not_built_does_not_count():
    assert judge(FRA_1, {**AMS_1, "state": "pending"})["circuits"] == ["fra-a"]
    assert judge(FRA_1, AMS_1, confirming=("ams-a",))["circuits"] == ["fra-a"]
    assert judge({**FRA_1, "state": "requested"})["sentence"] == (
        "gateway core has no circuit yet; for basic-resiliency it lacks a circuit"
    )


def test_a_port_that_is_down_is_part_of_the_design():
    assert judge(FRA_1, {**AMS_1, "state": "down"})["model"] == "high-resiliency"


def test_a_lag_is_one_device_however_many_ports_it_has():
    verdict = judge({**FRA_1, "name": "fra-lag"}, kind="lags")
    assert verdict["circuits"] == ["fra-lag"]
    assert verdict["model"] == "basic-resiliency"


def test_each_end_has_a_verdict_of_its_own():
    estate = Estate(
        name="acme",
        virtual_interfaces=(
            ride("fra-a"),
            ride("fra-b", virtual_gateway="vgw-legacy"),
            ride("ams-a", gateway=None),
        ),
    )
    assert [each["of"] for each in verdicts(estate, seen(FRA_1, FRA_2, AMS_1))] == [
        "gateway core",
        "virtual_gateway vgw-legacy",
        "public",
    ]


def group(model, *names):
    return Estate(
        name="acme",
        resiliency_groups=(
            ResiliencyGroup(name="all", account="network", model=model, connections=names),
        ),
    )


def test_a_group_is_held_against_the_model_that_it_asks_for():
    (verdict,) = verdicts(group("maximum-resiliency", "fra-a", "ams-a"), seen(FRA_1, AMS_1))
    assert verdict["meets"] is False
    assert verdict["sentence"] == (
        "group all meets high-resiliency (99.9 %) and not maximum-resiliency, as asked: it lacks a "
        "circuit on a second AWS device at EqAM3 (all end on am3-1) and a circuit on a second AWS "
        "device at EqFA5 (all end on fa5-1)"
    )


def test_a_group_that_is_better_than_asked_lacks_nothing():
    (verdict,) = verdicts(group("basic-resiliency", "fra-a", "ams-a"), seen(FRA_1, AMS_1))
    assert verdict["meets"] is True
    assert verdict["missing"] == []
    assert verdict["sentence"] == "group all meets high-resiliency (99.9 %)"


def test_a_group_without_a_port_lacks_all():
    (verdict,) = verdicts(group("maximum-resiliency", "fra-a"), seen())
    assert verdict["sentence"] == (
        "group all has no circuit yet and not maximum-resiliency, as asked: it lacks a circuit and "
        "a circuit at a second location"
    )


def backup(name="fra-backup", up=(True, False), state="available", **more):
    tunnels = [{"status": "UP" if each else "DOWN"} for each in up]
    ends = {"target": "tgw-far", "target_id": "tgw-9", "backs_up": []}
    return {"name": name, "state": state, "tunnels": tunnels, **ends, **more}


def judge_with(*vpns, end=None, gateways=()):
    estate = Estate(
        name="acme",
        virtual_interfaces=(ride("fra-a", **(end or {})),),
        gateways=(
            Gateway(
                name="core",
                account="network",
                associations=(Association(transit_gateway="tgw-core"),),
            ),
        ),
        vpn_connections=(VpnConnection(name="x", account="network", customer_gateway="y"),),
    )
    observed = [{**seen(FRA_1)[0], "gateways": list(gateways), "vpn_connections": list(vpns)}]
    (verdict,) = verdicts(estate, observed)
    return verdict


BACKUPS = {
    "it backs the circuit up": {"backs_up": ["fra-a"]},
    "it backs the gateway up": {"backs_up": ["core"]},
    "it ends on the gateway's target": {"target": "tgw-core"},
    "it ends on the gateway's target by its id": {"target_id": "tgw-1"},
}
TIED = {"name": "core", "associations": [{"target_id": "tgw-1"}]}
OTHERS = {"name": "other", "associations": [{"target_id": "tgw-9"}]}


@pytest.mark.parametrize("case", BACKUPS)
def test_a_vpn_backup_is_told_and_raises_no_sla(case):
    verdict = judge_with(backup(**BACKUPS[case]), gateways=(TIED, OTHERS))
    assert (verdict["sla"], verdict["vpn_backups"]) == ("95", ["fra-backup"])
    assert verdict["sentence"].endswith(
        "; VPN backup by fra-backup (1 of 2 tunnels up), which does not raise the SLA"
    )


def test_a_vpn_connection_that_is_not_ready_or_leads_elsewhere_is_no_backup():
    late = backup(state="pending", backs_up=["core"])
    verdict = judge_with(late, backup("elsewhere"), gateways=(TIED,))
    assert verdict["vpn_backups"] == []
    assert verdict["sentence"].endswith("; no VPN connection backs it up")


def test_what_ends_on_the_same_virtual_private_gateway_is_a_backup():
    both = judge_with(backup(target="vgw-apps"), end={"virtual_gateway": "vgw-apps"})
    assert both["vpn_backups"] == ["fra-backup"]


def test_the_public_end_is_backed_up_by_its_circuits_only():
    assert judge_with(backup(backs_up=["public"]), end={"gateway": None})["vpn_backups"] == []
    found = judge_with(backup(backs_up=["fra-a"]), end={"gateway": None})
    assert found["vpn_backups"] == ["fra-backup"]
