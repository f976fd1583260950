# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosted connections from both ends: one estate, a partner's account and its customer's."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import (
    connection,
    estate,
    hosted_connection,
)
from tests.fixtures.aws_model import ACCESS_KEY, OTHER_ACCESS_KEY, run_module
from tests.fixtures.living import client_of

CUSTOMER = "111122223333"
PARTNER = "444455556666"
KEYS = {"network": ACCESS_KEY, "partner": OTHER_ACCESS_KEY}
PORT = {"account": "partner", "location": "EqFA5", "bandwidth": "10Gbps"}
HOSTED = {
    "name": "acme-500m",
    "account": "partner",
    "on": "nni-1",
    "owner": "network",
    "bandwidth": "500Mbps",
    "vlan": 301,
}
PART = {
    "name": "acme-500m",
    "account": "network",
    "location": "EqFA5",
    "bandwidth": "500Mbps",
    "hosted": True,
    "vlan": 301,
}


def document(*, hosted=(HOSTED,), parts=(PART,)):
    return {
        "name": "acme",
        "accounts": [{"name": "network", "id": CUSTOMER}],
        "connections": [{"name": "nni-1", **PORT}, {"name": "nni-2", **PORT}, *parts],
        "hosted_connections": list(hosted),
        "tags": {"owner": "network"},
    }


class Ends:
    """The two accounts."""

    def __init__(self, model):
        self.model = model

    def run(self, account, wanted=None, **options):
        self.model.forget_calls()
        return run_module(
            estate.main,
            estate=wanted or document(),
            account=account,
            **self.model.options(KEYS[account]),
            **options,
        )

    def single(self, module, account, **options):
        self.model.forget_calls()
        return run_module(module.main, **self.model.options(KEYS[account]), **options)


@pytest.fixture
def ends(aws_model):
    """Return the two accounts, with the partner's ports up and nothing on them."""
    both = Ends(aws_model)
    both.run("partner", document(hosted=()))
    aws_model.patch("nni-1", "nni-2")
    both.run("partner", document(hosted=()), wait_seconds=20)
    return both


def test_what_is_not_provisioned_is_awaited_from_the_provider_and_never_ordered(ends):
    result = ends.run("network", document(hosted=()))

    (awaited,) = result["awaited"]
    assert (result["changed"], ends.model.changes()) == (False, [])
    assert (awaited["kind"], awaited["name"], awaited["from"]) == (
        "connection",
        "acme-500m",
        "provider",
    )
    assert awaited["what"] == (
        "the hosted connection acme-500m: have it provisioned for account 111122223333 "
        "(500Mbps at EqFA5, VLAN 301), then run again"
    )


def test_one_run_of_each_end_makes_it_and_second_runs_change_nothing(ends):
    planned = ends.run("partner", check=True)
    partner = ends.run("partner")
    allocated = ends.model.changes()
    customer = ends.run("network")
    confirmed = ends.model.changes()
    again = [ends.run("partner"), ends.model.changes(), ends.run("network"), ends.model.changes()]

    assert (planned["changed"], planned["plan_text"]) == (True, partner["plan_text"])
    assert allocated == ["AllocateHostedConnection"]
    (awaited,) = partner["awaited"]
    assert (awaited["from"], awaited["name"]) == ("the owner of account network", "acme-500m")
    assert partner["observed"]["hosted_connections"][0]["on"] == "nni-1"
    assert confirmed == ["ConfirmConnection", "TagResource"]
    assert customer["observed"]["connections"][0]["vlan"] == 301
    assert [again[0]["changed"], again[1], again[2]["changed"], again[3]] == [False, [], False, []]
    assert (again[0]["awaited"], again[2]["awaited"]) == ([], [])


def test_down_after_the_confirmation_is_no_failure(ends):
    ends.run("partner")
    ends.model.patch()

    confirmed = ends.run("network")

    assert confirmed["changed"]
    assert confirmed["observed"]["connections"][0]["state"] == "down"
    assert confirmed["awaited"][0]["from"] == "provider"


