# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""MACsec on a router: which of its ports encrypt, with which keys, and what nobody can do."""

from ansible_collections.crossconnect.dx.plugins.module_utils.core.check import failed, sentence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.evidence import Evidence
from ansible_collections.crossconnect.dx.plugins.module_utils.core.macsec_ports import (
    MacsecPort,
    MacsecPortKey,
    macsec_checks,
    macsec_ports,
    macsec_secrets,
)
from tests.fixtures import bundle, two_sites

CKN, CAK = "AB" * 32, "cd" * 32
PAIR = {"ckn": CKN, "cak": CAK}
SECRET = {"secret": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:directconnect!x"}
ROUTER = "edge-fra-1"
MUST = "must_encrypt"


def estate(*keys, of=two_sites, kind="connections", **more):
    wish = of.document()
    wish[kind][0] |= {"macsec_keys": list(keys), **more}
    for port in [*wish["connections"], *wish.get("lags", [])]:
        port["request_macsec"] = True
    return read_estate(wish)


def test_a_connection_with_keys_is_a_port_that_encrypts():
    wanted = estate(PAIR, port="Ethernet1/1-2")
    name = f"fra-a/{CKN.lower()}"
    assert macsec_ports(wanted, ROUTER) == (
        MacsecPort(
            name="fra-a",
            port="Ethernet1/1-2",
            owner="DX-PORTEthernet1_12",
            keys=(MacsecPortKey(ckn=CKN.lower(), key_name=name),),
            must_secure=False,
        ),
    )
    assert macsec_secrets(wanted, ROUTER) == {name: CAK}
    assert CAK not in repr(macsec_ports(wanted, ROUTER))


def test_every_port_of_a_lag_has_the_keys_of_the_lag():
    wanted = estate(PAIR, of=bundle, kind="lags", encryption_mode="must_encrypt")
    found = macsec_ports(wanted, ROUTER)
    assert [(each.port, each.name, each.must_secure) for each in found] == [
        ("eth1", "fra-a", True),
        ("eth2", "fra-a", True),
    ]
    assert found[0].keys == found[1].keys
    assert list(macsec_secrets(wanted, ROUTER)) == [found[0].keys[0].key_name]


def test_a_port_that_shall_not_encrypt_is_one_without_keys():
    for wanted in (estate(), estate(PAIR, encryption_mode="no_encrypt")):
        (port,) = macsec_ports(wanted, ROUTER)
        assert (port.owner, port.keys, port.must_secure) == ("DX-PORTeth1", (), False)
        assert macsec_secrets(wanted, ROUTER) == {}
    lag = macsec_ports(estate(of=bundle, kind="lags"), ROUTER)
    assert [(each.port, each.keys) for each in lag] == [("eth1", ()), ("eth2", ())]


def test_a_port_without_a_word_on_keys_or_of_another_router_is_left_alone():
    assert macsec_ports(read_estate(two_sites.document()), ROUTER) == ()
    assert macsec_ports(estate(PAIR), "edge-ams-1") == ()


def test_a_platform_without_templates_for_it_is_told():
    assert macsec_checks(estate(PAIR), ROUTER, most_keys=3) == []
    assert macsec_checks(estate(), ROUTER, most_keys=0) == []
    (fault,) = failed(macsec_checks(estate(PAIR), ROUTER, most_keys=0))
    assert sentence(fault) == (
        "edge-fra-1:eth1: macsec: this platform's templates have no MACsec;"
        " expected: a port secured by hand, and dx_make_macsec false for this router"
    )


def test_more_keys_than_a_port_of_the_platform_holds_are_told():
    pairs = [{"ckn": f"{number}" * 64, "cak": CAK} for number in (1, 2, 3)]
    assert macsec_checks(estate(*pairs), ROUTER, most_keys=3) == []
    (fault,) = failed(macsec_checks(estate(*pairs), ROUTER, most_keys=2))
    assert sentence(fault) == (
        "edge-fra-1:eth1: macsec: 3 keys; expected: 2 at most, a key and a fallback:"
        " take out of macsec_keys what is no longer in force"
    )


def test_a_key_that_only_aws_knows_is_told_and_no_port_is_secured_by_it_alone():
    (fault,) = failed(macsec_checks(estate(SECRET), ROUTER, most_keys=3))
    assert sentence(fault) == (
        f"edge-fra-1:eth1: macsec: {SECRET['secret']}; expected: ckn and cak in the estate:"
        " nobody tells a router what a secret at AWS holds"
    )
    assert macsec_ports(estate(SECRET), ROUTER) == ()
    assert len(macsec_ports(estate(SECRET, PAIR), ROUTER)[0].keys) == 1


def at_aws(kind, mode):
    found = {"name": "fra-a", "encryption_mode": mode}
    return Evidence(observed=[{"account": "network", kind: [found]}])


def test_a_port_that_goes_from_must_encrypt_to_nothing_in_one_run_is_warned_of():
    gone = estate(encryption_mode="no_encrypt")
    (warning,) = macsec_checks(gone, ROUTER, most_keys=3, evidence=at_aws("connections", MUST))
    assert warning["verdict"] == "warn"
    assert sentence(warning) == (
        "edge-fra-1:eth1: macsec: it shall no longer encrypt, and AWS says must_encrypt yet;"
        " expected: should_encrypt in a run before, or nothing passes until both sides are"
        " through"
    )
    lag = estate(of=bundle, kind="lags")
    found = macsec_checks(lag, ROUTER, most_keys=3, evidence=at_aws("lags", MUST))
    assert [each["target"] for each in found] == ["edge-fra-1:eth1", "edge-fra-1:eth2"]


def test_a_port_that_goes_stepwise_keeps_its_keys_or_is_unknown_is_not():
    for wanted, mode in (
        (estate(), "should_encrypt"),
        (estate(PAIR), MUST),
        (estate(), None),
    ):
        seen = at_aws("connections", mode)
        assert macsec_checks(wanted, ROUTER, most_keys=3, evidence=seen) == []
