# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec keys and modes of the model, through boto3."""

from __future__ import annotations

import pytest

CKNS = [f"{number:064x}" for number in range(1, 6)]
CAK = "c0ffee" * 10 + "beef"


@pytest.fixture
def port(circuits, aws):
    connection = circuits.connection(requestMACSec=True)
    aws.plug(connection)
    aws.pass_time(2)
    return connection


@pytest.fixture
def macsec(circuits, aws, port):
    return Macsec(circuits, aws, port)


class Macsec:
    """A port with MACsec, and what tests do to it."""

    def __init__(self, circuits, aws, port):
        self.client = circuits.direct_connect
        self.aws = aws
        self.port = port

    def add(self, ckn=CKNS[0], on=None):
        made = self.client.associate_mac_sec_key(connectionId=on or self.port, ckn=ckn, cak=CAK)
        self.aws.pass_time(1)
        return made["macSecKeys"][-1]["secretARN"]

    def drop(self, secret):
        self.client.disassociate_mac_sec_key(connectionId=self.port, secretARN=secret)
        self.aws.pass_time(1)

    def seen(self, connection=None):
        which = connection or self.port
        return self.client.describe_connections(connectionId=which)["connections"][0]

    def router_holds(self, *ckns):
        self.aws.control("POST", "macsec", {"connection": self.port, "ckns": list(ckns)})


def test_a_key_is_associated_in_its_time_and_encryption_comes_up(macsec):
    assert macsec.seen()["portEncryptionStatus"] == "Encryption Down"
    made = macsec.client.associate_mac_sec_key(connectionId=macsec.port, ckn=CKNS[0], cak=CAK)
    (key,) = made["macSecKeys"]
    assert (key["ckn"], key["state"]) == (CKNS[0], "associating")
    assert key["secretARN"].startswith(
        "arn:aws:secretsmanager:eu-central-1:111122223333:secret:directconnect!"
    )
    macsec.aws.pass_time(1)
    seen = macsec.seen()
    assert [each["state"] for each in seen["macSecKeys"]] == ["associated"]
    assert seen["portEncryptionStatus"] == "Encryption Up"


def test_the_cak_is_in_no_answer_no_list_and_no_log(macsec):
    macsec.add()
    told = [
        macsec.client.describe_connections(),
        macsec.client.describe_lags(),
        macsec.aws.control("GET", "connections"),
        (macsec.aws.state / "calls.jsonl").read_text(encoding="utf-8"),
    ]
    assert CAK not in str(told)


def test_a_port_holds_three_keys_and_no_fourth(macsec, refusal):
    for ckn in CKNS[:3]:
        macsec.add(ckn)
    assert refusal(
        macsec.client.associate_mac_sec_key, connectionId=macsec.port, ckn=CKNS[3], cak=CAK
    ) == (f"{macsec.port} has the maximum number of MACsec keys (3).")


def test_a_secret_that_was_associated_once_can_be_associated_elsewhere(macsec, circuits):
    secret = macsec.add()
    other = circuits.connection("other", requestMACSec=True)
    made = macsec.client.associate_mac_sec_key(connectionId=other, secretARN=secret)
    assert [key["ckn"] for key in made["macSecKeys"]] == [CKNS[0]]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        pytest.param({}, "either the secret ARN, or the CKN and the CAK", id="nothing"),
        pytest.param({"ckn": CKNS[1]}, "both the CKN and the CAK", id="ckn alone"),
        pytest.param({"cak": CAK}, "both the CKN and the CAK", id="cak alone"),
        pytest.param(
            {"ckn": CKNS[1], "cak": CAK, "secretARN": "arn:x"}, "You must specify either", id="all"
        ),
        pytest.param({"ckn": "12", "cak": CAK}, "The CKN is not valid", id="short ckn"),
        pytest.param({"ckn": CKNS[1], "cak": "g" * 64}, "The CAK is not valid", id="no hex"),
        pytest.param({"secretARN": "arn:foreign"}, "Could not find MACsec secret", id="foreign"),
        pytest.param({"ckn": CKNS[0], "cak": CAK}, "The CKN is already associated", id="twice"),
    ],
)
def test_a_key_that_is_none_is_refused_without_its_value(macsec, refusal, wanted, text):
    macsec.add()
    said = refusal(macsec.client.associate_mac_sec_key, connectionId=macsec.port, **wanted)
    assert text in said
    assert wanted.get("cak", CAK) not in said


def test_a_port_without_macsec_takes_no_key(circuits, refusal):
    plain = circuits.connection("plain")
    associate = circuits.direct_connect.associate_mac_sec_key
    assert refusal(associate, connectionId=plain, ckn=CKNS[0], cak=CAK) == (
        f"Connection {plain} is not MACsec capable."
    )


