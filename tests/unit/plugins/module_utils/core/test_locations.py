# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which locations fit a wish: each filter, each reason for a rank, and the order of reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.crossconnect.dx.plugins.module_utils.core.location import (
    BillingMode,
    Location,
    Wish,
    megabits,
    speed,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.location_filters import unmet
from ansible_collections.crossconnect.dx.plugins.module_utils.core.locations import left_out, rank
from ansible_collections.crossconnect.dx.plugins.module_utils.core.metros import METROS

FRA = Location(
    code="EqFA5",
    name="Equinix FR5, Frankfurt, DEU",
    region="eu-central-1",
    port_speeds=("1Gbps", "10Gbps", "100Gbps"),
    macsec_port_speeds=("10Gbps", "100Gbps"),
    providers=("Colt", "Equinix"),
    billing_modes=(
        BillingMode(mode="PayAsYouGo", port_speeds=("1Gbps", "10Gbps", "100Gbps")),
        BillingMode(
            mode="FlatRateTier1", port_speeds=("10Gbps",), included_regions=("eu-central-1",)
        ),
    ),
)
AMS = replace(FRA, code="EqAM3", name="Equinix AM3, Amsterdam, NLD")
SILENT = Location(code="SILENT")


@pytest.mark.parametrize(
    ("told", "meant"),
    [("10G", "10Gbps"), ("400 Gbps", "400Gbps"), ("500mbps", "500Mbps"), ("fast", "fast")],
)
def test_a_speed_is_written_as_orders_write_it(told, meant):
    assert speed(told) == meant


def test_speeds_are_compared_by_size():
    assert [megabits(each) for each in ("500M", "10Gbps", "1Tbps", "fast")] == [
        500,
        10_000,
        1_000_000,
        0,
    ]


UNMET = {
    "another region": (
        {"regions": ("eu-west-1", "eu-west-2")},
        "regions",
        "belongs to eu-central-1, not to eu-west-1 or eu-west-2",
    ),
    "no such port": (
        {"bandwidth": "400Gbps"},
        "bandwidth",
        "has no ports of 400Gbps, only of 1Gbps, 10Gbps and 100Gbps",
    ),
    "another provider": (
        {"provider": "BT"},
        "provider",
        "is reached by Colt and Equinix, not by BT",
    ),
    "no MACsec at the speed": (
        {"bandwidth": "1Gbps", "request_macsec": True},
        "request_macsec",
        "has no MACsec at 1Gbps, only at 10Gbps and 100Gbps",
    ),
    "no such billing": (
        {"bandwidth": "1Gbps", "billing_mode": "FlatRateTier1"},
        "billing_mode",
        "does not bill by FlatRateTier1 at 1Gbps, only PayAsYouGo",
    ),
    "no such billing at all": (
        {"billing_mode": "FlatRateTier9"},
        "billing_mode",
        "does not bill by FlatRateTier9, only PayAsYouGo and FlatRateTier1",
    ),
    "billing for another region": (
        {"billing_mode": "FlatRateTier1", "home": "us-east-1"},
        "billing_mode",
        "has FlatRateTier1 for eu-central-1, which does not include us-east-1",
    ),
}


@pytest.mark.parametrize("case", UNMET)
def test_what_is_lacking_is_told_with_what_there_is(case):
    wish, option, sentence = UNMET[case]
    (lack,) = unmet(FRA, Wish(**wish))
    assert (lack.option, lack.sentence) == (option, sentence)
    assert lack.offered


def test_a_location_without_macsec_and_billing_at_that_speed_says_so():
    plain = replace(FRA, macsec_port_speeds=(), port_speeds=("2Gbps",))
    wish = Wish(bandwidth="2Gbps", request_macsec=True, billing_mode="PayAsYouGo")
    assert [lack.sentence for lack in unmet(plain, wish)] == [
        "has no MACsec",
        "does not bill by PayAsYouGo at 2Gbps",
    ]


