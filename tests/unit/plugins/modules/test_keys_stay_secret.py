# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A key that a playbook hands to a module is in none of what Ansible prints, however verbose."""

from __future__ import annotations

import json
import sys

from tests.fixtures.acme_document import KEYS, acme
from tests.fixtures.playbook import play

# Beside the test's own boto3, not where discovery would find a Python.
PYTHON = f"ansible_python_interpreter={sys.executable}"
NOT_REACHED = {
    "region": "eu-central-1",
    "endpoint_url": "http://127.0.0.1:9",
    "access_key": "AKIATESTTESTTESTTEST",
    "secret_key": "test-secret-access-key-that-opens-nothing",
}


def estate_task(session, **options):
    return {
        "crossconnect.dx.estate": {
            "estate": "{{ dx_estate }}",
            "account": "network",
            **session,
            **options,
        }
    }


def printed(tmp_path, *tasks):
    (tmp_path / "estate.json").write_text(json.dumps({"dx_estate": acme()}))
    played = play(tmp_path, list(tasks), "-vvv", "--diff", "-e", "@estate.json", "-e", PYTHON)
    assert '"vlan": 101' in played.output or "vlan: 101" in played.output
    return played


def secrets_in(output):
    return [key for key in (*KEYS.values(), NOT_REACHED["secret_key"]) if key in output]


def test_the_key_is_not_printed_when_all_goes_well(aws_model, tmp_path):
    session = aws_model.options()

    played = printed(tmp_path, estate_task(session), estate_task(session, state="absent"))

    assert "create connection fra-a" in played.output
    assert secrets_in(played.output) == []
    # And what merely looks like a secret is not masked away.
    assert "dxcon-" in played.output
    assert "dxcon-*" not in played.output


def test_the_key_is_not_printed_when_aws_cannot_be_reached(tmp_path):
    played = printed(tmp_path, estate_task(NOT_REACHED))

    assert played.rc != 0
    assert "the connection to http://127.0.0.1:9/ failed" in played.output
    assert secrets_in(played.output) == []


def test_the_key_is_not_printed_when_the_options_are_wrong(tmp_path):
    played = printed(tmp_path, estate_task(NOT_REACHED, scope=["everything"]))

    assert played.rc != 0
    assert "everything" in played.output
    assert secrets_in(played.output) == []


CAK = "c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffee4711"
CKN = "0123456789abcdef" * 4
PORT = {"name": "fra-a", "location": "EqFA5", "bandwidth": "10Gbps", "request_macsec": True}


def play_macsec(tmp_path, cak, *tasks):
    variables = json.dumps({"key": {"ckn": CKN, "cak": cak}})
    (tmp_path / "keys.json").write_text(variables)
    return play(tmp_path, list(tasks), "-vvv", "--diff", "-e", "@keys.json", "-e", PYTHON)


def test_a_cak_is_not_printed_by_any_module_that_takes_it(aws_model, tmp_path):
    session = aws_model.options()
    port = {**PORT, "account": "network", "macsec_keys": ["{{ key }}"]}
    wish = {"name": "acme", "connections": [port]}
    single = {"connection": "fra-a", "keys": ["{{ key }}"], **session}

    played = play_macsec(
        tmp_path,
        CAK,
        {"crossconnect.dx.estate": {"estate": wish, "account": "network", **session}},
        {"crossconnect.dx.macsec_key": single},
    )

    assert f"create macsec_key fra-a/{CKN}" in played.output
    assert CAK not in played.output.lower()


def test_a_cak_that_is_refused_is_not_printed(aws_model, tmp_path):
    bad = CAK[:-1] + "Z"
    single = {"connection": "fra-a", "keys": ["{{ key }}"], **aws_model.options()}

    played = play_macsec(tmp_path, bad, {"crossconnect.dx.macsec_key": single})

    assert played.rc != 0
    assert "macsec_keys[0].cak: has 64 characters or others than hex digits" in played.output
    assert bad.lower() not in played.output.lower()
