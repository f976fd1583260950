# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What speaks against a failover test, when one runs, and the verdict on its looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.failover import (
    FailoverTest,
    Looks,
    Session,
    objections,
    peers_to_test,
    sessions_of,
    to_the_same_place,
    verdict,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.failover_words import (
    looks_as_data,
    looks_from_data,
    no_consent,
    other_test,
    record,
    start_text,
    stop_text,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundPeer,
    FoundVirtualInterface,
)

TEN = datetime(2026, 11, 22, 10, tzinfo=UTC)
LATER = datetime(2026, 11, 22, 10, 5, tzinfo=UTC)
TEST = FailoverTest(
    id="test-1",
    virtual_interface_id="dxvif-a",
    peer_ids=("a-ipv4",),
    status="IN_PROGRESS",
    minutes=10,
    started=TEN,
)


def interface(letter="a", *families, status="up", gateway="core", **more):
    """Return an interface with a session of each family, IPv4 if none is named."""
    peers = tuple(
        FoundPeer(id=f"{letter}-{family}", family=family, state="available", status=status, asn=1)
        for family in families or ("ipv4",)
    )
    place = {"connection_id": "dxcon-1", "vlan": 101, "customer_asn": 65001, "peers": peers}
    given = {"type": "transit", "state": "available", **place, **more}
    return FoundVirtualInterface(id=f"dxvif-{letter}", name=letter, gateway_id=gateway, **given)


def look(**status):
    """Return a look at IPv4 sessions: a="up" is the one of interface a."""
    return tuple(
        Session(virtual_interface=name, id=f"{name}-ipv4", family="ipv4", status=word)
        for name, word in status.items()
    )


def speaks_against(found, others=(), families=()):
    seen = sessions_of([found, *others])
    return objections(found, peers_to_test(found, families), seen, families)


GOOD = Looks(before=look(a="up", b="up"), during=look(a="down", b="up"), after=look(a="up", b="up"))


@pytest.mark.parametrize(
    ("status", "ended", "runs"),
    [
        pytest.param("IN_PROGRESS", None, True, id="in progress"),
        pytest.param("In Progress", LATER, True, id="in other letters, with its end foretold"),
        pytest.param("COMPLETED", None, False, id="completed"),
        pytest.param("STOPPED", LATER, False, id="a word that nobody knows, with an end"),
        pytest.param("PENDING", None, True, id="a word that nobody knows, without one"),
    ],
)
def test_a_test_runs_by_its_status_and_its_end(status, ended, runs):
    assert replace(TEST, status=status, ended=ended).runs is runs


def test_a_test_that_runs_ends_by_its_minutes_and_one_that_is_over_when_it_did():
    assert TEST.ends == datetime(2026, 11, 22, 10, 10, tzinfo=UTC)
    assert replace(TEST, status="COMPLETED", ended=LATER).ends == LATER
    assert replace(TEST, started=None).ends is None


def test_only_the_living_to_the_same_gateway_lead_to_the_same_place():
    found = interface("a")
    twin, far = interface("b"), interface("c", gateway="other")
    gone = interface("d", state="deleted")
    assert to_the_same_place(found, [found, twin, far, gone]) == (found, twin)


def test_public_interfaces_lead_to_one_place():
    found, other = (interface(each, gateway=None, type="public") for each in "ab")
    without = interface("c", gateway=None)
    assert to_the_same_place(found, [found, other, without]) == (found, other)


def test_sessions_come_by_name_and_family_without_those_that_are_gone():
    dual = interface("a", "ipv6", "ipv4")
    gone = replace(dual.peers[0], id="old", state="deleted")
    things = [interface("b"), replace(dual, peers=(*dual.peers, gone))]
    assert [each.id for each in sessions_of(things)] == ["a-ipv4", "a-ipv6", "b-ipv4"]


def test_families_narrow_what_goes_down():
    dual = interface("a", "ipv4", "ipv6")
    assert [each.id for each in peers_to_test(dual, ["ipv6"])] == ["a-ipv6"]
    assert len(peers_to_test(dual, [])) == 2


def test_nothing_speaks_against_a_test_with_another_way_for_each_family():
    found = interface("a", "ipv4", "ipv6")
    assert speaks_against(found, [interface("b"), interface("c", "ipv6")]) == []


def test_another_interface_of_the_same_name_is_another_way():
    assert speaks_against(interface("a"), [replace(interface("b"), name="a")]) == []


LONELY = "traffic would have no way; bring one up first"


@pytest.mark.parametrize(
    ("found", "others", "families", "said"),
    [
        pytest.param(
            interface("a"),
            (),
            (),
            [
                (
                    "no other virtual interface of this account to gateway core has its ipv4 "
                    f"session up (there is none): {LONELY}"
                )
            ],
            id="alone",
        ),
        pytest.param(
            interface("a", gateway=None, type="public"),
            (interface("b", gateway=None, type="public", status="down"),),
            (),
            [
                (
                    "no other virtual interface of this account to AWS's public network has its "
                    f"ipv4 session up (b: down): {LONELY}"
                )
            ],
            id="the other one is down",
        ),
        pytest.param(
            interface("a", "ipv4", "ipv6"),
            (interface("b"),),
            (),
            [
                (
                    "no other virtual interface of this account to gateway core has its ipv6 "
                    f"session up (there is none): {LONELY}"
                )
            ],
            id="another way for one family only",
        ),
        pytest.param(
            interface("a", status="down"),
            (interface("b"),),
            (),
            [
                (
                    "the ipv4 session of a is down already, so that a test of it shows nothing: "
                    "bring it up, or name the other family in families"
                )
            ],
            id="down already",
        ),
        pytest.param(
            interface("a"),
            (interface("b"),),
            ("ipv6",),
            ["a has no ipv6 session: name the families that it has"],
            id="a family that it has not",
        ),
        pytest.param(
            replace(interface("a"), peers=()),
            (interface("b"),),
            (),
            ["a has no BGP session: there is nothing to test"],
            id="no session at all",
        ),
    ],
)
def test_what_speaks_against_a_test_is_told(found, others, families, said):
    assert speaks_against(found, others, families) == said


