# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs on ports that are killed at every change: nothing twice, nothing lost, no key too few."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import connection, estate, macsec_key
from tests.fixtures.aws_model import OTHER_ACCESS_KEY, run_module
from tests.fixtures.kills import kill_at_every_change
from tests.fixtures.living import client_of

CKNS = [f"{number:064x}" for number in range(1, 7)]
CAK = "c0ffee" * 10 + "beef"
PORT = {"account": "network", "location": "EqFA5", "bandwidth": "10Gbps"}


def run(model, main, **options):
    model.forget_calls()
    return run_module(main, **model.options(), **options)


def test_a_rotation_of_all_three_keys_never_leaves_a_port_without_one(aws_model):
    port = {"location": "EqFA5", "bandwidth": "10Gbps", "request_macsec": True}
    run(aws_model, connection.main, name="fra-a", **port)
    aws_model.patch("fra-a")
    aws_model.let_time_pass(5)
    old, new = ([{"ckn": ckn, "cak": CAK} for ckn in half] for half in (CKNS[:3], CKNS[3:]))
    run(aws_model, macsec_key.main, connection="fra-a", keys=old)

    changes = kill_at_every_change(aws_model, macsec_key.main, connection="fra-a", keys=new)

    done = run(aws_model, macsec_key.main, connection="fra-a", keys=new)
    assert changes == ["DisassociateMacSecKey", "AssociateMacSecKey"] * 3
    assert (done["changed"], done["encryption_status"]) == (False, "Encryption Up")
    assert sorted(key["ckn"] for key in done["macsec_keys"]) == CKNS[3:]


def document():
    """Return an estate of a partner and its customer, with a port that changes its billing."""
    part = {"name": "cust", "account": "network", "location": "EqFA5", "bandwidth": "500Mbps"}
    given = {"name": "cust", "account": "partner", "on": "nni", "owner": "111122223333"}
    return {
        "name": "acme",
        "connections": [
            {"name": "nni", **PORT, "account": "partner"},
            {"name": "fra-a", **PORT, "billing_mode": "FlatRateTier1"},
            {"name": "fra-b", **PORT, "billing_mode": "FlatRateTier1"},
            {**part, "hosted": True, "vlan": 301},
        ],
        "hosted_connections": [{**given, "bandwidth": "500Mbps", "vlan": 301}],
    }


def names(client):
    """Return what is there, what was deleted left aside."""
    return sorted(
        thing["connectionName"]
        for thing in client.describe_connections()["connections"]
        if thing["connectionState"] not in ("deleting", "deleted", "rejected")
    )


@pytest.fixture
def partner(aws_model):
    """Return the options of the partner's account, whose port is up."""
    options = {**aws_model.options(OTHER_ACCESS_KEY), "estate": document(), "account": "partner"}
    run_module(estate.main, **options)
    aws_model.patch("nni")
    aws_model.let_time_pass(5)
    return options


def test_a_hosted_connection_is_allocated_and_confirmed_once_whenever_a_run_is_killed(
    aws_model, partner
):
    customer = {"estate": document(), "account": "network", "scope": ["connections"]}

    allocated = kill_at_every_change(aws_model, estate.main, **partner)
    ordered = kill_at_every_change(aws_model, estate.main, **customer)

    assert allocated == ["AllocateHostedConnection"]
    assert sorted(ordered) == ["ConfirmConnection", *["CreateConnection"] * 2, "TagResource"]
    assert names(client_of(aws_model)) == ["cust", "fra-a", "fra-b"]
    assert run(aws_model, estate.main, **customer)["changed"] is False


def test_a_billing_mode_is_changed_by_one_call_however_often_a_run_is_killed(aws_model):
    estate_of = {"estate": document(), "account": "network", "scope": ["connections"]}
    run(aws_model, estate.main, **estate_of)
    cheaper = document()
    for thing in cheaper["connections"][1:3]:
        thing["billing_mode"] = "PayAsYouGo"

    changes = kill_at_every_change(aws_model, estate.main, **{**estate_of, "estate": cheaper})

    assert changes == ["UpdateConnectionsBillingMode"]
    found = client_of(aws_model).describe_connections()["connections"]
    assert {thing["billingMode"] for thing in found} == {"PayAsYouGo"}


def test_a_lost_answer_to_a_billing_mode_is_looked_up(aws_model):
    estate_of = {"estate": document(), "account": "network", "scope": ["connections"]}
    run(aws_model, estate.main, **estate_of)
    cheaper = document()
    cheaper["connections"][1]["billing_mode"] = "PayAsYouGo"
    aws_model.break_call("UpdateConnectionsBillingMode", "error-after")

    result = run(aws_model, estate.main, **{**estate_of, "estate": cheaper})

    modes = {thing["name"]: thing["billing_mode"] for thing in result["observed"]["connections"]}
    assert modes == {"fra-a": "PayAsYouGo", "fra-b": "FlatRateTier1"}
    assert aws_model.changes() == ["UpdateConnectionsBillingMode"]
