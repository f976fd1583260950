# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filters that show an estate to playbooks, as templates use them."""

import json

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.crossconnect.dx.plugins.filter.attachment_keys import (
    FilterModule as AttachmentKeys,
)
from ansible_collections.crossconnect.dx.plugins.filter.attachments import (
    FilterModule as Attachments,
)
from ansible_collections.crossconnect.dx.plugins.filter.landings import FilterModule as Landings
from ansible_collections.crossconnect.dx.plugins.filter.not_ready import FilterModule as NotReady
from tests.fixtures.playbook import play
from tests.fixtures.two_sites import document, observed

FILTERS = {
    name: function
    for module in (AttachmentKeys, Attachments, Landings, NotReady)
    for name, function in module().filters().items()
}

# What each filter is given beside the estate.
ARGUMENTS = {
    "attachments": [observed(), "edge-fra-1"],
    "not_ready": [[], "edge-fra-1"],
    "attachment_keys": ["edge-fra-1"],
    "landings": ["edge-fra-1"],
}


def apply(name, estate=None, **limits):
    return FILTERS[name](estate or document(), *ARGUMENTS[name], limits)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_filter_returns_what_a_template_can_take(name):
    found = apply(name)
    assert found
    assert json.loads(json.dumps(found)) == found


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_filter_refuses_a_broken_estate_with_every_fault(name):
    wish = document()
    wish["virtual_interfaces"][0] |= {"vlan": 5000, "mtu": 9000}
    with pytest.raises(AnsibleFilterError, match=r"(?s)\[0\].mtu: 9000.*\[0\].vlan: 5000"):
        apply(name, wish)


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_filter_goes_by_the_limits_in_force(name):
    wish = document()
    wish["virtual_interfaces"][0]["mtu"] = 9000
    assert apply(name, wish, mtu_transit=[8500, 9000])


@pytest.mark.parametrize("name", [name for name in ARGUMENTS if name != "attachment_keys"])
def test_only_one_filter_returns_keys(name):
    assert "Documentation-Key" not in json.dumps(apply(name))
    assert apply("attachment_keys")["fra-a-private"] == "Documentation-Key-Fra-Private"


def test_the_filters_are_found_by_their_full_names(tmp_path):
    variables = {"estate": document(), "observed": observed()}
    calls = {
        "attachments": "(observed, 'edge-fra-1')",
        "not_ready": "(observed, 'edge-fra-1')",
        "attachment_keys": "('edge-fra-1')",
        "landings": "('edge-fra-1')",
    }
    counts = ",".join(
        f"{{{{ estate | crossconnect.dx.{name}{call} | length }}}}" for name, call in calls.items()
    )
    played = play(
        tmp_path, [{"ansible.builtin.debug": {"msg": f"counts {counts}"}, "vars": variables}]
    )
    assert "counts 2,0,2,2" in played.output
