# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ownership on the platforms that merge: ours becomes what was rendered, strangers keep it all."""

from __future__ import annotations

import re

import pytest
from netutils.password import encrypt_type7

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import (
    eos,
    eos_secrets,
    ios,
    iosxr,
    nxos,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.masking import fill
from tests.fixtures.candidates import CASES, GOLDEN_STRANGERS, golden_candidates
from tests.fixtures.golden import assert_golden
from tests.fixtures.simulated_cli import SimulatedRouter

OWNERS = ("DX-VIF101", "DX-VIF102", "DX-VIF103")
KEYS = {
    name: f"Docs-Key-{name}"
    for name in ("fra-a-transit", "fra-b-transit", "fra-a-private", "fra-a-public")
}


def with_type_7(line):
    found = re.fullmatch(r"(.* password) 0 (\S+)", line)
    return f"{found[1]} 7 {encrypt_type7(found[2])}" if found else line


def with_encrypted(line):
    found = re.fullmatch(r"password clear (\S+)", line)
    return f"password encrypted {encrypt_type7(found[1])}" if found else line


def with_arista_s_type_7(line):
    found = re.fullmatch(r"(neighbor (\S+) password) 0 (\S+)", line)
    return f"{found[1]} 7 {eos_secrets.encode(found[2], found[3])}" if found else line


def with_type_7_in_a_block(line):
    found = re.fullmatch(r"password 0 (\S+)", line)
    return f"password 7 {encrypt_type7(found[1])}" if found else line


ROUTERS = {
    "eos": (eos, with_arista_s_type_7),
    "ios": (ios, with_type_7),
    "iosxr": (iosxr, with_encrypted),
    "nxos": (nxos, with_type_7_in_a_block),
}
PLATFORMS = sorted(ROUTERS)


def strangers(platform):
    return (GOLDEN_STRANGERS / f"{platform}.cfg").read_text(encoding="utf-8")


def rendered(platform, case):
    return fill(golden_candidates()[platform][case], KEYS)


def router_with(platform, case):
    """Return a router that holds a stranger's configuration and a case of ours."""
    module, printed = ROUTERS[platform]
    router = SimulatedRouter(module.LANGUAGE, strangers(platform), printed)
    router.merge(module.compose(router.running, rendered(platform, case), OWNERS).text)
    return router


def change(platform, before, after):
    """Return what brings a router from one case to another; None takes all of ours away."""
    router = router_with(platform, before)
    wanted = rendered(platform, after) if after else ""
    return router, ROUTERS[platform][0].compose(router.running, wanted, OWNERS)


# Steps that move an interface into a VRF are refused.
SAME_INTERFACE = {
    "dual-stack",
    "drained",
    "shut",
    "public",
    "preferred-and-backup",
    "shared-by-two",
}
STEPS = [
    (before, after)
    for before in CASES
    for after in [*CASES, None]
    if not ("vrf" in {before, after} and {before, after} & SAME_INTERFACE)
]

CHANGES = [
    pytest.param("nothing", "dual-stack", id="all that comes"),
    pytest.param("dual-stack", None, id="all that goes"),
    pytest.param("dual-stack", "drained", id="a drained way"),
    pytest.param("drained", "dual-stack", id="a way in use again"),
    pytest.param("dual-stack", "preferred-and-backup", id="a second way"),
    pytest.param("preferred-and-backup", "dual-stack", id="a second way that goes"),
    pytest.param("vrf", None, id="all that goes from a VRF"),
]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_a_change_is_told_in_these_words(platform, before, after, request):
    _, candidate = change(platform, before, after)
    name = request.node.callspec.id.removesuffix(f"-{platform}").replace(" ", "-").lower()
    assert candidate.mode == "merge"
    assert_golden(f"changes/{platform}/{name}.cfg", candidate.text)


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("before", "after"), STEPS)
def test_after_a_change_there_is_nothing_to_change(platform, before, after):
    router, candidate = change(platform, before, after)
    router.merge(candidate.text)
    wanted = rendered(platform, after) if after else ""
    assert ROUTERS[platform][0].compose(router.running, wanted, OWNERS).text == ""


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize("case", CASES)
def test_after_all_of_ours_has_gone_the_stranger_has_what_he_had(platform, case):
    module, _ = ROUTERS[platform]
    router, candidate = change(platform, case, None)
    router.merge(candidate.text)
    alone = SimulatedRouter(module.LANGUAGE, strangers(platform)).running
    assert set(alone.splitlines()) - set(router.running.splitlines()) == set()
    assert module.owners(router.running) == module.owners(strangers(platform))


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_key_that_is_the_same_is_let_alone_and_another_one_is_set(platform):
    module, _ = ROUTERS[platform]
    router = router_with(platform, "dual-stack")
    text = golden_candidates()[platform]["dual-stack"]
    other = fill(text, {**KEYS, "fra-a-transit": "Another-Docs-Key"})
    lines = module.compose(router.running, other, OWNERS).text.splitlines()
    assert [line for line in lines if "Another-Docs-Key" in line]
    assert not [line for line in lines if "prefix-list" in line or line.startswith("interface")]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("before", "after"), [("dual-stack", "vrf"), ("vrf", "dual-stack")])
