# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the cities of Direct Connect locations are, and how far that is from a site.

DescribeLocations tells no coordinates, but the name of a location ends with its city and its
country (or state of the USA): "Equinix FR5, Frankfurt, DEU". The coordinates here are those of the
city's centre, as any atlas has them, in degrees, to a hundredth: public geography, and nothing
about the buildings. A city that is not in the table has no distance; nothing is ever guessed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place on earth, in degrees; north and east are positive."""

    latitude: float
    longitude: float


# City, country (ISO 3166, three letters) or state of the USA, latitude, longitude.
_TABLE = """
Amsterdam NLD 52.37 4.90
Athens GRC 37.98 23.73
Barcelona ESP 41.39 2.17
Berlin DEU 52.52 13.41
Brussels BEL 50.85 4.35
Bucharest ROU 44.43 26.10
Budapest HUN 47.50 19.04
Copenhagen DNK 55.68 12.57
Dublin IRL 53.35 -6.26
Dusseldorf DEU 51.23 6.78
Espoo FIN 60.21 24.66
Frankfurt DEU 50.11 8.68
Geneva CHE 46.20 6.14
Hamburg DEU 53.55 9.99
Helsinki FIN 60.17 24.94
Istanbul TUR 41.01 28.98
Lisbon PRT 38.72 -9.14
London GBR 51.51 -0.13
Madrid ESP 40.42 -3.70
Manchester GBR 53.48 -2.24
Marseille FRA 43.30 5.37
Milan ITA 45.46 9.19
Munich DEU 48.14 11.58
Oslo NOR 59.91 10.75
Paris FRA 48.86 2.35
Prague CZE 50.08 14.44
Rome ITA 41.90 12.50
Slough GBR 51.51 -0.59
Sofia BGR 42.70 23.32
Stockholm SWE 59.33 18.07
Vienna AUT 48.21 16.37
Warsaw POL 52.23 21.01
Zurich CHE 47.37 8.54
Ashburn VA 39.04 -77.49
Atlanta GA 33.75 -84.39
Boston MA 42.36 -71.06
Charlotte NC 35.23 -80.84
Chicago IL 41.88 -87.63
Columbus OH 39.96 -83.00
Dallas TX 32.78 -96.80
Denver CO 39.74 -104.99
El Segundo CA 33.92 -118.42
Hillsboro OR 45.52 -122.99
Houston TX 29.76 -95.37
Kansas City MO 39.10 -94.58
Las Vegas NV 36.17 -115.14
Los Angeles CA 34.05 -118.24
Miami FL 25.76 -80.19
Milpitas CA 37.43 -121.90
Minneapolis MN 44.98 -93.27
New York NY 40.71 -74.01
Newark NJ 40.74 -74.17
Palo Alto CA 37.44 -122.14
Philadelphia PA 39.95 -75.17
Phoenix AZ 33.45 -112.07
Portland OR 45.52 -122.68
Reston VA 38.96 -77.36
Salt Lake City UT 40.76 -111.89
San Jose CA 37.34 -121.89
Santa Clara CA 37.35 -121.95
Seattle WA 47.61 -122.33
Secaucus NJ 40.79 -74.06
Tempe AZ 33.43 -111.94
Calgary CAN 51.05 -114.07
Montreal CAN 45.50 -73.57
Toronto CAN 43.65 -79.38
Vancouver CAN 49.28 -123.12
Bogota COL 4.71 -74.07
Buenos Aires ARG -34.60 -58.38
Lima PER -12.05 -77.04
Queretaro MEX 20.59 -100.39
Rio de Janeiro BRA -22.91 -43.17
Santiago CHL -33.45 -70.67
Sao Paulo BRA -23.55 -46.63
Cape Town ZAF -33.92 18.42
Johannesburg ZAF -26.20 28.05
Lagos NGA 6.52 3.38
Nairobi KEN -1.29 36.82
Dubai ARE 25.20 55.27
Fujairah ARE 25.13 56.33
Manama BHR 26.23 50.59
Muscat OMN 23.59 58.41
Tel Aviv ISR 32.09 34.78
Bangalore IND 12.97 77.59
Bangkok THA 13.76 100.50
Chennai IND 13.08 80.27
Cyberjaya MYS 2.92 101.66
Hanoi VNM 21.03 105.85
Hong Kong HKG 22.32 114.17
Hyderabad IND 17.39 78.49
Jakarta IDN -6.21 106.85
Kolkata IND 22.57 88.36
Kuala Lumpur MYS 3.14 101.69
Makati PHL 14.55 121.03
Manila PHL 14.60 120.98
Mumbai IND 19.08 72.88
Osaka JPN 34.69 135.50
Seoul KOR 37.57 126.98
Singapore SGP 1.35 103.82
Taipei TWN 25.03 121.57
Tokyo JPN 35.68 139.69
Adelaide AUS -34.93 138.60
Auckland NZL -36.85 174.76
Brisbane AUS -27.47 153.03
Canberra AUS -35.28 149.13
Melbourne AUS -37.81 144.96
Perth AUS -31.95 115.86
Sydney AUS -33.87 151.21
"""


def _row(line: str) -> tuple[str, Site]:
    place, latitude, longitude = line.rsplit(" ", 2)
    city, area = place.rsplit(" ", 1)
    return f"{city}, {area}", Site(latitude=float(latitude), longitude=float(longitude))


METROS: dict[str, Site] = dict(_row(line) for line in _TABLE.strip().splitlines())
_BY_PLACE = {name.casefold(): site for name, site in METROS.items()}
_BY_CITY = {name.partition(",")[0]: site for name, site in _BY_PLACE.items()}


def metro_of(name: str) -> Site | None:
    """Return the centre of the city that a location's name ends with; None if it is unknown.

    Args:
        name: As AWS writes it: "Equinix LD5, London (Slough), GBR".
    """
    parts = [part for part in _parts(name) if part != "usa"]
    return _BY_PLACE.get(", ".join(parts[-2:]))


def find_metro(name: str) -> Site | None:
    """Return the centre of a city by its name, as "Frankfurt" or "Frankfurt, DEU"."""
    parts = _parts(name)
    return _BY_CITY.get(parts[0]) if len(parts) == 1 else _BY_PLACE.get(", ".join(parts))


def _parts(name: str) -> list[str]:
    """Return what the commas part, plain: no accents, no capitals, nothing in parentheses."""
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", "", name))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [" ".join(part.split()).casefold() for part in letters.split(",")]


def distance_km(one: Site, other: Site) -> int:
    """Return the great-circle distance in whole kilometres, by the haversine formula."""
    here, there = radians(one.latitude), radians(other.latitude)
    north = sin((there - here) / 2) ** 2
    east = sin(radians(other.longitude - one.longitude) / 2) ** 2
    chord = sqrt(min(1.0, north + cos(here) * cos(there) * east))
    return round(2 * EARTH_RADIUS_KM * asin(chord))
