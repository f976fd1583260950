# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must fail before anything is touched: faulty estates and mistyped inventories."""

from __future__ import annotations

import copy

import pytest
import yaml

from tests.integration.chain.shell import ROOT

pytestmark = pytest.mark.lab

GOOD = yaml.safe_load((ROOT / "inventories/lab/group_vars/all/estate.yml").read_text())["dx_estate"]


def faulty():
    """Return the demo's estate with a fault of every common kind, and the paths of the faults."""
    estate = copy.deepcopy(GOOD)
    transit, backup, private = estate["virtual_interfaces"]
    estate["connections"][1]["account"] = "nobody"
    transit["vlan"] = 5000
    transit["mtu"] = 9000
    backup["customer_asn"] = 0
    backup["peers"][0]["customer_address"] = "169.254.200.2/30"
    private["peers"][0]["key"] = "short"
    private["gateway"] = "cor"
    core = estate["gateways"][0]
    core["associations"].append({"virtual_gateway": "vgw-legacy"})
    core["associations"][0]["allowed_prefixes"].append("10.20.8.0/24")
    return estate, (
        "connections[1].account",
        "virtual_interfaces[0].vlan",
        "virtual_interfaces[0].mtu",
        "virtual_interfaces[1].customer_asn",
        "virtual_interfaces[1].peers[0]",
        "virtual_interfaces[2].peers[0].key",
        "virtual_interfaces[2].gateway",
        "gateways[0].associations",
        "gateways[0].associations[0].allowed_prefixes",
    )


@pytest.mark.parametrize("playbook", ["site.yml", "playbooks/plan.yml", "playbooks/teardown.yml"])
def test_a_faulty_estate_is_refused_with_every_fault_and_without_a_call(operator, playbook):
    estate, paths = faulty()

    run = operator.play(playbook, dx_estate=estate)

    assert run.rc == 2
    assert [path for path in paths if path not in run.output] == []
    assert run.calls == []
    assert run.logins == []
    assert "Traceback" not in run.output


def test_a_mistyped_inventory_fails(operator):
    run = operator.play("site.yml", "-i", "prdo")

    assert run.rc == 1
    assert "prdo" in run.output


def test_prod_is_found_and_valid_up_to_the_first_need_of_credentials(operator):
    run = operator.play("site.yml", "-i", "prod", dx_aws={"region": "eu-central-1"})

    assert run.rc == 2
    assert "Check every value of the estate" in run.output
    assert "credentials" in run.output.lower()
    assert "Traceback" not in run.output
    assert run.calls == []
