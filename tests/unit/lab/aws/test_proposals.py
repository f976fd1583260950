# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Association proposals between two accounts: who proposes, who accepts, who sees what."""

from __future__ import annotations

import pytest

NETWORK, WORKLOAD = "111122223333", "444455556666"
ADD = "addAllowedPrefixesToDirectConnectGateway"
REMOVE = "removeAllowedPrefixesToDirectConnectGateway"


class TwoAccounts:
    """The network account owns the gateway, the workload account the transit gateway."""

    def __init__(self, aws, circuits):
        self.aws = aws
        self.network = circuits.direct_connect
        self.workload = aws.client("directconnect", account="workload")
        self.gateway = circuits.gateway()
        self.targets = aws.control("POST", "seed", {"account": WORKLOAD})

    def propose(self, *prefixes, target="tgw-core", remove=()):
        return self.workload.create_direct_connect_gateway_association_proposal(
            directConnectGatewayId=self.gateway,
            directConnectGatewayOwnerAccount=NETWORK,
            gatewayId=self.targets[target],
            **{ADD: [{"cidr": prefix} for prefix in prefixes]},
            **{REMOVE: [{"cidr": prefix} for prefix in remove]},
        )["directConnectGatewayAssociationProposal"]

    def which(self, proposal):
        return {
            "directConnectGatewayId": self.gateway,
            "proposalId": proposal["proposalId"],
            "associatedGatewayOwnerAccount": WORKLOAD,
        }

    def accept(self, proposal, **more):
        return self.network.accept_direct_connect_gateway_association_proposal(
            **self.which(proposal), **more
        )["directConnectGatewayAssociation"]

    def proposals(self, account, **which):
        described = account.describe_direct_connect_gateway_association_proposals(**which)
        return described["directConnectGatewayAssociationProposals"]

    def associations(self, account):
        described = account.describe_direct_connect_gateway_associations(
            directConnectGatewayId=self.gateway
        )
        return described["directConnectGatewayAssociations"]


@pytest.fixture
def two(aws, circuits):
    return TwoAccounts(aws, circuits)


def test_a_proposal_is_seen_by_who_made_it_and_by_whom_it_is_for(two):
    made = two.propose("10.20.0.0/16")
    assert made["proposalState"] == "requested"
    assert made["associatedGateway"]["ownerAccount"] == WORKLOAD
    assert made["requestedAllowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.20.0.0/16"}]
    assert two.proposals(two.network) == two.proposals(two.workload) == [made]
    assert two.proposals(two.network, proposalId="another") == []
    assert two.proposals(two.network, associatedGatewayId=two.targets["tgw-core"]) == [made]
    assert two.associations(two.network) == []


def test_an_accepted_proposal_becomes_an_association_of_both_and_vanishes(two, aws):
    made = two.propose("10.20.0.0/16")
    association = two.accept(made)
    assert association["associationState"] == "associating"
    assert association["directConnectGatewayOwnerAccount"] == NETWORK
    assert association["associatedGateway"]["ownerAccount"] == WORKLOAD
    assert [p["proposalState"] for p in two.proposals(two.network)] == ["accepted"]
    aws.pass_time(1)
    assert two.proposals(two.network) == two.proposals(two.workload) == []
    assert two.associations(two.network) == two.associations(two.workload)
    assert two.associations(two.workload)[0]["associationState"] == "associated"


def test_who_accepts_may_allow_other_prefixes_than_proposed(two):
    made = two.propose("10.20.0.0/16")
    override = [{"cidr": "10.20.8.0/24"}]
    association = two.accept(made, overrideAllowedPrefixesToDirectConnectGateway=override)
    assert association["allowedPrefixesToDirectConnectGateway"] == override


def test_the_prefixes_of_a_tie_are_changed_by_a_second_proposal(two, aws):
    first = two.accept(two.propose("10.20.0.0/16"))
    aws.pass_time(1)
    again = two.propose("10.21.0.0/16", remove=["10.20.0.0/16"])
    assert again["existingAllowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.20.0.0/16"}]
    assert again["requestedAllowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.21.0.0/16"}]
    changed = two.accept(again)
    assert changed["associationId"] == first["associationId"]
    assert changed["associationState"] == "updating"
    assert changed["allowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.21.0.0/16"}]