MET = {
    "nothing is asked for": {},
    "all of it": {
        "bandwidth": "10Gbps",
        "request_macsec": True,
        "provider": "equinix",
        "billing_mode": "FlatRateTier1",
        "regions": ("eu-west-1", "eu-central-1"),
        "home": "eu-central-1",
    },
    "MACsec at any speed": {"request_macsec": True},
    "billing for nobody's region": {"billing_mode": "PayAsYouGo", "home": "us-east-1"},
}


@pytest.mark.parametrize("case", MET)
def test_what_has_it_all_passes(case):
    assert unmet(FRA, Wish(**MET[case])) == ()


def test_what_aws_does_not_tell_rules_nothing_out_but_macsec():
    wish = Wish(bandwidth="10Gbps", provider="Colt", billing_mode="PayAsYouGo")
    assert unmet(SILENT, wish) == ()
    assert [lack.option for lack in unmet(SILENT, replace(wish, request_macsec=True))] == [
        "request_macsec"
    ]


SITE = METROS["Amsterdam, NLD"]
# Each pair differs in what counts and, the other way, in all that counts less.
PAIRS = {
    "no other circuit there": (
        replace(FRA, code="Z", region="us-east-1"),
        replace(FRA, code="A"),
        {"avoid": frozenset({"A"})},
    ),
    "the account's Region": (
        replace(FRA, code="Z"),
        replace(AMS, code="A", region="eu-west-1"),
        {"site": SITE},
    ),
    "the Region that is named first": (
        replace(FRA, code="Z", region="eu-west-1"),
        replace(AMS, code="A"),
        {"regions": ("eu-west-1", "eu-central-1"), "site": SITE},
    ),
    "the distance": (
        replace(AMS, code="Z", macsec_port_speeds=()),
        replace(FRA, code="A"),
        {"site": SITE},
    ),
    "a distance that is known": (
        replace(FRA, code="Z", macsec_port_speeds=()),
        replace(FRA, code="A", name="A cellar"),
        {"site": SITE},
    ),
    "MACsec": (
        replace(FRA, code="Z", port_speeds=("10Gbps",)),
        replace(FRA, code="A", macsec_port_speeds=()),
        {},
    ),
    "MACsec at the speed": (
        replace(FRA, code="Z", macsec_port_speeds=("10Gbps",), port_speeds=("10Gbps",)),
        replace(FRA, code="A", macsec_port_speeds=("100Gbps",)),
        {"bandwidth": "10Gbps"},
    ),
    "speed": (
        replace(FRA, code="Z", providers=()),
        replace(FRA, code="A", port_speeds=("10Gbps",)),
        {},
    ),
    "providers": (replace(FRA, code="Z"), replace(FRA, code="A", providers=("Equinix",)), {}),
    "code": (replace(FRA, code="A"), replace(FRA, code="Z"), {}),
}


@pytest.mark.parametrize("case", PAIRS)
def test_each_reason_counts_before_all_that_come_after_it(case):
    better, worse, wish = PAIRS[case]
    ranked = rank([worse, better], Wish(**{"home": "eu-central-1", **wish}))
    assert [choice.location for choice in ranked] == [better, worse]


def test_the_reasons_are_told_what_counts_most_first():
    wish = Wish(site=SITE, home="eu-central-1", avoid=frozenset({"EqAM3"}), bandwidth="10Gbps")
    best, second = rank([AMS, FRA], wish)
    assert [reason.sentence for reason in best.reasons] == [
        "no other circuit ends here",
        "in eu-central-1, the account's Region",
        "364 km from the site",
        "MACsec at 10Gbps and 100Gbps",
        "ports of up to 100Gbps",
        "2 providers",
    ]
    assert (best.distance_km, second.reasons[0].value) == (364, True)
    assert second.reasons[0].sentence == "another circuit ends here"


