# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module router_configuration_check against the model of AWS."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.filter.attachment_keys import _attachment_keys
from ansible_collections.crossconnect.dx.plugins.filter.attachments import _attachments
from ansible_collections.crossconnect.dx.plugins.modules import estate, router_configuration_check
from tests.fixtures.acme_document import KEYS, acme
from tests.fixtures.aws_model import run_module

ROUTER = "edge-fra-1"


@pytest.fixture
def check(aws_model):
    """Build the estate, and return a way to hold its attachments against AWS."""
    document = acme()
    document["connections"][0] |= {"router": ROUTER, "port": "eth1"}
    document["virtual_interfaces"][0]["peers"][1]["key"] = KEYS["fra-a-transit"]
    options = {"estate": document, "account": "network", **aws_model.options()}
    run_module(estate.main, **options)
    aws_model.patch("fra-a")
    run_module(estate.main, **options)
    aws_model.let_time_pass(60)
    observed = run_module(estate.main, **options)["observed"]
    attachments = _attachments(document, [observed], ROUTER)
    aws_model.forget_calls()

    def run(keys=None, **changes):
        return run_module(
            router_configuration_check.main,
            **aws_model.options(),
            router=ROUTER,
            attachments=[{**each, **changes} for each in attachments],
            keys=keys or _attachment_keys(document, ROUTER),
        )

    return run


def test_what_aws_has_is_what_the_router_gets_at_one_call_per_interface(check, aws_model):
    result = check()

    assert result["problems"] == []
    assert {record["verdict"] for record in result["checks"]} == {"pass"}
    assert {record["target"] for record in result["checks"]} == {
        "fra-a-transit", "fra-a-transit ipv4", "fra-a-transit ipv6",
        "fra-a-private", "fra-a-private ipv4",
    }  # fmt: skip
    assert aws_model.calls() == ["DescribeRouterConfiguration"] * 2


def test_every_difference_is_told_at_once_and_no_key_is(check):
    result = check({**KEYS, "fra-a-transit": "a-key-of-yesterday"}, vlan=109)

    assert result["failed"]
    assert result["msg"].splitlines() == result["problems"]
    assert [words.partition(":")[0] for words in result["problems"]] == [
        "AWS has VLAN 101 for fra-a-transit, edge-fra-1 would get 109",
        "edge-fra-1 would get another BGP key than AWS has for fra-a-transit ipv4",
        "edge-fra-1 would get another BGP key than AWS has for fra-a-transit ipv6",
        "AWS has VLAN 102 for fra-a-private, edge-fra-1 would get 109",
    ]
    shown = {name: value for name, value in result.items() if name != "invocation"}
    assert not any(key in repr(shown) for key in (*KEYS.values(), "a-key-of-yesterday"))
