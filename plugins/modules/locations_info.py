#!/usr/bin/python
# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
module: locations_info
short_description: Choose a Direct Connect location by port speed, MACsec, provider and distance
version_added: 0.1.0
description:
  - Asks AWS, by one call, where ports can be ordered from the Region, leaves out what does not have
    all that is asked for, and ranks the rest.
  - What counts for the rank is, in this order, that no other circuit ends there (O(avoid)), the
    Region, the distance, MACsec, the fastest port, the number of providers, and the code.
  - What AWS does not tell of a location does not rule it out; MACsec alone has to be told.
author:
  - The Crossconnect founders (@crossconnect)
extends_documentation_fragment:
  - crossconnect.dx.attributes.info
  - crossconnect.dx.aws
options:
  bandwidth:
    description: The port speed, as V(10Gbps); V(10G) will do.
    type: str
  request_macsec:
    description: Whether MACsec is needed, at O(bandwidth) if that is given.
    type: bool
    default: false
  provider:
    description: Who has to reach the location, as AWS names it; capitals do not matter.
    type: str
  billing_mode:
    description:
      - How the port shall be billed, at O(bandwidth) if that is given.
      - A location where the mode does not include the account's own Region is left out.
    type: str
    choices: [PayAsYouGo, FlatRateTier1, FlatRateTier2, FlatRateTier3, FlatRateTier4, FlatRateTier5]
  regions:
    description:
      - The only Regions that count, the best first.
      - Without any, all count, and the account's own comes first.
    type: list
    elements: str
    default: []
  latitude:
    description: Where your site is, in degrees; north is positive.
    type: float
  longitude:
    description: Where your site is, in degrees; east is positive.
    type: float
  metro:
    description:
      - The city where your site is, as V(Frankfurt) or V(Frankfurt, DEU), in place of O(latitude)
        and O(longitude).
      - Distances are those between the centres of the cities. A location in a city that the
        collection does not know has none, and comes after those that have one.
    type: str
  avoid:
    description:
      - The codes of the locations where your other circuits end.
      - They stay in the ranking, after all others.
    type: list
    elements: str
    default: []
"""

EXAMPLES = r"""
- name: Find where 100 Gbps with MACsec can be had around Frankfurt
  crossconnect.dx.locations_info:
    bandwidth: 100Gbps
    request_macsec: true
    metro: Frankfurt
    region: eu-central-1
  register: found

- name: Show the ranking
  ansible.builtin.debug:
    msg: "{{ found.table }}"

- name: Find a second location of a provider, for diversity
  crossconnect.dx.locations_info:
    bandwidth: 10Gbps
    provider: Colt
    regions: [eu-central-1, eu-west-2]
    avoid: [EqFA5]
    latitude: 50.11
    longitude: 8.68
    region: eu-central-1
"""

RETURN = r"""
locations:
  description: The locations that have all that is asked for, the best first.
  returned: success
  type: list
  elements: dict
  sample:
    - rank: 1
      location: EqAM3
      name: Equinix AM3, Amsterdam, NLD
      region: eu-central-1
      port_speeds: [1Gbps, 10Gbps, 100Gbps]
      macsec_port_speeds: [10Gbps, 100Gbps]
      providers: [BICS, Colt, Equinix]
      billing_modes:
        - {billing_mode: PayAsYouGo, port_speeds: [1Gbps, 10Gbps, 100Gbps], included_regions: []}
        - billing_mode: FlatRateTier1
          port_speeds: [10Gbps, 100Gbps]
          included_regions: [eu-central-1, eu-west-2]
      distance_km: 364
      reasons:
        - {about: avoid, value: false, sentence: no other circuit ends here}
        - {about: region, value: eu-central-1, sentence: "in eu-central-1, the account's Region"}
        - {about: distance_km, value: 364, sentence: 364 km from the site}
        - {about: macsec, value: true, sentence: MACsec at 10Gbps and 100Gbps}
        - {about: speed, value: 100Gbps, sentence: ports of up to 100Gbps}
        - {about: providers, value: 3, sentence: 3 providers}
      sentence: >-
        EqAM3 (Equinix AM3, Amsterdam, NLD): no other circuit ends here, in eu-central-1, the
        account's Region, 364 km from the site, MACsec at 10Gbps and 100Gbps, ports of up to
        100Gbps, 3 providers
left_out:
  description: All other locations, by code, each with every filter that it fails.
  returned: success
  type: list
  elements: dict
  sample:
    - location: CEPRG
      name: CE Colo, Prague, CZE
      region: eu-central-1
      port_speeds: [1Gbps, 10Gbps]
      macsec_port_speeds: []
      providers: [CE Colo, Dial Telecom]
      billing_modes:
        - {billing_mode: PayAsYouGo, port_speeds: [1Gbps, 10Gbps], included_regions: []}
      filters:
        - option: provider
          wanted: Colt
          offered: [CE Colo, Dial Telecom]
          sentence: is reached by CE Colo and Dial Telecom, not by Colt
      sentence: CEPRG (CE Colo, Prague, CZE) is reached by CE Colo and Dial Telecom, not by Colt
table:
  description: The same as lines of text, for people.
  returned: success
  type: list
  elements: str
  sample:
    - 'rank  location  name                  Region         km  speeds  MACsec  providers'
    - '----  --------  --------------------  ------------  ---  ------  ------  ---------'
    - '   1  CEPRG     CE Colo, Prague, CZE  eu-central-1  411  1G,10G  -               2'
calls:
  description: How often each operation of the AWS API was sent.
  returned: success
  type: dict
  sample: {DescribeLocations: 1}
"""

from typing import Any

from ansible_collections.crossconnect.dx.plugins.module_utils.aws.locations import read_locations
from ansible_collections.crossconnect.dx.plugins.module_utils.aws.module import AwsModule
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document_ports import (
    BILLING_MODES,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.location_wish import read_wish
from ansible_collections.crossconnect.dx.plugins.module_utils.core.location_words import (
    choice_record,
    left_out_record,
    location_table,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.locations import left_out, rank

ARGUMENT_SPEC: dict[str, Any] = {
    "bandwidth": {"type": "str"},
    "request_macsec": {"type": "bool", "default": False},
    "provider": {"type": "str"},
    "billing_mode": {"type": "str", "choices": list(BILLING_MODES)},
    "regions": {"type": "list", "elements": "str", "default": []},
    "latitude": {"type": "float"},
    "longitude": {"type": "float"},
    "metro": {"type": "str"},
    "avoid": {"type": "list", "elements": "str", "default": []},
}
TOGETHER = [("latitude", "longitude")]
EXCLUSIVE = [("metro", "latitude"), ("metro", "longitude")]


def look(options: dict[str, Any], aws: Any) -> dict[str, Any]:
    """Ask AWS once, and rank what it answers for the wish."""
    wish = read_wish(options, aws.region)
    locations = read_locations(aws)
    choices, others = rank(locations, wish), left_out(locations, wish)
    return {
        "changed": False,
        "locations": [choice_record(at, each) for at, each in enumerate(choices, start=1)],
        "left_out": [left_out_record(each) for each in others],
        "table": location_table(choices, others),
        "calls": dict(sorted(aws.calls.items())),
    }


def main() -> None:
    """Ask, rank, tell."""
    module = AwsModule(ARGUMENT_SPEC, required_together=TOGETHER, mutually_exclusive=EXCLUSIVE)
    module.perform(lambda aws: look(module.params, aws))


if __name__ == "__main__":
    main()
