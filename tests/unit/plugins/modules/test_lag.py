# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module lag against the model of AWS: its ports ordered once, named, changed, given up."""

from __future__ import annotations

from collections import Counter

import boto3
import pytest

from ansible_collections.crossconnect.dx.plugins.modules import connection, lag
from tests.fixtures.aws_model import run_module
from tests.fixtures.kills import kill_at_every_change

LAG = {
    "name": "fra",
    "estate": "acme",
    "location": "EqFA5",
    "bandwidth": "10Gbps",
    "connections": ["fra-1", "fra-2"],
    "provider": "Equinix",
    "tags": {"owner": "network"},
}
PORT = {key: LAG[key] for key in ("estate", "location", "bandwidth", "provider", "tags")}
GONE = ("deleting", "deleted", "rejected")


@pytest.fixture
def client(aws_model):
    """Return a client that looks past all that the modules believe."""
    options = aws_model.options()
    return boto3.client(
        "directconnect",
        region_name=options["region"],
        endpoint_url=options["endpoint_url"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
    )


@pytest.fixture
def run(aws_model):
    """Return a way to run the module on the model, with calls counted from there."""

    def run(module=lag, **options):
        aws_model.forget_calls()
        asked = {**LAG, **options} if module is lag else options
        return run_module(module.main, **aws_model.options(), **asked)

    return run


def ports(client):
    return {
        thing["connectionName"]: thing
        for thing in client.describe_connections()["connections"]
        if thing["connectionState"] not in GONE
    }


def lags(client):
    return [thing for thing in client.describe_lags()["lags"] if thing["lagState"] not in GONE]


def tags(thing):
    return {tag["key"]: tag["value"] for tag in thing["tags"]}


def test_one_order_makes_the_lag_and_its_ports_under_their_names(run, aws_model, client):
    planned = run(check=True)
    assert aws_model.changes() == []

    made = run()

    assert aws_model.changes() == [
        *("CreateLag", "TagResource", "UpdateConnection", "TagResource", "UpdateConnection"),
        "UpdateLag",
    ]
    assert (made["plan_text"], planned["lag"]) == (planned["plan_text"], None)
    assert "ORDERS 2 PHYSICAL PORTS (fra-1, fra-2), AWS bills their hours" in made["plan_text"]
    (found,) = lags(client)
    assert (found["lagName"], found["minimumLinks"], tags(found)["crossconnect:name"]) == (
        *("fra", 1, "fra"),
    )
    assert {name: tags(port)["crossconnect:name"] for name, port in ports(client).items()} == {
        "fra-1": "fra-1",
        "fra-2": "fra-2",
    }
    assert {port["lagId"] for port in ports(client).values()} == {found["lagId"]}
    assert all(tags(port)["owner"] == "network" for port in ports(client).values())
    assert all("crossconnect:ordered-at" in tags(port) for port in ports(client).values())


def test_a_second_run_changes_nothing(run, aws_model):
    run()

    again = run()

    assert (again["changed"], again["plan"], aws_model.changes()) == (False, [], [])
    assert aws_model.calls() == ["DescribeConnections", "DescribeLags"]
    assert again["lag"]["connections"] == ["fra-1", "fra-2"]
    assert [(each["kind"], each["name"], each["from"]) for each in again["awaited"]] == [
        ("connection", "fra-1", "colocation"),
        ("connection", "fra-2", "colocation"),
    ]


def test_without_an_estate_the_ports_get_their_names_all_the_same(run, client):
    run(estate=None, tags={})

    assert sorted(ports(client)) == ["fra-1", "fra-2"]
    assert run(estate=None, tags={})["changed"] is False


@pytest.mark.parametrize("mode", ["drop-answer", "error-after"])
def test_an_order_whose_answer_is_lost_is_found_with_its_ports(run, aws_model, client, mode):
    aws_model.break_call("CreateLag", mode)

    run()

    assert (len(lags(client)), sorted(ports(client))) == (1, ["fra-1", "fra-2"])
    assert run()["changed"] is False


@pytest.mark.parametrize("mode", ["drop-answer", "error-after"])
@pytest.mark.parametrize(
    ("operation", "wish"),
    [
        pytest.param("TagResource", {}, id="tags of a port"),
        pytest.param("UpdateConnection", {}, id="name of a port"),
        pytest.param("UpdateLag", {}, id="minimum"),
        pytest.param("CreateConnection", {"connections": ["fra-1", "fra-2", "fra-3"]}, id="port"),
        pytest.param(
            "DisassociateConnectionFromLag",
            {"connections": ["fra-1"], "consent": ["fra-2"]},
            id="port that leaves",
        ),
        pytest.param(
            "DeleteConnection", {"state": "absent", "consent": ["fra-1", "fra-2"]}, id="port goes"
        ),
        pytest.param(
            "DeleteLag", {"state": "absent", "consent": ["fra-1", "fra-2"]}, id="the LAG goes"
        ),
    ],
)
def test_a_change_whose_answer_is_lost_is_seen_and_not_sent_again(
    run, aws_model, operation, wish, mode
):
    if wish:
        run()
    aws_model.break_call(operation, mode)

    result = run(**wish)

    assert result["changed"], result
    assert max(Counter(aws_model.changes()).values()) <= len(LAG["connections"])
    assert run(**wish)["changed"] is False


def test_a_lag_is_made_of_the_port_that_is_there(run, aws_model, client):
    run(connection, name="fra-2", **PORT)
    there = ports(client)["fra-2"]

    made = run()

    assert aws_model.changes()[0] == "CreateLag"
    assert f"made of connection fra-2 ({there['connectionId']})" in made["plan_text"]
    assert Counter(aws_model.changes())["CreateConnection"] == 1
    assert {name: port["awsDeviceV2"] for name, port in ports(client).items()} == {
        "fra-1": there["awsDeviceV2"],
        "fra-2": there["awsDeviceV2"],
    }
    assert run()["changed"] is False


def test_a_port_is_added_and_the_minimum_raised_in_one_run(run, aws_model, client):
    run()

    run(connections=["fra-1", "fra-2", "fra-3"], minimum_links=2)

    assert aws_model.changes() == ["CreateConnection", "UpdateLag"]
    assert sorted(ports(client)) == ["fra-1", "fra-2", "fra-3"]
    assert lags(client)[0]["minimumLinks"] == 2
    assert run(connections=["fra-1", "fra-2", "fra-3"])["changed"] is False


def test_a_free_port_of_the_device_joins(run, aws_model, client):
    run()
    device = lags(client)[0]["awsDeviceV2"]
    for name in ("x-1", "x-2"):
        run(connection, name=name, **PORT)
    (name,) = [n for n, port in ports(client).items() if n[0] == "x" and _is_on(port, device)]

    joined = run(connections=["fra-1", "fra-2", name])

    assert aws_model.changes() == ["AssociateConnectionWithLag"]
    assert f"join connection {name}: " in joined["plan_text"]
    assert joined["lag"]["connections"] == ["fra-1", "fra-2", name]


def _is_on(port, device):
    return port["awsDeviceV2"] == device


def test_a_port_of_another_device_is_a_fault_that_names_both(run, aws_model, client):
    run()
    device = lags(client)[0]["awsDeviceV2"]
    for name in ("x-1", "x-2"):
        run(connection, name=name, **PORT)
    (name,) = [n for n, port in ports(client).items() if n[0] == "x" and not _is_on(port, device)]

    refused = run(connections=["fra-1", "fra-2", name])

    assert aws_model.changes() == []
    assert f"is on AWS's device {ports(client)[name]['awsDeviceV2']}" in refused["msg"]
    assert f"on {device}" in refused["msg"]


def test_a_member_leaves_only_with_its_name_in_consent(run, aws_model, client):
    run()

    refused = run(connections=["fra-1"])
    assert "needs fra-2 in the consent list" in refused["msg"]
    assert aws_model.changes() == []

    run(connections=["fra-1"], consent=["fra-2"])

    assert aws_model.changes() == ["DisassociateConnectionFromLag"]
    assert "lagId" not in ports(client)["fra-2"]
    assert run(connections=["fra-1"])["changed"] is False


@pytest.mark.parametrize(
    ("drift", "attribute"),
    [
        pytest.param({"lagName": "renamed by hand"}, "name", id="name"),
        pytest.param({"minimumLinks": 0}, "minimum_links", id="no minimum"),
    ],
)
def test_what_was_changed_by_hand_is_changed_back(run, aws_model, client, drift, attribute):
    run()
    client.update_lag(lagId=lags(client)[0]["lagId"], **drift)

    mended = run()

    assert [change["attribute"] for change in mended["plan"][0]["changes"]] == [attribute]
    assert aws_model.changes() == ["UpdateLag"]
    assert run()["changed"] is False


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        pytest.param({"location": "EqAM3"}, "location is EqFA5 at AWS", id="location"),
        pytest.param({"provider": "Telehouse"}, "provider is Equinix at AWS", id="provider"),
        pytest.param({"request_macsec": True}, "request_macsec is ", id="macsec"),
        pytest.param({"minimum_links": 0}, "lags[0].minimum_links: is 0", id="no minimum"),
        pytest.param({"minimum_links": 3}, "lags[0].minimum_links: is 3", id="out of reach"),
    ],
)
def test_what_cannot_be_is_refused_before_any_change(run, aws_model, wish, said):
    run()

    refused = run(**wish)

    assert said in refused["msg"]
    assert aws_model.changes() == []


