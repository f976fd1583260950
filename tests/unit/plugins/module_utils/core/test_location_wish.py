# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A query's options become a wish, or all that is wrong with them."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_fault import EstateError
from ansible_collections.crossconnect.dx.plugins.module_utils.core.location import Wish
from ansible_collections.crossconnect.dx.plugins.module_utils.core.location_wish import read_wish
from ansible_collections.crossconnect.dx.plugins.module_utils.core.metros import METROS, Site

NOTHING = {
    **dict.fromkeys(("bandwidth", "provider", "billing_mode", "latitude", "longitude", "metro")),
    "request_macsec": False,
    "regions": [],
    "avoid": [],
}


def test_what_is_not_set_does_not_matter():
    assert read_wish(NOTHING, "eu-central-1") == Wish(home="eu-central-1")


def test_all_that_is_set_is_in_the_wish():
    options = {
        "bandwidth": "100 G",
        "request_macsec": True,
        "provider": "Colt",
        "billing_mode": "FlatRateTier1",
        "regions": ["eu-west-1"],
        "latitude": 0.0,
        "longitude": 8.5,
        "avoid": ["EqFA5"],
    }
    assert read_wish(NOTHING | options, "") == Wish(
        bandwidth="100Gbps",
        request_macsec=True,
        provider="Colt",
        billing_mode="FlatRateTier1",
        regions=("eu-west-1",),
        site=Site(latitude=0.0, longitude=8.5),
        avoid=frozenset({"EqFA5"}),
    )


def test_a_city_stands_for_where_it_is():
    assert read_wish(NOTHING | {"metro": "Prague"}, "").site == METROS["Prague, CZE"]


def test_all_faults_are_told_at_once():
    wrong = {"bandwidth": "10", "latitude": -90.5, "longitude": 180.5, "metro": "Xanadu"}
    with pytest.raises(EstateError) as caught:
        read_wish(NOTHING | wrong, "")
    assert str(caught.value).splitlines() == [
        "bandwidth: 10 is not a port speed, as 10Gbps",
        "latitude: -90.5 is not between -90 and 90 degrees",
        "longitude: 180.5 is not between -180 and 180 degrees",
        "metro: Xanadu is not in the table of cities: give latitude and longitude in its place",
    ]
