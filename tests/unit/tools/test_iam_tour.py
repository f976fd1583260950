# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The policies against the call log: with them each job can do all of its work, and no other."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.modules import (
    estate,
    failover_test,
    loa,
    vpn_configuration,
)
from tests.campaign.aws.sight import make_tables
from tests.campaign.aws.stories import Phase, phases
from tests.fixtures.aws_model import at_the_models_pace
from tests.fixtures.iam_tour import Tour, key_of
from tests.fixtures.living import client_of
from tests.fixtures.processes import both_find_nothing
from tests.fixtures.two_circuits import DOCUMENT
from tools.iam.jobs import JOBS
from tools.iam.policies import BESIDE, actions_by_job

STORY = Path(__file__).with_name("iam_story.yml")
ACTIONS = actions_by_job()
# What is in a policy and in no log: AWS asks for it, and nobody calls it.
NEVER_CALLED = set(BESIDE.values())


@pytest.fixture(scope="module")
def tour(aws_server, live_server, parsed_once, tmp_path_factory):  # noqa: ARG001 - for what it does
    """Take the campaign's stories and ours from the order to the end; return what was seen."""
    home = tmp_path_factory.mktemp("home")
    with at_the_models_pace(home):
        tour = Tour(aws_server, ACTIONS)
        for _, story in groupby(phases(), key=lambda phase: phase.name.partition(",")[0]):
            live(tour, *story)
        live_the_rest(tour, home)
        live_twice(tour, home)
        take_down_and_up(tour.at(live_server))
    return tour


def live(tour, built, changed, demolished):
    tour.begin()
    if built.tables:
        make_tables(tour.model)
    tour.bring(built)
    tour.bring(changed)
    tour.bring(replace(demolished, wanted=changed.wanted))


def live_the_rest(tour, home):
    tour.begin()
    story = yaml.safe_load(STORY.read_text().replace("CORE_NETWORK", core_network(tour.model)))
    wanted, consent = story["estate"], {"consent": story["consent"]}
    common = {"wanted": wanted, "accounts": tuple(story["accounts"])}
    tour.bring(Phase(name="rest, build", **common))
    letter = {"connection": "fra-a", "dest": str(home / "fra-a.pdf")}
    tour.call("order", "network", loa.main, **letter)
    device = {"vpn_connection": "backup", "device": "Strongswan", "dest": str(home / "vpn.conf")}
    tour.call("network", "network", vpn_configuration.main, **device)
    rename(tour.model)
    common["wanted"] = wanted | story["changed"]
    change = Phase(name="rest, change", options=consent, **common)
    tour.until_quiet("order", change)
    # Each once: what the partner proposes at the end of the round is not accepted.
    for account in change.accounts:
        tour.reconcile("network", change, account)
    for options in ({"scope": ["lags"]}, {}):
        gone = consent | options | {"state": "absent"}
        tour.bring(Phase(name="rest, demolish", options=gone, **common))


def core_network(model):
    manager = client_of(model, "networkmanager")
    world = manager.create_global_network()["GlobalNetwork"]["GlobalNetworkId"]
    return manager.create_core_network(GlobalNetworkId=world)["CoreNetwork"]["CoreNetworkId"]


def rename(model):
    """Give a gateway and a group other names, as somebody at the console does."""
    client = client_of(model)
    for gateway in client.describe_direct_connect_gateways()["directConnectGateways"]:
        if gateway["directConnectGatewayName"] == "core":
            client.update_direct_connect_gateway(
                directConnectGatewayId=gateway["directConnectGatewayId"],
                newDirectConnectGatewayName="heart",
            )
    for group in client.list_resiliency_groups()["items"]:
        client.update_resiliency_group(
            resiliencyGroupId=group["resiliencyGroupId"], resiliencyGroupName="lone"
        )


def take_down_and_up(tour):
    """Test a circuit where sessions can be up."""
    tour.begin()
    built = Phase(name="failover, build", wanted=DOCUMENT, accounts=("network",))
    tour.until_quiet("order", built)
    tour.until_quiet("network", built)
    which = {"virtual_interface": "fra-a-transit", "settle_seconds": 20}
    consent = {"consent": ["fra-a-transit"]}
    looks = tour.call("failover", "network", failover_test.main, **which, **consent).get("looks")
    stop = {"state": "stopped", "looks": looks}
    tour.call("failover", "network", failover_test.main, **which, **stop)


# What two runs on two control nodes both make, and one of them withdraws: by the estate's part,
# whose job it is, the look that finds nothing, and the thing.
TWINS = {
    "gateways": ("network", "DescribeDirectConnectGateways", {"amazon_asn": 64512}),
    "virtual_gateways": ("network", "DescribeVpnGateways", {}),
    "resiliency_groups": ("order", "ListResiliencyGroups", {"model": "basic-resiliency"}),
}


def live_twice(tour, home):
    for part, (job, look, thing) in TWINS.items():
        tour.begin()
        nodes = (home / f"{part}-1", home / f"{part}-2")
        wanted = {"name": "tour", part: [{"name": "twin", "account": "network", **thing}]}
        # A twin that is not withdrawn is waited for: not longer than the results are.
        terms = {"scope": [part], "access_key": key_of(job, "network"), "settle_seconds": 20}
        for result in both_find_nothing(tour.model, look, *nodes, estate=wanted, **terms):
            tour.note(job, "network", result)


@pytest.mark.parametrize("job", JOBS)
def test_nothing_is_missing(tour, job):
    assert [each for each in tour.troubles if each.startswith(job)] == []


@pytest.mark.parametrize("job", JOBS)
def test_nothing_is_unused(tour, job):
    # Each job may look at all that a plan looks at, so that it can be tried with --check.
    used = tour.seen[job] | tour.seen["plan"] | NEVER_CALLED
    assert sorted(ACTIONS[job] - used) == []


PORT = {"name": "fra-a", "account": "network", "location": "EqFA5", "bandwidth": "10Gbps"}


@pytest.mark.parametrize("job", [job for job in JOBS if job != "order"])
def test_who_may_not_order_is_told_what_to_attach_and_orders_nothing(aws_model, job):
    tour = Tour(aws_model, ACTIONS)
    tour.begin()
    wanted = {"name": "tour", "connections": [PORT]}
    terms = {"estate": wanted, "account": "network", "scope": ["connections"]}

    result = tour.call(job, "network", estate.main, **terms)

    assert "does not let these credentials call directconnect:CreateConnection" in result["msg"]
    assert "iam/order.json allows it: attach it (docs/iam.md), and run again" in result["msg"]
    assert aws_model.ask("connections") == []