def test_the_lag_goes_with_its_ports_when_each_is_consented_to(run, aws_model, client):
    run(minimum_links=2)

    refused = run(state="absent", consent=["fra-1"])
    assert "needs fra-2 in the consent list" in refused["msg"]

    gone = run(state="absent", consent=["fra-1", "fra-2"])

    assert aws_model.changes() == [
        *("UpdateLag", "DeleteConnection", "DeleteConnection", "DeleteLag"),
    ]
    assert (gone["lag"], lags(client), ports(client)) == (None, [], {})
    assert run(state="absent")["changed"] is False


def test_ports_that_are_not_named_leave_and_stay(run, aws_model, client):
    run()

    run(state="absent", connections=[])

    assert aws_model.changes() == [
        *("UpdateLag", "DisassociateConnectionFromLag", "DisassociateConnectionFromLag"),
        "DeleteLag",
    ]
    assert (lags(client), sorted(ports(client))) == ([], ["fra-1", "fra-2"])


@pytest.mark.parametrize(
    ("there", "names"),
    [
        pytest.param(None, LAG["connections"], id="ordered with its ports"),
        pytest.param(connection, LAG["connections"], id="made of a port"),
        pytest.param(lag, ["fra-1", "fra-2", "fra-3"], id="grown"),
    ],
)
def test_a_run_killed_at_any_change_orders_nothing_twice(run, aws_model, client, there, names):
    if there is connection:
        run(connection, name="fra-2", **PORT)
    if there is lag:
        run()
    wish = {**LAG, "connections": names, "minimum_links": 2}

    assert kill_at_every_change(aws_model, lag.main, **wish)

    assert len(lags(client)) == 1
    assert sorted(ports(client)) == wish["connections"]
    assert lags(client)[0]["minimumLinks"] == 2
    assert run(**wish)["changed"] is False


def test_an_end_killed_at_any_change_is_brought_about_by_the_next_run(run, aws_model, client):
    run()

    changes = kill_at_every_change(
        aws_model, lag.main, **LAG, state="absent", consent=LAG["connections"]
    )

    assert (changes[-1], lags(client), ports(client)) == ("DeleteLag", [], {})
