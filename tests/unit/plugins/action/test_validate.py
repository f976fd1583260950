# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validation: one message with every fault, readable on Ansible's output, and no key in it."""

from ansible_collections.crossconnect.dx.plugins.action.validate import find_faults, message
from tests.fixtures.playbook import play
from tests.fixtures.two_sites import document

INVENTORY = {"accounts": ["network"], "routers": ["edge-fra-1", "edge-ams-1"]}


def options(estate, **others):
    return {"estate": estate, "limits": {}, **INVENTORY, **others}


def broken():
    wish = document()
    wish["virtual_interfaces"][0] |= {"vlan": 5000, "mtu": 9000}
    wish["virtual_interfaces"][1]["peers"][0]["key"] = "Hid3n"
    return wish


def run(folder, *words, **arguments):
    return play(folder, [{"crossconnect.dx.validate": options(**arguments)}], *words)


def test_an_estate_without_a_fault_has_none():
    assert find_faults(options(document())) == ()


def test_faulty_limits_do_not_hide_the_faults_of_the_estate():
    faults = find_faults(options(broken(), limits={"vlan_higest": 1}))
    assert [fault.path for fault in faults] == [
        "limits.vlan_higest",
        "virtual_interfaces[0].mtu",
        "virtual_interfaces[0].vlan",
        "virtual_interfaces[1].peers[0].key",
    ]


def test_raised_limits_are_in_force():
    assert find_faults(
        options(broken(), limits={"key_shortest": 5, "mtu_transit": [8500, 9000]})
    ) == (find_faults(options(broken()))[1],)


def test_the_message_counts_the_faults_and_gives_each_a_line():
    faults = find_faults(options(broken()))
    assert message(faults, broken()).splitlines() == [
        "The estate has 3 faults; nothing was touched.",
        "virtual_interfaces[0].mtu: 9000 is no MTU of a transit interface (1500, 8500)",
        "virtual_interfaces[0].vlan: 5000 is not a VLAN id (1 to 4094)",
        "virtual_interfaces[1].peers[0].key: has 5 characters, a BGP key has 6 to 80",
    ]
    assert message(faults[:1], broken()).startswith("The estate has 1 fault; ")


def test_a_play_with_a_valid_estate_goes_on_and_changes_nothing(tmp_path):
    played = run(tmp_path, "--check", "--diff", estate=document())
    assert played.rc == 0, played.output
    assert "changed=0" in played.output


def test_a_play_with_a_broken_estate_stops_with_each_fault_on_a_line_of_its_own(tmp_path):
    played = run(tmp_path, estate=broken())
    assert played.rc == 2
    lines = [line.strip() for line in played.output.splitlines()]
    assert "virtual_interfaces[0].vlan: 5000 is not a VLAN id (1 to 4094)" in lines


def test_not_even_the_most_talkative_run_shows_a_key(tmp_path):
    played = run(tmp_path, "-vvvvv", estate=broken())
    shown = [key for key in ("Hid3n", "Documentation-Key") if key in played.output]
    assert shown == []


def test_an_estate_that_is_no_mapping_is_a_fault_like_any_other(tmp_path):
    played = run(tmp_path, estate="acme")
    assert "estate: must be a mapping of attributes, not text" in played.output
