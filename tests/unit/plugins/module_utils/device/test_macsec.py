# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec: made, rotated and taken away, with all that the operator has on the port let alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.fingerprints import (
    Fingerprints,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import (
    eos,
    ios,
    iosxr,
    junos,
    nxos,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages.set_lines import (
    parse,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.masking import fill, mask
from ansible_collections.crossconnect.dx.plugins.module_utils.device.platforms import (
    PLATFORMS as PLATFORM,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.device.refusals import refused
from tests.fixtures import macsec, read_macsec
from tests.fixtures.candidates import GOLDEN_STRANGERS, PORTS
from tests.fixtures.golden import assert_golden
from tests.fixtures.junos_grammar import is_list
from tests.fixtures.macsec import (
    BUNDLES,
    CAKS,
    CASES,
    CKNS,
    FIRST,
    candidates,
    owner_of,
)
from tests.fixtures.routers.eos import with_type_7
from tests.fixtures.routers.ios import with_type_7 as with_ios_type_7
from tests.fixtures.routers.iosxr import printed as with_xr_type_7
from tests.fixtures.routers.junos import printed as with_type_9
from tests.fixtures.simulated_cli import SimulatedRouter
from tests.fixtures.simulated_junos import SimulatedJunos
from tests.fixtures.type_7 import type_7


def with_quoted_type_7(line):
    found = re.fullmatch(r"(key-octet-string) 0 (\S+) (.+)", line)
    return f'{found[1]} 7 "{type_7(found[2])}" {found[3]}' if found else line


MODULES = {"eos": eos, "ios": ios, "iosxr": iosxr, "junos": junos, "nxos": nxos}
PRINTED = {
    "eos": with_type_7,
    "ios": with_ios_type_7,
    "iosxr": with_xr_type_7,
    "nxos": with_quoted_type_7,
}
PLATFORMS = tuple(sorted(MODULES))
EVERY = pytest.mark.parametrize("platform", PLATFORMS)
FEATURES = {"nxos": "feature macsec\nfeature lacp\n"}
# What somebody else has of MACsec, on a port of his and beside ours.
STRANGERS = {
    "eos": (
        f"mac security\n   license Other 1a2b\n   fips restrictions\n   profile CORE\n"
        f"      cipher aes256-gcm\n      key {CKNS[2]} 7 0822455D0A16\n"
        "interface Ethernet9\n   mac security profile CORE\n"
    ),
    "ios": (
        f"key chain CORE macsec\n key {CKNS[2]}\n  key-string 7 0822455D0A16\n"
        "mka policy CORE\n key-server priority 9\n"
        "interface GigabitEthernet0/0/9\n mka policy CORE\n"
        " mka pre-shared-key key-chain CORE\n macsec access-control should-secure\n macsec\n"
        "interface GigabitEthernet0/0/1\n macsec replay-protection window-size 64\n"
    ),
    "iosxr": (
        f"key chain CORE\n macsec\n  key {CKNS[2].upper()}\n"
        "   key-string password 0822455D0A16 cryptographic-algorithm aes-256-cmac\n"
        "   lifetime 01:00:00 january 01 2015 infinite\n"
        "macsec-policy CORE\n key-server-priority 9\n"
        "interface TenGigE0/0/0/9\n macsec psk-keychain CORE policy CORE\n"
    ),
    "nxos": (
        f"key chain CORE macsec\n  key {CKNS[2]}\n"
        "    key-octet-string 7 0822455D0A16 cryptographic-algorithm AES_256_CMAC\n"
        "macsec policy CORE\n  key-server-priority 9\n"
        "interface Ethernet1/9\n  macsec keychain CORE policy CORE\n"
        "interface Ethernet1/1\n  eapol mac-address broadcast-address\n"
    ),
    "junos": (
        f"set security macsec connectivity-association CORE pre-shared-key ckn {CKNS[2]}\n"
        'set security macsec connectivity-association CORE pre-shared-key cak "$9$6xSyApBKMX7"\n'
        "set security macsec interfaces xe-0/0/9 connectivity-association CORE\n"
    ),
}
# How a port says that somebody else has secured it.
TAKEN = {
    "eos": "interface {}\n   mac security profile CORE\n",
    "ios": "interface {}\n mka policy CORE\n",
    "iosxr": "interface {}\n macsec psk-keychain CORE policy CORE\n",
    "nxos": "interface {}\n  macsec keychain CORE policy CORE\n",
    "junos": "set security macsec interfaces {} connectivity-association CORE\n",
}


@dataclass
class Printed:
    """A router that has a configuration."""

    running: str


def wanted(platform, case, caks=CAKS):
    return fill(candidates(PLATFORMS)[platform][case], caks) if case else ""


def router_with(platform, text=""):
    running = (GOLDEN_STRANGERS / f"{platform}.cfg").read_text(encoding="utf-8")
    running = running.removesuffix("end\n") + FEATURES.get(platform, "") + STRANGERS[platform]
    if platform == "junos":
        return SimulatedJunos(running + text, with_type_9)
    return SimulatedRouter(MODULES[platform].LANGUAGE, running + text, PRINTED[platform])


def composed(platform, router, case, **options):
    owners = [owner_of(platform, at) for at in PORTS[platform]]
    if platform in BUNDLES:
        owners.append(f"DX-PORT{BUNDLES[platform].replace('-', '')}")
    caks = options.pop("caks", CAKS)
    text = wanted(platform, case, caks)
    return MODULES[platform].compose(router.running, text, owners, **options)


def change(platform, router, case, **options):
    return composed(platform, router, case, **options).text


def secured(platform, case):
    router = router_with(platform)
    router.merge(change(platform, router, case))
    return router


@EVERY
@pytest.mark.parametrize(("case", "name"), [("two", "macsec"), ("bundle", "macsec-on-a-bundle")])
def test_ports_render_to_the_golden_candidate_and_nothing_of_it_is_refused(platform, case, name):
    text = candidates(PLATFORMS)[platform][case]
    assert_golden(f"candidates/{platform}/{name}.cfg", text)
    assert refused(text, CAKS.values()) == []
    if platform == "junos":
        assert [path for path in parse(fill(text, CAKS)).there if is_list(path) is None] == []


@EVERY
@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        pytest.param(None, "one", "comes", id="it comes"),
        pytest.param("one", "two", "gets-a-second-key", id="it gets a second key"),
        pytest.param("two", "next", "loses-its-first-key", id="it loses its first key"),
        pytest.param("one", "next", "changes-its-key", id="it changes its key at once"),
        pytest.param("one", "should", "may-be-in-clear", id="it may be in clear"),
        pytest.param("should", "one", "must-be-secured", id="it must be secured"),
        pytest.param(None, "bundle", "comes-on-a-bundle", id="it comes on a bundle"),
        pytest.param("two", None, "goes", id="it goes"),
    ],
)
def test_macsec_changes_in_these_words_and_then_there_is_nothing_to_change(
    platform, before, after, name
):
    router = secured(platform, before) if before else router_with(platform)
    text = change(platform, router, after)
    assert_golden(f"changes/{platform}/macsec-{name}.cfg", text)
    router.merge(text)
    assert change(platform, router, after) == ""
    assert not [cak for cak in CAKS.values() if cak in mask(text, CAKS)]


@EVERY
@pytest.mark.parametrize("case", ["two", "bundle"])
def test_when_all_has_gone_the_router_is_as_it_was(platform, case):
    router = secured(platform, case)
    assert owner_of(platform) in MODULES[platform].owners(router.running)
    router.merge(change(platform, router, None))
    before = router_with(platform).running
    assert set(before.splitlines()) - set(router.running.splitlines()) == set()
    assert MODULES[platform].owners(router.running) == MODULES[platform].owners(before)
    assert owner_of(platform) not in router.running


@EVERY
@pytest.mark.parametrize("case", CASES)
def test_a_candidate_says_what_was_meant(platform, case):
    port = macsec.secured(platform, case)
    if len(port["keys"]) <= PLATFORM[platform].macsec_keys:
        text = candidates(PLATFORMS)[platform][case]
        assert read_macsec.read(platform, text) == read_macsec.meant(platform, port)


@EVERY
def test_a_key_with_another_secret_is_set_and_one_with_the_same_is_not(platform):
    router = secured(platform, "one")
    upper = {name: cak.upper() for name, cak in CAKS.items()}
    assert change(platform, router, "one", caks=upper) == ""
    other = {**CAKS, f"fra-a/{CKNS[0]}": "9d5e" * 16}
    text = change(platform, router, "one", caks=other)
    assert text.count("9d5e" * 16) == 1
    router.merge(text)
    assert change(platform, router, "one", caks=other) == ""
    if platform == "nxos":  # which does not overwrite a secret
        assert text.splitlines()[1:3] == [f" no key {CKNS[0]}", f" key {CKNS[0]}"]


@EVERY
def test_a_key_that_only_the_router_can_read_is_recalled_or_set_again(platform):
    locked = {
        "eos": ("7", "8a"),
        "ios": ("7", "6"),
        "iosxr": ("password", "password6"),
        "nxos": ("7", "6"),
        "junos": ("$9$", "$8$"),
    }[platform]
    router = secured(platform, "two")
    ours = re.compile(
        r"(key-octet-string |key-string |key [0-9a-f]{64} | cak \")" + re.escape(locked[0])
    )
    printed = router.running
    hidden = Printed(ours.sub(rf"\g<1>{locked[1]}", printed))
    known = Fingerprints()
    assert change(platform, hidden, "two", recall=known.recall) != ""
    change(platform, hidden, "two", recall=known.learn)
    assert change(platform, hidden, "two", recall=known.recall) == ""
    swapped = dict(zip(CAKS, [*list(CAKS.values())[1:], FIRST], strict=True))
    assert change(platform, hidden, "two", recall=known.recall, caks=swapped) != ""


@EVERY
def test_a_port_that_somebody_else_has_secured_is_told_and_not_taken_over(platform):
    router = router_with(platform, TAKEN[platform].format(PORTS[platform]["eth1"]))
    with pytest.raises(ValueError, match=r"is secured by .*CORE`?, which is not ours: take it off"):
        change(platform, router, "one")
    assert change(platform, router, None) == ""


@pytest.mark.parametrize("platform", ["eos", "junos"])
def test_a_third_key_is_refused_where_the_router_holds_two(platform):
    with pytest.raises(ValueError, match=r"holds 2 MACsec keys for a port, one and a") as raised:
        change(platform, router_with(platform), "three")
    assert owner_of(platform) in str(raised.value)
    assert not [cak for cak in CAKS.values() if cak in str(raised.value)]


@pytest.mark.parametrize("platform", ["ios", "iosxr", "nxos"])
def test_a_key_chain_holds_three_keys(platform):
    router = secured(platform, "three")
    assert len(re.findall(r"key-(?:octet-)?string (?:7|password) ", router.running)) > len(CKNS)
    assert change(platform, router, "three") == ""


def test_nx_os_without_the_feature_is_told_what_it_lacks():
    with pytest.raises(ValueError, match=r"the router lacks `feature macsec`: configure it first"):
        nxos.compose("", wanted("nxos", "one"), [owner_of("nxos")])


@pytest.mark.parametrize(
    ("platform", "old", "new"),
    [
        ("nxos", " cipher-suite GCM-AES-XPN-256\n", ""),
        ("nxos", " conf-offset CONF-OFFSET-0\n", ""),
        ("nxos", " conf-offset", " window-size 148809600\n include-sci\n conf-offset"),
        ("ios", " macsec access-control must-secure\n", ""),
        ("iosxr", "lifetime 00:00:00 january 01 2020", "lifetime 0:00:00 january 1 2020"),
        ("iosxr", CKNS[0], CKNS[0].upper()),
        ("nxos", CKNS[0], CKNS[0].upper()),
        ("ios", CKNS[0], CKNS[0].upper()),
        ("eos", CKNS[0], CKNS[0].upper()),
        ("eos", "  sci\n", "  sci\n  traffic unprotected drop\n"),
    ],
)
def test_what_is_the_default_may_be_printed_or_not(platform, old, new):
    running = secured(platform, "one").running
    assert old in running
    assert change(platform, Printed(running.replace(old, new)), "one") == ""


@pytest.mark.parametrize(
    ("platform", "line"),
    [
        ("nxos", "macsec policy {}-MKA\n  no include-sci"),
        ("nxos", "macsec policy {}-MKA\n  conf-offset CONF-OFFSET-30"),
        ("nxos", "key chain {}-CAK macsec\n  key 09\n    send-lifetime 00:00:00 Jan 01 2026 1"),
        ("ios", "interface GigabitEthernet0/0/1\n macsec access-control should-secure"),
        ("ios", "mka policy {}-MKA\n confidentiality-offset 30"),
        ("iosxr", "macsec-policy {}-MKA\n security-policy should-secure"),
        ("eos", "mac security\n   profile {}-MKA\n      traffic unprotected allow"),
        ("eos", "mac security\n   profile {}-MKA\n      mka session rekey-period 30"),
        ("junos", "set security macsec connectivity-association {}-MKA offset 30"),
        ("junos", "deactivate security macsec connectivity-association {}-MKA"),
    ],
)
def test_what_somebody_did_to_ours_by_hand_is_taken_back(platform, line):
    router = secured(platform, "one")
    right = router.running
    by_hand = f"{line.format(owner_of(platform))}\n"
    if platform == "junos":
        router = SimulatedJunos(right + by_hand, with_type_9)
    else:
        router.merge(by_hand)
    assert router.running != right
    router.merge(change(platform, router, "one"))
    assert change(platform, router, "one") == ""
    gone = set(router.running.splitlines()) - set(right.splitlines())
    assert {line.strip() for line in gone} <= {"include-sci"}


def test_what_junos_has_of_ours_beside_a_stranger_s_on_the_same_port_goes_alone():
    beside = "set security macsec interfaces xe-0/0/1 apply-groups BY-HAND\n"
    router = secured("junos", "one")
    shared = SimulatedJunos(router.running + beside, with_type_9)
    shared.merge(change("junos", shared, None))
    assert shared.running == router_with("junos", beside).running


def test_eos_leaves_an_interface_before_it_enters_mac_security():
    text = change("eos", secured("eos", "one"), None)
    assert text.splitlines() == [
        "interface Ethernet1",
        f" no mac security profile {owner_of('eos')}-MKA",
        "exit",
        "mac security",
        f" no profile {owner_of('eos')}-MKA",
    ]


def test_ios_xr_goes_over_to_a_new_key_while_it_holds_the_old_one_and_stays_with_it():
    begins = {}
    router = router_with("iosxr")
    for case in ("one", "two", "next", "three"):
        router.merge(change("iosxr", router, case))
        ours = router.running.partition(f"key chain {owner_of('iosxr')}-CAK")[2]
        found = re.findall(r"  key (\w+)\n   key-string .*\n   lifetime (\S+) january", ours)
        begins[case] = {CKNS.index(ckn): second for ckn, second in found}
        assert change("iosxr", router, case) == ""
    assert begins == {
        "one": {0: "00:00:00"},
        "two": {0: "00:00:00", 1: "00:00:01"},
        "next": {1: "00:00:01"},
        "three": {1: "00:00:01", 0: "00:00:02", 2: "00:00:03"},
    }


def test_the_platforms_that_secure_ports_are_those_with_templates():
    assert {name for name in PORTS if PLATFORM[name].macsec_keys} == set(MODULES)
    two = {name for name in MODULES if PLATFORM[name].macsec_keys == 2}
    assert two == {"eos", "junos"}


@EVERY
@pytest.mark.parametrize(("before", "after"), [(None, "two"), ("two", "next"), ("two", None)])
def test_a_port_is_told_to_be_touched_whatever_of_its_macsec_changes(platform, before, after):
    router = secured(platform, before) if before else router_with(platform)
    assert PORTS[platform]["eth1"] in composed(platform, router, after).touched
    assert PORTS[platform]["eth2"] not in composed(platform, router, after).touched
    unchanged = composed(platform, secured(platform, after), after).touched
    assert unchanged & set(PORTS[platform].values()) == set()


@pytest.mark.parametrize("platform", sorted(BUNDLES))
def test_a_bundle_is_touched_where_the_macsec_of_its_ports_is(platform):
    touched = composed(platform, secured(platform, "bundle"), "one").touched
    assert {*PORTS[platform].values(), BUNDLES[platform]} <= touched


def test_on_junos_the_bundle_of_a_secured_port_is_touched_too():
    member = "set interfaces xe-0/0/1 gigether-options 802.3ad ae7\n"
    router = SimulatedJunos(secured("junos", "two").running + member, with_type_9)
    assert {"xe-0/0/1", "ae7"} <= composed("junos", router, "next").touched
