# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/import.yml: what was made by hand comes under an estate, and nothing changes."""

from __future__ import annotations

import boto3
import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.modules import estate, estate_info
from tests.fixtures.acme_document import KEYS, acme
from tests.fixtures.aws_model import run_module
from tests.fixtures.playbook import play_on_model


@pytest.fixture
def by_hand(aws_model):
    """Build the demo estate, and take away every tag that would tell it from the console's."""
    run_module(estate.main, estate=acme(), account="network", **aws_model.options())
    aws_model.patch("fra-a")
    run_module(estate.main, estate=acme(), account="network", **aws_model.options())
    options = aws_model.options()
    client = boto3.client(
        "directconnect",
        region_name=options["region"],
        endpoint_url=options["endpoint_url"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
    )
    seen = run_module(estate_info.main, estate=acme(), account="network", **options)["observed"]
    owner = f"{seen['region']}:{seen['account_id']}"
    resources = [f"{owner}:dxcon/{each['id']}" for each in seen["connections"]]
    resources += [f"{owner}:dxvif/{each['id']}" for each in seen["virtual_interfaces"]]
    resources += [f":{seen['account_id']}:dx-gateway/{each['id']}" for each in seen["gateways"]]
    marks = ["crossconnect:estate", "crossconnect:name", "crossconnect:ordered-at"]
    for resource in resources:
        client.untag_resource(resourceArn=f"arn:aws:directconnect:{resource}", tagKeys=marks)
    aws_model.forget_calls()
    return aws_model


def run_import(model, folder, *words):
    """Run the playbook on one account."""
    name = ("-e", "dx_import_name=acme")
    return play_on_model("playbooks/import.yml", folder, model, *name, *words)


def test_what_was_made_by_hand_becomes_an_estate_that_plans_nothing(by_hand, tmp_path):
    done = run_import(by_hand, tmp_path)

    assert done.rc == 0, done.output
    said = " ".join(done.output.split())
    assert "describes what the account has, and plans nothing" in said
    assert "BGP keys are left out" in said
    assert by_hand.changes() == []
    written = (tmp_path / "acme/estate/network.yml").read_text()
    assert not any(key in written + done.output for key in KEYS.values())
    document = yaml.safe_load(written)
    assert document["adopt"] is False
    assert [each["name"] for each in document["connections"]] == ["fra-a"]
    assert [each["type"] for each in document["virtual_interfaces"]] == ["transit", "private"]


def test_the_engineer_takes_it_over_by_one_word(by_hand, tmp_path):
    run_import(by_hand, tmp_path)
    document = yaml.safe_load((tmp_path / "acme/estate/network.yml").read_text())
    by_hand.forget_calls()

    taken = run_module(
        estate.main, estate={**document, "adopt": True}, account="network", **by_hand.options()
    )

    assert {action["verb"] for action in taken["plan"]} == {"adopt"}
    assert set(by_hand.changes()) == {"TagResource"}


def test_check_mode_reads_and_writes_nothing(by_hand, tmp_path):
    done = run_import(by_hand, tmp_path, "--check")

    assert done.rc == 0, done.output
    assert not (tmp_path / "acme").exists()
    assert by_hand.changes() == []
