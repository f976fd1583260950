# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec keys of the model of AWS by the modules: first keys, rotation, refusals, secrecy."""

from __future__ import annotations

import json

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import connection, estate, lag, macsec_key
from tests.fixtures.aws_model import run_module

CKNS = [f"{number:063x}a" for number in range(1, 6)]
CAKS = [f"{number:02x}" * 31 + "Fe" for number in range(0xA1, 0xA6)]
PORT = {"name": "fra-a", "location": "EqFA5", "bandwidth": "10Gbps", "request_macsec": True}


def pairs(*positions):
    return [{"ckn": CKNS[position], "cak": CAKS[position]} for position in positions]


class Port:
    """A port with MACsec that is up, and what tests do to it."""

    def __init__(self, model):
        self.model = model

    def order(self, **options):
        return run_module(connection.main, **self.model.options(), **{**PORT, **options})

    def keys(self, *positions, **options):
        self.model.forget_calls()
        wanted = {"connection": "fra-a", "keys": pairs(*positions), **options}
        if "lag" in options:
            del wanted["connection"]
        return run_module(macsec_key.main, **self.model.options(), **wanted)

    def router_holds(self, *positions):
        ckns = [CKNS[position] for position in positions]
        self.model.ask("macsec", {"connection": "fra-a", "ckns": ckns})


@pytest.fixture
def port(aws_model):
    port = Port(aws_model)
    port.order()
    aws_model.patch("fra-a")
    aws_model.let_time_pass(5)
    assert port.order()["connection"]["state"] == "available"
    return port


def ckns(result):
    return [key["ckn"] for key in result["macsec_keys"]]


def test_a_first_key_is_planned_added_and_then_left_alone(port):
    planned = port.keys(0, check=True)
    first = port.keys(0)
    made = port.model.changes()
    second = port.keys(0)

    assert (planned["changed"], first["changed"], second["changed"]) == (True, True, False)
    assert (made, port.model.changes()) == (["AssociateMacSecKey"], [])
    assert ckns(second) == CKNS[:1]
    assert second["encryption_status"] == "Encryption Up"


def test_a_ckn_in_other_letters_is_the_same(port):
    port.keys(0)

    upper = [{"ckn": CKNS[0].upper(), "cak": CAKS[0]}]

    assert port.keys(keys=upper)["changed"] is False


def test_a_rotation_makes_before_it_breaks(port):
    port.keys(0)

    rotated = port.keys(1)

    assert port.model.changes() == ["AssociateMacSecKey", "DisassociateMacSecKey"]
    assert port.model.calls().index("DisassociateMacSecKey") > len(port.model.changes())
    assert (ckns(rotated), rotated["encryption_status"]) == (CKNS[1:2], "Encryption Up")
    assert port.keys(1)["changed"] is False


def test_three_keys_are_replaced_by_three_with_never_a_fourth(port):
    port.keys(0, 1, 2)

    rotated = port.keys(2, 3, 4)

    assert port.model.changes() == ["DisassociateMacSecKey", "AssociateMacSecKey"] * 2
    assert sorted(ckns(rotated)) == sorted(CKNS[2:])


def test_without_encryption_both_keys_stay_and_the_router_is_awaited(port):
    port.keys(0)
    port.router_holds()

    stopped = port.keys(1, settle_seconds=1)

    assert port.model.changes() == ["AssociateMacSecKey"]
    assert ckns(stopped) == CKNS[:2]
    (awaited,) = stopped["awaited"]
    assert (awaited["kind"], awaited["from"]) == ("encryption", "own team")
    assert CKNS[1] in awaited["what"]
    port.router_holds(1)
    assert ckns(port.keys(1)) == CKNS[1:2]


def test_encryption_that_goes_down_between_two_steps_stops_the_rotation(port):
    port.keys(0, 1)
    port.router_holds(0)

    stopped = port.keys(2, settle_seconds=1)

    assert sorted(ckns(stopped)) == sorted(CKNS[1:3])
    assert port.model.changes() == ["AssociateMacSecKey", "DisassociateMacSecKey"]
    assert stopped["encryption_status"] == "Encryption Down"
    assert "in the key chain" in stopped["awaited"][0]["what"]


def test_a_port_that_must_encrypt_keeps_its_old_key_until_its_name_is_given(port):
    port.keys(0)
    port.order(encryption_mode="must_encrypt")
    port.router_holds(0)

    kept = port.keys(1)
    again = port.keys(1)
    calls = port.model.changes()
    port.router_holds(0, 1)
    rotated = port.keys(1, consent=["fra-a"])

    assert sorted(ckns(kept)) == CKNS[:2]
    assert (again["changed"], calls) == (False, [])
    assert "must encrypt and keeps MACsec key" in again["plan_text"]
    assert (ckns(rotated), rotated["encryption_status"]) == (CKNS[1:2], "Encryption Up")


