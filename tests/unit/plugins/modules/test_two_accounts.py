# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Associations across accounts: proposed by one, accepted by the other, never twice."""

from __future__ import annotations

import pytest

from tests.fixtures.living import client_of
from tests.fixtures.two_accounts import KEYS, NUMBERS, TwoAccounts, document

PROPOSE = "CreateDirectConnectGatewayAssociationProposal"
ACCEPT = "AcceptDirectConnectGatewayAssociationProposal"
UPDATE = "UpdateDirectConnectGatewayAssociation"
DELETE = "DeleteDirectConnectGatewayAssociation"
VERY_LONG = 10 * 24 * 3600


@pytest.fixture
def accounts(aws_model):
    return TwoAccounts(aws_model)


def awaited(result):
    return [(each["kind"], each["name"], each["from"]) for each in result["awaited"]]


def client(accounts, account, service="directconnect"):
    return client_of(accounts.model, service, **accounts.model.options(KEYS[account]))


def gateway_id(accounts):
    (found,) = client(accounts, "network").describe_direct_connect_gateways()[
        "directConnectGateways"
    ]
    return found["directConnectGatewayId"]


def transit_gateway_id(accounts, account="applications"):
    found = client(accounts, account, "ec2").describe_transit_gateways()["TransitGateways"]
    return found[0]["TransitGatewayId"]


def test_one_proposes_the_other_accepts_and_both_then_rest(accounts):
    first = accounts.run("network")
    assert awaited(first) == [("proposal", "core/tgw-core", "the owner of account applications")]

    proposed = accounts.run("applications")
    assert accounts.model.changes() == [PROPOSE]
    assert awaited(proposed) == [("association", "core/tgw-core", "the owner of account network")]

    accepted = accounts.run("network")
    assert accounts.model.changes() == [ACCEPT]
    (tie,) = accepted["observed"]["gateways"][0]["associations"]
    assert (tie["target"], tie["state"]) == ("tgw-core", "associated")

    for account in ("applications", "network"):
        again = accounts.run(account)
        assert (again["changed"], again["plan"], again["awaited"]) == (False, [], [])


def test_nothing_is_proposed_again_once_the_proposal_has_vanished(accounts):
    accounts.build()
    accounts.model.let_time_pass(VERY_LONG)
    proposals = client(accounts, "applications")
    assert (
        proposals.describe_direct_connect_gateway_association_proposals()[
            "directConnectGatewayAssociationProposals"
        ]
        == []
    )

    alone = TwoAccounts(accounts.model)
    for account in ("applications", "network"):
        again = alone.run(account)
        assert (again["changed"], again["awaited"], alone.model.changes()) == (False, [], [])


def test_a_gateway_is_named_by_its_id_and_an_account_by_its_number(accounts):
    accounts.run("network")
    told = document()
    told["gateways"][0]["id"] = gateway_id(accounts)
    told["accounts"] = [{"name": name, "id": number} for name, number in NUMBERS.items()]

    alone = TwoAccounts(accounts.model)
    assert alone.run("applications", told)["changed"]
    accepted = TwoAccounts(accounts.model).run("network", told)

    assert accounts.model.changes() == [ACCEPT]
    assert accepted["awaited"] == []


def test_the_estates_prefixes_win_over_the_proposed_ones(accounts):
    accounts.run("network")
    accounts.run("applications", document(allowed_prefixes=["10.20.0.0/15"]))

    accepted = accounts.run("network")

    (tie,) = accepted["observed"]["gateways"][0]["associations"]
    assert tie["allowed_prefixes"] == ["10.20.0.0/16"]


def test_prefixes_are_changed_in_place_by_the_gateways_owner(accounts):
    accounts.build()
    wider = document(allowed_prefixes=["10.20.0.0/16", "10.21.0.0/16"])

    assert accounts.run("applications", wider)["plan"] == []
    assert accounts.run("network", wider)["changed"]
    assert accounts.model.changes() == [UPDATE]
    assert accounts.run("network", wider)["changed"] is False


def test_a_stranger_is_never_accepted_and_is_told(accounts):
    declared = document()
    declared["gateways"][0]["associations"] = []
    accounts.run("network", declared)
    client(accounts, "applications").create_direct_connect_gateway_association_proposal(
        directConnectGatewayId=gateway_id(accounts),
        directConnectGatewayOwnerAccount=NUMBERS["network"],
        gatewayId=transit_gateway_id(accounts),
        addAllowedPrefixesToDirectConnectGateway=[{"cidr": "10.20.0.0/16"}],
    )
    stranger = document(account="partner", transit_gateway="tgw-partner")
    stranger["accounts"] = [{"name": "partner", "id": "777788889999"}]

    result = accounts.run("network", stranger)

    assert accounts.model.changes() == []
    assert "which the estate does not declare: left alone" in result["plan_text"]
    assert awaited(result) == [("proposal", "core/tgw-partner", "the owner of account partner")]


def test_without_a_number_nobody_is_trusted(accounts):
    accounts.run("network")
    accounts.run("applications")

    result = TwoAccounts(accounts.model).run("network")

    assert accounts.model.changes() == []
    assert (
        "nothing is accepted from account applications before its number is known"
        in (result["plan_text"])
    )


@pytest.mark.parametrize("remover", ["network", "applications"])
def test_what_the_other_side_has_deleted_is_proposed_and_accepted_anew(accounts, remover):
    accounts.build()
    (tie,) = client(accounts, remover).describe_direct_connect_gateway_associations(
        directConnectGatewayId=gateway_id(accounts)
    )["directConnectGatewayAssociations"]
    client(accounts, remover).delete_direct_connect_gateway_association(
        associationId=tie["associationId"]
    )
    accounts.model.let_time_pass(VERY_LONG)

    accounts.run("applications")
    assert accounts.model.changes() == [PROPOSE]
    accounts.run("network")
    assert accounts.model.changes() == [ACCEPT]


def test_a_rejected_proposal_is_made_anew(accounts):
    accounts.run("network")
    proposal = accounts.run("applications")["observed"]["offered_associations"][0]
    client(accounts, "network").delete_direct_connect_gateway_association_proposal(
        proposalId=proposal["proposal_id"]
    )

    accounts.run("applications")

    assert accounts.model.changes() == [PROPOSE]


@pytest.mark.parametrize("mode", ["drop-answer", "error-after", "error-before"])
@pytest.mark.parametrize(("account", "call"), [("applications", PROPOSE), ("network", ACCEPT)])
def test_a_lost_answer_doubles_nothing(accounts, account, call, mode):
    accounts.run("network")
    if call == ACCEPT:
        accounts.run("applications")
    accounts.model.break_call(call, mode)

    accounts.run(account, settle_seconds=1)
    accounts.model.heal()
    sent = accounts.model.changes().count(call)
    accounts.run(account)

    assert sent == 1
    assert accounts.model.changes().count(call) == (1 if mode == "error-before" else 0)


def test_the_gateways_owner_ends_it_and_the_target_owner_withdraws_what_is_open(accounts):
    accounts.run("network")
    accounts.run("applications")
    assert accounts.run("applications", state="absent")["changed"]
    accounts.run("applications")
    accounts.run("network")

    gone = accounts.run("network", state="absent")

    assert gone["changed"]
    assert accounts.model.changes() == [DELETE, "DeleteDirectConnectGateway"]
    assert accounts.run("applications", state="absent")["plan"] == []