def test_a_rotation_that_makes_before_it_breaks_keeps_encryption_up(macsec):
    old = macsec.add(CKNS[0])
    macsec.router_holds(CKNS[0])
    macsec.client.update_connection(connectionId=macsec.port, encryptionMode="must_encrypt")
    macsec.add(CKNS[1])
    assert macsec.seen()["portEncryptionStatus"] == "Encryption Up"
    macsec.router_holds(*CKNS[:2])
    macsec.drop(old)
    seen = macsec.seen()
    assert (seen["portEncryptionStatus"], seen["connectionState"]) == ("Encryption Up", "available")
    assert [key["ckn"] for key in seen["macSecKeys"]] == [CKNS[1]]


def test_a_rotation_that_breaks_first_takes_a_port_down_that_must_encrypt(macsec):
    old = macsec.add(CKNS[0])
    macsec.router_holds(CKNS[0])
    macsec.client.update_connection(connectionId=macsec.port, encryptionMode="must_encrypt")
    macsec.add(CKNS[1])
    macsec.drop(old)
    seen = macsec.seen()
    assert (seen["portEncryptionStatus"], seen["connectionState"]) == ("Encryption Down", "down")
    macsec.router_holds(CKNS[1])
    assert macsec.seen()["connectionState"] == "available"


def test_a_port_that_only_should_encrypt_stays_up_without(macsec):
    macsec.add()
    macsec.router_holds()
    seen = macsec.seen()
    assert (seen["portEncryptionStatus"], seen["connectionState"]) == (
        "Encryption Down",
        "available",
    )


def test_without_its_last_key_a_port_that_must_encrypt_only_should(macsec, refusal):
    secret = macsec.add()
    macsec.client.update_connection(connectionId=macsec.port, encryptionMode="must_encrypt")
    macsec.drop(secret)
    seen = macsec.seen()
    assert (seen["encryptionMode"], seen["macSecKeys"]) == ("should_encrypt", [])
    assert refusal(
        macsec.client.disassociate_mac_sec_key, connectionId=macsec.port, secretARN=secret
    ) == (f"MACsec secret {secret} is not associated with {macsec.port}.")


def test_the_keys_and_the_mode_of_a_lag_are_those_of_its_members(macsec, refusal):
    macsec.add(CKNS[0])
    lag = macsec.client.create_lag(
        numberOfConnections=2,
        location="EqFA5",
        connectionsBandwidth="10Gbps",
        lagName="pair",
        connectionId=macsec.port,
        requestMACSec=True,
    )["lagId"]
    macsec.aws.pass_time(2)
    assert macsec.seen()["macSecKeys"] == []
    macsec.add(CKNS[1], on=lag)
    changed = macsec.client.update_lag(lagId=lag, encryptionMode="must_encrypt")
    assert [key["ckn"] for key in changed["macSecKeys"]] == [CKNS[1]]
    seen = macsec.seen()
    assert seen["encryptionMode"] == "must_encrypt"
    assert [key["ckn"] for key in seen["macSecKeys"]] == [CKNS[1]]
    assert refusal(
        macsec.client.associate_mac_sec_key, connectionId=macsec.port, ckn=CKNS[2], cak=CAK
    ) == (f"Connection {macsec.port} is a member of {lag}, whose MACsec keys it uses.")
    assert refusal(
        macsec.client.update_connection, connectionId=macsec.port, encryptionMode="no_encrypt"
    ) == (f"Connection {macsec.port} is a member of a LAG. Update the LAG.")
    macsec.aws.control("POST", "macsec", {"connection": "pair", "ckns": []})
    (down,) = macsec.client.describe_lags()["lags"]
    assert {each["connectionState"] for each in down["connections"]} == {"down", "pending"}


def test_a_member_that_leaves_a_lag_keeps_the_keys_it_used(macsec):
    lag = macsec.client.create_lag(
        numberOfConnections=1,
        location="EqFA5",
        connectionsBandwidth="10Gbps",
        lagName="one",
        connectionId=macsec.port,
        requestMACSec=True,
    )["lagId"]
    macsec.add(CKNS[1], on=lag)
    macsec.client.disassociate_connection_from_lag(connectionId=macsec.port, lagId=lag)
    assert [key["ckn"] for key in macsec.seen()["macSecKeys"]] == [CKNS[1]]


def test_the_router_of_nothing_cannot_hold_keys(aws):
    status, text = aws.refused("POST", "macsec", {"connection": "nobody", "ckns": []})
    assert (status, "0 connections and LAGs have the id or name nobody" in text) == (400, True)