def test_what_is_not_told_is_said_not_to_be_told():
    (choice,) = rank([replace(SILENT, providers=("Colt",))], Wish(site=SITE))
    assert [reason.sentence for reason in choice.reasons] == [
        "its Region is not told",
        "its distance is not known",
        "no MACsec",
        "its speeds are not told",
        "1 provider",
    ]
    assert choice.distance_km is None
    assert rank([SILENT], Wish())[0].reasons[-1].sentence == "nobody is named"


def test_who_is_left_out_is_told_every_filter_by_code():
    wish = Wish(bandwidth="400Gbps", provider="BT")
    missing = left_out([FRA, AMS, SILENT], wish)
    assert [each.location.code for each in missing] == ["EqAM3", "EqFA5"]
    assert [lack.option for lack in missing[0].unmet] == ["bandwidth", "provider"]


SPEEDS = st.lists(st.sampled_from(["1Gbps", "10Gbps", "100Gbps"]), unique=True).map(tuple)
PROVIDERS = st.lists(st.sampled_from(["BT", "Colt", "Equinix"]), unique=True).map(tuple)
REGIONS = st.sampled_from(["eu-central-1", "eu-west-1", "us-east-1"])
MODES = st.lists(
    st.builds(
        BillingMode,
        mode=st.sampled_from(["PayAsYouGo", "FlatRateTier1"]),
        port_speeds=SPEEDS,
        included_regions=st.lists(REGIONS, unique=True).map(tuple),
    ),
    unique_by=lambda mode: mode.mode,
).map(tuple)
LOCATIONS = st.lists(
    st.builds(
        Location,
        code=st.from_regex(r"[A-Z]{2}[0-9]", fullmatch=True),
        name=st.sampled_from([FRA.name, AMS.name, "A cellar"]),
        region=REGIONS,
        port_speeds=SPEEDS,
        macsec_port_speeds=SPEEDS,
        providers=PROVIDERS,
        billing_modes=MODES,
    ),
    unique_by=lambda location: location.code,
)
WISHES = st.builds(
    Wish,
    bandwidth=st.sampled_from(["", "1Gbps", "10Gbps"]),
    request_macsec=st.booleans(),
    provider=st.sampled_from(["", "Colt", "BT"]),
    billing_mode=st.sampled_from(["", "PayAsYouGo", "FlatRateTier1"]),
    regions=st.lists(REGIONS, unique=True).map(tuple),
    home=st.one_of(st.just(""), REGIONS),
    site=st.sampled_from([None, SITE]),
    avoid=st.frozensets(st.from_regex(r"[A-Z]{2}[0-9]", fullmatch=True)),
)


@given(locations=LOCATIONS, wish=WISHES, data=st.data())
def test_the_ranking_is_a_total_order_whatever_order_aws_answers_in(locations, wish, data):
    shuffled = data.draw(st.permutations(locations))
    ranked = rank(locations, wish)
    assert ranked == rank(shuffled, wish)
    # Taking one away moves no other.
    if ranked:
        gone = data.draw(st.sampled_from(ranked))
        rest = [each for each in locations if each is not gone.location]
        assert rank(rest, wish) == [each for each in ranked if each is not gone]


@given(locations=LOCATIONS, wish=WISHES)
def test_a_location_passes_if_and_only_if_it_fails_no_filter(locations, wish):
    passed = {choice.location.code for choice in rank(locations, wish)}
    failed = {each.location.code for each in left_out(locations, wish)}
    assert passed == {each.code for each in locations if not unmet(each, wish)}
    assert failed == {each.code for each in locations} - passed


@given(location=LOCATIONS.filter(bool).map(lambda found: found[0]), wish=WISHES)
def test_who_asks_for_less_is_left_with_no_fewer(location, wish):
    filters = {"bandwidth": "", "provider": "", "billing_mode": "", "regions": ()}
    before = {lack.option for lack in unmet(location, wish)}
    for option, nothing in filters.items():
        less = {lack.option for lack in unmet(location, replace(wish, **{option: nothing}))}
        assert option not in less
        assert less <= before
