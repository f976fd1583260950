# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An estate whose interfaces ride on a LAG, against the model of AWS."""

from __future__ import annotations

import json

import boto3

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.acme_document import acme
from tests.fixtures.aws_model import run_module
from tests.fixtures.kills import kill_at_every_change
from tests.fixtures.processes import both_find_nothing

PORTS = ("fra-1", "fra-2")
GONE = ("deleting", "deleted")


def document(**changes):
    """Return the estate with a LAG of two ports in place of the connection fra-a."""
    wish = acme()
    (one,) = wish["connections"]
    wish["connections"] = [{**one, "name": name} for name in PORTS]
    wish["lags"] = [{**one, "name": "fra-a", "connections": list(PORTS), **changes}]
    return wish


def reconcile(model, wish=None, **options):
    model.forget_calls()
    return run_module(
        estate.main, estate=wish or document(), account="network", **model.options(), **options
    )


def build(model):
    """Order the LAG, have its cables plugged, and let the interfaces be made."""
    reconcile(model)
    model.patch(*PORTS)
    return reconcile(model)


def there(model):
    """Return what lives at AWS, past all that the module believes."""
    options = model.options()
    client = boto3.client(
        "directconnect",
        region_name=options["region"],
        endpoint_url=options["endpoint_url"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
    )
    answers = (
        (client.describe_lags()["lags"], "lag"),
        (client.describe_connections()["connections"], "connection"),
        (client.describe_virtual_interfaces()["virtualInterfaces"], "virtualInterface"),
    )
    return sorted(
        thing[f"{kind}Name"]
        for things, kind in answers
        for thing in things
        if thing[f"{kind}State"] not in GONE
    )


CAK = "c0ffee" * 10 + "beef"
ALL = ["fra-1", "fra-2", "fra-a", "fra-a-private", "fra-a-transit"]


def test_interfaces_are_made_on_the_lag_once_a_cable_is_plugged(aws_model):
    first = reconcile(aws_model)
    assert [each["name"] for each in first["awaited"]] == ["fra-1", "fra-2"]
    aws_model.patch("fra-1")

    second = reconcile(aws_model)

    assert "CreateLag" not in aws_model.changes()
    assert there(aws_model) == ALL
    assert {each["connection"] for each in second["observed"]["virtual_interfaces"]} == {"fra-a"}
    assert [each["name"] for each in second["awaited"]] == ["fra-2"]


def test_a_finished_estate_with_a_lag_costs_one_read_more_and_no_change(aws_model):
    build(aws_model)

    again = reconcile(aws_model)

    assert (again["changed"], again["plan"], again["awaited"]) == (False, [], [])
    assert (aws_model.changes(), aws_model.calls().count("DescribeLags")) == ([], 1)


def test_a_check_predicts_the_calls_of_both_runs(aws_model):
    planned = reconcile(aws_model, check=True)
    assert aws_model.changes() == []

    reconcile(aws_model)
    made = len(aws_model.changes())
    aws_model.patch(*PORTS)
    reconcile(aws_model)

    assert len(planned["plan"]) == made + len(aws_model.changes())


def test_a_port_with_interfaces_becomes_a_lag_and_they_come_along(aws_model):
    single = acme()
    single["connections"][0]["name"] = "fra-1"
    for interface in single["virtual_interfaces"]:
        interface["on"] = "fra-1"
    reconcile(aws_model, single)
    aws_model.patch("fra-1")
    before = reconcile(aws_model, single)["observed"]["virtual_interfaces"]

    after = reconcile(aws_model)

    assert aws_model.changes() == ["CreateLag", "CreateConnection", "UpdateLag"]
    assert there(aws_model) == ALL
    riders = after["observed"]["virtual_interfaces"]
    assert [each["id"] for each in riders] == [each["id"] for each in before]
    assert {each["connection"] for each in riders} == {"fra-a"}
    aws_model.patch(*PORTS)
    assert reconcile(aws_model)["changed"] is False


def test_runs_killed_at_any_change_build_it_once(aws_model):
    wish = {"estate": document(minimum_links=2), "account": "network"}

    ordered = kill_at_every_change(aws_model, estate.main, **wish)
    aws_model.patch(*PORTS)
    made = kill_at_every_change(aws_model, estate.main, **wish)

    assert (ordered.count("CreateLag"), there(aws_model)) == (1, ALL)
    assert "CreateTransitVirtualInterface" in made
    assert reconcile(aws_model, wish["estate"])["changed"] is False


def test_runs_killed_at_any_change_take_all_of_it_down(aws_model):
    build(aws_model)

    changes = kill_at_every_change(
        aws_model,
        estate.main,
        estate=document(),
        account="network",
        state="absent",
        consent=list(PORTS),
    )

    assert [each for each in changes if "Lag" in each] == ["UpdateLag", "DeleteLag"]
    assert (changes.count("DeleteConnection"), there(aws_model)) == (2, [])


def test_macsec_is_the_lags_and_comes_before_it_is_a_must(aws_model):
    keys = [{"ckn": f"{number}a" * 32, "cak": CAK} for number in (1, 2)]
    secured = {"request_macsec": True, "macsec_keys": keys, "encryption_mode": "must_encrypt"}
    wish = document(**secured)
    for port in wish["connections"]:
        port["request_macsec"] = True
    reconcile(aws_model, wish)
    aws_model.patch(*PORTS)

    made = reconcile(aws_model, wish, wait_seconds=20)

    (lag,) = made["observed"]["lags"]
    assert [key["ckn"] for key in lag["macsec_keys"]] == [key["ckn"] for key in keys]
    assert (lag["encryption_mode"], lag["encryption_status"]) == ("must_encrypt", "Encryption Up")
    assert CAK not in json.dumps(made)
    assert reconcile(aws_model, wish)["changed"] is False


def test_of_two_lags_ordered_on_two_control_nodes_people_are_told_and_none_is_cancelled(
    aws_model, tmp_path
):
    homes = tmp_path / "one", tmp_path / "two"

    results = both_find_nothing(
        aws_model, "DescribeLags", *homes, estate=document(), scope=["connections", "lags"]
    )

    # One that had ended before the other ordered could not know.
    told = [result["msg"] for result in results if "msg" in result]
    assert told
    assert all("lag fra-a exists twice" in message for message in told)
    assert aws_model.changes().count("CreateLag") == 2
    assert not [each for each in aws_model.changes() if each.startswith("Delete")]


def test_ports_and_lag_that_are_no_longer_declared_are_pruned_by_consent(aws_model):
    build(aws_model)
    bare = acme() | {"connections": [], "virtual_interfaces": []}

    refused = reconcile(aws_model, bare, prune=True)
    assert "needs fra-2 in the consent list" in refused["msg"]

    reconcile(aws_model, bare, prune=True, consent=[*ALL])

    assert there(aws_model) == []
