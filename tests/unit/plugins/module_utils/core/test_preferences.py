# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tells AWS how much to prefer a way, or how far to carry what is announced."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.core.model import (
    Routing,
    VirtualInterface,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.preferences import communities


def interface(kind, **routing):
    return VirtualInterface(
        name="fra-a",
        on="fra-a",
        type=kind,
        vlan=101,
        customer_asn=65001,
        routing=Routing(**routing),
    )


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ("region", ("7224:9100",)),
        ("continent", ("7224:9200",)),
        ("world", ("7224:9300",)),
        (None, ()),
    ],
)
def test_over_the_public_network_a_community_tells_how_far(scope, expected):
    assert communities(interface("public", scope=scope, preference="high")) == expected


@pytest.mark.parametrize(
    ("preference", "expected"),
    [("low", ("7224:7100",)), ("medium", ("7224:7200",)), ("high", ("7224:7300",)), (None, ())],
)
def test_elsewhere_a_community_tells_how_much(preference, expected):
    assert communities(interface("transit", preference=preference)) == expected
