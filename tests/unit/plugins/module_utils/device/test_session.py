# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a session reads from the difference that it is about to commit, and what it lacks."""

from __future__ import annotations

import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import (
    TOUCHED,
    DeviceError,
    DeviceLostError,
    Session,
)


@pytest.mark.parametrize(
    ("diff", "touched"),
    [
        pytest.param(
            "- link eth1.101 vlan 101 mtu 8500\n+ link eth4.101 vlan 101 mtu 8500",
            {"eth1.101", "eth4.101"},
            id="a link that moves to another port",
        ),
        pytest.param(
            "  interface eth1.101\n+  ip address 169.254.101.2/30",
            {"eth1.101"},
            id="an address",
        ),
        pytest.param(
            "  router bgp 65001\n+  neighbor 169.254.101.1 bfd\n-  neighbor 169.254.102.1 bfd",
            {"169.254.101.1", "169.254.102.1"},
            id="neighbors",
        ),
        pytest.param(
            "+ ip prefix-list DX-VIF101-IN-V4 seq 10 permit 10.30.0.0/16",
            set(),
            id="a policy, which resets no session",
        ),
    ],
)
def test_a_change_tells_whose_sessions_it_may_reset(diff, touched):
    assert set(TOUCHED.findall(diff)) == touched


def test_a_missing_library_is_named_with_the_way_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "napalm.base.mock", None)
    words = (
        "edge-1: Python on the controller lacks napalm.base.mock: install what requirements.txt"
        " names"
    )
    with pytest.raises(DeviceLostError, match=words):
        Session(platform_name="mock", host="192.0.2.1", user="admin", name="edge-1")


def test_a_platform_without_a_revert_timer_is_refused_with_the_variable_that_accepts_it():
    session = Session(platform_name="mock", host="192.0.2.1", user="admin", name="edge-1")
    session.platform = replace(session.platform, revert=False)

    with pytest.raises(DeviceError, match="name the router in edge_router_allow_no_revert"):
        session.require(revert_in=300)
    session.require()


def test_force_holds_for_one_rollback_and_facts_hide_what_getters_do_not(monkeypatch):
    session = Session(platform_name="mock", host="192.0.2.1", user="admin", name="edge-1")
    seen = []

    def rollback():
        seen.append(session.driver.optional_args.get("force_rollback"))
        if len(seen) > 1:
            raise NotImplementedError("no way back")

    monkeypatch.setattr(session.driver, "rollback", rollback, raising=False)
    monkeypatch.setattr(session.driver, "optional_args", {"owner": "ann"}, raising=False)
    assert session.rollback(force=True)
    with pytest.raises(DeviceError, match="no way back"):
        session.rollback(force=True)
    assert (seen, session.driver.optional_args) == ([True, True], {"owner": "ann"})
    users = {"ann": {"level": 15, "password": "$1$hash", "sshkeys": []}}
    monkeypatch.setattr(session, "driver", SimpleNamespace(get_users=lambda: users))
    assert "$1$hash" not in str(session.facts(["users"]))