def test_the_last_key_goes_with_consent_only(port):
    port.keys(0)
    port.order(encryption_mode="must_encrypt")

    refused = port.keys(0, state="absent")
    gone = port.keys(keys=[{"ckn": CKNS[0]}], state="absent", consent=["fra-a"])

    assert "the last key goes, and AWS lets fra-a pass traffic in clear" in refused["msg"]
    assert "this needs fra-a in the consent list" in refused["msg"]
    assert (gone["macsec_keys"], gone["encryption_mode"]) == ([], "should_encrypt")
    assert port.keys(0, state="absent")["changed"] is False


def test_must_encrypt_waits_for_encryption_unless_the_outage_is_agreed_to(port):
    waiting = port.order(encryption_mode="must_encrypt")
    agreed = port.order(encryption_mode="must_encrypt", consent=["fra-a"])

    assert waiting["changed"] is False
    assert waiting["plan"][0]["waits_for"] == [
        "encryption fra-a to be Encryption Up (now Encryption Down)"
    ]
    assert agreed["connection"]["encryption_mode"] == "must_encrypt"


def test_a_name_and_a_mode_are_changed_by_one_call(port):
    port.keys(0)
    named = port.order()["connection"]["id"]
    port.model.forget_calls()

    changed = port.order(name=named, encryption_mode="must_encrypt")["connection"]

    assert port.model.changes() == ["UpdateConnection"]
    assert (changed["encryption_mode"], changed["id"]) == ("must_encrypt", named)


def test_a_port_without_macsec_takes_no_key(aws_model):
    port = Port(aws_model)
    port.order(name="plain", request_macsec=False)

    refused = port.keys(0, connection="plain")

    assert "was not requested with MACsec and takes no key" in refused["msg"]
    assert aws_model.changes() == []


def test_a_port_that_is_not_there_is_an_error(aws_model):
    assert "there is no connection fra-a" in Port(aws_model).keys(0)["msg"]


def test_a_key_that_is_none_is_refused_before_any_call_and_not_quoted(port):
    refused = port.keys(keys=[{"ckn": CKNS[0], "cak": "my-secret-password"}])

    assert "macsec_keys[0].cak: has 18 characters" in refused["msg"]
    assert "my-secret-password" not in json.dumps(refused)
    assert port.model.calls() == []


def test_no_cak_is_in_any_result(port):
    results = [port.keys(0), port.keys(1), port.keys(1), port.keys(0, connection="nobody")]
    port.model.break_call("AssociateMacSecKey", "error-after")
    results.append(port.keys(2))

    told = json.dumps(results)

    assert not [cak for cak in CAKS if cak.lower() in told.lower()]


def test_a_lost_answer_leads_to_no_second_key(port):
    port.model.break_call("AssociateMacSecKey", "error-after")

    result = port.keys(0)

    assert (port.model.changes(), ckns(result)) == (["AssociateMacSecKey"], CKNS[:1])


def test_the_keys_of_a_lag_are_rotated_on_the_lag(aws_model):
    bundle = {"name": "fra", "connections": ["fra-1", "fra-2"]}
    wanted = {**PORT, **bundle}
    run_module(lag.main, **aws_model.options(), **wanted)
    aws_model.patch("fra-1", "fra-2")
    aws_model.let_time_pass(5)
    port = Port(aws_model)
    port.keys(0, lag="fra")

    rotated = port.keys(1, lag="fra")

    assert aws_model.changes() == ["AssociateMacSecKey", "DisassociateMacSecKey"]
    assert (ckns(rotated), rotated["encryption_status"]) == (CKNS[1:2], "Encryption Up")
    assert port.keys(1, lag="fra")["changed"] is False
    assert "is a member of" in port.keys(0, connection="fra-1")["msg"]


def test_a_secret_of_awss_own_stands_for_its_pair(port):
    secret = port.keys(0)["macsec_keys"][0]["secret"]
    port.order(name="fra-b")
    port.model.let_time_pass(5)

    keys = [{"secret": secret}]
    first = port.keys(connection="fra-b", keys=keys)

    assert (first["changed"], ckns(first)) == (True, CKNS[:1])
    assert port.keys(connection="fra-b", keys=keys)["changed"] is False


def test_an_estate_comes_from_the_order_to_must_encrypt_by_running_it_again(aws_model):
    port = {**PORT, "account": "network", "macsec_keys": pairs(0)}
    wish = {"name": "acme", "connections": [{**port, "encryption_mode": "must_encrypt"}]}
    options = {"estate": wish, "account": "network", **aws_model.options()}

    planned = run_module(estate.main, check=True, **options)
    ordered = run_module(estate.main, **options)
    aws_model.patch("fra-a")
    aws_model.let_time_pass(5)
    done = run_module(estate.main, **options)

    assert [action["verb"] for action in planned["plan"]] == ["create", "update", "create"]
    assert ordered["observed"]["connections"][0]["macsec_keys"][0]["ckn"] == CKNS[0]
    (seen,) = done["observed"]["connections"]
    assert (seen["encryption_mode"], seen["state"]) == ("must_encrypt", "available")
    assert run_module(estate.main, **options)["changed"] is False
    assert done["awaited"] == []
