# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Junos: candidates fit its grammar; ours becomes what was rendered, strangers keep it all."""

from __future__ import annotations

import re

import pytest
from netutils.password import encrypt_juniper_type9

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import junos
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages.set_lines import (
    parse,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.masking import fill
from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused
from tests.fixtures.candidates import CASES, GOLDEN_STRANGERS, golden_candidates
from tests.fixtures.golden import assert_golden
from tests.fixtures.junos_grammar import is_list
from tests.fixtures.simulated_junos import SimulatedJunos

OWNERS = ("DX-VIF101", "DX-VIF102", "DX-VIF103")
KEYS = {
    name: f"Docs-Key-{name}"
    for name in ("fra-a-transit", "fra-b-transit", "fra-a-private", "fra-a-public")
}
STEPS = [(before, after) for before in CASES for after in [*CASES, None]]
CHANGES = [
    pytest.param("nothing", "dual-stack", id="all that comes"),
    pytest.param("dual-stack", None, id="all that goes"),
    pytest.param("dual-stack", "drained", id="a drained way"),
    pytest.param("drained", "dual-stack", id="a way in use again"),
    pytest.param("dual-stack", "preferred-and-backup", id="a second way"),
    pytest.param("preferred-and-backup", "dual-stack", id="a second way that goes"),
    pytest.param("vrf", None, id="all that goes from a VRF"),
    pytest.param("dual-stack", "vrf", id="into a VRF"),
]


def printed(words):
    if words[-2] == "authentication-key" and not words[-1].startswith("$"):
        return (*words[:-1], encrypt_juniper_type9(words[-1]))
    return words


def strangers():
    return (GOLDEN_STRANGERS / "junos.cfg").read_text(encoding="utf-8")


def rendered(case, keys=KEYS):
    return fill(golden_candidates()["junos"][case], keys) if case else ""


def router_with(case):
    router = SimulatedJunos(strangers(), printed)
    router.merge(junos.compose(router.running, rendered(case), OWNERS).text)
    return router


def change(before, after):
    router = router_with(before)
    return router, junos.compose(router.running, rendered(after), OWNERS)


@pytest.mark.parametrize("case", CASES)
def test_every_statement_of_a_candidate_is_one_of_junos(case):
    paths = parse(rendered(case)).there
    assert [path for path in paths if is_list(path) is None] == []


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_a_change_is_told_in_these_words(before, after, request):
    _, candidate = change(before, after)
    name = request.node.callspec.id.replace(" ", "-").lower()
    assert candidate.mode == "merge"
    assert_golden(f"changes/junos/{name}.cfg", candidate.text)


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_after_a_change_there_is_nothing_to_change(before, after):
    router, candidate = change(before, after)
    router.merge(candidate.text)
    assert junos.compose(router.running, rendered(after), OWNERS).text == ""


@pytest.mark.parametrize("case", CASES)
def test_after_all_of_ours_has_gone_the_stranger_has_what_he_had_to_the_byte(case):
    router, candidate = change(case, None)
    router.merge(candidate.text)
    assert router.running == strangers()
    assert junos.owners(router.running) == ["DX-VIF950"]


@pytest.mark.parametrize("case", ["drained", "dual-stack"])
def test_the_terms_of_a_policy_stand_in_their_order(case):
    router, candidate = change("dual-stack" if case == "drained" else "drained", case)
    router.merge(candidate.text)
    start = ("policy-options", "policy-statement", "DX-VIF101-OUT-V4", "term")
    terms = list(dict.fromkeys(path[4] for path in router.paths if path[:4] == start))
    assert terms == [*(["DRAIN"] if case == "drained" else []), "ALLOW", "DENY"]


def test_a_key_that_is_the_same_is_let_alone_and_another_one_is_set():
    router = router_with("dual-stack")
    keys = {**KEYS, "fra-a-transit": "Another-Docs-Key"}
    lines = junos.compose(router.running, rendered("dual-stack", keys), OWNERS).text.splitlines()
    assert len(lines) == len(("ipv4", "ipv6"))
    assert all(line.endswith("authentication-key Another-Docs-Key") for line in lines)


@pytest.mark.parametrize("known", [True, False])
def test_a_key_that_cannot_be_read_is_recalled_or_set_again(known):
    router = router_with("dual-stack")
    router.paths = [
        (*path[:-1], "$8$locked") if "DX-V4" in path and path[-2] == junos.KEY else path
        for path in router.paths
    ]
    asked = []

    def recall(path, secret):
        asked.append((path[-1], secret))
        return known

    text = junos.compose(router.running, rendered("dual-stack"), OWNERS, recall).text
    assert asked == [("$8$locked", KEYS["fra-a-transit"])]
    assert (text == "") is known


@pytest.mark.parametrize("key", ['A"quote', "A\\backslash", "$9$that-is-none"])
def test_a_key_that_junos_would_take_for_another_is_refused_and_not_told(key):
    text = rendered("dual-stack", {**KEYS, "fra-a-transit": key})
    with pytest.raises(ValueError, match="quotation mark or a backslash") as raised:
        junos.compose(strangers(), text, OWNERS)
    assert key not in str(raised.value)


DRIFTS = [
    "set interfaces xe-0/0/1 unit 101 family inet filter input BY-HAND",
    "set interfaces xe-0/0/1 unit 101 family inet address 192.0.2.9/30",
    "set policy-options policy-statement DX-VIF101-IN-V4 term BY-HAND then accept",
    "set protocols bgp group DX-V4 neighbor 169.254.101.1 family inet-vpn unicast",
    "set protocols bgp group DX-V4 neighbor 169.254.101.1 metric-out 5",
    "deactivate protocols bgp group DX-V4 neighbor 169.254.101.1",
    "deactivate policy-options policy-statement DX-VIF101-OUT-V4 term DENY",
]


@pytest.mark.parametrize("line", DRIFTS)
def test_what_somebody_did_to_ours_by_hand_is_taken_back(line):
    router = router_with("dual-stack")
    right = router.running
    drifted = SimulatedJunos(right + line, printed)
    drifted.merge(junos.compose(drifted.running, rendered("dual-stack"), OWNERS).text)
    assert drifted.running == right


def test_another_autonomous_system_than_the_router_s_is_refused():
    running = strangers().replace("autonomous-system 65001", "autonomous-system 65099")
    with pytest.raises(ValueError, match=r"autonomous system is 65099.* be 65001"):
        junos.compose(running, rendered("dual-stack"), OWNERS)


def test_a_routing_instance_that_is_not_there_is_not_made():
    running = "".join(
        f"{line}\n" for line in strangers().splitlines() if "routing-instances" not in line
    )
    with pytest.raises(ValueError, match="routing instance DX is not there: configure it first"):
        junos.compose(running, rendered("vrf"), OWNERS)


def test_a_group_of_ours_stays_where_somebody_has_put_something_in_it():
    router = router_with("dual-stack")
    mine = "set protocols bgp group DX-V4 neighbor 192.0.2.2 description mine\n"
    shared = SimulatedJunos(router.running + mine, printed)
    shared.merge(junos.compose(shared.running, "", OWNERS).text)
    assert mine in shared.running


NEIGHBOR = "set protocols bgp group DX-V4 neighbor 169.254.101.1"
TERM = "set policy-options policy-statement DX-VIF101-OUT-V4 term ALLOW"
WRONG = [
    ("set interfaces xe-0/0/1 unit 101 vlan-idd 101", "grammar"),
    ("set interfaces xe-0/0/1 unit 101 vlan-id 4095", "grammar"),
    ("set interfaces xe-0/0/1 unit 101 family inet addres 10.0.0.1/30", "grammar"),
    ("set interfaces xe-0/0/1 unit 101 family inet address 2001:db8::1/64", "grammar"),
    ("set interfaces xe-0/0/1 unit 101 family inet mtu 85000", "grammar"),
    (f"{NEIGHBOR} peer-asn 64512", "grammar"),
    (f"{NEIGHBOR} peer-as banana", "grammar"),
    (f"{NEIGHBOR} hold-time 2", "grammar"),
    (f"{NEIGHBOR} authentication-keys x", "grammar"),
    (f"{NEIGHBOR} bfd-liveness-detection minimum-intervall 300", "grammar"),
    (f"{NEIGHBOR} family inet unicast prefix-limit teardown 101", "grammar"),
    (f"{TERM} then local-preference banana", "grammar"),
    (f"{TERM} then comunity add X", "grammar"),
    (f"{TERM} from route-filter 10.0.0.1/8 exact", "grammar"),
    ("set policy-options community DX-VIF101-OUT-V4 members 7224-7300", "grammar"),
    (f"{TERM} from route-filter 10.0.0.0/8 orlonger", "refusals"),
    (f"{TERM} from route-filter 10.0.0.0/8 upto /24", "refusals"),
    (
        f"{TERM.replace('OUT', 'IN')} from route-filter ::/0 upto /64",
        "refusals",
    ),
    (f"{NEIGHBOR} multihop ttl 2", "refusals"),
    (f"{NEIGHBOR} ttl 255", "refusals"),
    (f"{NEIGHBOR} graceful-restart", "refusals"),
    (f'{NEIGHBOR} description "@@KEY:fra@@"', "refusals"),
]


@pytest.mark.parametrize(("line", "catcher"), WRONG, ids=[line for line, _ in WRONG])
def test_a_wrong_line_is_caught(line, catcher):
    by_refusals = bool(refused(line))
    by_grammar = any(is_list(path) is None for path in parse(line).there)
    assert {"grammar": by_grammar, "refusals": by_refusals}[catcher]


def test_an_as_number_with_a_dot_is_the_same():
    asn, dotted = "4200000001", "64086.59905"
    router = SimulatedJunos(strangers().replace("65001", asn), printed)
    wanted = rendered("preferred-and-backup").replace("65001", asn)
    router.merge(junos.compose(router.running, wanted, OWNERS).text)
    assert junos.compose(router.running.replace(asn, dotted), wanted, OWNERS).text == ""


@pytest.mark.parametrize("of", ["interfaces", "protocols bgp"])
def test_what_is_there_without_our_name_is_refused_with_the_way_to_hand_it_over(of):
    lines = router_with("dual-stack").running.splitlines()
    renamed = [
        re.sub(r"DX-VIF101 dxvif[^\"]*", "another team", line)
        if line.startswith(f"set {of}")
        else line
        for line in lines
    ]
    assert renamed != lines
    with pytest.raises(ValueError, match=rf"{of} .* is there and not ours: .*`DX-VIF101 dxvif"):
        junos.compose("\n".join(renamed), rendered("dual-stack"), OWNERS)
