# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Locations as records and as a table."""

from __future__ import annotations

from ansible_collections.crossconnect.dx.plugins.module_utils.core.location import (
    BillingMode,
    Location,
    Wish,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.location_words import (
    choice_record,
    left_out_record,
    location_table,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.locations import left_out, rank
from ansible_collections.crossconnect.dx.plugins.module_utils.core.metros import METROS
from tests.fixtures.golden import assert_golden

FRA = Location(
    code="EqFA5",
    name="Equinix FR5, Frankfurt, DEU",
    region="eu-central-1",
    port_speeds=("10Gbps", "100Gbps"),
    macsec_port_speeds=("100Gbps",),
    providers=("Colt", "Equinix"),
    billing_modes=(
        BillingMode(
            mode="FlatRateTier1", port_speeds=("10Gbps",), included_regions=("eu-central-1",)
        ),
    ),
)
CELLAR = Location(code="CELLAR", name="A cellar", region="eu-central-1")
WISH = Wish(site=METROS["Amsterdam, NLD"])


def test_a_location_that_passes_is_told_with_its_reasons():
    (choice,) = rank([FRA], WISH)

    record = choice_record(1, choice)

    assert (record["rank"], record["location"], record["distance_km"]) == (1, "EqFA5", 364)
    assert record["billing_modes"] == [
        {
            "billing_mode": "FlatRateTier1",
            "port_speeds": ["10Gbps"],
            "included_regions": ["eu-central-1"],
        }
    ]
    assert {"about", "value", "sentence"} == set(record["reasons"][0])
    assert record["sentence"].startswith("EqFA5")


def test_a_location_that_does_not_pass_is_told_with_what_it_lacks():
    (missing,) = left_out([FRA], Wish(bandwidth="400Gbps", regions=("eu-west-1",)))

    filters = {each["option"]: each for each in left_out_record(missing)["filters"]}

    assert filters["bandwidth"]["wanted"] == "400Gbps"
    assert filters["bandwidth"]["offered"] == ["10Gbps", "100Gbps"]
    assert filters["regions"]["wanted"] == ["eu-west-1"]


def test_the_table_has_columns_and_says_who_is_left_out_and_if_nobody_is_left():
    picky = Wish(provider="BT")
    near = location_table(rank([CELLAR, FRA], WISH), left_out([FRA], picky))
    nobody = location_table([], left_out([FRA], picky))
    alone = location_table(rank([FRA], WISH), [])

    text = "\n\n".join("\n".join(lines) for lines in (near, nobody, alone))
    assert_golden("locations/words.txt", f"{text}\n")