def test_a_test_passes_when_the_others_stayed_and_all_came_back():
    assert verdict(TEST, GOOD) == {
        "outcome": "passed",
        "faults": [],
        "sentence": "passed: while the ipv4 session of a was down, the ipv4 session of b stayed "
        "up, and all that was up before is up again",
    }


def test_of_two_sessions_that_went_down_both_are_named():
    test = replace(TEST, peer_ids=("a-ipv4", "c-ipv4"))
    both = Looks(
        before=look(a="up", b="up", c="up"),
        during=look(a="down", b="up", c="down"),
        after=look(a="up", b="up", c="up"),
    )
    assert (
        "while the ipv4 session of a and the ipv4 session of c were down"
        in (verdict(test, both)["sentence"])
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param(
            {"during": look(a="up", b="up")},
            "the ipv4 session of a stayed up during the test, which was to take it down",
            id="it never went down",
        ),
        pytest.param(
            {"during": look(a="down", b="down")},
            "the ipv4 session of b went down during the test, which was not to touch it",
            id="another one fell with it",
        ),
        pytest.param(
            {"during": look(a="down")},
            "the ipv4 session of b went down during the test, which was not to touch it",
            id="another one was deleted meanwhile",
        ),
        pytest.param(
            {"after": look(a="down", b="up")},
            "the ipv4 session of a has not come back after the test",
            id="it did not come back",
        ),
        pytest.param(
            {"during": None, "after": look(a="up", b="down")},
            "the ipv4 session of b has not come back after the test",
            id="a fault counts although a look is missing",
        ),
    ],
)
def test_a_test_fails_with_its_fault(changes, fault):
    assert verdict(TEST, replace(GOOD, **changes)) == {
        "outcome": "failed",
        "faults": [fault],
        "sentence": f"failed: {fault}",
    }


def test_what_was_down_before_the_test_need_not_come_back():
    looks = Looks(
        before=look(a="up", b="up", c="down"),
        during=look(a="down", b="up", c="down"),
        after=look(a="up", b="up", c="down"),
    )
    assert verdict(TEST, looks)["outcome"] == "passed"


@pytest.mark.parametrize("missing", ["before", "during", "after"])
def test_a_verdict_is_open_while_a_look_is_missing(missing):
    seen = verdict(TEST, replace(GOOD, **{missing: None}))
    assert (seen["outcome"], seen["sentence"]) == (
        "open",
        f"open: nobody looked {missing} the test",
    )


def test_a_verdict_on_no_test_is_open():
    assert verdict(None, Looks())["outcome"] == "open"


def test_looks_come_back_from_plain_data_as_they_were():
    looks = replace(GOOD, after=None)
    data = looks_as_data(looks)
    assert data["after"] is None
    assert looks_from_data(data) == looks
    assert looks_from_data({}) == Looks()


def test_a_test_is_told_with_its_times():
    assert record(TEST) == {
        "id": "test-1",
        "status": "IN_PROGRESS",
        "minutes": 10,
        "started": "2026-11-22T10:00:00+00:00",
        "ends": "2026-11-22T10:10:00+00:00",
        "peers": ["a-ipv4"],
    }
    timeless = record(replace(TEST, started=None))
    assert (timeless["started"], timeless["ends"]) == (None, None)


def test_a_start_is_text_that_a_person_can_approve():
    assert start_text("a", look(a="up"), 10, consented=True) == (
        "+ failover test of a: for up to 10 min, then AWS ends it by itself\n"
        "    takes the ipv4 session of a down\n"
        "    consent a: given\n"
    )
    assert start_text("a", (), 10, consented=False).endswith("consent a: MISSING\n")
    assert stop_text("a", TEST) == "- failover test of a (test-1)\n"


def test_a_missing_consent_is_told_with_the_harm():
    assert no_consent("a", look(a="up"), 10) == (
        "start the failover test of a: takes the ipv4 session of a down for up to 10 min; "
        "this needs a in the consent list (dx_consent)"
    )
    assert "takes BGP down" in no_consent("a", (), 10)


def test_the_same_sessions_are_the_same_test_and_others_another():
    assert other_test("a", TEST, look(a="up")) == []
    assert other_test("a", TEST, look(a="up", b="up")) == [
        (
            "a failover test of a with other sessions runs until 2026-11-22T10:10:00+00:00 "
            "(test-1): stop it first, or name its families"
        )
    ]
    assert "runs already (test-1)" in other_test("a", replace(TEST, started=None), ())[0]
