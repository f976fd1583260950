# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading an estate: what a document becomes when nothing is wrong with it."""

from pathlib import Path

import pytest
import yaml
from ansible._internal._datatag._tags import Origin
from ansible.parsing.dataloader import DataLoader
from ansible.template import Templar, trust_as_template

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import (
    EstateError,
    read_estate,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_fault import Fault

INVENTORIES = Path(__file__).parents[5] / "inventories"


def inventory_variables(name):
    variables = {}
    for file in ("estate.yml", "vault.yml"):
        variables |= DataLoader().load_from_file(
            str(INVENTORIES / name / "group_vars" / "all" / file), trusted_as_template=True
        )
    return variables


def inventory_estate(name):
    variables = inventory_variables(name)
    return Templar(DataLoader(), variables).template(variables["dx_estate"])


def small(**virtual_interface):
    return {
        "name": "acme",
        "connections": [
            {"name": "fra-a", "account": "network", "location": "EqFA5", "bandwidth": "10Gbps"}
        ],
        "gateways": [
            {
                "name": "core",
                "account": "network",
                "associations": [
                    {"transit_gateway": "tgw-core", "allowed_prefixes": ["2001:0DB8:20::/48"]}
                ],
            }
        ],
        "virtual_interfaces": [
            {
                "name": "fra-a-transit",
                "type": "transit",
                "gateway": "core",
                "vlan": 101,
                "customer_asn": 65001,
                "peers": [{"family": "ipv4"}, {"family": "ipv6", "key": "Documentation-Key-1"}],
                **({"on": "fra-a"} | virtual_interface),
            }
        ],
    }


@pytest.mark.parametrize("inventory", ["lab", "prod"])
def test_the_estate_of_an_inventory_is_valid_as_ansible_hands_it_over(inventory):
    document = inventory_estate(inventory)
    estate = read_estate(document, accounts=["network"], routers=["edge-fra-1", "edge-ams-1"])
    assert [thing.name for thing in estate.connections] == ["fra-a", "ams-a"]
    assert estate.virtual_interfaces[0].vlan == 101
    assert (
        estate.virtual_interfaces[0].peers[0].key
        == inventory_variables(inventory)["vault_dx_keys"]["fra-a-transit"]
    )


def test_tagged_values_and_lazy_containers_of_ansible_become_plain_ones():
    estate = read_estate(inventory_estate("lab"))
    interface = estate.virtual_interfaces[0]
    values = [estate.name, interface.on, interface.vlan, interface.peers[0].key]
    values += [interface.mtu, *interface.routing.advertise]
    assert {type(value) for value in values} == {str, int}


def test_a_tagged_text_with_a_template_that_is_not_trusted_stays_a_text():
    name = Origin(description="a test").tag("fra-a")
    estate = read_estate(small(on=trust_as_template(name)))
    assert type(estate.virtual_interfaces[0].on) is str


@pytest.mark.parametrize(
    "spelling", [pytest.param(True, id="YAML 1.1's true"), pytest.param("true", id="JSON's true")]
)
def test_the_bare_word_on_is_read_though_yaml_takes_it_for_true(spelling):
    document = small()
    interface = document["virtual_interfaces"][0]
    interface[spelling] = interface.pop("on")
    assert read_estate(document).virtual_interfaces[0].on == "fra-a"


def test_which_of_two_spellings_counts_is_not_guessed():
    document = small()
    document["virtual_interfaces"][0][True] = "fra-b"
    with pytest.raises(EstateError) as caught:
        read_estate(document)
    assert str(caught.value.faults[0]) == "virtual_interfaces[0].on: is told twice: tell it once"


@pytest.mark.parametrize("value", [None, "fra-a"])
def test_a_spelling_that_says_nothing_new_is_no_fault(value):
    document = small()
    document["virtual_interfaces"][0]["true"] = value
    assert read_estate(document).virtual_interfaces[0].on == "fra-a"


def test_yaml_really_takes_the_bare_word_on_for_true():
    assert yaml.safe_load("{on: fra-a}") == {True: "fra-a"}


def test_what_is_not_set_or_null_is_not_cared_about():
    interface = read_estate(small(mtu=None, site_link=None, tags=None)).virtual_interfaces[0]
    assert (interface.mtu, interface.site_link, interface.tags) == (None, None, {})


def test_both_peers_get_the_one_key_of_their_interface():
    peers = read_estate(small()).virtual_interfaces[0].peers
    assert [peer.key for peer in peers] == ["Documentation-Key-1", "Documentation-Key-1"]


def test_prefixes_are_spelled_as_aws_spells_them():
    routing = {"advertise": ["2001:0db8:10:0::/64"], "accept": ["2001:DB8:20::/48"]}
    estate = read_estate(small(routing=routing))
    assert estate.gateway("core").associations[0].allowed_prefixes == ("2001:db8:20::/48",)
    assert estate.virtual_interfaces[0].routing.advertise == ("2001:db8:10::/64",)
    assert estate.virtual_interfaces[0].routing.accept == ("2001:db8:20::/48",)


def test_allowed_prefixes_that_are_not_given_stay_unknown():
    document = small(type="private")
    document["gateways"][0]["associations"] = [{"virtual_gateway": "vgw-legacy"}]
    assert read_estate(document).gateway("core").associations[0].allowed_prefixes is None


def test_without_an_inventory_any_account_and_router_will_do():
    document = small()
    document["connections"][0] |= {"account": "any", "router": "any", "port": "eth1"}
    document["gateways"][0]["account"] = "any"
    assert read_estate(document).connection("fra-a").router == "any"


def test_an_empty_inventory_knows_no_account():
    with pytest.raises(EstateError) as caught:
        read_estate(small(), accounts=[])
    assert "no account named network" in caught.value.faults[0].rule


def test_a_key_is_in_no_printed_form_of_an_estate():
    assert "Documentation-Key-1" not in repr(read_estate(small()))


def test_what_would_break_a_line_or_steer_a_terminal_is_spelled_out():
    assert str(Fault("name", "a\nb\x1b[2J is no name")) == "name: a\\nb\\x1b[2J is no name"


def test_a_document_that_is_nothing_at_all_is_one_fault():
    with pytest.raises(EstateError) as caught:
        read_estate(None)
    assert str(caught.value) == "estate: must be a mapping of attributes, not nothing"
