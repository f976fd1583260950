# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a plan orders is held against what the locations have; what is there is left alone."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.location import (
    BillingMode,
    Location,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.location_orders import (
    misplaced,
    orders,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Connection,
    Estate,
    Lag,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.plan import Terms
from ansible_collections.crossconnect.dx.plugins.module_utils.core.planner.plan_estate import (
    plan_present,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.snapshot import (
    FoundConnection,
    Snapshot,
)
from tests.fixtures.golden import assert_golden

HOME = "eu-central-1"
ALL = ("1Gbps", "10Gbps", "100Gbps")


def location(code, name, *, speeds=ALL, macsec=ALL[1:], **more):
    modes = (
        BillingMode(mode="PayAsYouGo", port_speeds=speeds),
        BillingMode(mode="FlatRateTier1", port_speeds=speeds[1:], included_regions=(HOME,)),
    )
    told = {"region": HOME, "providers": ("Equinix",), "billing_modes": modes, **more}
    return Location(code=code, name=name, port_speeds=speeds, macsec_port_speeds=macsec, **told)


LOCATIONS = (
    location(
        "EqFA5",
        "Equinix FR5, Frankfurt, DEU",
        speeds=(*ALL, "400Gbps"),
        macsec=(*ALL[1:], "400Gbps"),
        providers=("Colt", "Equinix"),
    ),
    location("EqAM3", "Equinix AM3, Amsterdam, NLD"),
    location("CEPRG", "CE Colo, Prague, CZE", speeds=ALL[:2], macsec=(), providers=("CE Colo",)),
    location(
        "EqLD5", "Equinix LD5, London (Slough), GBR", region="eu-west-2", providers=("BT", "Colt")
    ),
    location("RCL1", "Rack Centre LGS1, Ikeja, NGA", region="af-south-1", providers=("Mainone",)),
)


def port(name, place="EqFA5", bandwidth="10Gbps", **more):
    return Connection(name=name, account="network", location=place, bandwidth=bandwidth, **more)


def lag(*names, place="EqFA5", bandwidth="10Gbps", **more):
    common = {"account": "network", "location": place, "bandwidth": bandwidth}
    return Lag(name="bundle", connections=names, **common, **more)


def faults(*ports, lags=(), found=(), locations=LOCATIONS):
    """Return the faults of what an estate would order, one a line."""
    estate = Estate(name="acme", connections=ports, lags=lags)
    plan = plan_present(estate, Snapshot(connections=found), Terms(account="network"))
    assert plan.faults == ()
    told = misplaced(orders(estate, plan), locations, HOME)
    return "".join(f"{fault}\n" for fault in told)


CASES = {
    "a location that is not there": [port("fra-a", "XXXX1")],
    "a location that is misspelled": [port("fra-a", "eqfa5"), port("ams-a", "EqAM33")],
    "a speed that is not there": [port("ams-a", "EqAM3", "400Gbps")],
    "a speed that is nowhere": [port("ams-a", "EqAM3", "800Gbps")],
    "another provider": [port("ams-a", "EqAM3", provider="Colt")],
    "no MACsec at that speed": [port("fra-a", bandwidth="1Gbps", request_macsec=True)],
    "no MACsec at all": [port("prg-a", "CEPRG", request_macsec=True)],
    "a billing mode that is not there": [
        port("fra-a", bandwidth="1Gbps", billing_mode="FlatRateTier1")
    ],
    "everything at once": [
        port("fra-a"),
        port(
            "prg-a",
            "CEPRG",
            "100Gbps",
            provider="Colt",
            request_macsec=True,
            billing_mode="FlatRateTier2",
        ),
        port("prg-b", "CEPRG", "100Gbps"),
        port("los-a", "RCL1", provider="Colt"),
        port("lon-a", "LD5"),
    ],
}


@pytest.mark.parametrize("case", CASES)
def test_the_refusal_says_where_what_is_wrong_and_where_it_can_be_had(case):
    assert_golden(f"locations/{case.replace(' ', '-')}.txt", faults(*CASES[case]))


def test_a_lag_is_judged_once_for_all_of_its_ports():
    ports = [
        port("fra-1", "EqAM3", "400Gbps", billing_mode="FlatRateTier3"),
        port("fra-2", "EqAM3", "400Gbps", provider="BT"),
    ]
    text = faults(*ports, lags=(lag("fra-1", "fra-2", place="EqAM3", bandwidth="400Gbps"),))
    assert_golden("locations/a-lag-and-its-ports.txt", text)


def test_a_lag_at_a_location_that_is_not_there_is_one_fault():
    ports = [port("fra-1", "XXXX1"), port("fra-2", "XXXX1")]
    text = faults(*ports, lags=(lag("fra-1", "fra-2", place="XXXX1"),))
    assert [line.partition(":")[0] for line in text.splitlines()] == ["lags[0].location"]


def test_what_the_locations_have_is_no_fault():
    assert (
        faults(
            port("fra-a", bandwidth="400Gbps", provider="colt", request_macsec=True),
            port("ams-a", "EqAM3", billing_mode="FlatRateTier1"),
            port("fra-1"),
            lags=(lag("fra-1"),),
        )
        == ""
    )


def there(name, **more):
    """Return a port that is there, of a speed that its location no longer has."""
    given = {"location": "EqAM3", "bandwidth": "400Gbps", "state": "available", **more}
    return FoundConnection(id=f"dxcon-{name}", name=name, **given)


def test_a_port_that_is_there_is_not_judged_by_what_is_on_sale_today():
    assert faults(port("ams-a", "EqAM3", "400Gbps"), found=(there("ams-a"),)) == ""


def test_of_a_lag_around_a_port_that_is_there_only_the_new_ports_are_judged():
    text = faults(
        port("ams-a", "EqAM3", "400Gbps"),
        port("ams-b", "EqAM3", "400Gbps"),
        lags=(lag("ams-a", "ams-b", place="EqAM3", bandwidth="400Gbps"),),
        found=(there("ams-a"),),
    )
    assert [line.partition(":")[0] for line in text.splitlines()] == ["connections[1].bandwidth"]


def test_what_a_partner_provides_is_not_ordered():
    assert faults(port("acme-fra", "XXXX1", "500Mbps", hosted=True)) == ""


def test_no_locations_at_all_are_told_as_such():
    assert faults(port("fra-a"), locations=()) == (
        "connections[0].location: AWS has no location EqFA5 for eu-central-1; none of the "
        "locations for eu-central-1 has all that is asked for: ask for less\n"
    )
