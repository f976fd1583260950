# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module locations_info on the model: one call, a ranking with its reasons, and no surprise."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.modules import locations_info
from tests.fixtures.aws_model import run_module
from tests.fixtures.golden import assert_golden

WISH = {"bandwidth": "10G", "request_macsec": True, "provider": "colt", "metro": "Frankfurt"}


@pytest.fixture
def ask(aws_model):
    """Return a way to ask the model, which tells what was called too."""
    return lambda **wish: run_module(locations_info.main, **aws_model.options(), **wish)


def codes(result, key="locations"):
    return [each["location"] for each in result[key]]


def test_a_location_is_chosen_by_speed_macsec_provider_and_distance(ask, aws_model):
    result = ask(**WISH, avoid=["EqFA5"])

    assert codes(result) == ["IXFRA6", "EqAM3", "EqLD5", "EANB1", "EqSG2", "EqFA5"]
    first, second = result["locations"][:2]
    assert (first["rank"], first["distance_km"], second["distance_km"]) == (1, 0, 364)
    assert first["sentence"] == (
        "IXFRA6 (Interxion FRA6, Frankfurt, DEU): no other circuit ends here, in eu-central-1, the "
        "account's Region, 0 km from the site, MACsec at 10Gbps and 100Gbps, ports of up to "
        "100Gbps, 3 providers"
    )
    assert [reason["about"] for reason in first["reasons"]] == [
        "avoid",
        "region",
        "distance_km",
        "macsec",
        "speed",
        "providers",
    ]
    assert aws_model.calls() == ["DescribeLocations"]
    assert (result["changed"], result["calls"]) == (False, {"DescribeLocations": 1})


def test_who_is_left_out_fails_every_filter_that_is_told(ask):
    result = ask(**WISH)

    failed = {
        each["location"]: [lack["option"] for lack in each["filters"]]
        for each in result["left_out"]
    }
    assert failed == {
        "CEPRG": ["provider", "request_macsec"],
        "EqDC2": ["provider"],
        "LGKNX": ["provider", "request_macsec"],
        "RCL1": ["provider"],
    }
    assert sorted([*codes(result), *failed]) == sorted(codes(ask()))


def test_the_ranking_reads_as_a_table(ask):
    near = ask(**WISH, avoid=["EqFA5"])["table"]
    far = ask(bandwidth="400Gbps", provider="BT")["table"]
    assert_golden("locations/table.txt", "".join(f"{line}\n" for line in (*near, "", *far)))


def test_without_a_wish_all_are_ranked_and_the_own_region_comes_first(ask):
    result = ask()

    regions = [each["region"] for each in result["locations"]]
    assert (regions[:4], result["left_out"]) == (["eu-central-1"] * 4, [])
    assert "eu-central-1" not in regions[4:]


def test_a_location_in_an_unknown_city_has_no_distance_and_comes_last_in_its_region(ask):
    result = ask(latitude=6.5, longitude=3.4, regions=["af-south-1"])

    assert [(each["location"], each["distance_km"] is None) for each in result["locations"]] == [
        ("EANB1", False),
        ("RCL1", True),
    ]


def test_a_billing_mode_has_to_include_the_account_s_region(ask):
    assert codes(ask(billing_mode="FlatRateTier1")) == [
        "EqFA5",
        "EqAM3",
        "IXFRA6",
        "CEPRG",
        "EqLD5",
    ]


def test_a_wish_that_makes_no_sense_costs_no_call_and_all_of_it_is_told(ask, aws_model):
    result = ask(bandwidth="fast", metro="Frankfrut")
    assert result["msg"].splitlines() == [
        "bandwidth: fast is not a port speed, as 10Gbps",
        (
            "metro: Frankfrut is not in the table of cities (it has Frankfurt, DEU): give latitude "
            "and longitude in its place"
        ),
    ]
    assert ask(latitude=91, longitude=-181)["msg"].splitlines() == [
        "latitude: 91.0 is not between -90 and 90 degrees",
        "longitude: -181.0 is not between -180 and 180 degrees",
    ]
    assert "longitude" in ask(latitude=50)["msg"]
    assert "mutually exclusive" in ask(latitude=50, longitude=8, metro="Prague")["msg"]
    assert aws_model.calls() == []


def test_a_refusal_names_the_policy_to_attach(ask, aws_model):
    aws_model.let_in({"AKIATESTTESTTESTTEST": "111122223333"}, {"AKIATESTTESTTESTTEST": []})

    assert "directconnect:DescribeLocations" in ask()["msg"]
