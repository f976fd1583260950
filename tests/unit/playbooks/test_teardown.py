# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""playbooks/teardown.yml over two accounts: what one of them refuses, none of them begins."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import estate
from tests.fixtures.aws_model import run_module
from tests.fixtures.playbook import play_on_model
from tests.fixtures.two_accounts import KEYS

ESTATE = {
    "name": "acme",
    "connections": [
        {"name": "fra-a", "account": "network", "location": "EqFA5", "bandwidth": "10Gbps"}
    ],
    "gateways": [{"name": "apps", "account": "applications", "amazon_asn": 64513}],
}


@pytest.fixture
def built(aws_model):
    """Build a port in one account and a gateway in the other."""
    for name, key in KEYS.items():
        options = aws_model.options(key)
        assert run_module(estate.main, estate=ESTATE, account=name, **options)["changed"]
    aws_model.forget_calls()
    return aws_model


def test_a_consent_that_lacks_in_one_account_keeps_the_other_from_being_touched(built, tmp_path):
    done = play_on_model(
        "playbooks/teardown.yml", tmp_path, built, keys=KEYS, dx_estate=ESTATE, dx_consent=["apps"]
    )

    assert done.rc == 2
    assert "Nothing was touched" in done.output
    assert built.changes() == []


def test_with_consent_both_accounts_are_emptied(built, tmp_path):
    consent = ["fra-a", "apps"]

    done = play_on_model(
        "playbooks/teardown.yml", tmp_path, built, keys=KEYS, dx_estate=ESTATE, dx_consent=consent
    )

    assert done.rc == 0, done.output
    assert sorted(built.changes()) == ["DeleteConnection", "DeleteDirectConnectGateway"]
