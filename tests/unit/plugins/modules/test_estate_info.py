# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module estate_info: what is there, what is missing, and no change ever."""

from __future__ import annotations

from ansible_collections.crossconnect.dx.plugins.modules import estate, estate_info
from tests.fixtures.acme_document import acme
from tests.fixtures.aws_model import run_module


def look(model, document):
    return run_module(estate_info.main, estate=document, account="network", **model.options())


def test_an_empty_account_lacks_everything(aws_model):
    result = look(aws_model, acme())

    assert (result["changed"], result["observed"]["connections"]) == (False, [])
    assert len(result["plan"]) == 8
    assert aws_model.changes() == []


def test_it_tells_which_resiliency_model_is_really_met(aws_model):
    (before, _) = look(aws_model, acme())["resiliency"]
    assert before["sentence"].startswith("gateway core has no circuit yet")

    run_module(estate.main, estate=acme(), account="network", **aws_model.options())
    aws_model.patch("fra-a")
    run_module(estate.main, estate=acme(), account="network", **aws_model.options())

    (core, legacy) = look(aws_model, acme())["resiliency"]
    assert (core["model"], core["circuits"]) == ("basic-resiliency", ["fra-a"])
    assert core["locations"][0]["location"] == "EqFA5"
    assert core["locations"][0]["devices"] != [""]
    assert legacy["of"] == "gateway legacy"


def test_it_shows_what_the_estate_module_shows(aws_model):
    made = run_module(estate.main, estate=acme(), account="network", **aws_model.options())

    result = look(aws_model, acme())

    assert result["observed"] == made["observed"]
    assert result["awaited"] == made["awaited"]


def test_what_cannot_be_reached_is_told_and_does_not_fail(aws_model):
    run_module(estate.main, estate=acme(), account="network", **aws_model.options())
    document = acme()
    document["connections"][0]["bandwidth"] = "1Gbps"

    result = look(aws_model, document)

    assert "failed" not in result
    assert result["faults"][0].startswith("connection fra-a: bandwidth is 10Gbps at AWS")