def test_a_lost_answer_to_a_confirmation_is_looked_up(ends):
    ends.run("partner")
    ends.model.break_call("ConfirmConnection", "error-after")

    result = ends.run("network")

    assert result["observed"]["connections"][0]["state"] == "available"
    assert ends.model.changes().count("ConfirmConnection") == 1


def test_a_lost_answer_to_an_allocation_is_looked_up(ends):
    ends.model.break_call("AllocateHostedConnection", "error-after")

    result = ends.run("partner")

    assert len(result["observed"]["hosted_connections"]) == 1
    assert ends.run("partner")["changed"] is False


def test_an_offer_under_another_name_is_told_and_not_taken(ends):
    ends.run("partner", document(hosted=({**HOSTED, "name": "ticket-4711"},)))

    result = ends.run("network")

    assert ends.model.changes() == []
    assert "ticket-4711 (500Mbps at EqFA5, VLAN 301), is not declared" in result["plan_text"]
    assert (
        "set the tags crossconnect:estate=acme and crossconnect:name=acme-500m"
        in (result["plan_text"])
    )


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"vlan": 302}, "vlan is 301 at AWS and 302 in the estate", id="vlan"),
        pytest.param({"bandwidth": "1Gbps"}, "bandwidth is 500Mbps at AWS", id="bandwidth"),
        pytest.param({"location": "EqAM3"}, "location is EqFA5 at AWS", id="location"),
        pytest.param({"provider": "Megaport"}, "provider is", id="provider"),
    ],
)
def test_what_the_customer_has_otherwise_is_a_fault_before_the_confirmation(ends, change, fault):
    ends.run("partner")

    result = ends.run("network", document(parts=({**PART, **change},)))

    assert fault in result["msg"]
    assert "have the provider provision another" in result["msg"]
    assert ends.model.changes() == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        pytest.param({"vlan": 302}, "vlan is 301 at AWS and 302 in the estate", id="vlan"),
        pytest.param({"bandwidth": "1Gbps"}, "bandwidth is 500Mbps at AWS", id="bandwidth"),
        pytest.param({"owner": PARTNER}, f"owner is {CUSTOMER} at AWS", id="owner"),
    ],
)
def test_what_the_partner_has_otherwise_is_a_fault(ends, change, fault):
    ends.run("partner")

    result = ends.run("partner", document(hosted=({**HOSTED, **change},)))

    assert fault in result["msg"]
    assert ends.model.changes() == []


def test_an_owner_whose_number_nobody_knows_is_awaited(ends):
    unknown = {**document(), "accounts": []}

    result = ends.run("partner", unknown)

    assert ends.model.changes() == []
    assert "nobody knows the number of account network: declare it" in result["plan_text"]
    assert result["awaited"][0]["from"] == "the owner of account network"


def test_it_moves_to_another_port_freely_before_and_by_consent_after_the_confirmation(ends):
    ends.run("partner")
    elsewhere = document(hosted=({**HOSTED, "on": "nni-2"},))

    moved = ends.run("partner", elsewhere)
    calls = ends.model.changes()
    ends.run("network")
    refused = ends.run("partner")
    back = ends.run("partner", consent=["acme-500m"])

    assert (calls, moved["observed"]["hosted_connections"][0]["on"]) == (
        ["AssociateHostedConnection"],
        "nni-2",
    )
    assert "cuts what 111122223333 sends; this needs acme-500m in the consent" in refused["msg"]
    assert back["observed"]["hosted_connections"][0]["on"] == "nni-1"
    assert ends.run("partner")["changed"] is False


def test_a_name_that_the_customer_changed_leads_to_no_second_allocation(ends):
    ends.run("partner")
    ends.run("network")
    renamed = document(hosted=({**HOSTED, "name": "other-name"},))

    result = ends.run("partner", renamed)

    assert ends.model.changes() == []
    assert "goes by acme-500m: it is known by its port and VLAN" in result["plan_text"]


