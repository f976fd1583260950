# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where cities are: known by the names of AWS's locations, and never guessed."""

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.metros import (
    METROS,
    Site,
    distance_km,
    find_metro,
    metro_of,
)

FRANKFURT, AMSTERDAM = METROS["Frankfurt, DEU"], METROS["Amsterdam, NLD"]

NAMES = {
    "Equinix FR5, Frankfurt, DEU": "Frankfurt, DEU",
    "Equinix LD5, London (Slough), GBR": "London, GBR",
    "165 Halsey Street, Newark, NJ": "Newark, NJ",
    "Equinix DC2/DC11, Ashburn, VA, USA": "Ashburn, VA",
    "LG U+ Pyeong-Chon Mega Center, Seoul, KOR": "Seoul, KOR",
    "Tivit, São  Paulo, BRA": "Sao Paulo, BRA",
    "Databank, Salt Lake City, UT": "Salt Lake City, UT",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_location_is_where_its_name_says(name):
    assert metro_of(name) == METROS[NAMES[name]]


@pytest.mark.parametrize(
    "name",
    [
        "Rack Centre LGS1, Ikeja, NGA",
        "An exchange, Hyderabad, PAK",
        "Frankfurt",
        "NAP do Brasil",
        "",
    ],
)
def test_what_the_table_does_not_hold_is_not_guessed(name):
    assert metro_of(name) is None


@pytest.mark.parametrize("name", ["Frankfurt", "frankfurt, deu", " Frankfurt , DEU "])
def test_a_city_is_found_by_its_name(name):
    assert find_metro(name) == FRANKFURT


def test_a_city_of_another_country_is_another_one():
    assert (find_metro("Frankfurt, POL"), find_metro("Atlantis")) == (None, None)


def test_no_city_is_in_the_table_twice_so_that_its_name_alone_will_do():
    cities = [name.partition(",")[0] for name in METROS]
    assert len(set(cities)) == len(cities)


def test_every_city_is_on_earth():
    for name, site in METROS.items():
        assert abs(site.latitude) < 70, name
        assert abs(site.longitude) <= 180, name


# By the usual great-circle calculators, between the cities' centres.
@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        pytest.param(FRANKFURT, FRANKFURT, 0, id="here"),
        pytest.param(FRANKFURT, AMSTERDAM, 364, id="next door"),
        pytest.param(METROS["London, GBR"], METROS["New York, NY"], 5570, id="over the ocean"),
        pytest.param(METROS["Auckland, NZL"], METROS["Lima, PER"], 10700, id="over the date line"),
        pytest.param(
            Site(latitude=0, longitude=0), Site(latitude=0, longitude=180), 20015, id="antipodes"
        ),
    ],
)
def test_the_distance_is_the_great_circle_s(one, other, km):
    assert distance_km(one, other) == distance_km(other, one) == pytest.approx(km, rel=0.01)