def test_an_interface_does_not_move_into_another_vrf_in_place(platform, before, after):
    with pytest.raises(ValueError, match=r"\.101 would change its VRF, which takes its addresses"):
        change(platform, before, after)


# A router may print `64086.59905` for it.
LONG_ASN = "4200000001"


@pytest.mark.parametrize("platform", PLATFORMS)
def test_an_as_number_with_a_dot_is_the_same_and_resets_no_session(platform):
    module, printed = ROUTERS[platform]
    wanted = rendered(platform, "preferred-and-backup").replace("65001", LONG_ASN)
    router = SimulatedRouter(
        module.LANGUAGE, strangers(platform).replace("65001", LONG_ASN), printed
    )
    router.merge(module.compose(router.running, wanted, OWNERS).text)
    dotted = router.running.replace(LONG_ASN, "64086.59905")
    assert "64086.59905" in dotted
    assert module.compose(dotted, wanted, OWNERS).text == ""


# Line follows line there.
STEPWISE = ["ios", "nxos"]


@pytest.mark.parametrize(
    "name", ["ip prefix-list DX-VIF101-OUT-V4", "ipv6 prefix-list DX-VIF101-OUT-V6"]
)
@pytest.mark.parametrize("platform", STEPWISE)
def test_what_stays_in_a_list_is_let_alone_when_a_prefix_comes_before_it_or_goes(platform, name):
    module, printed = ROUTERS[platform]
    few, more = (
        "".join(
            f"{name} seq {number * 5} permit {prefix}\n"
            for number, prefix in enumerate(prefixes, 1)
        )
        + f"{name} seq 65535 deny ALL\n"
        for prefixes in (["B", "D"], ["A", "B", "C", "D"])
    )
    router = SimulatedRouter(module.LANGUAGE, "feature bgp\n" + few, printed)
    comes = module.compose(router.running, more, OWNERS).text
    assert comes.splitlines() == [f"{name} seq 15 permit A", f"{name} seq 20 permit C"]
    router.merge(comes)
    assert module.compose(router.running, more, OWNERS).text == ""
    goes = module.compose(router.running, few, OWNERS).text
    assert goes.splitlines() == [f"no {line}" for line in comes.splitlines()]
    router.merge(goes)
    assert module.compose(router.running, few, OWNERS).text == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("community 7224:7300 additive", "community 7224:7100 additive"),
        ("as-path prepend 65001 65001", "as-path prepend 65001"),
    ],
)
@pytest.mark.parametrize("platform", STEPWISE)
def test_what_might_be_added_to_what_is_there_is_taken_away_first(platform, old, new):
    policy = "route-map DX-VIF101-OUT-V4 permit 10\n set {}\n"
    running = "feature bgp\n" + policy.format(old)
    composed = ROUTERS[platform][0].compose(running, policy.format(new), OWNERS)
    assert composed.text.splitlines()[1:] == [f" no set {old}", f" set {new}"]


STRANGER_S = "the other team's"


@pytest.mark.parametrize("case", ["dual-stack", "vrf"])
@pytest.mark.parametrize(
    ("of", "place"),
    [
        pytest.param(r"interface \S+", r"interface \S+101", id="interface"),
        pytest.param("router bgp", r"router bgp .*neighbor 169\.254\.101\.1", id="neighbor"),
    ],
)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_what_is_there_without_our_name_is_refused_with_the_way_to_hand_it_over(
    platform, case, of, place
):
    module, _ = ROUTERS[platform]
    running = router_with(platform, case).running
    blocks = re.split(r"^(?=\S)", running, flags=re.MULTILINE)
    renamed = "".join(
        re.sub(r"DX-VIF101 dxvif.*", STRANGER_S, each) if re.match(of, each) else each
        for each in blocks
    )
    assert STRANGER_S in renamed
    with pytest.raises(ValueError, match=rf"{place} is there and not ours: .*`DX-VIF101 dxvif"):
        module.compose(renamed, rendered(platform, case), OWNERS)