def test_a_demolition_of_either_end_asks_for_names_and_goes_in_order(ends):
    ends.run("partner")
    ends.run("network")

    refused = ends.run("partner", state="absent", consent=["nni-1", "nni-2"])
    held = ends.run("partner", state="absent", scope=["connections"], consent=["nni-1", "nni-2"])
    gone = ends.run("partner", state="absent", consent=["nni-1", "nni-2", "acme-500m"])

    assert "takes it from account 111122223333, with all that rides on it" in refused["msg"]
    assert "connection nni-1 still hosts acme-500m" in held["msg"]
    assert ends.model.changes() == ["DeleteConnection"] * 3
    assert gone["observed"]["connections"] == []
    assert ends.run("network")["awaited"][0]["from"] == "the owner of account partner"


def test_the_customer_gives_it_up_by_consent(ends):
    ends.run("partner")
    ends.run("network")

    refused = ends.run("network", state="absent")
    gone = ends.run("network", state="absent", consent=["acme-500m"])

    assert "GIVES UP A HOSTED CONNECTION, which only its provider can give again" in refused["msg"]
    assert gone["observed"]["connections"] == []


def test_the_modules_for_one_object_do_both_ends(ends):
    give = {
        "name": "acme-500m",
        "connection": "nni-1",
        "owner": CUSTOMER,
        "bandwidth": "500Mbps",
        "vlan": 301,
    }
    take = {"name": "acme-500m", "location": "EqFA5", "bandwidth": "500Mbps", "hosted": True}

    given = ends.single(hosted_connection, "partner", **give)
    taken = ends.single(connection, "network", **take)

    assert given["hosted_connection"]["state"] == "ordering"
    assert (taken["connection"]["state"], taken["connection"]["vlan"]) == ("available", 301)
    assert ends.single(connection, "network", **take)["changed"] is False
    by_id = {**give, "connection": given["hosted_connection"]["parent_id"]}
    assert ends.single(hosted_connection, "partner", **by_id)["changed"] is False
    absent = {"name": "acme-500m", "state": "absent"}
    assert "consent" in ends.single(hosted_connection, "partner", **absent)["msg"]
    gone = ends.single(hosted_connection, "partner", **absent, consent=["acme-500m"])
    assert (gone["changed"], gone["hosted_connection"]) == (True, None)


def test_a_single_hosted_connection_is_judged_before_any_call(ends):
    result = ends.single(
        hosted_connection,
        "partner",
        name="x",
        connection="nni-1",
        owner="acme",
        bandwidth="3Gbps",
        vlan=0,
    )

    assert "3Gbps is no bandwidth of a hosted connection" in result["msg"]
    assert "hosted_connections[0].vlan: 0 is not a VLAN id" in result["msg"]
    assert ends.model.calls() == []


def interconnect(ends, name):
    """Order an interconnect as a partner does, by hand, and have its cable plugged."""
    client = client_of(ends.model, **ends.model.options(OTHER_ACCESS_KEY))
    made = client.create_interconnect(interconnectName=name, bandwidth="10Gbps", location="EqFA5")
    ends.model.patch("nni-1", "nni-2", name)
    ends.model.let_time_pass(5)
    return made["interconnectId"]


def test_a_partners_interconnect_hosts_under_its_id_and_is_seen_when_it_is_left(ends):
    on = interconnect(ends, "ic")

    first = ends.run("partner", document(hosted=({**HOSTED, "on": on},)))
    again = ends.run("partner", document(hosted=({**HOSTED, "on": on},)))
    moved = ends.run("partner")

    assert first["observed"]["hosted_connections"][0]["on"] == on
    assert again["changed"] is False
    assert [action["verb"] for action in moved["plan"]] == ["move"]
    assert ends.model.changes() == ["AssociateHostedConnection"]
