# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module virtual_interface_info, without routers: what AWS says when no session is up."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate, virtual_interface_info
from tests.fixtures.acme_document import acme
from tests.fixtures.aws_model import run_module


@pytest.fixture
def look(aws_model):
    """Build the estate, and return a way to look at its interfaces."""
    options = {"estate": acme(), "account": "network", **aws_model.options()}
    run_module(estate.main, **options)
    aws_model.patch("fra-a")
    run_module(estate.main, **options)
    aws_model.forget_calls()
    return lambda **more: run_module(virtual_interface_info.main, **aws_model.options(), **more)


def test_interfaces_come_in_the_order_asked_for_at_one_call(look, aws_model):
    result = look(names=["fra-a-private", "fra-a-transit"], estate="acme")

    names = [thing["name"] for thing in result["virtual_interfaces"]]
    assert names == ["fra-a-private", "fra-a-transit"]
    assert aws_model.calls() == ["DescribeVirtualInterfaces"]


def test_without_names_all_are_shown(look):
    assert len(look()["virtual_interfaces"]) == 2


def test_routes_cost_one_call_per_interface(look, aws_model):
    result = look(routes=True)

    assert [thing["routes"] for thing in result["virtual_interfaces"]] == [[], []]
    assert aws_model.calls().count("ListVirtualInterfaceRoutes") == 2


def test_a_session_that_does_not_come_up_fails_with_its_name_and_both_ends(look):
    result = look(names=["fra-a-transit"], wait_bgp="up", wait_seconds=1)

    assert result["failed"]
    assert "after 1 s of waiting AWS sees BGP not up on: fra-a-transit (dxvif-" in result["msg"]
    assert "ipv4 session with 169.254.101.2/30 is down" in result["msg"]
    assert len(result["virtual_interfaces"][0]["peers"]) == 2


def test_an_unknown_interface_is_an_error(look):
    assert look(names=["fra-z"])["msg"] == "there is no virtual_interface fra-z in this account"
