# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate of prefixes, on answers of NAPALM's mock driver."""

from __future__ import annotations

import json

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.session import Session

NEIGHBOR = "169.254.101.1"
SESSION = {
    "neighbor": NEIGHBOR,
    "interface": "eth1.101",
    "name": "fra-a-transit",
    "family": "ipv4",
    "expect": ["10.20.0.0/16", "10.21.0.0/16", "10.22.0.0/16"],
}


@pytest.fixture
def look(tmp_path):
    """Look once at a router whose session has these counts; returns the outcome."""

    def run(*, up=True, expect=SESSION["expect"], prefixes=True, **counts):
        peer = {"is_up": up, "uptime": 1, "address_family": {"ipv4": counts}}
        answer = {"global": {"router_id": "10.255.0.1", "peers": {NEIGHBOR: peer}}}
        for number in (1, 2):  # once to judge, once to find out why
            (tmp_path / f"get_bgp_neighbors.{number}").write_text(json.dumps(answer))
        session = Session(
            platform_name="mock",
            host="192.0.2.1",
            user="automation",
            name="edge-fra-1",
            optional_args={"path": str(tmp_path)},
        )
        session.open()
        return session.check(bgp=[{**SESSION, "expect": expect}], prefixes=prefixes, timeout=0)

    return run


def verdicts(outcome):
    return {
        record["id"]: (record["verdict"], record["measured"])
        for record in outcome.records
        if record["id"] == "prefixes"
    }


@pytest.mark.parametrize(
    ("counts", "verdict"),
    [
        pytest.param({"accepted_prefixes": 3}, ("pass", 3), id="all of them"),
        pytest.param({"accepted_prefixes": 7}, ("pass", 7), id="more"),
        pytest.param({"accepted_prefixes": 0}, ("fail", 0), id="none"),
        pytest.param(
            {"accepted_prefixes": 1, "received_prefixes": 3}, ("fail", 1), id="what is not taken"
        ),
        pytest.param(
            {"accepted_prefixes": -1, "received_prefixes": 3},
            ("pass", 3),
            id="a router that tells only what came",
        ),
        pytest.param({"accepted_prefixes": -1}, ("na", None), id="a router that does not tell"),
    ],
)
def test_the_number_of_prefixes_opens_the_gate(look, counts, verdict):
    outcome = look(**counts)

    assert verdicts(outcome) == {"prefixes": verdict}
    assert bool(outcome.problems) is (verdict[0] == "fail")


def test_the_sentence_tells_which_session_and_what_to_look_at(look):
    (problem,) = look(accepted_prefixes=1).problems
    assert problem == (
        "edge-fra-1: eth1.101 (fra-a-transit, 169.254.101.1): 1 of at least 3 prefixes came within"
        " 0 s: look at the allowed prefixes of the gateway's associations, or set"
        " edge_router_expect_prefixes to false"
    )


def test_of_a_session_that_is_down_that_alone_is_told(look):
    outcome = look(up=False, accepted_prefixes=0)

    assert verdicts(outcome) == {"prefixes": ("na", None)}
    (problem,) = outcome.problems
    assert "the BGP session did not establish" in problem


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"expect": []}, id="nothing is known before"),
        pytest.param({"prefixes": False}, id="it was switched off"),
    ],
)
def test_without_an_expectation_there_is_no_gate(look, options):
    assert verdicts(look(accepted_prefixes=0, **options)) == {}