def test_a_proposal_is_accepted_once(two, aws, refusal):
    made = two.propose("10.20.0.0/16")
    two.accept(made)
    accept = two.network.accept_direct_connect_gateway_association_proposal
    assert refusal(accept, **two.which(made)) == (
        f"Proposal {made['proposalId']} has been accepted."
    )
    aws.pass_time(1)
    assert refusal(accept, **two.which(made)) == f"Proposal {made['proposalId']} does not exist."


def test_who_proposes_cannot_accept(two, refusal):
    made = two.propose("10.20.0.0/16")
    accept = two.workload.accept_direct_connect_gateway_association_proposal
    assert refusal(accept, **two.which(made)) == f"Proposal {made['proposalId']} does not exist."


@pytest.mark.parametrize("who", ["network", "workload"])
def test_either_side_ends_a_proposal(two, aws, refusal, who):
    made = two.propose("10.20.0.0/16")
    delete = getattr(two, who).delete_direct_connect_gateway_association_proposal
    gone = delete(proposalId=made["proposalId"])["directConnectGatewayAssociationProposal"]
    assert gone["proposalState"] == "deleted"
    accept = two.network.accept_direct_connect_gateway_association_proposal
    assert refusal(accept, **two.which(made)) == f"Proposal {made['proposalId']} does not exist."
    aws.pass_time(1)
    assert two.proposals(two.workload) == []


def test_the_targets_owner_may_end_the_tie_but_not_change_it(two, aws, refusal):
    association = two.accept(two.propose("10.20.0.0/16"))["associationId"]
    aws.pass_time(1)
    update = two.workload.update_direct_connect_gateway_association
    assert refusal(update, associationId=association, **{ADD: [{"cidr": "10.21.0.0/16"}]}) == (
        f"Only the owner of Direct Connect Gateway {two.gateway} can update "
        f"association {association}."
    )
    two.workload.delete_direct_connect_gateway_association(associationId=association)
    assert two.associations(two.network)[0]["associationState"] == "disassociating"


def test_a_vgw_of_another_account_allows_its_vpc_when_nothing_is_said(two):
    association = two.accept(two.propose(target="vgw-legacy"))
    assert association["allowedPrefixesToDirectConnectGateway"] == [{"cidr": "10.30.0.0/16"}]
    assert association["virtualGatewayOwnerAccount"] == WORKLOAD


def test_what_cannot_be_proposed_is_refused_at_once(two, refusal):
    create = two.workload.create_direct_connect_gateway_association_proposal
    wanted = {
        "directConnectGatewayId": two.gateway,
        "directConnectGatewayOwnerAccount": NETWORK,
        "gatewayId": two.targets["tgw-core"],
    }
    assert refusal(create, **wanted) == (
        "Allowed prefixes are required for a Transit Gateway association."
    )
    stranger = {**wanted, "directConnectGatewayOwnerAccount": WORKLOAD}
    assert refusal(create, **stranger) == f"Direct Connect Gateway {two.gateway} does not exist."
    foreign = {**wanted, "gatewayId": "tgw-0123456789abcdef0", ADD: [{"cidr": "10.0.0.0/8"}]}
    assert refusal(create, **foreign) == "Gateway tgw-0123456789abcdef0 does not exist."


def test_what_the_gateway_cannot_take_is_refused_on_acceptance(two, circuits, refusal):
    two.gateway = circuits.gateway("clash", amazonSideAsn=64600)
    made = two.propose("10.20.0.0/16")
    accept = two.network.accept_direct_connect_gateway_association_proposal
    assert "must be different from the ASN of Transit Gateway" in refusal(accept, **two.which(made))
    assert [p["proposalState"] for p in two.proposals(two.network)] == ["requested"]


def test_a_third_account_sees_nothing(two, aws):
    two.accept(two.propose("10.20.0.0/16"))
    third = aws.client("directconnect", account="stranger")
    assert two.proposals(third) == []
    assert two.associations(third) == []
