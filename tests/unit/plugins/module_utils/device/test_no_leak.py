# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where line follows line, no line of a change opens what neither the old nor the new one permits.

Every candidate is given line by line to a small model of route maps and prefix lists.
"""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.languages import ios, nxos
from tests.fixtures.candidates import CASES, GOLDEN_STRANGERS
from tests.fixtures.golden import GOLDEN
from tests.fixtures.policy_replay import leaks, permitted
from tests.fixtures.simulated_cli import SimulatedRouter

LANGUAGES = {"ios": ios, "nxos": nxos}
OWNERS = ("DX-VIF101", "DX-VIF102", "DX-VIF103")
DECLARED = ["10.20.0.0/16", "192.168.10.0/24", "2001:db8:20::/48", "2001:db8:10::/64"]
FOREIGN = ["0.0.0.0/0", "203.0.113.0/24", "10.20.1.0/24", "::/0", "2001:db8:99::/48"]
PREFIXES = DECLARED + FOREIGN
USED = ["dual-stack", "drained", "shut", "preferred-and-backup"]
STEPS = [
    *((before, after) for before in USED for after in USED if before != after),
    *(("nothing", case) for case in CASES if case != "nothing"),
    *((case, "nothing") for case in CASES if case != "nothing"),
]


def golden(platform, case):
    return (GOLDEN / f"candidates/{platform}/{case}.cfg").read_text(encoding="utf-8")


def router_with(platform, case, changed=str):
    module = LANGUAGES[platform]
    strange = (GOLDEN_STRANGERS / f"{platform}.cfg").read_text(encoding="utf-8")
    router = SimulatedRouter(module.LANGUAGE, strange)
    wanted = changed(golden(platform, case))
    router.merge(module.compose(router.running, wanted, OWNERS).text)
    return router


def leaking(router, platform, case, changed=str):
    wanted = changed(golden(platform, case))
    return leaks(router, LANGUAGES[platform].compose(router.running, wanted, OWNERS).text, PREFIXES)


@pytest.mark.parametrize("platform", LANGUAGES)
@pytest.mark.parametrize(("before", "after"), STEPS)
def test_no_line_of_a_change_lets_pass_what_it_must_not(platform, before, after):
    assert leaking(router_with(platform, before), platform, after) == []


def other_prefixes(text):
    for old, new in zip(DECLARED, ["10.99.0.0/16", "192.168.99.0/24", *FOREIGN[-1:]], strict=False):
        text = text.replace(old, new).replace(old.upper(), new.upper())
    return text


def fewer_prefixes(text):
    return "".join(line for line in text.splitlines(keepends=True) if " seq 5 permit " not in line)


@pytest.mark.parametrize("platform", LANGUAGES)
@pytest.mark.parametrize(
    ("before", "after"),
    [(str, other_prefixes), (other_prefixes, str), (str, fewer_prefixes), (fewer_prefixes, str)],
)
@pytest.mark.parametrize("case", ["dual-stack", "drained", "vrf"])
def test_no_line_of_a_change_of_prefixes_does(platform, case, before, after):
    assert leaking(router_with(platform, case, before), platform, case, after) == []


@pytest.mark.parametrize("platform", LANGUAGES)
def test_a_list_whose_last_entry_somebody_took_away_is_never_empty(platform):
    router = router_with(platform, "dual-stack")
    router.merge(
        "no ip prefix-list DX-VIF101-OUT-V4 seq 65535 deny 0.0.0.0/0 le 32\n"
        "no ipv6 prefix-list DX-VIF101-IN-V6 seq 65535 deny ::/0 le 128\n"
    )
    assert leaking(router, platform, "dual-stack", fewer_prefixes) == []


@pytest.mark.parametrize("platform", LANGUAGES)
@pytest.mark.parametrize("case", ["dual-stack", "drained", "vrf"])
def test_what_is_declared_passes_and_nothing_else_does(platform, case):
    found = permitted(router_with(platform, case).running, PREFIXES)
    ours = {way: passed for way, passed in found.items() if way.neighbor.startswith("169.254.101")}
    assert {way.direction: passed for way, passed in ours.items()} == {
        "in": {"10.20.0.0/16"},
        "out": {"192.168.10.0/24"},
    }


# What the model must find: an entry that comes into a map in use, a map and a list that go and
# come again while a session has them.
MATCH = "match ip address prefix-list DX-VIF101-IN-V4\n"
WRONG = {
    "an entry": f"route-map DX-VIF101-IN-V4 permit 5\n {MATCH}",
    "a map": f"no route-map DX-VIF101-IN-V4\nroute-map DX-VIF101-IN-V4 permit 10\n {MATCH}",
    "a list": "no ip prefix-list DX-VIF101-OUT-V4\n"
    "ip prefix-list DX-VIF101-OUT-V4 seq 5 permit 192.168.10.0/24\n",
}


@pytest.mark.parametrize("platform", LANGUAGES)
@pytest.mark.parametrize("what", WRONG)
def test_the_model_finds_what_opens_for_one_line(platform, what):
    assert leaks(router_with(platform, "dual-stack"), WRONG[what], PREFIXES)


@pytest.mark.parametrize("platform", LANGUAGES)
def test_the_model_finds_a_session_that_is_open_before_its_policy(platform):
    router = router_with(platform, "nothing")
    wanted = golden(platform, "dual-stack")
    text = LANGUAGES[platform].compose(router.running, wanted, OWNERS).text
    kept = [line for line in text.splitlines() if not line.endswith(" shutdown")]
    assert leaks(router, "\n".join(kept), PREFIXES)
